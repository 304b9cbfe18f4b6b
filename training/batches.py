"""Passages of the corpora, cut anew each epoch, and batches of them as tensors.

A text is cut into windows as at run time; some windows in a row make a passage, because what a
mention points back to may stand in an earlier window.
"""

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from onrecord.extract.engine.features import MASK, cut_windows, encode
from onrecord.extract.engine.pointers import PRONOUNS, TOGETHER

from .corpus import UNKNOWN, Labels, Text
from .net import POLNEAR

LENGTHS = (128, 160, 192)
"""Longest windows, in word pieces; one is drawn for each article and epoch."""
PLAIN = 0.05
"""Share of articles that are shown without capitals and figures."""
MASKED = 0.06
"""Share of word pieces that are masked."""
DESCRIBED = 0.35
"""Share of questions after names and descriptions that are asked in an epoch, where many are."""


class Window(NamedTuple):
    """A window: piece numbers with and without masks, typography, first pieces, its words."""

    ids: list[int]
    whole: list[int]
    marks: list[int]
    places: list[int]
    start: int
    end: int


class Passage(NamedTuple):
    """Windows in a row of one text, and the labels that hold for them."""

    text: Text
    labels: Labels | None
    windows: list[Window]
    asked: list[tuple[int, list[int], list[int]]]

    @property
    def size(self) -> int:
        """Word pieces of the longest window, for each window."""
        return len(self.windows) * max(len(w.ids) for w in self.windows)


class Link(NamedTuple):
    """What points where, as rows of (window, piece, target pieces)."""

    cue: list[tuple[int, int, int]]
    source: list[tuple[int, int, list[int]]]


class Question(NamedTuple):
    """A mention that is asked for: its window and piece, its passage, and words of that."""

    row: int
    column: int
    passage: int
    word: int
    right: list[int]
    wrong: list[int]


class Batch(NamedTuple):
    """Tensors of some windows, and what is known of them."""

    ids: Tensor
    whole: Tensor
    marks: Tensor
    mask: Tensor
    columns: Tensor
    tags: Tensor
    """By PolNeAR's guide."""
    told: Tensor
    """By the genres' guide."""
    inner: Tensor
    named: Tensor
    guides: Tensor
    links: Link
    inlinks: Link
    voices: list[tuple[int, list[int], int, int]]
    stances: list[tuple[int, list[int], int]]
    spots: list[tuple[Tensor, Tensor, Tensor, Tensor]]
    """For each passage: window and piece of its words, their place in it, and whether closed."""
    questions: list[Question]


def passages(
    texts: Sequence[Text], draw: random.Random, lengths: Sequence[int] = LENGTHS
) -> Iterator[Passage]:
    """All passages of some texts, cut at places drawn anew."""
    for text in texts:
        labels = draw.choice(text.versions) if text.versions else None
        longest, plain = draw.choice(lengths), draw.random() < PLAIN
        first = draw.randint(longest // 3, longest)
        asked = [q for q in text.asked if _chosen(text, q.word, draw)]
        made = []
        for cut in cut_windows(text.words, text.pieces, longest, first):
            whole, marks, places = encode(text.words, text.pieces, cut)
            if plain:
                marks = [m and 1 + (m - 1) // 4 * 4 for m in marks]
            ids = [MASK if i > 200 and draw.random() < MASKED else i for i in whole]
            made.append(Window(ids, whole, marks, places, *cut))
        shift = draw.randint(1, TOGETHER)
        for at in [0, *range(shift, len(made), TOGETHER)]:
            windows = made[at : shift if at == 0 else at + TOGETHER]
            start, end = windows[0].start, windows[-1].end
            here = [
                (
                    q.word,
                    [n for n in q.right if start <= n < end],
                    [n for n in q.wrong if start <= n < end],
                )
                for q in asked
                if start <= q.word < end
            ]
            known = text.named and any(n > 0 for n in text.named[start:end])
            if labels or here or known:
                yield Passage(text, labels, windows, here)


def _chosen(text: Text, word: int, draw: random.Random) -> bool:
    if text.versions or text.words[word].text.lower() in PRONOUNS:
        return True
    return draw.random() < DESCRIBED


def batches(made: list[Passage], draw: random.Random, size: int = 2048) -> list[list[Passage]]:
    """Passages in batches of like lengths, of at most `size` pieces (or one passage), shuffled."""
    draw.shuffle(made)
    batched: list[list[Passage]] = []
    for start in range(0, len(made), 160):
        current: list[Passage] = []
        count = longest = 0
        for passage in sorted(
            made[start : start + 160], key=lambda p: max(len(w.ids) for w in p.windows)
        ):
            long = max(longest, passage.size // len(passage.windows))
            if current and (count + len(passage.windows)) * long > size:
                batched.append(current)
                current, count, longest = [], 0, 0
            current.append(passage)
            count += len(passage.windows)
            longest = max(longest, passage.size // len(passage.windows))
        batched.append(current)
    draw.shuffle(batched)
    return batched


def collate(group: Sequence[Passage]) -> Batch:
    """The passages as tensors."""
    flat = [(p, w) for p in group for w in p.windows]
    size, length = len(flat), max(len(w.ids) for _, w in flat)
    ids, whole, marks, mask = (torch.zeros(size, length, dtype=torch.long) for _ in range(4))
    columns = torch.zeros(size, length, dtype=torch.bool)
    tags, told, inner, named = (torch.full((size, length), UNKNOWN) for _ in range(4))
    links, inlinks = Link([], []), Link([], [])
    voices: list[tuple[int, list[int], int, int]] = []
    stances: list[tuple[int, list[int], int]] = []
    for n, (p, w) in enumerate(flat):
        long = len(w.ids)
        ids[n, :long], whole[n, :long] = torch.tensor(w.ids), torch.tensor(w.whole)
        marks[n, :long], mask[n, :long] = torch.tensor(w.marks), 1
        places = torch.tensor(w.places)
        columns[n, places] = columns[n, 0] = True
        if p.labels:
            target = tags if p.text.guide == POLNEAR else told
            target[n, places] = torch.tensor([_tag(p.labels, i) for i in range(w.start, w.end)])
            _link(n, w, p.labels, links)
        if p.text.inner:
            inner[n, places] = torch.tensor([_tag(p.text.inner, i) for i in range(w.start, w.end)])
            _link(n, w, p.text.inner, inlinks)
        if p.text.named:
            named[n, places] = torch.tensor(p.text.named[w.start : w.end])
        for voice in p.text.voices:
            if w.start <= voice.words[0] < w.end:
                at = [w.places[i - w.start] for i in voice.words if i < w.end]
                voices.append((n, at, voice.kind, voice.withheld))
        for words, stance in p.text.stances:
            if w.start <= words[0] < w.end:
                stances.append((n, [w.places[i - w.start] for i in words if i < w.end], stance))
    guides = torch.tensor([p.text.guide for p, _ in flat])
    spots, questions = _asked(group)
    return Batch(
        ids, whole, marks, mask, columns, tags, told, inner, named, guides, links, inlinks, voices,
        stances, spots, questions,
    )  # fmt: skip


def _link(n: int, w: Window, labels: Labels, links: Link) -> None:
    """The pointers of a window: content to cue, cue to source."""
    within = range(w.start, w.end)
    for group in sorted(set(labels.groups[w.start : w.end]) - {-1}):
        source, cue, content = labels.members[group]
        if not cue or not content:
            continue
        first = min(cue)
        target = w.places[first - w.start] if first in within else 0
        links.cue.extend((n, w.places[c - w.start], target) for c in content if c in within)
        if first in within:
            said = [w.places[s - w.start] for s in source if s in within]
            links.source.append((n, target, said or [0]))


def _asked(
    group: Sequence[Passage],
) -> tuple[list[tuple[Tensor, Tensor, Tensor, Tensor]], list[Question]]:
    spots, questions, base = [], [], 0
    for number, p in enumerate(group):
        rows, columns, places, before = [], [], [], 0
        for n, w in enumerate(p.windows):
            rows += [base + n] * len(w.places)
            columns += w.places
            places += [before + place for place in w.places]
            before += len(w.ids)
        start, end = p.windows[0].start, p.windows[-1].end
        closed = [word.text.lower() in PRONOUNS for word in p.text.words[start:end]]
        spots.append(
            (
                torch.tensor(rows),
                torch.tensor(columns),
                torch.tensor(places),
                torch.tensor(closed),
            )
        )
        for word, right, wrong in p.asked:
            at = word - start
            questions.append(
                Question(
                    rows[at], columns[at], number, at,
                    [r - start for r in right if not closed[r - start]],
                    [r - start for r in wrong],
                )
            )  # fmt: skip
        base += len(p.windows)
    return spots, questions


def _tag(labels: Labels, word: int) -> int:
    """Begin (odd) or inside (even) of the word's role, 0 for none."""
    role = labels.roles[word]
    if not role:
        return 0
    before = word - 1
    same = word > 0 and labels.roles[before] == role
    return 2 * role if same and labels.groups[before] == labels.groups[word] else 2 * role - 1
