"""What a form gives: read in a thread, in memory, whatever the browser sends.

The libraries' own reading would spool large files to disk and hold up whoever else is asking.
"""

import asyncio
from collections.abc import AsyncGenerator, Coroutine
from pathlib import PurePath
from typing import Any, NamedTuple

from starlette.datastructures import FormData, Headers, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from .faults import RequestError

PASTED = "pasted text"
"""What a text from the paste box is called where a file has its name."""
_LARGEST = 5_000_000
"""Bytes of a field or file; the guard limits the whole to the same."""
_FILES, _FIELDS = 100, 60
_LONGEST = 200
"""Characters of a file's name."""


class Form(NamedTuple):
    """What a form gives: its fields, the last of a name, and its files by field, name and bytes."""

    fields: dict[str, str]
    files: tuple[tuple[str, str, bytes], ...] = ()
    several: tuple[tuple[str, str], ...] = ()
    """All fields in order, those of one name too."""

    def all(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.several if key == name]

    def given(self, file: str = "file", field: str = "text") -> tuple[bytes, str]:
        """The bytes and the name of what was given: the file, else the pasted text."""
        for key, name, raw in self.files:
            if key == file:
                return raw, name
        text = self.fields.get(field, "")
        if not text.strip():
            remedy = "Paste a text or choose a file."
            raise RequestError(422, "text", "there is nothing in it.", remedy)
        return text.replace("\r\n", "\n").encode("utf-8", "replace"), PASTED


async def read_form(request: Request) -> Form:
    """The form of a request. Raises `RequestError` (400, 415) where its body is none."""
    body = await request.body()
    return await asyncio.to_thread(_parse, request.headers, body)


def _parse(headers: Headers, body: bytes) -> Form:
    async def stream() -> AsyncGenerator[bytes, None]:
        yield body
        yield b""

    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    reading: Coroutine[Any, Any, FormData]
    if kind == "multipart/form-data":
        parser = MultiPartParser(
            headers, stream(), max_files=_FILES, max_fields=_FIELDS, max_part_size=_LARGEST
        )
        parser.spool_max_size = 2 * _LARGEST  # never to disk
        reading = parser.parse()
    elif kind == "application/x-www-form-urlencoded":
        reading = FormParser(headers, stream(), max_fields=_FIELDS, max_part_size=_LARGEST).parse()
    else:
        what = f"{kind or 'nothing'!r} is no form."
        raise RequestError(415, "Content-Type", what, "Send multipart/form-data.")
    try:
        return _form(_finish(reading))
    except MultiPartException as error:
        what = error.message.rstrip(".").lower()
        raise RequestError(400, "form", f"can't be read: {what}.", "Load the page again.") from None
    except Exception as error:  # whatever the parsers stumble over, it is the request that is odd
        what = f"can't be read ({type(error).__name__})."
        raise RequestError(400, "form", what, "Load the page again.") from None


def _finish(reading: Coroutine[Any, Any, FormData]) -> FormData:
    """The result of parsing, which waits for nothing as its body is here."""
    try:
        reading.send(None)
    except StopIteration as end:
        found: FormData = end.value
        return found
    reading.close()
    raise RuntimeError("the parser waits")


def _form(found: FormData) -> Form:
    fields, files = [], []
    for key, value in found.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                name = _plain(PurePath(value.filename).name)[-_LONGEST:]
                files.append((_plain(key), name, value.file.read()))
            value.file.close()
        else:
            fields.append((_plain(key), _plain(value)))
    return Form(dict(fields), tuple(files), tuple(fields))


def _plain(words: str) -> str:
    """Text without halves of surrogate pairs, which odd charsets can bring in."""
    return words.encode("utf-8", "replace").decode("utf-8")
