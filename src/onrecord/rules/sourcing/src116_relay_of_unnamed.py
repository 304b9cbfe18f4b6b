"""
## What it finds
What another outlet has from an unnamed voice, passed on without a link in the sentence, on a page that
links elsewhere. One finding for each outlet.

## Why it matters
Two newsrooms stand between the reader and whoever knows. With a link the reader can at least see what the
first one had, and how it describes its source.

## Fires on
⟦[s1 outlet=Quay_Post The Quay Post]⟧ [c1 reported] [q1 that [s2 anonymous withheld an insider] [c2 said] [q2 in=1 the mayor would resign]]. The [a9 https://harbour.example/map map] shows the quay.

⟦[s1 outlet=Quay_Post The Quay Post]⟧, citing sources, [c1 reported] [q1 that the mayor would resign]. The [a9 https://harbour.example/map map] shows the quay.

## Stays silent on
[s1 outlet=Quay_Post The Quay Post] [c1 reported] [q1 that [s2 anonymous withheld an insider] [c2 said] [q2 in=1 the mayor would resign]].

[s1 outlet=Quay_Post The Quay Post] [a9 https://quay.example/story has [c1 reported]], citing sources, [q1 that the mayor would resign].

[s1 outlet=Quay_Post The Quay Post] [c1 reported] [q1 that [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 in=1 the mayor would resign]]. The [a9 https://harbour.example/map map] shows the quay.

## Known misses
An outlet that is linked in another sentence counts as linked there only. Text without any link is left alone:
nobody can tell whether the page has some.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import headline
from ...query.voices import sentence_at, shown
from ...records import Analysis, Attribution, Context, Hit, Related, Source, Span
from ...text.normalise import fold_text
from .. import rule

LEAST = 0.5
"""Confidence from which an attribution to an outlet counts."""
_CITING = re.compile(
    r"\b(?:citing|quoting|quoted|citing what|according to) (?:(?:an?|one|two|three|four|several"
    r"|multiple|its|their|unnamed|anonymous|unidentified|undisclosed|senior|other)\s){0,3}"
    r"(?:[\w’'-]{1,20}\s){0,2}?"
    r"(?:sources?|insiders?|pals?|(?:people|persons?) (?:familiar|close|with|who)\b)"
    r"|\bfrom (?:an?|its) (?:unnamed|anonymous|inside) source\b",
    re.IGNORECASE,
)
"""An outlet's own unnamed voice, where no statement of that voice was found."""


@rule(
    code="SRC116",
    name="relay-of-unnamed",
    message="{outlet} has this from an unnamed voice, and no link leads there. "
    "Ask: what did {outlet} have, and where can it be read?",
    severity="warning",
    status="preview",
    scope="all",
    standards=("ap", "wapo", "wikipedia"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    article = analysis.article
    if not article.links:
        return
    own = fold_text(article.outlet or "").removeprefix("the ")
    head = headline(analysis)
    seen: set[str] = set()
    told = _told(analysis)
    for attribution, outlet in _relays(analysis):
        place = attribution.source
        name = fold_text(outlet.name or "").removeprefix("the ")
        if place is None or outlet.id in seen or (own and (name in own or own in name)):
            continue
        sentence = analysis.sentences[sentence_at(analysis, place.start)]
        if (head and place.start < head.span.end) or _linked(analysis, sentence):
            continue
        evidence = told.get(attribution.id)
        if cited := _CITING.search(article.text, sentence.start, sentence.end):
            evidence = evidence or Span(*cited.span())
        if evidence:
            seen.add(outlet.id)
            yield Hit(
                span=place,
                values={"outlet": outlet.name or shown(article.text, place)},
                related=(Related(evidence, "its unnamed voice"),),
            )


def _relays(analysis: Analysis) -> Iterator[tuple[Attribution, Source]]:
    """What named outlets tell the article, in order."""
    outlets = {s.id: s for s in analysis.sources if s.kind == "outlet" and s.name}
    for attribution in analysis.attributions:
        source = outlets.get(attribution.source_id or "")
        if source and attribution.parent is None and attribution.confidence >= LEAST:
            yield attribution, source


def _linked(analysis: Analysis, sentence: Span) -> bool:
    links = analysis.article.links
    return any(k.span.start < sentence.end and sentence.start < k.span.end for k in links)


def _told(analysis: Analysis) -> dict[str, Span]:
    """Where an unnamed voice stands in what is told by another, by the id of that statement."""
    withheld = {s.id for s in analysis.sources if s.kind == "anonymous" and s.withheld}
    return {
        inner.parent: inner.source
        for inner in reversed(analysis.attributions)
        if inner.parent and inner.source and inner.source_id in withheld
    }
