"""Sentences: where one ends, given abbreviations, initials and quotation marks.

No sentence crosses a block. A quotation's closing mark belongs to the sentence that it ends.
"""

import re
from collections.abc import Iterator, Sequence

from ...language.en.calendar import SHORT_MONTH, SHORT_WEEKDAY
from ...records import Block, Span

MAX_CHARS = 2000
"""Code points behind which a sentence of twice that length is cut at a blank: lists and junk
without a full stop, whose cost would grow with the square in whatever looks through a sentence."""
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+(?=\s)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Messrs|Mmes|(?:Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Cmdr|Det"
    r"|Insp|Supt|Rev|Hon"
    r"|Adm|Pvt|Cpl|Cllr|Amb|Atty|St)s?|Jr|Sr"
    r"|Inc|Corp|Ltd|Co|Bros|vs|v|No|Nos|"
    + SHORT_MONTH
    + "|"
    + SHORT_WEEKDAY
    + r"|approx|est|Ave|Blvd|Rd|Ft|Mt|Pres|Secs?|D|R|e\.g|i\.e|a\.m|p\.m|etc)"
    r"|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_BLANK = re.compile(r"\s++")
_STARTS = re.compile(r"\s++[\"“‘'(\[]{0,40}[A-Z0-9]")


def find_sentences(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The sentences of a text's blocks in order, half-open ranges of code points."""
    found: list[Span] = []
    for block in blocks:
        start, end = block.span.start, block.span.end
        for match in _END.finditer(text, start, end):
            stop = match.end()
            word = text[max(start, match.start() - 12) : match.start() + 1]
            if match.group()[0] == "." and _ABBREVIATION.search(word):
                # "at 5 p.m. He left": an abbreviation in small letters may end a sentence too.
                if not (word[-2:-1].islower() and "." in word[:-1] and _new(text, stop)):
                    continue
            if not _STARTS.match(text, stop):
                continue
            found += _cut(text, start, stop)
            start = stop
            while text[start].isspace():
                start += 1
        if start < end:
            found += _cut(text, start, end)
    return tuple(found)


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, in pieces where it is longer than any sentence; without blanks, anywhere."""
    while end - start > 2 * MAX_CHARS:
        blank = _BLANK.search(text, start + MAX_CHARS, start + 2 * MAX_CHARS)
        cut = blank.span() if blank else (start + 2 * MAX_CHARS,) * 2
        yield Span(start, cut[0])
        start = cut[1]
    if start < end:
        yield Span(start, end)


def _new(text: str, stop: int) -> bool:
    """Whether a common opening word of sentences stands next."""
    return bool(
        re.match(
            r"\s{1,20}(?:He|She|It|They|The|But|And|A|In|On|We|His|Her)\b", text[stop : stop + 12]
        )
    )
