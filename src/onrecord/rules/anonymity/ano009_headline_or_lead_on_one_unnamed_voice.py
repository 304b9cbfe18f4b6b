"""
## What it finds
A first paragraph whose only claim with a source, in its first sentence, is on one unnamed voice's word, and nobody
else in the article speaks of the same.

## Why it matters
The lead is what most readers take away. Standing on a single voice without a name, it stands on little.

## Fires on
[h Bridge to close]
¶ The bridge will close in May, ⟦[s1 anonymous withheld a source]⟧ [c1 said], [q1 and it will not open again].
¶ It was built in 1904.

## Stays silent on
[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 person=Ann_Lee Ann Lee] [c1 said].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld a source] [c1 said]. [s2 organisation=Harbour_Board The Harbour Board] [c2 said] [q2 that it would close].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld plural three officials] [c1 said].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld plural board sources] [c1 said].
¶ It was built in 1904. [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 the bridge was unsafe].

[h Tin to rise]
¶ [q1 Tin will rise in May], [s1 anonymous withheld plural trade sources] [c1 said].

[h Bridge to close]
¶ [q1 The bridge will close in May], [s1 anonymous withheld a source] [c1 told] the Orr Courier.

[h Bridge to close]
¶ The bridge will close in May. [q1 It is unsafe], [s1 anonymous withheld a source] [c1 said].

## Known misses
A second source for the same claim that stands far below and in other words. "Sources" in the plural may be several: where
anybody else speaks of the matter at all, they pass; so do "trade sources" and their like.
"""  # noqa: E501

import re
from collections.abc import Iterator, Sequence

from ...language.en.counting import number_words
from ...query.lookup import STATED, body, source_of, stem, words
from ...query.voices import within
from ...records import Analysis, Attribution, Context, Hit, Source, Span
from .. import rule
from ._market_sources import Trades
from ._told_other_outlet import told_other_outlet

_COUNTED = re.compile(
    rf"\b(?:{number_words('two', 'six')}|several|multiple|\d{{1,20}})\b", re.IGNORECASE
)
_OTHERS = frozenset(
    ("person", "spokesperson", "organisation", "document", "anonymous", "outlet", "group")
)
_AND = re.compile(
    r"\b(?:sources|insiders|friends|officials|diplomats|analysts) and\b"
    r"|\band [\w.’'-]{1,40} sources\b",
    re.I,
)
"""Two sorts of sources are more than one voice."""
_ONE = re.compile(r"\b(?:source|insider|friend|official|person|he|she)\b", re.IGNORECASE)
_SHARED = 3
"""Words of a claim, its smallest left out, that make another's words the same matter."""
_LEAST = 5
"""Letters of a word that tells of a matter."""
_SURE = 0.5
"""Least confidence of the statement in the lead."""


@rule(
    code="ANO009",
    name="headline-or-lead-on-one-unnamed-voice",
    message="The first paragraph rests on {who} alone. Ask: who else says so?",
    severity="warning",
    standards=("ap", "reuters", "bbc"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, body(analysis)
    paragraphs = [b for b in blocks if b.role in ("paragraph", "standfirst")]
    if not paragraphs:
        return
    lead = paragraphs[0].span
    inside = [
        a
        for a in analysis.attributions
        if a.parent is None and lead.start <= a.content[0].start < lead.end and a.stance in STATED
    ]
    voices = {a.source_id for a in inside}
    if len(voices) != 1 or None in voices:
        return
    source = source_of(analysis, inside[0])
    span = inside[0].source
    if source is None or span is None or source.kind != "anonymous" or not source.withheld:
        return
    who = text[span.start : span.end]
    if _COUNTED.search(who) or _AND.search(who) or inside[0].confidence < _SURE:
        return
    if Trades(analysis).has(source) or told_other_outlet(text, inside[0], analysis.article.outlet):
        return
    if span.start >= within(analysis, lead)[0].end or _borne_out(analysis, source, inside):
        return
    yield Hit(span=span, values={"who": f"“{who}”"}, confidence=inside[0].confidence)


def _borne_out(analysis: Analysis, source: Source, lead: Sequence[Attribution]) -> bool:
    """Whether anybody else in the article speaks of what the lead claims.

    Behind several people, who may well be several, anybody else who speaks at all will do.
    """
    text = analysis.article.text
    claim = _matter(text, [c for a in lead for c in a.content])
    several = source.plural and not any(_ONE.search(text, m.start, m.end) for m in source.mentions)
    for attribution in analysis.attributions:
        other = source_of(analysis, attribution)
        if other is None or other.id == source.id or other.kind not in _OTHERS:
            continue
        if attribution.parent is not None or attribution.stance not in STATED:
            continue
        if len(claim & _matter(text, attribution.content)) >= (1 if several else _SHARED):
            return True
    return False


def _matter(text: str, spans: Sequence[Span]) -> set[str]:
    """The stems of the longer words in some places."""
    return {stem(w) for s in spans for w in words(text, s) if len(w) >= _LEAST}
