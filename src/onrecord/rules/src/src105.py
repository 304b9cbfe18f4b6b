"""
## What it finds
A quotation that runs for more than 40 words, or at least two sentences and 25 words, before the
reader learns who speaks.

## Why it matters
A reader who doesn't know the speaker can't weigh the words, and lends them to whoever came before.

## Fires on
⟦[q1 "The bridge shakes when lorries pass. It has shaken for years and years now, and nobody from the board has ever come to look at it closely, whatever they may say about it,"]⟧ [c1 said] [s1 person=Ann_Lee Ann Lee].

## Stays silent on
[q1 "The bridge shakes,"] [c1 said] [s1 person=Ann_Lee Ann Lee].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge shakes when lorries pass. It has shaken for years and years now, and nobody from the board has ever come to look at it closely."]

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it shook].
¶ [q2 "The bridge shakes when lorries pass. It has shaken for years and years now, and nobody from the board has ever come to look at it closely, whatever they may say about it,"] [s2 person=Ann_Lee of=1 she] [c2 said].

## Known misses
Interviews in which the speaker is clear from the first line.

## Options
`words`: words of a single sentence that are still borne (40).
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule
from ..reading import WORD, block_at, source_of

_END = re.compile(r"[.!?][”\"’]?\s")
LEAST = 0.6


@rule(
    code="SRC105",
    name="attribution-late",
    message="{count} words are quoted before the reader learns who speaks. "
    "Ask: can the speaker stand after the first sentence?",
    severity="warning",
    standards=("reuters", "ap"),
    scope="all",
    options={"words": 40},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    longest = int(context.settings.options.get("SRC105", {}).get("words", 40))
    spoke: dict[str | None, int] = {}
    for attribution in analysis.attributions:
        if attribution.parent is not None or attribution.source is None:
            continue
        first = attribution.content[0]
        place = block_at(blocks, first.start)
        before = spoke.get(attribution.source_id)
        last = block_at(blocks, max(s.end for s in attribution.content) - 1)
        spoke[attribution.source_id] = last
        if attribution.form != "direct" or attribution.confidence < LEAST:
            continue
        if attribution.source.start < first.end or (before is not None and place - before <= 1):
            continue
        if place != block_at(blocks, attribution.source.start) or blocks[place].role == "headline":
            continue
        source = source_of(analysis, attribution)
        if source is None:
            continue
        count = len(WORD.findall(text, first.start, first.end))
        sentences = 1 + len(_END.findall(text, first.start, first.end - 1))
        if count > longest or (sentences >= 2 and count >= 25):
            yield Hit(span=Span(first.start, first.end), values={"count": str(count)})
