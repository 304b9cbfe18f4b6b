"""Looking things up in an analysis, for rules: voices, their statements, chains, paragraphs.

Answers questions that several rules ask; decides nothing.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from ..language.en.lexicon import lexicon
from ..records import Analysis, Attribution, Block, Person, Related, Source, Span
from ..text.spans import SpanIndex

STATED = frozenset({"says", "denies"})
"""Stances that make an attribution a statement, as against an attitude or a plan."""
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
        self.order = {s.id: n for n, s in enumerate(analysis.sources)}
        self.voices = SpanIndex((m, s) for s in analysis.sources for m in s.mentions)
        self.outer = SpanIndex(
            (span, a) for a in analysis.attributions if a.parent is None for span in a.content
        )


def _index(analysis: Analysis) -> AnalysisIndex:
    """The index of an analysis, made once; it lives with the analysis and goes with it."""
    own = vars(analysis)
    if "index" not in own:
        own["index"] = AnalysisIndex(analysis)
    index: AnalysisIndex = own["index"]
    return index


def statements(analysis: Analysis, source: Source) -> list[Attribution]:
    """The attributions of a voice, in order."""
    return list(_index(analysis).statements.get(source.id, ()))


def first_mention(source: Source) -> Span:
    """Where a voice is first mentioned as a source."""
    return source.mentions[0]


def outer_contents(analysis: Analysis, place: Span) -> Iterator[tuple[Span, Attribution]]:
    """The pieces of what is told to the article itself that share a code point with a place."""
    return _index(analysis).outer.at(place)


def voice_at(analysis: Analysis, place: Span) -> Source | None:
    """The voice mentioned at a place, else the one that tells the article what stands there."""
    index = _index(analysis)
    mentioned = [source for _, source in index.voices.at(place)]
    if mentioned:
        return min(mentioned, key=lambda source: index.order[source.id])
    telling = sorted(index.outer.at(place), key=lambda row: row[0])
    found = (index.sources.get(a.source_id or "") for _, a in telling)
    return next((source for source in found if source), None)


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
    """The person named, or meant by "she" or "the actor", in the sentence before a place: the
    nearest one."""
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
    near = place.start - mention.end < AGAIN
    return person if near and _meant_again().search(text, start, place.end) else None


AGAIN = 300
"""Code points from a name in which "the actor" is whoever was named last."""


@cache
def _meant_again() -> re.Pattern[str]:
    """What somebody named before is called: "she", "the actor", "the reality star"."""
    nouns = "|".join(sorted(lexicon("sources", "goes_on")))
    again = rf"the (?:(?:[a-z-]{{1,20}} ){{0,2}}(?:{nouns}))"
    return re.compile(rf"\b(?:{again})\b", re.IGNORECASE)


def names_in(analysis: Analysis, span: Span) -> list[tuple[Span, Person]]:
    """The people named inside a span, in order: mentions that begin with a capital and are no
    pronouns."""
    index, text = _index(analysis), analysis.article.text
    near = index.mentions[
        bisect_left(index.places, span.start) : bisect_left(index.places, span.end)
    ]
    spoken = ((m, p, text[m.start : m.end]) for m, p in near)
    return [(m, p) for m, p, w in spoken if w[0].isupper() and w not in ("He", "She", "They", "I")]
