"""
## What it finds
A word that runs a named person down, in what an unnamed source says. Praise is a note.

## Why it matters
Agencies allow unnamed sources for facts, not for opinions of people: nobody answers for the insult,
and nobody can answer it.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 Mayor Ann Lee was ⟦arrogant⟧ with the crew].

[s1 anonymous withheld A friend] [c1 said]: [q1 "Tom Pell is a ⟦hero⟧."]

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee kept ⟦mocking⟧ the crew].

## Stays silent on
[s1 person=Tom_Pell Tom Pell] [c1 said] [q1 Mayor Ann Lee was arrogant].

[s1 anonymous withheld A source] [c1 said] [q1 the toxic waste plan would cost more].

[s1 anonymous A resident] [c1 said] [q1 Ann Lee was arrogant].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee met the crew outside her professional duties].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee went through a nasty divorce].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee wants a kind of ferry].

## Known misses
Insults in words that are not on the list; irony. An adjective in front of a noun that is no person ("an arrogant
letter") is passed over.

## Options
`words`: further words that run somebody down.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.lookup import named_near, unnamed_contents
from ...records import Context, Hit, Related, Span
from .. import option, rule

_SAID_OF = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|seem\w{0,40}|look\w{0,40}|sound\w{0,40}|call\w{0,40}"
    r"|becam\w{0,40}|becom\w{0,40}|turned|gets?|got|getting|as|act\w{0,40}|behav\w{0,40}|himself"
    r"|herself|him|her|them|such|more|most|not|never|and|or)"
    r"|[’'](?:s|re|m)|n[’']t|,)\s{1,20}(?:(?:an?|the|so|very|really|too|just|such|quite|always|also"
    r"|not|never|more|most|pretty|rather|little|bit|of|real|total|complete|absolute|true|old|and"
    r"|\w{1,40}ly)\s{1,20}){0,5}$",
    re.IGNORECASE,
)
_OWN = re.compile(r"(?:\b(?:his|her|their)|[’']s) (?:[\w-]{1,40} ){0,2}$", re.IGNORECASE)
_ENDS = re.compile(
    r"\s{0,20}(?:$|[^\w\s]|(?:and|or|but|to|with|towards?|when|about|in|at|of|who|that|by|because"
    r"|as|if|then|than|behind|during|after|before|on|for|enough)\b"
    r"|(?:man|woman|person|people|guy|boss|bosses|husband|wife|father|mother|leader|candidate"
    r"|politician|boy|girl|human|colleague|manager|mayor|chief|bully|liar)\b)",
    re.IGNORECASE,
)
_DEEDS = re.compile(
    r"(?:belittl|bull(?:y|ies)|cheat|humiliat|mock|railroad)\w{0,40}$|(?:lying|lies)$",
    re.IGNORECASE,
)
_NEUTRAL = re.compile(
    r"(?:professional|kind|rock|angel|genius|controlling|desperate|drunk|lies|lying)$",
    re.IGNORECASE,
)
LEAST = 0.5
"""Confidence of the attribution below which nothing is said."""


@rule(
    code="ANO004",
    name="anonymous-opinion",
    message="“{word}” is an unnamed source's opinion of a named person. "
    "Ask: is there a fact to report, or a name to put to the opinion?",
    severity="warning",
    standards=("ap", "reuters", "wapo"),
    scope="all",
    house_accepted=True,
    options={"words": []},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    extra = option(context, check, "words")
    bad, good = lexicon("judgement", "derogatory") | set(extra), lexicon("judgement", "praise")
    found: dict[str, list[tuple[Span, bool]]] = {}
    for source, span in unnamed_contents(analysis, LEAST):
        for match in re.finditer(r"[\w-]{1,40}", text[span.start : span.end]):
            low = match.group().lower()
            if low not in bad and low not in good:
                continue
            place = Span(span.start + match.start(), span.start + match.end())
            if _judges(text, place) and named_near(analysis, place):
                found.setdefault(source.id, []).append((place, low in bad))
    for places in found.values():
        ordered = sorted(set(places), key=lambda p: (not p[1], p[0]))
        first, hard = ordered[0]
        yield Hit(
            span=first,
            values={"word": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p, h in ordered[1:] if h == hard),
            severity=None if hard else "note",
        )


def _judges(text: str, place: Span) -> bool:
    """Whether the word is said of somebody: "is arrogant", "a real bully", "her cruel jokes",
    "mocked him".

    A word that only tells one thing from another ("professional duties", "a nasty divorce",
    "a kind of") judges nobody.
    """
    word = text[place.start : place.end]
    before, after = text[max(0, place.start - 70) : place.start], text[place.end : place.end + 30]
    if _DEEDS.search(word) and not _NEUTRAL.search(word):
        return True
    if _SAID_OF.search(before):
        return _ENDS.match(after) is not None and not re.match(r"\s{1,20}of\b", after)
    return not _NEUTRAL.search(word) and _OWN.search(before) is not None
