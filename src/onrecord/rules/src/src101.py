"""
## What it finds
A statement or perception given to a crowd (critics, experts, many, fans, observers) with no member
of it named or quoted within reach.

## Why it matters
"Critics say" can be said of anything. A reader is owed at least one critic.

## Fires on
⟦[s1 group=critics plural Critics]⟧ [c1 say] [q1 the bridge is unsafe].

## Stays silent on
[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]. "It moves," [c2 said] [s2 person=Ann_Lee Ann Lee], a critic of the bridge.

[s1 group=officials plural Officials] [c1 said] [q1 the bridge would close].

## Known misses
A crowd whose member is named only much later in the article.

## Options
`reach`: paragraphs after the crowd in which a named member counts (2).
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import block_at, first_mention, others, outermost, statements

_CROWD = re.compile(
    r"^(?:the |his |her |its |their |some |many |most |several |a lot of |online |social media |angry |even )*"
    r"(?:critics|experts|observers|analysts|commentators|pundits|fans|viewers|onlookers|users|commenters"
    r"|supporters|opponents|detractors|skeptics|sceptics|insiders|many|some|others|people|everyone|everybody"
    r"|several|most)\b",
    re.IGNORECASE,
)


@rule(
    code="SRC101",
    name="crowd-source",
    message="{who}: nobody who belongs to this crowd is named or quoted nearby. Ask: who, for one?",
    severity="warning",
    standards=("wikipedia", "npr"),
    scope="all",
    options={"reach": 2},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    reach = int(context.settings.options.get("SRC101", {}).get("reach", 2))
    named = [
        block_at(blocks, m.start)
        for s in analysis.sources
        if s.kind in ("person", "spokesperson")
        for m in s.mentions
    ]
    for source in analysis.sources:
        span = first_mention(source)
        if source.kind != "group" or not _CROWD.match(text[span.start : span.end]):
            continue
        said = [a for a in statements(analysis, source) if a.stance != "intends"]
        nested = not outermost(analysis, source)
        if not said or (nested and all(not _reporter_parent(context, a.parent) for a in said)):
            continue
        place = block_at(blocks, span.start)
        if any(
            place <= n <= place + reach for n in named if n != place or _after(context, span.end, n)
        ):
            continue
        yield Hit(
            span=span,
            values={"who": f"“{text[span.start : span.end]}”"},
            related=others(source, "the same crowd"),
            confidence=source.confidence,
        )


def _reporter_parent(context: Context, parent: str | None) -> bool:
    """Whether an attribution has no stated source itself: then its content is the reporter's."""
    outer = next((a for a in context.analysis.attributions if a.id == parent), None)
    return outer is not None and outer.source is None


def _after(context: Context, end: int, place: int) -> bool:
    """Whether somebody named speaks after an offset in the same block."""
    analysis = context.analysis
    limit = analysis.article.blocks[place].span.end
    return any(
        end < m.start < limit
        for s in analysis.sources
        if s.kind in ("person", "spokesperson")
        for m in s.mentions
    )
