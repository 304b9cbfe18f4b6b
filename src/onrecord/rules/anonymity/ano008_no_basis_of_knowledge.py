"""
## What it finds
An unnamed source of whom nothing is said that tells how it knows: no post, no nearness, no presence.

## Why it matters
A reader can weigh an unnamed word only by how the source came to know.

## Fires on
⟦[s1 anonymous withheld A source]⟧ [c1 said] [q1 the bridge would close].

[q1 "It will close,"] [c1 said] ⟦[s1 anonymous withheld an anonymous source]⟧. It rained.

## Stays silent on
[s1 anonymous withheld A source with knowledge of the talks] [c1 said] [q1 the bridge would close].

[s1 anonymous withheld A senior harbour official] [c1 said] [q1 the bridge would close].

One aide inside the town hall shrugged. [q1 "No one cares,"] [s1 anonymous withheld the insider] [c1 said].

[s1 anonymous withheld Sources] [c1 come] in [q1 from the fringe].

[s1 anonymous withheld plural Sources who read the report] [c1 said] [q1 it closed]. [s2 anonymous withheld One source] [c2 said] [q2 in May].

## Known misses
A basis of knowledge that stands in another paragraph.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.lookup import others, outermost
from ...query.voices import speaks_directly
from ...records import Context, Hit
from .. import rule
from ._bare import undescribed
from ._unnamed import Groups

LEAST = 0.4
"""Confidence of an attribution below which nothing is said."""


@rule(
    code="ANO008",
    name="no-basis-of-knowledge",
    message="Nothing was found that tells how {who} knows. Ask: how does this source know?",
    severity="note",
    status="preview",
    standards=("ap", "nyt", "wapo"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, groups = analysis.article.text, Groups(analysis)
    for source in analysis.sources:
        if source.kind != "anonymous" or not outermost(analysis, source):
            continue
        if source.justification or not speaks_directly(analysis, source, LEAST):
            continue
        if span := undescribed(analysis, groups, source):
            who = f"“{text[span.start : span.end]}”"
            yield Hit(span=span, values={"who": who}, related=others(source, "the same voice"))
