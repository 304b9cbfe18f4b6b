"""An article cut into stretches that rest on the same statement, for the page.

Statements may nest and quotations cross them, so the page marks the smallest stretches: each with
the innermost statement that covers it. Joined, the stretches of a block are its text, code point
for code point.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from ..records import Analysis, Attribution, Finding, Span
from .voices import Voices

LONG = 600
"""Code points from which on a finding is not tinted as a whole: its number is enough."""


class Segment(msgspec.Struct, frozen=True):
    """A stretch of the text: what it rests on, and which findings have to do with it."""

    text: str
    statement: Attribution | None
    first: bool
    """Whether the statement begins here."""
    findings: tuple[int, ...]
    """Numbers, from 1, of the findings that end in this stretch."""
    marked: tuple[int, ...]
    """Numbers of the findings that it stands in."""
    evidence: tuple[tuple[int, int], ...]
    """Number of a finding and, from 1, which of its related places this stretch stands in."""
    voice: str | None
    """Id of the source that these words name."""


class _Piece(msgspec.Struct, frozen=True):
    start: int
    end: int
    statement: Attribution | None = None
    finding: int = 0
    related: int = 0
    voice: str | None = None


def cut_blocks(
    analysis: Analysis, findings: Sequence[Finding], voices: Voices
) -> Iterator[list[Segment]]:
    """The stretches of each block, in order."""
    blocks = [b.span for b in analysis.article.blocks]
    inside: list[list[_Piece]] = [[] for _ in blocks]
    ends: list[dict[int, list[int]]] = [{} for _ in blocks]
    starts, stops = [b.start for b in blocks], [b.end for b in blocks]
    for piece in _pieces(analysis, findings):
        for n in range(bisect_right(stops, piece.start), bisect_left(starts, piece.end)):
            inside[n].append(piece)
    for number, finding in enumerate(findings, 1):
        n = max(0, bisect_left(starts, max(finding.span.end, 1)) - 1)
        if blocks:
            end = min(max(finding.span.end, starts[n] + 1), stops[n])
            ends[n].setdefault(end, []).append(number)
    depths = {a.id: len(voices.chain(a)) for a in analysis.attributions}
    seen: set[str] = set()
    for n, span in enumerate(blocks):
        yield _cut(analysis.article.text, span, (inside[n], ends[n]), (depths, seen))


def trimmed(made: Sequence[Segment]) -> Iterator[Segment]:
    """The stretches with the white space at a statement's end apart: a line ends with the words."""
    for n, segment in enumerate(made):
        bare = segment.text.rstrip()
        goes_on = n + 1 < len(made) and made[n + 1].statement is segment.statement
        if segment.statement is None or goes_on or not bare or bare == segment.text:
            yield segment
            continue
        yield msgspec.structs.replace(segment, text=bare)
        yield Segment(
            text=segment.text[len(bare) :], statement=None, first=False, findings=(), marked=(),
            evidence=(), voice=None,
        )  # fmt: skip


def _pieces(analysis: Analysis, findings: Sequence[Finding]) -> Iterator[_Piece]:
    for a in analysis.attributions:
        for piece in a.content:
            yield _Piece(piece.start, piece.end, statement=a)
    for source in analysis.sources:
        for mention in source.mentions:
            yield _Piece(mention.start, mention.end, voice=source.id)
    for number, finding in enumerate(findings, 1):
        if finding.span.end - finding.span.start <= LONG:
            yield _Piece(finding.span.start, finding.span.end, finding=number)
        for nth, related in enumerate(finding.related, 1):
            yield _Piece(related.span.start, related.span.end, finding=number, related=nth)


def _cut(
    text: str,
    span: Span,
    inside: tuple[list[_Piece], dict[int, list[int]]],
    state: tuple[dict[str, int], set[str]],
) -> list[Segment]:
    """One block's stretches: a sweep over the edges with the pieces that are open there."""
    pieces, ends = inside
    depths, seen = state
    edges = {span.start, span.end, *ends}
    for p in pieces:
        edges |= {max(span.start, p.start), min(span.end, p.end)}
    cuts = sorted(edges)
    waiting = sorted(pieces, key=lambda p: -p.start)
    open_: list[_Piece] = []
    made = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        open_ = [p for p in open_ if p.end > start]
        while waiting and waiting[-1].start <= start:
            open_.append(waiting.pop())
        over = [p for p in open_ if p.end >= end]
        stated = [p for p in over if p.statement]
        best = min(
            stated,
            key=lambda p: (-depths[p.statement.id], p.end - p.start) if p.statement else (0, 0),
            default=None,
        )
        statement = best.statement if best else None
        made.append(
            Segment(
                text=text[start:end],
                statement=statement,
                first=statement is not None and statement.id not in seen,
                findings=tuple(ends.get(end, ())),
                marked=tuple(p.finding for p in over if p.finding and not p.related),
                evidence=tuple((p.finding, p.related) for p in over if p.related),
                voice=next((p.voice for p in over if p.voice), None),
            )
        )
        if statement:
            seen.add(statement.id)
    return made
