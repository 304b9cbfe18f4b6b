"""JSON and JSON Lines to articles, an object an article.

One bad line costs one article. Lines are read one by one, so a file may be of any length.
"""

import json
import re
from collections.abc import Iterator, Sequence
from json.decoder import JSONDecoder, scanstring  # type: ignore[attr-defined]
from typing import IO, Any, NamedTuple

from ..records import Article, Problem
from . import charset
from .fields import KNOWN, Item, Literal, article_of
from .given import Given, note
from .limits import SKIPPED_BYTES

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|.)", re.DOTALL)


def read_lines(
    stream: IO[bytes], name: str, given: Given, limit: int
) -> Iterator[Article | Problem]:
    """The articles of JSON Lines, each called by its `id` or by `name:LINE`."""
    seen: set[str] = set()
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > limit:
            what = f"the line is longer than {limit // 1_000_000} MB."
            yield Problem(where=where, what=what, remedy="Give one article a line.")
            if not _passed_over(stream, line, limit):
                what = "the line goes on without end; nothing behind it was read."
                yield Problem(where=where, what=what, remedy="Give one article a line.")
                return
            continue
        if number == 1 and line[:2] in (b"\xff\xfe", b"\xfe\xff"):
            what = "this is UTF-16, whose lines can't be read one by one."
            yield Problem(where=name, what=what, remedy="Save it as UTF-8.")
            return
        if line.strip():
            yield from _read_line(line, where, (name, number), given, seen)
    if not number:
        yield Problem(where=name, what="the file is empty.", remedy="Give one article a line.")


def _passed_over(stream: IO[bytes], line: bytes, limit: int) -> bool:
    """Whether an overlong line came to an end; what is passed over is bounded."""
    passed = 0
    while line and not line.endswith(b"\n"):
        passed += len(line)
        if passed > SKIPPED_BYTES:
            return False
        line = stream.readline(limit)
    return True


def read_json(
    raw: bytes, name: str, given: Given, *, agency: bool = False
) -> Iterator[Article | Problem]:
    """The article of a JSON object, or the articles of a JSON array of them.

    With `agency` it must be ninjs, the news agencies' JSON.
    """
    source, problems = charset.text_of(raw, name)
    yield from problems
    if source is None:
        return
    try:
        value = json.loads(source)
    except (ValueError, RecursionError) as error:
        yield Problem(where=name, what=f"this is not JSON ({error}).", remedy="Mend the file.")
        return
    seen: set[str] = set()
    if agency and not _is_ninjs(value):
        what = 'this is no ninjs: it has no "uri", or neither "bodies" nor "body_text".'
        yield Problem(where=name, what=what, remedy="Leave --from out.")
        return
    if isinstance(value, dict):
        for key in ("articles", "items", "results", "docs", "hits", "data"):
            if isinstance(value.get(key), list) and value[key] and isinstance(value[key][0], dict):
                what = f'read the {len(value[key])} articles under "{key}".'
                yield note(name, what, "Give an array or JSON Lines to have it otherwise.")
                start = _inside(source, _skipped(source, 0), key)
                yield from _array(source, start, name, given)
                return
        yield from _value(value, name, _Place(name, source, 1, 1), given, seen)
    elif isinstance(value, list):
        yield from _array(source, _skipped(source, 0), name, given)
    else:
        yield Problem(where=name, what="not a JSON object.", remedy=f"Known fields: {KNOWN}.")


def _is_ninjs(value: Any) -> bool:
    items = value if isinstance(value, list) else [value]
    bodies = ("bodies", "body_text", "body_xhtml", "body_html")
    return bool(items) and all(
        isinstance(one, dict) and "uri" in one and any(key in one for key in bodies)
        for one in items
    )


class _Place(NamedTuple):
    """A stretch of JSON that holds one object, and where it begins in its file."""

    path: str
    source: str
    line: int
    column: int


def _array(source: str, at: int, name: str, given: Given) -> Iterator[Article | Problem]:
    """The articles of the array that begins there, whose JSON is known to be sound."""
    seen: set[str] = set()
    number, line, line_start, counted = 0, 1, 0, 0
    at = _skipped(source, at + 1)
    while source[at : at + 1] not in ("", "]"):
        number += 1
        line += source.count("\n", counted, at)
        line_start = max(line_start, source.rfind("\n", counted, at) + 1)
        counted = at
        value, end = _DECODER.raw_decode(source, at)
        place = _Place(name, source[at:end], line, at - line_start + 1)
        yield from _value(value, f"{name}:{number}", place, given, seen)
        at = _skipped(source, end)
        if source[at : at + 1] == ",":
            at = _skipped(source, at + 1)


def _read_line(
    line: bytes, where: str, place: tuple[str, int], given: Given, seen: set[str]
) -> Iterator[Article | Problem]:
    source, problems = charset.text_of(line.rstrip(b"\r\n"), where)
    yield from problems
    if source is None:
        return
    try:
        # The standard library's reader, for it takes the lone surrogates that some exports hold.
        value = json.loads(source)
    except (ValueError, RecursionError) as error:
        remedy = "Each line must be one JSON object."
        yield Problem(where=where, what=f"the line is not JSON ({error}).", remedy=remedy)
        return
    yield from _value(value, where, _Place(place[0], source, place[1], 1), given, seen)


def _value(
    value: Any, where: str, place: _Place, given: Given, seen: set[str]
) -> Iterator[Article | Problem]:
    """One article from a decoded JSON value."""
    if not isinstance(value, dict):
        yield Problem(where=where, what="not a JSON object.", remedy=f"Known fields: {KNOWN}.")
        return

    def literal(keys: Sequence[str | int], text: str) -> Literal | None:
        return _literal(place, keys)

    yield from article_of(Item(value, where, place.path, place.line, literal), given, seen)


_DECODER = JSONDecoder(strict=False)


def _inside(source: str, at: int, wanted: str | int) -> int:
    """Where the value of a key, or of a number in an array, begins; the last one of its name."""
    found, number = at, 0
    closing = "}" if source[at] == "{" else "]"
    at = _skipped(source, at + 1)
    while at < len(source) and source[at] != closing:
        key: str | int = number
        if closing == "}":
            key, at = scanstring(source, at + 1, False)
            at = _skipped(source, _skipped(source, at) + 1)
        if key == wanted:
            found = at
            if closing == "]":
                return found
        _, at = _DECODER.raw_decode(source, at)
        at = _skipped(source, at)
        if source[at : at + 1] == ",":
            at = _skipped(source, at + 1)
        number += 1
    return found


def _skipped(source: str, at: int) -> int:
    match = _SPACE.match(source, at)
    return match.end() if match else at


def _literal(place: _Place, keys: Sequence[str | int]) -> Literal | None:
    """How the string under these keys is written: where each stretch without an escape begins."""
    source = place.source
    try:
        start = _skipped(source, 0)
        for key in keys:
            start = _inside(source, start, key)
        if source[start : start + 1] != '"':
            return None
        _, end = scanstring(source, start + 1, False)
    except (ValueError, IndexError, RecursionError):
        return None
    offsets, places = [0], [start + 1]
    offset, at, high = 0, start + 1, False
    for escape in _ESCAPE.finditer(source, start + 1, end - 1):
        offset += escape.start() - at
        unit = int(escape.group(1), 16) if escape.group(1) else -1
        pair = high and escape.start() == at and 0xDC00 <= unit < 0xE000
        dropped = escape.group() == "\\r" and source.startswith(("\\n", "\n"), escape.end())
        offset += not (pair or dropped)
        high = 0xD800 <= unit < 0xDC00
        at = escape.end()
        offsets.append(offset)
        places.append(at)
    return Literal(source, offsets, places, place.line, place.column)
