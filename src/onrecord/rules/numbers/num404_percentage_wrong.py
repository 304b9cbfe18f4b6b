"""
## What it finds
A percentage that the two numbers next to it do not give: "from A to B, up C %", "C % from A to B",
"A of B, or C %".

## Why it matters
Anybody can work it out, and percent and percentage points are easily taken for each other.

## Fires on
The price rose from $200 to $250, up ⟦50%⟧.

Fares went up ⟦20 percent⟧ from 100 to 150.

The crew has doubled, from 4,000 to ⟦6,000⟧.

A fare that cost $50 last year now costs $60, ⟦30 percent⟧ more.

The budget grew from $400 in 2014 to $500 in 2016, an increase of ⟦40 percent⟧.

He won 30 of 120 votes, or ⟦40 percent⟧.

## Stays silent on
The bids ranged from 50 percent to 60 percent with 40 percent of them accepted.

Income rose to $300 from $100 and was 40 percent of the budget.

Sales rose 25 percent to 500 from 400 and gained 40 percent on trucks.

It will rise to 20 percent from 12 percent last year and 8 percent before.

The price rose from $200 to $250, up 25%.

Turnout fell from 60 percent to 48 percent, down 20%.

Turnout fell from 60% to 48%, down 12 percentage points.

He won 30 of 120 votes, or 25 percent.

Sales rose from 90 million to 100 million, up 11%.

Of the 48 members, 12 – 25 percent – voted for it.

## Known misses
Numbers that stand more than a sentence apart, and shares of a whole that is not written.
"""

from collections.abc import Iterator

from ...query.figures import Sentences, number, rounded, slack, stated
from ...records import Analysis, Context, Figure, Hit, Related
from .. import rule
from . import _percentages as percentages


@rule(
    code="NUM404",
    name="percentage-wrong",
    message="the numbers beside it give {right}, not {given}. Ask: which of them is right?",
    severity="error",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    before: list[Figure] = []
    for figures in Sentences(analysis, stated(analysis)).rows:
        row = [f for f in figures if f.kind in ("share", "count", "money")]
        for n, figure in enumerate(row):
            points = figure.kind == "count" and figure.unit == "point"
            if figure.approximate or figure.unit == "of" or not (figure.kind == "share" or points):
                continue
            if n >= 2:
                yield from _change(analysis, (row[n - 2], row[n - 1]), figure)
            if n + 2 < len(row):
                yield from _change(analysis, (row[n + 1], row[n + 2]), figure)
            yield from _share(
                analysis, percentages.shares(text, row[max(0, n - 2) : n + 2], figure), figure
            )
            if pair := percentages.worth(text, row[max(0, n - 2) : n + 1], figure):
                yield from _moved(analysis, pair, figure)
            if pair := percentages.fraction(text, row, n):
                right = (number(pair[1]) / number(pair[0]) * 100, "%")
                yield from _judge(analysis, figure, right, 4.0, pair)
            if n == 0 and percentages.concludes(text, figure):
                yield from _share(analysis, percentages.part_and_whole(text, before[-2:]), figure)
        for n, figure in enumerate(row[1:], 1):
            if found := percentages.multiplied(text, (row[n - 1], figure)):
                values = {"right": f"{found[0]:.3g} times as much", "given": f"{found[1]:g} times"}
                shown = (Related(found[2].span, "one of the numbers"),)
                yield Hit(span=figure.span, values=values, related=shown)
        before = row


def _change(analysis: Analysis, pair: tuple[Figure, Figure], share: Figure) -> Iterator[Hit]:
    found = percentages.change(analysis.article.text, pair, share)
    if found is None or any(f.approximate for f in found) or not number(found[0]):
        return
    old, new = found
    start, end = number(old), number(new)
    points, loose = abs(end - start), slack(analysis, new) + slack(analysis, old)
    if share.unit == "point":
        if old.kind == new.kind == "share":
            yield from _judge(analysis, share, (points, "point"), loose, found)
        return
    yield from _moved(analysis, found, share)


def _moved(analysis: Analysis, found: tuple[Figure, Figure], share: Figure) -> Iterator[Hit]:
    """Hold a percentage against a start and an end, with what their rounding may hide."""
    old, new = found
    start, end = number(old), number(new)
    if share.unit != "%" or not start or any(f.approximate for f in found):
        return
    exact = 100 * abs(end - start) / start
    wide = 100 * (rounded(analysis, new) + rounded(analysis, old) * max(1.0, end / start)) / start
    if rounded(analysis, old) < abs(start):
        points = abs(end - start)
        unit = "points" if old.kind == "share" and abs(number(share) - points) <= 0.5 else "%"
        yield from _judge(analysis, share, (exact, unit), wide, found)


def _share(analysis: Analysis, found: tuple[Figure, ...], share: Figure) -> Iterator[Hit]:
    """Hold a percentage against a part and a whole, however they are written."""
    if not found or share.unit != "%" or any(f.approximate for f in found):
        return
    whole = number(found[-1])
    exact = whole if len(found) == 1 else 100 * number(found[0]) / whole
    yield from _judge(analysis, share, (exact, "%"), 0.0, found)


def _judge(
    analysis: Analysis,
    share: Figure,
    right: tuple[float, str],
    wide: float,
    shown: tuple[Figure, ...],
) -> Iterator[Hit]:
    given, (exact, unit) = number(share), right
    if abs(given - exact) <= 2.02 * slack(analysis, share) + wide:
        return
    mark = " points" if unit == "point" else "%"
    told = f"{exact:.3g}{mark}"
    if unit == "points":
        told += f", or {given:g} percentage points"
    yield Hit(
        span=share.span,
        values={"right": told, "given": f"{given:g}{mark}"},
        related=tuple(Related(f.span, "one of the numbers") for f in shown),
        severity="warning" if unit == "points" else None,
    )
