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

[h Tin to rise]
¶ [s1 group Dealers] [c1 said] [q1 tin fell]. [q2 "It will rise,"] [s2 anonymous withheld one trade source] [c2 said].

[h Bridge to close]
¶ It rained. "We shall see to it in May." It rained again. [q1 "It will close,"] [s1 anonymous withheld a source] [c1 said].

## Known misses
A first quotation whose speaker was not found.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.lookup import headline, source_of, words
from ...records import Context, Hit
from .. import rule
from ._market_sources import Trades

_CLAUSE = 5
"""Words from which words in quotation marks are somebody's sentence rather than a term."""


@rule(
    code="ANO005",
    name="anonymous-first-quote",
    message="The first quotation of the article has a speaker without a name. "
    "Ask: is there a named voice for the start?",
    severity="note",
    standards=("wapo",),
    scope="all",
    house_accepted=True,
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
    if any(
        start <= q.span.start and q.span.end <= first.content[0].start
        and len(words(analysis.article.text, q.span)) >= _CLAUSE
        for q in analysis.quotes
    ):  # fmt: skip
        return  # an earlier quotation whose speaker was not found
    source = source_of(analysis, first)
    if source and source.kind == "anonymous" and source.withheld and first.confidence >= 0.5:
        if not Trades(analysis).has(source):
            yield Hit(span=first.content[0])
