"""What rules are, what they are called with, and what they yield."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec

from .analysis import Analysis
from .article import Problem, Span
from .history import History
from .verification import Verdict

Severity = Literal["error", "warning", "note"]

Status = Literal["preview", "stable", "deprecated"]

Scope = Literal["reporter", "attributed", "all"]


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user asked for; `config` reads it, rules and reports only look at it."""

    select: tuple[str, ...] = ()
    """Codes or families, in any case; empty means the default rules."""
    ignore: tuple[str, ...] = ()
    preview: bool = False
    fail_on: Severity = "warning"
    severity: dict[str, Severity] = {}
    """Severity overrides by code."""
    options: dict[str, dict[str, Any]] = {}
    """Options of rules, by code."""
    extend_select: tuple[str, ...] = ()
    """Codes that run besides the selected ones."""
    standard: tuple[str, ...] = ()
    """Only rules of these bodies run."""
    profile: str | None = None
    sure: float = 0.0
    """Findings that rest on a speaker who is less likely than this to be the right one are left
    out."""
    accepted: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    """The house's own lists: descriptions of sources it accepts, words it holds loaded."""
    outlets: dict[str, "Settings"] = {}
    """Settings for articles of one outlet, by its name."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule is called with. Callers fill it, so that rules stay below them."""

    analysis: Analysis
    settings: Settings = Settings()
    verdicts: tuple[Verdict, ...] | None = None
    """From `verify`."""
    history: History | None = None
    """From the ledger."""


class Related(msgspec.Struct, frozen=True):
    """A further place that a hit rests on, and what it shows."""

    span: Span
    label: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule yields: a place, the values for its message, the evidence."""

    span: Span
    values: Mapping[str, str] = {}
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """Lower than the rule's own, where this hit deserves less."""
    confidence: float | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its page, its place in the catalogue, and the function that checks it."""

    code: str
    name: str
    message: str
    severity: Severity
    status: Status
    since: str
    standards: tuple[str, ...]
    scope: Scope
    """Where its hits count: in the reporter's own words, in what others say, everywhere."""
    house_accepted: bool
    """Whether a finding on a description of a source that the house accepts is left out."""
    options: dict[str, Any]
    """The options' defaults by name; a setting must be of its default's type."""
    check: Callable[[Context], Iterable[Hit]]
    page: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A hit with its rule's code and a message, ready to be read."""

    code: str
    name: str
    severity: Severity
    span: Span
    line: int
    """Of the span's start, from 1."""
    column: int
    """Of the span's start, in code points, from 1."""
    message: str
    related: tuple[Related, ...] = ()
    confidence: float | None = None
    fingerprint: str
    """Stays the same when the article is edited elsewhere."""
    article_id: str
    dismissed: "Dismissed | None" = None
    """Who set it aside and why, if somebody did."""

    def __repr__(self) -> str:
        place = f"{self.line}:{self.column}"
        return f"<Finding {place} {self.code} {self.severity} {self.message!r}>"


class Dismissed(msgspec.Struct, frozen=True):
    """Why a finding is set aside."""

    by: Literal["comment", "baseline"]
    reason: str


class Lint(msgspec.Struct, frozen=True, kw_only=True):
    """The findings on one article, those set aside, and the rules and comments that went wrong."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...] = ()
    failed: tuple[Problem, ...] = ()

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows that a corpus's table of findings has of this article, a dictionary each."""
        from . import rows

        return rows.finding_rows(self)

    def _repr_html_(self) -> str:
        """For notebooks."""
        from . import notebook

        return notebook.lint(self)

    def __repr__(self) -> str:
        counts = f"{len(self.findings)} findings, {len(self.dismissed)} dismissed"
        failed = f", {len(self.failed)} failed" if self.failed else ""
        return f"<Lint {self.analysis.article.input!r} {counts}{failed}>"
