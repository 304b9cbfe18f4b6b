"""Whom a pronoun means, and what a name names: GUM, LitBank, GAP and news with names made pronouns.

A text is cut into windows as at run time, and some windows in a row make a passage: a pronoun may
mean somebody of an earlier window. Every word of a mention that isn't a pronoun is a right answer.
"""

import gzip
import json
import random
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from evals.gap import fold_of
from onrecord.extract.engine.features import MASK, Word, Wordpieces, cut_windows, encode, find_words
from onrecord.extract.engine.pointers import PRONOUNS, TOGETHER
from onrecord.extract.people.mentions import find_people
from onrecord.ingest import read_text

from .net import Net, buckets

ASKED = frozenset("he him his himself she her hers herself".split())
PERSON, BODY, PLACE = 1, 2, 3
TYPES = {
    "person": PERSON, "PER": PERSON, "organization": BODY, "ORG": BODY, "place": PLACE,
    "GPE": PLACE, "LOC": PLACE, "FAC": PLACE,
}  # fmt: skip
LENGTHS = (112, 128, 160)
NAMES = 0.5
"""Weight of the loss of names against that of pronouns."""
REPLACED = 0.12
"""Share of later mentions of a person in the news that are made pronouns."""
_CORE = re.compile(
    r"\s*(?:,|\(|\bof\b|\bwho\b|\bthat\b|\bin\b|\bat\b|\bwith\b|\bfrom\b|\bon\b|\band\b)"
)


class Asked(NamedTuple):
    """A pronoun by its word, the words that are right, and those that are wrong (GAP only)."""

    word: int
    right: frozenset[int]
    wrong: frozenset[int] = frozenset()


class Read(NamedTuple):
    """A text with its questions and what its words name (-100 for small letters and the unlabelled)."""

    words: list[Word]
    pieces: list[list[int]]
    asked: list[Asked]
    named: list[int]


def corpora(data: Path, pieces: Wordpieces) -> list[Read]:
    """GUM and LitBank."""
    made = []
    for name in ("coref_gum", "coref_litbank"):
        for row in _rows(data / f"{name}.jsonl.gz"):
            made.append(_coreference(row["text"], row["mentions"], pieces))
    return made


def gap(data: Path, pieces: Wordpieces, fold: int | None, folds: int = 2) -> list[Read]:
    """GAP's given items, without those of one fold where it is to be asked later."""
    rows = [
        row
        for name in ("gap_development", "gap_validation")
        for row in _rows(data / f"{name}.jsonl.gz")
    ]
    return [_gap(row, pieces) for row in rows if fold is None or fold_of(row, folds) != fold]


def news(data: Path) -> list[str]:
    """Texts of PolNeAR's training part, in which names are to be made pronouns."""
    return [row["text"] for row in _rows(data / "polnear_train.jsonl.gz")]


def with_pronouns(text: str, draw: random.Random, pieces: Wordpieces) -> Read | None:
    """A text in which some later mentions of people are made pronouns, and asked for."""
    people = [p for p in find_people(read_text(text)) if p.gender and len(p.mentions) > 1]
    spots = []
    for person in people:
        for mention in person.mentions[1:]:
            if draw.random() < REPLACED and "\n" not in text[mention.start : mention.end]:
                spots.append((mention.start, mention.end, person))
    if not spots:
        return None
    made, at, shifts, asked = "", 0, [(0, 0)], []
    for start, end, person in sorted(spots, key=lambda s: s[0]):
        if start < at:
            continue
        made += text[at:start]
        male, own = person.gender == "male", text[end : end + 2] in ("'s", "’s")
        begins = not made or made[-1] == "\n" or bool(re.search(r"[.!?:][\"”]? $", made[-4:]))
        word = ("his" if male else "her") if own else ("he" if male else "she")
        asked.append((len(made), person))
        made += word.capitalize() if begins else word
        at = end + 2 * own
        shifts.append((at, len(made) - at))
    made += text[at:]
    starts = [a for a, _ in shifts]
    gone = {(s, e) for s, e, _ in spots}

    def moved(offset: int) -> int:
        return offset + shifts[bisect_right(starts, offset) - 1][1]

    words = find_words(made)
    first = [w.start for w in words]
    questions = []
    for place, person in asked:
        right: set[int] = set()
        for m in person.mentions:
            if (m.start, m.end) not in gone:
                right |= _inside(words, first, moved(m.start), moved(m.end))
        questions.append(Asked(bisect_left(first, place), frozenset(right)))
    return Read(words, [pieces.of(w.text) for w in words], questions, [-100] * len(words))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _inside(words: Sequence[Word], starts: Sequence[int], start: int, end: int) -> set[int]:
    return {
        n
        for n in range(bisect_left(starts, start), bisect_left(starts, end))
        if words[n].text[0].isalnum()
    }


def _core(
    words: Sequence[Word], starts: Sequence[int], text: str, span: tuple[int, int]
) -> set[int]:
    """The words of a mention that say whom: up to its first comma or preposition."""
    cut = _CORE.search(text, span[0] + 1, span[1])
    inside = sorted(_inside(words, starts, span[0], cut.start() if cut else span[1]))
    inside = [n for n in inside if words[n].text.lower() not in ("the", "a", "an", "s", "this")]
    return set(inside if len(inside) <= 4 else inside[-2:])


def _coreference(text: str, mentions: list[list[Any]], pieces: Wordpieces) -> Read:
    words = find_words(text)
    starts = [w.start for w in words]
    clusters: dict[str, set[int]] = defaultdict(set)
    questions: list[tuple[int, str]] = []
    named = [0 if w.text[:1].isupper() else -100 for w in words]
    for start, end, cluster, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        said = text[start:end].lower()
        if said in PRONOUNS:
            if said in ASKED:
                questions.append((bisect_left(starts, start), cluster))
            continue
        core = _core(words, starts, text, (start, end))
        clusters[cluster] |= core
        for n in core:
            if words[n].text[:1].isupper():
                named[n] = TYPES.get(kind, 0)
    closed = {n for n, w in enumerate(words) if w.text.lower() in PRONOUNS}
    asked = [Asked(n, frozenset(clusters[c] - closed)) for n, c in questions if n < len(words)]
    return Read(words, [pieces.of(w.text) for w in words], asked, named)


def _gap(row: dict[str, Any], pieces: Wordpieces) -> Read:
    text = row["Text"]
    words = find_words(text)
    starts = [w.start for w in words]
    named = [-100] * len(words)
    right: set[int] = set()
    wrong: set[int] = set()
    for name, other in (("A", "B"), ("B", "A")):
        start = int(row[f"{name}-offset"])
        span = _inside(words, starts, start, start + len(row[name]))
        parts = set(row[name].split()) - set(row[other].split())
        span |= {n for n, w in enumerate(words) if len(w.text) > 2 and w.text in parts}
        for n in span:
            named[n] = PERSON
        (right if str(row[f"{name}-coref"]).upper() == "TRUE" else wrong).update(span)
    word = bisect_left(starts, int(row["Pronoun-offset"]))
    asked = [Asked(word, frozenset(right - wrong), frozenset(wrong))]
    return Read(words, [pieces.of(w.text) for w in words], asked, named)


class Passage(NamedTuple):
    """Windows in a row as tensors, where their words are, and the questions in them."""

    ids: Tensor
    marks: Tensor
    mask: Tensor
    rows: Tensor
    columns: Tensor
    places: Tensor
    """Piece of each word, counted through the passage."""
    closed: Tensor
    """Whether a word can't be an answer: the pronouns."""
    named: Tensor
    asked: list[tuple[int, list[int], list[int]]]


def passages(read: Read, draw: random.Random, masked: float = 0.04) -> list[Passage]:
    """A text as passages, cut at places drawn anew."""
    longest = draw.choice(LENGTHS)
    windows = cut_windows(read.words, read.pieces, longest, draw.randint(longest // 2, longest))
    made = []
    for at in range(0, len(windows), TOGETHER):
        passage = _passage(read, windows[at : at + TOGETHER], draw, masked)
        if passage:
            made.append(passage)
    return made


def _passage(
    read: Read, windows: list[tuple[int, int]], draw: random.Random, masked: float
) -> Passage | None:
    first, last = windows[0][0], windows[-1][1]
    asked = [
        (
            q.word - first,
            [n - first for n in q.right if first <= n < last],
            [n - first for n in q.wrong if first <= n < last],
        )
        for q in read.asked
        if first <= q.word < last
    ]
    if not asked and all(n <= 0 for n in read.named[first:last]):
        return None
    coded = [encode(read.words, read.pieces, w) for w in windows]
    length = max(len(ids) for ids, _, _ in coded)
    ids, marks, mask = (torch.zeros(len(coded), length, dtype=torch.long) for _ in range(3))
    rows, columns, places, before = [], [], [], 0
    for n, (these, kinds, spots) in enumerate(coded):
        shown = [MASK if i > 200 and draw.random() < masked else i for i in these]
        ids[n, : len(these)], marks[n, : len(these)] = torch.tensor(shown), torch.tensor(kinds)
        mask[n, : len(these)] = 1
        rows += [n] * len(spots)
        columns += spots
        places += [before + s for s in spots]
        before += len(these)
    words = read.words[first:last]
    return Passage(
        ids, marks, mask, torch.tensor(rows), torch.tensor(columns), torch.tensor(places),
        torch.tensor([w.text.lower() in PRONOUNS for w in words]),
        torch.tensor(read.named[first:last]), asked,
    )  # fmt: skip


def loss_of(net: Net, passage: Passage) -> Tensor:
    """Loss of the pronouns' pointer and of the names."""
    with torch.autocast("cpu", torch.bfloat16):
        x = net.encode(passage.ids, passage.marks, passage.mask)
        who, named = net.who(x), net.named(x[passage.rows, passage.columns])
    total = torch.zeros(())
    if bool((passage.named >= 0).any()):
        total = total + NAMES * functional.cross_entropy(
            named.float(), passage.named, ignore_index=-100
        )
    if passage.asked:
        score = scores(net, who, passage)
        losses = []
        for row, (_, right, wrong) in zip(score.log_softmax(-1), passage.asked, strict=True):
            if right:
                losses.append(-torch.logsumexp(row[[1 + n for n in right]], 0))
            elif wrong:
                mass = row[[1 + n for n in wrong]].exp().sum().clamp(max=0.999)
                losses.append(-torch.log1p(-mass))
            else:
                losses.append(-row[0])
        total = total + torch.stack(losses).mean()
    return total


def scores(net: Net, who: Tensor, passage: Passage) -> Tensor:
    """Scores of each question's answers: nobody in reach, then every word of the passage."""
    query, key = who.float().split(net.k, -1)
    asked = torch.tensor([n for n, _, _ in passage.asked])
    rows = passage.rows[asked]
    q = query[rows, passage.columns[asked]]
    words = q @ key[passage.rows, passage.columns].T * net.k**-0.5
    near = buckets(passage.places)[asked]
    words = words + net.bias[2][near] - 1e4 * passage.closed.float()
    nobody = (q * key[rows, 0]).sum(-1, keepdim=True) * net.k**-0.5
    return torch.cat([nobody, words], -1)
