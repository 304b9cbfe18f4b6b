"""
## What it finds
A weekday that its date did not fall on, and a date that the calendar does not have. Where the year is
left out, the date is the one nearest to the day of publication, if that is known.

## Why it matters
One of the two is wrong, and a reader who goes by it comes on the wrong day.

## Fires on
The bridge opened on ⟦Tuesday, 15 March 2023⟧.

The bridge opened on ⟦31 June 2019⟧.

## Stays silent on
The bridge opened on Tuesday, 14 March 2023.

The bridge opened on Tuesday and closed on 15 March 2023.

Ann Lee said: "It was Tuesday, 15 March 2023."

## Known misses
A weekday that stands apart from its date, and days and months in figures.
"""

from collections.abc import Iterator

from ...records import Context, Figure, Hit
from .. import rule
from ..figures import DAYS, day_of, part, stated

_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FAR = 200
"""Days between a date without a year and the day of publication, past which its year is anybody's."""


@rule(
    code="NUM405",
    name="weekday-date-mismatch",
    message="{fault}. Ask: which day was it?",
    severity="error",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    published = context.analysis.article.published
    for figure in stated(context.analysis):
        if figure.kind != "date" or figure.unit or part(figure, "day") is None:
            continue
        fault = _fault(figure, published.toordinal() if published else None)
        if fault:
            yield Hit(span=figure.span, values={"fault": fault})


def _fault(figure: Figure, published: int | None) -> str | None:
    year, month, day = (part(figure, name) for name in ("year", "month", "day"))
    weekday = part(figure, "weekday")
    if month is None or day is None:
        return None
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return "no calendar has this date"
    if year is not None:
        exact = day_of(year, month, day)
        if exact is None:
            return f"{year} had no such day"
        if weekday is not None and exact.weekday() != weekday and year > 1800:
            return f"that day was a {DAYS[exact.weekday()]}"
        return None
    if weekday is None or published is None:
        return None
    around = [day_of(y, month, day) for y in range(*_years(published))]
    near = min((d for d in around if d), key=lambda d: abs(d.toordinal() - published), default=None)
    if near is None or near.weekday() == weekday or abs(near.toordinal() - published) > FAR:
        return None
    return f"in {near.year} that day was a {DAYS[near.weekday()]}"


def _years(ordinal: int) -> tuple[int, int]:
    from datetime import date

    year = date.fromordinal(ordinal).year
    return max(1, year - 1), min(9999, year + 2)
