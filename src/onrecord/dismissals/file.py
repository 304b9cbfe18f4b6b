"""Findings that were dismissed, with a reason: a file beside the articles that `check` and the web app share.

A dismissal names a finding by its fingerprint, which survives edits elsewhere in the article.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from ..errors import ConfigError, OutputError
from ..records import Lint

SCHEMA = 1


class Dismissal(msgspec.Struct, frozen=True, kw_only=True):
    """A finding that somebody dismissed: which, why and when."""

    fingerprint: str
    code: str
    article_id: str = ""
    reason: str = ""
    date: str = ""
    """YYYY-MM-DD."""


class _File(msgspec.Struct, frozen=True, kw_only=True):
    schema: int
    dismissed: tuple[Dismissal, ...]


def read_baseline(path: Path) -> dict[str, Dismissal]:
    """The dismissals of a file, by fingerprint.

    Raises `ConfigError` where the file can't be read or isn't such a file.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        what = f"can't be read ({error.strerror})."
        raise ConfigError(str(path), what, "Write one with --write-baseline.") from error
    try:
        json.loads(raw)
        found = msgspec.json.decode(raw, type=_File)
    except json.JSONDecodeError as error:
        where = f"{path}:{error.lineno}"
        raise ConfigError(where, f"this is not JSON: {error.msg}.", "Mend the file.") from error
    except (msgspec.ValidationError, UnicodeDecodeError) as error:
        remedy = 'Expected: {"schema": 1, "dismissed": [{"fingerprint": "…", "code": "…", …}]}.'
        raise ConfigError(str(path), f"this is no baseline ({error}).", remedy) from error
    if found.schema != SCHEMA:
        what = f"schema {found.schema}, where this onrecord reads {SCHEMA}."
        raise ConfigError(str(path), what, "Write it anew with --write-baseline.")
    return {entry.fingerprint: entry for entry in found.dismissed}


def write_baseline(path: Path, entries: Iterable[Dismissal]) -> None:
    """Write dismissals, sorted, so that the file appears whole or not at all.

    Raises `OutputError` where it can't be written.
    """
    rows = sorted(entries, key=lambda e: (e.article_id, e.code, e.fingerprint))
    value = _File(schema=SCHEMA, dismissed=tuple(rows))
    text = msgspec.json.format(msgspec.json.encode(value), indent=2)
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(text + b"\n")
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        what = f"can't be written ({error.strerror})."
        raise OutputError(str(path), what, "Check the folder and its permissions.") from error


def dismissals(lint: Lint, reason: str, today: date) -> list[Dismissal]:
    """A dismissal for each finding."""
    return [
        Dismissal(
            fingerprint=f.fingerprint, code=f.code, article_id=f.article_id, reason=reason,
            date=today.isoformat(),
        )
        for f in lint.findings
    ]  # fmt: skip


def apply(lint: Lint, known: Mapping[str, Dismissal]) -> Lint:
    """The lint with the findings that were dismissed set aside in `dismissed`."""
    kept = tuple(f for f in lint.findings if f.fingerprint not in known)
    gone = tuple(f for f in lint.findings if f.fingerprint in known)
    return msgspec.structs.replace(lint, findings=kept, dismissed=(*lint.dismissed, *gone))
