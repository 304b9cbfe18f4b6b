"""
## What it finds
Words that the headline gives to one named person and the body to another.

## Why it matters
One of the two is wrong, and anybody can see both.

## Fires on
[h [s1 person=Ann_Lee Ann Lee]: [q1 ⟦"The bridge is a disgrace"⟧]]
¶ Ann Lee opened the meeting. ¶ [q2 "The bridge is a disgrace,"] [c2 said] [s2 person=Tom_Pell Tom Pell].

## Stays silent on
[h [s1 person=Ann_Lee Ann Lee]: [q1 "The bridge is a disgrace"]]
¶ [q2 "The bridge is a disgrace,"] [c2 said] [s2 person=Ann_Lee of=1 Lee].

[h [s1 person=Ann_Lee Ann Lee]: [q1 "The bridge is a disgrace"]]
¶ [q2 "The bridge is a disgrace,"] [c2 said] [s2 person=Tom_Pell Tom Pell], who spoke for Lee.

[h [s1 organisation=Harbour_Board Harbour Board]: [q1 "The bridge is a disgrace"]]
¶ [q2 "The bridge is a disgrace,"] [c2 said] [s2 person=Tom_Pell Tom Pell].

## Known misses
Paraphrases; quotations of fewer than three words; a body and the person who speaks for it.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at, headline, words
from ...records import Attribution, Context, Hit, Related, Source
from .. import rule

LEAST = 0.6
"""Confidence that both attributions need."""
WORDS = 3
"""Words from which a quotation is compared."""


@rule(
    code="HED305",
    name="headline-speaker-differs",
    message="the headline gives these words to {above}, the body to {below}. Ask: who said them?",
    severity="error",
    standards=("ipso", "spj", "ap"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    head = headline(analysis)
    if head is None:
        return
    text, blocks = analysis.article.text, analysis.article.blocks
    people = {s.id: s for s in analysis.sources if s.kind == "person" and s.name}
    sure = [a for a in analysis.attributions if a.source_id in people and a.confidence >= LEAST]
    above = [a for a in sure if a.content[0].end <= head.span.end]
    if not above:
        return
    below = [(a, s, " ".join(words(text, s))) for a in sure for s in a.content]
    for quote in analysis.quotes:
        if quote.parent is not None or quote.span.end > head.span.end:
            continue
        said = words(text, quote.inner)
        theirs = [a for a in above if _holds(a, quote.span.start)]
        if len(said) < WORDS or len(theirs) != 1:
            continue
        places = [
            (a, s)
            for a, s, row in below
            if s.start >= head.span.end and f" {' '.join(said)} " in f" {row} "
        ]
        one = people[theirs[0].source_id or ""]
        if not places or any(_same(one, people[a.source_id or ""]) for a, _ in places):
            continue
        attribution, span = places[0]
        other = people[attribution.source_id or ""]
        paragraph = blocks[block_at(blocks, span.start)].span
        if _last(one) in words(text, paragraph):
            continue
        yield Hit(
            span=quote.span,
            values={"above": one.name or "", "below": other.name or ""},
            related=(Related(attribution.source or span, "who says it here"),),
        )


def _holds(attribution: Attribution, offset: int) -> bool:
    return any(s.start <= offset < s.end for s in attribution.content)


def _last(source: Source) -> str:
    return re.split(r"[\s-]{1,40}", (source.name or "").lower().replace("’", "'"))[-1]


def _same(left: Source, right: Source) -> bool:
    """Whether two voices share a name, so that they may be one."""
    a, b = set((left.name or "").lower().split()), set((right.name or "").lower().split())
    return left.id == right.id or bool(a & b)
