"""
## What it finds
A number in the headline that the body neither gives nor allows to work out: by rounding, as a word, or
as a sum or difference of two numbers of one kind.

## Why it matters
Most readers see only the headline.

## Fires on
[h Ferry fire kills ⟦17⟧ at Sea Town] ¶ A fire on a ferry killed 12 people on Monday.

## Stays silent on
[h Ferry fire kills 12 at Sea Town] ¶ A fire on a ferry killed twelve people on Monday.

[h Ferry costs $1.3 million] ¶ The ferry cost $1,284,000 in the end.

[h Ferry fire kills 12 at Sea Town] ¶ A fire on a ferry killed seven men and five women.

## Known misses
Numbers that the headline works out of several in the body: on 4,668 news briefs it fired on 2.9 %, many of
them such sums, so it is a preview rule.

A number that stands in the body as the number of something else. Numbers below three, and numbers in names.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit
from .. import rule
from ..figures import Quoted, number, part, slack
from ..reading import headline

_DIGITS = re.compile(r"\d++(?:,\d{3})*+(?:\.\d++)?")
_DAYS = {"days": 1.0, "weeks": 7.0, "months": 30.4, "years": 365.0, "decades": 3650.0,
         "hours": 1 / 24, "minutes": 1 / 1440, "seconds": 1 / 86400}  # fmt: skip
_ORDINALS = {
    word: float(n)
    for n, word in enumerate(
        "third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=3
    )
} | {
    "quadruple": 4.0,
    "triple": 3.0,
    "dozen": 12.0,
    "dozens": 24.0,
    "century": 100.0,
    "decade": 10.0,
}


@rule(
    code="HED302",
    name="headline-number-missing",
    message="the headline's {figure} is not in the body, nor can it be worked out from there. Ask: where is it from?",
    severity="error",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    head = headline(analysis)
    if head is None or len(analysis.article.blocks) < 2:
        return
    above = [f for f in analysis.figures if f.span.end <= head.span.end]
    if not above:
        return
    body = [f for f in analysis.figures if f.span.start >= head.span.end]
    quoted, values = Quoted(analysis), _values(analysis, head.span.end, body)
    for figure in above:
        if figure.kind == "date" or quoted.holds(figure.span) or number(figure) < 3:
            continue
        if not _glued(analysis, figure) and not _given(analysis, figure, values, body):
            shown = analysis.article.text[figure.span.start : figure.span.end]
            yield Hit(span=figure.span, values={"figure": f"“{shown}”"})


def _glued(analysis: Analysis, figure: Figure) -> bool:
    """Whether the number is part of a name: No. 7, Apollo-11, iPhone 6."""
    text, at = analysis.article.text, figure.span.start
    return bool(re.search(r"(?:[\w]-|[#/:.’']|\bNo\. )$", text[max(0, at - 4) : at]))


def _values(analysis: Analysis, start: int, body: list[Figure]) -> list[float]:
    """All numbers of the body, whatever they count."""
    text = analysis.article.text
    found = [float(m.group().replace(",", "")) for m in _DIGITS.finditer(text, start)]
    found += [number(f) for f in body if f.kind != "date"]
    for figure in body:
        if isinstance(figure.value, dict):
            found += [
                float(abs(v)) for k, v in figure.value.items() if k not in ("weekday", "month")
            ]
    low = re.findall(r"[a-z]+", text[start:].lower())
    return found + [_ORDINALS[word] for word in low if word in _ORDINALS]


def _given(analysis: Analysis, figure: Figure, values: list[float], body: list[Figure]) -> bool:
    value, loose = number(figure), slack(analysis, figure)
    near = loose
    if any(abs(value - v) <= near for v in values):
        return True
    plain = _DIGITS.search(analysis.article.text, figure.span.start, figure.span.end)
    if plain and float(plain.group().replace(",", "")) in values:
        return True
    if figure.unit in _DAYS:
        days = value * _DAYS[figure.unit]
        for other in body:
            if other.unit in _DAYS and abs(days - number(other) * _DAYS[other.unit]) <= 0.12 * days:
                return True
    return _sum(figure, body)


def _sum(figure: Figure, body: list[Figure]) -> bool:
    """Whether two numbers of one kind give it, added or subtracted, or names with ages count up to it."""
    value = number(figure)
    kinds: dict[tuple[str, str | None], set[float]] = {}
    for other in body:
        if other.kind == figure.kind and not isinstance(other.value, dict):
            kinds.setdefault((other.kind, None), set()).add(number(other))
    for row in kinds.values():
        small = sorted(row)[:60]
        if any(value - v in row and value != 2 * v for v in small) and figure.kind == "count":
            return True
    years = {y for f in body if (y := part(f, "year")) is not None}
    if figure.unit == "years":
        return any(y + value in years for y in years)
    ages = [f for f in body if f.kind == "age"]
    return figure.kind == "count" and len(ages) == value
