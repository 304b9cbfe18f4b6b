"""
## What it finds
A headline that asserts what the body only says on an unnamed voice's word, or as an allegation.
A colon, quotation marks, a question mark or a word such as "alleged" counts as attribution.

## Why it matters
Most readers see the headline only. What nobody would assert in the story is asserted there.

## Fires on
[h ⟦Harbour chief bullied the bridge crew⟧]
¶ [s1 anonymous withheld A source] [c1 said] [q1 the harbour chief bullied the bridge crew]. It rained.

## Stays silent on
[h Harbour chief bullied the bridge crew, source says]
¶ [s1 anonymous withheld A source] [c1 said] [q1 the harbour chief bullied the bridge crew]. It rained.

[h Harbour chief bullied the bridge crew]
¶ The harbour chief bullied the bridge crew, a court found on Monday.
¶ [s1 anonymous withheld A source] [c1 said] [q1 the harbour chief bullied the bridge crew].

## Known misses
Claims that the headline puts in words of its own.
"""

import re
from collections.abc import Iterator, Mapping

from ...records import Attribution, Context, Hit, Related, Span
from .. import rule
from ..reading import STATED, headline, stem, words

COVER = 0.7
"""Share of the headline's content words that a passage must hold to be the same claim."""
LEAST = 0.5
"""Confidence of an attribution below which it counts for nothing here."""
_HEDGE = re.compile(
    r"[:?\"“”‘’]|(?<!\w)'|\b(?:alleg\w+|accus\w+|claim\w*|says?|said|report\w*|reveal\w*|sources?"
    r"|may|might|could|would|suspect\w*|rumou?r\w*|according|feared?|likely|set to|insiders?|tells?"
    r"|charg\w+|think\w*|believ\w+|denies|denied|warns?|poll|study)\b",
    re.IGNORECASE,
)
_ALLEGED = re.compile(
    r"\b(?:alleg(?:ed|edly|es|ing)|accus(?:ed|es|ing)|purported(?:ly)?|unconfirmed|rumou?red)\b",
    re.IGNORECASE,
)
_EMPTY = frozenset(
    "a an the of to in on at for by with from into and or but as is are was were be been has have had"
    " his her its their he she it they that this who after over new".split()
)


@rule(
    code="HED304",
    name="headline-drops-attribution",
    message="the headline asserts what the body has only {whose}. Ask: can the outlet assert it?",
    severity="warning",
    status="preview",
    standards=("ipso", "spj", "bbc"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, head = analysis.article.text, headline(analysis)
    if head is None or _HEDGE.search(text, head.span.start, head.span.end):
        return
    claim = {stem(w) for w in words(text, head.span) if w not in _EMPTY}
    if len(claim) < 3:
        return
    kinds = {s.id: s.kind for s in analysis.sources if s.withheld or s.kind != "anonymous"}
    attributed = [
        (span, a)
        for a in analysis.attributions
        if a.stance in STATED and a.confidence >= LEAST
        for span in a.content
        if span.start >= head.span.end
    ]
    support: tuple[Span, str] | None = None
    at = 0
    for sentence in analysis.sentences:
        if sentence.start < head.span.end:
            continue
        have = {stem(w) for w in words(text, sentence)}
        if len(claim & have) < COVER * len(claim):
            continue
        while at < len(attributed) and attributed[at][0].end <= sentence.start:
            at += 1
        whose = _whose(text, sentence, attributed[at : at + 8], kinds)
        if whose is None:
            return
        support = support or (sentence, whose)
    if support:
        yield Hit(
            span=head.span,
            values={"whose": support[1]},
            related=(Related(support[0], "the same in the body"),),
        )


def _whose(
    text: str, sentence: Span, near: list[tuple[Span, Attribution]], kinds: Mapping[str, str]
) -> str | None:
    """On whose word a sentence stands, None where the reporter or a named voice asserts it."""
    if _ALLEGED.search(text, sentence.start, sentence.end):
        return "as an allegation"
    for span, attribution in near:
        if span.start < sentence.end and sentence.start < span.end:
            if kinds.get(attribution.source_id or "") == "anonymous":
                return "on an unnamed voice's word"
    return None
