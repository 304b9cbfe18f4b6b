"""Dates in the forms that news uses, each typed by its own words; distances are resolved at the
end.

A date's value comes from its words alone. What the publication date or an earlier year adds is kept
apart, in `resolved`. Day and month in figures are read only where one of them can't be a month.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

import msgspec

from ...language.en.calendar import (
    MONTH,
    MONTHS,
    SHORT_MONTH,
    SHORT_WEEKDAY,
    WEEKDAY,
    WEEKDAYS,
)
from ...language.en.counting import number_words
from ...records import Figure, Span
from .numbers import find_numbers

_M = rf"(?:{MONTH}|(?:{SHORT_MONTH})\b\.?)"
_W = rf"(?:(?:{WEEKDAY})|(?:{SHORT_WEEKDAY})\.)"
_V = rf"(?:(?:{WEEKDAY})|(?<!The )(?<!the )(?:{SHORT_WEEKDAY})\b\.?)"
"""Beside a date a shortened day needs no stop; "The Sun, 3 May" is a paper."""
_N = rf"(?:a|an|{number_words('one', 'twelve')}|fifteen|twenty|\d{{1,3}})"
_U = r"(?:days?|weeks?|months?|years?|decades?)"
_DATE = re.compile(
    rf"\b(?P<iso>(?P<iy>(?:1[5-9]|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d))\b"
    rf"|\b(?P<slash>(?P<s1>\d{{1,2}})/(?P<s2>\d{{1,2}})/(?P<sy>(?:1[5-9]|20)\d\d))\b"
    rf"|\b(?:(?P<w1>{_V})(?:,[ ]|[ ])(?:the[ ])?)?(?P<d1>[0-3]?\d)(?:st|nd|rd"
    rf"|th)?[ \u00a0](?:of[ ])?(?P<m1>{_M})(?!\w)(?:,?[ \u00a0](?P<y1>(?:1[5-9]|20)\d\d)\b)?"
    rf"|\b(?:(?P<w2>{_V})(?:,[ ]|[ ]))?(?P<m2>{_M})[ \u00a0](?P<d2>[0-3]?\d)(?:st|nd|rd"
    rf"|th)?\b(?![:%\d]|,\d|\.\d|[ ](?:percent|per[ ]cent|years?\b))(?:,?[ \u00a0](?P<y2>(?:1[5-9]"
    rf"|20)\d\d)\b)?"
    rf"|\b(?P<m3>{_M})(?:,?|[ ]of)[ \u00a0](?P<y3>(?:1[5-9]|20)\d\d)\b"
    rf"|(?<![\w.,$£€/-])(?P<y4>(?:1[89]|20)\d\d)(?:[-–](?P<y5>(?:\d\d){{1,2}}))(?![\w%-]|[.,]\d)"
    rf"|(?<![\w.,$£€/-])(?P<decade>(?:1[89]|20)\d0)['’]?s\b"
    rf"|(?<![\w.,$£€/:#-])(?P<y6>(?:1[89]|20)\d\d)(?![\w%:/]|[.,]\d|-[a-z]*+-|[ \u00a0](?:percent"
    rf"|per[ ]cent|miles|feet|km|people|votes|delegates|tons?|pounds|dollars|euros|acres|troops"
    rf"|hours|calories|times|jobs|members|employees|workers|residents|homes|points|square))"
    rf"|\b(?P<w3>{_W})(?![\w])"
    rf"|(?<![\w,.-])(?P<ago>(?i:{_N})[ ]{_U}[ ](?:ago|earlier|later|after|before)(?![\w-]))"
    rf"|\b(?P<rel>(?i:the[ ]following|the[ ]next|the[ ]previous|last|next|this)[ ](?:day|week|month"
    rf"|year|decade))\b"
    rf"|\b(?P<near>(?i:yesterday|tomorrow))\b"
    rf"|\b(?P<only>(?:in|of|since|last|next|this|until|by|from|late|early)[ ](?:{MONTH}))"
    r"\b(?![ ][A-Z])"
)
_LATER = {"later": 1, "after": 1, "earlier": -1, "before": -1, "ago": -1}


def find_dates(text: str, start: int = 0, end: int | None = None) -> Iterator[Figure]:
    """The dates in a stretch of text, in order, typed by their own words alone."""
    stop = len(text) if end is None else end
    for match in _DATE.finditer(text, start, stop):
        made = _typed(match)
        if made is not None:
            value, unit, approximate = made
            begin = match.start()
            if match.group("only"):
                begin += match.group().index(" ") + 1
            yield Figure(
                span=Span(begin, match.end()),
                kind="date",
                value=value,
                unit=unit,
                approximate=approximate,
            )


def _typed(match: re.Match[str]) -> tuple[dict[str, int], str | None, bool] | None:
    """A date's value, what it counts from, and whether it is a rough one."""
    group = match.groupdict()
    if group["iso"]:
        return _full(group["iy"], int(group["im"]), group["id"], None)
    if group["slash"]:
        first, second, year = int(group["s1"]), int(group["s2"]), int(group["sy"])
        if first == second <= 12 or (first <= 12 < second <= 31):
            return {"year": year, "month": first, "day": second}, None, False
        if second <= 12 < first <= 31:
            return {"year": year, "month": second, "day": first}, None, False
        return ({"year": year}, None, True) if first <= 12 and second <= 12 else None
    for n in ("1", "2"):
        if group["m" + n]:
            month = _month(group["m" + n])
            return _full(group["y" + n], month, group["d" + n], group["w" + n])
    if group["y3"]:
        return {"year": int(group["y3"]), "month": _month(group["m3"])}, None, False
    if group["y4"]:
        year, until = int(group["y4"]), int(group["y5"])
        until = until if until > 100 else year - year % 100 + until
        return ({"year": year, "until": until}, None, False) if until > year else None
    if group["decade"]:
        return {"year": int(group["decade"])}, "decade", True
    if group["y6"]:
        return {"year": int(group["y6"])}, None, False
    if group["w3"]:
        return {"weekday": _weekday(group["w3"])}, None, False
    if group["only"]:
        return {"month": _month(group["only"].split()[1])}, None, False
    return _distance(match.group())


def _distance(words: str) -> tuple[dict[str, int], str | None, bool] | None:
    parts = words.lower().split()
    if parts[0] in ("yesterday", "tomorrow"):
        return {"days": -1 if parts[0] == "yesterday" else 1}, "published", False
    if parts[-1] in _LATER:
        number = 1 if parts[0] in ("a", "an") else int(find_numbers(parts[0])[0].value)
        unit = parts[1].rstrip("s") + "s"
        sign = _LATER[parts[-1]]
        return {unit: sign * number}, "published" if parts[-1] == "ago" else "text", False
    step = {"last": -1, "previous": -1, "this": 0}.get(parts[-2], 1)
    origin = "text" if parts[0] == "the" else "published"
    return {parts[-1] + "s": step}, origin, parts[-1] not in ("day", "year")


def _full(
    year: str | None, month: int, day: str, weekday: str | None
) -> tuple[dict[str, int], str | None, bool]:
    value = {"month": month, "day": int(day)}
    if year:
        value["year"] = int(year)
    if weekday:
        value["weekday"] = _weekday(weekday)
    return value, None, False


def _month(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.capitalize()[:3]))


def _weekday(word: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS) if name.startswith(word.capitalize()[:3]))


def resolve(figures: Iterable[Figure], published: date | None) -> list[Figure]:
    """The figures with their distances settled, as far as a date to count from is known."""
    made, year = [], None
    for figure in figures:
        value = figure.value
        if figure.kind == "date" and isinstance(value, dict):
            settled: Mapping[str, int] | None = None
            if figure.unit == "published" and published is not None:
                settled = _from(published, value)
            elif figure.unit == "text" and year is not None and "years" in value:
                settled = {"year": year + value["years"]}
            if settled:
                made.append(msgspec.structs.replace(figure, resolved=dict(settled)))
            else:
                made.append(figure)
            year = value.get("until", value.get("year", (settled or {}).get("year", year)))
        else:
            made.append(figure)
    return made


def _from(start: date, distance: Mapping[str, int]) -> dict[str, int] | None:
    """The day, month or year that lies a distance from a day, as exact as the distance is."""
    (unit, number), *_ = distance.items()
    if unit in ("days", "weeks"):
        try:
            day = start + timedelta(days=number * (7 if unit == "weeks" else 1))
        except OverflowError:
            return None
        return {"year": day.year, "month": day.month, "day": day.day}
    if unit == "months":
        months = start.year * 12 + start.month - 1 + number
        return {"year": months // 12, "month": months % 12 + 1}
    return {"year": start.year + number * (10 if unit == "decades" else 1)}
