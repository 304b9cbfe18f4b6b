"""
## What it finds
An age, a count, a sum or a date of a person or an event that another article gives otherwise: one says
52, the other 55 on the same day; one counts twelve homes, the other forty. Needs a ledger: `onrecord
check STORY --ledger FILE`.

## Why it matters
One of the two is wrong, or something has changed since; either way the reader should know which.

## Fires on
[s1 person=Ann_Lee Ann Lee], ⟦[h1 figure outlet=Quay_Post kind=age of=Ann_Lee value=52 other=55 years=0 52]⟧, [c1 said] [q1 that she was glad].

The fire burned ⟦[h1 figure outlet=Quay_Post kind=count of=home value=12 other=40 years=0 12 homes]⟧.

## Stays silent on
[s1 person=Ann_Lee Ann Lee], [h1 figure outlet=Quay_Post kind=age of=Ann_Lee value=52 other=51 years=0.8 52], [c1 said] [q1 that she was glad].

The fire burned [h1 figure outlet=Quay_Post kind=count of=home value=12 other=12 12 homes].

The fire burned about [h1 figure outlet=Quay_Post kind=count of=home value=40 other=42 approximate=yes 40 homes].

## Known misses
Only figures are held against each other that stand beside the same name, or in sentences that are else
alike. A number that grew between two days is reported as a note: it may be an update.
"""  # noqa: E501

import math
from collections.abc import Iterator

from ...records import Context, Hit, OtherFigure
from .. import rule

_NEAR = 0.1
"""Share by which approximate figures may differ."""
_DAY = 1 / 365


@rule(
    code="NUM410",
    name="facts-differ-across-articles",
    message="{where} gives {there} for {of}; here it is {here}. Ask: which is right?",
    severity="warning",
    status="preview",
    standards=("ap", "bbc", "ipso"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    seen = set()
    for figure in context.history.figures if context.history else ():
        if figure.span in seen or not _differs(figure):
            continue
        seen.add(figure.span)
        elsewhere = figure.elsewhere
        day = f" of {elsewhere.published}" if elsewhere.published else ""
        updated = figure.kind not in ("age", "born", "date") and (figure.years or 0) >= _DAY
        yield Hit(
            span=figure.span,
            values={
                "where": f"{elsewhere.outlet or 'another article'}{day}",
                "there": figure.there,
                "here": figure.here,
                "of": figure.of,
            },
            severity="note" if updated else None,
        )


def _differs(figure: OtherFigure) -> bool:
    """Whether two figures can't both be right."""
    if figure.kind == "born":
        # Here the year less the age: the birthday may be still to come.
        return figure.other not in (figure.value, figure.value - 1)
    if figure.kind == "age":
        if figure.years is None:
            return abs(figure.value - figure.other) > 1 and not figure.approximate
        grown = figure.value - figure.other
        low, high = math.floor(figure.years), math.ceil(figure.years)
        if abs(figure.years) < _DAY:
            return grown != 0
        return not low <= grown <= high
    if figure.approximate:
        most = max(abs(figure.value), abs(figure.other))
        return abs(figure.value - figure.other) > _NEAR * most
    return figure.value != figure.other
