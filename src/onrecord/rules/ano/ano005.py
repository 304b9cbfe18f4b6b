"""
## What it finds
The first direct quotation of the article is on an unnamed source's word.

## Why it matters
The first voice sets the tone of a story. When it has no name, nobody answers for it.

## Fires on
[h Bridge to close]
¶ ⟦[q1 "It will close in May,"]⟧ [s1 anonymous withheld a source] [c1 said].

## Stays silent on
[h Bridge to close]
¶ [q1 "It will close in May,"] [s1 person=Ann_Lee Ann Lee] [c1 said].

[h Bridge to close]
¶ [q1 "It shook,"] [s1 anonymous a resident] [c1 said].

## Known misses
A first quotation whose speaker was not found.
"""

from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import headline, source_of


@rule(
    code="ANO005",
    name="anonymous-first-quote",
    message="The first quotation of the article has a speaker without a name. "
    "Ask: is there a named voice for the start?",
    severity="note",
    status="preview",
    standards=("wapo",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    title = headline(analysis)
    start = title.span.end if title else 0
    direct = [
        a
        for a in analysis.attributions
        if a.form == "direct" and a.parent is None and a.content[0].start >= start and a.source_id
    ]
    if not direct:
        return
    first = min(direct, key=lambda a: a.content[0])
    source = source_of(analysis, first)
    if source and source.kind == "anonymous" and source.withheld and first.confidence >= 0.5:
        yield Hit(span=first.content[0])
