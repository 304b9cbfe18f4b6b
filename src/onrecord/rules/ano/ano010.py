"""
## What it finds
"Reportedly", "it is understood", "can reveal", "has learned" in the reporter's own words, with no source in
the same sentence or the next one. One finding an article, at the first place.

## Why it matters
The words promise a source and give none. Who reported it, who understands it, from whom was it learned?

## Fires on
The chief will ⟦reportedly⟧ leave in May. The bridge stays open.

⟦It is understood⟧ that the chief will leave. The bridge stays open.

The Orr Courier ⟦can reveal⟧ that the chief will leave. The bridge stays open.

## Stays silent on
The chief will reportedly leave in May. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 he had told her so].

[s1 anonymous withheld A source] [c1 told] the Orr Courier, which can reveal it, [q1 that the chief would leave].

The chief will reportedly leave in May, the Orr Courier wrote.

## Known misses
A source two sentences on, or one before, counts as none and as one in turn. "Is said to" and "allegedly" are not looked for.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Related, Span
from .. import rule
from ..voices import sentence_at

_PHRASE = re.compile(
    r"\breportedly\b|\b(?:it is|it['’]s) (?:understood|believed|thought)(?= that\b)"
    r"|\bis understood to (?:be|have)\b|\bcan (?:exclusively |now )?reveal\b"
    r"|(?<=News )has learned\b|(?<=Times )has learned\b|(?<=Post )has learned\b|(?<=POLITICO )has learned\b|(?<=CNN )has learned\b"
    r"|\bwe(?: have|['’]ve) learned (?=that\b)",
    re.IGNORECASE,
)
_SOURCED = re.compile(
    r"\baccording to\b|\b(?:told|reported|reports|writes|wrote|announced|confirmed|said|says|first noted|cit(?:ing|ed)|obtained|revealed|published"
    r"|documents?|e-?mails?|records?|statement|memo|filings?|data|interview)\b",
    re.IGNORECASE,
)


@rule(
    code="ANO010",
    name="newsroom-has-learned",
    message="“{phrase}”: no source was found in reach. Ask: from whom is this known?",
    severity="note",
    standards=("npr", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    places = [Span(*m.span()) for m in _PHRASE.finditer(text)]
    bare = [p for p in places if not _others(context, p) and not _sourced(context, p)]
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
    said += [q.span for q in analysis.quotes]
    return any(s.start <= place.start and place.end <= s.end for s in said)


def _sourced(context: Context, place: Span) -> bool:
    """Whether the sentence or the next one has a source, or a link to one."""
    analysis = context.analysis
    sentences = analysis.sentences
    n = sentence_at(analysis, place.start)
    last = sentences[min(n + 1, len(sentences) - 1)]
    reach = Span(sentences[n].start, last.end)
    text = analysis.article.text
    if any(a.source and reach.start <= a.source.start < reach.end for a in analysis.attributions):
        return True
    if any(reach.start <= link.span.start < sentences[n].end for link in analysis.article.links):
        return True
    first = text[sentences[n].start : place.start] + text[place.end : sentences[n].end]
    return bool(_SOURCED.search(first) or _SOURCED.search(text, last.start, last.end))
