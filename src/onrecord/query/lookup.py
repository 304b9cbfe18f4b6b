"""Looking things up in an analysis, for rules: voices, their statements, chains, paragraphs.

Answers questions that several rules ask; decides nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

from ..records import Analysis, Attribution, Block, Person, Related, Source, Span

STATED = frozenset({"says", "denies"})
"""Stances that make an attribution a statement, as against an attitude or a plan."""
T = TypeVar("T")
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


_EMBEDDED = re.compile(
    r"<(tweet|blockquote|iframe|embed)\b[^<>\n]*>[^<\n]*<(?:/\1|\1/)>|<[a-z][^<>\n]*>",
    re.IGNORECASE,
)


def embedded(text: str) -> list[Span]:
    """Posts of other people that stand in the text with their tags, and tags alone."""
    return [Span(*m.span()) for m in _EMBEDDED.finditer(text)]


def words(text: str, span: Span) -> list[str]:
    """The words of a span in small letters."""
    return [m.group().lower().replace("’", "'") for m in WORD.finditer(text, span.start, span.end)]


class AnalysisIndex:
    """What is looked up over and over in one analysis, made once: without it a rule that asks for
    each voice's statements takes the square of the time."""

    def __init__(self, analysis: Analysis) -> None:
        self.attributions = {a.id: a for a in analysis.attributions}
        self.sources = {s.id: s for s in reversed(analysis.sources)}
        self.statements: dict[str | None, list[Attribution]] = {}
        for attribution in analysis.attributions:
            self.statements.setdefault(attribution.source_id, []).append(attribution)
        self.sentences = [s.start for s in analysis.sentences]
        self.mentions = sorted(
            ((m, p) for p in analysis.people for m in p.mentions), key=lambda pair: pair[0]
        )
        self.places = [m.start for m, _ in self.mentions]


def _index(analysis: Analysis) -> AnalysisIndex:
    """The index of an analysis, made once; it lives with the analysis and goes with it."""
    own = vars(analysis)
    if "index" not in own:
        own["index"] = AnalysisIndex(analysis)
    index: AnalysisIndex = own["index"]
    return index


class SpanIndex(Generic[T]):
    """Spans with what belongs to them, to ask which lie over a place without looking at all of them."""

    def __init__(self, rows: Iterable[tuple[Span, T]]) -> None:
        self._rows = sorted(rows, key=lambda row: row[0])
        self._starts = [span.start for span, _ in self._rows]
        self._reach = list(accumulate((span.end for span, _ in self._rows), max))

    def at(self, place: Span) -> Iterator[tuple[Span, T]]:
        """Those that share a code point with a place, the last to begin first."""
        n = bisect_left(self._starts, place.end) - 1
        while n >= 0 and self._reach[n] > place.start:
            if self._rows[n][0].end > place.start:
                yield self._rows[n]
            n -= 1


def statements(analysis: Analysis, source: Source) -> list[Attribution]:
    """The attributions of a voice, in order."""
    return list(_index(analysis).statements.get(source.id, ()))


def first_mention(source: Source) -> Span:
    """Where a voice is first mentioned as a source."""
    return source.mentions[0]


def others(source: Source, label: str) -> tuple[Related, ...]:
    """The voice's further mentions, as evidence."""
    return tuple(Related(span, label) for span in source.mentions[1:])


def chain(analysis: Analysis, attribution: Attribution) -> Iterator[Attribution]:
    """The attribution and those that it stands in, from the inside out."""
    by_id = _index(analysis).attributions
    while True:
        yield attribution
        if attribution.parent is None:
            return
        attribution = by_id[attribution.parent]


def source_of(analysis: Analysis, attribution: Attribution) -> Source | None:
    """The voice of an attribution."""
    return _index(analysis).sources.get(attribution.source_id or "")


def outermost(analysis: Analysis, source: Source) -> bool:
    """Whether a voice speaks to the article itself somewhere, not only through another voice."""
    return any(a.parent is None for a in statements(analysis, source))


def headline(analysis: Analysis) -> Block | None:
    """The article's headline."""
    return next((b for b in analysis.article.blocks if b.role == "headline"), None)


def body(analysis: Analysis) -> Sequence[Block]:
    """The blocks that are not the headline."""
    return [b for b in analysis.article.blocks if b.role != "headline"]


def block_at(blocks: Sequence[Block], offset: int) -> int:
    """The number of the block that an offset stands in."""
    return max(0, bisect_right(blocks, offset, key=lambda b: b.span.start) - 1)


def stem(word: str) -> str:
    """A word without the commonest endings, for comparing loosely."""
    low = word.lower().replace("’", "'").removesuffix("'s")
    for ending in (
        "ingly",
        "ation",
        "ings",
        "ing",
        "edly",
        "ied",
        "ies",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
    ):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)].rstrip("e")
    return low.rstrip("e")


def unnamed_contents(analysis: Analysis, least: float) -> Iterator[tuple[Source, Span]]:
    """What voices whose identity is withheld say to the article itself, a span at a time.

    Attributions below a confidence of `least` and attitudes are left out.
    """
    by_id = {source.id: source for source in analysis.sources}
    for attribution in analysis.attributions:
        source = by_id.get(attribution.source_id or "")
        if source is None or source.kind != "anonymous" or not source.withheld:
            continue
        if attribution.parent is None and attribution.confidence >= least:
            if attribution.stance in STATED:
                for span in attribution.content:
                    yield source, span


def named_near(analysis: Analysis, place: Span) -> Person | None:
    """The person named, or meant by "he" or "she", in the sentence before a place: the nearest one."""
    text, index = analysis.article.text, _index(analysis)
    n = max(0, bisect_right(index.sentences, place.start) - 1)
    start = analysis.sentences[n].start if analysis.sentences else 0
    last = bisect_left(index.places, place.start) - 1
    if last < 0:
        return None
    mention, person = index.mentions[last]
    if mention.start >= start:
        return person
    if re.search(r"\b(?:he|she|him|her)\b", text[start : place.end], re.IGNORECASE):
        return person
    return None


def names_in(analysis: Analysis, span: Span) -> list[tuple[Span, Person]]:
    """The people named inside a span, in order: mentions that begin with a capital and are no pronouns."""
    index, text = _index(analysis), analysis.article.text
    near = index.mentions[
        bisect_left(index.places, span.start) : bisect_left(index.places, span.end)
    ]
    spoken = ((m, p, text[m.start : m.end]) for m, p in near)
    return [(m, p) for m, p, w in spoken if w[0].isupper() and w not in ("He", "She", "They", "I")]
