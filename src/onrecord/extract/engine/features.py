"""What the attribution model sees of a text: words, word pieces, typography, windows.

Training reads its features from here, so that both sides can't drift apart. Whatever
quotation marks a text uses, the model sees the same thing: marks are one piece, and
every word knows whether it stands inside a quotation.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from ...records import Quote
from ..segment.quotes import find_quotes

CLS, SEP, MASK, UNKNOWN = 101, 102, 103, 100
LONGEST_WORD = 12
"""Word pieces of a word beyond this number are left out."""
FEATURES = 13
"""Size of the typography table: 0 for the model's own marks, then shape (4) by place (3)."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|''|``|\S")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: half-open offsets in code points, and how the model sees it."""

    start: int
    end: int
    text: str
    place: int
    """0 outside quotations, 1 inside, 2 a quotation mark."""
    line: bool
    """Whether a line break stands before it."""
    sentence: bool
    """Whether a sentence seems to end before it."""


def find_words(text: str, quotes: Sequence[Quote] | None = None) -> list[Word]:
    """The words and marks of a text in order, each with its typography.

    `quotes` are the text's quotations where they are known; else its lines are searched for them.
    """
    outer = [q for q in (find_quotes(text) if quotes is None else quotes) if q.parent is None]
    starts = [quote.span.start for quote in outer]
    words: list[Word] = []
    fresh, last, last_but_one = False, "", ""
    for found in re.finditer(r"[^\n]+", text):
        line, offset = found.group(), found.start()
        for match in _WORD.finditer(line):
            left, right = match.span()
            nth = bisect_right(starts, offset + left) - 1
            place = _place(outer[nth], offset + left) if nth >= 0 else 0
            token = '"' if place == 2 else match.group()
            ends = last in (".", "!", "?") or (last == '"' and last_but_one in (".", "!", "?"))
            words.append(Word(offset + left, offset + right, token, place, fresh, ends))
            fresh = False
            last_but_one, last = last, token
        fresh = bool(words)
    return words


def _place(quote: Quote, offset: int) -> int:
    """0 behind a quotation, 1 inside it, 2 in one of its marks."""
    if offset < quote.inner.start or quote.inner.end <= offset < quote.span.end:
        return 2
    return 1 if offset < quote.inner.end else 0


def shape(word: str) -> int:
    """0 small letters or marks, 1 a capital first, 2 all capitals, 3 holds a figure."""
    if any(c.isdecimal() for c in word):
        return 3
    if word[:1].isupper():
        return 2 if len(word) > 1 and word.isupper() else 1
    return 0


KNOWN = 50_000
"""Words whose pieces are kept."""


class Wordpieces:
    """Word pieces of words, kept so that a word is cut up only once."""

    def __init__(self, tokenizer: bytes) -> None:
        self._cut = Tokenizer.from_str(tokenizer.decode("utf-8"))
        self._cut.no_truncation()
        self._cut.no_padding()
        self._known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """The numbers of a word's pieces, at least one."""
        pieces = self._known.get(word)
        if pieces is None:
            if len(self._known) >= KNOWN:
                self._known.clear()
            pieces = self._cut.encode(word, add_special_tokens=False).ids[:LONGEST_WORD]
            pieces = self._known[word] = pieces or [UNKNOWN]
        return pieces


def cut_windows(
    words: Sequence[Word], pieces: Sequence[list[int]], longest: int, first: int | None = None
) -> list[tuple[int, int]]:
    """Stretches of words (half-open) of at most `longest` pieces, cut where a line or sentence
    ends.

    Inside a quotation only where there is no other place.

    `first` is the length of the first window where it is to differ, as it does in training.
    """
    windows: list[tuple[int, int]] = []
    start = 0
    while start < len(words):
        room = (first if first and not windows else longest) - 2
        used, end = 0, start
        line: tuple[int, int] | None = None
        sentence: tuple[int, int] | None = None
        inside: tuple[int, int] | None = None
        while end < len(words):
            need = len(pieces[end]) + (words[end].line and end > start)
            if used + need > room:
                break
            if end > start and words[end].line:
                line = (end, used)
            elif end > start and words[end].sentence:
                if words[end].place == 1:
                    inside = (end, used)
                else:
                    sentence = (end, used)
            used += need
            end += 1
        if end < len(words):
            for place in (line, sentence, inside):
                if place and place[1] > room / 2:
                    end = place[0]
                    break
            else:
                end = (line or sentence or inside or (max(end, start + 1), 0))[0]
        windows.append((start, end))
        start = end
    return windows


def encode(
    words: Sequence[Word], pieces: Sequence[list[int]], window: tuple[int, int]
) -> tuple[list[int], list[int], list[int]]:
    """A window as the model takes it: piece numbers, typography numbers, first piece of each
    word."""
    ids, marks = [CLS], [0]
    places: list[int] = []
    for n in range(*window):
        word = words[n]
        if word.line and n > window[0]:
            ids.append(SEP)
            marks.append(0)
        places.append(len(ids))
        ids.extend(pieces[n])
        marks.extend([1 + shape(word.text) + 4 * word.place] * len(pieces[n]))
    ids.append(SEP)
    marks.append(0)
    return ids, marks, places
