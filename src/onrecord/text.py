"""Places in a text: lines and columns, UTF-16 offsets, fingerprints.

Knows text and spans, nothing of articles' structure or of rules.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence

from .records import Span


class Lines:
    """Line and column of any offset in a text, lines split at line feeds only.

    `wraps` are offsets at which a line ended as well, though the text has a space there.
    """

    def __init__(self, text: str, wraps: Sequence[int] = ()) -> None:
        self._text = text
        ends = [match.end() for match in re.finditer("\n", text)]
        self._starts = sorted([0, *ends, *(offset + 1 for offset in wraps)])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def utf16(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in UTF-16 code units."""
        line, column = self.place(offset)
        start = self._starts[line - 1]
        return line, column + sum(ord(c) > 0xFFFF for c in self._text[start:offset])

    def line(self, number: int) -> str:
        """The line with a number from 1, without its line feed."""
        start = self._starts[number - 1]
        end = self._starts[number] - 1 if number < len(self._starts) else len(self._text)
        return self._text[start:end]


def cut(text: str, span: Span) -> str:
    """The words that a span covers."""
    return text[span.start : span.end]


def article_id(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


def level(text: str) -> str:
    """The text with straight marks and single spaces."""
    return " ".join(text.translate(_STRAIGHT).replace("''", '"').split())


def fold(text: str) -> str:
    """The text levelled and without capitals: for comparing, not for showing."""
    return level(text).casefold()


def fingerprint(code: str, words: str, related: Sequence[str] = (), nth: int = 0) -> str:
    """Name of a finding that survives edits elsewhere: its rule, its words, its number among equals.

    `words` is what the finding stands on, `related` further words that tell it from others (its
    sentence), and `nth` counts findings of the article alike in all this, from 0. Sixteen
    hexadecimal digits.
    """
    parts = [code, fold(words), *map(fold, related), str(nth)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
