"""An analysis as a table: a row a statement, offsets in code points."""

import csv
import io

from ..records import Analysis
from ..records.rows import statement_rows
from ..text.spans import text_of
from . import cells

COLUMNS = (
    "article statement parent speaker kind title source cue form stance content start end"
    " confidence source_id gender withheld plural reason outlet date"
).split()
"""The later ones as in a corpus's `statements` table; columns are added at the end only."""


def header() -> str:
    """The table's first line."""
    return _row(COLUMNS)


def rows(analysis: Analysis, *, no_text: bool = False) -> str:
    """The rows of one article's statements."""
    text = analysis.article.text
    sources = {source.id: source for source in analysis.sources}
    out = []
    whole = statement_rows(analysis, no_text=no_text)
    for a, known in zip(analysis.attributions, whole, strict=True):
        source = sources.get(a.source_id or "")
        words = [
            text_of(text, a.source) if a.source else "",
            text_of(text, a.cue) if a.cue else "",
            " … ".join(text_of(text, span) for span in a.content),
        ]
        shown = ["", "", ""] if no_text else [w.replace("\n", " ") for w in words]
        out.append(
            _row(
                [
                    analysis.article.input,
                    a.id,
                    a.parent or "",
                    (source.name or "") if source else "",
                    source.kind if source else "",
                    (source.title or "") if source else "",
                    shown[0],
                    shown[1],
                    a.form,
                    a.stance,
                    shown[2],
                    str(a.content[0].start),
                    str(a.content[-1].end),
                    f"{a.confidence:.3f}",
                    *(_cell(known[name]) for name in COLUMNS[-7:]),
                ]
            )
        )
    return "".join(out)


def _cell(value: object) -> str:
    """A value as text: nothing for what isn't known, `true` and `false` as JSON has them."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _row(row: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells(row))
    return buffer.getvalue()
