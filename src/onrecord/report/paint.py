"""How a terminal shows words: in colour where somebody wants it, folded at the window's width.

Colour only repeats what the words say, so nothing is lost without it.
"""

import os
import shutil
import textwrap
from typing import IO, Literal, NamedTuple

When = Literal["auto", "always", "never"]
WHEN: tuple[When, ...] = ("auto", "always", "never")

_CODES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "good": "32",
    "bad": "31",
    "strong": "1",
    "faint": "2",
}
_NARROWEST = 40


class Paint(NamedTuple):
    """What is known of where a report goes."""

    colour: bool = False
    width: int | None = None
    """Characters in a line of the window; None where it is no terminal, and nothing is folded."""

    def __call__(self, role: str, words: str) -> str:
        """The words in the colour of a role: a severity, good, bad, strong or faint."""
        return f"\x1b[{_CODES[role]}m{words}\x1b[0m" if self.colour and words else words

    def fold(self, words: str, indent: str = "  ") -> str:
        """The words in lines of the window's width, all but the first indented."""
        if self.width is None or len(words) <= self.width:
            return words
        return textwrap.fill(
            words,
            self.width,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )


PLAIN = Paint()


def paint_for(stream: IO[str], when: When = "auto") -> Paint:
    """How to paint what goes to a stream.

    `auto` gives colour on a terminal. NO_COLOR in the environment takes it away, FORCE_COLOR gives
    it where there is no terminal (https://no-color.org, https://force-color.org); `when` is
    stronger than both.
    """
    terminal = stream.isatty()
    colour = terminal and os.environ.get("TERM") != "dumb"
    if os.environ.get("FORCE_COLOR"):
        colour = True
    if os.environ.get("NO_COLOR"):
        colour = False
    if when != "auto":
        colour = when == "always"
    width = max(_NARROWEST, shutil.get_terminal_size().columns) if terminal else None
    return Paint(colour, width)
