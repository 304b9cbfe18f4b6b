"""Two articles or two versions side by side: statements in both, only in one, what changed in them.

Statements and sentences are paired by likeness of their words, the likeliest first, each at most
once. Says what differs; which of the two is right is nobody's business here.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Literal, TypeVar

import msgspec
from rapidfuzz import fuzz, process

from ...records import SCHEMA, Analysis, Attribution, Span
from ...text.normalise import fold_typography
from ...text.places import Places
from ...text.spans import text_of
from ..notes import short
from ..voices import KINDS, Voices

ALIKE = 60.0
"""Likeness, 0 to 100 by rapidfuzz's ratio, from which two statements or sentences are one."""
Part = tuple[Literal["same", "first", "second"], str]
"""Words of both, only of the first, only of the second."""
Status = Literal["same", "reworded", "other voice", "only first", "only second"]

_TOKEN = re.compile(r"\.{3}\s*|-{2,3}\s*|\w+(?:['’.,]\w+)*%?\s*|[^\w\s]\s*")
_NUMBER = re.compile(r"\d[\d,.]*\d%?|\d%?")
Item = TypeVar("Item")


class Statement(msgspec.Struct, frozen=True):
    """A statement as a comparison shows it."""

    id: str
    line: int
    voice: str
    kind: str
    """What it rests on: a source's kind, or `nobody`."""
    form: str
    words: str


class Pair(msgspec.Struct, frozen=True):
    """A statement of the first article, one of the second, or both where they are the same."""

    status: Status
    first: Statement | None
    second: Statement | None
    parts: tuple[Part, ...]
    """The word diff of a reworded statement; empty for the rest."""
    quotation: bool
    """Whether words in quotation marks are what changed."""


class Change(msgspec.Struct, frozen=True):
    """A sentence that stands in both with other figures."""

    line_first: int
    line_second: int
    before: tuple[str, ...]
    """The figures that only the first has, as written."""
    after: tuple[str, ...]
    parts: tuple[Part, ...]


class Comparison(msgspec.Struct, frozen=True):
    """What two articles have in common and what not."""

    first: str
    """The input's name, as in `Article.input`."""
    second: str
    title_first: str
    title_second: str
    pairs: tuple[Pair, ...]
    """In the first article's order, what only the second has where it stands there."""
    figures: tuple[Change, ...]
    schema: int = SCHEMA


def compare(first: Analysis, second: Analysis) -> Comparison:
    """Hold two analyses against each other."""
    return Comparison(
        first=first.article.input,
        second=second.article.input,
        title_first=_title(first),
        title_second=_title(second),
        pairs=_pairs(first, second),
        figures=_figures(first, second),
    )


def counts(made: Comparison) -> dict[str, int]:
    """How many pairs there are of each status, changed quotations and changed figures."""
    found = Counter(pair.status for pair in made.pairs)
    return {
        "same": found["same"],
        "reworded": found["reworded"],
        "other voice": found["other voice"],
        "only first": found["only first"],
        "only second": found["only second"],
        "quotations changed": sum(p.quotation for p in made.pairs),
        "figures changed": len(made.figures),
    }


def match(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of places of the same or alike words, the likeliest first, each place at most once.

    What is equal is paired first, in order; only the rest is held against each other.
    """
    pairs: list[tuple[int, int]] = []
    waiting: dict[str, list[int]] = {}
    for n, words in reversed(list(enumerate(second))):
        waiting.setdefault(words, []).append(n)
    left = []
    for n, words in enumerate(first):
        if waiting.get(words):
            pairs.append((n, waiting[words].pop()))
        else:
            left.append(n)
    right = sorted(n for group in waiting.values() for n in group)
    if not left or not right:
        return pairs
    likeness = process.cdist(
        [first[n] for n in left], [second[n] for n in right], scorer=fuzz.ratio, score_cutoff=ALIKE
    )
    rows, columns = likeness.nonzero()
    order = sorted(
        zip(rows.tolist(), columns.tolist(), strict=True), key=lambda p: (-likeness[p], p)
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for row, column in order:
        if row not in used[0] and column not in used[1]:
            used[0].add(row)
            used[1].add(column)
            pairs.append((left[row], right[column]))
    return pairs


def _key(token: str) -> str:
    """A word or mark as it is compared: marks of one kind are the same."""
    return fold_typography(token) if not token[:1].isalnum() else _plain(token.rstrip())


def _plain(word: str) -> str:
    return word if word.isascii() else unicodedata.normalize("NFKC", word).replace("\u2019", "'")


def word_diff(first: str, second: str) -> tuple[Part, ...]:
    """The words of two stretches with what only one of them has, in order.

    Each part keeps the spaces after its words, so that parts joined up read as they stand.
    """
    one, two = _TOKEN.findall(first), _TOKEN.findall(second)
    keys = [_key(t) for t in one], [_key(t) for t in two]
    matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
    parts: list[Part] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            # Of two equal tokens the one with a space after it, or what follows would stick to it.
            both = zip(one[a:b], two[c:d], strict=True)
            parts.append(("same", "".join(max(pair, key=len) for pair in both)))
            continue
        space = "" if b == len(one) and d == len(two) else " "
        if b > a:
            parts.append(("first", "".join(one[a:b]).rstrip() + space))
        if d > c:
            parts.append(("second", "".join(two[c:d]).rstrip() + space))
    return tuple(parts)


def _title(analysis: Analysis) -> str:
    head = next((b for b in analysis.article.blocks if b.role == "headline"), None)
    return short(text_of(analysis.article.text, head.span), 300) if head else analysis.article.input


def _pairs(first: Analysis, second: Analysis) -> tuple[Pair, ...]:
    one, two = _Side(first), _Side(second)
    matched = match(
        [fold_typography(s.words) for s in one.statements],
        [fold_typography(s.words) for s in two.statements],
    )
    to_second = dict(matched)
    to_first = {b: a for a, b in matched}
    made: list[Pair] = []
    shown = 0
    for n, statement in enumerate(one.statements):
        if n not in to_second:
            made.append(Pair("only first", statement, None, (), False))
            continue
        at = to_second[n]
        while shown < at:
            if shown not in to_first:
                made.append(Pair("only second", None, two.statements[shown], (), False))
            shown += 1
        made.append(_pair(one, two, n, at))
        shown = max(shown, at + 1)
    made += [
        Pair("only second", None, s, (), False)
        for n, s in enumerate(two.statements)
        if n >= shown and n not in to_first
    ]
    return tuple(made)


def _pair(one: "_Side", two: "_Side", n: int, at: int) -> Pair:
    a, b = one.statements[n], two.statements[at]
    same = fold_typography(a.words) == fold_typography(b.words)
    parts = () if same else word_diff(a.words, b.words)
    quotation = not same and "indirect" not in (a.form, b.form) and one.quoted(n) != two.quoted(at)
    status: Status = "same" if same else "reworded"
    if not same_voice(a, b):
        status = "other voice"
    return Pair(status, a, b, parts, quotation)


def same_voice(a: Statement, b: Statement) -> bool:
    """Whether two statements stand on one voice, by kind and name; unnamed voices by kind alone."""
    if a.kind != b.kind:
        return False
    if a.kind in ("anonymous", "nobody", "unknown", "author"):
        return True
    one, two = fold_typography(a.voice), fold_typography(b.voice)
    return one in two or two in one or one.split()[-1:] == two.split()[-1:]


class _Side:
    """An article's statements in the order of the text."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._attributions = sorted(analysis.attributions, key=lambda a: (a.content, a.id))
        voices, lines = Voices(analysis), Places(analysis.article)
        self.statements = [self._statement(a, voices, lines) for a in self._attributions]

    def _statement(self, a: Attribution, voices: Voices, lines: Places) -> Statement:
        words = " … ".join(text_of(self._analysis.article.text, s) for s in a.content)
        return Statement(
            id=a.id,
            line=lines.line_column(a.content[0].start)[0],
            voice=voices.name(a),
            kind=voices.kind(a),
            form=a.form,
            words=" ".join(words.split()),
        )

    def quoted(self, n: int) -> list[str]:
        """The quoted words of a statement, folded, marks left out."""
        return [
            fold_typography(text_of(self._analysis.article.text, q.inner)).strip(" ,.")
            for q in self._analysis.quotes
            for s in self._attributions[n].content
            if s.start < q.span.end and q.span.start < s.end
        ]


def _figures(first: Analysis, second: Analysis) -> tuple[Change, ...]:
    """Sentences that are alike and give other figures."""
    words = [
        [" ".join(text_of(x.article.text, s).split()) for s in x.sentences] for x in (first, second)
    ]
    lines = tuple(Places(a.article) for a in (first, second))
    numbers = _numbers(first), _numbers(second)
    made = []
    for a, b in sorted(
        match([fold_typography(s) for s in words[0]], [fold_typography(s) for s in words[1]])
    ):
        before, after = Counter(numbers[0][a]), Counter(numbers[1][b])
        if before != after:
            made.append(
                Change(
                    line_first=lines[0].line_column(first.sentences[a].start)[0],
                    line_second=lines[1].line_column(second.sentences[b].start)[0],
                    before=tuple((before - after).elements()),
                    after=tuple((after - before).elements()),
                    parts=word_diff(words[0][a], words[1][b]),
                )
            )
    return tuple(made)


def _numbers(analysis: Analysis) -> list[list[str]]:
    """For each sentence, the figures in it as written, those in numerals without a record too."""
    text, figures = analysis.article.text, sorted(f.span for f in analysis.figures)
    found: list[list[str]] = []
    at = 0
    for sentence in analysis.sentences:
        inside: list[Span] = []
        while at < len(figures) and figures[at].start < sentence.end:
            inside.append(figures[at])
            at += 1
        here = [fold_typography(text_of(text, s)) for s in inside]
        here += [
            m.group()
            for m in _NUMBER.finditer(text, sentence.start, sentence.end)
            if not any(s.start < m.end() and m.start() < s.end for s in inside)
        ]
        found.append(here)
    return found


def mark(statement: Statement) -> str:
    """The mark of what a statement rests on."""
    return KINDS[statement.kind][1]
