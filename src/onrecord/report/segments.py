"""An article cut into stretches that rest on the same statement, for the page.

Statements may nest and quotations cross them, so the page marks the smallest stretches: each with
the innermost statement that covers it. Joined, the stretches are the text, code point for code
point.
"""

from collections.abc import Sequence

import msgspec

from ..records import Analysis, Attribution, Finding, Span


class Segment(msgspec.Struct, frozen=True):
    """A stretch of the text: what it rests on, and which findings begin in it."""

    text: str
    statement: Attribution | None
    findings: tuple[int, ...]
    """Numbers, from 1, of the findings that end in this stretch."""
    marked: tuple[int, ...]
    """Numbers of the findings that it stands in."""


def segments(analysis: Analysis, span: Span, findings: Sequence[Finding]) -> list[Segment]:
    """The stretches of a span, in order."""
    text = analysis.article.text
    inside = [
        (piece, a)
        for a in analysis.attributions
        for piece in a.content
        if piece.start < span.end and span.start < piece.end
    ]
    noted = [
        (number, f.span)
        for number, f in enumerate(findings, 1)
        if f.span.start < span.end and span.start < f.span.end
    ]
    edges = {span.start, span.end}
    for piece in [*(p for p, _ in inside), *(s for _, s in noted)]:
        edges |= {max(span.start, piece.start), min(span.end, piece.end)}
    cuts = sorted(edges)
    made = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        over = [(p, a) for p, a in inside if p.start <= start and end <= p.end]
        over.sort(key=lambda pair: (pair[1].parent is not None, pair[0].start - pair[0].end))
        marked = tuple(n for n, s in noted if s.start <= start and end <= s.end)
        made.append(
            Segment(
                text=text[start:end],
                statement=over[-1][1] if over else None,
                findings=tuple(n for n, s in noted if s.end == end),
                marked=marked,
            )
        )
    return made
