"""Quotation marks by their places, for rules: whether those behind an opening one balance, and
which closing ones nothing opens. What an odd mark means is for the rules to say.
"""

import re
from collections.abc import Iterator

from ...query.lookup import block_at
from ...records import Analysis, Quote

REACH = 6
"""Paragraphs further down in which a quotation may still close."""
_DOUBLE = re.compile(r"''|[\"“”„«»]")
_FEET = re.compile(r"\d['’]\d{1,2}\Z")
_BEFORE = "([{-–—―/…\"“”‘'’„`"
_AFTER = ".,;:!?)]}-–—―/…\"“”’'‘`"


def _shape(text: str, match: re.Match[str]) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 where its place does not tell."""
    mark = match.group()
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    left = not before or before.isspace() or before in _BEFORE
    right = not after or after.isspace() or after in _AFTER
    if (
        before == "="
        or after == ">"
        or (
            mark == "”"
            and before.isdecimal()
            and _FEET.search(text[max(0, match.start() - 5) : match.start()])
        )
    ):
        return 0
    if mark in "“„«":
        return 1 if left or not right else 0
    if mark in "”»":
        return -1
    if left and right and before and before in "”’'\"" and (not after or after.isspace()):
        return -1
    if left and right and after and after in "“‘'\"":
        return 1
    return 0 if left == right else 1 if left else -1


def closes_below(analysis: Analysis, quote: Quote) -> bool:
    """Whether the marks behind an opening one balance, in its paragraph or in those that follow."""
    if len(quote.marks[0]) == 1 and quote.marks[0] not in '"“„«':
        return False
    text, blocks = analysis.article.text, analysis.article.blocks
    n = block_at(blocks, quote.span.start)
    depth, start = 1, quote.inner.start
    for block in blocks[n : n + REACH + 1]:
        for match in _DOUBLE.finditer(text, max(start, block.span.start), block.span.end):
            depth += _shape(text, match)
            if depth == 0:
                return True
    return False


def unopened(analysis: Analysis) -> Iterator[int]:
    """Curly closing marks in front of which, up to some paragraphs, no mark opens a quotation.

    The first of a paragraph: what follows it there may be its consequence.
    """
    text, blocks = analysis.article.text, analysis.article.blocks
    pending = -REACH - 1
    for n, block in enumerate(blocks):
        depth = 0
        marks = [
            (m, _shape(text, m)) for m in _DOUBLE.finditer(text, block.span.start, block.span.end)
        ]
        for match, shape in marks:
            if shape < 0 and match.group() == "”" and depth == 0 and n - pending > REACH:
                if all(m.group() in "“”" for m, _ in marks):
                    yield match.start()
                break
            depth = max(0, depth + shape)
        if depth:
            pending = n
