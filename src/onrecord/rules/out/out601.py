"""
## What it finds
"Media reports", "local media" and the like as the source, with no outlet named.

## Why it matters
A reader who can't tell which outlet reported it can't look it up, and can't tell two reports from one.

## Fires on
The bridge will close, according to ⟦local media⟧.

⟦Media reports⟧ said that the bridge would close.

## Stays silent on
The bridge will close, according to media buyers.

The bridge will close, the Harbour Star reported.

The mayor complained about local media.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 that media reports said it would close].

## Known misses
Outlets named a sentence later.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_VAGUE = re.compile(
    r"\b(?:according to|cit(?:ing|ed by)|reported by|as reported in) (?P<who>(?:several |some |various |multiple )?(?:local|national|foreign|state|social|other|news)? ?(?:media(?: reports| outlets)?|news reports|press reports|news outlets))\b(?=[.,;:)\]\"”–—\n]|$| (?:that|on|and|in|at|this|last|from|but)\b)"
    r"|(?P<who2>\b(?:(?:local|state|foreign|other) )?(?:media (?:reports|outlets)|news (?:reports|outlets)|press reports|local media)) "
    r"(?:said|say|reported|have reported|claimed|suggested|quoted)\b",
    re.IGNORECASE,
)


@rule(
    code="OUT601",
    name="outlet-unnamed",
    message="{who} stands as the source, and no outlet is named. Ask: which outlet?",
    severity="warning",
    standards=("ap", "wapo", "wikipedia"),
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    for match in _VAGUE.finditer(text):
        part = "who" if match.group("who") else "who2"
        yield Hit(span=Span(*match.span(part)), values={"who": f"“{match.group(part)}”"})
