"""GitLab's code quality report: an array that a merge request shows beside the changed lines.

Its format is GitLab's own subset of Code Climate's: description, check_name, fingerprint, location,
severity.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from ..records import Lint, Problem
from ..text.places import Places
from . import relative, visible

LEVEL = {"error": "major", "warning": "minor", "note": "info"}


def render(
    lints: Sequence[Lint], *, problems: Sequence[Problem] = (), no_text: bool = False
) -> str:
    """The findings of all articles, and as blockers the inputs that gave no article."""
    rows = [row for lint in lints for row in _rows(lint, no_text)]
    rows += [
        _row("unreadable", f"{p.what} {p.remedy}", (p.where, "problem"), 1, "blocker")
        for p in problems
        if p.fatal
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2).decode() + "\n"


def _rows(lint: Lint, no_text: bool) -> list[dict[str, Any]]:
    article = lint.analysis.article
    places, path = Places(article), article.path or article.input
    return [
        _row(
            f"{f.code} {f.name}",
            f.name.replace("-", " ") if no_text else f"{f.code}: {f.message}",
            (path, f"{article.row or ''} {f.fingerprint}"),
            places.in_file(f.span.start)[0],
            LEVEL[f.severity],
        )
        for f in lint.findings
    ]


def _row(check: str, said: str, where: tuple[str, str], line: int, severity: str) -> dict[str, Any]:
    """An entry; its fingerprint tells equal findings of two files apart, as GitLab wants."""
    path = relative(where[0])
    name = hashlib.sha256(f"{path}\x1f{where[1]}".encode("utf-8", "surrogatepass")).hexdigest()
    return {
        "description": visible(said),
        "check_name": check,
        "fingerprint": name[:32],
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }
