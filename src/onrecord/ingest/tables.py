"""Tables of documents and pages: which rows are the turns of a transcript, which cells are text.

A transcript set as a table (time, speaker, words) becomes labelled turns; any other table gives its
cells one after the other.
"""

import re
from collections.abc import Iterator, Sequence

from .pieces import Run

Cell = list[list[Run]]
"""The paragraphs of a cell, each as its runs."""

_TIME = re.compile(
    r"[\[(]?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?[\])]?(?:\s*[-–—>]+\s*\S+)?"
)
_SPEAKER = re.compile(r"(?:[A-Z][\w.'’()-]*|of|the|de|van|von|al|for|and|\d{1,2})(?:\s+|:?$)")
NAME_WORDS = 6
"""Words of a speaker's name with title; more are no label."""
TURNS = 0.8
"""Share of a table's rows that are turns where it is a transcript."""


def rows(table: Sequence[Sequence[Cell]]) -> Iterator[list[Run]]:
    """The blocks of a table, row by row."""
    filled = [[cell for cell in row if _text(cell)] for row in table]
    filled = [row for row in filled if row]
    turns = [_turn(row) for row in filled]
    spoken = [row for row, turn in zip(filled[1:], turns[1:], strict=True) if turn]
    transcript = len(filled) > 1 and len(spoken) >= TURNS * (len(filled) - 1)
    for row, turn in zip(filled, turns, strict=True):
        if transcript and turn:
            *labels, words = row
            head: list[Run] = []
            for n, label in enumerate(labels):
                head += _flat(label)
                last = n == len(labels) - 1
                head.append(Run(": " if last and not _text(label).endswith(":") else " "))
            yield head + words[0]
            yield from words[1:]
        else:
            for cell in row:
                yield from cell


def _turn(row: Sequence[Cell]) -> bool:
    """Whether a row reads as a time, if any, a speaker and what they said."""
    if not 2 <= len(row) <= 3 or not _speaker(_text(row[-2])):
        return False
    return len(row) == 2 or bool(_TIME.fullmatch(_text(row[0])))


def _speaker(label: str) -> bool:
    words = label.split()
    if not 1 <= len(words) <= NAME_WORDS or not label[0].isupper():
        return False
    return all(_SPEAKER.fullmatch(word) for word in words) and label[-1] not in ".!?"


def _flat(cell: Cell) -> list[Run]:
    flat: list[Run] = []
    for n, paragraph in enumerate(cell):
        flat += [*([Run(" ")] if n else []), *paragraph]
    while flat and not flat[-1].text.strip():
        flat.pop()
    if flat and flat[-1].text != flat[-1].text.rstrip():
        flat[-1] = flat[-1]._replace(text=flat[-1].text.rstrip())
    return flat


def _text(cell: Cell) -> str:
    return " ".join("".join(run.text for run in runs).strip() for runs in cell).strip()
