"""
## What it finds
A headline that promises the real reason, the truth, or what really happened, where no named voice in
the body gives one.

## Why it matters
The promise is that somebody who knows has told. The story should say who.

## Fires on
[h ⟦The real reason⟧ the harbour bridge is shut]
¶ [s1 anonymous withheld A source] [c1 said] [q1 the board had run out of money].

## Stays silent on
[h The real reason the harbour bridge is shut]
¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it was shut because the board had run out of money].

[h The harbour bridge is shut]
¶ [s1 anonymous withheld A source] [c1 said] [q1 the board had run out of money].

## Known misses
Reasons that a named voice gives without any of the usual words ("because", "reason", "wanted").
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import STATED, headline
from ...records import Context, Hit, Related, Span
from .. import rule

_PROMISE = re.compile(
    r"(?:\bthe )?\b(?:real|true) (?:reasons?|story|cause)\b|\bwhat really (?:happened|went on)\b"
    r"|\b(?:the )?truth (?:about|behind)\b|\bwhy\b[^.?!\n]{1,60}?\breally\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|reasons?|why|due to|so that|wanted|decided|cause[sd]?|in order to|since"
    r"|truth)\b",
    re.IGNORECASE,
)


@rule(
    code="HED306",
    name="headline-promises-reason",
    message="the headline promises “{promise}”, and no named voice in the body gives one. "
    "Ask: who knows, and how?",
    severity="note",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, head = analysis.article.text, headline(analysis)
    if head is None:
        return
    match = _PROMISE.search(text, head.span.start, head.span.end)
    if match is None:
        return
    by_id = {s.id: s for s in analysis.sources}
    unnamed: list[Span] = []
    for attribution in analysis.attributions:
        source = by_id.get(attribution.source_id or "")
        if source is None or attribution.content[0].start < head.span.end:
            continue
        if source.kind == "anonymous":
            unnamed += source.mentions[:1]
        elif source.kind in ("person", "organisation", "spokesperson", "document", "author"):
            if attribution.stance in STATED and any(
                _REASON.search(text, s.start, s.end) for s in attribution.content
            ):
                return
    yield Hit(
        span=Span(*match.span()),
        values={"promise": match.group().lower()},
        related=tuple(Related(s, "an unnamed voice") for s in dict.fromkeys(unnamed)),
    )
