"""Words for comparing quotations with what was said: one form for what counts as the same.

Each tolerance has a name and can be left out: contractions ("we'll", "we will"), numbers ("twenty",
"20"), spelling ("colour", "color"). Disfluencies and homophones are judged where words differ, in
`changes`. Offsets always point into the untouched text.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

from ..language.en.lexicon import lexicon, meanings
from ..records import Span
from .figures import STARTS, Reader

Tolerance = Literal["contractions", "numbers", "spelling", "disfluencies", "homophones"]
TOLERANCES: tuple[Tolerance, ...] = get_args(Tolerance)

_MARKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
"""Combining accents, soft hyphens, joiners: part of a word, nothing that is read."""
_APOSTROPHE = "['\u2019\u2018\u02bc\u2032\uff07`\u00b4]"
_WORD = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_TOKEN = re.compile(
    r"(?:\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:[,.:/]\d+)*)"
    rf"[½¼¾⅓⅔]?(?:'?[^\W\d_]{{1,4}}(?![\w{_MARKS}]))?"
    r"|(?:[^\W\d_]\.){2,}"
    rf"|{_WORD}(?:{_APOSTROPHE}{_WORD})*{_APOSTROPHE}?"
    r"|[%&°½¼¾⅓⅔]|[$£€¥](?=\s?\d)|[#№](?=\d)"
    rf"|(?<!\w){_APOSTROPHE}(?:s|re|ll|ve|d|m)\b|{_APOSTROPHE}(?:em|cause|til|bout)\b"
)
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u2018\u02bc\u2032\uff07`\u00b4", "'"))
_UNREAD = re.compile(f"[{_MARKS}]")
CHUNK = 50_000
"""Code points that are cut into tokens at a time."""

_SHORT = {k: tuple(v.split()) for k, v in meanings("quotations", "short_forms").items()}
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}
_OUR = re.compile(rf"({'|'.join(sorted(lexicon('quotations', 'our')))})our")
_IZE = re.compile(r"(?<=[a-z]{3})(i|y)s(e|ed|es|er|ers|ing|ation|ations|ational|able)$")
_DOUBLE = re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers)$")
_SPELLINGS = dict(row.split("/") for row in lexicon("quotations", "spellings"))


class Word(NamedTuple):
    """A word of a text in the form that is compared, and its place."""

    form: str
    start: int
    end: int
    loose: bool = False
    """A word with letters in brackets: the rest of it may be another form of the same word."""


class _Token(NamedTuple):
    """What is known of a token by itself: read once for all its occurrences."""

    bare: str
    figure: bool
    """Whether a figure may begin with it."""
    forms: tuple[str, ...]
    quoted: bool
    """Whether it ends with an apostrophe, which is no part of its place."""


def words(
    text: str,
    start: int,
    end: int,
    tolerate: frozenset[str] = frozenset(TOLERANCES),
) -> Iterator[Word]:
    """The words of a stretch of a text, half-open, in code points."""
    for rows in columns(text, start, end, tolerate):
        yield from map(Word, *rows)


def columns(
    text: str, start: int, end: int, tolerate: frozenset[str] = frozenset(TOLERANCES)
) -> Iterator[tuple[list[str], list[int], list[int]]]:
    """The words of a stretch as columns, some thousand at a time: forms, starts, ends."""
    contractions, spelling = "contractions" in tolerate, "spelling" in tolerate
    numbers = "numbers" in tolerate
    for first, last in _stretches(text, start, end):
        matches = list(_TOKEN.finditer(text, first, last))
        known = [_token(match.group(), contractions, spelling) for match in matches]
        lefts = [match.start() for match in matches]
        rights = [match.end() for match in matches]
        for n, token in enumerate(known):
            if token.quoted and rights[n] - lefts[n] > 1:
                rights[n] -= 1
        reader = None
        if numbers and any(token.figure for token in known):
            bare = (token.bare for token in known)
            reader = Reader(text, list(zip(bare, lefts, rights, strict=True)))
        forms: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at, count = 0, len(known)
        while at < count:
            token = known[at]
            if token.figure and reader is not None and (made := reader.read(at)):
                left, right = lefts[at], rights[(made.unit or made.next) - 1]
                own = made.forms[: -1 if made.unit else None]
                forms += own
                starts += [left] * len(own)
                ends += [right] * len(own)
                if made.unit:
                    forms.append(made.forms[-1])
                    starts.append(lefts[made.unit])
                    ends.append(rights[made.next - 1])
                at = made.next
                continue
            for form in token.forms:
                forms.append(form)
                starts.append(lefts[at])
                ends.append(rights[at])
            at += 1
        yield forms, starts, ends


def without(text: str, skipped: Sequence[Span]) -> str:
    """The text with spaces for what is skipped, so that every word keeps its place.

    Where that was a whole line, the lines' ends around it go too: a sentence runs on below the head
    of a page.
    """
    out, at = [], 0
    for hole in skipped:
        start, end = hole.start, hole.end
        if text[start - 1 : start] in ("", "\n", "\f") and text[end : end + 1] in ("", "\n", "\f"):
            while start > at and text[start - 1].isspace():
                start -= 1
            while end < len(text) and text[end].isspace():
                end += 1
        start = max(start, at)
        out += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*out, text[at:]]) if out else text


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A text in stretches that end between words, at a line's end if one is near."""
    while end - start > CHUNK:
        cut = text.rfind("\n", start + CHUNK // 2, start + CHUNK)
        if cut < 0:
            cut = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
        if cut < 0:
            cut = start + CHUNK
        yield start, cut
        start = cut
    yield start, end


@lru_cache(maxsize=200_000)
def _token(token: str, contractions: bool, spelling: bool) -> _Token:
    """The bare form of a token, whether a figure may begin with it, the forms that are compared."""
    bare = plain(token)
    parts: tuple[str, ...] = (bare,)
    if contractions:
        parts = _SHORT.get(bare) or _ending(bare)
        if len(parts) == 1 and parts[0].endswith("in'") and len(bare) > 4:
            parts = (bare[:-1] + "g",)
    parts = tuple(part.rstrip("'") or part for part in parts)
    if spelling:
        parts = tuple(_spelling(part) for part in parts)
    bare = bare.rstrip("'") or bare
    figure = bare[:1].isdecimal() or bare in STARTS
    return _Token(bare, figure, parts, token[-1:] in "'\u2019\u2018")


def plain(token: str) -> str:
    """A token without accents, capitals, joiners and the stops of an abbreviation."""
    low = token.translate(_APOSTROPHES).casefold()
    if not low.isascii():
        low = _UNREAD.sub("", low)
        if low[:1].isdecimal() or low[:1] in "½¼¾⅓⅔°№":
            return low
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    if "." in low and not low[0].isdecimal():
        low = low.replace(".", "")
    return low


def _ending(bare: str) -> tuple[str, ...]:
    if "'" not in bare:
        return (bare,)
    if bare.endswith("n't") and len(bare) > 3:
        return (bare[:-3], "not")
    if bare in _ENDINGS:
        return (_ENDINGS[bare],)
    stem, mark, tail = bare.rpartition("'")
    if stem and mark + tail in _ENDINGS:
        return (stem, _ENDINGS[mark + tail])
    if stem and tail in ("s", "d"):
        return (stem, mark + tail)
    return (bare,)


def _spelling(word: str) -> str:
    if len(word) < 4:
        return word
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if "s" in word and len(word) > 5:
        word = _IZE.sub(r"\1z\2", word)
    return _DOUBLE.sub(r"l\1", word)
