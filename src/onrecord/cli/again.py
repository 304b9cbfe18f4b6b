"""`--watch`: a command run again whenever one of the files that it reads has changed."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from ..errors import ConfigError, OnrecordError
from ..extras import require

_OURS = ("onrecord.toml", "pyproject.toml")


def run(
    once: Callable[[], int], files: Sequence[str | None], written: Sequence[str | None] = ()
) -> int:
    """Call `once` now and after each change of the files, folders and patterns, until Ctrl-C.

    What the call itself has `written` is no change, wherever it lies. What `once` can't cope with
    is said, and the next change waited for. Returns 0. Raises `ConfigError` for standard input,
    which doesn't change.
    """
    require("watch", "--watch", "watchfiles")
    from watchfiles import watch

    named = [name for name in files if name]
    if "-" in named:
        raise ConfigError("--watch", "standard input can't be watched.", "Name a file.")
    folders = sorted({str(folder) for name in named for folder in _folders(name)} | {os.curdir})
    roots = [folder for folder in folders if os.path.isdir(folder)]
    wanted = [os.path.realpath(name) for name in named]
    ours = {os.path.realpath(name) for name in written if name}
    try:
        _call(once)
        for changes in watch(*roots, recursive=True, raise_interrupt=True):
            changed = {os.path.realpath(path) for _, path in changes} - ours
            if any(_concerns(path, wanted) for path in changed):
                if sys.stdout.isatty():
                    click.clear()
                _call(once)
    except KeyboardInterrupt:
        return 0
    return 0


def _call(once: Callable[[], int]) -> None:
    try:
        once()
    except OnrecordError as error:
        click.echo(f"onrecord: {error}", err=True)
    sys.stdout.flush()
    click.echo("Waiting for changes; Ctrl-C ends it.", err=True)


def _folders(name: str) -> Iterator[Path]:
    """The folder to watch for an input: itself, the one it lies in, or the pattern's fixed part."""
    path = Path(name)
    while not path.is_dir() and path.parent != path:
        path = path.parent
    yield path


def _concerns(path: str, wanted: Sequence[str]) -> bool:
    """Whether a changed file is one of those wanted, lies below one, or is a configuration."""
    if os.path.basename(path) in _OURS:
        return True
    below = (path == one or path.startswith(one + os.sep) for one in wanted)
    return any(below) or any(
        Path(path).match(one) for one in wanted if any(mark in one for mark in "*?[")
    )
