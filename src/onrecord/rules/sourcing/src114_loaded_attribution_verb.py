"""
## What it finds
A verb that judges a plain statement: claimed, admitted, conceded, refuted, snapped, blasted.

## Why it matters
"Claimed" doubts, "admitted" convicts, "refuted" takes sides. "Said" tells what happened.

## Fires on
[s1 person=Ann_Lee Ann Lee] ⟦[c1 blasted]⟧ [q1 the board's plan].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close].

[s1 person=Ann_Lee Ann Lee] [c1 admitted] [q1 that she had taken the money].

[s1 organisation=Harbour_Board The Harbour Board] [c1 blasted out] [q1 an e-mail about the closure].

I agree with the mayor ("[s1 person=Ann_Lee Lee] [c1 blasts] [q1 the board]", The Orr Courier, Thursday).

[s1 person=Ann_Lee Ann Lee] [c1 snapped] a picture of [q1 the closed bridge].

## Known misses
Whether an admission is genuine depends on facts outside the sentence.
"""  # noqa: E501

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule

_LOADED = re.compile(
    r"\b(?:blast(?:ed|s)|slam(?:med|s)|snap(?:ped|s)|rant(?:ed|s)|gush(?:ed|es)|crow(?:ed|s)"
    r"|whin(?:ed|es)|sneer(?:ed|s)"
    r"|refut(?:ed|es)|fum(?:ed|es)|boast(?:ed|s))\b",
    re.IGNORECASE,
)

_OTHER = re.compile(
    r"\s{1,20}(?:out|off|through|down|shut|into|past|up|open|away|(?:an?|the|some|his"
    r"|her) (?:\w{1,40} )?(?:photos?|pictures?|selfies?|doors?|brakes?|shots?|images?)"
    r"|(?:an?|more than|over|nearly|about|some|\d[\d,.]{0,40}) (?:\w{1,40} )?(?:record|membership"
    r"|following|array|population|collection|staff|budget|members|rooms|followers)"
    r"|\d)\b",
    re.IGNORECASE,
)
"""What follows the verb in another sense: an e-mail blasted out, a door slammed, a picture
snapped."""


@rule(
    code="SRC114",
    name="loaded-attribution-verb",
    message="“{verb}” judges what is said. Ask: would “said” be fairer?",
    severity="note",
    standards=("reuters", "wikipedia"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    starts = [q.span.start for q in analysis.quotes]
    for attribution in analysis.attributions:
        if attribution.cue is None or attribution.source is None or attribution.parent is not None:
            continue
        match = _LOADED.search(text, attribution.cue.start, attribution.cue.end)
        if match is None or _OTHER.match(text, match.end()):
            continue
        cue = attribution.cue
        near = bisect_right(starts, cue.start) - 1
        if near >= 0 and cue.end <= analysis.quotes[near].span.end:
            continue  # somebody else's verb, in a quotation or a headline that is quoted
        if attribution.confidence >= 0.5:
            yield Hit(span=attribution.cue, values={"verb": match.group()})
