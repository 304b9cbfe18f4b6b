"""
## What it finds
A story of eight sentences or more in which only one voice speaks.

## Why it matters
One voice can be wrong, or have an interest. Most newsrooms ask for a second.

## Fires on
[h Bridge to close]
¶ ⟦[s1 person=Ann_Lee Ann Lee]⟧ [c1 said] [q1 the bridge would close]. It shook. It was old. It was narrow. [s2 person=Ann_Lee of=1 Lee] [c2 said] [q2 it was unsafe]. It rained. Boats passed. Gulls sat on it.

## Stays silent on
[h Bridge to close]
¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. It shook. It was old. It was narrow. [s2 person=Tom_Pell Tom Pell] [c2 said] [q2 it was unsafe]. It rained. Boats passed. Gulls sat on it.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. It shook.

## Known misses
Interviews and obituaries, where one voice is what is wanted.

## Options
`sentences`: from how many sentences on (8).
"""

from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import STATED, body, first_mention, others, statements


@rule(
    code="SRC112",
    name="single-source-story",
    message="{count} sentences, and one voice in all of them. Ask: who else should be heard?",
    severity="note",
    standards=("bbc", "ap"),
    scope="all",
    options={"sentences": 8},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    least = int(context.settings.options.get("SRC112", {}).get("sentences", 8))
    blocks = body(analysis)
    start = blocks[0].span.start if blocks else 0
    count = sum(s.start >= start for s in analysis.sentences)
    voices = []
    for source in analysis.sources:
        said = [a for a in statements(analysis, source) if a.stance in STATED and not a.parent]
        if said and source.kind != "group":
            voices.append((source, said))
    if count < least or len(voices) != 1 or len(voices[0][1]) < 2:
        return
    source = voices[0][0]
    yield Hit(
        span=first_mention(source),
        values={"count": str(count)},
        related=others(source, "the same voice"),
    )
