"""Quotations by typography alone: which mark opens, which closes, what lies between.

Every mark may open a quotation, close one, or be no quotation mark at all (an apostrophe, inches, a
stray). What stands beside it makes each reading cheap or dear, and the cheapest reading of the
whole article is taken, found mark by mark (Viterbi's search over what is open). So "the boys' room"
and "'the boys' and 'the girls'" need no rules of their own: one mark can't close what isn't open,
and an open quotation must close. Knows straight and curly marks, doubled apostrophes and backticks,
low marks, guillemets and British single marks, nested either way, and the newspaper convention by
which a quotation that runs on opens again at each paragraph and closes only at its end. Paragraphs
are the article's blocks, or lines where there are none. Who speaks is none of this module's
business.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ...language.en.lexicon import lexicon
from ...records import Block, Quote, Span

_MARK = re.compile(r"''|’’|‘‘|``|[\"“”„«»‘’‚'`]")
_PARTNERS = {
    '"': '"', "“": "”", "”": "”", "‘‘": "’’", "’’": "’’", "„": "“”", "''": "''’’", "``": "''",
    "«": "»", "»": "«", "‘": "’", "'": "'", "‚": "‘’", "’": "’",
}  # fmt: skip
"""The marks that close what a mark opens."""
_SINGLE = frozenset("‘’‚'`")
_ALONE = frozenset(("headline", "standfirst", "byline", "dateline", "caption", "correction"))
_BEFORE_OPENING = frozenset("([{-–—―/…=")
_AFTER_CLOSING = frozenset(".,;:!?)]}-–—―/…")
_STOPS = frozenset(".,;:!?…")
_SENTENCE_ENDS = frozenset(".!?…")
_BESIDE = frozenset("\"“”‘’'„`‚«»")


def _spelled(key: str) -> str:
    """The words of a list as a pattern, without their own apostrophes."""
    return "|".join(sorted(word.strip("'") for word in lexicon("typography", key)))


_ELIDED = re.compile(rf"(?:\d0s?\b|\d\ds?\b|n['’]|(?:{_spelled('elided')})\b)", re.IGNORECASE)
"""What an apostrophe may stand before: "'em", "'07", "rock 'n' roll"."""
_TAIL = re.compile(rf"(?:{_spelled('tails')})\b")
"""The end of a shortened word that a space was put into: "isn ‘t"."""
_CLIPPED = re.compile(rf"(?:[a-z]{{2}}in|\b(?:{_spelled('clipped')})|['’‘]n)$", re.IGNORECASE)
"""What an apostrophe may stand behind: "goin'", "ol'", "rock 'n'"."""
_FEET = re.compile(r"\d['’]\d{1,2}$")
_APOSTROPHE = re.compile(r"(?:\"|'')s\b")
"""A double mark where an apostrophe belongs, "the town"s bridge": a slip that quotes nothing."""

NEVER = 99.0
UNCLOSED_DOUBLE, UNCLOSED_SINGLE = 4.0, 6.0
"""Price of a quotation that never closes."""
REOPENED, RESUMED = 0.1, 3.5
"""Price of going on in the next paragraph with an opening mark, and without one."""
FRAGMENT = 2.0
"""Price of going on with what didn't begin like a sentence, or in a paragraph that ends like
none."""
MISMATCH, ALIKE = 1.0, 2.0
"""Price of a closing mark of another make; of double marks right inside double marks."""
CHARACTER = 0.0005
"""Price of a character inside single marks: of two readings, that with the shorter quotations."""
MAX_DEPTH, MAX_READINGS = 3, 12
"""How deep quotations stand in one another; how many readings are carried on."""
MAX_BESIDE = 4
"""Code points of other marks beside a mark that are looked past."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark and the prices of its readings: the lower, the likelier."""

    start: int
    end: int
    text: str
    opens: float
    closes: float
    nothing: float
    sentence: bool
    """Whether a sentence seems to begin behind it: a capital, and no word right before."""

    @property
    def single(self) -> bool:
        """Whether it is one stroke, which may be an apostrophe, too."""
        return self.text in _SINGLE


@dataclass(frozen=True, slots=True)
class _Step:
    """What a reading says of a mark, and the step before it; marks that are nothing have none."""

    before: "_Step | None"
    line: int
    mark: _Mark | None
    """None where a quotation goes on at its paragraph's start without an opening mark."""
    depth: int
    """How many open quotations stay open; those above end here, closed or not."""
    opens: bool
    again: bool = False
    """Whether this goes on with the quotation that the paragraph before left open."""


_Opening = tuple[str, bool]
"""The mark that opened a quotation, and whether it began like a sentence."""
_Stack = tuple[_Opening, ...]
"""What is open, outermost first."""
_Reading = tuple[float, _Step | None]
"""What a reading of the text so far costs, and its last step."""
_Readings = dict[_Stack, _Reading]


def find_quotes(text: str, blocks: Sequence[Block] | None = None) -> tuple[Quote, ...]:
    """The quotations of a text in order of their start, well nested, one paragraph each at most.

    Paragraphs are the blocks, or the text's lines without them; a quotation never runs on out of
    a headline. The opening mark is empty where one goes on in the next paragraph without a mark.
    Spans are half-open ranges of code points. Takes time proportional to the length of the text.
    """
    if blocks is None:
        lines = [m.span() for m in re.finditer(r"[^\n]+", text) if not m.group().isspace()]
        alone: set[int] = set()
    else:
        lines = [(block.span.start, block.span.end) for block in blocks]
        alone = {n for n, block in enumerate(blocks) if block.role in _ALONE}
    done: _Reading = (0.0, None)
    left_open: dict[_Opening, _Reading] = {}
    for number, (start, end) in enumerate(lines):
        marks = list(_marks(text, start, end))
        readings = _read_line(number, (start, end), marks, done, left_open)
        done = min(
            ((cost + sum(map(_unclosed, stack)), step) for stack, (cost, step) in readings.items()),
            key=lambda reading: reading[0],
        )
        left_open = {}
        if number + 1 < len(lines) and number not in alone and number + 1 not in alone:
            for stack, (cost, step) in readings.items():
                if stack:
                    fragment = (not stack[0][1]) + (text[end - 1] not in _SENTENCE_ENDS)
                    price = sum(map(_unclosed, stack[1:])) + FRAGMENT * fragment
                    _keep(left_open, stack[0], cost + price, step)
    return _quotes(text, lines, done[1])


def replace_quote(quote: Quote, *, closed: bool | None = None, parent: int | None = None) -> Quote:
    """The quotation with another `closed` or `parent`."""
    return Quote(
        span=quote.span,
        inner=quote.inner,
        marks=quote.marks,
        closed=quote.closed if closed is None else closed,
        parent=quote.parent if parent is None else parent,
    )


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The marks of a paragraph that may be quotation marks, each with its prices."""
    for match in _MARK.finditer(text, start, end):
        left, right = match.span()
        mark = match.group()
        before, after = text[left - 1 : left] if left > start else "", text[right:end][:1]
        if mark == "`" or (mark in _SINGLE and before.isalnum() and after.isalnum()):
            continue
        first, last = left, right
        while first > max(start, left - MAX_BESIDE) and text[first - 1] in _BESIDE:
            first -= 1
        while last < min(end, right + MAX_BESIDE) and text[last] in _BESIDE:
            last += 1
        outside = text[first - 1] if first > start else " ", text[last] if last < end else " "
        prices = _single if mark in _SINGLE else _double
        sentence = (
            text[last : last + 1].isupper()
            and not text[max(start, first - 2) : first].strip()[-1:].isalnum()
        )
        price = prices(text, (start, left, right, end), outside)
        yield _Mark(left, right, mark, *price, sentence)


def _shape(outside: tuple[str, str]) -> tuple[float, float]:
    """The prices of opening and of closing between two characters, other marks left out."""
    before, after = outside
    left_free = before.isspace() or before in _BEFORE_OPENING
    right_free = after.isspace() or after in _AFTER_CLOSING
    if left_free != right_free:
        return (0.0, 5.0) if left_free else (NEVER, 0.0)
    if not left_free:
        return 2.5, 2.5
    if before.isspace() == after.isspace():
        return 1.5, 1.5
    return (0.3, 2.5) if before.isspace() else (2.5, 0.3)


def _double(
    text: str, place: tuple[int, int, int, int], outside: tuple[str, str]
) -> tuple[float, float, float]:
    """The prices of a double mark: to open, to close, to be inches or a stray."""
    start, left, right, _ = place
    mark = text[left:right]
    opens, closes = _shape(outside)
    nothing = 6.0 if opens < closes else 4.0
    if mark in ("“", "„", "``", "‘‘", "«"):
        wrong = opens > closes
        return (2.5, 1.5, nothing) if wrong else (0.0, 5.0, 6.0)
    if mark in ("”", "’’", "»"):
        wrong = opens < closes
        return (2.5, 1.5, nothing) if wrong else (NEVER, 0.0, 4.0)
    before, after = text[left - 1 : left] if left > start else "", text[right : right + 1]
    if mark == '"' and before.isdecimal() and not after.isalpha():
        feet = _FEET.search(text, max(start, left - 4), left)
        return (NEVER, 2.0, 0.1) if feet else (NEVER, 1.0, 0.5)
    if (before.isalpha() or before in (">", ")")) and _APOSTROPHE.match(text, left):
        nothing = 1.0
    return opens, closes, nothing


def _single(
    text: str, place: tuple[int, int, int, int], outside: tuple[str, str]
) -> tuple[float, float, float]:
    """The prices of a single mark: to open, to close, to be an apostrophe."""
    start, left, right, end = place
    mark = text[left:right]
    opens, closes = _shape(outside)
    if opens < closes:
        if mark == "‚":
            return 0.0, NEVER, 4.0
        if _TAIL.match(text, right, end) and text[left - 1 : left] == " ":
            return 4.0, NEVER, 0.3
        if _ELIDED.match(text, right, end):
            return (NEVER, NEVER, 0.0) if mark == "’" else (2.0, NEVER, 0.3)
        return (4.0, NEVER, 2.0) if mark == "’" else (0.0, NEVER, 3.0 if mark == "'" else 4.0)
    if opens == closes:
        return (2.5, 2.5, 1.0) if mark != "’" else (NEVER, 2.5, 1.0)
    if mark in ("‘", "‚"):
        return NEVER, 3.0, 1.0
    return NEVER, *_closing_single(text, start, left, right)


def _closing_single(text: str, start: int, left: int, right: int) -> tuple[float, float]:
    """The prices of a single mark behind a word: to close, to be an apostrophe."""
    before, after = text[left - 1 : left], text[right : right + 1]
    if not before.isalnum():
        return 0.0, 6.0
    if before in "sS":
        if after in _STOPS:
            return 0.1, 1.5
        lower = text[right + 1 : right + 2].islower()
        return (0.6, 0.3) if after == " " and lower else (0.3, 1.0)
    if before.isdecimal():
        return 0.4, 0.5
    if clipped := _CLIPPED.search(text, max(start, left - 6), left):
        return (2.0, 0.3) if len(clipped.group()) == 2 else (0.4, 0.9)
    return 0.2, 3.0


def _unclosed(opening: _Opening) -> float:
    return UNCLOSED_SINGLE if opening[0] in _SINGLE else UNCLOSED_DOUBLE


def _keep(readings: dict[Any, _Reading], key: Any, cost: float, step: _Step | None) -> None:
    """Keep the cheaper of two readings that come to the same."""
    known = readings.get(key)
    if known is None or cost < known[0]:
        readings[key] = (cost, step)


def _read_line(
    line: int,
    span: tuple[int, int],
    marks: Sequence[_Mark],
    done: _Reading,
    left_open: dict[_Opening, _Reading],
) -> _Readings:
    """The readings of the text to the end of a paragraph, by what is open then.

    `done` is the best reading in which the paragraph before left nothing open, `left_open` those in
    which the quotation of a mark goes on.
    """
    readings: _Readings = {(): done}
    at = span[0]
    for opening, (cost, step) in left_open.items():
        resumed = _Step(step, line, None, 0, opens=True, again=True)
        _keep(readings, (opening,), cost + RESUMED, resumed)
    for mark in marks:
        following: _Readings = {}
        if mark.start == span[0]:
            for opening, (cost, step) in left_open.items():
                if (opening[0] in _SINGLE) == mark.single:
                    opened = _Step(step, line, mark, 0, opens=True, again=True)
                    _keep(following, ((mark.text, True),), cost + mark.opens + REOPENED, opened)
        for stack, (cost, step) in readings.items():
            inside = sum(opening in _SINGLE for opening, _ in stack)
            far = CHARACTER * inside * (mark.start - at)
            _read_mark(line, mark, stack, (cost + far, step), following)
        if len(following) > MAX_READINGS:
            best = sorted(following, key=lambda stack: following[stack][0])[:MAX_READINGS]
            following = {stack: following[stack] for stack in best}
        readings, at = following, mark.start
    return readings


def _read_mark(
    line: int, mark: _Mark, stack: _Stack, reading: _Reading, following: _Readings
) -> None:
    """Add what a mark makes of one reading: it is nothing, opens a quotation or closes one."""
    cost, step = reading
    _keep(following, stack, cost + mark.nothing, step)
    same = [n for n, (opening, _) in enumerate(stack) if (opening in _SINGLE) == mark.single]
    alike = bool(stack) and same[-1:] == [len(stack) - 1]
    if mark.opens < NEVER and len(stack) < MAX_DEPTH:
        differs = not mark.single and mark.text != (stack[-1][0] if stack else "")
        if not alike or differs:
            opened = _Step(step, line, mark, len(stack), opens=True)
            price = mark.opens + (ALIKE if alike else 0.0)
            _keep(following, (*stack, (mark.text, mark.sentence)), cost + price, opened)
    for n in same[-2:]:
        given_up = sum(map(_unclosed, stack[n + 1 :]))
        if mark.opens < NEVER:
            opened = _Step(step, line, mark, n, opens=True)
            price = mark.opens + given_up + _unclosed(stack[n])
            _keep(following, (*stack[:n], (mark.text, mark.sentence)), cost + price, opened)
        if mark.closes < NEVER:
            price = mark.closes
            if mark.text == "“" and stack[n][0] == "„":
                price = 0.0
            elif mark.text not in _PARTNERS[stack[n][0]]:
                price += MISMATCH
            closed = _Step(step, line, mark, n, opens=False)
            _keep(following, stack[:n], cost + price + given_up, closed)


def _quotes(text: str, lines: Sequence[tuple[int, int]], step: _Step | None) -> tuple[Quote, ...]:
    """The quotations of a reading, told by its last step."""
    steps: list[_Step] = []
    while step is not None:
        steps.append(step)
        step = step.before
    found: list[Quote] = []
    stack: list[tuple[int, int, str]] = []
    """Where each open quotation begins, where its words begin, and its mark."""
    line = 0

    def end(depth: int, at: int, mark: _Mark | None = None, goes_on: bool = False) -> None:
        while len(stack) > depth:
            closing = mark if len(stack) == depth + 1 else None
            closed = closing is not None or (goes_on and len(stack) == 1)
            found.extend(_quote(text, stack.pop(), at, closing, closed))

    for step in reversed(steps):
        if step.line != line:
            again = step.again and step.line == line + 1 and step.mark is not None
            end(0, lines[line][1], goes_on=again)
            line = step.line
        place = step.mark.start if step.mark else lines[line][0]
        end(step.depth, place, None if step.opens else step.mark)
        if step.opens:
            mark = step.mark
            stack.append((place, mark.end if mark else place, mark.text if mark else ""))
    end(0, lines[line][1] if lines else 0)
    return _nested(sorted(found, key=lambda q: (q.span.start, -q.span.end)))


def _quote(
    text: str, opened: tuple[int, int, str], at: int, mark: _Mark | None, closed: bool
) -> Iterator[Quote]:
    """A quotation that ends at a mark or, without one, at a place, unless there is no word in
    it."""
    start, first, opening = opened
    last = at
    while mark is None and last > first and text[last - 1].isspace():
        last -= 1
    if any(c.isalnum() for c in text[first:last]):
        yield Quote(
            span=Span(start, mark.end if mark else last),
            inner=Span(first, last),
            marks=(opening, mark.text if mark else None),
            closed=closed,
        )


def _nested(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Give each quotation the one that it stands in, as an index."""
    open_ones: list[int] = []
    nested = []
    for number, quote in enumerate(quotes):
        while open_ones and quotes[open_ones[-1]].span.end <= quote.span.start:
            open_ones.pop()
        parent = open_ones[-1] if open_ones else None
        nested.append(replace_quote(quote, parent=parent) if parent is not None else quote)
        open_ones.append(number)
    return tuple(nested)
