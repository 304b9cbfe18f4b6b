"""Which person a phrase means that isn't just a name: "Lowe's office" is nobody, "the actor" goes
on.

Reads the phrase and its words for posts; pronouns and unnamed voices are `sources`' business.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ...language.en.lexicon import lexicon
from ...records import Person, Span
from ..people.name_shape import owns
from .organisations import STATEMENT

_LAST = re.compile(r"([\w-]{1,40})(,?) $")
_MATE = re.compile(r"['’]s? (?:[\w-]{1,40} ){0,3}[a-z][\w-]{1,40}, (?:[\w.’'-]{1,40} ){0,4}")
_POSTS = (
    lexicon("sources", "roles")
    | lexicon("sources", "spokesperson")
    | lexicon("sources", "individual")
)
_AGE = re.compile(r"the \d{1,3}-year-old", re.IGNORECASE)
_GOES_ON = lexicon("sources", "goes_on")
"""What a person who has just spoken is called again, whatever their title: "the lawmaker added"."""
_FEMALE, _MALE = (
    frozenset("woman actress businesswoman mother".split()),
    frozenset("man businessman father".split()),
)
_OFFICE = re.compile(
    r"\b(?:chair\w{0,40}|director|head|chief|president|manager|secretary|minister|professor"
    r"|superintendent|dean|commissioner|editor|[A-Z][a-z]{2,40}) of (?P<field>(?:[a-z-]{1,40}"
    r" (?:and )?){1,3}"
    r"|(?:the )?(?:[A-Z][\w-]{1,40},? (?:(?:and|for|of) )?){1,4})$"
)
"""A post with its field, of which nobody is the holder but who is named next: "chair of governors
Ann Lee", "Director of Public Works Ann Lee"."""
_WITH_OTHERS = re.compile(
    r"(?:,? and|,? along with) (?:his|her|their|the|other|fellow|several|some)"
    r" (?:[\w’'-]{1,40} ){0,3}"
    r"(?:team|staff|family|office|camp|campaign|circle|crew|company|[a-z]{3,40}s)$"
)
_FOR = re.compile(r"\b(?:for|of|to|from|with|at|by|in)\s{1,20}(?:[\w-]{1,40}\.?\s{1,20}){0,4}$")
_TO_PLACE = re.compile(
    r"\b(?P<post>[\w-]{1,40}) (?:to|in|at) (?:the )?(?P<place>[A-Z][\w-]{1,40})"
    r"(?: [A-Z][\w-]{1,40})? $"
)
"""What goes before a name: "ambassador to Britain | Ann Lee"."""
_DEMONYM = re.compile(
    r"[A-Z][\w-]{1,40}(?:man|woman)|Spaniard|Briton|Dane|Swede|Finn|Pole|Turk|Scot|German|Italian"
    r"|Australian"
    r"|American|Canadian|Brazilian|Argentin(?:e|ian)|Belgian|Norwegian|Russian|Ukrainian|Nigerian"
    r"|Ghanaian|Kenyan"
    r"|Colombian|Egyptian|Serbian|Croatian|Californian|Texan|Virginian|Londoner|New Yorker|Dubliner"
)
REACH = 500
"""Code points from the last speaker's last mention, in which "the actor" means them."""


def _first(people: Sequence[tuple[Span, str]], offset: int) -> int:
    """The place of the first mention that begins at an offset or after it."""
    return bisect_left(people, offset, key=lambda row: row[0].start)


def mentioned(span: Span, people: Sequence[tuple[Span, str]]) -> bool:
    """Whether a mention of a person begins inside a span."""
    return _first(people, span.start) < _first(people, span.end)


def resolve_person(text: str, span: Span, people: Sequence[tuple[Span, str]]) -> str | None:
    """The id of the person who speaks in a source's span; `people` are mentions with ids, in
    order."""
    phrase = text[span.start : span.end].strip()
    inside = people[_first(people, span.start) : _first(people, span.end)]
    if not inside:
        return None
    mention, person = inside[0]
    for later, other in inside[1:]:
        if _MATE.fullmatch(text, mention.end, later.start):
            mention, person = later, other  # "Lowe's running mate, Gov. Jon Pell"
            break
        if "," in text[mention.end : later.start]:
            break
        # "the Lowe aide Jon Pell", "Lowe's spokesman Jon Pell": the post's holder speaks.
        before = _LAST.search(text, span.start, later.start)
        post = before and before.group(1).lower() in _POSTS and not before.group(2)
        if post or (owns(text, mention) and _office(text[mention.end : later.start])):
            mention, person = later, other
            break
    lead_words = mention.start - span.start
    if (by := STATEMENT.match(phrase)) and not phrase[by.end() : lead_words].strip():
        return person
    if owns(text, mention) and mention.end + 2 < span.end:
        return None  # "Lowe's office": the office speaks
    if _WITH_OTHERS.match(text, mention.end, span.end):
        return None  # "Ann Lee and her team": a group
    if re.match(
        r"\s{1,20}(?!who\b|and\b|of\b|himself\b|herself\b|the\b)[a-z]",
        text[mention.end : span.end],
    ):
        return None  # "a Lowe campaign advert": the advert speaks
    if re.match(r"\s{0,20}(?:the|an?|this|that) ", phrase, re.I) and re.search(
        r"\b(?:to|from|by|with)\s", phrase[:lead_words]
    ):
        return None  # "an e-mail to Lowe"
    lead = phrase[:lead_words]
    if re.search(r"\b(?:like|including|such as)\s", lead):
        return None  # "critics such as Ann Lee": the critics speak
    if _envoy(lead):
        return person
    office = _office(lead)
    if office and not set(office["field"].split()) & (_POSTS | {"the", "his", "her", "their"}):
        return person  # "director of works Hester Lowe", but "head of mayor Hester Lowe's office"
    if _FOR.search(lead):
        return None  # "a spokesman for Hester Lowe"
    return person


def _envoy(lead: str) -> bool:
    """Whether a post with a place it is for stands before a name: "ambassador to Britain "."""
    post = _TO_PLACE.search(lead)
    if post is None or post["place"] not in lexicon("sources", "places"):
        return False
    return post["post"].lower() in _POSTS - lexicon("sources", "spokesperson")


def _office(words: str) -> re.Match[str] | None:
    """The post with its field that some words end with: "its Director of Public Works "."""
    office = _OFFICE.search(words)
    return office if office and office.group().split()[0].lower() in _POSTS else None


def continues_last_speaker(text: str, span: Span, last: tuple[Span, Person]) -> bool:
    """Whether "the actor" or "the 41-year-old" is who spoke last: no other one has been
    introduced."""
    words_given = text[span.start : span.end].strip()
    phrase = words_given.lower()
    mention, person = last
    between = text[mention.end : span.start]
    if span.start - mention.end > REACH or len(re.findall(r"\n+", between)) > 1:
        return False
    if _AGE.fullmatch(phrase):
        return True
    if phrase.startswith("the ") and _DEMONYM.fullmatch(words_given[4:]):
        return person.gender != "female" or not phrase.endswith("man") or phrase.endswith("woman")
    head = phrase.removeprefix("the ")
    if not phrase.startswith("the ") or head not in _GOES_ON:
        return False
    if head in _FEMALE | _MALE and person.gender != ("female" if head in _FEMALE else "male"):
        return False
    return not re.search(
        rf"\b(?:an?|another|one|two|other) (?:[\w’'-]{{1,40}} ){{0,3}}{head}s?\b", between, re.I
    )
