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

[h Harbour chief seen leaving bridge crew]
¶ [s1 anonymous withheld A source] [c1 said] [q1 the harbour chief would leave the bridge crew]. It rained.

[h Town banks slowly cutting key savings rates]
¶ [q1 The town's banks are slowly cutting key savings rates], [s1 anonymous withheld sources] [c1 said].
¶ [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 her bank is cutting savings rates].

[h Harbour chief sued by bridge crew]
¶ The bridge crew sued the harbour chief over allegedly misleading papers.

## Known misses
Claims that the headline puts in words of its own.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.lookup import STATED, headline, stem, words
from ...records import Context, Hit, Related, Span
from .. import rule

COVER = 0.7
"""Share of the headline's content words that a passage must hold to be the same claim."""
FURTHER = 0.85
"""The same beyond the first sentences of the body, which headlines sum up."""
OPENING = 4
"""How many sentences these are."""
SHARED = 0.5
"""Share from which a named voice's words count as support for the headline."""
LEAST = 0.5
"""Confidence of an attribution below which it counts for nothing here."""
_HEDGE = re.compile(
    r"[:?\"“”‘’]|(?<!\w)'|\b(?:alleg\w{1,40}|accus\w{1,40}|claim\w{0,40}|says?|said|report\w{0,40}"
    r"|reveal\w{0,40}|sources?"
    r"|seen|expect\w{0,40}|sees|put at|unlikely|probabl[ey]|possibl[ey]|appears?|seems?"
    r"|estimate[ds]?|forecasts?|hopes?"
    r"|may|might|could|would|suspect\w{0,40}|rumou?r\w{0,40}|according|feared?|likely|set to"
    r"|insiders?|tells?"
    r"|charg\w{1,40}|think\w{0,40}|believ\w{1,40}|denies|denied|warns?|poll|study)\b",
    re.IGNORECASE,
)
_ALLEGED = re.compile(
    r"\b(?:alleg(?:ed|edly|es|ing)|accus(?:ed|es|ing)|purported(?:ly)?|unconfirmed|rumou?red)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)|not|never|no|reject\w{0,40}|dismiss\w{0,40})\b|n['’]t\b", re.IGNORECASE
)
_NAMED = frozenset({"person", "organisation", "spokesperson", "document", "outlet"})
_EMPTY = lexicon("function_words", "core", "headline_claim")


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
    below = [s for s in analysis.sentences if s.start >= head.span.end]
    for n, sentence in enumerate(below):
        have = {stem(w) for w in words(text, sentence)}
        shared = len(claim & have) / len(claim)
        if shared < SHARED:
            continue
        while at < len(attributed) and attributed[at][0].end <= sentence.start:
            at += 1
        near = [(s, a) for s, a in attributed[at : at + 8] if s.start < sentence.end]
        if not _DENIED.search(text, sentence.start, sentence.end):
            if any(kinds.get(a.source_id or "") in _NAMED for _, a in near):
                return
        if shared < (COVER if n < OPENING else FURTHER):
            continue
        whose = _whose(text, sentence, claim, {kinds.get(a.source_id or "") for _, a in near})
        if whose is None:
            return
        support = support or (sentence, whose)
    if support:
        yield Hit(
            span=head.span,
            values={"whose": support[1]},
            related=(Related(support[0], "the same in the body"),),
        )


def _whose(text: str, sentence: Span, claim: set[str], kinds: set[str | None]) -> str | None:
    """On whose word a sentence stands, None where the reporter asserts it.

    What is called alleged must be what the headline says, not something that the sentence mentions.
    """
    for match in _ALLEGED.finditer(text, sentence.start, sentence.end):
        after = words(text, Span(match.end(), sentence.end))[:6]
        if len({stem(w) for w in after} & claim) >= 2:
            return "as an allegation"
    return "on an unnamed voice's word" if "anonymous" in kinds else None
