"""
## What it finds
A child under 18 who is named with an age as somebody's child, or as a child. One finding for all of
them; the message does not repeat their names.

## Why it matters
Codes protect children whatever their parents are: a parent's fame alone doesn't justify private detail.

## Fires on
The couple have two children, ⟦Ada⟧, nine, and Tom, four.

Their daughter ⟦Ada⟧, 11, was in the car.

They share twins, and the twins ⟦Ada⟧ and Tom, four, are at home with their children.

⟦Ada⟧, 11, a pupil at Orr Mouth Primary, saw the crash.

Ann Lee left the quay with four-year-old ⟦Tom⟧ on Monday.

Ann Lee is with her daughter ⟦Ada⟧. It rained. She wants her 11-year-old daughter to sail.

The family celebrated ⟦Ada⟧'s third birthday. Ada Lee slept.

## Stays silent on
Ann Lee is with her daughter Ada and her son Tom. She wants her 11-year-old daughter to sail.

The board celebrated the ferry's third birthday.

The trainer led three-year-old Tom, a colt, to the quay on Monday.

The guard, twenty-two-year-old Tom Pell, left the quay.

A four-year-old Westport girl was found on Monday.

Ada, nine, won the chess final.

The couple have two children.

Their daughter Ada, 29, was in the car.

## Known misses
Children whose age stands in another sentence, where more than one is named. An age at a birthday counts up to twelve.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Related, Span
from .. import rule

_GRAVE = re.compile(
    r"\b(?:abus\w{1,40}|assault\w{0,40}|custody|murder\w{0,40}|killed|died|death|victim|charged"
    r"|arrest\w{0,40}|overdose|suicide)\b",
    re.IGNORECASE,
)
_TWIN = re.compile(r"(?:\b(?:twins?|triplets|both) |\d, )(?P<name>[A-Z][\w’'-]{1,30}) and $")
"""The first of two who share the age behind the second: "twins Ada and Tom, four"."""
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,3}")
"""A place such as "L.A." is no child."""
_SCHOOL = re.compile(
    r"\b(?:pupil|student|goes|attends|attended|year \d{1,2}|\w+ grader?)\b[^.\n]{0,30}\b(?:at )?"
    r"(?:[A-Z][\w’'-]{1,30} ){1,4}(?:School|Academy|College|Primary|High|Elementary)\b"
)
_SMALL = re.compile(
    rf"(?<!\w)(?<!ty-)(?:[1-9]|1[0-2]|{number_words('one', 'twelve')})-year-old $|-month-old $",
    re.IGNORECASE,
)
"""In front of the name of somebody who can be nothing but a child."""
_AGED = re.compile(
    rf"\b(?:his|her|their|the couple[’']s|[A-Z]\w{{1,30}}[’']s)"
    rf" (?:(?:[1-9]|1[0-7])|{number_words('one', 'seventeen')})-year-old (?:daughter|son|child)\b"
)
_KIN = re.compile(r"\b(?:daughter|son),? (?P<name>[A-Z][a-z-]{1,30})\b")
"""A child by its name: "their daughter Ada"."""
_BIRTHDAY = re.compile(
    r"\b(?P<name>[A-Z][a-z-]{1,30})[’']s (?:first|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth|tenth|eleventh|twelfth|1st|2nd|3rd|[4-9]th|1[0-2]th) birthday\b"
)
_GIRL = re.compile(r" (?:[a-z-]{1,20} )?(?:girl|boy|child|pupil|student|toddler|baby|twins?)\b")
_BEAST = re.compile(
    r"\b(?:horses?|colt|filly|mare|gelding|stallion|jockey|dogs?|puppy|cats?|kitten|labrador|terrier"
    r"|spaniel|elephant|panda|gorilla|zoo)\b",
    re.IGNORECASE,
)
_PLAY = re.compile(
    r"\b(?:won|scored|final|team|match|champion\w{0,40}|league|prize|medal)\b", re.IGNORECASE
)


@rule(
    code="SEN701",
    name="minor-identified",
    message="A child is named with an age ({count}). "
    "Ask: is each name needed, and have the parents agreed?",
    severity="warning",
    standards=("ipso", "spj", "bbc"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    found = []
    grave = False
    for person in analysis.people:
        if not person.minor:
            continue
        first = person.mentions[0]
        small = (m for m in person.mentions if _small(analysis, m))
        span = first if _told(analysis, first) else next(small, None)
        if span is None:
            continue
        found.append(span)
        if twin := _TWIN.search(text[max(0, span.start - 40) : span.start]):
            at = max(0, span.start - 40) + twin.start("name")
            found.append(Span(at, at + len(twin.group("name"))))
        grave = grave or bool(_GRAVE.search(_sentence(analysis, span)))
    aged = _aged_elsewhere(analysis)
    if aged and not found:
        found.append(aged)
        grave = bool(_GRAVE.search(_sentence(analysis, aged)))
    if found:
        first, *more = sorted(set(found))
        yield Hit(
            span=first,
            values={"count": "one child" if not more else f"{1 + len(more)} children"},
            related=tuple(Related(span, "another child") for span in more),
            severity=None if grave else "note",
        )


def _sentence(analysis: Analysis, span: Span) -> str:
    whole = analysis.sentences[sentence_at(analysis, span.start)]
    return analysis.article.text[whole.start : whole.end]


def _aged_elsewhere(analysis: Analysis) -> Span | None:
    """Where the one child that is named by its kin, or by its birthday, is: its age stands in
    another sentence ("the 11-year-old daughter"), or is told by the day."""
    text = analysis.article.text
    known = {m for p in analysis.people for m in p.mentions}
    if _AGED.search(text):
        named = [Span(*m.span("name")) for m in _KIN.finditer(text)]
        if len({text[n.start : n.end] for n in named}) == 1:
            return named[0]
    for match in _BIRTHDAY.finditer(text):
        name = Span(*match.span("name"))
        if any(m.start <= name.start < m.end for m in known):
            if not _PLAY.search(_sentence(analysis, name)):
                return name
    return None


def _told(analysis: Analysis, span: Span) -> bool:
    """Whether a mention's sentence shows a child, by its kin or its school."""
    text = analysis.article.text
    whole = analysis.sentences[sentence_at(analysis, span.start)]
    sentence = text[whole.start : whole.end]
    if _INITIALS.fullmatch(text[span.start : span.end]) or _PLAY.search(sentence):
        return False
    if {w.lower() for w in re.findall(r"[\w-]{1,40}", sentence)} & lexicon("judgement", "child"):
        return True
    return _SCHOOL.search(text, span.end, min(len(text), whole.end)) is not None


def _small(analysis: Analysis, span: Span) -> bool:
    """Whether an age right before a mention can be nothing but a child's."""
    text = analysis.article.text
    whole = analysis.sentences[sentence_at(analysis, span.start)]
    sentence = text[whole.start : whole.end]
    if not _SMALL.search(text, max(0, span.start - 24), span.start):
        return False
    if _GIRL.match(text, span.end) or _INITIALS.fullmatch(text[span.start : span.end]):
        return False  # "a four-year-old Westport girl"
    return not _BEAST.search(sentence) and not _PLAY.search(sentence)
