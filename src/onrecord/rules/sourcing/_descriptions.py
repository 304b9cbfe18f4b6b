"""Whether an article says what a named person is, anywhere that it names them or close by.

Answers that for rules of the family SRC; decides nothing. It errs towards "described": whatever is
told of somebody besides that they speak is taken to say who they are.
"""

import re
from functools import cache

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import block_at, headline
from ...query.voices import sentence_at
from ...records import Analysis

_SAID = rf"(?:{SPEECH_CUE.pattern})"
_SPEAKS_AFTER = re.compile(
    rf"(?:,? (?:also|then|later|has|had|recently|just|once|\w{{1,40}}ly))*,? {_SAID}", re.IGNORECASE
)
_SPEAKS_BEFORE = re.compile(rf"{_SAID} $", re.IGNORECASE)
_TITLE_BEFORE = re.compile(r"(?:['’]s|\b[A-Za-z][\w.-]{0,40}[a-z]\.?) $")
_POST_BEFORE = re.compile(
    r"(?:\b(?:an?|the|one of|another|his|her|their|its|our)\b[^,.\n]{2,60}"
    r"|['’]s [a-z][^,.\n]{2,40}), $",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-ZÀ-ÖØ-Þ][\w-]{0,40}(?:[’'][A-Z]\w{1,40})?")
_NO_TITLE = re.compile(
    r"(?:^|[.!?:;,\"“”‘’'(–—-])\s{0,20}$|\b(?:and|but|as|when|while|that|because|if|after|before"
    r"|then|by|from|to|with|what|like|than|where|although"
    r"|though|since|for|of|about|so|how|or|meanwhile|however|And|But|As|When|While|That|Because|If"
    r"|After|Before|Then|By|From|To|With|What|Although|Since|For|Later|Then|Now|Still|Today"
    r"|Yesterday|Instead|Meanwhile) $"
)
_AFTER = re.compile(
    rf"\s{{0,20}}\(|,\s{{1,20}}(?!(?:too|also|however|and|but|in|on|as|at|after|before|when|while"
    rf"|\w{{1,40}}ly|adding|noting|{SPEECH_CUE.pattern})\b)[\w“\"]"
    r"|\s{1,20}(?:of|from|with|at|for|and|who|is|was|are|were)\s|\s{0,20}:|['’]s?\s|\s{0,20}[–—-]"
)
_COMPANY = lexicon("sources", "company")
"""Words for people of whom one may be asked, besides those for crowds."""
_NEAR = 300
"""Code points before a name in which somebody without one may be the same."""
_OPENING = 60
"""Code points of a sentence in which its subject stands: "Not all candidates agree"."""
_BY_ROLE = re.compile(
    r"[\"“”'’ ]{0,40}(?:The|His|Her)\s{1,20}(?:(?:[\w-]{1,40}\s{1,20}){0,2})"
    r"([a-z-]{1,40})\b"
)
_QUOTED = re.compile(r"[“\"][^”\"\n]*[”\"]|''[^\n]*?''")
_AS = re.compile(r"\b(?:like|such as|including|among (?:them|those)) (?:[\w.]{1,40} ){0,3}$")


@cache
def _people() -> re.Pattern[str]:
    """Words for several people."""
    found = sorted({*lexicon("sources", "crowd"), *_COMPANY} - _NOBODY)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE)


_NOBODY = lexicon("sources", "no_crowd")


_FIRM = re.compile(r"(?:Inc|Corp|Cos?|Ltd|Plc|PLC|LLC|NV|AG|SA|Group|Bank)\.?$")
_OF = re.compile(r"\b([a-z-]{1,40}) (?:of|at|for|with) (?:the )?$")
_SOMEBODY = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\w{1,40}['’]s)((?: [\w-]{1,40}){1,4})"
)
"""Somebody in the words before a name, whom it may be: "A spokesman for the club", "The head of the
bank"."""


@cache
def _posts() -> frozenset[str]:
    """Words for one person by post or relation."""
    return (
        lexicon("sources", "roles")
        | lexicon("sources", "individual")
        | lexicon("sources", "spokesperson")
    ) | {"premier", "governor", "president", "minister"}


class Descriptions:
    """What an article tells of the people whom it names, looked up once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        head = headline(analysis)
        self._places: dict[str, list[int]] = {}
        self._told: dict[str, bool] = {}
        start = head.span.end if head else 0
        for match in _WORD.finditer(analysis.article.text, start):
            self._places.setdefault(match.group(), []).append(match.start())

    def told(self, name: str) -> bool:
        """Whether anything but "Pell said" is told of somebody, or of people of whom they may be
        one."""
        if name not in self._told:
            self._told[name] = self._look(name)
        return self._told[name]

    def _look(self, name: str) -> bool:
        text = self._analysis.article.text
        *others, last = name.split()
        if any(re.search(r"-[a-z]", word) for word in others):
            return True  # "Orr-based Jon Pell"
        if any(w.lower() in _posts() for w in name.split()) or _FIRM.search(name):
            return True  # "Orr Premier Jon Pell", or no person at all
        places = self._places.get(last, [])
        if not places or _company(self._analysis, places[0]):
            return True
        return not all(_bare(text, place, place + len(last), others) for place in places)


def _bare(text: str, start: int, end: int, others: list[str]) -> bool:
    """Whether a surname only speaks: no title before the name, no apposition behind it, no deed of
    theirs."""
    while more := re.search(r"([A-Z][\w’'-]{0,40})\.? $", text[max(0, start - 24) : start]):
        if more.group(1) not in (*others, "Mr", "Mrs", "Ms", "Miss"):
            break
        start -= len(more.group())
    before, after = text[max(0, start - 70) : start], text[end : end + 60]
    speaks = _SPEAKS_BEFORE.search(before)
    if _POST_BEFORE.search(before) or re.search(r"['’] $", before):
        return False
    post = _OF.search(before)
    if post and post.group(1) in _posts():
        return False  # "branch manager of Orr Bank Jon Pell"
    led = re.search(r"([a-z]{1,40})(?: of(?: [a-z]{1,40}){1,3})?, $", before)
    if led and led.group(1) in _posts():
        return False  # "energy minister, Jon Pell"
    if _TITLE_BEFORE.search(before) and not _NO_TITLE.search(before) and not speaks:
        return False
    return not _AFTER.match(after) if speaks else bool(_SPEAKS_AFTER.match(after))


def _company(analysis: Analysis, first: int) -> bool:
    """Whether people of whom a name may be one are spoken of before it, or "the judge" behind it.

    Looked at are the reporter's own words of its paragraph, and of the last sentence above it; what
    is said in quotations is the speaker's.
    """
    text, blocks = analysis.article.text, analysis.article.blocks
    n = sentence_at(analysis, first)
    start = blocks[block_at(blocks, first)].span.start
    above = analysis.sentences[max(0, sentence_at(analysis, start) - 1)].start
    own = _QUOTED.sub(" ", text[max(above, first - 1500) : first])
    openings = (part.strip()[:_OPENING] for part in re.split(r"[.!?]\s|\n", own))
    for found in _SOMEBODY.finditer(own[-_NEAR:]):
        if any(w in _posts() for w in found.group(1).lower().split()):
            return True
    if _AS.search(own) or any(_people().search(part) for part in openings):
        return True
    after = analysis.sentences[min(n + 1, len(analysis.sentences) - 1)]
    named = _BY_ROLE.match(text, after.start, after.end)
    roles = lexicon("sources", "roles") | lexicon("sources", "individual")
    return named is not None and any(w in roles for w in named.group().lower().split())
