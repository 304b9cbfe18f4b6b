"""SARIF 2.1.0, for code hosts and editors; columns count UTF-16 units, as it wants."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from .. import __version__
from ..records import Finding, Lint, Span
from ..rules import all_rules
from ..text.lines import Lines

LEVEL = {"error": "error", "warning": "warning", "note": "note"}


def render(lints: Sequence[Lint], *, no_text: bool = False) -> str:
    """The findings of all articles as one SARIF log."""
    used = sorted({f.code for lint in lints for f in (*lint.findings, *lint.dismissed)})
    rules = [rule for rule in all_rules() if rule.code in used]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "onrecord",
                        "version": __version__,
                        "rules": [
                            {
                                "id": rule.code,
                                "name": rule.name,
                                "shortDescription": {"text": rule.name.replace("-", " ")},
                                "help": {"text": rule.page, "markdown": rule.page},
                                "defaultConfiguration": {"level": LEVEL[rule.severity]},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "utf16CodeUnits",
                "results": [row for lint in lints for row in _results(lint, used, no_text)],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _results(lint: Lint, codes: list[str], no_text: bool) -> list[dict[str, Any]]:
    lines = Lines(lint.analysis.article.text, lint.analysis.article.wraps)
    uri = quote(lint.analysis.article.input)

    def place(span: Span, label: str | None = None) -> dict[str, Any]:
        line, column = lines.utf16(span.start)
        end_line, end_column = lines.utf16(span.end)
        region = {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        }  # fmt: skip
        found: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}
        }
        return found | ({"message": {"text": label}} if label else {})

    return [
        {
            "ruleId": f.code,
            "ruleIndex": codes.index(f.code),
            "level": LEVEL[f.severity],
            "message": {"text": f.name.replace("-", " ") if no_text else f.message},
            "locations": [place(f.span)],
            "relatedLocations": [place(r.span, r.label) for r in f.related],
            "partialFingerprints": {"onrecord/v1": f.fingerprint},
        }
        | _suppressed(f)
        for f in (*lint.findings, *lint.dismissed)
    ]


def _suppressed(finding: Finding) -> dict[str, Any]:
    """That a finding was dismissed, and why, if it was."""
    if finding.dismissed is None:
        return {}
    kind = "inSource" if finding.dismissed.by == "comment" else "external"
    return {"suppressions": [{"kind": kind, "justification": finding.dismissed.reason}]}
