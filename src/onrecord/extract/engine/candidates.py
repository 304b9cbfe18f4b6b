"""What an engine finds before it becomes an attribution: spans and a probability."""

from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from ...records import Quote, Span

if TYPE_CHECKING:
    from .pointers import Pointers


class AttributionCandidate(msgspec.Struct, frozen=True):
    """A source, a cue and the content they stand for; spans are half-open, in code points."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    confidence: float


class EngineResult(NamedTuple):
    """What an engine found in a whole text, and what it knows of its pronouns and names."""

    candidates: list[AttributionCandidate]
    pointers: "Pointers | None"


class AttributionEngine(Protocol):
    """What finds attributions in a text: the trained model or the pattern engine."""

    name: str
    version: str

    def read(self, text: str, quotes: tuple[Quote, ...]) -> EngineResult:
        """The attributions of a whole text in order, and the answers about its mentions."""
        ...

    def find(
        self, text: str, quotes: tuple[Quote, ...], within: Span | None = None
    ) -> list[AttributionCandidate]:
        """The attributions inside a stretch of a text, of all of it without one."""
        ...
