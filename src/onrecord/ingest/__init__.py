"""Bytes in, articles out: what a file is, how it is decoded, and what can't be read.

Never opens an address, never raises on junk: whatever can't be read becomes a `Problem` that says
what to do, and everything else is still read.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Literal

from ..records import Article, Problem
from . import charset, documents, jsonl
from .given import Given
from .language import language_of
from .plain import make_article

Kind = Literal["text", "markdown", "html", "docx", "json", "jsonl"]
LIMIT = 20_000_000
"""Bytes of one article's file, or of one line of JSON Lines."""
SUFFIXES: dict[str, Kind] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}

__all__ = ["Kind", "read", "read_text"]


def read(
    source: str | os.PathLike[str] | bytes | IO[bytes],
    *,
    kind: Kind | None = None,
    input: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: date | None = None,
) -> Iterator[Article | Problem]:
    """Read the articles of a file: a path, bytes, or an open binary stream.

    `kind` is found by the name's ending and the content where it isn't given; `input` is what
    results call the input (the path as given, or `-`). `title`, `outlet` and `published` are used
    where the input itself doesn't say. Yields an `Article` or a `Problem` for each article, JSON
    Lines one by one. A `Problem` that isn't fatal stands before the article it is about.
    """
    given = Given(title=title, outlet=outlet, published=published)
    if isinstance(source, (str, os.PathLike)):
        name = input or os.fspath(source)
        try:
            stream: IO[bytes] = Path(source).open("rb")  # noqa: SIM115 (closed below)
        except (OSError, ValueError) as error:
            yield _unreadable(name, Path(source), error)
            return
        with stream:
            yield from _read_stream(stream, name, kind or SUFFIXES.get(_suffix(source)), given)
    else:
        stream = io.BytesIO(source) if isinstance(source, bytes) else source
        yield from _read_stream(stream, input or "-", kind, given)


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
    return make_article(
        text,
        input=input,
        raw_digest=hashlib.sha256(text.encode()).hexdigest(),
        extractor="onrecord.plain/1",
        title=title,
        outlet=outlet,
        published=published,
        language=language_of(text),
    )


def _suffix(source: str | os.PathLike[str]) -> str:
    return Path(source).suffix.lower()


def _unreadable(name: str, path: Path, error: Exception) -> Problem:
    if isinstance(error, FileNotFoundError):
        what, remedy = "there is no such file.", "Check the path; `-` reads standard input."
    elif path.is_dir():
        what, remedy = (
            "this is a folder, not a file.",
            "Name the files, for instance folder/*.html.",
        )
    elif isinstance(error, PermissionError):
        what, remedy = "reading this file is not permitted.", "Change its permissions."
    else:
        what, remedy = f"can't be opened ({error}).", "Check the path."
    return Problem(where=name, what=what, remedy=remedy)


def _read_stream(
    stream: IO[bytes], name: str, kind: Kind | None, given: Given
) -> Iterator[Article | Problem]:
    try:
        if kind == "jsonl":
            yield from jsonl.read_lines(stream, name, given, LIMIT)
            return
        raw = stream.read(LIMIT + 1)
    except OSError as error:
        yield Problem(where=name, what=f"can't be read ({error}).", remedy="Name a file.")
        return
    if len(raw) > LIMIT:
        remedy = "Give one article a file, or JSON Lines with an article a line (.jsonl)."
        what = f"larger than {LIMIT // 1_000_000} MB, which no article is."
        yield Problem(where=name, what=what, remedy=remedy)
        return
    if not raw.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        yield Problem(where=name, what="the file is empty.", remedy="Give a file with an article.")
        return
    kind = kind or _sniff(raw)
    if kind == "jsonl":
        yield from jsonl.read_lines(io.BytesIO(raw), name, given, LIMIT)
    elif kind == "json":
        yield from jsonl.read_json(raw, name, given)
    else:
        yield from documents.read_document(raw, name, kind, given)


def _sniff(raw: bytes) -> Kind:
    """What bytes without a telling name seem to be."""
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if raw.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head:
        return "html"
    if head.startswith(b"{"):
        first = raw.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)
        whole = first[0].rstrip().endswith(b"}")
        return "jsonl" if whole and len(first) > 1 and first[1].strip() else "json"
    return "text"
