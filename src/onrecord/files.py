"""Writing files: whole or not at all, where the user meant, and never over something else.

Every file that onrecord writes goes through here. A new file's mode follows the umask, an old one
keeps its own; a symbolic link is followed; a device or pipe is written to, never replaced; a file
with several names (hard links) or another owner is filled in place, so that it stays what it was.
What is read can't be written over: callers name their inputs, and `refuse` says so.
"""

import errno
import glob
import io
import os
import secrets
import stat
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from .errors import ConfigError, OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_WORDS = {
    errno.ENOSPC: ("the disk is full", "Make room, or write somewhere else."),
    errno.EDQUOT: ("the quota is used up", "Make room, or write somewhere else."),
    errno.EROFS: ("the disk can only be read", "Write somewhere else."),
    errno.EACCES: ("permission denied", "Check the permissions of the file and of its folder."),
    errno.EPERM: ("permission denied", "Check the permissions of the file and of its folder."),
    errno.ENOENT: ("there is no such folder", "Make the folder first."),
    errno.ENOTDIR: ("what should be its folder is a file", "Check the path."),
    errno.EISDIR: ("this is a folder", "Name a file in it."),
    errno.EPIPE: ("whoever read it has gone", "Run it again."),
    errno.EFBIG: ("the file would be larger than is allowed", "Write somewhere else."),
}
_ours = threading.RLock()
"""Threads of one process take turns even where the file system knows no locks."""


def fault(where: str, error: OSError) -> OutputError:
    """What to say where writing failed: the place, what happened, what to do."""
    words, remedy = _WORDS.get(error.errno or 0, (error.strerror or "", "Check the path."))
    return OutputError(where, f"can't be written ({words}).", remedy)


@contextmanager
def written(path: str | os.PathLike[str], *, private: bool = False) -> Iterator[IO[bytes]]:
    """A stream whose bytes become the file when the block ends; if it fails, the old file stays.

    `private` files are readable by their owner only. Raises `OutputError` where it can't be
    written.
    """
    name = os.fspath(path)
    with _said(name):
        target = Path(os.path.realpath(name))
        old = _stat(target)
        if old and stat.S_ISDIR(old.st_mode):
            raise OSError(errno.EISDIR, "")
        if old and not os.access(target, os.W_OK):
            raise OSError(errno.EACCES, "")
    if old and not stat.S_ISREG(old.st_mode):
        with _said(name):
            device = _Saying(os.open(target, os.O_WRONLY), name)
        with io.BufferedWriter(device) as file:
            yield file
    elif old and not _ours_alone(target, old):
        kept = io.BytesIO()
        yield kept
        with _said(name):
            _fill(target, kept.getvalue())
    else:
        yield from _replaced(name, target, old, private)


@contextmanager
def _said(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise fault(name, error) from error


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


class _Saying(io.RawIOBase):
    """An open file that says in words why it can't be written."""

    def __init__(self, handle: int, name: str) -> None:
        self._handle, self._name = handle, name

    def writable(self) -> bool:
        """Always."""
        return True

    def fileno(self) -> int:
        """The open file's number."""
        return self._handle

    def write(self, data: object) -> int:
        """How many bytes it took."""
        with _said(self._name):
            return os.write(self._handle, data)  # type: ignore[arg-type]

    def close(self) -> None:
        """Close the file; once is enough."""
        if not self.closed:
            super().close()
            os.close(self._handle)


def _ours_alone(target: Path, old: os.stat_result) -> bool:
    """Whether a new file may take the place of the old one without anything being lost by it."""
    if not hasattr(os, "getuid"):
        return True
    return (
        old.st_nlink == 1
        and old.st_uid == os.geteuid()
        and not os.path.ismount(target)
        and os.access(target.parent, os.W_OK)
    )


def _fill(target: Path, raw: bytes) -> None:
    """Write into the file that is there; room is made first, so that a full disk loses nothing."""
    handle = os.open(target, os.O_WRONLY)
    try:
        before = os.fstat(handle).st_size
        if hasattr(os, "posix_fallocate") and len(raw) > before:
            try:
                os.posix_fallocate(handle, 0, len(raw))
            except OSError as error:
                os.ftruncate(handle, before)
                if error.errno not in (errno.EOPNOTSUPP, errno.EINVAL):
                    raise
        view = memoryview(raw)
        while view:
            view = view[os.write(handle, view) :]
        os.ftruncate(handle, len(raw))
        os.fsync(handle)
    finally:
        os.close(handle)


def _replaced(
    name: str, target: Path, old: os.stat_result | None, private: bool
) -> Iterator[IO[bytes]]:
    """Write beside the target, then take its place."""
    beside = target.parent / f".onrecord-{secrets.token_hex(6)}"
    mode = 0o600 if private else 0o666  # less the umask
    new = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with _said(name):
        device = _Saying(os.open(beside, new, mode), name)
    try:
        with io.BufferedWriter(device) as file:
            yield file
            file.flush()
            with _said(name):
                os.fsync(file.fileno())
        with _said(name):
            if old:
                beside.chmod(stat.S_IMODE(old.st_mode))
            os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def write_bytes(path: str | os.PathLike[str], raw: bytes, *, private: bool = False) -> None:
    """Write a file in one go. Raises `OutputError` where it can't be written."""
    with written(path, private=private) as file:
        file.write(raw)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others who change the same file waiting: threads, and processes by a lock on its folder.

    On a file system without locks, and on Windows, only this process's threads wait.
    """
    with _ours:
        handle = None
        if fcntl is not None:
            with suppress(OSError):
                handle = os.open(Path(os.path.realpath(path)).parent, os.O_RDONLY)
                fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            if handle is not None:
                os.close(handle)


def refuse(option: str, path: str | None, inputs: Iterable[str]) -> None:
    """Raise `ConfigError` where a file to be written is one of the inputs, under whatever name.

    An input is a file, a folder (whatever is in it), a pattern, or `-` for standard input.
    """
    mark = _mark(path) if path and path != "-" else None
    if path is None or mark is None:
        return
    for given in inputs:
        if any(_mark(name) == mark for name in _named(given)) or _inside(path, given):
            remedy = "Name another file; what is read is never written over."
            raise ConfigError(option, f"{path} is one of the inputs ({given}).", remedy)


def _mark(path: str | int) -> tuple[int, int] | None:
    """What makes two names one file; nothing for what isn't a file yet, or is none."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def _named(given: str) -> Iterator[str | int]:
    if given == "-":
        with suppress(OSError, ValueError, AttributeError):
            yield sys.stdin.fileno()
        return
    yield given
    if glob.has_magic(given):
        yield from glob.iglob(given, recursive=True)


def _inside(path: str, folder: str) -> bool:
    """Whether a file that is there already stands in a folder that is read."""
    if not os.path.isdir(folder):
        return False
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
