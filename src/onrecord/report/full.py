"""The terminal's report: each finding with its line, its words marked, and its evidence."""

from collections.abc import Iterator

from ..records import Finding, Lint
from ..text.places import Places, display_name
from ..text.spans import text_of
from . import visible

WIDTH = 96
"""Characters of a line that are shown around the finding."""


def render(lint: Lint, *, no_text: bool = False) -> str:
    """The findings of one article as text with rich's markup left out; empty if there are none."""
    parts = [part for f in lint.findings for part in (*_finding(lint, f, no_text), "")]
    gone = [_dismissed(lint, f) for f in lint.dismissed if f.dismissed and f.dismissed.reason]
    return "\n".join([*parts, *gone, *([""] if gone else [])])


def _dismissed(lint: Lint, finding: Finding) -> str:
    """A line for a finding that was set aside: which, where, by what, why."""
    assert finding.dismissed is not None
    where = f"{visible(display_name(lint.analysis.article))}:{finding.line}"
    reason = visible(finding.dismissed.reason)
    return f"dismissed {finding.code} {finding.name} ({where}, {finding.dismissed.by}): {reason}"


def _finding(lint: Lint, finding: Finding, no_text: bool) -> Iterator[str]:
    article = lint.analysis.article
    where = f"{visible(display_name(article))}:{finding.line}:{finding.column}"
    message = finding.message if not no_text else finding.name.replace("-", " ")
    yield f"{finding.severity} {finding.code} {finding.name}: {visible(message)}"
    yield f"  --> {where}"
    if no_text:
        return
    places = Places(article)
    line, column = places.words(finding.span.start)
    yield from _excerpt(line, finding.line, column, finding.span.end - finding.span.start)
    unit = "line" if article.row is not None else article.placed_in
    for related in finding.related[:6]:
        number, _ = places.line_column(related.span.start)
        words = " ".join(text_of(article.text, related.span).split())
        words = words if len(words) <= 70 else words[:67] + "…"
        yield f"   = {unit} {number}: {visible(related.label)}: “{visible(words)}”"
    if len(finding.related) > 6:
        yield f"   = and {len(finding.related) - 6} further places"


def _excerpt(line: str, number: int, column: int, length: int) -> Iterator[str]:
    """The line with a finding, cut to width, and the marks under its words."""
    line = line.replace("\t", " ")
    start = max(0, min(column - 1 - 20, len(line) - WIDTH))
    shown = line[start : start + WIDTH]
    left = visible(shown[: column - 1 - start])
    marked = visible(shown[column - 1 - start : column - 1 - start + length])
    rest = visible(shown[column - 1 - start + length :])
    front, back = "…" if start else "", "…" if start + WIDTH < len(line) else ""
    margin = " " * len(str(number))
    yield f"{margin} |"
    yield f"{number} | {front}{left}{marked}{rest}{back}"
    yield f"{margin} | {' ' * (len(front) + len(left))}{'^' * max(1, len(marked))}"
