"""The headline, claim by claim: what it says, the sentence of the body for it, what that rests on.

A claim is a clause, a quoted phrase, a number or a name. The sentence is the one that holds most of
the claim's weighty words, rare words counting for more, endings and near spellings folded. This is
a reader's aid: what is missing is judged by the HED rules.
"""

import math
import re
from bisect import bisect_right
from collections import defaultdict

import msgspec
from rapidfuzz import fuzz, process

from ..language.en.counting import number_words
from ..language.en.lexicon import lexicon
from ..query.lookup import WORD, headline, stem
from ..records import Analysis, Span
from ..text.places import Places
from .voices import OWN, Basis, Voices

CLOSE = 0.3
"""Share of a claim's weight that a sentence must hold to be shown."""
_SPLIT = re.compile(
    r"\s{1,20}[—–-]{1,40}\s{1,20}|[:;]\s{1,20}|\?\s{1,20}|,?\s{1,20}(?=(?:after|as|while|amid"
    r"|despite|because|before|but|and|even)\b)",
    re.I,
)
_JOINED = re.compile(r"(?:(?:and|but|even)\s{1,20})+", re.I)
_KICKER = re.compile(r"^[A-Z ]{3,}$")
_NUMBER = re.compile(
    r"[£$€]?\d[\d,.]{0,40}(?:%|bn|m|k)?\b|\b(?:" + number_words("two", "twelve") + r"|dozen|hundred"
    r"|thousand|million|billion)\b",
    re.I,
)
_EMPTY = lexicon("function_words", "core", "headline_page")


class Match(msgspec.Struct, frozen=True):
    """A claim of the headline and the best sentence of the body for it."""

    claim: Span
    kind: str
    """`clause`, `quotation`, `number` or `name`."""
    sentence: Span | None
    """None where no sentence of the body comes close."""
    shared: tuple[Span, ...]
    """The words in the sentence that the claim has too."""
    line: int | None
    basis: Basis
    score: float
    """Share of the claim's weight that the sentence holds, 0 to 1."""


def claims(analysis: Analysis) -> list[tuple[Span, str]]:
    """The claims of the headline in order, with their kinds; none without a headline."""
    head = headline(analysis)
    if head is None:
        return []
    text, start, end = analysis.article.text, head.span.start, head.span.end
    found: list[tuple[Span, str]] = []
    edges = [start, *(start + e for m in _SPLIT.finditer(text[start:end]) for e in m.span()), end]
    quoted = [q for q in analysis.quotes if q.span.end <= end and q.parent is None]
    for left, right in zip(edges[::2], edges[1::2], strict=True):
        joined = _JOINED.match(text, left, right)
        begin = joined.end() if joined else left
        words = list(WORD.finditer(text, begin, right))
        bare = [m for m in words if not any(q.span.start <= m.start() < q.span.end for q in quoted)]
        if len(words) >= 3 and len(bare) >= 2 and not _KICKER.match(text[begin:right].strip()):
            found.append((Span(begin, right), "clause"))
    found += [(q.inner, "quotation") for q in quoted]
    numbers = {f.span for f in analysis.figures if start <= f.span.start and f.span.end <= end}
    numbers = numbers or {Span(*m.span()) for m in _NUMBER.finditer(text, start, end)}
    found += [(span, "number") for span in numbers]
    names = {p.id: m for p in analysis.people for m in reversed(p.mentions) if m.end <= end}
    found += [(m, "name") for m in names.values() if text[m.start].isupper()]
    order = {"clause": 0, "quotation": 1, "number": 2, "name": 3}
    return sorted(set(found), key=lambda c: (order[c[1]], c[0]))


def match_headline(analysis: Analysis, voices: Voices) -> list[Match]:
    """Each claim of the headline with the best sentence of the body."""
    wanted = claims(analysis)
    head = headline(analysis)
    if not wanted or head is None:
        return []
    body = _Body(analysis, head.span.end)
    lines = Places(analysis.article)
    made = []
    for claim, kind in wanted:
        sentence, shared, score = body.best(claim)
        made.append(
            Match(
                claim=claim,
                kind=kind,
                sentence=sentence,
                shared=shared,
                line=lines.line_column(sentence.start)[0] if sentence else None,
                basis=voices.basis(_core(sentence, shared)) if sentence else OWN,
                score=round(score, 3),
            )
        )
    return made


def _core(sentence: Span, shared: tuple[Span, ...]) -> Span:
    """From the first to the last shared word: what of a sentence bears the claim."""
    if len(shared) < 2:
        return shared[0] if shared else sentence
    return Span(shared[0].start, shared[-1].end)


class _Body:
    """The body's sentences with an index of their words."""

    def __init__(self, analysis: Analysis, start: int) -> None:
        self._text = analysis.article.text
        self._sentences = [s for s in analysis.sentences if s.start >= start]
        starts = [s.start for s in self._sentences]
        self._places: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
        for m in WORD.finditer(self._text, start):
            n = bisect_right(starts, m.start()) - 1
            if n >= 0:
                self._places[_form(m.group())][n].append(Span(*m.span()))
        self._forms = list(self._places)

    def best(self, claim: Span) -> tuple[Span | None, tuple[Span, ...], float]:
        """The sentence that holds most of a claim, the words in it, and how much it holds."""
        forms = {_form(m.group()) for m in WORD.finditer(self._text, claim.start, claim.end)}
        weighty = {f for f in forms if f not in _EMPTY} or forms
        total = 0.0
        held: dict[int, float] = defaultdict(float)
        shared: dict[int, list[Span]] = defaultdict(list)
        for form in weighty:
            near = self._near(form)
            places = {n for word in near for n in self._places[word]}
            weight = math.log(1 + len(self._sentences) / (1 + len(places)))
            total += weight
            for n in places:
                held[n] += weight
                shared[n] += [span for word in near for span in self._places[word].get(n, ())]
        if not held:
            return None, (), 0.0
        words = self._text[claim.start : claim.end]
        best = max(held, key=lambda n: (round(held[n], 6), self._likeness(words, n), -n))
        score = held[best] / total if total else 0.0
        if score < CLOSE:
            return None, (), score
        return self._sentences[best], tuple(sorted(shared[best])), score

    def _near(self, form: str) -> list[str]:
        """The body's words that are this one, or spelt nearly so."""
        if form in self._places:
            return [form]
        if len(form) < 4:
            return []
        found = process.extract(form, self._forms, scorer=fuzz.ratio, score_cutoff=85, limit=3)
        return [word for word, _, _ in found]

    def _likeness(self, words: str, n: int) -> float:
        span = self._sentences[n]
        return float(fuzz.token_set_ratio(words.lower(), self._text[span.start : span.end].lower()))


def _form(word: str) -> str:
    low = word.lower().replace("’", "'").removesuffix("'s")
    return low if low in _EMPTY else stem(low)
