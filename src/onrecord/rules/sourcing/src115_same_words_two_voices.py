"""
## What it finds
The same words, three or more, in the mouths of two different voices, one of which is unnamed: a
quotation of the one is repeated, word for word, in another paragraph of the body, in what the other is
said to say.

## Why it matters
Two people seldom choose the same words. Either it is one voice, counted twice, or one of the two is
misquoted.

## Fires on
[s1 anonymous withheld Sources] [c1 said] the chief was [q1 "reaching his limit"]. ¶ [q2 "He is ⟦reaching his limit⟧ at last,"] [s2 person=Ann_Lee Ann Lee] [c2 said].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said] the chief was [q1 "reaching his limit"]. ¶ [q2 "He is reaching his limit,"] [s2 person=Ann_Lee of=1 she] [c2 said].

[s1 person=Ann_Lee Ann Lee] [c1 said] it was [q1 "one of the"] best. ¶ [q2 "One of the boats sank,"] [s2 person=Jon_Pell Jon Pell] [c2 said].

[s1 anonymous plural withheld Sources] [c1 said] the [q1 "lower toll price"] would stay. ¶ [s2 group=Drivers plural Drivers] [c2 said] [q2 the lower toll price was high].

[s1 anonymous withheld A source] [c1 said] [q1 "Clean Harbour Plan"] was dead. ¶ [q2 "The Clean Harbour Plan lives,"] [s2 person=Ann_Lee Ann Lee] [c2 said].

## Known misses
Two named people with the same words are left alone: often one of them quotes the other. A slogan that many people use is reported like any other words. Names and terms,
in capitals or with an article before them and no small word inside ("the lower toll price"), are left alone. Words that are repeated with another ending are not seen.

## Options
`words`: the least number of words that is reported (3).
"""  # noqa: E501

import re
from bisect import bisect_left
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.lookup import WORD, block_at, headline
from ...records import Analysis, Context, Hit, Related, Span
from ...text.spans import SpanIndex
from .. import option, rule

_EMPTY = lexicon("function_words", "core", "two_voices")
_LONG = 4
"""Most words of a term."""
_ARTICLE = re.compile(r"\b(?:the|an?|so-called|its|their|this|that|each)\s{1,20}$", re.IGNORECASE)


@rule(
    code="SRC115",
    name="same-words-two-voices",
    message="these words are given to {one} and to {other}. Ask: who said them?",
    severity="warning",
    standards=("reuters", "ap"),
    scope="all",
    options={"words": 3},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    least = option(context, check, "words")
    voices = _voices(analysis)
    row = [(m.group().lower().replace("’", "'"), m.start(), m.end()) for m in WORD.finditer(text)]
    starts = [start for _, start, _ in row]
    known = max(1, min(least, 3))
    alike: dict[tuple[str, ...], list[int]] = {}
    for n in range(len(row)):
        alike.setdefault(tuple(word for word, _, _ in row[n : n + known]), []).append(n)
    blocks = analysis.article.blocks
    head = headline(analysis)
    hidden = {s.id for s in analysis.sources if s.kind == "anonymous" and s.withheld}
    seen: set[tuple[str, ...]] = set()
    for quote in analysis.quotes:
        first = bisect_left(starts, quote.inner.start)
        phrase = tuple(word for word, _, _ in row[first : bisect_left(starts, quote.inner.end)])
        if head is not None and quote.span.start < head.span.end:
            continue
        if quote.parent is not None or len(phrase) < least or phrase in seen:
            continue
        if sum(word not in _EMPTY for word in phrase) < 2 or _term(text, quote.inner, phrase):
            continue
        seen.add(phrase)
        ours = _voice(voices, quote.inner)
        if ours is None:
            continue
        for n in alike[phrase[:known]]:
            if n == first or tuple(word for word, _, _ in row[n : n + len(phrase)]) != phrase:
                continue
            place = Span(row[n][1], row[n + len(phrase) - 1][2])
            if block_at(blocks, place.start) == block_at(blocks, quote.inner.start):
                continue  # said again in one breath
            theirs = _voice(voices, place)
            if theirs and theirs[0] != ours[0] and {theirs[0], ours[0]} & hidden:
                yield Hit(
                    span=place,
                    values={"one": ours[1], "other": theirs[1]},
                    related=(Related(quote.inner, "the same words"),),
                )
                break


def _term(text: str, inner: Span, phrase: tuple[str, ...]) -> bool:
    """Whether quoted words are a name or a term, which belongs to nobody: "the “lower toll
    price”"."""
    if any(word in _EMPTY for word in phrase) or len(phrase) > _LONG:
        return False
    capitals = sum(m.group()[0].isupper() for m in WORD.finditer(text, inner.start, inner.end))
    return capitals == len(phrase) or bool(_ARTICLE.search(text[: inner.start - 1][-12:]))


def _voices(analysis: Analysis) -> SpanIndex[tuple[str, str]]:
    """Contents with their voices and what these are called."""
    names = {s.id: s for s in analysis.sources}
    found = []
    for a in analysis.attributions:
        source = names.get(a.source_id or "")
        if source is None or source.kind in ("unknown", "outlet", "author"):
            continue
        first = source.mentions[0]
        called = source.name or " ".join(analysis.article.text[first.start : first.end].split())
        found += [(span, (source.id, f"“{called}”")) for span in a.content]
    return SpanIndex(found)


def _voice(voices: SpanIndex[tuple[str, str]], span: Span) -> tuple[str, str] | None:
    """Whose word a place is: the voice of the smallest content around it."""
    around = [r for r in voices.at(span) if r[0].start <= span.start and span.end <= r[0].end]
    return min(around, key=lambda r: r[0].end - r[0].start)[1] if around else None
