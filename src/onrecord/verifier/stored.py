"""An index file: the words of materials as they were read once, by what the texts hold.

A text that changed has another digest and is read anew; a file of another version, of other
tolerances, or a damaged one is made anew as a whole, which is said. It holds the materials of the
last run and no others, so that it doesn't grow for ever.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec
import numpy as np

from .. import __version__
from ..errors import ConfigError
from .index import Rows

_MAGIC = b"\x83\xa7version"
"""How msgpack begins a file of ours."""
_ANOTHER = "Name another file, or delete this one."

FORMS = 1
"""Goes up when the forms that words are compared in change."""


class _File(msgspec.Struct):
    version: str
    tolerate: list[str]
    texts: dict[str, Rows]


def load_rows(path: str | Path, tolerate: Iterable[str]) -> tuple[dict[str, Rows], str]:
    """What an index file knows, and why it is of no use where it is there and can't be used.

    Raises `ConfigError` where the file is there and is no index: it isn't written over.
    """
    try:
        given = Path(path).read_bytes()
    except FileNotFoundError:
        return {}, ""
    except OSError as e:
        raise ConfigError(str(path), f"can't be read: {e.strerror}.", _ANOTHER) from None
    if not given:
        return {}, ""
    if not given.startswith(_MAGIC):
        what = "is no index that onrecord wrote, and isn't written over."
        raise ConfigError(str(path), what, _ANOTHER)
    try:
        read = msgspec.msgpack.decode(given, type=_File)
    except msgspec.DecodeError:
        return {}, "the index is damaged"
    if read.version != _version():
        return {}, f"the index is of another version ({read.version})"
    if read.tolerate != sorted(tolerate):
        return {}, "the index was made with other tolerances"
    if not all(_whole(rows) for rows in read.texts.values()):
        return {}, "the index is damaged"
    return read.texts, ""


def _whole(rows: Rows) -> bool:
    """Whether what was read can be the words of a text."""
    if not len(rows.ids) == len(rows.starts) == len(rows.ends) or len(rows.ids) % 4:
        return False
    ids, starts, ends = (np.frombuffer(r, np.int32) for r in (rows.ids, rows.starts, rows.ends))
    if not len(ids):
        return True
    inside = ids.min() >= 0 and ids.max() < len(rows.forms)
    return bool(inside and starts.min() >= 0 and (starts < ends).all())


def rows_bytes(known: dict[str, Rows], tolerate: Iterable[str]) -> bytes:
    """An index file's bytes."""
    return msgspec.msgpack.encode(_File(_version(), sorted(tolerate), known))


def _version() -> str:
    return f"{__version__}/{FORMS}"
