"""Bytes in, articles out: what a file is, how it is decoded, and what can't be read.

Never opens an address, never raises on junk: whatever can't be read becomes a `Problem` that says
what to do, and everything else is still read. What was left out of an article stands in its
`notes`.
"""

import hashlib
import io
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, get_args

import msgspec

from ..records import Article, Problem
from . import charset, documents, jsonl
from .delimited import read_rows
from .given import Given
from .kinds import SUFFIXES, Kind, sniffed, strongly, unread
from .language import foreign, language_of
from .limits import ARTICLE_BYTES, STREAM_BYTES, LimitError, open_file, unzipped
from .plain import make_article

LIMIT = ARTICLE_BYTES
"""Bytes of one article's file, or of one line of JSON Lines."""
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{1,20}://")

__all__ = ["SUFFIXES", "Kind", "read", "read_text"]


def read(
    source: str | os.PathLike[str] | bytes | IO[bytes],
    *,
    kind: Kind | None = None,
    input: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
    language: str | None = None,
    repair: bool = False,
) -> Iterator[Article | Problem]:
    """Read the articles of a file: a path, bytes, or an open binary stream.

    `kind` is found by the name's ending and the content where it isn't given; `input` is what
    results call the input (the path as given, or `-`). `title`, `outlet` and `published` are used
    where the input itself doesn't say, `language` (ISO 639-1) instead of what its words say.
    `repair` puts garbled letters right. Yields an `Article` or a `Problem` for each article, rows
    and lines one by one. A `Problem` that isn't fatal stands before the article it is about, and is
    in its `notes`.
    """
    given = Given(title, outlet, published, language, repair)
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        name = _shown(input or path)
        try:
            stream: IO[bytes] = open_file(path)
        except (OSError, ValueError, LimitError) as error:
            yield _unreadable(name, path, error)
            return
        with stream:
            yield from _read_stream(stream, name, kind, given)
    else:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        yield from _read_stream(stream, _shown(input or "-"), kind, given, named=input)


def _shown(name: str) -> str:
    """A file's name as text that can be passed on: bytes that are no UTF-8 are shown as such."""
    return os.fsencode(name).decode("utf-8", "backslashreplace") if not name.isascii() else name


def read_text(
    text: str,
    *,
    input: str = "-",
    title: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
) -> Article:
    """Make an article of a text; its offsets count from the text's first character.

    Carriage returns before line feeds, a leading byte order mark and lone surrogates are the only
    things that are changed (the last into U+FFFD, the replacement character).
    """
    text, _ = charset.clean(text)
    made = make_article(
        text,
        input=input,
        raw_digest=hashlib.sha256(text.encode()).hexdigest(),
        extractor="onrecord.plain/1",
        title=charset.clean(title)[0] if title else title,
        outlet=charset.clean(outlet)[0] if outlet else outlet,
        published=published,
        language=language_of(text),
    )
    if made.language in (None, "en"):
        return made
    return msgspec.structs.replace(made, notes=(foreign(input, str(made.language)),))


def _unreadable(name: str, path: str, error: Exception) -> Problem:
    if _URL.match(path):
        what, remedy = "onrecord never fetches.", "Save the page, and give the file."
    elif isinstance(error, LimitError):
        what, remedy = f"this {error}", "Give a file."
    elif isinstance(error, FileNotFoundError):
        what, remedy = "there is no such file.", "Check the path; `-` reads standard input."
    elif isinstance(error, IsADirectoryError) or Path(path).is_dir():
        what, remedy = (
            "this is a folder, not a file.",
            "Name the files, for instance folder/*.html.",
        )
    elif isinstance(error, PermissionError):
        what, remedy = "reading this file is not permitted.", "Change its permissions."
    else:
        reason = getattr(error, "strerror", None) or error
        what, remedy = f"can't be opened ({reason}).", "Check the path."
    return Problem(where=name, what=what, remedy=remedy)


def _read_stream(
    stream: IO[bytes], name: str, kind: Kind | None, given: Given, named: str | None = None
) -> Iterator[Article | Problem]:
    """The articles of a stream; `named` is what says its kind where it has no path of its own."""
    path = Path(named if named is not None else name)
    suffix = path.suffix.lower()
    try:
        if suffix in (".gz", ".gzip"):
            suffix = Path(path.stem).suffix.lower()
            stream = unzipped(stream, STREAM_BYTES)
        kind = kind or SUFFIXES.get(suffix)
        if kind == "jsonl":
            yield from jsonl.read_lines(stream, name, given, LIMIT)
            return
        if kind in ("csv", "tsv"):
            yield from read_rows(stream, name, given, LIMIT, "\t" if kind == "tsv" else None)
            return
        raw = stream.read(LIMIT + 1)
        if raw.startswith(b"\x1f\x8b"):
            raw = unzipped(io.BytesIO(raw), STREAM_BYTES).read(LIMIT + 1)
            kind = None if kind in ("text", None) else kind
    except LimitError as error:
        yield Problem(where=name, what=str(error), remedy="Split the file.")
        return
    except OSError as error:
        what = f"can't be read ({error.strerror or error})."
        yield Problem(where=name, what=what, remedy="Name a file.")
        return
    yield from _read_bytes(raw, name, kind, suffix, given)


def _read_bytes(
    raw: bytes, name: str, kind: Kind | None, suffix: str, given: Given
) -> Iterator[Article | Problem]:
    if len(raw) > LIMIT:
        remedy = "Give one article a file, or JSON Lines with an article a line (.jsonl)."
        what = f"larger than {LIMIT // 1_000_000} MB, which no article is."
        yield Problem(where=name, what=what, remedy=remedy)
        return
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        yield Problem(where=name, what="the file is empty.", remedy="Give a file with an article.")
        return
    if said := unread(raw, suffix):
        what, remedy = said
        yield Problem(where=name, what=f"this is {what}.", remedy=remedy)
        return
    strong = strongly(raw)
    if kind is None or (strong and kind in ("text", "docx", "odt", "html", "markdown")):
        kind = strong or kind or sniffed(raw)
    if kind == "jsonl":
        yield from jsonl.read_lines(io.BytesIO(raw), name, given, LIMIT)
    elif kind in ("csv", "tsv"):
        yield from read_rows(io.BytesIO(raw), name, given, LIMIT)
    elif kind in ("json", "ninjs"):
        yield from jsonl.read_json(raw, name, given, agency=kind == "ninjs")
    elif kind == "newsml":
        from .newsml import read_newsml

        yield from read_newsml(raw, name, given)
    else:
        yield from documents.read_document(raw, name, kind, given)


KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of files that are read."""
