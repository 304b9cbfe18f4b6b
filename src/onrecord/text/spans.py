"""Spans: the words that they cover, whether they share any, which of many lie over a place."""

from ..records import Span


def text_of(text: str, span: Span) -> str:
    """The words that a span covers."""
    return text[span.start : span.end]
