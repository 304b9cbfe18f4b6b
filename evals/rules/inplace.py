"""Places of real articles where one thing is stated twice, so that a change of one of them
contradicts the other.

They are found by plain patterns that share nothing with the rules. A place is eligible where a
careful reader who sees the changed article would stop at it: the headline's number or quoted words
stand in the body as they are; a weekday has its date. (Quotations whose speaker is dropped are put
in: in real articles somebody who may be meant nearly always stands in the paragraph before.) What
becomes of the changed article is `planted`'s business.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from .headlines import other

CODES = {
    "weekday": ("NUM405",),
    "age in place": ("NUM401",),
    "count in place": ("NUM403",),
    "spelling": ("NUM408",),
    "headline number": ("HED302",),
    "headline quotation": ("HED301", "QUO203"),
}
"""The kinds, and the rules one of which must speak at the changed place."""
Change = tuple[str, int, int, str]
"""Its kind, the place that changes (code points, half-open), what stands there then."""

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = re.compile(rf"\b({'|'.join(_DAYS)}), ([A-Z][a-z]{{2,8}})\.? (\d{{1,2}})\b(?:, (\d{{4}}))?")
_AGE = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]+), (\d\d), ")
_NAME = re.compile(r"\b([A-Z][a-z]{2,}) ([A-Z][a-z]{5,})\b")
_KILLED = re.compile(
    r"\b(killed|wounded|injured) (\d{1,3}|two|three|four|five|six|seven|eight|nine) people\b"
)
_NUMBER = re.compile(r"(?<![\w.,:/#$£€'’-])\d{1,3}(?:,\d{3})*(?![\w.,:/'’-]*\d|[\w’'/-])")
_QUOTED = re.compile(
    r"“([^“”\n]{12,120})”|\"([^\"\n]{12,120})\"|‘([^‘’\n]{12,120})’(?!\w)"
    r"|(?<![\w'])'([^'\n]{12,120})'(?!\w)"
)


def changes(text: str, year: int, given: frozenset[str], dice: random.Random) -> Iterator[Change]:
    """At most one change a kind, in an article whose first line is its headline."""
    yield from _weekday(text, year)
    yield from _age(text)
    yield from _count(text)
    yield from _spelling(text, given, dice)
    yield from _headline_number(text, dice)
    yield from _headline_quotation(text, dice)


def _weekday(text: str, year: int) -> Iterator[Change]:
    for day in _DAY.finditer(text):
        try:
            when = datetime.strptime(
                f"{day.group(2)[:3]} {day.group(3)} {day.group(4) or year}", "%b %d %Y"
            )
        except ValueError:
            continue
        if _DAYS[when.weekday()] == day.group(1):
            yield "weekday", *day.span(1), _DAYS[(when.weekday() + 1) % 7]
            return


def _age(text: str) -> Iterator[Change]:
    """One full name has the same age behind it twice, between commas."""
    ages: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for age in _AGE.finditer(text):
        ages[age.group(1), age.group(2)].append(age)
    for twice in ages.values():
        if len(twice) > 1:
            yield "age in place", *twice[1].span(2), str(int(twice[1].group(2)) + 3)
            return


def _count(text: str) -> Iterator[Change]:
    """The same number of people killed, wounded or injured is given twice, in the same words."""
    seen: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _KILLED.finditer(text):
        seen[match.group()].append(match)
    words = "two three four five six seven eight nine ten eleven twelve".split()
    for twice in seen.values():
        if len(twice) > 1:
            number = twice[1].group(2)
            new = words[words.index(number) + 2] if number in words else str(int(number) + 2)
            yield "count in place", *twice[1].span(2), new
            return


def _spelling(text: str, given: frozenset[str], dice: random.Random) -> Iterator[Change]:
    """A full name with a known given name stands there three times; two letters of the last one
    change places."""
    names: dict[str, list[re.Match[str]]] = defaultdict(list)
    for name in _NAME.finditer(text):
        names[name.group()].append(name)
    for places in names.values():
        if len(places) > 2 and places[0].group(1) in given:
            last = places[-1]
            word = last.group(2)
            at = [n for n in range(1, len(word) - 2) if word[n] != word[n + 1]]
            if at:
                n = dice.choice(at)
                yield "spelling", *last.span(2), word[:n] + word[n + 1] + word[n] + word[n + 2 :]
                return


def _headline_number(text: str, dice: random.Random) -> Iterator[Change]:
    """A number of the headline, three or more and no year, stands in the body in the same
    digits."""
    head, _, body = text.partition("\n")
    for match in _NUMBER.finditer(head):
        value = int(match.group().replace(",", ""))
        if (
            value < 3
            or 1900 <= value <= 2030
            or not re.search(rf"(?<![\d,.]){match.group()}(?![\d,.]*\d)", body)
        ):
            continue
        if new := other(match.group(), body, dice):
            yield "headline number", *match.span(), new
            return


def _headline_quotation(text: str, dice: random.Random) -> Iterator[Change]:
    """Three or more quoted words of the headline stand in the body; a long one of them becomes
    another word."""
    head, _, body = text.partition("\n")
    for match in _QUOTED.finditer(head):
        n = match.lastindex or 1
        inner = match.group(n).strip(" ,.")
        words = re.findall(r"[\w’'-]+", inner)
        if len(words) < 3 or inner.lower() not in body.lower():
            continue
        long = list(re.finditer(r"(?<![\w’'-])[a-zA-Z]{5,}(?![\w’'-])", inner))
        if not long:
            continue
        word = dice.choice(long)
        start = match.start(n) + match.group(n).index(inner) + word.start()
        new = "lantern" if word.group()[0].islower() else "Lantern"
        yield "headline quotation", start, start + len(word.group()), new
        return
