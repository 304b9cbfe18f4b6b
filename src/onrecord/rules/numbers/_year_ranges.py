"""Stretches of years between two dates of a text, for the rules that check how long something took.

Says which years two dates stand for, and whether the words between them make them a beginning and
an end.
"""

import re
from collections.abc import Sequence

from ...query.figures import part
from ...records import Figure

_TO = re.compile(r" (?:to|until|through|and) |[–-]")
_FROM = re.compile(r"\b(?:[Ff]rom|[Bb]etween) $|\($")
_BEGAN = re.compile(
    r"\b(?:married|wed|began|joined|founded|opened|started|broke out)\b[\w ]{0,20}$"
)
_ENDED = re.compile(
    r"\b(?:divorced|separated|split|ended|left|closed|retired|quit|finished|stopped)\b"
)
_INSIDE = re.compile(
    r"(?: (?:in|as|at|on|of|behind)(?: [\w’'-]{1,20}){1,4})?(?:,| \()? ?(?:from |between )?"
)
_STILL_NOW = re.compile(
    r"(?: on)?,? (?:it|he|she|they|[Tt]he [a-z]{1,40}|[A-Z]\w{1,40})(?: [a-z]{1,40})? (?:is|are|has"
    r"|have|remains?) (?:still|yet|now|not)\b"
)
_OPENING = re.compile(r"(?:^|[.!?]\s{1,20}|\n)(?:Now,? |And )?$")
_LAST_TIME = re.compile(
    r"(?:[;,:]|\.| [—–-]) (?:the|[Tt]he|his|her|its|their|His|Her|Its) (?:last|previous)(?: one"
    r"| time| [a-z]{1,40})? (?:was|came|had been|took place|dates from) (?:in )?$"
)
_FIRST_IN = re.compile(r"\bfirst\b[\w ’'-]{1,40} in $")
_SET_UP = re.compile(
    r"\b(?:founded|established|set up|launched|opened|built|formed|born|created|begun"
    r"|started)(?: in [A-Z]\w{1,40})? in $",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r" [a-z]{1,40}(?:,| was|, which was) (?:founded|established|set up|launched|opened|built) in "
)
_THOSE = re.compile(r"(?:^|[.!?\n]\s{1,20})(?:In|During|Over|Through) (?:those|these) $")
_THE_YEARS = re.compile(r"(?:^|[.!?\n]\s{1,20})(?:The|Her|His|Their) $")
_IN_OFFICE = re.compile(r" (?:in (?:office|power)|of marriage)\b")
_IT_LASTED = re.compile(r"(?:^|[.!?\n]\s{1,20})(?:It|They) lasted (?:for )?$")


def year_of(figure: Figure) -> int | None:
    """The year of a date that counts from nothing else and is no stretch."""
    if figure.kind != "date" or figure.unit or part(figure, "until") is not None:
        return None
    return part(figure, "year")


def years_of(figure: Figure) -> tuple[int, int] | None:
    """The first and last year of a stretch such as 2001-06."""
    start, end = part(figure, "year"), part(figure, "until")
    return (start, end) if start is not None and end is not None else None


def _ranged(text: str, first: Figure, last: Figure) -> bool:
    """Whether two dates are written as one stretch: from … to, between … and."""
    between = text[first.span.end : last.span.start]
    lead = text[max(0, first.span.start - 9) : first.span.start]
    return bool(_TO.fullmatch(between) and _FROM.search(lead))


def _lasted(text: str, first: Figure, last: Figure) -> bool:
    """Whether something began at the first date and ended at the last: married … divorced."""
    between = text[first.span.end : last.span.start]
    lead = text[max(0, first.span.start - 40) : first.span.start]
    return bool(_BEGAN.search(lead) and len(between) < 80 and _ENDED.search(between))


def spanned(text: str, figure: Figure, first: Figure, last: Figure) -> bool:
    """Whether two dates beside a duration are its beginning and end: "from 2010 to 2015, a
    five-year term"."""
    start, end = year_of(first), year_of(last)
    if start is None or end is None or end <= start:
        return False
    ranged, lasted = _ranged(text, first, last), _lasted(text, first, last)
    if figure.span < first.span:
        gap = text[figure.span.end : first.span.start]
        return bool(
            (ranged and _INSIDE.fullmatch(gap))
            or (lasted and re.fullmatch(r" [a-z]{1,40}(?: [a-z]{1,40}){1,2} ", gap))
        )
    gap = text[last.span.end : figure.span.start]
    return bool(
        (ranged and re.fullmatch(r",? (?:or |a |an |[—–-] (?:a |an )?)?|,? \(", gap))
        or (lasted and re.fullmatch(r",? after ", gap))
    )


def bracketed(text: str, figure: Figure, stretch: Figure) -> bool:
    """Whether a stretch stands in brackets right behind a duration: "six years in the army
    (2001-07)"."""
    gap = text[figure.span.end : stretch.span.start]
    return bool(re.fullmatch(r"(?: (?:in|as|on|at)(?: [\w’'-]{1,40}){1,4})? \(", gap))


def since(text: str, figure: Figure, date: Figure) -> bool:
    """Whether a duration, or a thing's age, beside a date is counted from it until now."""
    low, high = sorted((figure, date), key=lambda f: f.span)
    gap = text[low.span.end : high.span.start]
    if text[figure.span.start : figure.span.end].endswith(("birthday", "anniversary")):
        began = _SET_UP.search(text[max(0, date.span.start - 40) : date.span.start])
        return bool(began and len(gap) < 80 and "." not in gap)
    if figure.kind == "age":
        return bool(_FOUNDED.fullmatch(gap))
    if figure.span < date.span and _LAST_TIME.fullmatch(gap):
        return bool(_FIRST_IN.search(text[max(0, figure.span.start - 60) : figure.span.start]))
    lead = text[max(0, date.span.start - 6) : date.span.start]
    beside = re.fullmatch(r"(?:,| \(|,? [—–-])? ?(?:for |a |or |since )?", gap)
    return bool(lead == "since " and beside)


def resumed(text: str, figure: Figure, dates: Sequence[Figure]) -> bool:
    """Whether a duration speaks of the stretch in the sentence before: "It lasted", "In those"."""
    lead = text[max(0, figure.span.start - 30) : figure.span.start]
    if len(dates) == 1:
        began = text[max(0, dates[0].span.start - 6) : dates[0].span.start]
        return bool(began == "since " and _THOSE.search(lead))
    known = _ranged(text, *dates) or _lasted(text, *dates)
    office = _THE_YEARS.search(lead) and _IN_OFFICE.match(text, figure.span.end)
    return bool(known and (office or _THOSE.search(lead) or _IT_LASTED.search(lead)))


def later(text: str, first: Figure, second: Figure, third: Figure) -> tuple[Figure, ...]:
    """The distance, its start and its end in "began in 1990 and ended six years later, in 1996" and
    in "began in 1990 and ended in 1996, six years later"; none where the three say nothing of the
    kind."""
    for distance, last in ((second, third), (third, second)):
        start, end = year_of(first), year_of(last)
        if distance.unit != "text" or start is None or end is None or end <= start:
            continue
        if not text[distance.span.start : distance.span.end].endswith(
            ("years later", "years after")
        ):
            continue
        gap = text[second.span.end : third.span.start]
        if re.fullmatch(r",? in |, | \(", gap) and _lasted(text, first, second):
            return distance, first, last
    return ()


def wed(text: str, row: Sequence[Figure], dates: Sequence[Figure]) -> bool:
    """Whether a row's only figure is the length of the marriage that the sentence before begins."""
    figure, start = row[0], dates[0].span.start
    lead = text[max(0, figure.span.start - 30) : figure.span.start]
    return bool(
        len(row) == 1
        and re.match(r"[ -]?(?:old )?marriage\b", text[figure.span.end : figure.span.end + 14])
        and re.search(r"\b(?:The|Their) $", lead)
        and re.search(r"\b(?:married|wed)\b[\w ]{0,20}$", text[max(0, start - 40) : start])
    )


def leased(text: str, first: Figure, figure: Figure, last: Figure) -> bool:
    """Whether a duration between two years runs from one to the other: "in 1994 for 25 years, until
    2019"."""
    start, end = year_of(first), year_of(last)
    if start is None or end is None or end <= start:
        return False
    for_so_long = re.fullmatch(
        r" (?:for|on an?|under an?)(?: further)? ", text[first.span.end : figure.span.start]
    )
    behind = text[figure.span.end : last.span.start]
    return bool(
        for_so_long and re.fullmatch(r"(?: [a-z]{1,40})?,? (?:until|to|till|up to) ", behind)
    )


def still(text: str, figure: Figure, dates: Sequence[Figure]) -> bool:
    """Whether "seven years later" opens a sentence about now: "Seven years later, it is still a
    hole"."""
    words = text[figure.span.start : figure.span.end]
    lead = text[max(0, figure.span.start - 8) : figure.span.start]
    later_on = words.endswith(("years later", "years after"))
    return bool(
        len(dates) == 1
        and later_on
        and _OPENING.search(lead)
        and _STILL_NOW.match(text, figure.span.end)
    )


def ago(text: str, row: Sequence[Figure], n: int) -> Figure | None:
    """The year beside "six years ago, in 2009", which counts back from the day of publication."""
    figure = row[n]
    if part(figure, "years") is None:
        return None
    for k in (n - 1, n + 1):
        if not 0 <= k < len(row) or year_of(row[k]) is None:
            continue
        low, high = sorted((figure, row[k]), key=lambda f: f.span)
        if re.fullmatch(r",? (?:in )?|,? \(", text[low.span.end : high.span.start]):
            return row[k]
    return None
