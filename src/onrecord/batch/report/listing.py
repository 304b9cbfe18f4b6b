"""A report for other programs: JSON with everything, CSV with a row a share."""

import csv
import io

import msgspec

from .count import Report
from .measures import MEASURES
from .page import CAVEATS

SCHEMA = 1
COLUMNS = ("by", "value", "articles", "measure", "count", "of", "share", "low", "high",
           "difference", "difference_low", "difference_high")  # fmt: skip


def as_json(made: Report) -> str:
    """The report as one JSON document, with what each measure is and what the counts can't tell."""
    value = {
        "schema": SCHEMA,
        "measures": {m.name: {"title": m.title, "says": m.says} for m in MEASURES},
        **msgspec.to_builtins(made),
        "caveats": list(CAVEATS),
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def as_csv(made: Report) -> str:
    """The report's shares as a table."""
    buffer = io.StringIO()
    out = csv.writer(buffer, lineterminator="\n")
    out.writerow(COLUMNS)
    for group in made.groups:
        for name, share in group.measures.items():
            rest = group.rest.get(name)
            cells = [
                group.by, _safe(group.value or ""), group.articles, name, share.count, share.of,
                share.share, share.low, share.high,
                *((rest.value, rest.low, rest.high) if rest else (None, None, None)),
            ]  # fmt: skip
            out.writerow("" if cell is None else cell for cell in cells)
    return buffer.getvalue()


def _safe(cell: str) -> str:
    """A cell that a spreadsheet doesn't take for a formula."""
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t") else cell
