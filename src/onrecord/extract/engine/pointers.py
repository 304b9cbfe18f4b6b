"""What the network says of pronouns and names: whom a pronoun points at, what a name names.

Holds the numbers of one article, window by window, and answers questions about spans of it. Who is
a person, and what else speaks for or against one, is `people`'s and `pronouns`' to say.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ...language.en.lexicon import lexicon
from ...records import SourceKind, Span
from .candidates import AttributionCandidate
from .features import Word

Floats = NDArray[np.float32]

TOGETHER = 4
"""Windows in which a pronoun's person is looked for: its own and those before it."""
PRONOUNS = lexicon("function_words", "pronouns")
"""Words that are never the answer to whom a pronoun means."""
_CORE = re.compile(
    r"\s*(?:,|\(|\bof\b|\bwho\b|\bthat\b|\bin\b|\bat\b|\bwith\b|\bfrom\b|\bon\b|\band\b)"
)


def head_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a mention that says whom: up to its first comma or preposition."""
    cut = _CORE.search(text, start + 1, end)
    return start, cut.start() if cut else end


KINDS: tuple[SourceKind, ...] = (
    "person", "organisation", "spokesperson", "anonymous", "group", "document", "outlet", "author",
)  # fmt: skip


def _none() -> Floats:
    return np.zeros((0, 0), np.float32)


@dataclass(frozen=True, slots=True)
class Window:
    """A window's words (half-open), the pieces before each, and the network's numbers."""

    words: tuple[int, int]
    places: list[int]
    length: int
    """Word pieces, the network's own marks counted."""
    who: Floats
    """Queries and keys, the first row for nobody in reach."""
    named: Floats
    """Log-probabilities of no name, a person, a body, a place; a row a word."""
    voice: Floats = field(default_factory=_none)
    """Scores of KINDS at a source's words, then of a withheld name; a row a word."""
    guide: float = 0.0
    """How much rather the window follows PolNeAR's guide than ours: a difference of logarithms."""
    tags: Floats = field(default_factory=_none)
    told: Floats = field(default_factory=_none)
    cue: Floats = field(default_factory=_none)
    source: Floats = field(default_factory=_none)
    inner: Floats = field(default_factory=_none)
    inner_cue: Floats = field(default_factory=_none)
    inner_source: Floats = field(default_factory=_none)
    """What `decode` reads statements from, by either guide, and those inside statements."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Where a pronoun points: offsets of words in order, and the probability of each."""

    starts: list[int]
    mass: Floats
    nobody: float

    def share(self, start: int, end: int) -> float:
        """The probability that falls on the words of a span (code points, half-open)."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return float(self.mass[first:last].sum())


class Pointers:
    """The network's answers for one article."""

    def __init__(
        self,
        words: Sequence[Word],
        windows: Sequence[Window],
        distance: Floats,
        inner: Sequence[AttributionCandidate] = (),
    ) -> None:
        self._inner = list(inner)
        self.wide = False
        """Whether the article is read by PolNeAR's guide, which knows no statements inside
        others."""
        self._starts = [word.start for word in words]
        self._closed = np.array([word.text.lower() in PRONOUNS for word in words], bool)
        self._spoken = [word.text[:1].isalnum() for word in words]
        self._windows = list(windows)
        self._firsts = [window.words[0] for window in windows]
        self._distance = distance
        named = [np.exp(window.named) for window in windows]
        self._named = np.concatenate(named) if named else np.zeros((0, 4), np.float32)

    def names(self, start: int, end: int) -> tuple[float, float, float]:
        """Probability that a span's words name a person, a body, a place: the mean of its words."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first >= last:
            return 0.0, 0.0, 0.0
        person, body, place = self._named[first:last, 1:].mean(0)
        return float(person), float(body), float(place)

    def inside(self, span: Span) -> list[AttributionCandidate]:
        """The statements inside a content: those whose cue and words stand in it."""
        return [
            found
            for found in self._inner
            if found.cue
            and span.start <= found.cue.start < span.end
            and all(span.start <= piece.start and piece.end <= span.end for piece in found.content)
        ]

    def kinds(self, span: Span) -> tuple[dict[SourceKind, float], float]:
        """Probability of each kind of voice at a source, and of a withheld name."""
        scores = self._mean(span, "voice")
        if scores is None:
            return {}, 0.0
        shares = np.exp(scores[:-1] - scores[:-1].max())
        shares /= shares.sum()
        hidden = 1 / (1 + np.exp(-scores[-1]))
        return {k: float(p) for k, p in zip(KINDS, shares, strict=True)}, float(hidden)

    def _mean(self, span: Span, name: str) -> Floats | None:
        """The mean of some scores over the words (no marks) of a span, in the window it begins
        in."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        own = bisect_left(self._firsts, first + 1) - 1
        if first >= last or own < 0:
            return None
        window = self._windows[own]
        scores: Floats = getattr(window, name)
        at = [n for n in range(first, min(last, window.words[1])) if self._spoken[n]]
        if not at or not scores.size:
            return None
        mean: Floats = scores[[n - window.words[0] for n in at]].mean(0)
        return mean

    def answers(self, start: int) -> Answers | None:
        """Where the pronoun that begins at an offset points, or None where no word begins there."""
        word = bisect_left(self._starts, start)
        if word >= len(self._starts) or self._starts[word] != start:
            return None
        own = bisect_left(self._firsts, word + 1) - 1
        windows = self._windows[max(0, own - TOGETHER + 1) : own + 1]
        width = windows[0].who.shape[1] // 2
        places, before = [], 0
        for window in windows:
            places.append(before + np.array(window.places))
            before += window.length
        spot = np.concatenate(places)
        first, last = windows[0].words[0], windows[-1].words[1]
        row = windows[-1].who[1 + word - windows[-1].words[0], :width]
        keys = np.concatenate([window.who[1:, width:] for window in windows])
        score = (
            keys @ row + self._distance[_buckets(spot - spot[word - first], len(self._distance))]
        )
        score[self._closed[first:last]] = -1e4
        nobody = float(windows[-1].who[0, width:] @ row)
        top = max(nobody, float(score.max()))
        mass, rest = np.exp(score - top), float(np.exp(nobody - top))
        total = float(mass.sum()) + rest
        return Answers(self._starts[first:last], mass / total, rest / total)


def _buckets(distance: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """The class of each signed distance in word pieces, as in training: exact below four."""
    size = np.abs(distance)
    far = 4 + np.log2(np.maximum(size, 4) / 4) * 1.5
    near = np.minimum(np.where(size < 4, size, far).astype(np.int64), classes // 2 - 1)
    signed: NDArray[np.int64] = near + (distance < 0) * (classes // 2)
    return signed
