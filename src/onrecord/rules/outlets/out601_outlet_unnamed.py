"""
## What it finds
"Media reports", "local media" and the like as the source, with no outlet named (warning). On a web page
also: another outlet as the source of a sentence in a paragraph without any link (note).

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
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at
from ...records import Context, Hit, Span
from ...text.normalise import fold_text
from .. import rule

LEAST = 0.5
"""Confidence from which an attribution to an outlet counts."""

_VAGUE = re.compile(
    r"\b(?:according to|cit(?:ing|ed by)|reported by|as reported in) (?P<who>(?:several |some "
    r"|various |multiple )?(?:local|national|foreign|state|social|other|news)? ?(?:media(?: reports"
    r"| outlets)?|news reports|press reports|news outlets))\b(?=[.,;:)\]\"”–—\n]|$| (?:that|on|and"
    r"|in|at|this|last|from|but)\b)"
    r"|(?P<who2>\b(?:(?:local|state|foreign|other) )?(?:media (?:reports|outlets)|news (?:reports"
    r"|outlets)|press reports|local media)) "
    r"(?:said|say|reported|have reported|claimed|suggested|quoted)\b",
    re.IGNORECASE,
)


@rule(
    code="OUT601",
    name="outlet-unnamed",
    message="{who} stands as the source. Ask: which report, and where can it be read?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("ap", "wapo", "wikipedia"),
)
def check(context: Context) -> Iterator[Hit]:
    yield from _unlinked(context)
    text = context.analysis.article.text
    for match in _VAGUE.finditer(text):
        part = "who" if match.group("who") else "who2"
        yield Hit(span=Span(*match.span(part)), values={"who": f"“{match.group(part)}”"})


def _unlinked(context: Context) -> Iterator[Hit]:
    """Other outlets that a page with links relies on in a paragraph that has none."""
    analysis = context.analysis
    article = analysis.article
    if not article.links:
        return
    own = fold_text(article.outlet or "").removeprefix("the ")
    outlets = {s.id: s for s in analysis.sources if s.kind == "outlet" and s.name}
    linked = {block_at(article.blocks, link.span.start) for link in article.links}
    seen = set()
    for attribution in analysis.attributions:
        source = outlets.get(attribution.source_id or "")
        if source is None or attribution.source is None or attribution.stance != "says":
            continue
        if "," in article.text[attribution.source.start : attribution.source.end]:
            continue  # a name with an apposition is a person's, whatever it was taken for
        name = fold_text(source.name or "").removeprefix("the ")
        if source.id in seen or (own and (name in own or own in name)):
            continue
        seen.add(source.id)
        if attribution.confidence >= LEAST and not linked & {
            block_at(article.blocks, m.start) for m in source.mentions
        }:
            values = {"who": f"{source.name}, without a link,"}
            yield Hit(span=attribution.source, values=values, severity="note")
