"""
## What it finds
A first paragraph whose only claim with a source is on one unnamed voice's word.

## Why it matters
The lead is what most readers take away. Standing on a single voice without a name, it stands on little.

## Fires on
[h Bridge to close]
¶ The bridge will close in May, ⟦[s1 anonymous withheld a source]⟧ [c1 said], [q1 and it will not open again].
¶ It was built in 1904.

## Stays silent on
[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 person=Ann_Lee Ann Lee] [c1 said].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld a source] [c1 said]. [s2 organisation=Harbour_Board The Harbour Board] [c2 said] [q2 that it would close].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld plural three officials] [c1 said].

## Known misses
A second source for the same claim that stands far below and in other words.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import STATED, body, source_of

_COUNTED = re.compile(r"\b(?:two|three|four|five|six|several|multiple|\d+)\b", re.IGNORECASE)


@rule(
    code="ANO009",
    name="headline-or-lead-on-one-unnamed-voice",
    message="The first paragraph rests on {who} alone. Ask: who else says so?",
    severity="warning",
    standards=("ap", "reuters", "bbc"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, body(analysis)
    paragraphs = [b for b in blocks if b.role in ("paragraph", "standfirst")]
    if not paragraphs:
        return
    lead = paragraphs[0].span
    inside = [
        a
        for a in analysis.attributions
        if a.parent is None and lead.start <= a.content[0].start < lead.end and a.stance in STATED
    ]
    voices = {a.source_id for a in inside}
    if len(voices) != 1 or None in voices:
        return
    source = source_of(analysis, inside[0])
    span = inside[0].source
    if source is None or span is None or source.kind != "anonymous" or not source.withheld:
        return
    who = text[span.start : span.end]
    if _COUNTED.search(who) or inside[0].confidence < 0.5 or source.reason is not None:
        return
    yield Hit(span=span, values={"who": f"“{who}”"}, confidence=inside[0].confidence)
