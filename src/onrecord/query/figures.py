"""Arithmetic over figures, for rules: whose a figure is, which year is meant, how exact it is.

Answers questions that several rules ask; decides nothing. Figures that stand in quotation marks are
what other people said, and are left out of `stated`.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from ..records import Analysis, Figure, Person, Related, Span

_EXACT = re.compile(r"\d++(?:,\d{3})*+(?:\.(\d++))?")


class Quoted:
    """The stretches between quotation marks, for asking whether a place stands in one."""

    def __init__(self, analysis: Analysis) -> None:
        spans = sorted(q.span for q in analysis.quotes if q.parent is None)
        self._starts = [s.start for s in spans]
        self._ends = [s.end for s in spans]

    def holds(self, span: Span) -> bool:
        """Whether a place stands inside a quotation."""
        n = bisect_right(self._starts, span.start) - 1
        return n >= 0 and span.end <= self._ends[n]


def stated(analysis: Analysis) -> list[Figure]:
    """The figures that the article itself gives: those outside quotation marks."""
    quoted = Quoted(analysis)
    return [f for f in analysis.figures if not quoted.holds(f.span)]


def words_of(analysis: Analysis, span: Span) -> str:
    """The words of a place in one line."""
    return " ".join(analysis.article.text[span.start : span.end].split())


def owners(analysis: Analysis) -> dict[Span, Person]:
    """Whose a mention is, by its place."""
    return {mention: person for person in analysis.people for mention in person.mentions}


def sentence_of(analysis: Analysis, span: Span) -> Span:
    """The sentence that a place stands in."""
    n = bisect_right(analysis.sentences, span.start, key=lambda s: s.start) - 1
    return analysis.sentences[max(0, n)]


class Sentences:
    """The figures of an analysis, sentence by sentence."""

    def __init__(self, analysis: Analysis, figures: Sequence[Figure]) -> None:
        self._starts = [s.start for s in analysis.sentences]
        self.rows: list[list[Figure]] = [[] for _ in analysis.sentences]
        for figure in figures:
            n = bisect_right(self._starts, figure.span.start) - 1
            if n >= 0:
                self.rows[n].append(figure)


def part(figure: Figure, name: str) -> int | None:
    """A part of a date: `year`, `month`, `day`, `weekday`."""
    return figure.value.get(name) if isinstance(figure.value, dict) else None


def number(figure: Figure) -> float:
    """The value of a figure that is no date."""
    return figure.value if isinstance(figure.value, float) else float("nan")


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or null where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def places(words: str) -> int:
    """How many decimal places a number is written with."""
    match = _EXACT.search(words)
    return len(match.group(1) or "") if match else 0


def slack(analysis: Analysis, figure: Figure) -> float:
    """Half a unit of the last digit that a figure is written with: what rounding can hide."""
    words, value = words_of(analysis, figure.span), number(figure)
    digits = _EXACT.search(words)
    if digits is None:
        return 0.5
    plain = float(digits.group().replace(",", "")) or 1.0
    scale = value / plain if value and plain else 1.0
    if digits.group(1) is None and scale == 1.0:
        zeros = len(digits.group()) - len(digits.group().rstrip("0,"))
        return 0.5 * 10 ** min(zeros, 6) if zeros > 1 and value >= 1000 else 0.5
    return float(0.5 * scale / 10 ** places(words))


def rounded(analysis: Analysis, figure: Figure) -> float:
    """What rounding can hide in a number that a change is worked out of: "5,000" to a hundred, "24"
    nothing."""
    words = words_of(analysis, figure.span)
    digits = _EXACT.search(words)
    whole = digits is not None and digits.group(1) is None
    if digits is None or not whole or figure.kind == "share":
        return slack(analysis, figure)
    plain = float(digits.group().replace(",", "")) or 1.0
    if number(figure) / plain != 1.0:
        return slack(analysis, figure)
    zeros = len(digits.group()) - len(digits.group().rstrip("0,"))
    return 0.5 * 10.0 ** max(0, min(zeros, 6) - 1) if plain >= 1000 and zeros > 1 else 0.0


def place(span: Span, label: str) -> tuple[Related, ...]:
    """One further place, as evidence."""
    return (Related(span, label),)
