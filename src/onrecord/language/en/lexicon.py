"""Word lists of the package. `<name>.json` holds tables by their keys; a table is a list of rows:

- `value`: a word or phrase, or several that share the rest of the row
- `means`: what the value stands for, in tables that translate
- `note`: what the value is for
- `source`: where it comes from; `ours` is written for onrecord from common knowledge of English

`about` says what a file is for, and whose list it is where it is somebody's.
"""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files


@cache
def tables(name: str) -> dict[str, list[dict[str, str | list[str]]]]:
    """The tables of `<name>.json` by their keys."""
    read = json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
    return {key: table for key, table in read.items() if key != "about"}


def _each(name: str, key: str, column: str) -> Iterator[tuple[str, str]]:
    for row in tables(name)[key]:
        other = str(row[column])
        values = [row["value"]] if isinstance(row["value"], str) else row["value"]
        yield from ((value, other) for value in values)


@cache
def rows(name: str, key: str) -> tuple[str, ...]:
    """The values of a table, in order."""
    return tuple(value for value, _ in _each(name, key, "note"))


@cache
def lexicon(name: str, *keys: str) -> frozenset[str]:
    """The values of one or several tables of `<name>.json`."""
    return frozenset(value for key in keys for value in rows(name, key))


@cache
def noted(name: str, key: str) -> dict[str, str]:
    """The notes of a table's rows by their values."""
    return dict(_each(name, key, "note"))


@cache
def meanings(name: str, key: str) -> dict[str, str]:
    """What the values of a table stand for."""
    return dict(_each(name, key, "means"))
