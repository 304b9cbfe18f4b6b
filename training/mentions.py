"""What a mention points back to, and what a name names: GUM, LitBank, GAP and news made for it.

Every word of the other mentions that aren't pronouns is a right answer; for pronouns all of them,
for names and descriptions those before. In the news, later names are made pronouns.
"""

import random
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.gap import fold_of
from onrecord.extract.engine.features import Word, Wordpieces, find_words
from onrecord.extract.engine.pointers import PRONOUNS, head_of
from onrecord.extract.people.mentions import find_people
from onrecord.ingest import read_text

from .corpus import UNKNOWN, Asked, Text, inside, rows
from .net import NEITHER

ASKED = frozenset("he him his himself she her hers herself".split())
LESS = frozenset("they them their it its i me my we us our you your".split())
"""Pronouns that are asked for now and then."""
PERSON, BODY, PLACE = 1, 2, 3
TYPES = {
    "person": PERSON, "PER": PERSON, "organization": BODY, "ORG": BODY, "place": PLACE,
    "GPE": PLACE, "LOC": PLACE, "FAC": PLACE,
}  # fmt: skip
SPEAKERS = frozenset("person PER organization ORG".split())
"""Types of mentions that can speak, and are asked for where they are described."""
REPLACED = 0.12
"""Share of later mentions of a person in the news that are made pronouns."""


def corpora(data: Path, pieces: Wordpieces) -> list[Text]:
    """GUM and LitBank."""
    made = []
    for name in ("coref_gum", "coref_litbank"):
        for row in rows(data / f"{name}.jsonl.gz"):
            made.append(_coreference(row["text"], row["mentions"], pieces))
    return made


def gap(data: Path, pieces: Wordpieces, fold: int | None, folds: int = 2) -> list[Text]:
    """GAP's given items, without those of one fold where it is to be asked later."""
    items = [
        row
        for name in ("gap_development", "gap_validation")
        for row in rows(data / f"{name}.jsonl.gz")
    ]
    return [_gap(row, pieces) for row in items if fold is None or fold_of(row, folds) != fold]


def news(data: Path) -> list[str]:
    """Texts of PolNeAR's training part, in which names are to be made pronouns."""
    return [row["text"] for row in rows(data / "polnear_train.jsonl.gz")]


def with_pronouns(text: str, draw: random.Random, pieces: Wordpieces) -> Text | None:
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
                right |= set(inside(words, first, moved(m.start), moved(m.end)))
        questions.append(Asked(bisect_left(first, place), frozenset(right)))
    return Text(words, [pieces.of(w.text) for w in words], NEITHER, [], asked=tuple(questions))


def _core(
    words: Sequence[Word], starts: Sequence[int], text: str, span: tuple[int, int]
) -> set[int]:
    """The words of a mention that say whom: up to its first comma or preposition."""
    found = inside(words, starts, *head_of(text, *span))
    found = [n for n in found if words[n].text.lower() not in ("the", "a", "an", "s", "this")]
    return set(found if len(found) <= 4 else found[-2:])


def _coreference(text: str, mentions: list[list[Any]], pieces: Wordpieces) -> Text:
    """A text whose pronouns, names and descriptions of people and bodies are asked for."""
    words = find_words(text)
    starts = [w.start for w in words]
    clusters: dict[str, set[int]] = defaultdict(set)
    questions: list[tuple[int, str, bool]] = []
    named = [0 if w.text[:1].isupper() else UNKNOWN for w in words]
    for start, end, cluster, kind in sorted(mentions, key=lambda m: m[0] - m[1]):
        said = text[start:end].lower()
        if said in PRONOUNS:
            if said in ASKED or (said in LESS and len(questions) % 3 == 0):
                questions.append((bisect_left(starts, start), cluster, True))
            continue
        core = _core(words, starts, text, (start, end))
        clusters[cluster] |= core
        if core and kind in SPEAKERS:
            questions.append((max(core), cluster, False))
        for n in core:
            if words[n].text[:1].isupper():
                named[n] = TYPES.get(kind, 0)
    closed = {n for n, w in enumerate(words) if w.text.lower() in PRONOUNS}
    asked = []
    for n, c, pronoun in questions:
        if n < len(words):
            right = clusters[c] - closed
            asked.append(Asked(n, frozenset(right if pronoun else {r for r in right if r < n - 3})))
    return Text(
        words, [pieces.of(w.text) for w in words], NEITHER, [], asked=tuple(asked),
        named=tuple(named),
    )  # fmt: skip


def _gap(row: dict[str, Any], pieces: Wordpieces) -> Text:
    text = row["Text"]
    words = find_words(text)
    starts = [w.start for w in words]
    named = [UNKNOWN] * len(words)
    right: set[int] = set()
    wrong: set[int] = set()
    for name, other in (("A", "B"), ("B", "A")):
        start = int(row[f"{name}-offset"])
        span = set(inside(words, starts, start, start + len(row[name])))
        parts = set(row[name].split()) - set(row[other].split())
        span |= {n for n, w in enumerate(words) if len(w.text) > 2 and w.text in parts}
        for n in span:
            named[n] = PERSON
        (right if str(row[f"{name}-coref"]).upper() == "TRUE" else wrong).update(span)
    word = bisect_left(starts, int(row["Pronoun-offset"]))
    asked = (Asked(word, frozenset(right - wrong), frozenset(wrong)),)
    return Text(
        words, [pieces.of(w.text) for w in words], NEITHER, [], asked=asked, named=tuple(named)
    )
