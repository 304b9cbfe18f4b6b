"""What a file may cost: bytes unpacked, steps taken, levels nested, whatever its header says of
itself.

A `Budget` counts while a library works. It remembers that it ran out, so that a library which goes
on after every error can't hide it, and its signal is no `Exception`, so that none can hold it up.
"""

import gzip
import io
import os
import stat
import zipfile
import zlib
from typing import IO, Any

from lxml import etree

ARTICLE_BYTES = 20_000_000
"""Bytes of one article's file, or of one line of JSON Lines."""
ARTICLE_CHARS = 2_000_000
"""Code points of an article's text: two long novels."""
PART_BYTES = 40_000_000
"""Bytes that one part of a package (DOCX, ODT) may unpack to."""
PACKAGE_BYTES = 100_000_000
"""Bytes that all parts of a package which are read may unpack to."""
ENTRIES = 20_000
"""Files in a package."""
STREAM_BYTES = 50_000_000_000
"""Bytes that a compressed file of JSON Lines may unpack to."""
SKIPPED_BYTES = 1_000_000_000
"""Bytes of one overlong line that are passed over to reach the next."""


class Spent(BaseException):
    """More was asked for than a file may cost. Caught where the budget was made, nowhere
    between."""


class LimitError(Exception):
    """A file costs more than any article would; says what of."""


class Budget:
    """So many bytes or steps, and no more."""

    def __init__(self, most: int) -> None:
        self.left = most

    @property
    def spent(self) -> bool:
        """Whether more was asked for than there was."""
        return self.left < 0

    def take(self, number: int = 1) -> None:
        """Use up a number of bytes or steps. Raises `Spent`, and does so again ever after."""
        self.left -= number
        if self.left < 0:
            raise Spent


class Package:
    """The parts of a zipped document, unpacked one by one and counted while they are.

    Raises `LimitError`, or whatever the zip library raises for a damaged file. Nothing is ever
    written to disk, so a part's name can lead nowhere.
    """

    def __init__(self, raw: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(raw))
        names = self._archive.namelist()
        if len(names) > ENTRIES:
            raise LimitError(f"is made of {len(names):,} files, which no article is.")
        self.names = frozenset(names)
        self._left = PACKAGE_BYTES

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none of this name."""
        if name not in self.names:
            return None
        parts, length = [], 0
        with self._archive.open(name) as part:
            while chunk := part.read(1 << 16):
                length += len(chunk)
                self._left -= len(chunk)
                if length > PART_BYTES or self._left < 0:
                    raise LimitError(f"unpacks to more than {PART_BYTES // 1_000_000} MB.")
                parts.append(chunk)
        return b"".join(parts)

    def xml(self, name: str) -> Any:
        """The root element of a part in XML, or None. Raises `LimitError` for one that declares
        entities."""
        raw = self.read(name)
        return None if raw is None else parse_xml(raw)


def parse_xml(raw: bytes) -> Any:
    """The root element of XML that may come from anybody: no entities, nothing fetched, 256 levels.

    Raises `LimitError` where it declares a document type, `lxml.etree.XMLSyntaxError` where it is
    broken.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    root = etree.fromstring(raw, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise LimitError("declares entities of its own, which no word processor writes.")
    return root


def open_file(path: str | bytes | os.PathLike[str]) -> IO[bytes]:
    """A file or pipe, opened for reading without waiting for a writer.

    Raises `OSError`; a device that never ends is refused (`LimitError`).
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not os.isatty(handle)):
            raise LimitError("is a device, not a file.")
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


class Unzipped(io.RawIOBase):
    """The bytes of a gzip file, counted. Raises `LimitError` when there are more than `most`."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self._file = gzip.GzipFile(fileobj=stream)
        self._left = most

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; the number of bytes, 0 at the end. Raises `OSError` for damaged files."""
        try:
            chunk = self._file.read1(len(buffer))
        except (EOFError, zlib.error) as error:
            raise OSError(f"this gzip file is damaged: {error}") from error
        self._left -= len(chunk)
        if self._left < 0:
            raise LimitError("unpacks to more than any article.")
        buffer[: len(chunk)] = chunk
        return len(chunk)


def unzipped(stream: IO[bytes], most: int) -> IO[bytes]:
    """A gzip stream, unpacked while it is read and never beyond `most` bytes."""
    return io.BufferedReader(Unzipped(stream, most), 1 << 16)
