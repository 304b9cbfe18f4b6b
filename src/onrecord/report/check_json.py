"""The findings as JSON: one document for all articles, or one object a line."""

from collections.abc import Sequence
from typing import Any

import msgspec

from ..records import SCHEMA, Finding, Lint, Problem
from ..text.places import Places
from . import bare
from .cards import cards


def article(
    name: str, lint: Lint | None, problems: Sequence[Problem] = (), *, no_text: bool = False
) -> dict[str, Any]:
    """One element of `articles`: the input's name, findings, dismissed findings and problems."""
    lint = bare.lint(lint) if lint and no_text else lint
    findings = lint.findings if lint else ()
    failed = lint.failed if lint else ()
    places = Places(lint.analysis.article) if lint else None
    notes = lint.analysis.article.notes if lint else ()
    problems = [problem for problem in problems if problem not in notes]
    together = {c[0].fingerprint: c[1:] for c in cards(lint)} if lint else {}
    return {
        "id": name,
        "findings": [_finding(f, places) | _joined(f, together) for f in findings],
        "dismissed": [
            _finding(f, places) | {"by": f.dismissed.by, "reason": f.dismissed.reason}
            for f in (lint.dismissed if lint else ())
            if f.dismissed
        ],
        "problems": [msgspec.to_builtins(p) for p in (*problems, *notes, *failed)],
    }


def _finding(finding: Finding, places: Places | None) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity,
        "span": [finding.span.start, finding.span.end],
        "line": finding.line,
        "column": finding.column,
        "place": places.described(finding.span) if places else None,
        "message": finding.message,
        "related": [
            {"span": [r.span.start, r.span.end], "label": r.label} for r in finding.related
        ],
        "confidence": finding.confidence,
        "fingerprint": finding.fingerprint,
    }


def _joined(finding: Finding, together: dict[str, tuple[Finding, ...]]) -> dict[str, Any]:
    """`related` with the further questions on the same voice, each with its `code`."""
    more = together.get(finding.fingerprint, ())
    related = [{"span": [r.span.start, r.span.end], "label": r.label} for r in finding.related]
    related += [
        {"span": [f.span.start, f.span.end], "label": f.message, "code": f.code} for f in more
    ]
    return {"related": related} if more else {}


def document(articles: Sequence[dict[str, Any]]) -> str:
    """All articles as one JSON document."""
    value = {"schema": SCHEMA, "articles": list(articles)}
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def line(element: dict[str, Any]) -> str:
    """One article as a line of JSON."""
    return msgspec.json.encode(element).decode() + "\n"
