"""JSON Lines, CSV, TSV and Parquet: a row an article. One bad row costs one article."""

import csv
import json
from collections.abc import Iterator
from typing import IO, Any

from ...records import Problem
from .fields import Fields, Input
from .streams import MAX_BYTES, BrokenInputError, lines, why

_LIMIT = f"{MAX_BYTES // 1_000_000} MB"
csv.field_size_limit(MAX_BYTES)


def lost(place: str, what: str, remedy: str) -> Input:
    """An input that could not be read."""
    return Input(place=place, id=place, problems=[Problem(where=place, what=what, remedy=remedy)])


def cut_off(place: str, error: Exception, done: str) -> Input:
    """The end of an input that could not be read on."""
    what = f"{error}; nothing after {done} could be read."
    return lost(place, what, "Get the file again, whole, and run this into a new folder.")


def read_jsonl(stream: IO[bytes], name: str, fields: Fields) -> Iterator[Input]:
    """A line an article; blank lines are nothing."""
    number, seen = 0, set[str]()
    try:
        for line in lines(stream):
            number += 1
            place = f"{name}:{number}"
            if line is None:
                yield lost(place, f"the line is longer than {_LIMIT}.", "Give one article a line.")
                continue
            content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if content.strip(b" \t\r\n\0"):
                yield _line(content, place, fields, seen)
    except BrokenInputError as error:
        yield cut_off(f"{name}:{number + 1}", error, f"line {number}")


def _line(line: bytes, place: str, fields: Fields, seen: set[str]) -> Input:
    try:
        # The standard library's reader, for it takes the lone surrogates that some exports hold.
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        why_not = str(error) if not isinstance(error, UnicodeDecodeError) else "it is not UTF-8"
        return lost(place, f"the line is not JSON ({why_not}).", "Give one JSON object a line.")
    return from_value(value, place, fields, seen)


def from_value(value: Any, place: str, fields: Fields, seen: set[str]) -> Input:
    """The input that a decoded JSON value is."""
    if not isinstance(value, dict):
        return lost(place, "not a JSON object.", "Give an object with the article's text.")
    made = fields.input(value, place)
    made.problems = fields.unused(list(value), seen, place) + made.problems
    return made


def read_csv(
    stream: IO[bytes], name: str, fields: Fields, delimiter: str | None = None
) -> Iterator[Input]:
    """A row an article, the first row names the columns. Rows count from 1 after it."""
    decoded = _Decoded(stream)
    number = 0
    try:
        rows = csv.reader(decoded, delimiter=delimiter or decoded.delimiter(), strict=True)
        columns = [column.strip() for column in next(rows, [])]
        missing = fields.missing(columns)
        if missing:
            yield lost(name, missing, "Name the column with --text-field and its like.")
            return
        notes = fields.unused(columns, set(), name)
        while True:
            place = f"{name}:{number + 1}"
            try:
                cells = next(rows, None)
            except csv.Error as error:
                number += 1
                yield lost(f"{name}:{number}", f"the row can't be read ({error}).", _CELLS)
                continue
            if cells is None:
                break
            if not cells:
                continue
            number += 1
            place = f"{name}:{number}"
            if len(cells) != len(columns):
                what = f"the row has {len(cells)} cells, the first row {len(columns)}."
                made = lost(place, what, _CELLS)
            else:
                made = fields.input(
                    {c: v or None for c, v in zip(columns, cells, strict=True)}, place
                )
            made.problems = [*notes, *decoded.notes(place), *made.problems]
            notes = []
            yield made
    except BrokenInputError as error:
        yield cut_off(f"{name}:{number + 1}", error, f"row {number}")


_CELLS = "Put cells that hold line breaks or the separator in double quotes."


class _Decoded:
    """The lines of a CSV as text: UTF-8, or UTF-16 by its mark, or else cp1252, which is said."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._first = stream.read(1 << 16)
        except Exception as error:
            raise BrokenInputError(why(error)) from error
        self._stream = stream
        self._wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(self._first[:2])
        self._odd = False

    def delimiter(self) -> str:
        """What stands between the cells of the first line: a comma, or what is there instead."""
        first = self._text(self._first).split("\n", 1)[0]
        return max(",;\t|", key=lambda c: (first.count(c), c == ","))

    def _text(self, data: bytes) -> str:
        return data.decode(self._wide or "utf-8", "replace").removeprefix("\ufeff")

    def __iter__(self) -> Iterator[str]:
        if self._wide:
            yield from self._wide_lines(self._wide)
            return
        rest = self._first.removeprefix(b"\xef\xbb\xbf")
        while rest:
            line, found, rest = rest.partition(b"\n")
            if found:
                yield self._line(line + found)
            else:
                more = self._next()
                if more is None:
                    yield self._line(line)
                    break
                yield self._line(line + more)
                break
        while (more := self._next()) is not None:
            yield self._line(more)

    def _next(self) -> bytes | None:
        try:
            return self._stream.readline(MAX_BYTES) or None
        except Exception as error:
            raise BrokenInputError(why(error)) from error

    def _wide_lines(self, encoding: str) -> Iterator[str]:
        import codecs
        import io

        reader = io.BytesIO(self._first[2:])
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        left = ""
        for source in (reader, self._stream):
            while data := source.read(1 << 16):
                left += decoder.decode(data)
                *whole, left = left.split("\n")
                yield from (line + "\n" for line in whole)
        if left:
            yield left

    def _line(self, line: bytes) -> str:
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self._odd = True
            return line.decode("cp1252", "replace")

    def notes(self, place: str) -> list[Problem]:
        """What was odd about the lines since this was asked last."""
        odd, self._odd = self._odd, False
        what, remedy = "not UTF-8; read as cp1252.", "If letters look wrong, save it as UTF-8."
        return [Problem(where=place, what=what, remedy=remedy, fatal=False)] if odd else []


def read_parquet(stream: IO[bytes], name: str, fields: Fields) -> Iterator[Input]:
    """A row an article, read a group of rows at a time. Rows count from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        file = pq.ParquetFile(stream)
        columns = file.schema_arrow.names
        missing = fields.missing(columns)
        if missing:
            yield lost(name, missing, "Name the column with --text-field and its like.")
            return
        notes = fields.unused(columns, set(), name)
        for batch in file.iter_batches(batch_size=64, columns=fields.wanted(columns)):
            for row in batch.to_pylist():
                number += 1
                made = fields.input(row, f"{name}:{number}")
                made.problems = notes + made.problems
                notes = []
                yield made
    except (pa.ArrowException, OSError, ValueError) as error:
        what = f"this Parquet can't be read ({' '.join(str(error).split())[:200]})"
        yield cut_off(f"{name}:{number + 1}", Exception(what), f"row {number}")
