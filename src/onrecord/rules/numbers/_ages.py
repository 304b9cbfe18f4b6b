"""Whose an age is and of which time, for the rule that holds ages against each other and years of
birth.

Ages that are a person's own now, ages that stand for their person ("The 43-year-old said", "She is
43."), and lives in brackets ("1934-2019"). Whether two of them agree is for the rule to say.
"""

import re
from collections.abc import Mapping, Sequence

from ...query.figures import part, sentence_of
from ...records import Analysis, Figure, Person, Span

_PAST = re.compile(
    r"\b(?:then|when|was|were|had been|at the time|at the age|at age|died|dead|killed|born|ago|late"
    r"|years? old at"
    r"|turn(?:s|ed|ing)?|birthday|(?:1[89]|20)\d\d)\b",
    re.IGNORECASE,
)
_JUST = re.compile(
    r" (?:in [A-Z][a-z]{1,40}|on [A-Z][a-z]{1,40}(?: \d\d?)?|yesterday|today|(?:last|next) (?:week"
    r"|month)|this (?:week|month|year)"
    r"|earlier this \w{1,40}|later this \w{1,40}|tomorrow)(?=[,.]| (?!\d))(?!,? ?\d)"
)
_TURNS = re.compile(r"\b(?:turned|turns|will turn) $")
_BIRTHDAY = re.compile(r"\b(?:celebrat|mark)(e[sd]?|s|ed) (?:his|her|their) $")
_NOW = re.compile(r", [^,.]{3,60} (?:is|has|remains|still)\b")
_GOES_ON = re.compile(
    r" (?:said|says|added|told|has|runs|plans|hopes|lives|[a-z]{2,}ed)\b|, who (?:has|had|is|was"
    r"|lives|works|runs)\b"
)
_SPOKE = re.compile(r"(?:said|says|added) the $")
_SOMEBODY = re.compile(
    r"\b(?:an?|another|the|his|her|their|two|three) (?:[a-z-]{1,40} ){0,2}(?:m[ae]n|wom[ae]n|boys?"
    r"|girls?|child(?:ren)?|teenagers?|drivers?"
    r"|passengers?|pedestrians?|cyclists?|officers?|students?|pupils?|victims?|suspects?|sons?"
    r"|daughters?|husband|wife|mother"
    r"|father|brothers?|sisters?|partner|friends?|neighbou?rs?|colleagues?|players?|patients?"
    r"|riders?|workers?|[a-z]{1,40}ists?)\b"
)
_BORN = re.compile(r"\b[Bb]orn (?:(?!and\b)[^.;:!?\n\d ]+ ){0,6}?(?:(?:in|on|around) )?$")
_KIN = re.compile(
    r"\b(?:sons?|daughters?|child(?:ren)?|baby|babies|twins?|brothers?|sisters?|husband|wife|mother"
    r"|father|whose|and)\b|['’]s "
)
_BORN_FIRST = re.compile(r"(?:^|[.!?\n]\s{0,20})Born (?:(?:in|on) )?$")
_LIVED = re.compile(r" \($")
_DIED = re.compile(r"\b(?:has died|died|dies|dead|death)\b")


def past(analysis: Analysis, age: Figure) -> bool:
    """Whether the words around an age speak of another time than now."""
    text, span, sentence = analysis.article.text, age.span, sentence_of(analysis, age.span)
    before = text[max(sentence.start, span.start - 60) : span.start]
    if feast := _BIRTHDAY.search(before):
        lately = _JUST.match(text, span.end) or not feast.group(1).endswith("ed")
        return bool(not lately or re.search(r"\d{4}", text[span.end : span.end + 30]))
    if _TURNS.search(before) and _JUST.match(text, span.end):
        before = _TURNS.sub("", before)
    if before == "At the age of " and _NOW.match(text, span.end):
        before = ""
    if before in ("She was ", "He was ") and _DIED.search(
        text[_before(analysis, sentence) : sentence.start]
    ):
        before = ""
    return bool(_PAST.search(before) or _PAST.match(text, span.end + 1))


def turned(analysis: Analysis, age: Figure) -> bool:
    """Whether an age is that of the last birthday, or the next: a year may lie between it and
    another."""
    text, span = analysis.article.text, age.span
    before = text[max(0, span.start - 7) : span.start]
    return text[span.start : span.end].endswith("birthday") or before.rstrip().endswith(
        ("turned", "turns", "turn")
    )


def owner_of(
    analysis: Analysis, age: Figure, people: Mapping[Span, Person], surnames: Mapping[str, set[str]]
) -> Person | None:
    """Whose an age is: a full name's, a surname's that one person has, or that of "She is 41." """
    if age.of is None:
        return None
    called = analysis.article.text[age.of.start : age.of.end]
    if called in ("He", "She"):
        return _only(analysis, age.of.start)
    owner = people.get(age.of)
    if owner is None:
        return None
    last = owner.name.split()[-1]
    if " " not in called and (called != last or len(surnames[last]) > 1):
        return None  # a first name, or a surname that two people share
    return owner


def _before(analysis: Analysis, sentence: Span) -> int:
    """Where the sentence before begins."""
    return sentence_of(analysis, Span(max(0, sentence.start - 2), sentence.start)).start


def _only(analysis: Analysis, at: int) -> Person | None:
    """The one person of the sentence before, which speaks of nobody else."""
    sentence = sentence_of(analysis, Span(at, at))
    start = _before(analysis, sentence)
    there = [
        p for p in analysis.people if any(start <= m.start < sentence.start for m in p.mentions)
    ]
    others = _SOMEBODY.search(analysis.article.text, start, sentence.start)
    return there[0] if len(there) == 1 and not others and start < sentence.start else None


def bare(
    analysis: Analysis, figures: Sequence[Figure], known: Figure, owner: Person
) -> list[Figure]:
    """The ages that stand for their owner, "The 43-year-old said": the sentence before names nobody
    else, and no other age is given than `known`, the owner's, and the one in question."""
    ages = [f for f in figures if f.kind == "age"]
    if len(ages) != 2 or known not in ages or ages[0].unit != ages[1].unit:
        return []
    age, text = next(f for f in ages if f != known), analysis.article.text
    if age.of or not text[age.span.start : age.span.end].endswith("old"):
        return []
    sentence = sentence_of(analysis, age.span)
    lead = text[sentence.start : age.span.start]
    if lead == "The " and _GOES_ON.match(text, age.span.end):
        return [age] if _only(analysis, age.span.start) == owner else []
    spoke = _SPOKE.search(lead) and re.match(r"[.,]|$", text[age.span.end : age.span.end + 1])
    return [age] if spoke and len(analysis.people) == 1 and analysis.people[0] == owner else []


def births(
    analysis: Analysis, figures: Sequence[Figure]
) -> list[tuple[Figure, Person, int, int | None]]:
    """Years of birth: where they stand, whose, and which; with the year of death of a life in
    brackets."""
    text, found = analysis.article.text, list[tuple[Figure, Person, int, int | None]]()
    ends = {m.end: p for p in analysis.people for m in p.mentions}
    begins = {m.start: p for p in analysis.people for m in p.mentions}
    for figure in figures:
        year = part(figure, "year") if figure.kind == "date" and not figure.unit else None
        if year is None:
            continue
        start, end, until = figure.span.start, figure.span.end, part(figure, "until")
        if until is not None:
            lived = _LIVED.search(text, max(0, start - 2), start)
            if lived and text[end : end + 1] == ")" and (who := ends.get(lived.start())):
                found.append((figure, who, year, until))
        elif (match := _BORN.search(text, max(0, start - 60), start)) and (
            who := _bearer(analysis, match.start(), ends)
        ):
            found.append((figure, who, year, None))
        elif _BORN_FIRST.search(text, max(0, start - 14), start):
            place = re.match(r"(?: in (?:an? |the )?[^,.;\n]{2,40})?, ", text[end : end + 60])
            if place and (who := begins.get(end + place.end())):
                found.append((figure, who, year, None))
    return found


def _bearer(analysis: Analysis, at: int, ends: Mapping[int, Person]) -> Person | None:
    """Who was born: the last person named before it in the sentence, if no kin stands between, or
    "She"."""
    text, sentence = analysis.article.text, sentence_of(analysis, Span(at, at))
    if text[sentence.start : at] in ("She was ", "He was "):
        return _only(analysis, at)
    for end in range(at, max(sentence.start, at - 70), -1):
        if who := ends.get(end):
            return None if _KIN.search(text[end:at].removesuffix("and was ")) else who
    return None


def died_at(analysis: Analysis, age: Figure) -> bool:
    """Whether an age is the one that somebody died at: "died aged 81", "has died at the age of
    81"."""
    text, sentence = analysis.article.text, sentence_of(analysis, age.span)
    before = text[max(sentence.start, age.span.start - 60) : age.span.start]
    return bool(
        re.search(
            r"\bdied (?:in [A-Z]\w{1,40} |on [A-Z]\w{1,40} )?(?:aged|at the age of|at) $", before
        )
    )
