"""Lines and columns of offsets, in code points and in UTF-16 code units."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate


def line_starts(text: str) -> list[int]:
    """The offsets at which a text's lines start, split at line feeds only."""
    lengths = accumulate(map(len, text.split("\n")), initial=0)
    return [length + n for n, length in enumerate(lengths)][:-1]


class Lines:
    """Line and column of any offset in a text, lines split at line feeds only.

    `wraps` are offsets at which a line ended as well, though the text has a space there.
    """

    def __init__(self, text: str, wraps: Sequence[int] = ()) -> None:
        self._text = text
        self._starts = line_starts(text)
        if wraps:
            self._starts = sorted([*self._starts, *(offset + 1 for offset in wraps)])
        narrow = len(text.encode("utf-16-le", "surrogatepass")) == 2 * len(text)
        wide = () if narrow else re.finditer("[\U00010000-\U0010ffff]", text)
        self._wide = [match.start() for match in wide]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in UTF-16 code units."""
        line, column = self.line_column(offset)
        start = self._starts[line - 1]
        return line, column + self.wide(start, offset)

    def wide(self, start: int, end: int) -> int:
        """How many code points of a stretch take two UTF-16 code units."""
        return bisect_left(self._wide, end) - bisect_left(self._wide, start)

    def line(self, number: int) -> str:
        """The line with a number from 1, without its line feed."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self._text)
        return self._text[start:end]
