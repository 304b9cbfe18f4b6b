"""
## What it finds
An unnamed source whose identity the article withholds, and no reason for that found anywhere near
its mentions or statements.

## Why it matters
A reader can't weigh a word without knowing whose it is. Newsrooms that allow unnamed sources ask
that the story say why the name is kept back.

## Fires on
⟦[s1 anonymous withheld A source]⟧ [c1 said] [q1 the bridge would close in May].

⟦[s1 anonymous withheld An insider]⟧ [c1 said] [q1 the bridge would close]. [s2 anonymous withheld of=1 The insider] [c2 added] [q2 that nobody had been told].

## Stays silent on
[s1 anonymous withheld A source], [r1 who asked not to be named because talks were going on], [c1 said] [q1 the bridge would close].

[s1 spokesperson=Harbour_Board A spokesman for the Harbour Board] [c1 said] [q1 the bridge would close].

[s1 anonymous A resident] [c1 said] [q1 the bridge shook].

[s1 group plural Critics] [c1 said] [q1 the bridge was late].

[s1 anonymous withheld plural Insiders] [c1 hope] [q1 that the bridge will stay open].

[s1 anonymous withheld His friends] [c1 say] [q1 the bridge is late].

## Known misses
A reason that stands in another paragraph without mention of the source isn't linked to it. Voices to whom only a thought, a
plan or a headline is given are passed over; so are somebody's friends in general.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import first_mention, others, outermost
from ..voices import tells

_VAGUE = re.compile(
    r"(?:[’']s|\b(?:his|her|their|my|our|some)) (?:\w+ )?(?:friends?|pals?)$|\b(?:media|news|press)\b"
    r"|^(?:the |some |most |these )?people$|^people (?:in|from|of|like)\b",
    re.IGNORECASE,
)
"""Somebody's friends in general, newspapers, people: nobody who was promised anonymity."""


@rule(
    code="ANO001",
    name="anonymous-without-reason",
    message="{who} is unnamed, and no reason for that was found in the article. "
    "Ask: why can this source not be named?",
    severity="warning",
    standards=("ap", "nyt", "wapo", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    for source in analysis.sources:
        if source.kind != "anonymous" or not source.withheld or source.reason is not None:
            continue
        if not outermost(analysis, source) or not tells(analysis, source):
            continue
        span = first_mention(source)
        who = analysis.article.text[span.start : span.end]
        if all(_VAGUE.search(analysis.article.text, m.start, m.end) for m in source.mentions):
            continue
        yield Hit(
            span=span,
            values={"who": f"“{who}”"},
            related=others(source, "the same voice"),
            confidence=source.confidence,
        )
