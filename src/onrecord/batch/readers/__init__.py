"""The inputs of a run: files, folders and patterns become a stream of articles to be read.

Nothing is opened but the files named; nothing is held but one article at a time. What can't be read
becomes an input that holds only what is wrong with it, so that a run can account for everything.
"""

import glob
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

from ...ingest import SUFFIXES
from ...records import Problem
from .fields import Fields, Input
from .streams import MAX_BYTES, BrokenInputError, Counted, guarded, unpacked
from .tables import cut_off, from_value, lost, read_csv, read_jsonl, read_parquet
from .warc import read_warc

__all__ = ["Fields", "Input", "Reader"]

PACKED = (".gz", ".zst", ".bz2", ".xz")
TABLES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
}
KINDS = ("jsonl", "csv", "tsv", "parquet", "warc")


class Reader:
    """All inputs in order, one by one; reading them again gives the same."""

    def __init__(
        self,
        paths: Sequence[str],
        fields: Fields | None = None,
        kind: str | None = None,
        beside: str | None = None,
    ) -> None:
        """`beside` is a folder that is never read, for the results are written there."""
        self._fields, self._kind = fields or Fields(), kind
        self.files, self.faults = _found(paths, os.path.realpath(beside) if beside else None)
        self.sizes = [
            os.path.getsize(f) if f != "-" and os.path.exists(f) else 0 for f in self.files
        ]
        self.skipped: Counter[str] = Counter()
        """Records of WARC files that are no articles, by what they are."""
        self._before, self._stream = 0, cast(Any, None)

    @property
    def total(self) -> int:
        """Bytes of all files; 0 where they come from a pipe."""
        return 0 if "-" in self.files else sum(self.sizes)

    @property
    def taken(self) -> int:
        """Bytes that were read so far."""
        try:
            here = self._stream.tell() if self._stream is not None else 0
        except (ValueError, OSError):
            here = 0
        return self._before + int(here)

    def __iter__(self) -> Iterator[Input]:
        """The inputs; an id that occurs a second time makes a problem of the second."""
        self.skipped.clear()
        self._before = 0
        yield from _once(self._inputs())

    def _inputs(self) -> Iterator[Input]:
        yield from (_fault(*fault) for fault in self.faults)
        for name, size in zip(self.files, self.sizes, strict=True):
            yield from self._file(name)
            self._before += size
            self._stream = None

    def _file(self, name: str) -> Iterator[Input]:
        try:
            raw = sys.stdin.buffer if name == "-" else open(name, "rb")  # noqa: SIM115
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            yield lost(name, f"can't be opened ({reason}).", "Check the path and its permissions.")
            return
        with raw:
            if name != "-":
                self._stream = raw
            kind = self._kind or kind_of(name)
            if kind == "warc" and name != "-":
                yield from read_warc(raw, name, self.skipped)
            elif kind == "parquet":
                yield from self._parquet(raw, name)
            else:
                try:
                    yield from self._unpacked(raw, name, kind)
                except BrokenInputError as error:
                    yield cut_off(name, error, "its beginning")

    def _parquet(self, raw: IO[bytes], name: str) -> Iterator[Input]:
        if name == "-":
            yield lost("-", "Parquet can't be read from a pipe.", "Name the file.")
            return
        yield from read_parquet(raw, name, self._fields)

    def _unpacked(self, raw: IO[bytes], name: str, kind: str | None) -> Iterator[Input]:
        counted = Counted(raw)
        if not counted.head:
            yield lost(name, "the file is empty.", "Give a file with articles.")
            return
        if kind == "warc" or counted.head.startswith(b"WARC/"):
            yield from read_warc(cast(IO[bytes], counted), name, self.skipped)
            return
        buffered = cast(IO[bytes], io.BufferedReader(counted, 1 << 18))
        if name != "-":
            self._stream = buffered
        stream = unpacked(buffered, counted.head)
        kind = kind or _sniffed(counted.head)
        if kind == "jsonl":
            yield from read_jsonl(stream, name, self._fields)
        elif kind in ("csv", "tsv"):
            yield from read_csv(stream, name, self._fields, "\t" if kind == "tsv" else None)
        elif kind == "json":
            yield from self._json(guarded(stream, MAX_BYTES + 1), name)
        else:
            content = guarded(stream, MAX_BYTES + 1)
            if len(content) > MAX_BYTES:
                what = f"larger than {MAX_BYTES // 1_000_000} MB, which no article is."
                yield lost(name, what, "Give many articles as JSON Lines, CSV, Parquet or WARC.")
            else:
                yield Input(place=name, id=name, form=kind or "", content=content)

    def _json(self, content: bytes, name: str) -> Iterator[Input]:
        """The object of a JSON file, or the objects of its array."""
        if len(content) > MAX_BYTES:
            what = f"larger than {MAX_BYTES // 1_000_000} MB for one value."
            yield lost(name, what, "Give JSON Lines: one object a line.")
            return
        try:
            value = json.loads(content.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError) as error:
            yield lost(name, f"this is not JSON ({error}).", "Mend the file.")
            return
        seen: set[str] = set()
        if isinstance(value, list):
            for number, item in enumerate(value, 1):
                yield from_value(item, f"{name}:{number}", self._fields, seen)
        else:
            yield from_value(value, name, self._fields, seen)


class Seen:
    """Which ids there were: eight bytes of their digest each, in a table that grows."""

    def __init__(self) -> None:
        import numpy as np

        self._numpy = np
        self._table = np.zeros(1 << 12, np.uint64)
        self._held = 0

    def add(self, name: str) -> bool:
        """Whether the id is new; it isn't from now on."""
        from hashlib import blake2b

        digest = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little") or 1
        if not self._put(digest):
            return False
        self._held += 1
        if self._held * 2 > len(self._table):
            old = self._table[self._table != 0]
            self._table = self._numpy.zeros(len(self._table) * 2, self._numpy.uint64)
            for value in old.tolist():
                self._put(value)
        return True

    def _put(self, digest: int) -> bool:
        at = digest & (len(self._table) - 1)
        while value := int(self._table[at]):
            if value == digest:
                return False
            at = (at + 1) & (len(self._table) - 1)
        self._table[at] = digest
        return True


def kind_of(name: str) -> str | None:
    """What a file is by its name's ending; None where the ending doesn't tell."""
    path = Path(name.lower())
    suffix = Path(path.stem).suffix if path.suffix in PACKED else path.suffix
    return TABLES.get(suffix) or SUFFIXES.get(suffix)


def _sniffed(start: bytes) -> str | None:
    """What bytes without a telling name seem to be: JSON Lines, a table with a text column, or one
    article."""
    try:
        head: bytes = unpacked(io.BytesIO(start), start).read1(2000)  # type: ignore[attr-defined]
    except Exception:  # cut off so early that nothing can be told
        return None
    head = head.lstrip(b"\xef\xbb\xbf \r\n\t")
    if head.startswith(b"{"):
        return "jsonl"
    if head.startswith(b"["):
        return "json"
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").lower()
    for kind, mark in (("csv", ","), ("tsv", "\t")):
        if mark in first and "text" in [cell.strip(' \r"') for cell in first.split(mark)]:
            return kind
    return None


def _fault(place: str, what: str, remedy: str, fatal: bool = True) -> Input:
    problem = Problem(where=place, what=what, remedy=remedy, fatal=fatal)
    return Input(place=place, id=place, problems=[problem])


def _found(
    paths: Sequence[str], beside: str | None
) -> tuple[list[str], list[tuple[str, str, str, bool]]]:
    """The files that paths, folders and patterns name, in order, and what names none."""
    files: list[str] = []
    faults = []
    for path in paths:
        if path == "-":
            files.append(path)
        elif os.path.isdir(path):
            inside, others = _inside(path, beside)
            files += inside
            if others:
                what = f"{len(others)} file{'s' * (len(others) > 1)} of an unknown kind passed over"
                names = ", ".join(others[:5]) + (", …" if len(others) > 5 else "")
                faults.append((path, f"{what}: {names}.", "Name them to read them.", False))
            elif not inside:
                faults.append((path, "the folder holds no file to read.", "Check the path.", True))
        elif os.path.exists(path):
            files.append(path)
        elif glob.has_magic(path):
            matched = sorted(f for f in glob.glob(path, recursive=True) if os.path.isfile(f))
            files += matched
            if not matched:
                faults.append((path, "no file matches this.", "Check the pattern.", True))
        else:
            what, remedy = "there is no such file.", "Check the path; `-` reads a pipe."
            faults.append((path, what, remedy, True))
    return files, faults


def _inside(folder: str, beside: str | None) -> tuple[list[str], list[str]]:
    """The files below a folder whose kind their name tells, sorted, and the others."""
    files: list[str] = []
    others: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".") and os.path.realpath(os.path.join(place, f)) != beside
        )
        for name in sorted(names):
            if not name.startswith("."):
                (files if kind_of(name) else others).append(os.path.join(place, name))
    return files, others


def from_rows(rows: Iterable[Any], fields: Fields, name: str = "row") -> Iterator[Input]:
    """The inputs that dictionaries are, each called by its id or `row:N`."""
    seen: set[str] = set()
    yield from _once(
        from_value(row, f"{name}:{number}", fields, seen) for number, row in enumerate(rows, 1)
    )


def _once(inputs: Iterable[Input]) -> Iterator[Input]:
    """The inputs, those whose id there was already without content and with a problem."""
    ids = Seen()
    for made in inputs:
        if made.content is None or ids.add(made.id):
            yield made
        else:
            what = f"the id {made.id[:200]!r} occurs a second time."
            again = lost(made.place, what, "Give each article its own id.")
            again.id = made.id
            again.problems = made.problems + again.problems
            yield again
