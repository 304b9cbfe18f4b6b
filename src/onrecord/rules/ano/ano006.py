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

Tom Pell circled the boat while [s1 anonymous withheld plural his friends] [c1 jeered] [q1 that it would sink]. [s2 anonymous withheld of=1 A friend] [c2 said] [q2 he laughed].

## Known misses
Plurals that are told apart only by what they say.
"""

import re
from collections.abc import Iterator

from ...data.cues import SPEECH_CUE
from ...records import Attribution, Context, Hit, Related
from .. import rule
from ..reading import STATED, outermost, statements

_PLURAL = re.compile(r"\b(?:sources|insiders|friends|pals|confidants|informants)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:source|insider|friend|pal|confidante?|informant)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", re.IGNORECASE)

_OWN = re.compile(r"(?:his|her|their|my|whose)\s", re.IGNORECASE)
"""Friends in somebody's tale."""


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
    mentions = [
        a.source
        for a in statements(analysis, unnamed[0])
        if a.source is not None and _speaks(text, a)
    ]
    plural = [m for m in mentions if _PLURAL.search(text, m.start, m.end)]
    single = [m for m in mentions if _SINGULAR.search(text, m.start, m.end)]
    if not plural or not single or any(_COUNTED.search(text, m.start, m.end) for m in plural):
        return
    single = [m for m in unnamed[0].mentions if _SINGULAR.search(text, m.start, m.end)]
    more = [m for m in unnamed[0].mentions if _PLURAL.search(text, m.start, m.end)]
    rest = sorted({*more, *single} - {plural[0]})
    yield Hit(
        span=plural[0],
        values={"who": f"“{text[plural[0].start : plural[0].end]}”"},
        related=tuple(Related(m, "the same voice") for m in rest),
    )


def _speaks(text: str, attribution: Attribution) -> bool:
    """Whether an attribution has its source say something to the article, not do something in a tale."""
    if (
        attribution.parent is not None
        or attribution.stance not in STATED
        or attribution.cue is None
    ):
        return False
    if attribution.source and _OWN.match(text, attribution.source.start):
        return False
    return SPEECH_CUE.search(text, attribution.cue.start, attribution.cue.end) is not None
