"""Numbers in digits and in words, with their exact places; what they count is `figures`' business.

A scanner over words: each is looked at once, so time is linear and nothing backtracks.
"""

import re
from dataclasses import dataclass

from ...language.en.counting import SCALES, SMALL, TENS, number_words

_SHORT = frozenset({"m", "mn", "bn", "b", "tn", "k"})
_ATOM = re.compile(
    r"(?<![\w.,])(?P<digits>\d{1,3}(?:,\d{3})++(?:\.\d++)?|\d++(?:\.\d++)?)"
    r"|(?<![A-Za-z])(?P<word>(?i:" + number_words("zero", "ninety") + r"))(?![A-Za-z])"
    r"|(?<![A-Za-z])(?P<article>[Aa]n?)[ \u00a0](?=(?:hundred|thousand|million|billion|trillion"
    r"|dozen)\b)"
    r"|(?<![\w])(?P<after>(?<=[$£€¥])\d{1,3}(?:,\d{3})++(?:\.\d++)?|(?<=[$£€¥])\d++(?:\.\d++)?)"
)
_NEXT = re.compile(r"[ \u00a0-](?:and[ \u00a0])?([A-Za-z]++)")
_SCALE = re.compile(r"([ \u00a0-]?)([A-Za-z]++)")
_HALF = re.compile(r"[ -]and[ -]a[ -](half|quarter)\b")
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


@dataclass(frozen=True, slots=True)
class Number:
    """A number and where it stands: code points, half-open."""

    start: int
    end: int
    value: float
    spelled: bool
    """Whether it is written in words, scale words aside."""


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[Number]:
    """The numbers in a stretch of text, in order; ordinals and parts are not numbers here."""
    stop = len(text) if end is None else end
    found: list[Number] = []
    at = start
    while match := _ATOM.search(text, at, stop):
        number = _read(text, match, stop)
        at = number.end if number.end > match.start() else match.end()
        found.append(number)
    return found


def _read(text: str, match: re.Match[str], stop: int) -> Number:
    digits = match.group("digits") or match.group("after")
    if digits:
        value, end = float(digits.replace(",", "")), match.end()
        if text[end : end + 1] in _GLYPHS:
            value, end = value + _GLYPHS[text[end]], end + 1
    elif match.group("word"):
        value, end = _words(text, match, stop)
    else:
        value, end = 1.0, match.end() - 1
    if (half := _HALF.match(text, end, stop)) and value < 1000:
        value, end = value + (0.5 if half.group(1) == "half" else 0.25), half.end()
    while scale := _SCALE.match(text, end, stop):
        word = scale.group(2)
        low = word.lower()
        if low not in SCALES or (low in _SHORT and (scale.group(1) or not digits)):
            break
        if low in _SHORT and low != "bn" and word == "b":
            break
        value, end = value * SCALES[low], scale.end()
        if not digits and (more := _NEXT.match(text, end, stop)):
            rest = more.group(1).lower()
            if rest in SMALL or rest in TENS:
                tail = _ATOM.match(text, more.start(1), stop)
                if tail:
                    small, after = _words(text, tail, stop)
                    if small < SCALES[low]:
                        value, end = value + small, after
    return Number(match.start(), end, value, not digits)


def _words(text: str, match: re.Match[str], stop: int) -> tuple[float, int]:
    """A number under a hundred in words: its value and its end."""
    word = match.group("word").lower()
    if word in SMALL:
        return float(SMALL[word]), match.end("word")
    value, end = float(TENS[word]), match.end("word")
    if text[end : end + 1] in ("-", " ", "‑") and (more := _NEXT.match(text, end, stop)):
        unit = SMALL.get(more.group(1).lower(), 0)
        if 0 < unit < 10 and " and " not in text[end : more.start(1)]:
            return value + unit, more.end()
    return value, end
