"""Where an article's words stand in the file that they were read from."""

from bisect import bisect_right
from typing import Any

from ..records import Anchor, Article, Span
from .lines import Lines


class Places:
    """Places of an article's offsets: as people count, and in its file.

    The two differ only for articles in JSON, JSON Lines and tables, of which people read the text.
    """

    def __init__(self, article: Article) -> None:
        self._anchors = article.places
        self._lines = Lines(article.text, article.wraps)
        self._file = article.path or article.input
        self._unit = article.placed_in
        self._apart = article.row is not None
        self._starts = [anchor.offset for anchor in article.places]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column as a person counts, both from 1, the column in code points."""
        return self._lines.line_column(offset) if self._apart else self.in_file(offset)

    def in_file(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1, the column in code points."""
        anchor = self._anchor(offset)
        if anchor is None:
            return self._lines.line_column(offset)
        line, column = self._lines.line_column(offset)
        from_line, from_column = self._lines.line_column(anchor.offset)
        if line == from_line:
            return anchor.line, anchor.column + column - from_column
        return anchor.line + line - from_line, column

    def utf16(self, offset: int) -> tuple[int, int]:
        """Line and column in the file, both from 1, the column in UTF-16 code units."""
        anchor = self._anchor(offset)
        if anchor is None:
            return self._lines.utf16(offset)
        line, column = self.in_file(offset)
        start = max(anchor.offset, offset + 1 - self._lines.line_column(offset)[1])
        wide = self._lines.wide(start, offset)
        return line, column + wide + (anchor.wide if line == anchor.line else 0)

    def described(self, span: Span) -> dict[str, Any]:
        """A span's place in its file, for other programs: file, unit, first and last line and
        column."""
        line, column = self.in_file(span.start)
        last, end = self.in_file(max(span.start, span.end - 1))
        return {
            "file": self._file, "in": self._unit, "line": line, "column": column, "end_line": last,
            "end_column": end + (span.end > span.start),
        }  # fmt: skip

    def words(self, offset: int) -> tuple[str, int]:
        """The line of the article's text that an offset stands on, and its column there, from 1."""
        line, column = self._lines.line_column(offset)
        return self._lines.line(line), column

    def _anchor(self, offset: int) -> Anchor | None:
        n = bisect_right(self._starts, offset) - 1
        return self._anchors[max(0, n)] if self._anchors else None


def display_name(article: Article) -> str:
    """What people call an article: its file, or `file:LINE (id)` where the file holds several."""
    if article.path in (None, article.input) or article.row is None:
        return article.input
    place = f"{article.path}:{article.row}"
    return place if article.input == place else f"{place} ({article.input})"
