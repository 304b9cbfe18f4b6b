"""
## What it finds
"Sources", "insiders" or "friends" in the plural, where no second voice is ever told apart: every
statement could be one person's. "Sources" alone are one where words stand in quotation marks: nobody says the
same words twice.

## Why it matters
A plural tells readers that more than one person says so. Agencies forbid it for a single source.

## Fires on
⟦[s1 anonymous withheld plural Sources]⟧ [c1 said] [q1 the bridge would close]. [s2 anonymous withheld of=1 The source] [c2 added] [q2 that nobody had been told].

[q1 "It will close,"] ⟦[s1 anonymous withheld plural sources close to the chief]⟧ [c1 told] reporters.

⟦[s1 anonymous withheld plural Sources]⟧ [c1 said] [q1 the bridge would close]. [s2 anonymous withheld of=1 The source] [c2 added] [q2 that it was late]. [s3 anonymous withheld plural His pals] [c3 fear] [q3 that it will].

## Stays silent on
[s1 anonymous withheld plural Sources] [c1 said] [q1 the bridge would close]. It rained.

[q1 "It was mutual,"] [c1 said] [s1 anonymous withheld plural sources close to each of them].

[s1 anonymous withheld A source] [c1 said] [q1 the bridge would close].

[s1 anonymous withheld plural Sources] [c1 said] [q1 it would close]. [s2 anonymous withheld Another source] [c2 said] [q2 it would stay].

[s1 anonymous withheld plural Two sources] [c1 said] [q1 it would close].

[s1 anonymous withheld plural Several sources] [c1 said] [q1 it would close]. [s2 anonymous withheld of=1 One source] [c2 said] [q2 it was late].

[s1 anonymous withheld plural Board sources] [c1 said] [q1 it would close]. [s2 anonymous withheld of=1 The ministry source] [c2 said] [q2 it was late].

Tom Pell circled the boat while [s1 anonymous withheld plural his friends] [c1 jeered] [q1 that it would sink]. [s2 anonymous withheld of=1 A friend] [c2 said] [q2 he laughed].

## Known misses
Plurals that are told apart only by what they say.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.counting import number_words
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import STATED, outermost, statements
from ...records import Attribution, Context, Hit, Related, Span
from .. import rule
from ._market_sources import Trades

_PLURAL = re.compile(r"\b(?:sources|insiders|friends|pals|confidants|informants)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"\b(?:source|insider|friend|pal|confidante?|informant)\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(?:{number_words('two', 'ten')}|\d{{1,20}}|multiple|several|numerous"
    r"|dozens of|many|each|both)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"(?:(?:an?|the|one|that|this|another|unnamed|anonymous|inside|close|old|dear|good|well-placed"
    r"|high-level|senior)\s{1,20})*(?P<house>[^,]*?)\s{0,20}\b(?:sources?|insiders?|friends?|pals?"
    r"|confidant(?:e?s?)|informants?)\b",
    re.IGNORECASE,
)
"""What a voice is called besides "source": its house."""

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
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    unnamed = [
        s
        for s in analysis.sources
        if s.kind == "anonymous" and s.withheld and outermost(analysis, s)
    ]
    unnamed = [s for s in unnamed if any(_speaks(text, a) for a in statements(analysis, s))]
    if len(unnamed) != 1:
        return
    said = [a for a in statements(analysis, unnamed[0]) if a.source and _speaks(text, a)]
    mentions = [a.source for a in said if a.source is not None]
    plural = [m for m in mentions if _PLURAL.search(text, m.start, m.end)]
    single = [m for m in mentions if _SINGULAR.search(text, m.start, m.end)]
    quoted = [a.source for a in said if a.source in plural and a.form != "indirect"]
    if any(_COUNTED.search(text, m.start, m.end) for m in plural):
        return
    if quoted and not single and not Trades(analysis).has(unnamed[0]):
        plural = [m for m in quoted if m is not None]
    elif not plural or not single:
        return
    elif not any(_same_house(text, s, p) for s in single for p in plural):
        return  # "board sources", and "the ministry source": another voice
    single = [m for m in unnamed[0].mentions if _SINGULAR.search(text, m.start, m.end)]
    more = [m for m in unnamed[0].mentions if _PLURAL.search(text, m.start, m.end)]
    rest = sorted({*more, *single} - {plural[0]})
    yield Hit(
        span=plural[0],
        values={"who": f"“{text[plural[0].start : plural[0].end]}”"},
        related=tuple(Related(m, "the same voice") for m in rest),
    )


def _same_house(text: str, one: Span, several: Span) -> bool:
    """Whether "a board source" may be of the "sources" or "board sources", as "a ministry source"
    is not of the latter."""
    houses = []
    for mention in (one, several):
        match = _BEFORE.match(text, mention.start, mention.end)
        houses.append(set(match.group("house").lower().split()) if match else set())
    return not houses[0] or not houses[1] or bool(houses[0] & houses[1])


def _speaks(text: str, attribution: Attribution) -> bool:
    """Whether an attribution has its source say something to the article, not do something in a
    tale."""
    if (
        attribution.parent is not None
        or attribution.stance not in STATED
        or attribution.cue is None
    ):
        return False
    if attribution.source and _OWN.match(text, attribution.source.start):
        return False
    return SPEECH_CUE.search(text, attribution.cue.start, attribution.cue.end) is not None
