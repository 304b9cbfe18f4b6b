"""The register of an article's sources: who speaks, how much, first-hand or through another.

Shared by the page and by `onrecord sources`.
"""

import csv
import io

import msgspec

from ..records import Analysis, Attribution
from ..text.spans import text_of
from . import cells, visible
from .voices import PROBABLY, Voices, describe, size


class Entry(msgspec.Struct, frozen=True):
    """One voice's line in the register."""

    source: str
    kind: str
    name: str | None
    description: str
    """The name, or the words that the article describes the voice with."""
    title: str | None
    reason: str | None
    statements: int
    words: int
    share: float
    """Share of all attributed words, outermost attributions only, 0 to 1."""
    hearsay: bool
    """Whether the voice is heard only through another one."""
    second_hand: int
    """Words of its statements that come through another voice; not counted in `words`."""
    unsure: int = 0
    """Statements of which another may well be the speaker."""


def register(analysis: Analysis, sure: float = 0.0) -> list[Entry]:
    """The article's voices, those with the most words first.

    Statements whose speaker is less than `sure` (a probability) are left out.
    """
    text, voices = analysis.article.text, Voices(analysis)
    said: dict[str, list[Attribution]] = {s.id: [] for s in analysis.sources}
    for a in analysis.attributions:
        if a.source_id and a.speaker_confidence >= sure:
            said[a.source_id].append(a)
    total = sum(size(text, a) for a in analysis.attributions if a.source_id and a.parent is None)
    entries = []
    for source in analysis.sources:
        own = said[source.id]
        if not own:
            continue
        words = sum(size(text, a) for a in own if a.parent is None)
        entries.append(
            Entry(
                source=source.id,
                kind=source.kind,
                name=source.name,
                description=describe(text, source),
                title=source.title,
                reason=text_of(text, source.reason) if source.reason else None,
                statements=len(own),
                words=words,
                share=round(words / total, 4) if total else 0.0,
                hearsay=all(voices.depth(a) > 1 for a in own),
                second_hand=sum(size(text, a) for a in own if voices.depth(a) > 1),
                unsure=sum(a.speaker_confidence < PROBABLY for a in own),
            )
        )
    return sorted(entries, key=lambda e: (-e.words, -e.statements, int(e.source[1:])))


def as_text(analysis: Analysis, sure: float = 0.0) -> str:
    """The register for a terminal."""
    entries = register(analysis, sure)
    if not entries:
        return f"{visible(analysis.article.input)}: nobody is found to speak.\n"
    lines = [f"{visible(analysis.article.input)}: who speaks"]
    for e in entries:
        note = f", {e.title}" if e.title else ""
        if e.kind == "anonymous":
            note += f" (reason: {e.reason})" if e.reason else " (no reason found)"
        hand = "through another voice" if e.hearsay else "first-hand"
        hand += f", {_unsure(e)}" if e.unsure else ""
        plural = "" if e.statements == 1 else "s"
        lines.append(
            f"  {e.share:4.0%}  {e.kind:<12} {visible(e.description + note)}: "
            f"{e.statements} statement{plural}, {hand}"
        )
    return "\n".join(lines) + "\n"


def _unsure(entry: Entry) -> str:
    return "probably" if entry.unsure == entry.statements else f"{entry.unsure} of them probably"


def header() -> str:
    """The table's first line."""
    return _row(["article", *Entry.__struct_fields__])


def as_csv(analysis: Analysis, *, header: bool = True, sure: float = 0.0) -> str:
    """The register as a table."""
    rows = [_row(["article", *Entry.__struct_fields__])] if header else []
    for e in register(analysis, sure):
        values = [getattr(e, name) for name in Entry.__struct_fields__]
        rows.append(_row([analysis.article.input, *("" if v is None else str(v) for v in values)]))
    return "".join(rows)


def _row(values: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells(values))
    return buffer.getvalue()
