"""A stretch of HTML that is the article already, as fields, feeds and mails hold it: all that it
shows."""

import re

from .page import Words, parse, placed, words_of
from .pieces import Pieces

_BLOCK = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|section|article|figure)\b", re.IGNORECASE
)


def read_fragment(source: str) -> Pieces:
    """The blocks of a stretch of HTML; where no tag parts paragraphs, its lines are paragraphs."""
    pieces = Pieces()
    if _BLOCK.search(source):
        _add(pieces, source, 0)
    else:
        for line in re.finditer(r"[^\n]*\S[^\n]*", source):
            _add(pieces, line.group(), line.start())
    pieces.finish()
    return pieces


def _add(pieces: Pieces, source: str, start: int) -> None:
    tree = parse(placed(source))
    for block in words_of(tree, source) if tree is not None else []:
        pieces.struck += block.struck
        for comment in block.comments:
            pieces.comment(comment)
        runs = [
            run._replace(at=run.at + start) if run.at is not None else run for run in block.runs
        ]
        pieces.add(
            runs if start else block.runs, "quote" if _quoted(block) else "paragraph", block.origin
        )


def _quoted(block: Words) -> bool:
    element = block.element
    return (
        element.tag == "blockquote" or next(element.iterancestors("blockquote"), None) is not None
    )
