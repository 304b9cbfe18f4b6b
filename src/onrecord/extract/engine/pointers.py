"""What the network says of pronouns and names: whom a pronoun points at, what a name names.

Holds the numbers of one article, window by window, and answers questions about spans of it. Who is
a person, and what else speaks for or against one, is `people`'s and `pronouns`' to say.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .features import Word

Floats = NDArray[np.float32]

TOGETHER = 4
"""Windows in which a pronoun's person is looked for: its own and those before it."""
PRONOUNS = frozenset(
    "he him his himself she her hers herself they them their theirs themselves i me my mine myself we us"
    " our ours ourselves you your yours yourself it its itself who whom whose this that these those"
    " one".split()
)
"""Words that are never the answer to whom a pronoun means."""


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

    def __init__(self, words: Sequence[Word], windows: Sequence[Window], distance: Floats) -> None:
        self._starts = [word.start for word in words]
        self._closed = np.array([word.text.lower() in PRONOUNS for word in words], bool)
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
