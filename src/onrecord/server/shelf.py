"""The articles that the web app keeps: in memory, or in a folder where the user asked for that."""

import hashlib
import os
import secrets
import tempfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..dismissals.file import Dismissal, read_baseline, write_baseline
from ..errors import OutputError
from ..records import Analysis, Verification

MOST = 50
"""Articles kept; the oldest goes first."""


class Item(msgspec.Struct):
    """An article on the shelf, with the verdicts on its quotations once it was verified."""

    id: str
    analysis: Analysis
    verification: Verification | None = None


class Shelf:
    """The last articles, newest first, and what was dismissed in them."""

    def __init__(self, folder: Path | None = None, baseline: Path | None = None) -> None:
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._folder = folder
        self._baseline = baseline or (folder / "onrecord-baseline.json" if folder else None)
        self.dismissed: dict[str, Dismissal] = {}
        if self._baseline and self._baseline.exists():
            self.dismissed = read_baseline(self._baseline)
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            for path in sorted(folder.glob("*.analysis.json"), key=lambda p: p.stat().st_mtime):
                self._restore(path)

    def _restore(self, path: Path) -> None:
        try:
            analysis = msgspec.json.decode(path.read_bytes(), type=Analysis)
        except (OSError, msgspec.DecodeError):
            return  # another version's file; it stays where it is
        name = path.name.removesuffix(".analysis.json")
        self._items[name] = Item(id=name, analysis=analysis)

    @property
    def kept(self) -> str:
        """Where articles are kept, in words."""
        if self._folder:
            return f"Kept in {self._folder}, the last {MOST}."
        return f"Kept in memory, the last {MOST}, and forgotten when the server ends."

    def __iter__(self) -> Iterator[Item]:
        return iter(reversed(self._items.values()))

    def put(self, analysis: Analysis) -> Item:
        """Keep an article; its id can't be guessed, and is the same for the same article while kept."""
        for item in self._items.values():
            if item.analysis.article == analysis.article:
                self._items.move_to_end(item.id)
                return item
        name = secrets.token_urlsafe(9)
        if self._folder:
            name = hashlib.sha256(analysis.article.input.encode()).hexdigest()[:4] + name
            path = self._folder / f"{name}.analysis.json"
            self._write(path, analysis)
        item = self._items[name] = Item(id=name, analysis=analysis)
        while len(self._items) > MOST:
            self.forget(next(iter(self._items)))
        return item

    def _write(self, path: Path, analysis: Analysis) -> None:
        """Write a draft so that only its owner can read it, whole or not at all.

        Raises `OutputError` where it can't be written.
        """
        try:
            handle, name = tempfile.mkstemp(
                dir=path.parent, prefix="."
            )  # readable by the owner only
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(analysis))
            os.replace(name, path)
        except OSError as error:
            what = f"can't be written ({error.strerror})."
            raise OutputError(path.name, what, "Check the folder of --keep.") from error

    def get(self, name: str) -> Item | None:
        """The article of an id."""
        return self._items.get(name)

    def forget(self, name: str) -> None:
        """Remove an article, from the folder too."""
        if self._items.pop(name, None) and self._folder:
            (self._folder / f"{name}.analysis.json").unlink(missing_ok=True)

    def dismiss(self, entry: Dismissal) -> None:
        """Remember a dismissal, in the baseline file where there is one."""
        self.dismissed[entry.fingerprint] = entry
        if self._baseline:
            write_baseline(self._baseline, self.dismissed.values())
