"""Bytes of an input, unpacked: what it is packed with shows in its first bytes.

Counts the bytes that were read, which tells how far a run is.
"""

import bz2
import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from typing import IO, Any, cast

GZIP, ZSTD, BZIP2, XZ = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"BZh", b"\xfd7zXZ\x00"
MAX_BYTES = 20_000_000
"""Bytes of one article as it is read: of a line, a cell, a record, a file."""


class BrokenInputError(Exception):
    """The bytes end or break where they shouldn't; the text says in a few words how."""


class Counted(io.RawIOBase):
    """A binary stream that counts what is read of it, and gives back its first bytes once more."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.head = stream.read(1 << 12)
        self._left = self.head
        self.taken = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Bytes that were read."""
        return self.taken

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; the number of bytes."""
        size = len(buffer)
        if self._left:
            data, self._left = self._left[:size], self._left[size:]
        else:
            data = self._stream.read(size)
        buffer[: len(data)] = data
        self.taken += len(data)
        return len(data)


def unpacked(buffered: IO[bytes], head: bytes) -> IO[bytes]:
    """The stream without its compression, which the first bytes tell."""
    if head.startswith(GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=buffered, mode="rb"))
    if head.startswith(ZSTD):
        return cast(IO[bytes], io.BufferedReader(_Frames(buffered), 1 << 18))
    if head.startswith(BZIP2):
        return cast(IO[bytes], bz2.BZ2File(buffered))
    if head.startswith(XZ):
        return cast(IO[bytes], lzma.LZMAFile(buffered))
    return buffered


class _Frames(io.RawIOBase):
    """The frames of a zstd stream; an end inside a frame, which the library passes over, is
    said."""

    def __init__(self, stream: IO[bytes]) -> None:
        import zstandard

        self._stream = stream
        self._new = zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj
        self._frame: Any = None
        self._packed = self._plain = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into a buffer; the number of bytes."""
        while not self._plain:
            if not self._packed and not (packed := self._stream.read(1 << 14)):
                if self._frame is not None:
                    raise EOFError
                return 0
            elif not self._packed:
                self._packed = packed
            self._frame = self._frame or self._new()
            self._plain = self._frame.decompress(self._packed)
            self._packed = b""
            if self._frame.eof:
                self._packed, self._frame = self._frame.unused_data, None
        size = min(len(buffer), len(self._plain))
        buffer[:size] = self._plain[:size]
        self._plain = self._plain[size:]
        return size


def guarded(stream: IO[bytes], size: int) -> bytes:
    """The next bytes of a stream. Raises `BrokenInputError` where they can't be had."""
    try:
        return stream.read(size)
    except Exception as error:
        raise BrokenInputError(why(error)) from error


def lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a stream, None for one that is too long. Raises `BrokenInputError` where they
    end early."""
    while True:
        try:
            line = stream.readline(MAX_BYTES + 1)
            if len(line) > MAX_BYTES:
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_BYTES)
                yield None
                continue
        except Exception as error:
            raise BrokenInputError(why(error)) from error
        if not line:
            return
        yield line


def why(error: Exception) -> str:
    """What went wrong with packed bytes, in a few words."""
    if isinstance(error, EOFError):
        return "the compressed file ends early: it is cut off"
    if isinstance(error, (gzip.BadGzipFile, zlib.error, lzma.LZMAError)):
        return f"the compressed file is damaged ({error})"
    if type(error).__module__.startswith("zstandard"):
        return f"the compressed file is damaged ({error})"
    if isinstance(error, OSError):
        return f"it can't be read ({error.strerror or error})"
    return f"it can't be read ({error})"
