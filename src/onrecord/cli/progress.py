"""How far a long command is: a bar on a terminal, else a line a minute."""

import sys
import time
from typing import Any

import click

EVERY = 60.0
"""Seconds between lines where there is no terminal."""
AFTER = 1.0
"""Seconds after which a bar is shown."""


class Progress:
    """Told of every result; shows how many there are, how fast, and how long it will take.

    `lines` says whether a line a minute is written where there is no terminal; `silent` that
    nothing is shown at all.
    """

    def __init__(self, *, lines: bool = True, silent: bool = False) -> None:
        self._begun = self._said = time.monotonic()
        self._terminal, self._lines = sys.stderr is not None and sys.stderr.isatty(), lines
        if silent:
            self._terminal = self._lines = False
        self._bar: Any = None
        self._task: Any = None

    def show(self, done: int, new: int, share: float | None) -> None:
        """`done` results in all, `new` of this run, and the part of the inputs, if it is known."""
        now = time.monotonic()
        if self._terminal and now - self._begun >= AFTER:
            if self._bar is None:
                self._start()
            said = self._sentence(done, new, share, now)
            self._bar.update(self._task, completed=share or 0.0, said=said)
        elif self._lines and not self._terminal and now - self._said >= EVERY:
            self._said = now
            click.echo(f"onrecord: {self._sentence(done, new, share, now)}", err=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("Reading"), BarColumn(), TextColumn("{task.fields[said]}"),
            console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=1.0, said="")
        self._bar.start()

    def _sentence(self, done: int, new: int, share: float | None, now: float) -> str:
        rate = new / max(now - self._begun, 1e-6)
        text = f"{done:,} article{'s' * (done != 1)}, {rate:.1f} a second"
        if share and new:
            text += f", about {clock(done * (1 - share) / share / rate)} left"
        return text


def clock(seconds: float) -> str:
    """A duration in a few words."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min"
