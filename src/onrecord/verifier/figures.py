"""Figures as they are written and as they are spoken: one form for both.

"£2.5m", "2.5 million pounds" and "two and a half million pounds" become the same words, and so do
"8:30" and "half past eight", "21st" and "twenty first", "the 1990s" and "the nineties". Reads a row
of tokens from a place and looks a few tokens ahead, never back, so time is linear.
"""

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from ..language.en.counting import ORDINALS, PARTS, SCALES, SMALL, TENS
from ..language.en.lexicon import lexicon, meanings

Token = tuple[str, int, int]
"""A token folded to a bare form, and where it stands: code points, half-open."""
LONGEST = 200
"""Characters of a number that is read as one: what is longer has no value that a float can hold."""


class Read(NamedTuple):
    """What was read: the forms that are compared, and the token behind the last one taken."""

    forms: tuple[str, ...]
    next: int
    unit: int = 0
    """The token that the last form is of, where it is one of its own."""


BIG = {w: int(n) for w, n in SCALES.items() if n >= 1000 and len(w) > 3}
_GLUED = {"k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}
_ZERO = {"nil": 0, "nought": 0, "naught": 0}
_UNDER20 = {**SMALL, **_ZERO}
_ORDINAL_TENS = {word[:-1] + "ieth": n for word, n in TENS.items()}
_ORDINAL_BIG = {"hundredth": 100, "thousandth": 1000, "millionth": 10**6}
_DECADES = {word[:-1] + "ies": n for word, n in TENS.items()}
_PLURAL_PARTS = {w: n for w, n in PARTS.items() if w.endswith("s") and n > 2}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}
_GLYPH_FORMS = {"½": "half", "¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3"}
_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen"}
_MONEY = meanings("figures", "spoken_money")
_CHANGE = {"cent": "cent", "cents": "cent", "c": "cent", "p": "pence", "pence": "pence"}
_UNITS = meanings("figures", "spoken_units")
_SPEEDS = {"mph": ("mile", "an", "hour"), "kph": ("kilometer", "an", "hour")}
_PERCENT = frozenset(("%", "percent", "pc", "pct"))
_ROMAN = {"II": "2", "III": "3"}
_CLOCK_WORDS = lexicon("figures", "before_times")
_WRITTEN = re.compile(r"(\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+|\d+)(\.\d+)?([½¼¾⅓⅔])?(\D*)")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(\D*)")
_SUFFIX = re.compile(r"\d+(st|nd|rd|th)")
_DECADE = re.compile(r"(\d\d)?(\d0)'?s")

STARTS = frozenset(
    {
        *_UNDER20, *TENS, *BIG, "hundred", "dozen", *ORDINALS, *_ORDINAL_TENS, *_ORDINAL_BIG,
        *_DECADES, "a", "an", "half", "quarter", "point", "minus", "no", "number", *_SIGNS, "#",
        "№", *_GLYPHS,
    }
)  # fmt: skip
"""Bare tokens at which a figure may begin, besides digits."""


class Reader:
    """Reads figures in a row of tokens of one text."""

    def __init__(self, text: str, tokens: Sequence[Token]) -> None:
        self._text = text
        self._tokens = tokens

    def read(self, i: int) -> Read | None:
        """The figure that begins at a token, None where none does."""
        low = self._low(i)
        if low[:1].isdecimal():
            return self._digits(i)
        if low in _SIGNS:
            return self._money(i)
        if low in ("#", "№") and self._low(i + 1)[:1].isdecimal():
            return self._after(("number",), i + 1)
        if low == "no":
            return self._number_sign(i)
        if low == "minus" and self._joined(i + 1):
            made = self.read(i + 1)
            if made and made.forms[0][:1].isdecimal():
                return Read((f"-{made.forms[0]}", *made.forms[1:]), made.next, made.unit)
            return None
        if low in ("half", "quarter", "a", "an") or low in _GLYPHS:
            return self._part(i)
        return self._spoken(i)

    def _low(self, i: int) -> str:
        return self._tokens[i][0] if 0 <= i < len(self._tokens) else ""

    def _raw(self, i: int) -> str:
        _, start, end = self._tokens[i]
        return self._text[start:end]

    def _gap(self, i: int) -> str:
        """What stands between a token and the one before it."""
        if not 0 < i < len(self._tokens):
            return "."
        return self._text[self._tokens[i - 1][2] : self._tokens[i][1]]

    def _joined(self, i: int) -> bool:
        """Whether only a space, a hyphen or one line's end parts a token from the one before."""
        gap = self._gap(i)
        return (
            len(gap) < 60 and not gap.strip(" \t\n\r\u00a0-\u2010\u2011") and (gap.count("\n") < 2)
        )

    def _follows(self, i: int, *lows: str) -> bool:
        return self._low(i) in lows and self._joined(i)

    def _after(self, forms: tuple[str, ...], i: int) -> Read:
        made = self.read(i)
        return Read((*forms, *made.forms), made.next, made.unit) if made else Read(forms, i)

    # Written in digits.

    def _digits(self, i: int) -> Read:
        low = self._low(i)
        start = self._tokens[i][1]
        sign = self._text[start - 1 : start] in ("-", "\u2212") and (
            start < 2 or self._text[start - 2] in " (\n\t\u00a0“\"'‘"
        )
        minus = "-" if sign else ""
        if match := _DECADE.fullmatch(low):
            century, decade = match.groups()
            return Read((f"{century if century not in (None, '19') else ''}{decade}s",), i + 1)
        if len(low) > LONGEST:
            return Read((low,), i + 1)
        if _SUFFIX.fullmatch(low):
            return Read((ordinal(int(re.sub(r"\D", "", low))),), i + 1)
        if clock := self._clock(i):
            return clock
        if "/" in low:
            return self._slash(i)
        match = _WRITTEN.fullmatch(low)
        if match is None:
            return Read((low,), i + 1)
        whole, rest, glyph, letters = match.groups()
        value = float(re.sub(r"\D", "", whole) + (rest or "")) + _GLYPHS.get(glyph or "", 0)
        if letters in _GLUED:
            return self._unit(minus, value * _GLUED[letters], i + 1, big=True)
        if letters:
            return Read((minus + shown(value), *_glued(letters)), i + 1)
        if self._low(i + 1) in ("1/2", "½") and self._joined(i + 1):
            value, i = value + 0.5, i + 1
        if made := self._range(i, value):
            return made
        value, after, big = self._scaled(value, i + 1)
        if self._low(after)[:1].isdecimal() and self._text[
            self._tokens[after - 1][2] : self._tokens[after][1]
        ] in ("'", "\u2032", "\u2019"):
            return self._after((minus + shown(value), "foot"), after)
        return self._unit(minus, value, after, big=big)

    def _clock(self, i: int) -> Read | None:
        """A time: `8:30`, `8.30pm`, `at 8.30`."""
        low = self._low(i)
        match = _TIME.fullmatch(low)
        if not match:
            if low.endswith(("am", "pm")) and low[:-2].isdecimal():
                return Read((shown(float(low[:-2])), low[-2:]), i + 1)
            return None
        hour, minute, half = match.groups()
        if int(hour) > 24 or int(minute) > 59:
            return None
        said = half in ("am", "pm") or self._low(i + 1) in ("am", "pm")
        dotted = "." in low
        if half and half not in ("am", "pm"):
            return None
        if dotted and not said and self._low(i - 1) not in _CLOCK_WORDS:
            return None
        if dotted and self._low(i + 1) in (*_PERCENT, "per", *_MONEY, *BIG):
            return None
        forms = [str(int(hour))] + ([str(int(minute))] if int(minute) else [])
        return Read((*forms, *([half] if half else [])), i + 1)

    def _slash(self, i: int) -> Read:
        parts = self._low(i).split("/")
        if not all(part.isdecimal() for part in parts):
            return Read((self._low(i),), i + 1)
        numbers = [int(part) for part in parts]
        if len(numbers) == 2 and numbers == [1, 2]:
            return Read(("half",), i + 1)
        if len(numbers) == 2 and numbers[0] < numbers[1] and numbers[1] in PARTS.values():
            return Read((f"{numbers[0]}/{numbers[1]}",), i + 1)
        return Read(tuple(map(str, numbers)), i + 1)

    def _range(self, i: int, value: float) -> Read | None:
        """`10-12`, `1939–45`."""
        if self._gap(i + 1) not in ("-", "\u2013", "\u2014", "\u2010", "\u2011"):
            return None
        if not self._low(i + 1)[:1].isdecimal():
            return None
        made = self.read(i + 1)
        if made is None or "to" in made.forms:
            return None
        second = made.forms[0]
        if 1000 <= value < 2100 and second.isdecimal() and len(self._low(i + 1)) == 2:
            second = str(int(value) // 100 * 100 + int(second))
        return Read((shown(value), "to", second, *made.forms[1:]), made.next)

    def _money(self, i: int) -> Read | None:
        unit = _SIGNS[self._low(i)]
        if not self._low(i + 1)[:1].isdecimal() or self._gap(i + 1).strip():
            return None
        made = self._digits(i + 1)
        if made.forms[-1] in _MONEY.values():
            return made
        if "to" in made.forms:
            return Read((*made.forms, unit), made.next)
        return Read((made.forms[0], unit, *made.forms[1:]), made.next)

    def _number_sign(self, i: int) -> Read | None:
        """`No. 1`, `No 10`."""
        if not 0 <= i + 1 < len(self._tokens):
            return None
        gap, after = self._gap(i + 1), self._low(i + 1)
        dotted = gap.strip(" \u00a0") == "." and len(gap) < 4
        digits = after[:1].isdecimal()
        if (dotted and (digits or after in SMALL)) or (
            digits and not gap.strip() and self._raw(i) == "No"
        ):
            return self._after(("number",), i + 1)
        return None

    # Written in words.

    def _under100(self, i: int) -> tuple[int, int] | None:
        low = self._low(i)
        if low in TENS:
            unit = SMALL.get(self._low(i + 1), 0)
            if 0 < unit < 10 and self._joined(i + 1):
                return TENS[low] + unit, i + 2
            return TENS[low], i + 1
        if low in _UNDER20:
            return _UNDER20[low], i + 1
        return None

    def _part(self, i: int) -> Read | None:
        """A figure that begins with a small word: a hundred, half a million, half past eight."""
        low = self._low(i)
        if low in _GLYPHS:
            return Read((_GLYPH_FORMS[low],), i + 1)
        if low in ("a", "an"):
            if self._low(i + 1) in BIG or self._follows(i + 1, "hundred", "dozen"):
                return self._spoken(i + 1) if self._joined(i + 1) else None
            if not self._follows(i + 1, "quarter"):
                return None
            i += 1
            low = "quarter"
            if not self._follows(i + 1, "of", "past", "to"):
                return None
        if self._follows(i + 1, "past", "to") and (hour := self._under100(i + 2)):
            if 1 <= hour[0] <= 12 and self._joined(i + 2):
                minutes = 30 if low == "half" else 15
                return _time(hour[0], minutes, self._low(i + 1) == "to", hour[1])
        j = i + 1
        if self._follows(j, "of"):
            j += 1
        if self._follows(j, "a") and (self._low(j + 1) in BIG or self._low(j + 1) == "dozen"):
            scale = BIG.get(self._low(j + 1), 12)
            return self._unit("", scale * (0.5 if low == "half" else 0.25), j + 2, big=True)
        return None

    def _spoken(self, i: int) -> Read | None:
        low = self._low(i)
        if low in _DECADES:
            return Read((f"{_DECADES[low]}s",), i + 1)
        if low in ORDINALS or low in _ORDINAL_TENS or low in _ORDINAL_BIG:
            n = ORDINALS.get(low) or _ORDINAL_TENS.get(low) or _ORDINAL_BIG[low]
            return Read((ordinal(n),), i + 1)
        if low == "point":
            part = self._decimals(i + 1) if self._low(i + 1) in SMALL else None
            return Read((shown(float(f"0.{part[0]}")),), part[1]) if part else None
        first = self._under100(i)
        if first is None:
            if low in BIG or low in ("hundred", "dozen"):
                return self._cardinal(0, i)
            return None
        value, after = first
        joined = self._joined(after)
        if value == 0:
            part = self._decimals(after + 1) if self._follows(after, "point") else None
            return Read((shown(float(f"0.{part[0]}")),), part[1]) if part else Read(("0",), after)
        if 13 <= value <= 20 and joined and (made := self._year(value, after)):
            return made
        if joined and self._low(after) in _PLURAL_PARTS and value:
            return Read((f"{value}/{_PLURAL_PARTS[self._low(after)]}",), after + 1)
        if value == 1 and self._follows(after, "third", "quarter", "fifth"):
            return Read((f"1/{PARTS[self._low(after)]}",), after + 1)
        if self._follows(after, "past") and (hour := self._under100(after + 1)):
            if 1 <= hour[0] <= 12 and value < 60:
                return _time(hour[0], value, False, hour[1])
        if self._follows(after, "to") and (hour := self._under100(after + 1)):
            if 1 <= hour[0] <= 12 and value in (20, 25) and self._low(after) == "to":
                return _time(hour[0], value, True, hour[1])
        return self._cardinal(value, after)

    def _year(self, century: int, i: int) -> Read | None:
        """`nineteen ninety nine`, `twenty oh nine`, `nineteen nineties`."""
        low = self._low(i)
        if low in _DECADES:
            return Read((f"{century if century != 19 else ''}{_DECADES[low]}s",), i + 1)
        if low in ("oh", "o") and 0 < SMALL.get(self._low(i + 1), 0) < 10:
            return Read((str(century * 100 + SMALL[self._low(i + 1)]),), i + 2)
        rest = self._under100(i)
        if (
            rest
            and rest[0] >= 10
            and not (
                self._joined(rest[1])
                and (self._low(rest[1]) in BIG or self._low(rest[1]) == "hundred")
            )
        ):
            return self._unit("", century * 100 + rest[0], rest[1])
        return None

    def _cardinal(self, value: float, i: int) -> Read:
        """The rest of a number whose first part was read: hundreds, scales, points, ordinals."""
        value, i, ending = self._hundreds(value, i)
        if ending:
            return Read((ordinal(int(value)),), i)
        if self._follows(i, "point") and (made := self._decimals(i + 1)):
            value, i = float(f"{int(value)}.{made[0]}"), made[1]
        elif half := self._and_part(i):
            value, i = value + half[0], half[1]
        value, i, big = self._scaled(value, i)
        if value == int(value) and not big and value % 10 == 0 and value >= 20:
            unit = ORDINALS.get(self._low(i), 0)
            if 0 < unit < 10 and self._joined(i) and not self._follows(i + 1, "of"):
                return Read((ordinal(int(value) + unit),), i + 1)
        return self._unit("", value, i, big=big)

    def _hundreds(self, value: float, i: int) -> tuple[float, int, bool]:
        """Value, next token, and whether an ordinal ended it."""
        if i > 0 and self._low(i) == "dozen" and (value == 0 or self._joined(i)):
            return (value or 1) * 12, i + 1, False
        if not (self._low(i) == "hundred" and (value == 0 or self._joined(i))):
            return value, i, False
        value, i = (value or 1) * 100, i + 1
        j = i + 1 if self._follows(i, "and") else i
        rest = self._under100(j) if self._joined(j) else None
        if rest and rest[0]:
            value, i = value + rest[0], rest[1]
            j = i
        tail = ORDINALS.get(self._low(j), 0) or _ORDINAL_TENS.get(self._low(j), 0)
        if tail and self._joined(j) and (rest is None or rest[0] % 10 == 0):
            if rest is not None or self._follows(i, "and"):
                return value + tail, j + 1, True
        return value, i, False

    def _scaled(self, value: float, i: int) -> tuple[float, int, bool]:
        """A number with its thousands and millions, and what follows these; whether it has any."""
        total, part, last, big = 0.0, value, float("inf"), False
        while (scale := BIG.get(self._low(i), 0)) and scale < last:
            if not self._joined(i) and (value or big):
                break
            total, last, big = total + (part or 1) * scale, scale, True
            part, i = 0.0, i + 1
            if half := self._and_part(i):
                return total + half[0] * scale, half[1], True
            j = i + 1 if self._follows(i, "and") else i
            more = self._more(j, i == j) if self._joined(j) else None
            if more is None or more[0] >= last:
                break
            part, i = more
        return total + part, i, big

    def _more(self, i: int, bare: bool) -> tuple[float, int] | None:
        """A number under a thousand that goes on after a scale."""
        low = self._low(i)
        if bare and low.isdecimal() and len(low) < 4 and self._low(i + 1) in BIG:
            return float(low), i + 1
        if low in ("a", "an") and self._follows(i + 1, "hundred"):
            value, after, ending = self._hundreds(0, i + 1)
            return None if ending else (value, after)
        found = self._under100(i)
        if found is None or not found[0]:
            if low == "hundred" and not bare:
                value, after, ending = self._hundreds(0, i)
                return None if ending else (value, after)
            return None
        value, after, ending = self._hundreds(found[0], found[1])
        return None if ending else (value, after)

    def _and_part(self, i: int) -> tuple[float, int] | None:
        """`and a half`, `and a quarter`, `and three quarters`."""
        if not self._follows(i, "and"):
            return None
        if self._follows(i + 1, "a", "one") and self._follows(i + 2, "half", "quarter"):
            return (0.5 if self._low(i + 2) == "half" else 0.25), i + 3
        if self._follows(i + 1, "three") and self._follows(i + 2, "quarters"):
            return 0.75, i + 3
        return None

    def _decimals(self, i: int) -> tuple[str, int] | None:
        """The digits after a point, spoken one by one or as a number under a hundred."""
        digits = ""
        while self._joined(i):
            low = self._low(i)
            if low in ("oh", "o", *_ZERO):
                digits, i = digits + "0", i + 1
            elif low in SMALL and SMALL[low] < 10:
                digits, i = digits + str(SMALL[low]), i + 1
            elif not digits and (found := self._under100(i)):
                return str(found[0]), found[1]
            elif not digits and low.isdecimal():
                return low, i + 1
            else:
                break
        return (digits, i) if digits else None

    def _unit(self, minus: str, value: float, i: int, *, big: bool = False) -> Read:
        """A number with the unit that follows it; "three pounds fifty" is one amount."""
        form = minus + shown(value)
        if not self._joined(i) and self._gap(i).strip():
            return Read((form,), i)
        low = self._low(i)
        if low == "'s" or (low not in _MONEY and low not in _UNITS and low not in _CHANGE):
            return Read((form, *_SPEEDS[low]) if low in _SPEEDS else (form,), i + (low in _SPEEDS))
        if low in _MONEY:
            if not big and math.isfinite(value) and value == int(value) and low.endswith("s"):
                coins = self._coins(i + 1)
                if coins:
                    form = minus + shown(value + coins[0] / 100)
                    return Read((form, _MONEY[low]), coins[1])
            return Read((form, _MONEY[low]), i + 1, i)
        if low in _CHANGE:
            if len(low) == 1 and self._gap(i):
                return Read((form,), i)
            return Read((form, _CHANGE[low]), i + 1, i)
        return Read((form, _UNITS[low]), i + 1, i)

    def _coins(self, i: int) -> tuple[float, int] | None:
        j = i + 1 if self._follows(i, "and") else i
        if not self._joined(j):
            return None
        found = self._under100(j)
        if found is None and self._low(j).isdecimal() and len(self._low(j)) == 2:
            found = int(self._low(j)), j + 1
        if not found:
            return None
        value, after = found
        if self._low(after) in _CHANGE and self._joined(after):
            return value, after + 1
        if j == i and value >= 10 and self._low(after) not in (*BIG, "hundred"):
            return value, after
        return None


def _time(hour: int, minutes: int, before: bool, after: int) -> Read:
    if before:
        hour, minutes = (hour - 1) or 12, 60 - minutes
    return Read((str(hour), str(minutes)), after)


def _glued(letters: str) -> tuple[str, ...]:
    """What letters right behind digits stand for."""
    if letters in _SPEEDS:
        return _SPEEDS[letters]
    if letters in _PERCENT:
        return ("per", "cent")
    return (_UNITS.get(letters) or _CHANGE.get(letters) or letters,)


def shown(value: float) -> str:
    """A value in digits: no needless zeros, no exponent."""
    if not math.isfinite(value):  # more than 308 digits
        return str(value)
    if value == int(value):
        return str(int(value))
    return f"{value:.6f}".rstrip("0")


def ordinal(n: int) -> str:
    """A number with its English ending: 1st, 12th, 23rd."""
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"
