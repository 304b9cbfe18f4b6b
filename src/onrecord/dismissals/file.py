"""Findings that were dismissed, with a reason: a file beside the articles that `check` and the web
app share.

A dismissal names a finding by its fingerprint, which survives edits elsewhere in the article.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import msgspec

from ..errors import ConfigError
from ..files import locked, write_bytes
from ..records import Dismissed, Lint

SCHEMA = 1
_AT = re.compile(r"\(byte (\d+)\)")
LARGEST = 50_000_000
"""Bytes of a baseline."""


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
    where = str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        what = f"can't be read ({error.strerror})."
        raise ConfigError(where, what, "Write one with --write-baseline.") from error
    if len(raw) > LARGEST:
        what = f"larger than {LARGEST // 1_000_000} MB, which no baseline is."
        raise ConfigError(where, what, "Write one with --write-baseline.")
    try:
        found = msgspec.json.decode(raw, type=_File)
    except msgspec.ValidationError as error:
        remedy = 'Expected: {"schema": 1, "dismissed": [{"fingerprint": "…", "code": "…", …}]}.'
        raise ConfigError(where, f"this is no baseline ({error}).", remedy) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        at = _AT.search(str(error))
        line = raw.count(b"\n", 0, int(at[1]) if at else len(raw)) + 1
        where = f"{path}:{line}"
        raise ConfigError(where, f"this is not JSON: {error}.", "Mend the file.") from error
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
    write_bytes(path, text + b"\n")


def add(
    path: Path, entries: Iterable[Dismissal], *, anew: bool = False
) -> tuple[dict[str, Dismissal], int]:
    """Add dismissals to a file that others may be adding to, and give all that it then holds.

    With how many of them were new. One that is in the file already stays as it is, unless `anew`.
    Raises `ConfigError` where the file is no baseline, `OutputError` where it can't be written.
    """
    given = {entry.fingerprint: entry for entry in entries}
    with locked(path):
        before = read_baseline(path) if path.is_file() and path.stat().st_size else {}
        number = len(given.keys() - before.keys())
        made = before | given if anew else given | before
        write_baseline(path, made.values())
    return made, number


def remove(path: Path, fingerprint: str) -> dict[str, Dismissal]:
    """Take a dismissal out of a file that others may be adding to, and give all that it then holds.

    Raises `ConfigError` where the file is no baseline, `OutputError` where it can't be written.
    """
    with locked(path):
        left = read_baseline(path)
        if left.pop(fingerprint, None) is not None:
            write_baseline(path, left.values())
    return left


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
    """The lint with the findings that were dismissed set aside in `dismissed`, with the reason."""
    kept = tuple(f for f in lint.findings if f.fingerprint not in known)
    gone = tuple(
        msgspec.structs.replace(f, dismissed=Dismissed("baseline", known[f.fingerprint].reason))
        for f in lint.findings
        if f.fingerprint in known
    )
    return msgspec.structs.replace(lint, findings=kept, dismissed=(*lint.dismissed, *gone))
