"""
## What it finds
A named person who speaks, and of whom the article says neither role nor relation.

## Why it matters
A name alone doesn't tell why this voice counts.

## Fires on
⟦[s1 person=Ann_Lee Ann Lee]⟧ [c1 said] [q1 the bridge would close].

## Stays silent on
[s1 person=Ann_Lee title=harbour_engineer Ann Lee] [c1 said] [q1 the bridge would close].

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. Ann Lee left. Ann Lee came back. Ann Lee stayed.

## Known misses
People whom every reader of the outlet knows.
"""

from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import first_mention, outermost

TALKED_OF = 4
"""Mentions from which the article is about the person, and need not say who they are."""


@rule(
    code="SRC104",
    name="named-without-role",
    message="{who} speaks, and no role or relation was found. Ask: who is this to the story?",
    severity="note",
    status="preview",
    standards=("reuters", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    people = {p.id: p for p in analysis.people}
    for source in analysis.sources:
        person = people.get(source.person_id or "")
        if source.kind != "person" or person is None or source.title or source.justification:
            continue
        if not outermost(analysis, source) or len(person.mentions) >= TALKED_OF:
            continue
        if source.confidence >= 0.6 and len(person.name.split()) > 1:
            span = min(person.mentions)
            yield Hit(span=span if span else first_mention(source), values={"who": person.name})
