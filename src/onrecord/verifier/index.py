"""The materials' words in rows of numbers, and where in them pieces of a quotation stand.

Pairs of neighbouring words are looked up in a sorted array and grown to the longest run that is
equal; memory and time are linear in the materials but for that one sort.
"""

import hashlib
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..records import Material
from .words import columns, without

HITS = 300
"""Places of a quotation's pairs that are grown to runs, the rarest pairs first."""
RARE = 12
"""A word that stands in the materials at most so often is looked for by itself too."""
_WALL = -1
_UNKNOWN = -2

PAUSE = re.compile(r"[,;:\u2013\u2014(]| - |--")
_STOP = re.compile(r"[.!?\u2026][\"\u201d\u2019')\]]*\s|\n\s*\n")

Run = tuple[int, int, int]
"""Words of a quotation that stand in the materials: first there, first here, how many."""


class Rows(msgspec.Struct, frozen=True):
    """The words of one text: its forms, and for each word which one it is and where it stands."""

    forms: list[str]
    ids: bytes
    starts: bytes
    ends: bytes


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(text: str, tolerate: frozenset[str]) -> Rows:
    number: dict[str, int] = {}
    ids, starts, ends = array("i"), array("i"), array("i")
    for forms, lefts, rights in columns(text, 0, len(text), tolerate):
        for form in dict.fromkeys(forms):
            number.setdefault(form, len(number))
        ids.extend(map(number.__getitem__, forms))
        starts.extend(lefts)
        ends.extend(rights)
    return Rows(list(number), ids.tobytes(), starts.tobytes(), ends.tobytes())


class Index:
    """The words of materials: `ids` one after the other, a wall before each material."""

    def __init__(
        self,
        materials: Sequence[Material],
        tolerate: frozenset[str],
        keep: dict[str, Rows] | None = None,
        known: Mapping[str, Rows] = MappingProxyType({}),
    ) -> None:
        """Read the materials' words, but for texts that are `known`; all of them go into `keep`."""
        self.materials: Sequence[Material] = materials
        self.firsts: list[int] = []
        self.texts: list[str] = []
        """Of each material, with spaces for what nobody said."""
        number: dict[str, int] = {}
        wall = np.array([_WALL], np.int32)
        nothing = np.zeros(1, np.int32)
        ids, starts, ends = [wall], [nothing], [nothing]
        length = 1
        for material in materials:
            text = without(material.text, material.skipped)
            self.texts.append(text)
            digest = _digest(text) if keep is not None else ""
            rows = known.get(digest) or _rows(text, tolerate)
            if keep is not None:
                keep[digest] = rows
            local = [number.setdefault(form, len(number)) for form in rows.forms]
            self.firsts.append(length)
            ids += [np.array(local, np.int32)[np.frombuffer(rows.ids, np.int32)], wall]
            starts += [np.frombuffer(rows.starts, np.int32), nothing]
            ends += [np.frombuffer(rows.ends, np.int32), nothing]
            length += len(ids[-2]) + 1
        self._vocabulary = number
        self.ids: NDArray[np.int32] = np.concatenate(ids)
        self.starts: NDArray[np.int32] = np.concatenate(starts)
        self.ends: NDArray[np.int32] = np.concatenate(ends)
        self.forms = list(number)
        self.counts = np.bincount(self.ids[self.ids >= 0], minlength=len(number))
        self._size = len(number) + 2
        keys = (self.ids[:-1].astype(np.int64) + 1) * self._size + self.ids[1:] + 1
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._keys = keys[self._order]
        self._by_word: NDArray[np.int32] | None = None
        self._stopped: dict[int, bool] = {}

    def punctuated(self, place: int) -> bool:
        """Whether the material that a word stands in has stops as written English has them."""
        n = self.material_at(place)
        if n not in self._stopped:
            some = self.materials[n].text[:20_000]
            count = len(re.findall(r"[.!?](?=\s|$|[\"\u201d])", some))
            self._stopped[n] = count * 60 >= len(some.split())
        return self._stopped[n]

    def numbers(self, forms: Sequence[str]) -> list[int]:
        """The words' numbers; a word that no material holds has one that is nobody's."""
        return [self._vocabulary.get(form, _UNKNOWN) for form in forms]

    def material_at(self, place: int) -> int:
        """Which material a word stands in."""
        return bisect_right(self.firsts, place) - 1

    def bounds(self, place: int) -> tuple[int, int]:
        """The half-open range of words of the material that a word stands in."""
        n = self.material_at(place)
        end = self.firsts[n + 1] - 1 if n + 1 < len(self.firsts) else len(self.ids) - 1
        return self.firsts[n], end

    def places(self, number: int) -> NDArray[np.int32]:
        """Where a word stands, in order."""
        if number < 0:
            return np.empty(0, np.int32)
        if self._by_word is None:
            self._by_word = np.argsort(self.ids, kind="stable").astype(np.int32)
            self._sorted = self.ids[self._by_word]
        left, right = np.searchsorted(self._sorted, [number, number + 1])
        return self._by_word[left:right]

    def _pair(self, one: int, two: int) -> tuple[int, int]:
        if one < 0 or two < 0:
            return 0, 0
        key = (one + 1) * self._size + two + 1
        left, right = np.searchsorted(self._keys, [key, key + 1])
        return int(left), int(right)

    def runs(self, row: Sequence[int], stops: frozenset[int]) -> list[Run]:
        """The longest equal runs of a quotation's words, none across a stop, without order.

        A run of one word only where the word is rare.
        """
        pairs = []
        for n in range(len(row) - 1):
            if n + 1 not in stops:
                left, right = self._pair(row[n], row[n + 1])
                if left < right:
                    pairs.append((right - left, n, left))
        pairs.sort()
        found: set[Run] = set()
        seen: set[tuple[int, int]] = set()
        hits = 0
        for count, n, left in pairs:
            if hits and hits + count > HITS:
                break
            for place in self._order[left : left + min(count, 4 * HITS)].tolist():
                if (n, place) not in seen:
                    run = self._grow(row, n, place, stops)
                    found.add(run)
                    seen.update((run[0] + k, run[1] + k) for k in range(run[2]))
            hits += count
        for n, number in enumerate(row):
            if number >= 0 and self.counts[number] <= RARE:
                for place in self.places(number).tolist():
                    if (n, place) not in seen:
                        found.add((n, place, 1))
        return list(found)

    def _grow(self, row: Sequence[int], n: int, place: int, stops: frozenset[int]) -> Run:
        ids = self.ids
        first, here = n, place
        while first > 0 and first not in stops and row[first - 1] == ids[here - 1] >= 0:
            first, here = first - 1, here - 1
        last, there = n + 1, place + 1
        while last < len(row) and last not in stops and row[last] == ids[there] >= 0:
            last, there = last + 1, there + 1
        return first, here, last - first

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Code points of a half-open range of words."""
        return int(self.starts[first]), int(self.ends[last - 1])

    def flow(self, first: int, last: int) -> str:
        """The forms of a half-open range of words of one material, commas where a pause is
        written."""
        text = self.texts[self.material_at(first)] if first < last else ""
        parts: list[str] = []
        for n in range(first, last):
            low, _ = self.bounds(n)
            gap = text[int(self.ends[n - 1]) : int(self.starts[n])] if n > low else ""
            if PAUSE.search(gap):
                parts.append(",")
            parts.append(self.forms[int(self.ids[n])])
        if parts and last < len(self.ids) and self.ids[last] >= 0:
            gap = text[int(self.ends[last - 1]) : int(self.starts[last])]
            parts += [","] if PAUSE.search(gap) else []
        return " ".join(parts)

    def stops(self, first: int, last: int) -> list[int]:
        """The words of a range, or behind it, before which a sentence ends."""
        low, high = self.bounds(first)
        text = self.texts[self.material_at(first)]
        found = []
        for n in range(max(first, low), last + 1):
            if n in (low, high) or _STOP.search(text, int(self.ends[n - 1]), int(self.starts[n])):
                found.append(n)
        return found

    def between(self, first: int, last: int) -> Iterator[str]:
        """The forms of a half-open range of words."""
        return (self.forms[n] for n in self.ids[first:last].tolist())
