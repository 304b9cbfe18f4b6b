"""`metadata.json` for Datasette: what the ledger's tables and columns are called and link to."""

import json
from pathlib import Path
from typing import Any

from .store import Ledger

_LABELS = {
    "outlets": "name", "people": "name", "aliases": "name", "articles": "digest",
    "v_people": "name", "v_articles": "title",
}  # fmt: skip
_SHOWN = {
    "v_statements": "Statements: who said what, where and when",
    "v_printings": "Printings: the words of quotations, by family",
    "v_families": "Quote families: the same words in several places",
    "v_people": "People and bodies",
    "v_articles": "Articles",
}
_HIDDEN = ("shingles", "sketches", "alembic_version", "ledger")


def metadata(ledger: Ledger) -> dict[str, Any]:
    """What Datasette reads."""
    file = ledger.database.file
    name = file.stem if file else "onrecord"
    tables: dict[str, dict[str, Any]] = {}
    for table, column in _LABELS.items():
        tables.setdefault(table, {})["label_column"] = column
    for view, title in _SHOWN.items():
        tables.setdefault(view, {})["description"] = title
    for table in _HIDDEN:
        tables.setdefault(table, {})["hidden"] = True
    tables.setdefault("passages", {}).update({"fts_table": "passages_fts", "fts_pk": "id"})
    return {
        "title": "onrecord ledger",
        "description": "Who said what, where and when, across articles",
        "databases": {name: {"tables": tables}},
    }


def write_metadata(ledger: Ledger) -> Path | None:
    """Write `metadata.json` beside the ledger's file, unless one is there; None if not written."""
    file = ledger.database.file
    if file is None:
        return None
    path = file.with_name("metadata.json")
    if path.exists():
        return None
    path.write_text(json.dumps(metadata(ledger), indent=2) + "\n", "utf-8")
    return path
