"""
## What it finds
"Reportedly", "it is understood", "it is widely believed", "has been described as", "is said"
" to", "is rumoured to", "can reveal",
"has learned" in the reporter's own words, with no source in
the same sentence, the one before or the next one; under a headline or a lead in the next three. In another
paragraph only an outlet, a document, a body or an unnamed voice counts. One finding an article, at the first place.

## Why it matters
The words promise a source and give none. Who reported it, who understands it, from whom was it learned?

## Fires on
The chief will ⟦reportedly⟧ leave in May. The bridge stays open.

The chief ⟦is said to have⟧ left in May. The bridge stays open.

It rained. It rained again. The chief will ⟦reportedly⟧ leave in May. ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the ferry was late]. It rained.

⟦It is understood⟧ that the chief will leave. The bridge stays open.

The Orr Courier ⟦can reveal⟧ that the chief will leave. The bridge stays open.

It rained. ⟦We have learned⟧ that the chief will leave. The bridge stays open.

⟦It is widely believed⟧ that the bridge will close. It rained.

The bridge ⟦has been described as⟧ the finest of its kind. It rained.

The chief ⟦is rumoured to be⟧ leaving. It rained.

The band ⟦was reported to be⟧ at sea after its third record. It rained.

It rained. Ann Lee and Tom Pell ⟦were reported to have⟧ sailed. [s1 person=Ann_Lee She] [c1 was also reported telling] [q1 that the ferry was late]. It rained.

## Stays silent on
The chief will reportedly leave in May. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 he had told her so].

[s1 anonymous withheld A source] [c1 told] the Orr Courier, which can reveal it, [q1 that the chief would leave].

The chief will reportedly leave in May, the Orr Courier wrote.

The rain fell for days. [s1 person=Ann_Lee Ann Lee] [c1 announced] [q1 changes on the quay]. The chief will reportedly leave in May. It rained again.

The Orr Courier reported on the works. ¶ The chief will reportedly leave in May. It rained again.

[h Chief reportedly out] ¶ The chief is leaving. He has packed his things. The Orr Courier reported it on Monday.

## Known misses
A source two sentences on counts as none, one that tells of something else as one. "Allegedly" is not looked for.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import STATED, block_at, embedded, headline, source_of
from ...query.voices import sentence_at
from ...records import Context, Hit, Related, Source, Span
from .. import rule

_PHRASE = re.compile(
    r"\breportedly\b|\b(?:it is|it['’]s) (?:understood|believed|thought)(?= that\b)"
    r"|\b(?:is|are|was|were) (?:widely |now |also |still )?(?:understood|said|rumou?red|believed"
    r"|thought|alleged|reported) to (?:be|have|still|already)\b"
    r"|\b(?:can|are able to) (?:exclusively |now )?reveal\b"
    r"|\bit (?:is|was|has been|had been) (?:widely|generally|commonly|often|broadly|now)"
    r" (?:believed"
    r"|thought|understood|assumed|known|accepted|rumou?red|said|expected|felt|acknowledged"
    r"|claimed)\b"
    r"|\bit (?:is|was|has been) (?:rumou?red|claimed|alleged|said|whispered)(?= that\b)"
    r"|\b(?:is|are|was|were) (?:widely|generally|commonly|often|broadly|universally) (?:regarded"
    r"|considered|seen|viewed|believed|thought|known|perceived|acknowledged)\b(?! by\b)"
    r"|\b(?:has|have|had) (?:often |also |widely |long )?been (?:described|dubbed|hailed"
    r"|regarded|called"
    r"|characteri[sz]ed|criticised|criticized|accused of being|branded|labell?ed) (?:as |an? |the "
    r"|for )(?![^.\n]{0,60}\bby\b)"
    r"|\b(?:rumou?r|word|legend) has it\b|\brumou?rs have it\b|\brumou?rs? (?:are|"
    r"is|have been|has been|were)"
    r" (?:swirling|circulating|flying|rife|doing the rounds)\b|\bspeculation is (?:rife|mounting)\b"
    r"|(?<=News )has learned\b|(?<=Times )has learned\b|(?<=Post )has learned\b"
    r"|(?<=POLITICO )has learned\b|(?<=CNN )has learned\b"
    r"|\bwe(?: have|['’]ve)(?: exclusively| now| also)? (?:learned|heard|been told) (?=that\b)"
    r"|\b(?:has|have) exclusively learned\b",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"\baccording to\b|\b(?:told|reported|reports|writes|wrote|announced|confirmed|said|says"
    r"|first noted|cit(?:ing|ed)|obtained|revealed|published"
    r"|reporting|tweeted|documents?|e-?mails?|records|statement|memo|filings?|data|interview)\b",
    re.IGNORECASE,
)

_REPORT = re.compile(
    r"\b(?:according to|report(?:ed|s|ing)|first noted|wrote|writes|obtained|confirmed|documents?"
    r"|e-?mails?|records|filings?)\b",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"\b(?:is|are|was|were|been|being)(?: (?:also|widely|previously|first|earlier|now))?"
    r" (?:reported|said)\b(?! by\b)"
    r"|\b(?:the|these|those|some|such|many|other)(?: \w{1,20}){0,2} reports\b",
    re.IGNORECASE,
)
"""Reports of nobody's, which are no source for others."""
_TELLING = frozenset(("outlet", "document", "organisation", "spokesperson", "anonymous"))
LEAST = 0.5
"""Confidence of an attribution below which it is no source."""
_ITEM = re.compile(r"\n\s{0,20}(?:_{2,}|\*{2,}|-{3,}|—)")
"""A rule between two items of a live page or a column."""


def _own(context: Context, voice: Source, place: Span) -> bool:
    """Whether a voice is the newsroom itself, whose "has learned" it is."""
    outlet = (context.analysis.article.outlet or "").lower()
    named = (voice.name or "").lower()
    near = any(0 <= place.start - m.end < 3 for m in voice.mentions)
    return voice.kind == "outlet" and (bool(outlet and named and named in outlet) or near)


@rule(
    code="ANO010",
    name="newsroom-has-learned",
    message="“{phrase}”: no source was found in reach. Ask: from whom is this known?",
    severity="note",
    standards=("npr", "reuters"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    places = [Span(m.start(), m.start() + len(m.group().rstrip())) for m in _PHRASE.finditer(text)]
    plain = _NAMELESS.sub(lambda m: " " * len(m.group()), text)
    bare = [p for p in places if not _others(context, p) and not _sourced(context, p, plain)]
    if bare:
        yield Hit(
            span=bare[0],
            values={"phrase": text[bare[0].start : bare[0].end].strip()},
            related=tuple(Related(p, "again") for p in bare[1:]),
        )


def _others(context: Context, place: Span) -> bool:
    """Whether the words are somebody's whom the article quotes."""
    analysis = context.analysis
    said = [s for a in analysis.attributions if a.source for s in a.content]
    said += [q.span for q in analysis.quotes] + embedded(analysis.article.text)
    return any(s.start <= place.start and place.end <= s.end for s in said)


def _sourced(context: Context, place: Span, text: str) -> bool:
    """Whether the sentence, its neighbours or the paragraph so far have a source, or a link to one.

    `text` is the article's with the reports of nobody's blanked.

    Whoever speaks in the same paragraph may be it. From another paragraph only those count who can
    be a newsroom's source of what it learned: outlets, documents, bodies, unnamed voices. For a
    headline or a lead they may follow within three sentences, where a story says whose news it is.
    """
    analysis = context.analysis
    sentences = analysis.sentences
    n = sentence_at(analysis, place.start)
    before = max(0, n - 1)
    if _ITEM.search(text, sentences[before].end, sentences[n].start):
        before = n
    head = headline(analysis)
    lead = sentence_at(analysis, head.span.end - 1) + 1 if head else 1
    opens = n <= lead
    last = min(n + (3 if opens else 1), len(sentences) - 1)
    block = analysis.article.blocks[block_at(analysis.article.blocks, place.start)].span
    reach = Span(min(sentences[before].start, block.start), sentences[last].end)
    if opens:
        block = Span(block.start, reach.end)
    for attribution in analysis.attributions:
        at = attribution.source
        if at is None or not reach.start <= at.start < reach.end:
            continue
        if attribution.stance not in STATED or attribution.confidence < LEAST:
            continue
        if attribution.cue and _NAMELESS.match(analysis.article.text, attribution.cue.start):
            continue
        voice = source_of(analysis, attribution)
        if voice is not None and (voice.kind == "author" or _own(context, voice, place)):
            continue
        near = max(block.start, sentences[n].start) <= at.start < block.end
        if near or (voice is not None and voice.kind in _TELLING):
            return True
    if any(reach.start <= link.span.start < sentences[n].end for link in analysis.article.links):
        return True
    own = Span(max(reach.start, block.start), min(reach.end, block.end))
    around = text[own.start : place.start] + " " + text[place.end : own.end]
    if _SOURCED.search(around):
        return True
    return bool(
        _REPORT.search(text, reach.start, place.start) or _REPORT.search(text, place.end, reach.end)
    )
