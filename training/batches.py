"""Windows of the corpus, cut anew each epoch, and batches of them as tensors."""

import random
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from onrecord.extract.engine.features import MASK, cut_windows, encode

from .corpus import Labels, Text

LENGTHS = (128, 160, 192)
"""Longest windows, in word pieces; one is drawn for each article and epoch."""
PLAIN = 0.05
"""Share of articles that are shown without capitals and figures."""
MASKED = 0.06
"""Share of word pieces that are masked."""


class Example(NamedTuple):
    """A window: piece numbers with and without masks, typography, first pieces, labels."""

    ids: list[int]
    whole: list[int]
    marks: list[int]
    places: list[int]
    labels: Labels
    start: int
    end: int


class Batch(NamedTuple):
    """Tensors of some windows; links are rows of (window, piece, target pieces)."""

    ids: Tensor
    whole: Tensor
    marks: Tensor
    mask: Tensor
    columns: Tensor
    tags: Tensor
    to_cue: list[tuple[int, int, int]]
    to_source: list[tuple[int, int, list[int]]]


def examples(texts: Sequence[Text], draw: random.Random) -> list[Example]:
    """All windows of an epoch, cut at places drawn anew."""
    made = []
    for text in texts:
        labels, longest = draw.choice(text.versions), draw.choice(LENGTHS)
        plain = draw.random() < PLAIN
        first = draw.randint(longest // 3, longest)
        for window in cut_windows(text.words, text.pieces, longest, first):
            whole, marks, places = encode(text.words, text.pieces, window)
            if plain:
                marks = [m and 1 + (m - 1) // 4 * 4 for m in marks]
            ids = [MASK if i > 200 and draw.random() < MASKED else i for i in whole]
            made.append(Example(ids, whole, marks, places, labels, *window))
    return made


def batches(texts: Sequence[Text], draw: random.Random, size: int = 2048) -> list[list[Example]]:
    """An epoch's windows in batches of like lengths, of at most `size` pieces, shuffled."""
    windows = examples(texts, draw)
    draw.shuffle(windows)
    made: list[list[Example]] = []
    for start in range(0, len(windows), 400):
        current: list[Example] = []
        for example in sorted(windows[start : start + 400], key=lambda e: len(e.ids)):
            if current and (len(current) + 1) * len(example.ids) > size:
                made.append(current)
                current = []
            current.append(example)
        made.append(current)
    draw.shuffle(made)
    return made


def collate(windows: Sequence[Example]) -> Batch:
    """The windows as tensors."""
    size, length = len(windows), max(len(w.ids) for w in windows)
    ids, whole, marks, mask = (torch.zeros(size, length, dtype=torch.long) for _ in range(4))
    columns = torch.zeros(size, length, dtype=torch.bool)
    tags = torch.full((size, length), -100)
    to_cue: list[tuple[int, int, int]] = []
    to_source: list[tuple[int, int, list[int]]] = []
    for n, w in enumerate(windows):
        long = len(w.ids)
        ids[n, :long], whole[n, :long] = torch.tensor(w.ids), torch.tensor(w.whole)
        marks[n, :long], mask[n, :long] = torch.tensor(w.marks), 1
        places = torch.tensor(w.places)
        columns[n, places] = columns[n, 0] = True
        tags[n, places] = torch.tensor([_tag(w.labels, word) for word in range(w.start, w.end)])
        inside = range(w.start, w.end)
        for group in set(w.labels.groups[w.start : w.end]) - {-1}:
            source, cue, content = w.labels.members[group]
            if not cue or not content:
                continue
            first = min(cue)
            target = w.places[first - w.start] if first in inside else 0
            to_cue += [(n, w.places[c - w.start], target) for c in content if c in inside]
            if first in inside:
                said = [w.places[s - w.start] for s in source if s in inside]
                to_source.append((n, target, said or [0]))
    return Batch(ids, whole, marks, mask, columns, tags, to_cue, to_source)


def _tag(labels: Labels, word: int) -> int:
    """Begin (odd) or inside (even) of the word's role, 0 for none."""
    role = labels.roles[word]
    if not role:
        return 0
    before = word - 1
    same = word > 0 and labels.roles[before] == role
    return 2 * role if same and labels.groups[before] == labels.groups[word] else 2 * role - 1
