"""Tables of articles (CSV, TSV) to articles: a row an article, its fields named by the first row.

Rows are read one by one, so a table may be of any length; a bad row costs one article.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import IO

from ..records import Article, Problem
from . import charset
from .fields import KNOWN, TEXT, TITLE, Item, Literal, article_of
from .given import Given

DELIMITERS = ",\t;|"
_ALSO = {"author name": "author", "article text": "text", "article_text": "text", "news": "text",
         "full text": "text", "story text": "text", "published at": "published"}  # fmt: skip


def read_rows(
    stream: IO[bytes], name: str, given: Given, limit: int, delimiter: str | None = None
) -> Iterator[Article | Problem]:
    """The articles of a table, each called by its `id` or by `name:LINE`."""
    csv.field_size_limit(limit)
    lines = _Lines(stream, name, limit)
    first = next(iter(lines), "")
    if not first.strip():
        yield Problem(where=name, what="the file is empty.", remedy="Give one article a row.")
        return
    mark = delimiter or max(DELIMITERS, key=first.count)
    reader = csv.reader(_again(first, lines), delimiter=mark)
    seen: set[str] = set()
    try:
        head = [_named(cell) for cell in next(reader)]
    except (csv.Error, StopIteration) as error:
        yield Problem(
            where=name, what=f"this is no table ({error}).", remedy="Save it anew as CSV."
        )
        return
    if not set(head) & set(TEXT):
        named = ", ".join(cell[:30] for cell in head[:12])
        remedy = f"Name a column text. Known fields: {KNOWN}. Columns here: {named}."
        yield Problem(where=name, what="no column holds the text.", remedy=remedy)
        return
    while True:
        row_starts = reader.line_num + 1
        lines.record.clear()
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            where = f"{name}:{row_starts}"
            yield Problem(
                where=where, what=f"the row can't be read ({error}).", remedy="Mend its marks."
            )
            continue
        yield from lines.said()
        if not any(cell.strip() for cell in cells):
            continue
        where = f"{name}:{row_starts}"
        if len(cells) != len(head):
            what = f"the row has {len(cells)} cells, the first row {len(head)}."
            yield Problem(where=where, what=what, remedy="Put marks round cells that hold a"
                                                         " separator.", fatal=False)  # fmt: skip
        fields = {key: cell for key, cell in zip(head, cells, strict=False) if key and cell}
        source = "".join(lines.record)

        def literal(
            keys: Sequence[str | int], text: str, source: str = source, line: int = row_starts
        ) -> Literal:
            return _literal(source, text, line)

        yield from article_of(Item(fields, where, name, row_starts, literal), given, seen)


def _named(cell: str) -> str:
    """A column's name as fields are called."""
    folded = cell.strip().strip("\ufeff").lower()
    known = {name.lower(): name for name in (*TEXT, *TITLE)}
    return _ALSO.get(folded) or known.get(folded) or folded.replace(" ", "_")


class _Lines:
    """The lines of a table as text, those of the row that is being read kept."""

    def __init__(self, stream: IO[bytes], name: str, limit: int) -> None:
        self._stream, self._name, self._limit = stream, name, limit
        self._problems: list[Problem] = []
        self._strange = False
        self._number = 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        """Decoded lines with their ends."""
        while raw := self._stream.readline(self._limit + 1):
            self._number += 1
            if len(raw) > self._limit:
                what = (
                    f"a line is longer than {self._limit // 1_000_000} MB; nothing behind it was"
                    f" read."
                )
                where = f"{self._name}:{self._number}"
                self._problems.append(Problem(where=where, what=what, remedy="Split the file."))
                return
            if self._number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            text, problems = charset.text_of(raw, f"{self._name}:{self._number}")
            if not self._strange and problems:
                self._strange = True
                self._problems += problems
            line = (text or "").replace("\0", "\ufffd")
            self.record.append(line)
            yield line

    def said(self) -> Iterator[Problem]:
        """What there is to say about the lines read so far, once."""
        problems, self._problems = self._problems, []
        yield from problems


def _again(first: str, lines: _Lines) -> Iterator[str]:
    yield first
    yield from lines


def _literal(source: str, text: str, line: int) -> Literal:
    """How a cell is written in its row: marks in it are doubled."""
    written = text.replace('"', '""')
    start = source.find(written[:200].split("\n", 1)[0][:120])
    if start < 0:
        return Literal(source, (0,), (0,), line)
    offsets, places = [0], [start]
    for n, mark in enumerate(re.finditer('"', text), 1):
        if written != text and source.startswith('""', start + mark.start() + n - 1):
            offsets.append(mark.end())
            places.append(start + mark.end() + n)
    return Literal(source, offsets, places, line)
