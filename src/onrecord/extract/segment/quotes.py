"""Quotations by typography alone: which mark opens, which closes, what lies between.

Knows straight and curly marks, doubled apostrophes and backticks, low marks, guillemets and
British single marks, nested either way, and the newspaper convention by which a quotation that
runs on opens again at each paragraph and closes only at its end. Paragraphs are the article's
blocks, or lines where there are none. One odd mark costs one quotation, never the article. Who
speaks is none of this module's business.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...records import Block, Quote, Span

_MARK = re.compile(r"''|``|[\"“”„«»‘’‚'`]")
_DOUBLE = {'"': '"', "“": "“", "”": "“", "„": "“", "''": "''", "``": "''", "«": "«", "»": "«"}
_OPENS = frozenset("“„«‚‘") | {"``"}
_CLOSES = frozenset("”»")
_ALONE = frozenset(("headline", "standfirst", "byline", "dateline", "caption", "correction"))
_BRACKETS = frozenset("([{-–—―/…")
_ENDS = frozenset(".,;:!?)]}-–—―/…")
_ELIDED = re.compile(
    r"(?:\d0s?\b|\d\ds\b|em\b|til\b|tis\b|twas\b|cause\b|bout\b|n['’]|round\b|neath\b|cos\b"
    r"|appen\b|ave\b|er\b|im\b|ead\b)",
    re.IGNORECASE,
)
_FEET = re.compile(r"\d['’]\d{1,2}$")
_APOSTROPHE = re.compile(r"(?:(?<=[^\W\d_])|(?<=[>)]))(?:\"|'')s\b")
"""A double mark where an apostrophe belongs, "the town"s bridge": a slip that quotes nothing."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    text: str
    double: bool
    left_free: bool
    """Nothing that a closing mark could belong to stands before it."""
    right_free: bool
    """Nothing that an opening mark could belong to stands after it."""


@dataclass(slots=True)
class _Open:
    mark: _Mark


def find_quotes(text: str, blocks: Sequence[Block] | None = None) -> tuple[Quote, ...]:
    """The quotations of a text in order of their start, well nested, one paragraph each at most.

    Paragraphs are the blocks, or the text's lines without them; a quotation never runs on out of
    a headline. Spans are half-open ranges of code points. Takes time proportional to the length of
    the text.
    """
    found: list[Quote] = []
    if blocks is None:
        lines = [m.span() for m in re.finditer(r"[^\n]+", text) if not m.group().isspace()]
        alone: set[int] = set()
    else:
        lines = [(block.span.start, block.span.end) for block in blocks]
        alone = {n for n, block in enumerate(blocks) if block.role in _ALONE}
    for number, (start, end) in enumerate(lines):
        following = ""
        if number + 1 < len(lines) and number not in alone:
            following = text[slice(*lines[number + 1])].lstrip()[:8]
        quotes = _line_quotes(text, start, end, _single_opens(following))
        for nth in range(len(quotes) - 1, -1, -1):
            quote = quotes[nth]
            if not quote.closed and quote.parent is None:
                if _goes_on(quote.marks[0], following):
                    quotes[nth] = replace_quote(quote, closed=True)
                break
        shift = len(found)
        found += [
            q if q.parent is None else replace_quote(q, parent=q.parent + shift) for q in quotes
        ]
    return tuple(found)


def replace_quote(quote: Quote, *, closed: bool | None = None, parent: int | None = None) -> Quote:
    """The quotation with another `closed` or `parent`."""
    return Quote(
        span=quote.span,
        inner=quote.inner,
        marks=quote.marks,
        closed=quote.closed if closed is None else closed,
        parent=quote.parent if parent is None else parent,
    )


def _goes_on(opening: str, following: str) -> bool:
    """Whether the next paragraph opens again with a mark of the same kind."""
    match = _MARK.match(following)
    return match is not None and _family(match.group()) == _family(opening)


def _single_opens(following: str) -> bool:
    """Whether the next paragraph begins with an opening single mark, no apostrophe."""
    if following[:1] not in ("'", "‘") or following[:2] == "''":
        return False
    return following[1:2].isalnum() and not _ELIDED.match(following, 1)


def _family(mark: str) -> str:
    return "double" if mark in _DOUBLE else "single"


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The marks of a line that may be quotation marks: apostrophes and inches are left out."""
    straight = text.count('"', start, end)
    for match in _MARK.finditer(text, start, end):
        left, right = match.span()
        mark = match.group()
        before = text[left - 1] if left > start else " "
        after = text[right] if right < end else " "
        left_free = before.isspace() or before in _BRACKETS or before in "\"“”‘'’„`"
        right_free = after.isspace() or after in _ENDS or after in "\"“”’'‘`"
        double = mark in _DOUBLE
        if not double:
            if before.isalnum() and after.isalnum():
                continue
            if mark == "`" or (mark in "'’" and _ELIDED.match(text, right, end) and left_free):
                continue
        if mark == '"':
            straight -= 1
            if straight % 2 and _FEET.search(text, max(start, left - 4), left):
                continue  # inches after feet: the marks that follow pair up with an earlier one
        if mark in "\"'" and before.isdigit() and not after.isalpha():
            # Feet and inches may close a quotation, but never open one.
            left_free, right_free = False, True
        yield _Mark(left, right, mark, double, left_free, right_free)


def _line_quotes(text: str, start: int, end: int, runs_on: bool) -> list[Quote]:
    """The quotations of one paragraph; unclosed ones run to its end or to where they must stop.

    `runs_on` says that the next paragraph opens with a single mark, as if one here went on.
    """
    marks = list(_marks(text, start, end))
    last_double = max((m.start for m in marks if m.double), default=start)
    quotes: list[Quote] = []
    stack: list[_Open] = []
    for nth, mark in enumerate(marks):
        if mark.double:
            _double_mark(text, end, mark, mark.start < last_double, stack, quotes)
        elif _single_mark(text, end, mark, marks, nth, stack, quotes):
            pass
        elif runs_on and not stack and (mark.text == "‘" or mark.start == start):
            if mark.left_free and not mark.right_free:
                stack.append(_Open(mark))
    while stack:
        _close(text, stack.pop(), None, end, quotes)
    quotes.sort(key=lambda q: (q.span.start, -q.span.end))
    return _nest(quotes)


def _double_mark(
    text: str, end: int, mark: _Mark, more: bool, stack: list[_Open], quotes: list[Quote]
) -> None:
    """Open or close a quotation in double marks."""
    depth = next((i for i, o in enumerate(stack) if o.mark.double), None)
    if mark.text == "“" and depth is not None and stack[depth].mark.text == "„":
        opens = False  # as German marks do
    elif mark.text in _OPENS:
        opens = True
    elif mark.text in _CLOSES:
        opens = False
    elif mark.left_free != mark.right_free:
        opens = mark.left_free
        if not opens and depth is None and mark.text == '"':
            return  # inches, or a stray closing mark
        if opens and depth is not None and not more:
            opens = False
    else:
        if depth is None and _APOSTROPHE.match(text, mark.start):
            return
        opens = depth is None
    if not opens:
        if depth is None:
            return
        while len(stack) > depth + 1:
            stack.pop()  # a single mark inside that never closed was an apostrophe
        _close(text, stack.pop(), mark, end, quotes)
        return
    if depth is not None:
        # An opening mark inside an open quotation: the earlier one was never closed, unless
        # single marks stand between them (British nesting).
        if len(stack) > depth + 1 or stack[depth].mark.text == mark.text or depth == 0:
            while len(stack) > depth + 1:
                stack.pop()
            _close(text, stack.pop(), None, mark.start, quotes)
    stack.append(_Open(mark))


def _single_mark(
    text: str,
    end: int,
    mark: _Mark,
    marks: list[_Mark],
    nth: int,
    stack: list[_Open],
    quotes: list[Quote],
) -> bool:
    """Open or close a quotation in single marks, unless the mark seems to be an apostrophe."""
    depth = next((i for i, o in enumerate(stack) if not o.mark.double), None)
    can_open = mark.text != "’" and mark.left_free and not mark.right_free
    can_close = (
        mark.text not in ("‘", "‚")
        and mark.right_free
        and not text[mark.start - 1 : mark.start].isspace()
    )
    if depth is not None and can_close:
        if _possessive(text, mark) and _closes_later(text, mark, marks, nth, stack):
            return False
        while len(stack) > depth + 1:
            _close(text, stack.pop(), None, mark.start, quotes)
        _close(text, stack.pop(), mark, end, quotes)
        return True
    if can_open and depth is None and _closes_later(text, mark, marks, nth, stack):
        stack.append(_Open(mark))
        return True
    return False


def _possessive(text: str, mark: _Mark) -> bool:
    """Whether a mark may be the apostrophe of a plural: a letter s before, a word after it."""
    return (
        text[mark.start - 1 : mark.start] in ("s", "S")
        and text[mark.end : mark.end + 1] == " "
        and text[mark.end + 1 : mark.end + 2].islower()
    )


def _closes_later(text: str, mark: _Mark, marks: list[_Mark], nth: int, stack: list[_Open]) -> bool:
    """Whether a single mark further on in the line could close a quotation here.

    Inside double marks the closing one must come before the double mark that ends them. A few
    marks ahead are enough: a quotation in single marks seldom holds more apostrophes than that.
    """
    inside = any(o.mark.double for o in stack)
    doubles = 0
    for other in marks[nth + 1 : nth + 41]:
        if other.double:
            if inside and other.right_free and not other.left_free and doubles == 0:
                return False
            doubles += 1
        elif other.right_free and other.text not in ("‘", "‚") and text[other.start - 1] != " ":
            if not _possessive(text, other) or other is marks[-1]:
                return True
        elif other.text == "‘":
            return False
    return False


def _close(text: str, opened: _Open, closing: _Mark | None, end: int, quotes: list[Quote]) -> None:
    """Record a quotation; without a closing mark it ends at `end`, white space stripped."""
    first = opened.mark.end
    last = closing.start if closing else end
    if closing is None:
        while last > first and text[last - 1].isspace():
            last -= 1
    if not any(c.isalnum() for c in text[first:last]):
        return
    quotes.append(
        Quote(
            span=Span(opened.mark.start, closing.end if closing else last),
            inner=Span(first, last),
            marks=(opened.mark.text, closing.text if closing else None),
            closed=closing is not None,
        )
    )


def _nest(quotes: list[Quote]) -> list[Quote]:
    """Give each quotation the one that it stands in, as an index into the list."""
    open_ones: list[int] = []
    nested = []
    for number, quote in enumerate(quotes):
        while open_ones and quotes[open_ones[-1]].span.end <= quote.span.start:
            open_ones.pop()
        parent = open_ones[-1] if open_ones else None
        nested.append(replace_quote(quote, parent=parent) if parent is not None else quote)
        open_ones.append(number)
    return nested
