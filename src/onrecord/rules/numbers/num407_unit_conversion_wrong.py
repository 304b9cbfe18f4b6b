"""
## What it finds
A conversion in brackets that is far off: kilometres and miles, kilograms and pounds, feet and metres,
degrees, and sums of money far beyond what the two currencies have traded at.

## Why it matters
Readers take the number that they are used to, and that one is wrong.

## Fires on
The wreck lies 5 km ⟦(20 miles)⟧ off the coast.

The harbour cost £10m ⟦($90m)⟧.

## Stays silent on
The wreck lies 5 km (3 miles) off the coast.

The harbour cost £10m ($13m).

## Known misses
Money within a wide range of rates; conversions without brackets.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.figures import number, place, slack, stated
from ...records import Context, Figure, Hit, Span
from .. import rule

_FACTORS = {
    ("km", "mile"): 0.621371, ("m", "foot"): 3.28084, ("kg", "lb"): 2.20462, ("m", "yard"): 1.09361,
    ("inch", "cm"): 2.54, ("km/h", "mph"): 0.621371, ("hectare", "acre"): 2.47105,
    ("litre", "gallon"): 0.264172, ("mile", "km"): 1.609344, ("foot", "m"): 0.3048,
    ("lb", "kg"): 0.453592, ("mph", "km/h"): 1.609344, ("acre", "hectare"): 0.404686,
    ("cm", "inch"): 0.393701, ("yard", "m"): 0.9144, ("oz", "g"): 28.3495,
    ("tonne", "ton"): 1.10231, ("ton", "tonne"): 0.907185, ("gallon", "litre"): 3.78541,
}  # fmt: skip
_RATES = {
    ("GBP", "USD"): (1.0, 2.9), ("EUR", "USD"): (0.8, 1.65), ("GBP", "EUR"): (1.0, 1.8),
    ("USD", "JPY"): (70.0, 370.0), ("USD", "INR"): (8.0, 110.0), ("USD", "CNY"): (1.5, 9.0),
}  # fmt: skip
WIDE = 0.12
"""Share of the right value that rounding by eye may take away or add; a gallon or ton may be
another."""


@rule(
    code="NUM407",
    name="unit-conversion-wrong",
    message="{given} in brackets, which is not what {first} makes. Ask: which is right?",
    severity="warning",
    status="preview",
    standards=("ap",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, figures = analysis.article.text, stated(analysis)
    for one, other in zip(figures, figures[1:], strict=False):
        between = text[one.span.end : other.span.start]
        if between not in (" (", " (about ", " (around ", " (roughly ", " (or "):
            continue
        if text[other.span.end : other.span.end + 1] != ")" or not _wrong(context, one, other):
            continue
        yield Hit(
            span=Span(one.span.end + 1, other.span.end + 1),
            values={
                "given": f"“{text[other.span.start : other.span.end]}”",
                "first": f"“{text[one.span.start : one.span.end]}”",
            },
            related=place(one.span, "converted from this"),
        )


def _wrong(context: Context, one: Figure, other: Figure) -> bool:
    first, second = number(one), number(other)
    pair = (one.unit or "", other.unit or "")
    if one.kind == other.kind == "money":
        low, high = _RATES.get(pair, (0.0, 0.0))
        if not high and (back := _RATES.get((pair[1], pair[0]))):
            low, high = 1 / back[1], 1 / back[0]
        return bool(high) and not low * first * 0.97 <= second <= high * first * 1.03
    if one.kind != "count" or other.kind != "count":
        return False
    if pair in (("°C", "°F"), ("°F", "°C")):
        right = first * 1.8 + 32 if pair[0] == "°C" else (first - 32) / 1.8
        return abs(second - right) > 2.5
    factor = _FACTORS.get(pair)
    if factor is None:
        return False
    wide = 0.3 if "gallon" in pair else WIDE
    loose = slack(context.analysis, one) * factor + slack(context.analysis, other)
    return abs(second - first * factor) > max(wide * first * factor, loose) + 0.01
