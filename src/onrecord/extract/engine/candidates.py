"""What an engine finds before it becomes an attribution: spans and a probability."""

from typing import Protocol

import msgspec

from ...records import Quote, Span
from .pointers import Pointers


class Found(msgspec.Struct, frozen=True):
    """A source, a cue and the content they stand for; spans are half-open, in code points."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


class Finder(Protocol):
    """What finds attributions in a text."""

    def find(self, text: str, quotes: tuple[Quote, ...], within: Span | None = None) -> list[Found]:
        """The attributions of a text in order, or those inside a stretch of it."""
        ...


class Extractor(Finder, Protocol):
    """An engine: the trained model or the baseline."""

    name: str
    version: str

    def read(self, text: str, quotes: tuple[Quote, ...]) -> tuple[list[Found], Pointers | None]:
        """The attributions of a whole text, and what the engine knows of its pronouns and names."""
        ...


class Reading:
    """An engine at work on one article: a finder that keeps what was learnt on the way."""

    pointers: Pointers | None = None

    def __init__(self, engine: Extractor) -> None:
        self._engine = engine

    def find(self, text: str, quotes: tuple[Quote, ...], within: Span | None = None) -> list[Found]:
        """As `Finder.find`."""
        if within is not None:
            return self._engine.find(text, quotes, within)
        found, self.pointers = self._engine.read(text, quotes)
        return found
