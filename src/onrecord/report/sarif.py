"""SARIF 2.1.0, for code hosts and editors; columns count UTF-16 units, as it wants."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from .. import __version__
from ..records import Finding, Lint, Problem, Span
from ..rules import all_rules
from ..text.places import Places
from . import uri
from .rulepage import rule_markdown

LEVEL = {"error": "error", "warning": "warning", "note": "note"}


def render(
    lints: Sequence[Lint], *, problems: Sequence[Problem] = (), no_text: bool = False
) -> str:
    """The findings of all articles as one SARIF log.

    `problems` are those of inputs that gave no article; what is to say of the others goes with
    them.
    """
    said = [(p.where, p) for p in problems]
    for lint in lints:
        article = lint.analysis.article
        said += [(article.path or article.input, p) for p in article.notes]
        said += [(article.path or article.input, p) for p in lint.failed]
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
                                "help": _help(rule.code),
                                "defaultConfiguration": {"level": LEVEL[rule.severity]},
                            }
                            for rule in rules
                        ],
                    }
                },
                "columnKind": "utf16CodeUnits",
                "invocations": [
                    {
                        "executionSuccessful": not any(p.fatal for _, p in said),
                        "toolExecutionNotifications": [_said(where, p) for where, p in said],
                    }
                ],
                "results": [row for lint in lints for row in _results(lint, used, no_text)],
            }
        ],
    }
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode() + "\n"


def _help(code: str) -> dict[str, str]:
    page = rule_markdown(code)
    plain = re.sub(r"^(?:> ?|#+ )", "", page.replace("**", "").replace("`", ""), flags=re.M)
    return {"text": plain, "markdown": page}


def _results(lint: Lint, codes: list[str], no_text: bool) -> list[dict[str, Any]]:
    article = lint.analysis.article
    places, file = Places(article), uri(article.path or article.input)

    def place(span: Span, label: str | None = None) -> dict[str, Any]:
        line, column = places.utf16(span.start)
        end_line, end_column = places.utf16(max(span.start, span.end - 1))
        end_column += 1 + (
            ord(article.text[span.end - 1]) > 0xFFFF if span.end > span.start else -1
        )
        region = {
            "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
        }  # fmt: skip
        found: dict[str, Any] = {
            "physicalLocation": {"artifactLocation": {"uri": file}, "region": region}
        }
        if article.placed_in != "line":
            found["logicalLocations"] = [{"name": f"{article.placed_in} {line}"}]
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


def _said(where: str, problem: Problem) -> dict[str, Any]:
    """What there is to say about an input, as the run's own message."""
    return {
        "level": "error" if problem.fatal else "note",
        "message": {"text": f"{problem.what} {problem.remedy}".strip()},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(where)}}}],
    }


def _suppressed(finding: Finding) -> dict[str, Any]:
    """That a finding was dismissed, and why, if it was."""
    if finding.dismissed is None:
        return {}
    kind = "inSource" if finding.dismissed.by == "comment" else "external"
    return {"suppressions": [{"kind": kind, "justification": finding.dismissed.reason}]}
