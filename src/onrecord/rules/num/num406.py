"""
## What it finds
A length of time that the years next to it, or a year and the day of publication, do not give: "since
2015 … for six years", "from 2010 to 2015, a seven-year", "six years ago, in 2009". One year of
difference is let pass.

## Why it matters
One of the two numbers is wrong, and both look as though somebody had counted.

## Fires on
She led the choir from 2010 to 2015, a ⟦nine-year⟧ term.

She led the choir for ⟦nine years⟧, from 2010 to 2015.

They married in 2001 and divorced in 2006 after ⟦nine years⟧ of marriage.

## Stays silent on
She led the choir from 2010 to 2015, a five-year term.

She led the choir for six years, from 2010 to 2015.

She led the choir from 2010 to 2015, and sang for nine years in Sea Town.

They married in 2001 and divorced in 2006 after five years of marriage.

## Known misses
Dates and durations in different sentences, and months and days.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit, Related
from .. import rule
from ..figures import Sentences, number, part, stated


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
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            if figure.kind == "duration" and figure.unit in ("years", "decades"):
                yield from _range(analysis, row, n)
                yield from _since(analysis, row, n)
            elif figure.kind == "date" and figure.unit == "published":
                yield from _ago(analysis, row, n)


def _year(figure: Figure) -> int | None:
    return part(figure, "year") if figure.kind == "date" and not figure.unit else None


def _hit(figure: Figure, years: float, right: float, shown: tuple[Figure, ...]) -> Iterator[Hit]:
    if figure.approximate or abs(years - right) <= 1:
        return
    yield Hit(
        span=figure.span,
        values={"given": f"{years:g} years", "right": f"{right:g}"},
        related=tuple(Related(f.span, "the date") for f in shown),
    )


def _length(figure: Figure) -> float:
    return number(figure) * (10 if figure.unit == "decades" else 1)


def _range(analysis: Analysis, row: list[Figure], n: int) -> Iterator[Hit]:
    """ "From 2010 to 2015" right before or behind the duration, and "married … divorced … after"."""
    text, figure = analysis.article.text, row[n]
    for one, other in ((n - 2, n - 1), (n + 1, n + 2)):
        if one < 0 or other >= len(row):
            continue
        first, last = row[one], row[other]
        start, end = _year(first), _year(last)
        if start is None or end is None or end <= start:
            continue
        between = text[first.span.end : last.span.start]
        left = text[max(0, first.span.start - 9) : first.span.start]
        ranged = re.fullmatch(r" (?:to|until|through|and) |[–-]", between) and re.search(
            r"\b(?:from|between) $|\($", left
        )
        if one > n:
            gap = text[figure.span.end : first.span.start]
            if ranged and re.fullmatch(r"(?:,| \()? ?(?:from |between )?", gap):
                yield from _hit(figure, _length(figure), end - start, (first, last))
            continue
        gap = text[last.span.end : figure.span.start]
        if ranged and re.fullmatch(r",? (?:or |a |an |[—–-] (?:a |an )?)?|,? \(", gap):
            yield from _hit(figure, _length(figure), end - start, (first, last))
        elif re.fullmatch(r",? after ", gap) and re.search(
            r"\b(?:married|wed|began|joined|founded|opened|started)\b[\w ]{0,20}$",
            text[max(0, first.span.start - 40) : first.span.start],
        ):
            if re.search(
                r"\b(?:divorced|separated|split|ended|left|closed|retired|quit)\b", between
            ):
                yield from _hit(figure, _length(figure), end - start, (first, last))


def _since(analysis: Analysis, row: list[Figure], n: int) -> Iterator[Hit]:
    """ "For six years, since 2015", counted to the day of publication."""
    text, figure, published = analysis.article.text, row[n], analysis.article.published
    if published is None:
        return
    for k in (n - 1, n + 1):
        if not 0 <= k < len(row) or (year := _year(row[k])) is None:
            continue
        other = row[k]
        if not re.search(r"\bsince $", text[max(0, other.span.start - 7) : other.span.start]):
            continue
        low, high = sorted((figure, other), key=lambda f: f.span)
        gap = text[low.span.end : high.span.start]
        if re.fullmatch(r"(?:,| \(|,? [—–-])? ?(?:for |a |or |since )?", gap):
            yield from _hit(figure, _length(figure), published.year - year, (other,))


def _ago(analysis: Analysis, row: list[Figure], n: int) -> Iterator[Hit]:
    """ "Six years ago, in 2009", counted back from the day of publication."""
    text, figure, published = analysis.article.text, row[n], analysis.article.published
    value = figure.value
    if published is None or not isinstance(value, dict) or "years" not in value:
        return
    for k in (n - 1, n + 1):
        if not 0 <= k < len(row) or (year := _year(row[k])) is None:
            continue
        low, high = sorted((figure, row[k]), key=lambda f: f.span)
        if re.fullmatch(r",? (?:in )?|,? \(", text[low.span.end : high.span.start]):
            yield from _hit(figure, -value["years"], published.year - year, (row[k],))
