"""Building an article's text from the pieces of a marked-up document, offsets kept.

Readers of HTML, Markdown and DOCX add blocks one by one; the text is the blocks with a blank line
between them, so that every span is known when the piece is added.
"""

import re
from collections.abc import Iterable

from ..records import Block, Comment, Link, Role, Span

COMMENT = re.compile(r"<!--\s*onrecord:(.*?)-->", re.DOTALL)
"""A comment to onrecord in Markdown or HTML."""


class Pieces:
    """Blocks and links of a document, in order, and the text that they make."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.comments: list[Comment] = []
        self._waiting: list[str] = []

    def comment(self, text: str) -> None:
        """Keep a comment for the block that is added next."""
        self._waiting.append(text.strip())

    def finish(self) -> None:
        """Say that no block follows: what still waits belongs to none."""
        self.comments += [Comment(text, None) for text in self._waiting]
        self._waiting = []

    def add(
        self,
        runs: Iterable[tuple[str, str | None]],
        role: Role = "paragraph",
        origin: str | None = None,
    ) -> None:
        """Add a block made of runs of text, each with the address it links to or None.

        White space is folded to single spaces and stripped, as a browser shows it.
        """
        start = self._length + (2 if self._parts else 0)
        words, links, length, space = [], [], 0, False
        for run, href in runs:
            left = None
            for character in run:
                if character.isspace() and character != "\u00a0":
                    space = length > 0
                    continue
                if space:
                    words.append(" ")
                    length += 1
                    space = False
                if left is None:
                    left = length
                words.append(character)
                length += 1
            if href and left is not None:
                links.append(Link(span=Span(start + left, start + length), href=href))
        body = "".join(words).rstrip()
        if not body.strip():
            return
        lead = len(body) - len(body.lstrip())
        if lead:
            body = body.strip()
            links = [
                Link(span=Span(k.span.start - lead, k.span.end - lead), href=k.href) for k in links
            ]
        self.comments += [Comment(text, start) for text in self._waiting]
        self._waiting = []
        self.blocks.append(Block(span=Span(start, start + len(body)), role=role, origin=origin))
        self.links += [
            k for k in links if k.span.start >= start and k.span.end <= start + len(body)
        ]
        self._parts.append(body)
        self._length = start + len(body)

    @property
    def text(self) -> str:
        """The blocks with a blank line between them."""
        return "\n\n".join(self._parts)
