"""What an engine finds before it becomes an attribution: spans and a probability."""

from typing import Protocol

import msgspec

from ..records import Quote, Span


class Found(msgspec.Struct, frozen=True):
    """A source, a cue and the content they stand for; spans are half-open, in code points."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


class Finder(Protocol):
    """What finds attributions: the trained model or the baseline."""

    name: str
    version: str

    def find(self, text: str, quotes: tuple[Quote, ...], within: Span | None = None) -> list[Found]:
        """The attributions of a text in order, or those inside a stretch of it."""
        ...
