"""The options of `check` about known findings: hide them, say how many, write them down."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from . import inputs

Function = TypeVar("Function", bound=Callable[..., Any])
REASON = "known when the baseline was written"


def options(function: Function) -> Function:
    """The file of known findings, to read or to write."""
    for option in (
        click.option(
            "--write-baseline",
            metavar="FILE",
            help="Add what is found to FILE, so that --baseline hides it from now on.",
        ),
        click.option("--baseline", metavar="FILE", help="Hide the known findings in FILE."),
    ):
        function = option(function)
    return function


class Known:
    """The known findings of the command line; counts what they hide and keeps what is new.

    Raises `ConfigError` where a baseline can't be read.
    """

    def __init__(self, path: str | None, written: str | None) -> None:
        from ..dismissals.file import read_baseline

        self._path, self._written = path, written
        self._known = read_baseline(Path(path)) if path else {}
        if written and Path(written).is_file() and Path(written).stat().st_size:
            read_baseline(Path(written))  # what can't be added to is said before the work
        self._new: list[Any] = []
        self._hidden: Counter[str] = Counter()

    def apply(self, made: Any) -> Any:
        """The lint with its known findings set aside, each with its reason."""
        from ..dismissals.file import apply, dismissals

        if self._path:
            made = apply(made, self._known)
        if self._written:
            self._new += dismissals(made, REASON, date.today())
        self._hidden.update(f.dismissed.by for f in made.dismissed)
        return made

    def sentence(self) -> str:
        """How many findings were set aside, for the end of the report; empty if none were."""
        parts = []
        if number := self._hidden["baseline"]:
            parts.append(f"{number} known one{'s' * (number != 1)} hidden by {self._path}")
        if number := self._hidden["comment"]:
            parts.append(f"{number} dismissed by a comment")
        return "".join(f"; {part}" for part in parts)

    def finish(self) -> None:
        """Write the baseline, and say on standard error how many findings were set aside."""
        from ..dismissals.file import add

        said = self.sentence()
        if said and not inputs.quiet():
            click.echo(f"note: {said.removeprefix('; ')}.", err=True)
        if self._written:
            _, fresh = add(Path(self._written), self._new)
            said = f"{fresh} finding{'s' * (fresh != 1)} added to {self._written}"
            if inputs.quiet():
                return
            click.echo(f"note: {said}.", err=True)
