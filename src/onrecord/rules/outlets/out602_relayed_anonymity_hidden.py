"""
## What it finds
What this article has from another outlet, where the other outlet's own article gives it on the word of an
unnamed voice and this one doesn't say so. Needs a ledger: `onrecord check STORY --ledger FILE`.

## Why it matters
"The Quay Post reports" sounds like a fact that was checked. If it was one unnamed voice, the reader has
to know it: the second outlet is no second source.

## Fires on
⟦[h1 relay outlet=Quay_Post withheld=yes [s1 outlet=Quay_Post The Quay Post]]⟧ [c1 reported] [q1 that the mayor would resign].

## Stays silent on
[h1 relay outlet=Quay_Post withheld=yes [s1 outlet=Quay_Post The Quay Post]] [c1 reported], citing unnamed sources, [q1 that the mayor would resign].

[h1 relay outlet=Quay_Post kind=person [s1 outlet=Quay_Post The Quay Post]] [c1 reported] [q1 that the mayor would resign].

[s1 outlet=Quay_Post The Quay Post] [c1 reported] [q1 that the mayor would resign].

## Known misses
What is told in quite other words there isn't found. An outlet that had more than the unnamed voice, and
says so elsewhere, is reported too.
"""  # noqa: E501

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_SAYS_SO = re.compile(
    r"\b(?:un-?named|anonym\w{1,40}|not (?:been )?named|un-?identified|insiders?|sources?"
    r"|people (?:familiar|close)"
    r"|officials?|(?:person|man|woman) (?:familiar|close)|on condition)\b",
    re.IGNORECASE,
)


@rule(
    code="OUT602",
    name="relayed-anonymity-hidden",
    message="{outlet} has this on an unnamed voice{where}, and that isn't said. "
    "Ask: what else does it stand on?",
    severity="warning",
    status="preview",
    standards=("wapo", "ap"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    if context.history is None:
        return
    analysis = context.analysis
    starts = [s.start for s in analysis.sentences]
    seen: set[tuple[Span, str]] = set()
    for relay in context.history.relays:
        if relay.kind != "anonymous" or not relay.withheld or (relay.span, relay.outlet) in seen:
            continue
        n = max(0, bisect_right(starts, relay.span.start) - 1)
        sentence = analysis.sentences[n]
        if _SAYS_SO.search(analysis.article.text, sentence.start, sentence.end):
            continue
        seen.add((relay.span, relay.outlet))
        day = relay.elsewhere.published
        yield Hit(
            span=relay.span,
            values={"outlet": relay.outlet, "where": f" ({day})" if day else ""},
        )
