"""
## What it finds
A statement or perception given to a crowd (critics, experts, many, fans, observers) with no member
of it named or quoted within reach.

## Why it matters
"Critics say" can be said of anything. A reader is owed at least one critic.

## Fires on
⟦[s1 group=critics plural Critics]⟧ [c1 say] [q1 the bridge is unsafe].

The bridge is known for what ⟦many⟧ see as its ugliness.

## Stays silent on
[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]. "It moves," [c2 said] [s2 person=Ann_Lee Ann Lee], a critic of the bridge.

[s1 group=officials plural Officials] [c1 said] [q1 the bridge would close].

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 that many think the bridge is ugly].

## Known misses
A crowd whose member is named only much later in the article.

## Options
`reach`: paragraphs after the crowd in which a named member counts (2).
"""

import re
from collections.abc import Iterator

from ...data.cues import ANY_CUE, SPEECH_CUE
from ...records import Context, Hit, Related, Span
from .. import rule
from ..reading import block_at, first_mention, others, outermost
from ..voices import tells

_CROWD = re.compile(
    r"^(?:the |his |her |its |their |some |many |most |several |a lot of |online |social media |angry |even |political |legal |outside |other |independent )*"
    r"(?:critics|experts|observers|analysts|commentators|pundits|fans|viewers|onlookers|users|commenters"
    r"|detractors|skeptics|sceptics|insiders|opponents|many|some|others|several)\b(?! of (?:the|his|her|its|their|those|them|us)\b)",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    rf"{ANY_CUE.pattern}|\b(?:calls?|called|sees?|saw|views?|viewed|regard\w*)\b", re.IGNORECASE
)
_SURE = 0.6
"""Least confidence of a statement."""
_IN_PASSING = re.compile(
    r"\bwhat (?P<who>(?:some|many|most|critics|experts|fans|observers|others|viewers)(?: (?:people|fans|viewers|critics|observers))?)"
    r"(?: \w+ly)? (?:see|saw|perceive|perceived|call|called|describe|described|regard|regarded|consider|considered|view|viewed)\b",
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
        if tells(analysis, source, _SURE, _HOLDS) and not _met(context, span, named, reach):
            yield _hit(text, span, others(source, "the same crowd"))
    known = [m for s in analysis.sources for m in s.mentions if outermost(analysis, s)]
    quoted = [q.span for q in analysis.quotes] + _spoken(context)
    for match in _IN_PASSING.finditer(text):
        span = Span(*match.span("who"))
        if not any(k.start < span.end and span.start < k.end for k in (*known, *quoted)):
            if not _met(context, span, named, reach):
                yield _hit(text, span, ())


def _hit(text: str, span: Span, related: tuple[Related, ...]) -> Hit:
    return Hit(span=span, values={"who": f"“{text[span.start : span.end]}”"}, related=related)


def _met(context: Context, span: Span, named: list[int], reach: int) -> bool:
    """Whether somebody named speaks within reach after a crowd."""
    place = block_at(context.analysis.article.blocks, span.start)
    return any(
        place < n <= place + reach or (n == place and _after(context, span.end, n)) for n in named
    )


def _spoken(context: Context) -> list[Span]:
    """What somebody is found to say, with a verb of saying: their words, not the reporter's."""
    analysis = context.analysis
    text = analysis.article.text
    return [
        span
        for a in analysis.attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
        for span in a.content
    ]


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
