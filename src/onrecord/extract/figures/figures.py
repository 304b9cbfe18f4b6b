"""Figures: ages, dates, durations, counts, shares and money as typed values with exact places.

Every number is looked at once, with a bounded look to its left and right: time is linear. The value
is read from the figure's own words (`interpret` reads them again and must agree); what it is a
figure of is read from what stands next to it. Arithmetic between figures is the rules' business.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ...language.en.counting import PARTS
from ...language.en.lexicon import lexicon, meanings
from ...records import Article, Figure, FigureKind, Person, Span
from .ages import Ages
from .dates import find_dates, resolve
from .numbers import Number, find_numbers

_PLURALS = meanings("figures", "plurals")
_SINGULAR = lexicon("figures", "no_plurals")
_STOP = lexicon("function_words", "core", "counted")
_MEASURES = meanings("figures", "measures")
_CURRENCIES = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY"}
_NAMED = meanings("figures", "currencies")
_TIME = re.compile(
    r"[- \u00a0](second|minute|hour|day|week|month|year|decade|centur)(?:s|ies|y)?\b"
)
_ANNIVERSARY = re.compile(r"(?:st|nd|rd|th)(?: wedding)? anniversary\b")
_SHARE = re.compile(r"(?:[ \u00a0]?%|[- \u00a0](?:per[ ]?cent|pct|pc)\b)(?:age)?([ -]points?\b)?")
_POINTS = re.compile(r"[ -](?:percentage[ -])points?\b")
_MONEY = re.compile(r"[- ](dollar|dlr|pound|euro|cent|pence|yen|rupee|yuan)s?\b(?![ ]weight)")
_MEASURE = re.compile(
    r"[ \u00a0-]?(km/h|kph|mph|km|kilomet(?:re|er)s?|kilograms?|kilos?|kg|miles?|met(?:re|er)s?"
    r"|feet"
    r"|foot|ft|inch(?:es)?|lbs?|tonnes?|tons?|acres?|hectares?|lit(?:re|er)s?|gallons?|°C|°F|yards?"
    r"|cm|mm|oz"
    r"|ounces?)\b"
)
_OF = re.compile(r"[ ](?:of|in|out[ ]of)[ ](?:every[ ]|the[ ]|their[ ]|its[ ])?")
_PART = re.compile(r"[- ](half|thirds?|quarters?|fifths?|sixths?|eighths?|tenths?)\b")
_A_PART = re.compile(r"\b([Aa]|[Oo]ne)[ -](half|third|quarter|fifth|sixth|eighth|tenth)[ ](?=of\b)")
_ROUGH = re.compile(
    r"\b(?:about|around|roughly|nearly|almost|some|approximately|up to|over|under|at least"
    r"|estimated"
    r"|more than|less than|fewer than|close to|as many as|as much as|as few as|at most"
    r"|or so)[ ](?:a[ ]|an[ ]|[$£€])?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[ \u00a0]([A-Za-z’'-]++)")


def find_figures(
    article: Article, sentences: Sequence[Span], people: Sequence[Person] = ()
) -> tuple[Figure, ...]:
    """The figures of an article in order, none overlapping another.

    `people` lets an age know whose it is. Dates that count from the day of publication are resolved
    where the article carries one.
    """
    mentions = sorted({span for person in people for span in person.mentions})
    reader = _Reader(article.text, mentions)
    found: list[Figure] = []
    for sentence in sentences:
        found += reader.read(sentence.start, sentence.end)
    return tuple(resolve(found, article.published))


def interpret(words: str, kind: FigureKind) -> Figure | None:
    """Read a figure's own words again, with nothing around them; null where they are none of the
    kind."""
    reader = _Reader(words, [])
    if kind == "date":
        return next(iter(find_dates(words)), None) or next(iter(find_dates("in " + words)), None)
    numbers = find_numbers(words)
    if kind == "share" and (part := reader.part(0)):
        return part
    if not numbers:
        return None
    figure = reader.figure(numbers[0], numbers[1] if len(numbers) > 1 else None)
    if figure.kind != kind and kind in ("age", "count"):
        return Figure(
            span=Span(numbers[0].start, numbers[0].end), kind=kind, value=numbers[0].value,
            unit="years" if kind == "age" else None,
        )  # fmt: skip
    return figure if figure.kind == kind else None


class _Reader:
    """One text's numbers, each given its kind by what stands next to it."""

    def __init__(self, text: str, mentions: Sequence[Span]) -> None:
        self.text = text
        self.ages = Ages(text, mentions, lambda end: self._noun(end, plural=False))

    def read(self, start: int, end: int) -> list[Figure]:
        """The figures of a sentence."""
        text = self.text
        numbers = find_numbers(text, start, end)
        dates = []
        for date in find_dates(text, start, end):
            value = date.value
            bare = isinstance(value, dict) and set(value) == {"year"} and not date.unit
            if bare and text[date.span.end : date.span.end + 1] == "-":
                continue
            dates.append(date)
        found: list[Figure] = list(dates)
        taken = [(d.span.start, d.span.end) for d in dates]
        for match in _A_PART.finditer(text, start, end):
            part = self.part(match.start())
            if part:
                found.append(part)
                taken.append((part.span.start, part.span.end))
        taken.sort()
        last = start
        for n, number in enumerate(numbers):
            at = bisect_right(taken, (number.start, len(text))) - 1
            if (at >= 0 and number.start < taken[at][1]) or number.start < last:
                continue
            follower = numbers[n + 1] if n + 1 < len(numbers) else None
            figure = self.figure(number, follower)
            if figure.kind == "count" and figure.unit is None and number.spelled:
                if number.value == 1:
                    continue  # "one" alone is mostly a pronoun
            if any(
                figure.span.start < b and a < figure.span.end for a, b in taken[at + 1 : at + 2]
            ):
                continue
            found.append(figure)
            last = figure.span.end
        return sorted(found, key=lambda f: f.span)

    def part(self, at: int) -> Figure | None:
        """A share written as a part: a third, one half."""
        match = _A_PART.match(self.text + " of", at) or _PART.match(" " + self.text[at : at + 9])
        if not match or match.re is _PART:
            return None
        end = min(match.end() - 1, len(self.text))
        return Figure(
            span=Span(at, end), kind="share", value=100.0 / PARTS[match.group(2)], unit="%",
            of=self._noun(end),
        )  # fmt: skip

    def figure(self, number: Number, follower: Number | None) -> Figure:
        """A number with its kind, unit and what it is of."""
        text, start, end, value = self.text, number.start, number.end, number.value
        rough = bool(_ROUGH.search(text, max(0, start - 24), start)) if start else False
        sign = text[start - 1] if start else ""
        if sign in _CURRENCIES and sign:
            return Figure(
                span=Span(start - 1, end), kind="money", value=value, unit=_CURRENCIES[sign],
                approximate=rough,
            )  # fmt: skip
        if age := self.ages.read(number):
            return age
        if (m := _SHARE.match(text, end)) or (m := _POINTS.match(text, end)):
            point = "point" in m.group()
            return Figure(
                span=Span(start, m.end()), kind="share", value=value,
                unit="point" if point else "%", approximate=rough, of=self._noun(m.end()),
            )  # fmt: skip
        if value < 20 and (m := _PART.match(text, end)) and PARTS[m.group(1)] > value:
            return Figure(
                span=Span(start, m.end()), kind="share", value=100.0 * value / PARTS[m.group(1)],
                unit="%", approximate=rough, of=self._noun(m.end()),
            )  # fmt: skip
        if follower and value and 0 < follower.start - end < 20 and value < follower.value:
            m = _OF.match(text, end)
            if m and m.end() == follower.start and self._plain(follower):
                every = " in " in m.group()
                return Figure(
                    span=Span(start, follower.end), kind="share",
                    value=100.0 * value / follower.value, unit="%" if every else "of",
                    approximate=rough, of=self._noun(follower.end),
                )  # fmt: skip
        if m := _ANNIVERSARY.match(text, end):
            return Figure(span=Span(start, m.end()), kind="duration", value=value, unit="years")
        if m := _TIME.match(text, end):
            unit = {"centur": "centuries"}.get(m.group(1), m.group(1) + "s")
            return Figure(
                span=Span(start, m.end()), kind="duration", value=value, unit=unit,
                approximate=rough,
                of=self._noun(m.end(), plural=False) if text[end] == "-" else None,
            )  # fmt: skip
        if m := _MONEY.match(text, end):
            return Figure(
                span=Span(start, m.end()), kind="money", value=value, unit=_NAMED[m.group(1)],
                approximate=rough,
            )  # fmt: skip
        if m := _MEASURE.match(text, end):
            word = m.group(1)
            unit = _MEASURES.get(word) or _MEASURES.get(word.rstrip("s"), word)
            unit = "inch" if word.startswith("inch") else unit
            return Figure(
                span=Span(start, m.end()), kind="count", value=value, unit=unit, approximate=rough
            )
        noun = self._noun(end) if value != 1 else self._one(end) or self._noun(end)
        word = text[noun.start : noun.end].lower() if noun else None
        return Figure(
            span=Span(start, end), kind="count", value=value, of=noun,
            unit=singular(word) if word else None, approximate=rough,
        )  # fmt: skip

    def _plain(self, number: Number) -> bool:
        after = self.text[number.end : number.end + 10]
        return not (_SHARE.match(after) or _TIME.match(after)) and not after.startswith("-")

    def _one(self, end: int) -> Span | None:
        """The person of whom there is one: "one man"."""
        match = _WORD.match(self.text, end)
        return Span(*match.span(1)) if match and match.group(1) in _ONES else None

    def _noun(self, end: int, plural: bool = True) -> Span | None:
        """The noun that stands after a number: the head of up to three words, by its ending."""
        at = end
        for _ in range(3):
            match = _WORD.match(self.text, at)
            if not match:
                return None
            word = match.group(1).removesuffix("'s").removesuffix("’s")
            low = word.lower()
            if low in _STOP or low.endswith("ly"):
                return None
            if (
                not plural
                or low in _PLURALS
                or (
                    low.endswith("s")
                    and not low.endswith(("ss", "us", "is"))
                    and low not in _SINGULAR
                    and len(low) > 3
                )
            ):
                if word[0].isupper() and plural:
                    return None
                return Span(match.start(1), match.start(1) + len(word))
            at = match.end()
        return None


_ONES = lexicon("figures", "ones")


def singular(word: str) -> str:
    """A plural noun's singular, as far as its ending tells."""
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and word not in _ONES else word
