"""How often each rule fires, over all articles: a table for the terminal, or JSON."""

from collections import Counter

import msgspec

from ..linter import RANK
from ..records import Finding, Lint, Severity
from .paint import PLAIN, Paint


class _Row(msgspec.Struct, frozen=True):
    code: str
    name: str
    severity: Severity
    """The gravest that it fired with."""
    count: int
    articles: int
    """In how many articles."""
    dismissed: int


class Statistics:
    """Counts findings as the articles come; keeps no article."""

    def __init__(self) -> None:
        self._rules: dict[str, Finding] = {}
        self._found: Counter[str] = Counter()
        self._articles: Counter[str] = Counter()
        self._dismissed: Counter[str] = Counter()

    def add(self, lint: Lint) -> None:
        """Count the findings of an article, and those that were dismissed."""
        for finding in (*lint.findings, *lint.dismissed):
            known = self._rules.setdefault(finding.code, finding)
            if RANK[finding.severity] > RANK[known.severity]:
                self._rules[finding.code] = finding
        self._found.update(f.code for f in lint.findings)
        self._articles.update({f.code for f in lint.findings})
        self._dismissed.update(f.code for f in lint.dismissed)

    def rows(self) -> list[_Row]:
        """A row a rule, the most frequent first."""
        made = [
            _Row(
                code=code,
                name=one.name,
                severity=one.severity,
                count=self._found[code],
                articles=self._articles[code],
                dismissed=self._dismissed[code],
            )
            for code, one in self._rules.items()
        ]
        return sorted(made, key=lambda row: (-row.count, row.code))

    def as_text(self, paint: Paint = PLAIN) -> str:
        """The table; empty where no rule fired."""
        rows = self.rows()
        if not rows:
            return ""
        gone = any(row.dismissed for row in rows)
        head = f"{'count':>6} {'articles':>8} " + (f"{'dismissed':>9} " if gone else "")
        lines = [paint("strong", f"{head} {'severity':<8} {'code':<6} name")]
        for row in rows:
            line = f"{row.count:>6} {row.articles:>8} "
            line += f"{row.dismissed:>9} " if gone else ""
            severity = paint(row.severity, f"{row.severity:<8}")
            lines.append(f"{line} {severity} {row.code:<6} {row.name}")
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The rows as a list of objects."""
        return msgspec.json.format(msgspec.json.encode(self.rows()), indent=2).decode() + "\n"
