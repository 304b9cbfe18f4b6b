"""
## What it finds
A weekday that its date did not fall on, and a date that the calendar does not have. Where the year is
left out, the date is the one nearest to the day of publication, if that is known. And a day after the
day of publication on which something is said to have happened.

## Why it matters
One of the two is wrong, and a reader who goes by it comes on the wrong day.

## Fires on
The bridge opened on ⟦Tuesday, 15 March 2023⟧.

The bridge opened on ⟦31 June 2019⟧.

The bridge opened on ⟦15 March 2023⟧, a Tuesday.

The bridge opened on ⟦Tuesday (15 March 2023)⟧.

## Stays silent on
The bridge opened on Tuesday, 14 March 2023.

The bridge opened on Tuesday and closed on 15 March 2023.

The bridge opened on 14 March 2023, a Tuesday, and on 15 March 2023, a Tuesday crowd came.

Ann Lee said: "It was Tuesday, 15 March 2023."

## Known misses
A weekday that stands further from its date, and days and months in figures. Of days to come only those
that have a year, right behind a plain verb in the past tense.
"""  # noqa: E501

import re
from collections.abc import Iterator, Mapping

from ...language.en.calendar import WEEKDAYS
from ...query.figures import day_of, part, sentence_of, stated, words_of
from ...records import Analysis, Context, Figure, Hit, Span
from .. import rule

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FAR = 200
"""Days between a date without a year and the day of publication, past which its year is
anybody's."""


_WAS = re.compile(r",? (?:which )?(?:was|is|fell on|falls on) (?:an? )?|, a ")
_PAST = re.compile(
    r"\b(?:opened|closed|died|began|ended|started|met|resigned|married|voted|signed|won|lost"
    r"|happened|arrived|collapsed"
    r"|(?:was|were) (?:born|killed|arrested|elected|built|founded|shot|found|sentenced|convicted"
    r"|signed|opened))"
    r" (?:[\w’'-]{1,40} ){0,3}(?:on|in) $"
)
_PLANNED = re.compile(
    r"\b(?:will|would|to be|plan\w{0,40}|schedul\w{1,40}|expect\w{1,40}|set|until|through|due|if"
    r"|when|deadline|expir\w{1,40}|by)\b",
    re.IGNORECASE,
)


@rule(
    code="NUM405",
    name="weekday-date-mismatch",
    message="{fault}. Ask: which day was it?",
    severity="error",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis, published = context.analysis, context.analysis.article.published
    last = max(filter(None, (published, analysis.article.updated)), default=None)
    figures = [f for f in stated(analysis) if f.kind == "date"]
    for n, figure in enumerate(figures):
        value = figure.value if isinstance(figure.value, dict) else {}
        if figure.unit or ("year" not in value and "day" not in value):
            continue
        span, apart = _weekday(analysis, figures[max(0, n - 1) : n + 2], figure)
        coming = _PLANNED.search(words_of(analysis, sentence_of(analysis, figure.span)))
        fault = _fault(
            {**value, **apart}, published.toordinal() if published else None, past=not coming
        )
        if not fault and last and _ahead(value, (last.year, last.month, last.day)):
            fault = _happened(analysis, figure, f"the article is of {last.isoformat()}")
        if fault:
            yield Hit(span=span, values={"fault": fault})


def _weekday(analysis: Analysis, near: list[Figure], date: Figure) -> tuple[Span, dict[str, int]]:
    """The weekday that stands apart, "15 March, a Tuesday" or "Tuesday (15 March)", and the whole
    place."""
    text = analysis.article.text
    for other in near:
        day = part(other, "weekday")
        if other is date or other.unit or day is None or part(date, "weekday") is not None:
            continue
        if part(other, "day") is not None or part(date, "day") is None:
            continue
        low, high = sorted((date.span, other.span))
        between, after = text[low.end : high.start], text[high.end : high.end + 2]
        if other.span == low and between == " (" and after[:1] == ")":
            return Span(low.start, high.end + 1), {"weekday": day}
        if low == date.span and (
            (_WAS.fullmatch(between) and not re.match(r"[ -]?\w", after))
            or (_WAS.fullmatch(between) and re.match(r" [a-z]", after) and "," not in between)
            or (between == " (" and after[:1] == ")")
        ):
            return date.span, {"weekday": day}
    return date.span, {}


def _ahead(value: Mapping[str, int], last: tuple[int, int, int]) -> bool:
    """Whether a date with its year lies wholly after a day."""
    year, month, day = (value.get(k) for k in ("year", "month", "day"))
    if year is None or "until" in value:
        return False
    if month is None or day is None:
        return (year, month or 0) > ((last[0], last[1]) if month else (last[0], 0))
    return (year, month, day) > (last[0], last[1], last[2] + 1)


def _happened(analysis: Analysis, figure: Figure, told: str) -> str | None:
    """The fault of a day to come on which something is said to have happened."""
    text, sentence = analysis.article.text, sentence_of(analysis, figure.span)
    before = text[max(sentence.start, figure.span.start - 60) : figure.span.start]
    if not _PAST.search(before) or _PLANNED.search(text, sentence.start, sentence.end):
        return None
    return f"in the past tense, and {told}"


def _fault(value: Mapping[str, int], published: int | None, *, past: bool) -> str | None:
    """What is wrong with a date; `past` says that nothing in its sentence is to come, so that the
    year before counts as well."""
    year, month, day = (value.get(name) for name in ("year", "month", "day"))
    weekday = value.get("weekday")
    if month is None or day is None:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return "no calendar has this date"
    if year is not None:
        exact = day_of(year, month, day)
        if exact is None:
            return f"{year} had no such day"
        if weekday is not None and exact.weekday() != weekday and year > 1800:
            return f"that day was a {WEEKDAYS[exact.weekday()]}"
        return None
    if weekday is None or published is None:
        return None
    around = [day_of(y, month, day) for y in range(*_years(published))]
    near = min((d for d in around if d), key=lambda d: abs(d.toordinal() - published), default=None)
    if past and any(
        d.weekday() == weekday and 0 <= published - d.toordinal() <= 366 for d in around if d
    ):
        return None
    if near is None or near.weekday() == weekday or abs(near.toordinal() - published) > FAR:
        return None
    return f"in {near.year} that day was a {WEEKDAYS[near.weekday()]}"


def _years(ordinal: int) -> tuple[int, int]:
    from datetime import date

    year = date.fromordinal(ordinal).year
    return max(1, year - 1), min(9999, year + 2)
