"""
## What it finds
A length of time that the years next to it, or a year and the day of publication, do not give: "since
2015 … for six years", "from 2010 to 2015, a seven-year", "six years ago, in 2009". One year of
difference is let pass. A sentence on, "the nine-year marriage", "in those nine years" and "it lasted nine years" are
held against the years of the sentence before.

## Why it matters
One of the two numbers is wrong, and both look as though somebody had counted.

## Fires on
She led the choir for ⟦nine years⟧, from 2010 to 2015.

The war began in 2010 and ended in 2015. It lasted ⟦nine years⟧.

From 2010 to 2015 she led the choir. In those ⟦nine years⟧ it grew.

They married in 2001 and divorced in 2006 after ⟦nine years⟧ of marriage.

The strike began in 1990 and ended ⟦12 years later⟧, in 1996.

The war began in 1990 and ended in 1996, ⟦12 years later⟧.

She leased the pier in 1994 for ⟦35 years⟧, until 2019.

She spent ⟦16 years⟧ in prison, from 2003 to 2014.

## Stays silent on
The strike began in 1990 and ended six years later, in 1996.

She led the choir from 2010 to 2015, a five-year term.

She led the choir from 2010 to 2015, and sang for nine years in Sea Town.

They married in 2001 and divorced in 2006 after five years of marriage.

The war began in 2010 and ended in 2015. It lasted five years.

The war began in 2010 and ended in 2015. He was in prison for nine years.

## Known misses
Dates and durations further apart, and months and days.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.figures import Sentences, number, part, stated
from ...records import Analysis, Context, Figure, Hit, Related
from .. import rule
from . import _year_ranges as spans
from ._year_ranges import year_of, years_of


@rule(
    code="NUM406",
    name="duration-mismatch",
    message="{given} here, but the dates make it {right}. Ask: which is right?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    before: list[Figure] = []
    published = analysis.article.published
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            if _length(figure) is not None:
                if figure.kind == "duration":
                    yield from _range(analysis, row, n)
                yield from _since(analysis, row, n)
                yield from _apart(analysis, before, row, n)
            elif n + 2 < len(row) and (
                found := spans.later(analysis.article.text, *row[n : n + 3])
            ):
                right = (year_of(found[2]) or 0) - (year_of(found[1]) or 0)
                yield from _hit(found[0], right, found[1:], part(found[0], "years") or 0)
            elif figure.kind == "date" and figure.unit == "published":
                if published and (year := spans.ago(analysis.article.text, row, n)) is not None:
                    back = -(part(figure, "years") or 0)
                    yield from _hit(figure, published.year - (year_of(year) or 0), (year,), back)
            elif n == 0 and published and figure.unit == "text":
                dates = tuple(f for f in before if year_of(f) is not None)
                if spans.still(analysis.article.text, figure, dates):
                    right = published.year - (year_of(dates[0]) or 0)
                    yield from _hit(figure, right, dates, part(figure, "years") or 0)
        before = row


def _length(figure: Figure) -> float | None:
    """The years that a duration, or the age of a thing, is long."""
    if figure.kind == "duration" and figure.unit in ("years", "decades"):
        return number(figure) * (10 if figure.unit == "decades" else 1)
    return number(figure) if figure.kind == "age" and figure.unit == "years" else None


def _hit(
    figure: Figure, right: float, shown: tuple[Figure, ...], years: float = 0
) -> Iterator[Hit]:
    years = years or _length(figure) or 0
    if figure.approximate or abs(years - right) <= 1:
        return
    yield Hit(
        span=figure.span,
        values={"given": f"{years:g} years", "right": f"{right:g}"},
        related=tuple(Related(f.span, "the date") for f in shown),
    )


def _range(analysis: Analysis, row: list[Figure], n: int) -> Iterator[Hit]:
    """The two dates before or behind the duration, or the stretch of years behind it."""
    text, figure = analysis.article.text, row[n]
    if 0 < n < len(row) - 1 and spans.leased(text, row[n - 1], figure, row[n + 1]):
        start, end = year_of(row[n - 1]) or 0, year_of(row[n + 1]) or 0
        yield from _hit(figure, end - start, (row[n - 1], row[n + 1]))
    for k in (n - 2, n + 1):
        first, last = (row[k], row[k + 1]) if 0 <= k < len(row) - 1 else (figure, figure)
        if spans.spanned(text, figure, first, last):
            yield from _hit(figure, (year_of(last) or 0) - (year_of(first) or 0), (first, last))
    if (
        n + 1 < len(row)
        and (years := years_of(row[n + 1]))
        and spans.bracketed(text, figure, row[n + 1])
    ):
        yield from _hit(figure, years[1] - years[0], (row[n + 1],))


def _since(analysis: Analysis, row: list[Figure], n: int) -> Iterator[Hit]:
    """ "For six years, since 2015", and "the 20-year-old company, founded in 1996"."""
    published = analysis.article.published
    for k in (n - 1, n + 1):
        if published and 0 <= k < len(row) and (year := year_of(row[k])) is not None:
            if spans.since(analysis.article.text, row[n], row[k]):
                yield from _hit(row[n], published.year - year, (row[k],))


def _apart(analysis: Analysis, before: list[Figure], row: list[Figure], n: int) -> Iterator[Hit]:
    """ "It lasted six years", "in those six years", "the six-year marriage": the sentence
    before."""
    text, published = analysis.article.text, analysis.article.published
    dates = tuple(f for f in before if year_of(f) is not None)
    if row[n].kind != "duration" or n or not dates:
        return
    first, last = year_of(dates[0]) or 0, year_of(dates[-1]) or 0
    if len(dates) == 2 and first < last and spans.resumed(text, row[n], dates):
        yield from _hit(row[n], last - first, dates)
    elif (
        len(dates) == 1
        and published
        and (spans.resumed(text, row[n], dates) or spans.wed(text, row, dates))
    ):
        yield from _hit(row[n], published.year - first, dates)
