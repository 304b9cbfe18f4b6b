"""Findings that are one concern: what several rules ask of one unnamed voice is one card with
several questions.

Every finding stays one in the data, with its own code; this says which belong together, for
formats that people read and for the codes in JSON.
"""

from collections.abc import Sequence

from ..records import Finding, Lint
from ..text.spans import SpanIndex

ONE_CONCERN = frozenset(("ANO001", "ANO002", "ANO006", "ANO008"))
"""Rules that ask about the same thing: who an unnamed voice is, and whether it is one."""
_RANK = {"error": 0, "warning": 1, "note": 2}


def worst_first(finding: Finding) -> tuple[int, int, str]:
    """What findings are sorted by where the gravest come first."""
    return (_RANK[finding.severity], finding.span.start, finding.code)


def cards(lint: Lint, findings: Sequence[Finding] | None = None) -> list[tuple[Finding, ...]]:
    """The findings as cards, in order: the gravest of a card first, most cards of one finding."""
    analysis = lint.analysis
    mentions = SpanIndex((m, s.id) for s in analysis.sources for m in s.mentions)
    groups: dict[object, list[Finding]] = {}
    for finding in lint.findings if findings is None else findings:
        key: object = finding.fingerprint
        if finding.code in ONE_CONCERN:
            voices = sorted(voice for _, voice in mentions.at(finding.span))
            key = ("voice", voices[0]) if voices else key
        groups.setdefault(key, []).append(finding)
    return [tuple(sorted(group, key=worst_first)) for group in groups.values()]
