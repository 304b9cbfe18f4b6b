"""
## What it finds
A step in time that does not lead to the year next to it: "in 2001 … the following year, in 2004".

## Why it matters
The order of events is part of the facts.

## Fires on
The pier opened in 2001. It burned down ⟦the following year⟧, in 2004.

The pier opened in 2001 and ⟦two years later⟧, in 2009, it burned down.

## Stays silent on
The pier opened in 2001. It burned down the following year, in 2002.

The pier opened in 2001. The ferry sank in 1990. Two years later, in 1992, it was raised.

The pier opened in 2001 and burned down two years later.

## Known misses
Steps whose year is given in another sentence, and steps of days or months.
"""

from collections.abc import Iterator

from ...query.figures import part, stated
from ...records import Context, Hit, Related
from .. import rule

NEAR = 400
"""Characters back to the year that a step may count from."""


@rule(
    code="NUM409",
    name="order-of-events",
    message="counted from {start} this is {right}, not {given}. Ask: in which order did it happen?",
    severity="warning",
    status="preview",
    standards=("ap",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    figures = [f for f in stated(context.analysis) if f.kind == "date"]
    year = None
    for n, figure in enumerate(figures):
        value = figure.value if isinstance(figure.value, dict) else {}
        if figure.unit == "text" and year is not None and n + 1 < len(figures) and "years" in value:
            after = figures[n + 1]
            given, start = part(after, "year"), part(year, "year")
            joined = text[figure.span.end : after.span.start] in (", in ", ", ", " in ", " (")
            near = figure.span.start - year.span.end <= NEAR
            if given and start and joined and near and not after.unit:
                if abs(given - (start + value["years"])) > 1 or (
                    abs(value["years"]) == 1 and given != start + value["years"]
                ):
                    yield Hit(
                        span=figure.span,
                        values={
                            "start": str(start),
                            "right": str(start + value["years"]),
                            "given": str(given),
                        },
                        related=(Related(year.span, "counted from"), Related(after.span, "given")),
                    )
        if not figure.unit and part(figure, "year") is not None:
            year = figure
