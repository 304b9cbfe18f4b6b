"""An analysis as JSON, for other programs: the shape is fixed in `docs/schema`."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ..records import Analysis, Problem
from . import bare


def element(analysis: Analysis, *, no_text: bool = False) -> dict[str, Any]:
    """An analysis with its input's id in front, absent values as null."""
    shown = bare.analysis(analysis) if no_text else analysis
    row: dict[str, Any] = {"id": analysis.article.input, **msgspec.to_builtins(shown)}
    if no_text:
        row["article"]["text"] = ""
        for person in row["people"]:
            person["name"] = ""
        for source in row["sources"]:
            source["name"] = None
    return row


def failure(problem: Problem) -> dict[str, Any]:
    """What stands in an analysis's place where an input could not be read."""
    return {"id": problem.where, "problem": msgspec.to_builtins(problem)}


def line(row: dict[str, Any]) -> str:
    """One row as a line of JSON."""
    return msgspec.json.encode(row).decode() + "\n"


def document(rows: dict[str, Any] | Sequence[dict[str, Any]]) -> str:
    """One row, or all rows as an array, as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"
