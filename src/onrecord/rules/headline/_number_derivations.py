"""What the numbers of a body come to: whether a figure of the headline can be worked out of them.

By rounding or cutting off, as a word or a part, as another unit of time, as a sum or a difference,
as the years between two dates, as so much for each of so many. Only figures of a kind are put
together, and only in ways that news does. What it means that none of them fits is for the rules to
say.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from ...language.en.calendar import WEEKDAY
from ...language.en.calendar import WEEKDAYS as _WEEK
from ...language.en.counting import ORDINALS, SMALL, number_words
from ...language.en.lexicon import lexicon
from ...query.figures import Sentences, day_of, number, part, slack
from ...records import Analysis, Figure

_DIGITS = re.compile(r"\d++(?:,\d{3})*+(?:\.\d++)?")
_DAYS = {
    "day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0, "decade": 3650.0, "century": 36500.0,
    "centurie": 36500.0, "hour": 1 / 24, "minute": 1 / 1440, "second": 1 / 86400,
}  # fmt: skip
_UNIT = re.compile(
    r"[- ](second|minute|hour|day|week|month|year|decade|centurie|century)s?\b",
    re.IGNORECASE,
)
_WORDS = {word: float(n) for word, n in ORDINALS.items() if n > 2} | {
    "twentieth": 20.0,
    "quadruple": 4.0, "triple": 3.0, "dozen": 12.0, "dozens": 24.0, "century": 100.0,
    "decade": 10.0, "trio": 3.0, "threesome": 3.0, "triplets": 3.0, "quartet": 4.0,
    "quadruplets": 4.0, "quintet": 5.0, "quintuplets": 5.0, "sextet": 6.0, "score": 20.0,
    "fortnight": 14.0,
}  # fmt: skip
_PARTS = {
    "half": 50.0,
    "third": 100 / 3,
    "quarter": 25.0,
    "fourth": 25.0,
    "fifth": 20.0,
    "tenth": 10.0,
}
_POINTS = re.compile(r"[- ]points?\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:at|age|aged|turns?|turning|dies|,) $", re.IGNORECASE)
_LONG = re.compile(
    r"\b(?:(?P<half>half[- ](?:a[- ])?)(?:century|decade)|(?P<n>"
    + number_words("two", "six")
    + r") (?:centuries|decades))\b"
)
_A_WHILE = re.compile(r"\b(?:an?|one) (day|week|month|year|decade|century|hour|minute)\b")
_ONE = re.compile(
    r"\b(?:one|as well|other (?:people|persons|men|women|children|victims)|[a-z]{1,40} [a-z]{1,40}s"
    r" and (?:the|its|a|an) (?=[A-Z])|another|alone|except|besides|other than"
    r"|an? (?:\w{1,40}[ -]){0,2}(?:man|woman|boy|girl|child|officer|driver|person|suspect|teen"
    r"|teenager|victim))\b",
    re.IGNORECASE,
)
_NEARING = re.compile(
    r"\b(?:near(?:s|ing|ly)?|almost|approach(?:es|ing)|close to|pushing|turns|turning) $",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:about|around|roughly|some|approximately|estimated|or so) $", re.IGNORECASE
)
_TIMES = re.compile(r"(?:[ -]times|x|-fold|fold)\b", re.IGNORECASE)
_RATE = re.compile(r" (?:a|per|each|every) (hour|day|week|month|year)\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(?:{WEEKDAY})\b")
_OF_IT = re.compile(r" of (?:them|these|those|that|it|the (?:money|sum|total|amount|whole))\b")
_EACH = re.compile(r"\b(?:each|apiece|per|every|a (?:day|week|month|year))\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:couples?|pairs?|twins?|both|twice|double[ds]?)\b", re.IGNORECASE)
_PEOPLE = lexicon("figures", "people")
NEAR = 12
"""Numbers next to each other in the text that are added up in twos and threes; more are sums by
chance."""

LARGE = 10
"""From here on one more or one less counts as worked out; below it, only where the body has one
more of them."""
MOST = 100
"""Figures of the body, from its beginning, that are added up in twos wherever they stand."""


class NumberDerivations:
    """The numbers of an article below its headline."""

    def __init__(self, analysis: Analysis, start: int) -> None:
        text = analysis.article.text
        self._analysis, self._text = analysis, text[start:]
        self.figures = [f for f in analysis.figures if f.span.start >= start]
        self.values = {float(m.group().replace(",", "")) for m in _DIGITS.finditer(text, start)}
        for figure in self.figures:
            if isinstance(figure.value, dict):
                self.values |= {
                    float(abs(v)) for k, v in figure.value.items() if k not in ("weekday", "month")
                }
            elif figure.unit == "of":
                self.values.add(number(figure))
                whole = _DIGITS.findall(text[figure.span.start : figure.span.end])
                if whole:  # the part, the whole, and the rest: "all but four of the 117"
                    total = float(whole[-1].replace(",", ""))
                    some = round(number(figure) * total / 100)
                    self.values |= {some, total, total - some}
            else:
                self.values.add(number(figure))
        low = re.findall(r"[a-z]{1,40}", self._text.lower())
        self.values |= {_WORDS[word] for word in low if word in _WORDS}
        self._years = {y for f in self.figures for n in ("year", "until") if (y := part(f, n))}
        self._low = set(low)

    def gives(self, figure: Figure) -> bool:
        """Whether a figure of the headline stands in the body or can be worked out there."""
        text, value = self._analysis.article.text, number(figure)
        loose = slack(self._analysis, figure)
        if any(abs(value - v) <= loose or value <= v < value + 2 * loose for v in self.values):
            return True
        if self._roughly(figure, value):
            return True
        plain = _DIGITS.search(text, figure.span.start, figure.span.end)
        if plain and float(plain.group().replace(",", "")) in self.values:
            return True
        unit = None
        if figure.kind not in ("money", "share"):
            unit = _UNIT.match(text, figure.span.end)
            unit = unit or _UNIT.search(text, figure.span.start, figure.span.end)
        if unit:
            return self._lasts(value, unit.group(1).lower())
        if _AGED.search(text, max(0, figure.span.start - 9), figure.span.start):
            if value < 1000 and self._between(value):
                return True
        if figure.kind == "share":
            return self._share(value, loose)
        if _TIMES.match(text, figure.span.end) and self._times(value):
            return True
        return (
            self._sum(figure, value, loose)
            or self._product(figure, value, loose)
            or self._rate(figure, value)
        )

    def _roughly(self, figure: Figure, value: float) -> bool:
        """A round number cut off or rounded, "500" for 538, or one that the headline says is
        near."""
        text = self._analysis.article.text
        if _NEARING.search(text, max(0, figure.span.start - 14), figure.span.start):
            return any(0.9 * value <= v < value for v in self.values)
        digits = _DIGITS.search(text, figure.span.start, figure.span.end)
        zeros = len(digits.group()) - len(digits.group().rstrip("0")) if digits else 0
        if zeros > 1 and 100 <= value < 1000:
            step = 10.0**zeros
            return any(value - step / 2 <= v < value + step for v in self.values)
        about = _ABOUT.search(text, max(0, figure.span.start - 16), figure.span.start)
        return bool(about) and any(abs(value - v) <= 0.05 * value for v in self.values)

    def _times(self, value: float) -> bool:
        """How many times as much one number is as another of its kind, rounded."""
        for kind in ("money", "count"):
            known = [n for f in self.figures[:MOST] if f.kind == kind and (n := number(f)) > 0]
            for a, b in _pairs(known):
                if abs(value - max(a, b) / min(a, b)) <= max(0.5, 0.02 * value):
                    return True
        return False

    def _rate(self, figure: Figure, value: float) -> bool:
        """So much a day where the body has so much a month."""
        text = self._analysis.article.text
        wanted = _RATE.match(text, figure.span.end)
        if wanted is None:
            return False
        for other in self.figures:
            given = _RATE.match(text, other.span.end)
            if given and other.kind == figure.kind:
                ours = (
                    number(other) * _DAYS[wanted.group(1).lower()] / _DAYS[given.group(1).lower()]
                )
                if abs(value - ours) <= 0.12 * value:
                    return True
        return False

    def _lasts(self, value: float, unit: str) -> bool:
        """A length of time: in another unit, as the years between two dates, or the sum of two
        such."""
        days = value * _DAYS[unit]
        if unit == "year" and self._between(value):
            return True
        lengths = []
        for other in self.figures:
            said = (other.unit or "").rstrip("s")
            if other.kind in ("duration", "age") and said in _DAYS:
                lengths.append(number(other) * _DAYS[said])
            elif isinstance(other.value, dict):
                lengths += [
                    abs(n) * _DAYS[k[:-1]] for k, n in other.value.items() if k[:-1] in _DAYS
                ]
        for long in _LONG.finditer(self._text.lower()):
            times = 0.5 if long.group("half") else SMALL[long.group("n")]
            lengths.append(times * (3650.0 if "decade" in long.group() else 36500.0))
        low = self._text.lower()
        lengths += [_DAYS[m.group(1)] for m in _A_WHILE.finditer(low)]
        sums = {a + b for a in lengths[:NEAR] for b in lengths[:NEAR]}
        sums |= {abs(a - b) for a in lengths[:NEAR] for b in lengths[:NEAR]}
        lengths += self._apart() if unit in ("day", "week", "month") else []
        if unit == "day" and days <= 8:
            week = [_WEEK.index(m.group()) for m in _WEEKDAY.finditer(self._text)][:4]
            lengths += [float((b - a) % 7 + d) for a, b in _pairs(week) for d in (0, 1)]
        return any(abs(days - n) <= 0.12 * days for n in lengths) or any(
            abs(days - n) <= 0.01 * days for n in sums
        )

    def _apart(self) -> list[float]:
        """Days between two dates of the body, or one and the day of publication."""
        published = self._analysis.article.published
        days = [published.toordinal()] if published else []
        for figure in self.figures[:MOST]:
            value = figure.resolved or figure.value
            if isinstance(value, Mapping) and {"month", "day"} <= set(value):
                year = value.get("year", published.year if published else 2000)
                found = day_of(int(year), int(value["month"]), int(value["day"]))
                days += [found.toordinal()] if found else []
        return [float(abs(a - b) + d) for a, b in _pairs(days) for d in (0, 1)]

    def _between(self, value: float) -> bool:
        """Whether so many years lie between two years of the body, or one and the day of
        publication."""
        published = self._analysis.article.published
        years = self._years | {int(v) for v in self.values if 1000 <= v <= 2100 and v == int(v)}
        years |= {published.year} if published else set()
        ends = years | ({published.year - 1} if published else set())
        return any(y + value in ends for y in years)

    def _share(self, value: float, loose: float) -> bool:
        """A percentage: the rest of a hundred, a part in words, a change or share of two numbers
        nearby."""
        shares = [number(f) for f in self.figures if f.kind == "share"]
        known = [100 - v for v in shares] + [_PARTS[w] for w in self._low if w in _PARTS]
        known += [abs(a - b) for a in shares for b in shares] + [a + b for a, b in _pairs(shares)]
        for one, two in self._neighbours():
            low, high = sorted((one, two))
            if low > 0:
                known += [
                    100 * low / high,
                    100 * (high - low) / low,
                    100 * (high - low) / high,
                ]
        return any(abs(value - v) <= max(loose, 0.5) for v in known)

    def _neighbours(self) -> Iterator[tuple[float, float]]:
        """Pairs of money or counts that stand in one sentence."""
        for row in Sentences(self._analysis, self.figures).rows:
            for kind in ("money", "count"):
                yield from _pairs([number(f) for f in row if f.kind == kind][:6])

    def _sum(self, figure: Figure, value: float, loose: float) -> bool:
        """A sum or difference of two in neighbouring sentences, a sum of several, one more or one
        less."""
        money = figure.kind == "money"
        points = _POINTS.match(self._analysis.article.text, figure.span.end)
        kinds = ("money",) if money else ("count", "age", "share") if points else ("count", "age")
        rows = [
            [(number(f), f) for f in row if f.kind in kinds]
            for row in Sentences(self._analysis, self.figures).rows
        ]
        sums = [number(f) for f in self.figures if f.kind == "money"][: 2 * NEAR] if money else []
        known = {a + b for a, b in _pairs(sums)} | {abs(a - b) for a, b in _pairs(sums)}
        if not money:
            plain = [number(f) for f in self.figures if f.kind == "count"][:MOST]
            known |= {a + b for a, b in _pairs(plain)} | {abs(a - b) for a, b in _pairs(plain)}
            one = value >= LARGE or _ONE.search(self._text)
            known |= {v + d for v in plain for d in (1, -1)} if one else set()
        before: list[tuple[float, Figure]] = []
        for row in rows:
            near = before[-NEAR:] + row[:NEAR]
            for n, (first, f) in enumerate(near):
                for second, g in near[n + 1 :]:
                    if _alike(f, g):
                        known |= {first + second, abs(first - second)}
                        rest = abs(first - second)
                        if value >= 100:  # "down to 250 from 459, and she 180": what both lost
                            known |= {
                                rest + third for third, _ in near if third not in (first, second)
                            }
                total = first
                for k, (second, _) in enumerate(near[n + 1 : n + 7], n + 2):
                    total += second
                    known |= {total} | {first + second + third for third, _ in near[k : n + 7]}
            before = row
        ages = sum(f.kind == "age" for f in self.figures)
        loose = loose if money or value >= 1000 else 0.01
        return any(abs(value - v) <= loose for v in known) or (
            figure.kind == "count" and value == ages
        )

    def _product(self, figure: Figure, value: float, loose: float) -> bool:
        """So much for each of so many, and twice as many, in one sentence or the next."""
        text, kind = (
            self._analysis.article.text,
            "money" if figure.kind == "money" else "count",
        )
        before: list[Figure] = []
        sentences = self._analysis.sentences
        for span, row in zip(sentences, Sentences(self._analysis, self.figures).rows, strict=True):
            ours = [number(f) for f in row if f.kind == kind][:NEAR]
            if _TWO.search(text, span.start, span.end):
                if any(abs(value - 2 * v) <= loose for v in ours):
                    return True
            near = (before + row)[-NEAR:]
            parts = [number(f) / 100 for f in near if f.kind == "share" and f.unit == "%"]
            for v in (number(f) for f in near if f.kind == kind):
                if any(
                    abs(value - v * p) <= loose or abs(value - v + v * p) <= loose for p in parts
                ):
                    return True
            each = _EACH.search(text, span.start, span.end)
            if each or kind == "money":
                times = [number(f) for f in near if f.kind in ("count", "duration")]
                apiece = each and each.group().lower() in ("each", "apiece")
                times = times if each else [n for n in times if n < LARGE]
                times += [2.0] if apiece and kind == "money" else []
                for a in (number(f) for f in near if f.kind in (kind, "duration")):
                    made = [a * b for b in times if b != a]
                    if apiece and kind == "money":  # "25 million, and two more a million each"
                        made += [m + number(f) for m in made for f in near if f.kind == kind]
                    if any(abs(value - m) <= loose for m in made):
                        return True
            before = row
        return self._part_of(kind, value, loose)

    def _part_of(self, kind: str, value: float, loose: float) -> bool:
        """A part of a large number that stands some sentences before: "Of them, 95% …", "two-thirds
        of the money"."""
        if value < 1000 and kind != "money":
            return False
        wholes: list[float] = []
        for figure in self.figures[:MOST]:
            if figure.kind == kind:
                wholes.append(number(figure))
            elif figure.kind == "share" and figure.unit == "%":
                if _OF_IT.match(self._analysis.article.text, figure.span.end):
                    part = number(figure) / 100
                    if any(abs(value - w * part) <= loose for w in wholes[-NEAR:]):
                        return True
        return False


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures can be added: of one kind, and not said to be of different things."""
    if one.kind != other.kind:
        return False
    return (
        one.unit == other.unit
        or one.unit is None
        or other.unit is None
        or {one.unit, other.unit} <= _PEOPLE
    )


def _pairs(row: Sequence[float]) -> Iterator[tuple[float, float]]:
    for n, one in enumerate(row):
        for two in row[n + 1 :]:
            yield one, two
