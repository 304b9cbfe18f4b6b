"""
## What it finds
An age above 122, the oldest that anybody is known to have reached, where a sentence isn't about
somebody long dead or made up; a year of birth after the year of publication, where that is known;
and a share of people above 100 per cent.

## Why it matters
No reader needs another source to see that it is wrong, and who sees it trusts the other figures
less.

## Fires on
Ann Lee, ⟦143⟧, of Rock Bay, was fined.

The ⟦441-year-old⟧ woman went home.

A man aged ⟦134⟧ was fined.

The board asked around, and ⟦120 per cent⟧ of residents want the bridge.

## Stays silent on
Ann Lee, 103, of Rock Bay, was fined.

The 441-year-old bridge was shut.

The skeleton of a 441-year-old man was found below the bridge.

Hundreds came to bury an 8,400-year-old man.

Lots went cheap: Ann Lee, 143; Tom Reed, 151; Bo Orr, 160.

Sales were 120 per cent of those a year ago. Profits rose by 120 per cent.

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "A 441-year-old man and 120 per cent of residents know."]

## Known misses
Ages in words, and of nouns for people that are not on the short list. Days that the calendar
doesn't have are NUM405's.
"""

import re
from collections.abc import Iterator
from itertools import chain

from ...query.figures import Quoted, owners, sentence_of, stated, words_of
from ...records import Analysis, Context, Hit, Span
from .. import rule
from ._ages import births

OLDEST = 122
"""Years: Jeanne Calment's age at her death in 1997, the greatest that has been verified."""
_PEOPLE = (
    r"(?:m[ae]n|wom[ae]n|boys?|girls?|pensioners?|grandmothers?|grandfathers?|drivers?|teenagers?"
    r"|victims?|suspects?|patients?|residents?|mothers?|fathers?)"
)
_AGE = re.compile(
    rf"(?<![\d.,])(?P<old>\d{{3}}-year-old)(?= (?:[a-z]{{3,20}} )?{_PEOPLE}\b)"
    rf"|\b{_PEOPLE},? aged (?P<aged>\d{{3}})\b(?![-–,.]\d)"
)
_BEHIND = re.compile(r", (\d{3})(?=, (?:who|of|from|was|is|has|had|said|told)\b)")
_SHARE = re.compile(
    r"(?<![\d.,])(?P<whole>(?P<share>\d{3})(?:\.\d+)?(?:%| per ?cent)) of "
    r"(?:all |the |its |our |their |those )?(?:[a-z]{3,20} )?"
    r"(?:people|residents|voters|respondents|adults|children|women|men|pupils"
    r"|students|patients|households|workers|employees|members|citizens|teachers|asked|polled"
    r"|surveyed|questioned)\b"
)
_LONG_DEAD = re.compile(
    r"\b(?:skeletons?|remains|mumm(?:y|ies|ified)|bones?|skulls?|fossils?|tombs?|graves?|buried"
    r"|archaeolog\w{1,20}|ancient|portraits?|statues?|vampires?|wizards?|legends?|myth\w{0,10}"
    r"|fictional|characters?|ghosts?|bible|biblical|claim\w{0,4}|said to be|supposed\w{0,4})\b",
    re.IGNORECASE,
)
"""A sentence on somebody long dead, made up, or believed to be so old."""
_MORE_THAN_ALL = re.compile(
    r"\b(?:capacity|turnout|compared|times|equivalent|equal|target|quota|as many|registered)\b",
    re.IGNORECASE,
)
"""Where people are counted against another number of people."""


@rule(
    code="NUM411",
    name="impossible-figure",
    message="{fault}. Ask: what is the right figure?",
    severity="error",
    status="preview",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    quoted = Quoted(analysis)
    for span, exempt, fault in chain(_ages(analysis), _shares(analysis)):
        sentence = sentence_of(analysis, span)
        exempted = exempt.search(analysis.article.text, sentence.start, sentence.end)
        if not exempted and not quoted.holds(span):
            yield Hit(span=span, values={"fault": fault})
    published = analysis.article.published
    for figure, owner, year, _ in births(analysis, stated(analysis)):
        if published and year > published.year:
            fault = (
                f"{owner.name}'s year of birth is {year}, and the article is of {published.year}"
            )
            yield Hit(span=figure.span, values={"fault": fault})


def _ages(analysis: Analysis) -> Iterator[tuple[Span, re.Pattern[str], str]]:
    """Ages above the oldest: where, what in the sentence makes them possible, what is wrong."""
    text = analysis.article.text
    found = [Span(*m.span(m.lastgroup or 0)) for m in _AGE.finditer(text)]
    for mention in owners(analysis):
        if match := _BEHIND.match(text, mention.end):
            found.append(Span(*match.span(1)))
    for span in sorted(found):
        age = text[span.start : span.start + 3]
        if int(age) > OLDEST:
            yield span, _LONG_DEAD, f"Nobody is known to have reached {age}"


def _shares(analysis: Analysis) -> Iterator[tuple[Span, re.Pattern[str], str]]:
    """Shares of people above all of them, in the same way."""
    for match in _SHARE.finditer(analysis.article.text):
        if int(match.group("share")) > 100:
            span = Span(*match.span("whole"))
            yield span, _MORE_THAN_ALL, f"{words_of(analysis, span)} is more than all of them"
