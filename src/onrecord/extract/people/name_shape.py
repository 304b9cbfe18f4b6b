"""What a name's shape and neighbours tell: that it names no person, or a person under age.

An article before it and a number behind it speak against a person, an age beside it for one.
Whether anything else does is `people`'s to weigh; a title or a given name outweighs all of this.
"""

import re
from collections.abc import Sequence

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...records import Span

SUFFIXES = frozenset("Jr Sr II III IV".split())
"""What may follow a surname and isn't one."""

NO_FIRST = lexicon("people", "no_first")
"""Words that begin a sentence before a surname, and never a name."""

_WORK = rf"(?:{'|'.join(sorted(lexicon('wording', 'works')))})"
_BEFORE = re.compile(
    r"\b(?:the|an?|in|at|near|across|throughout|inside|outside|[Tt]he film|album|song|novel"
    r"|(?:city|town|village|county|state|province|port|island|district|diocese|parish|republic|isle"
    r"|suburb) of)\s{1,20}[\"“‘']?$",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    rf"\b(?:the|an?|his|her|their|its|our|[\w’']{{1,40}}[’']s?)"
    rf" (?:[\w-]{{1,40}} ){{0,3}}{_WORK}, $",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"[,.;:)–—]")
_AGE_AFTER = re.compile(rf",\s{{1,20}}(?:(?:now |aged? )?\d{{1,3}}|{number_words('one', 'ten')})\b")
_AGE_BESIDE = re.compile(r" \((?:aged? )?(?:\d{2}|1[89]\d\d[-–](?:19|20)\d\d)\)")
_AGE_BEFORE = re.compile(
    r"\b(?:\d{1,3}|[a-z]{1,40})-year-old (?:[a-z-]{1,40} ){0,2}$", re.IGNORECASE
)
_TRADE = re.compile(r"[A-Z][a-z]{3,}(?:er|or|ist|ian|man|woman)s?|.*-year-old")
_NUMBER = re.compile(r"[ -]\d")
_SHOUTED = re.compile(r"[A-Z]{2,}s?")
_CAMEL = re.compile(r"(?!Mc|Mac|De|Des|Di|Du|Fitz|La|Le|Van|O)\w{0,40}[a-z][A-Z]|.*\d")
_PARTY = re.compile(r"[RDI]-[A-Z]|.*-$")
_AGES = rf"(\d{{1,2}}|{number_words('one', 'seventeen')})"
_YOUNG = re.compile(
    rf"(?:,\s{{1,20}}(?:who\s{{1,20}}is\s{{1,20}})?(?:(?:just|only|both|all|aged)\s{{1,20}})?{_AGES}"
    r"(?=[,.;)\s])(?!\s{1,20}(?:years|of|percent|per|months(?! old|[,.;)])))"
    rf"|,?(?:\s{{1,20}}and\s{{1,20}}[A-Z][\w’'-]{{1,30}}),\s{{1,20}}(?:both|each)\s{{1,20}}{_AGES}\b)"
)
"""Behind a name: ", 8", ", who is eight,", ", 12 months,"; of two: "Ida and Una, both seven"."""
_BRACKETED = re.compile(r" \((?:aged )?(\d{1,2})\)")
_CHILD = "(?:daughter|son|child|kid|twin|triplet|baby|toddler|girl|boy|sister|brother|pupil)"
_YOUNG_BEFORE = re.compile(
    rf"\b(?:{_AGES}-year|(?:\w{{1,12}}-)?month|year)-old(?:\s{{1,20}}(?:twin|baby|little|adopted|only|young))*"
    rf"(?:(?:\s{{1,20}}{_CHILD})?,?|\s{{1,20}}(?:{_CHILD}s|children),?"
    r"(?:\s{1,20}[A-Z][\w’'-]{1,30}(?:,|\s{1,20}and)){0,3})\s{1,20}$"
)
"""In front of one: "her three-year-old son", "nine-year-old twins Ida and"."""
_OF_CHILDREN = re.compile(rf"\b(?:{_CHILD}s?|children)\b[^.!?\n]{{0,60}}$")


def surname(parts: tuple[str, ...]) -> str:
    """The last part of a name that is no suffix: Lowe for "Peter Lowe III"."""
    named = [part for part in parts if part not in SUFFIXES]
    return named[-1] if named else parts[-1]


def shaped(parts: tuple[str, ...]) -> bool:
    """Whether the words are shaped like a name: no "R-Saltmouth", no "SALT", no "QuayMatters"."""
    if any(_PARTY.match(part) for part in parts):
        return False
    last = parts[1:] if len(parts) > 1 else parts
    if any(_SHOUTED.fullmatch(part) and part not in SUFFIXES for part in last):
        return False
    return len(parts) > 1 or not _CAMEL.match(parts[0])


def owns(text: str, span: Span) -> bool:
    """Whether a possessive ending stands behind a name, whichever way its apostrophe curls."""
    return text[span.end : span.end + 2] in ("'s", "’s", "‘s", "´s", "`s")


def placed(text: str, span: Span) -> bool:
    """Whether a name's neighbours are a thing's: "the Harwick", "in Harwick", "Harwick 1015",
    "their series, Harwick,"."""
    if _NUMBER.match(text, span.end):
        return True
    if _CLOSED.match(text, span.end):
        if _APPOSED.search(text, max(0, span.start - 80), span.start):
            return True
    return not owns(text, span) and bool(_BEFORE.search(text, max(0, span.start - 16), span.start))


def aged(text: str, span: Span, parts: int) -> bool:
    """Whether an age stands at a name: "Ann Lee, 41,", "the 41-year-old Ann Lee", "Ann Lee (41)",
    "(1934-2019)"."""
    if _AGE_AFTER.match(text, span.end):
        return True
    before = text[max(0, span.start - 40) : span.start]
    return parts > 1 and bool(_AGE_BESIDE.match(text, span.end) or _AGE_BEFORE.search(before))


def opens(word: str, tokens: int) -> bool:
    """Whether a sentence's first word is what the named person does, or an age: "Cleaner Ann
    Lee"."""
    return bool(_TRADE.fullmatch(word)) and (tokens > 2 or word.endswith("-old"))


def minor(text: str, mentions: Sequence[Span]) -> bool | None:
    """True where an age under 18 stands at a mention of the name, else unknown."""
    for mention in mentions:
        before = text[max(0, mention.start - 80) : mention.start]
        match = _YOUNG.match(text, mention.end) or _YOUNG_BEFORE.search(before)
        if match is None and _OF_CHILDREN.search(before):
            match = _BRACKETED.match(text, mention.end)
        age = next(filter(None, match.groups()), "one") if match else "99"
        if not age.isdecimal() or int(age) < 18:
            return True
    return None


def titled(line: str) -> bool:
    """Whether a line is a heading in which most words are capitalised: "What a Lee Win Could
    Mean"."""
    if len(line) > 120 or line.rstrip("”’\"')").endswith((",", ":")):
        return False
    stopped = line.rstrip("”’\"')").endswith((".", "!", "?"))
    long = [w for w in re.findall(r"[\w’'-]{1,40}", line) if len(w) > 3]
    share = sum(w[0].isupper() for w in long) / max(1, len(long))
    return len(long) > (4 if stopped else 2) and share > (0.9 if stopped else 0.7)
