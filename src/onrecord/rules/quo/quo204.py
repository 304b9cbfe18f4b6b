"""
## What it finds
One to three quoted words in the reporter's text that nobody is said to have spoken.

## Why it matters
Marks around a word say "so-called". The reader can't tell whether somebody said it or the reporter doubts it.

## Fires on
The board called in its ⟦"expert team"⟧ on Monday. It rained.

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 called it] [q1 "a scandal"].

The song "Harbour Lights" was sung.

## Known misses
Titles and terms that are introduced in small letters.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import WORD, block_at

_TERM = re.compile(
    r"\b(?:(?:is|are|was|were|so-)\s?called|known as|dubbed|named|titled|term|word|phrase|means?|nicknamed|labell?ed|song|book|film|show|episode)\b[^.]{0,20}$",
    re.IGNORECASE,
)


@rule(
    code="QUO204",
    name="scare-quotes",
    message="{words} stands in quotation marks, and nobody is found to say it. "
    "Ask: whose word is it?",
    severity="note",
    status="preview",
    standards=("ap", "wikipedia"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    said = [s for a in analysis.attributions for s in a.content]
    for quote in analysis.quotes:
        count = len(WORD.findall(text, quote.inner.start, quote.inner.end))
        if quote.parent is not None or not 1 <= count <= 3 or not quote.closed:
            continue
        inner = text[quote.inner.start : quote.inner.end]
        if (
            inner[:1].isupper()
            or inner[-1:] in ",.?!"
            or blocks[block_at(blocks, quote.span.start)].role == "headline"
        ):
            continue
        if text[quote.span.start - 1 : quote.span.start] == "=" or not inner[:1].isalpha():
            continue  # an attribute that a tag left in the text, a number, a measure
        if any(s.start < quote.span.end and quote.span.start < s.end for s in said):
            continue
        if _TERM.search(text[max(0, quote.span.start - 60) : quote.span.start]):
            continue
        yield Hit(span=quote.span, values={"words": text[quote.span.start : quote.span.end]})
