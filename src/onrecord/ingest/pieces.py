"""Building an article's text from the pieces of a marked-up document, offsets kept.

Readers add blocks one by one; the text is the blocks with a blank line between them, so that every
span is known when the piece is added, and so is where in the file each stretch of it stands.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ..records import Anchor, Block, Comment, Link, Role, Span
from ..text.lines import Lines

COMMENT = re.compile(r"<!--\s{0,40}+onrecord:((?:(?!<!--|-->).)*+)-->", re.DOTALL)
"""A comment to onrecord in Markdown or HTML."""
_PART = re.compile(
    r"(?P<space>[^\S\u00a0]+)|(?P<unseen>[\u00ad\u200b\u2060\ufeff]+)"
    r"|(?:[^\s\u00ad\u200b\u2060\ufeff]|\u00a0)+"
)
_STOP = re.compile(r"[.!?:;…]['\"”’»)\]]*\s*$|[”»]\s*$")


class Run(NamedTuple):
    """A stretch of a document's text: its words, the address it links to, its offset in the source.

    The text is the source's own, character for character, from `at` on.
    """

    text: str
    href: str | None = None
    at: int | None = None
    emphasis: bool = False
    """Whether it is set bold or italic, or stands in a heading."""


BREAK = Run("\n\n\n")
"""Stands between runs where the document breaks a line inside a paragraph."""


class Pieces:
    """Blocks and links of a document, in order, and the text that they make."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._anchors: list[tuple[int, int]] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.comments: list[Comment] = []
        self._waiting: list[str] = []
        self.struck = 0
        """Words that the document strikes out, and that are therefore none of the text."""

    def comment(self, text: str) -> None:
        """Keep a comment for the block that is added next."""
        self._waiting.append(text.strip())

    def finish(self) -> None:
        """Say that no block follows: what still waits belongs to none."""
        self.comments += [Comment(text, None) for text in self._waiting]
        self._waiting = []

    def add(self, runs: Iterable[Run], role: Role = "paragraph", origin: str | None = None) -> None:
        """Add a paragraph made of runs, or several where line breaks in it part paragraphs.

        White space is folded to single spaces and stripped, as a browser shows it; soft hyphens and
        other marks that nobody sees are left out.
        """
        for part in parted(runs):
            self._add(part, role, origin)

    def _add(self, runs: Iterable[Run], role: Role, origin: str | None) -> None:
        start = self._length + (2 if self._parts else 0)
        runs = list(runs)
        emphasis = all(run.emphasis for run in runs if any(c.isalnum() for c in run.text))
        words: list[str] = []
        links, anchors, length, space, torn = [], [], 0, False, True
        for run in runs:
            left = None
            for match in _PART.finditer(run.text):
                if match.lastgroup:
                    space = space or (match.lastgroup == "space" and length > 0)
                    torn = torn or match.group() != " "
                    continue
                if space:
                    words.append(" ")
                    length += 1
                    space = False
                if run.at is not None:
                    anchors.append((start + length, run.at + match.start(), torn))
                    torn = False
                if left is None:
                    left = length
                words.append(match.group())
                length += len(words[-1])
            if run.href and left is not None:
                links.append((left, length, run.href))
        whole = "".join(words)
        body = whole.strip()
        if not body:
            return
        lead = len(whole) - len(whole.lstrip())
        self.comments += [Comment(text, start) for text in self._waiting]
        self._waiting = []
        self.blocks.append(
            Block(
                span=Span(start, start + len(body)),
                role=role,
                origin=origin,
                emphasis=emphasis and role != "headline",
            )
        )
        for first, last, href in links:
            left, right = max(0, first - lead), min(len(body), last - lead)
            if left < right:
                self.links.append(Link(span=Span(start + left, start + right), href=href))
        for offset, at, torn in anchors:
            self._anchor(max(start, offset - lead), at + max(0, start + lead - offset), torn)
        self._parts.append(body)
        self._length = start + len(body)

    def _anchor(self, offset: int, at: int, torn: bool) -> None:
        """Keep where a stretch begins, unless it goes on from the one before."""
        if self._anchors:
            before, place = self._anchors[-1]
            if before == offset:
                self._anchors.pop()  # of blanks that were stripped; this one is nearer
            elif at - place == offset - before and not torn:
                return
        self._anchors.append((offset, at))

    @property
    def anchors(self) -> tuple[tuple[int, int], ...]:
        """Pairs of an offset of the text and the offset of the source it comes from, in order."""
        return tuple(self._anchors)

    def places(self, source: str) -> tuple[Anchor, ...]:
        """The anchors of the text in its source, as lines and columns."""
        lines = Lines(source)
        made = []
        for offset, at in self._anchors:
            line, column = lines.line_column(at)
            made.append(Anchor(offset, line, column, lines.utf16(at)[1] - column))
        return tuple(made)

    @property
    def text(self) -> str:
        """The blocks with a blank line between them."""
        return "\n\n".join(self._parts)


def parted(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs parted where a line break ends a paragraph; elsewhere it is the space it looks like.

    Two breaks always do, and one does behind a stop or a closing mark.
    """
    parts: list[list[Run]] = [[]]
    before, breaks = "", 0
    for run in runs:
        if run is BREAK:
            breaks += 1
            continue
        if not run.text.strip():
            parts[-1].append(run)
            continue
        if breaks:
            if parts[-1] and (breaks > 1 or _STOP.search(before)):
                parts.append([])
            else:
                parts[-1].append(Run(" "))
            breaks = 0
        parts[-1].append(run)
        before = (before + run.text)[-40:]
    return parts
