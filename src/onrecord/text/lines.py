"""Lines and columns of offsets, in code points and in UTF-16 code units."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class Lines:
    """Line and column of any offset in a text, lines split at line feeds only.

    `wraps` are offsets at which a line ended as well, though the text has a space there.
    """

    def __init__(self, text: str, wraps: Sequence[int] = ()) -> None:
        self._text = text
        ends = [match.end() for match in re.finditer("\n", text)]
        self._starts = sorted([0, *ends, *(offset + 1 for offset in wraps)])
        self._wide = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]

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
