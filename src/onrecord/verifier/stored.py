"""An index file: the words of materials as they were read once, by what the texts hold.

A text that changed has another digest and is read anew; a file of another version, of other
tolerances, or a damaged one is made anew as a whole.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from .. import __version__
from .index import Rows

FORMS = 1
"""Goes up when the forms that words are compared in change."""


class _File(msgspec.Struct):
    version: str
    tolerate: list[str]
    texts: dict[str, Rows]


def load_rows(path: str | Path, tolerate: Iterable[str]) -> dict[str, Rows]:
    """What an index file knows; nothing where there is none, or one that can't be used."""
    try:
        read = msgspec.msgpack.decode(Path(path).read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError):
        return {}
    if read.version != _version() or read.tolerate != sorted(tolerate):
        return {}
    whole = {
        digest: rows
        for digest, rows in read.texts.items()
        if len(rows.ids) == len(rows.starts) == len(rows.ends) and len(rows.ids) % 4 == 0
    }
    return whole if len(whole) == len(read.texts) else {}


def rows_bytes(known: dict[str, Rows], tolerate: Iterable[str]) -> bytes:
    """An index file's bytes."""
    return msgspec.msgpack.encode(_File(_version(), sorted(tolerate), known))


def _version() -> str:
    return f"{__version__}/{FORMS}"
