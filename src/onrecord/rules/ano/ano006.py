"""
## What it finds
"Sources", "insiders" or "friends" in the plural, where no second voice is ever told apart: every
statement could be one person's.

## Why it matters
A plural tells readers that more than one person says so. Agencies forbid it for a single source.

## Fires on
⟦[s1 anonymous withheld plural Sources]⟧ [c1 said] [q1 the bridge would close]. [s2 anonymous withheld of=1 The source] [c2 added] [q2 that nobody had been told].

## Stays silent on
[s1 anonymous withheld A source] [c1 said] [q1 the bridge would close].

[s1 anonymous withheld plural Sources] [c1 said] [q1 it would close]. [s2 anonymous withheld Another source] [c2 said] [q2 it would stay].

[s1 anonymous withheld plural Two sources] [c1 said] [q1 it would close].

## Known misses
Plurals that are told apart only by what they say.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Related
from .. import rule
from ..reading import outermost

_PLURAL = re.compile(r"\b(?:sources|insiders|friends|pals|confidants|informants)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:source|insider|friend|pal|confidante?|informant)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE)


@rule(
    code="ANO006",
    name="plural-sources-one-voice",
    message="{who} is plural, but only one unnamed voice is told apart in the article. "
    "Ask: how many people said this?",
    severity="warning",
    standards=("reuters", "ap"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    unnamed = [
        s
        for s in analysis.sources
        if s.kind == "anonymous" and s.withheld and outermost(analysis, s)
    ]
    if len(unnamed) != 1:
        return
    mentions = unnamed[0].mentions
    plural = [m for m in mentions if _PLURAL.search(text, m.start, m.end)]
    single = [m for m in mentions if _SINGULAR.search(text, m.start, m.end)]
    if not plural or not single or any(_COUNTED.search(text, m.start, m.end) for m in plural):
        return
    rest = sorted([*plural[1:], *single])
    yield Hit(
        span=plural[0],
        values={"who": f"“{text[plural[0].start : plural[0].end]}”"},
        related=tuple(Related(m, "the same voice") for m in rest),
    )
