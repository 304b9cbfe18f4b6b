"""The terminal's report: each finding with its line, its words marked, and its evidence."""

from collections.abc import Iterator

from ..records import Finding, Lint
from ..text.places import Places, display_name
from ..text.spans import text_of
from . import visible
from .paint import PLAIN, Paint

WIDTH = 96
"""Characters of a line that are shown around the finding where the window's width isn't known."""


def render(lint: Lint, *, no_text: bool = False, paint: Paint = PLAIN) -> str:
    """The findings of one article as a terminal shows them; empty if there are none."""
    places = Places(lint.analysis.article)
    parts = [
        part for f in lint.findings for part in (*_finding(lint, f, places, no_text, paint), "")
    ]
    gone = [_dismissed(lint, f) for f in lint.dismissed if f.dismissed and f.dismissed.reason]
    return "\n".join([*parts, *gone, *([""] if gone else [])])


def _dismissed(lint: Lint, finding: Finding) -> str:
    """A line for a finding that was set aside: which, where, by what, why."""
    assert finding.dismissed is not None
    where = f"{visible(display_name(lint.analysis.article))}:{finding.line}"
    reason = visible(finding.dismissed.reason)
    return f"dismissed {finding.code} {finding.name} ({where}, {finding.dismissed.by}): {reason}"


def _finding(
    lint: Lint, finding: Finding, places: Places, no_text: bool, paint: Paint
) -> Iterator[str]:
    article = lint.analysis.article
    where = f"{visible(display_name(article))}:{finding.line}:{finding.column}"
    message = finding.message if not no_text else finding.name.replace("-", " ")
    said = paint.fold(f"{finding.severity} {finding.code} {finding.name}: {visible(message)}")
    yield paint(finding.severity, finding.severity) + said.removeprefix(finding.severity)
    yield f"  {paint('faint', '-->')} {where}"
    if no_text:
        return
    line, column = places.words(finding.span.start)
    length = finding.span.end - finding.span.start
    yield from _excerpt(line, finding.line, column, length, paint, finding.severity)
    unit = "line" if article.row is not None else article.placed_in
    for related in finding.related[:6]:
        number, _ = places.line_column(related.span.start)
        words = " ".join(text_of(article.text, related.span).split())
        words = words if len(words) <= 70 else words[:67] + "…"
        said = f"   = {unit} {number}: {visible(related.label)}: “{visible(words)}”"
        yield paint.fold(said, "     ")
    if len(finding.related) > 6:
        yield f"   = and {len(finding.related) - 6} further places"


def _excerpt(
    line: str, number: int, column: int, length: int, paint: Paint, severity: str
) -> Iterator[str]:
    """The line with a finding, cut to width, and the marks under its words."""
    line = line.replace("\t", " ")
    margin = " " * len(str(number))
    width = WIDTH if paint.width is None else max(20, paint.width - len(margin) - 5)
    before = min(20, width // 4)
    start = max(0, min(column - 1 - before, len(line) - width))
    shown = line[start : start + width]
    left = visible(shown[: column - 1 - start])
    marked = visible(shown[column - 1 - start : column - 1 - start + length])
    rest = visible(shown[column - 1 - start + length :])
    front, back = "…" if start else "", "…" if start + width < len(line) else ""
    bar = paint("faint", "|")
    yield f"{margin} {bar}"
    yield f"{paint('faint', str(number))} {bar} {front}{left}{paint('strong', marked)}{rest}{back}"
    under = paint(severity, "^" * max(1, len(marked)))
    yield f"{margin} {bar} {' ' * (len(front) + len(left))}{under}"
