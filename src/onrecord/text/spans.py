"""Spans: the words that they cover, whether they share any, which of many lie over a place."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

from ..records import Span

T = TypeVar("T")


def text_of(text: str, span: Span) -> str:
    """The words that a span covers."""
    return text[span.start : span.end]


def overlaps(one: Span, two: Span) -> bool:
    """Whether two spans share a code point."""
    return one.start < two.end and two.start < one.end


class SpanIndex(Generic[T]):
    """Spans with what belongs to them, to ask which lie over a place without looking at all of
    them."""

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
