"""Text whose lines were broken at a fixed width: which line breaks stand inside a paragraph.

Pages copied from a PDF, mail and old wire copy look like this. A break inside a paragraph is read
as the space it stands for, so every offset stays; the article keeps where the breaks were, for
lines and columns. What the paragraphs are is left to `plain`. Where nothing sets paragraphs apart,
one whose last line is full can't be told from one that goes on.
"""

import re
from collections.abc import Sequence

NARROWEST, WIDEST = 40, 110
"""Code points in a full line of text broken by hand or by a machine."""
FEWEST = 4
"""Breaks with a line right below; fewer tell nothing."""
RAGGED = 0.15
"""Of the width: how much of a full line may stay empty besides the room for the next word."""
STOPS = '.!?"”:'

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_ITEM = re.compile(r"\s*(?:[-*•–—]|\d{1,2}[.)])\s")


def unwrap(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with breaks inside paragraphs as spaces, and the offsets of these breaks in order.

    Text that isn't broken at a fixed width comes back as it is. Nothing changes its place.
    """
    breaks = _breaks(text)
    if not breaks:
        return text, ()
    letters = list(text)
    for offset in breaks:
        letters[offset] = " "
    return "".join(letters), tuple(breaks)


def _breaks(text: str) -> list[int]:
    lines = [match.span() for match in _LINE.finditer(text)]
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b[0] == a[1] + 1]
    if len(pairs) < FEWEST:
        return []
    lengths = sorted(end - start for start, end in lines)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not NARROWEST <= width <= WIDEST:
        return []
    apart = len(pairs) < len(lines) - 1
    inside = [a[1] for a, b in pairs if _goes_on(text, a, b, width, apart)]
    return inside if _broken_at_width(text, pairs, inside, apart) else []


def _goes_on(
    text: str, line: tuple[int, int], below: tuple[int, int], width: int, apart: bool
) -> bool:
    """Whether a paragraph goes on in the line below: its first word had no room, or is small.

    After a closing stop the room is taken strictly, for the paragraph may as well end there, unless
    paragraphs are set apart by blank lines.
    """
    words = text[below[0] : below[1]]
    indented = len(words) - len(words.lstrip()) > 1 and not text[line[0]].isspace()
    if indented or _ITEM.match(words):
        return False
    first = words.split(maxsplit=1)[0]
    room = width - (line[1] - line[0])
    ragged = RAGGED * width if apart or text[line[1] - 1] not in STOPS else 0
    return first[0].islower() or room <= len(first) + ragged


def _broken_at_width(
    text: str,
    pairs: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    inside: list[int],
    apart: bool,
) -> bool:
    """Whether the breaks were made by a width and not by paragraphs.

    Most breaks stand inside paragraphs and most of those after no closing stop. Where no blank line
    sets paragraphs apart, a third of the lines must go on in small letters too.
    """
    if len(inside) <= 0.6 * len(pairs):
        return False
    open_ended = sum(text[offset - 1] not in STOPS for offset in inside)
    if open_ended <= 0.6 * len(inside):
        return False
    small = sum(text[b[0] : b[1]].lstrip()[0].islower() for _, b in pairs)
    return apart or small > len(pairs) / 3
