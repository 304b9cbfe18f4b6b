"""The articles that the web app keeps: in memory, or in a folder where the user asked for that."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ..dismissals.file import Dismissal, add, read_baseline, remove
from ..errors import ConfigError, OutputError
from ..files import write_bytes
from .choices import Choices
from .jobs import Held, Kept, restored

MOST = 200
"""Articles kept; the oldest goes first."""
SUFFIX = ".analysis.json"


class Item(msgspec.Struct):
    """An article on the shelf, with the verdicts on its quotations once it was verified."""

    id: str
    kept: Kept
    first: Kept
    """As it was first checked; what changed since then is shown."""
    time: float
    """When it was given, in seconds since 1970."""
    held: Held | None = None
    draft: Kept | None = None
    """What was made of it on its page and not kept: never in a file, gone with the server."""
    chosen: Choices | None = None
    """The settings chosen on its page."""
    first_chosen: Choices | None = None

    @property
    def now(self) -> Kept:
        """What is shown of it: the draft where there is one."""
        return self.draft or self.kept


class Shelf:
    """The last articles, newest first, and what was dismissed in them."""

    def __init__(self, folder: Path | None = None, baseline: Path | None = None) -> None:
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._folder = folder
        self._baseline = baseline or (folder / "onrecord-baseline.json" if folder else None)
        self._dismissed: dict[str, Dismissal] = {}
        self._seen: tuple[int, int, int] | None = None
        if folder:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                paths = sorted(folder.glob(f"*{SUFFIX}"), key=lambda p: p.stat().st_mtime)
            except OSError as error:
                what = f"can't be used ({error.strerror})."
                raise OutputError(str(folder), what, "Name another folder with --keep.") from error
            for path in paths[-MOST:]:
                self._restore(path)
        if self._baseline and self._baseline.exists():
            read_baseline(self._baseline)  # what can't be read is said before anything is served

    def _restore(self, path: Path) -> None:
        try:
            kept = restored(path.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return  # another version's file; it stays where it is
        name = path.name.removesuffix(SUFFIX)
        self._items[name] = Item(id=name, kept=kept, first=kept, time=path.stat().st_mtime)

    @property
    def dismissed(self) -> dict[str, Dismissal]:
        """The dismissals, read anew where somebody else changed the file."""
        if self._baseline:
            try:
                found = self._baseline.stat()
                now = (found.st_mtime_ns, found.st_size, found.st_ino)
                if now != self._seen:
                    self._dismissed, self._seen = read_baseline(self._baseline), now
            except (OSError, ConfigError):
                pass  # half edited or gone: what was known still counts
        return self._dismissed

    @property
    def place(self) -> str:
        """Where articles are kept, in words."""
        if self._folder:
            return f"Kept in {self._folder}, the last {MOST}."
        return f"Kept in memory, the last {MOST}, and forgotten when the server ends."

    def __iter__(self) -> Iterator[Item]:
        return iter(reversed(self._items.values()))

    def put(self, kept: Kept, chosen: Choices | None = None) -> Item:
        """Keep an article; its id can't be guessed, and is the same for the same article while
        kept.

        `chosen` are the settings that it was checked with.

        Raises `OutputError` where it is to be kept in a folder and can't.
        """
        for item in self._items.values():
            if item.kept.digest == kept.digest:
                self._items.move_to_end(item.id)
                item.draft, item.chosen = None, chosen
                item.kept = kept
                return item
        name = secrets.token_urlsafe(9)
        if self._folder:
            self._write(name, kept)
        item = self._items[name] = Item(
            id=name, kept=kept, first=kept, time=time.time(), chosen=chosen, first_chosen=chosen
        )
        while len(self._items) > MOST:
            self.forget(next(iter(self._items)))
        return item

    def keep_draft(self, item: Item) -> None:
        """Let an article's draft take its place, in the folder too.

        Raises `OutputError` where it can't be written.
        """
        if item.draft is None:
            return
        if self._folder:
            self._write(item.id, item.draft)
        item.kept, item.draft, item.held = item.draft, None, None

    def _write(self, name: str, kept: Kept) -> None:
        # In the order of their writing; a draft is readable by its owner only.
        assert self._folder is not None
        write_bytes(self._folder / f"{name}{SUFFIX}", kept.analysis, private=True)

    def get(self, name: str) -> Item | None:
        """The article of an id."""
        return self._items.get(name)

    def forget(self, name: str) -> None:
        """Remove an article, from the folder too. Raises `OutputError` where that can't be done."""
        if name in self._items and self._folder:
            try:
                (self._folder / f"{name}{SUFFIX}").unlink(missing_ok=True)
            except OSError as error:
                what = f"can't be removed ({error.strerror})."
                raise OutputError(f"{name}{SUFFIX}", what, "Remove it by hand.") from error
        self._items.pop(name, None)

    def restore(self, fingerprint: str) -> None:
        """Take a dismissal back, in the baseline file too where there is one."""
        if self._baseline and self._baseline.exists():
            self._dismissed = remove(self._baseline, fingerprint)
            self._seen = None
        else:
            self._dismissed.pop(fingerprint, None)

    def dismiss(self, entry: Dismissal) -> None:
        """Remember a dismissal, in the baseline file where there is one, beside others' entries."""
        if self._baseline:
            self._dismissed, _ = add(self._baseline, [entry], anew=True)
            self._seen = None
        else:
            self._dismissed[entry.fingerprint] = entry
