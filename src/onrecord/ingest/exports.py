"""Archive exports (Factiva, Nexis): many articles in one plain text, told apart by the archive's
own lines."""

import re
from typing import NamedTuple

_NUMBERED = re.compile(
    r"^[ \t]*(?:\d{1,4} of \d{1,5} DOCUMENTS|Document \d{1,4} of \d{1,5})[ \t]*$", re.M | re.I
)
_CODED = re.compile(r"^Document [A-Z][A-Z0-9]{9,}[ \t]*$", re.MULTILINE)
_END = re.compile(r"^End of Document[ \t]*$", re.MULTILINE)
_STATED = re.compile(
    r"^(?:\d{1,3}(?:,\d{3})* words|Length:.*\bwords|Load-Date:.*|\(c\) .*|Copyright .*)[ \t]*$",
    re.M | re.I,
)
"""What an archive states of an article."""
FEWEST_WORDS = 8
"""Words of an article in an export; less is a list or a heading."""


class Part(NamedTuple):
    """One article of an export: half-open code points of the file, and its first line there, from
    1."""

    start: int
    end: int
    line: int


def parts_of(text: str) -> list[Part]:
    """The articles of an export; none where a text isn't one."""
    for shape in (_NUMBERED, _END, _CODED):
        marks = list(shape.finditer(text))
        if len(marks) == 1 and shape is not _NUMBERED and not text[marks[0].end() :].strip():
            words = text[: marks[0].start()]
            start, end = len(words) - len(words.lstrip()), len(words.rstrip())
            if _STATED.search(words) and len(words.split()) >= FEWEST_WORDS:
                return [Part(start, end, words.count("\n", 0, start) + 1)]
        if len(marks) < 2:
            continue
        begins = shape is not _END and not text[: marks[0].start()].strip()
        if shape is _NUMBERED:
            begins = True
        if begins:
            edges = [(m.end(), n.start()) for m, n in zip(marks, marks[1:], strict=False)]
            edges.append((marks[-1].end(), len(text)))
        else:
            edges = [(m.end(), n.start()) for m, n in zip(marks, marks[1:], strict=False)]
            edges.insert(0, (0, marks[0].start()))
        made, line, counted = [], 1, 0
        for left, right in edges:
            words = text[left:right]
            start = left + len(words) - len(words.lstrip())
            end = right - (len(words) - len(words.rstrip()))
            if len(text[start:end].split()) < FEWEST_WORDS:
                continue
            line += text.count("\n", counted, start)
            counted = start
            made.append(Part(start, end, line))
        if len(made) > 1:
            return made
    return []
