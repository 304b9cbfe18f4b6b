"""WARC files: every response is an article or a problem, and a broken record costs itself only.

fastwarc reads the records. Where it stops at a damage, or a record reaches into the next one,
reading goes on at the next record that can be found behind it.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import IO

import msgspec

from ...records import Problem
from . import http
from .fields import Input
from .streams import GZIP, MAX_BYTES

_HEAD = re.compile(rb"(?:^|(?<=\n))WARC/[01]\.\d+\r?\n")
_INNER = re.compile(rb"\n\r?\nWARC/[01]\.\d+\r?\n(?:WARC-|Content-)")
_END = b"\r\n\r\n"
_BLOCK = 1 << 20
_AGAIN = "Get the file again, if that matters."
_PASSED = ("request", "warcinfo", "metadata")


class _Record(msgspec.Struct):
    """A record as it was read: where it begins, its headers, its block."""

    offset: int
    place: str
    kind: str
    headers: dict[str, str]
    block: bytes

    @property
    def length(self) -> int | None:
        """What the record says its block is long, in bytes."""
        stated = self.headers.get("content-length", "")
        return int(stated) if stated.isdecimal() else None


def read_warc(stream: IO[bytes], name: str, skipped: Counter[str]) -> Iterator[Input]:
    """A response, resource or extracted text an article; `skipped` counts what is none by kind.

    A place is `path:OFFSET`, in bytes of the file as it is; `+N` for the Nth record behind it in
    one compressed member.
    """
    start: int | None = 0
    seekable = stream.seekable()
    while start is not None:
        if seekable:
            stream.seek(start)
        held: _Record | None = None
        fault = ""
        for record in _records(stream, name, start):
            if isinstance(record, str):
                fault = record
                break
            if held:
                yield from _input(held, skipped)
            held = record
            if fault := _unsound(record):
                break
        if held is None and not fault:
            return
        follows = None
        if fault and seekable:
            behind = held.offset + 1 if held else start + 1
            follows = _next_record(stream, behind)
        if held is None:
            yield _broken(f"{name}:{start}", fault, follows)
        elif not fault:
            yield from _input(held, skipped)
        elif seekable and (end := _end(stream, held)) is not None and not _unsound(held):
            yield from _input(held, skipped)
            if follows is None or follows > end:
                yield _broken(f"{name}:{end}", fault, follows)
        else:
            yield _broken(held.place, fault, follows, held)
        start = follows


def _records(stream: IO[bytes], name: str, start: int) -> Iterator[_Record | str]:
    """The records from an offset on, and at last what stopped the reading, if anything did."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    offset, nth = -1, 0
    try:
        for record in ArchiveIterator(
            stream, record_types=WarcRecordType.any_type, parse_http=False, fsspec_args=False
        ):
            nth = nth + 1 if record.stream_pos == offset else 0
            offset = record.stream_pos
            yield _Record(
                offset=offset,
                place=f"{name}:{offset}" + (f"+{nth}" if nth else ""),
                kind=str(record.record_type),
                headers={str(k).lower(): str(v) for k, v in record.headers.items()},
                block=record.reader.read(MAX_BYTES + 1),
            )
    except (OSError, ValueError, RuntimeError) as error:
        yield str(error).rstrip(".") or type(error).__name__


def _unsound(record: _Record) -> str:
    """What is wrong with a record itself, or nothing."""
    if record.length is None:
        return "the record's header can't be read or says no length"
    if len(record.block) < min(record.length, MAX_BYTES + 1):
        return (
            f"the file ends inside the record: {len(record.block)} of {record.length} bytes are"
            f" there"
        )
    if _INNER.search(record.block):
        return f"the length of {record.length} bytes reaches into the next record"
    return ""


def _end(stream: IO[bytes], record: _Record) -> int | None:
    """Where a record ends that is followed by what must follow one, else None."""
    stream.seek(record.offset)
    if stream.read(2) == GZIP:
        stream.seek(record.offset)
        unpack = zlib.decompressobj(31)
        data, used = bytearray(), 0
        try:
            while not unpack.eof and len(data) <= 2 * MAX_BYTES and (part := stream.read(_BLOCK)):
                data += unpack.decompress(part)
                used += len(part)
        except zlib.error:
            return None
        if not unpack.eof:
            return None
        head = data.find(_END)
        whole = head + 4 + (record.length or 0) + 4 == len(data) and data.endswith(_END)
        return record.offset + used - len(unpack.unused_data) if whole else None
    stream.seek(record.offset)
    head = stream.read(1 << 15).find(_END)
    stream.seek(record.offset + head + 4 + (record.length or 0))
    end = stream.tell() + len(_END)
    return end if head >= 0 and stream.read(len(_END)) == _END else None


def _next_record(stream: IO[bytes], start: int) -> int | None:
    """The offset of the next record at or behind an offset, in packed or plain files."""
    stream.seek(0)
    packed = stream.read(2) == GZIP
    stream.seek(start)
    base, block = start, b""
    while data := stream.read(_BLOCK):
        block += data
        if packed:
            at = block.find(GZIP)
            while at >= 0:
                if _is_member(stream, base + at):
                    return base + at
                at = block.find(GZIP, at + 1)
        elif match := _HEAD.search(block):
            return base + match.start()
        keep = min(len(block), 32)
        stream.seek(base + len(block))
        base, block = base + len(block) - keep, block[-keep:]
    return None


def _is_member(stream: IO[bytes], offset: int) -> bool:
    """Whether a compressed record begins at an offset."""
    stream.seek(offset)
    try:
        return zlib.decompressobj(31).decompress(stream.read(4096), 16).startswith(b"WARC/")
    except zlib.error:
        return False


def _broken(place: str, fault: str, follows: int | None, record: _Record | None = None) -> Input:
    """A damaged record, or bytes that are none."""
    on = "reading goes on at the next record." if follows else "nothing behind it could be read."
    made = Input(place=place, id=_name(record) if record else place, problems=[])
    what = f"{_address(record)}the record is broken: {fault}; {on}"
    made.problems.append(Problem(where=place, what=what, remedy=_AGAIN))
    return made


def _name(record: _Record) -> str:
    return record.headers.get("warc-record-id", "").strip("<>") or record.place


def _address(record: _Record | None) -> str:
    uri = record.headers.get("warc-target-uri", "").strip("<>") if record else ""
    return f"{uri[:300]}: " if uri else ""


def _input(record: _Record, skipped: Counter[str]) -> Iterator[Input]:
    """The input that a record is, filled in whole, or none for records that are only counted."""
    kind = record.kind
    if kind in _PASSED or record.headers.get("content-type", "").startswith("text/dns"):
        skipped[f"{kind} records"] += 1
        return
    made = Input(place=record.place, id=_name(record), problems=[])
    _fill(made, record, skipped)
    yield made


def _fill(made: Input, record: _Record, skipped: Counter[str]) -> None:
    """Put the page of a record into its input, or why there is none."""
    kind = record.kind

    def note(what: str, remedy: str, *, fatal: bool) -> None:
        text = f"{_address(record)}{what}"
        made.problems.append(Problem(where=record.place, what=text, remedy=remedy, fatal=fatal))

    if len(record.block) > MAX_BYTES:
        note(f"larger than {MAX_BYTES // 1_000_000} MB, which no article is.", "", fatal=True)
        return
    if kind not in ("response", "resource", "conversion"):
        note(f"a record of the kind {kind}, which holds no page.", "", fatal=kind == "unknown")
        skipped[f"{kind} records"] += 1
        return
    page: http.Page | str = http.Page(
        body=record.block, media=http.media(record.headers.get("content-type", ""))
    )
    if kind == "response":
        page = http.page(record.block)
    if isinstance(page, str):
        note(page, "", fatal=True)
        return
    uri = record.headers.get("warc-target-uri", "").strip("<>")
    if uri.split("?")[0].endswith("/robots.txt"):
        skipped["robots.txt"] += 1
        note("skipped: a robots.txt is no article.", "", fatal=False)
    elif page.status != 200:
        skipped[f"answers of status {page.status}"] += 1
        note(f"skipped: the answer's status is {page.status}, no page.", "", fatal=False)
    elif page.is_feed():
        skipped["feeds"] += 1
        note("skipped: a feed is no article.", "", fatal=False)
    elif form := page.form():
        made.form, made.content, made.section = form, page.utf8(), page.section()
        made.url = uri or None
    else:
        skipped[f"{page.media or 'untyped'} files"] += 1
        note(f"skipped: {page.media or 'no media type'} is no page.", "", fatal=False)
