"""Which files an agent may have read: regular ones in the folders that were named at start."""

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from ..errors import ConfigError, OnrecordError

LARGEST = 20_000_000
"""Bytes of a file."""


class FolderError(OnrecordError):
    """A file that may not be read, or can't be."""


class Folders:
    """The folders named at start; links are followed before anything is compared."""

    def __init__(self, named: Sequence[str | os.PathLike[str]]) -> None:
        self._roots = []
        for folder in named:
            root = Path(folder).resolve()
            if not root.is_dir():
                raise ConfigError(os.fspath(folder), "there is no such folder.", "Check the path.")
            self._roots.append(root)

    def __bool__(self) -> bool:
        return bool(self._roots)

    @property
    def shown(self) -> str:
        """The folders, for a sentence."""
        return ", ".join(map(str, self._roots))

    def read(self, given: str) -> bytes:
        """The bytes of a file, whose path may be relative to any of the folders.

        Raises `FolderError` where it stands outside of them, through whatever links and dots, is
        no regular file, or is too large.
        """
        if not self._roots:
            remedy = "Give the text, or start it with folders: onrecord mcp FOLDER."
            raise FolderError(given, "this server was started without folders.", remedy)
        for root in self._roots:
            try:
                path = (root / given).resolve()
                if not path.is_relative_to(root):
                    continue
                return self._bytes(path, given)
            except FileNotFoundError:
                continue
            except (OSError, ValueError, RuntimeError) as error:
                reason = getattr(error, "strerror", None) or "an odd path"
                raise FolderError(given, f"can't be read ({reason}).", "Check the path.") from None
        remedy = f"Files are read from: {self.shown}."
        raise FolderError(given, "there is no such file in the folders named at start.", remedy)

    def _bytes(self, path: Path, given: str) -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode):
                raise FolderError(given, "this is no regular file.", "Name an article's file.")
            # A folder on the way may have become a link since: then it is another file by now.
            again = path.resolve()
            if again != path or not os.path.samestat(os.stat(path), found):
                raise FolderError(given, "it was moved just now.", "Ask again.")
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            what = f"larger than {LARGEST // 1_000_000} MB, which no article is."
            raise FolderError(given, what, "Use the command line.")
        return raw
