"""Which field of a row is what: a row of any table becomes an input that a worker can read."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from ...records import Problem

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text",),
    "title": ("title",),
    "id": ("id",),
    "date": ("published", "date"),
    "outlet": ("outlet",),
    "section": ("section",),
    "url": ("url",),
    "authors": ("authors",),
}
"""What the fields are called where the user says nothing."""


class Input(msgspec.Struct, kw_only=True):
    """One input as it was read: content for a worker, or only what is wrong with it."""

    place: str
    id: str
    form: str = "json"
    content: bytes | None = None
    section: str | None = None
    url: str | None = None
    problems: list[Problem] = []


class Fields:
    """The user's names of fields, and which fields of a file nobody asked for."""

    def __init__(self, **given: str | None) -> None:
        self.names = {key: (given[key],) if given.get(key) else NAMES[key] for key in NAMES}
        self._given = {key for key in NAMES if given.get(key)}

    def wanted(self, columns: list[str]) -> list[str]:
        """Those of a table's columns that are read."""
        known = {name for names in self.names.values() for name in names if name}
        return [column for column in columns if column in known]

    def missing(self, columns: list[str]) -> str | None:
        """What a table lacks that was asked for, or the text; None where it lacks nothing."""
        for key in ("text", *sorted(self._given - {"text"})):
            if not any(name in columns for name in self.names[key]):
                return (
                    f"has no {_quoted([n for n in self.names[key] if n])}; it has"
                    f" {_quoted(columns)}."
                )
        return None

    def input(self, row: Mapping[str, Any], place: str) -> Input:
        """The input that a row is."""
        made = Input(place=place, id=place, problems=[])
        text = self._value(row, "text")
        name = self._value(row, "id")
        fault = None
        if name is not None and (isinstance(name, bool) or not isinstance(name, (str, int))):
            fault = "the id is neither text nor a whole number.", "Give each article its own id."
        elif text is None or text == "":
            what = "has no text." if self._has(row, "text") else self.missing(list(row))
            fault = what or "has no text.", "Name the field that holds it with --text-field."
        elif not isinstance(text, str):
            fault = f"the text is no text ({type(text).__name__}).", "Name another --text-field."
        if name is not None and str(name).strip():
            made.id = _sound(str(name))
        if fault:
            made.problems.append(Problem(where=place, what=fault[0], remedy=fault[1]))
            return made
        published = self._value(row, "date")
        if isinstance(published, (date, datetime)):
            published = published.isoformat()
        content = {
            "text": text,
            "title": self._string(row, "title"),
            "url": self._string(row, "url"),
            "outlet": self._string(row, "outlet"),
            "published": published if published is None else str(published),
            "authors": self._value(row, "authors"),
        }
        made.content = json.dumps(content, default=str).encode()
        section = self._string(row, "section")
        made.section = _sound(section) if section else None
        return made

    def unused(self, columns: list[str], seen: set[str], place: str) -> list[Problem]:
        """A note on fields that nobody asked for and that weren't seen before."""
        new = [c for c in columns if c not in seen and c not in self.wanted(columns)]
        if not new or len(seen) > 200:
            return []
        seen.update(new)
        what = f"field{'s' * (len(new) > 1)} that {'are' if len(new) > 1 else 'is'} not used:"
        remedy = "If the text, title, id, date or outlet is among them, name it with --text-field …"
        return [Problem(where=place, what=f"{what} {_quoted(new)}.", remedy=remedy, fatal=False)]

    def _has(self, row: Mapping[str, Any], key: str) -> bool:
        return any(name in row for name in self.names[key])

    def _value(self, row: Mapping[str, Any], key: str) -> Any:
        for name in self.names[key]:
            if name is not None and row.get(name) is not None:
                value = row[name]
                return value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        return None

    def _string(self, row: Mapping[str, Any], key: str) -> str | None:
        value = self._value(row, key)
        return value if isinstance(value, str) and value.strip() else None


def _quoted(names: list[str]) -> str:
    shown = [_sound(name)[:40] for name in names[:12]]
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return (", ".join(f'"{name}"' for name in shown) or "no fields") + more


def _sound(text: str) -> str:
    """The text with halves of surrogate pairs replaced, which no table can hold."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
