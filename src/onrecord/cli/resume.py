"""JSON Lines with `-o`: written as they come, gone on with after a stop, whole at the end.

Until then they stand beside, in `FILE.KEY.part`, which anyone can read; the key is of what the run
was asked for and of its inputs, so another run never goes on with it.
"""

import hashlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click
import msgspec

from .. import __version__, files
from . import inputs


@contextmanager
def lines(
    path: str | None, asked: dict[str, Any], read: Sequence[str]
) -> Iterator[tuple[IO[str], list[dict[str, Any]]]]:
    """Where to write lines of JSON, and those that an earlier run of the same kind has written.

    `asked` is all that makes the lines what they are; `read` the inputs. What comes from a pipe
    can't be gone on with. Raises `OutputError` where it can't be written.
    """
    special = path is not None and os.path.exists(path) and not os.path.isfile(path)
    if path is None or path == "-" or "-" in read or special:
        with inputs.output(path) as out:
            yield out, []
        return
    part = Path(f"{path}.{_key(asked, read)}.part")
    for other in sorted(part.parent.glob(f"{Path(path).name}.????????.part")):
        if other != part:
            what = "is left of a run with other options or inputs; delete it if nobody needs it."
            click.echo(f"note: {other}: {what}", err=True)
    try:
        earlier = _earlier(part)
        file = part.open("a", encoding="utf-8", errors="replace", newline="\n", buffering=1)
    except OSError as error:
        raise files.fault(path, error) from error
    if earlier:
        click.echo(f"note: going on behind the {len(earlier)} lines in {part}.", err=True)
    try:
        with file:
            yield file, earlier
            file.flush()
            os.fsync(file.fileno())
        _finish(part, path)
    except OSError as error:
        raise files.fault(path, error) from error


def _finish(part: Path, path: str) -> None:
    """The lines become the file; one that is there keeps its mode and its other names."""
    if not os.path.lexists(path):
        os.replace(part, path)
        return
    with files.written(path) as out, part.open("rb") as made:
        shutil.copyfileobj(made, out, io.DEFAULT_BUFFER_SIZE)
    part.unlink()


def _key(asked: dict[str, Any], read: Sequence[str]) -> str:
    """Eight digits of what the run is asked for and of its inputs' names, sizes and times."""
    found = []
    for name in read:
        try:
            said = os.stat(name)
            found.append((name, said.st_size, said.st_mtime_ns))
        except OSError:
            found.append((name, -1, -1))
    value = [__version__, asked, found]
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:8]


def _earlier(part: Path) -> list[dict[str, Any]]:
    """The whole lines that are there; a torn last one is taken away."""
    if not part.exists():
        return []
    raw = part.read_bytes()
    whole = raw.rfind(b"\n") + 1
    if whole < len(raw):
        os.truncate(part, whole)
    return [msgspec.json.decode(line) for line in raw[:whole].splitlines()]
