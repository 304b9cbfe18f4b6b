"""Word lists of the package, read once; each file says where its words come from."""

import json
from functools import cache
from importlib.resources import files


@cache
def lexicon(name: str, key: str) -> frozenset[str]:
    """The words under a key of `<name>.json`."""
    table = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return frozenset(table[key])


@cache
def rows(name: str, key: str) -> tuple[str, ...]:
    """The values of the rows (`value`, `note`, `source`) under a key of `<name>.json`."""
    table = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(row["value"] for row in table[key])


@cache
def noted(name: str, key: str) -> dict[str, str]:
    """The notes of the rows under a key of `<name>.json`, by their values."""
    table = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return {row["value"]: row["note"] for row in table[key]}
