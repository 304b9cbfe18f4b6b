"""Whether quotation marks in a headline hold a name (of a show, a song, a film, a paper, a prize)
and no words that anybody said, and whether words stand again in a text in other clothes.

Answers that for HED301; decides nothing. A title is known by its typography (capitals where the
headline around it has none, or where the body writes it), by the words around it ("the film", "on",
"season two of") and by the body's use of it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import WORD, stem
from ...records import Analysis, Quote, Span

_WORK = (
    rf"(?:{'|'.join(sorted(lexicon('wording', 'works')))}"
    r"|tour|award|prize|episodes?|season|sequel|prequel"
    r"|spin-?off"
    r"|reboot|remake|trailer|premiere|finale|franchise|saga|trilogy|hit|ballad|anthem|rendition"
    r"|cover"
    r"|painting|sculpture|exhibition|festival|host|hosts|judge|judges|star|stars|actor|actress|cast"
    r"|co-star|co-stars|contestant|character|lyrics|soundtrack|screening|audition|live)"
)
_BEFORE = re.compile(
    rf"(?:\b{_WORK}(?: (?:of|from|for|in|on))?|\b(?:season \w+ of|titled|entitled|called|named"
    r"|dubbed|known as|performs?|performing|sings?|singing|sang|plays|hosts?|hosting|watch(?:es)?"
    r"|starring in|directed|directs|wrote|eliminated from|joins?|joining|quits?|quitting|leaves?"
    r"|leaving|returns? to|back to|axed from|on|from|at|in|for|of|to|into|the))\s?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"[,:]?\s(?:\w+\s)?{_WORK}\b|\s(?:is|tops|wins|scores|airs|premieres)\b", re.I
)
_SPOKEN = re.compile(
    rf"(?:{SPEECH_CUE.pattern}|\b(?:calls|brands|labels|slams|blasts))\b[^.]{{0,40}}$"
)
_SMALL = lexicon("function_words", "in_works")
_PRONOUNS = lexicon("function_words", "spoken")
_EMPTY = lexicon("function_words", "core", "headline_words")
"""Words that another wording of the same may leave out; never a negation."""
_STOP = re.compile(r"[.!?:;\n]")
GAP = 2
"""Words of content between two words of the headline that still make the same words."""


class Word(NamedTuple):
    """A word with its place and what it is compared by."""

    stem: str
    start: int
    end: int


def content(text: str, start: int, end: int) -> list[Word]:
    """The words that carry what is said, endings folded, in order; "&" is "and", brackets are
    nothing."""
    return [
        Word(stem(low), m.start(), m.end())
        for m in WORD.finditer(text, start, end)
        if (low := m.group().lower().replace("’", "'").removesuffix("'s")) not in _EMPTY
        and not (low.split("'")[0] in _EMPTY and not low.endswith("n't"))
    ]


def same_words(analysis: Analysis, body: int, inner: Span) -> Iterator[Span]:
    """Where the body holds the same words of content in the same order: in another tense, in
    brackets, without the subject, with "and" for "&"."""
    text = analysis.article.text
    wanted = [w.stem for w in content(text, inner.start, inner.end)]
    row = content(text, body, len(text))
    if not wanted:
        return
    for n, word in enumerate(row):
        if word.stem != wanted[0]:
            continue
        at, last = n, n
        for stemmed in wanted[1:]:
            near = [k for k in range(at + 1, min(at + 2 + GAP, len(row))) if row[k].stem == stemmed]
            if not near or _STOP.search(text, row[at].end, row[near[0]].start):
                break
            at = last = near[0]
        else:
            if last - n <= len(wanted) - 1 + GAP:
                yield Span(word.start, row[last].end)


def is_title(analysis: Analysis, head: Span, quote: Quote, places: Sequence[Span]) -> bool:
    """Whether a headline's quotation marks hold a name rather than words that somebody said."""
    text = analysis.article.text
    inner = quote.inner
    tokens = [m.group() for m in WORD.finditer(text, inner.start, inner.end)]
    spoken = any(t.lower() in _PRONOUNS for t in tokens[:-1])
    if not tokens or len(tokens) > 12 or (spoken and not _written_as_title(text, places)):
        return False
    if re.search(r"[?!]$|[,.]$", text[inner.start : inner.end]) and not _named_below(text, places):
        return False
    if _named_below(text, places):
        return True
    if not _capitals(tokens):
        return False
    around = text[head.start : quote.span.start] + text[quote.span.end : head.end]
    sentence_case = not _capitals([m.group() for m in WORD.finditer(around)][1:])
    before, behind = text[head.start : quote.span.start], text[quote.span.end : head.end]
    led = _BEFORE.search(before) is not None or _BEHIND.match(behind) is not None
    if len(tokens) == 1 and tokens[0].isupper() and len(tokens[0]) > 1 and sentence_case:
        return True  # the letters of a show, a channel, a party
    if sentence_case and (len(tokens) > 1 or led):
        return _written_as_title(text, places) or not (places or _SPOKEN.search(before))
    return led and not any(text[p.start].islower() for p in places) and bool(places)


def _capitals(tokens: Sequence[str]) -> bool:
    """Whether words are written as a title's: a capital on all but the small ones."""
    large = [t for t in tokens if t.lower() not in _SMALL and not t[0].isdecimal()]
    return bool(large) and all(t[0].isupper() for t in large)


def _written_as_title(text: str, places: Sequence[Span]) -> bool:
    """Whether the body writes the words with a title's capitals wherever it has them."""
    return bool(places) and all(
        _capitals([m.group() for m in WORD.finditer(text, p.start, p.end)]) for p in places
    )


def _named_below(text: str, places: Sequence[Span]) -> bool:
    """Whether the body uses the words as a name: with a title's capitals inside a sentence, in
    marks or not, or as what a film, a song … is called."""
    found = []
    for place in places:
        tokens = [m.group() for m in WORD.finditer(text, place.start, place.end)]
        before = text[max(0, place.start - 40) : place.start].rstrip("“\"'‘ (")
        inside = bool(before) and before[-1] not in ".!?:\n"
        called = re.search(rf"\b(?:{_WORK}|called|titled|entitled|named|hit),?$", before, re.I)
        found.append(bool(called and _capitals(tokens)) or (inside and _capitals(tokens)))
    return bool(found) and sum(found) * 2 > len(found)
