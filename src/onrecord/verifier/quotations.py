"""The quotations of an article as verification reads them: words, honest gaps, whose they are.

Two halves around their attribution are one quotation. An ellipsis or a bracket inside is a gap
where the material may hold other words.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from ..query.lookup import outer_contents, source_of
from ..records import Analysis, Attribution, Quote, Span
from .words import Word, words

Break = Literal["ellipsis", "brackets"]
_GAP = re.compile(
    r"\[\s*(?:\.\s?){2,}\.?\s*\]|\(\s*(?:\.\s?){2,}\.?\s*\)|\[…\]|\(…\)|…|(?:\.\s?){2,}\."
    r"|\[[^\[\]\n]*\]"
)
_LETTERS = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_ATTACHED = re.compile(r"(?<=[^\W\d_])\[[^\W\d_]+\]|\[[^\W\d_]+\](?=[^\W\d_])")
_WORD = re.compile(r"\w+")
LONGEST = 40
"""Words that an attribution between two halves may have."""
_ANOTHER = re.compile(r"\b(?:add\w*|later|then|before|continu\w+|also|and|but|while)\b")
JOINED_REST = 3
"""Words that may stand between two halves besides the source and the cue."""


class Quotation(msgspec.Struct, frozen=True):
    """A quotation ready to be looked for."""

    parts: tuple[Span, ...]
    """With their marks."""
    words: tuple[Word, ...]
    breaks: dict[int, Break]
    """Honest gaps, each by the number of the word that it stands before."""
    speaker: str | None
    """Name of whom the article has say it, where it names somebody without rivals."""
    attributed: bool
    """Whether anybody at all is found to say it."""
    mention: str
    """The words of the source's mention: a name in them may be the speaker's too."""
    attribution: str | None = None
    """Id of the statement that it stands in."""


def halves(quotation: Quotation) -> list[Quotation]:
    """A joined quotation as two, each by itself."""
    found = []
    for part in quotation.parts:
        inside = [n for n, w in enumerate(quotation.words) if part.start <= w.start < part.end]
        if inside:
            first, last = inside[0], inside[-1] + 1
            found.append(
                msgspec.structs.replace(
                    quotation,
                    parts=(part,),
                    words=quotation.words[first:last],
                    breaks={
                        n - first: kind for n, kind in quotation.breaks.items() if first < n < last
                    },
                )
            )
    return found


def find_quotations(analysis: Analysis, tolerate: frozenset[str]) -> list[Quotation]:
    """The outermost quotations of an article in order, and its block quotations."""
    text = analysis.article.text
    found = []
    for spans, by in find_quoted(analysis):
        words, breaks = _words_and_gaps(text, [inner for _, inner in spans], tolerate)
        if words:
            found.append(
                Quotation(
                    parts=tuple(span for span, _ in spans),
                    words=words,
                    breaks=breaks,
                    speaker=_speaker(analysis, by),
                    attributed=by is not None and (by.source is not None or by.cue is not None),
                    mention=text[by.source.start : by.source.end] if by and by.source else "",
                    attribution=by.id if by else None,
                )
            )
    return found


def find_quoted(
    analysis: Analysis,
) -> list[tuple[tuple[tuple[Span, Span], ...], Attribution | None]]:
    """Where quotations stand, in order, and the attribution of each.

    A quotation's halves, one or two, are given each with its marks and without them.
    """
    text = analysis.article.text
    outer = [q for q in analysis.quotes if q.parent is None]
    found: list[tuple[tuple[tuple[Span, Span], ...], Attribution | None]] = []
    taken: set[int] = set()
    for n, quote in enumerate(outer):
        if n in taken:
            continue
        by = _attribution(analysis, quote.span)
        halves = [quote]
        if by and n + 1 < len(outer) and _joined(text, quote, outer[n + 1], by, analysis):
            taken.add(n + 1)
            halves.append(outer[n + 1])
        found.append((tuple((h.span, h.inner) for h in halves), by))
    for block in analysis.article.blocks:
        covered = sum(
            q.span.end - q.span.start
            for q in outer
            if block.span.start <= q.span.start and q.span.end <= block.span.end
        )
        if block.role == "quote" and covered < 0.5 * (block.span.end - block.span.start):
            by = _attribution(analysis, block.span)
            found.append((((block.span, block.span),), by))
    return sorted(found, key=lambda pair: [span for span, _ in pair[0]])


def quoted_words(
    text: str, inner: Span, tolerate: frozenset[str]
) -> tuple[tuple[Word, ...], dict[int, Break]]:
    """The words of a stretch without its marks, and its honest gaps by the word they stand
    before."""
    return _words_and_gaps(text, [inner], tolerate)


def _words_and_gaps(
    text: str, stretches: Sequence[Span], tolerate: frozenset[str]
) -> tuple[tuple[Word, ...], dict[int, Break]]:
    found: list[Word] = []
    breaks: dict[int, Break] = {}
    for inner in stretches:
        start = inner.start
        for match in _GAP.finditer(text, inner.start, inner.end):
            if _ATTACHED.fullmatch(text, match.start(), match.end()) or _inside(text, match):
                continue  # letters of a word, no word of its own
            found += _plain(text, start, match.start(), tolerate)
            if breaks.get(len(found)) != "ellipsis":
                letters = any(c.isalnum() for c in match.group().strip("[]() "))
                breaks[len(found)] = "brackets" if letters else "ellipsis"
            start = match.end()
        found += _plain(text, start, inner.end, tolerate)
    return tuple(found), {n: kind for n, kind in breaks.items() if 0 < n < len(found)}


def _inside(text: str, match: re.Match[str]) -> bool:
    """Whether a bracket holds letters of the word that it touches: `[W]e`, `want[ed]`."""
    if not re.fullmatch(r"\[[^\W\d_]+\]", match.group()):
        return False
    before = text[match.start() - 1 : match.start()]
    after = text[match.end() : match.end() + 1]
    return before.isalpha() or after.isalpha()


def _plain(text: str, start: int, end: int, tolerate: frozenset[str]) -> Iterable[Word]:
    """The words of a stretch without gaps; a word with letters in brackets is one, and loose."""
    stretch = text[start:end]
    if "[" not in stretch:
        return words(text, start, end, tolerate)
    # Brackets are taken out, and every character remembers where it came from.
    first = {m.start() + 1 for m in _LETTERS.finditer(stretch)}
    kept = [
        n
        for n, c in enumerate(stretch)
        if c not in "[]" and (n in first or not _in_brackets(stretch, n))
    ]
    changed = {n for n, c in enumerate(stretch) if c == "[" and n + 1 not in first}
    bare = "".join(stretch[n] for n in kept)
    found = []
    for word in words(bare, 0, len(bare), tolerate):
        left, right = kept[word.start], kept[word.end - 1] + 1
        loose = any(left - 1 <= n <= right for n in changed)
        found.append(Word(word.form, start + left, start + right, loose))
    return found


def _in_brackets(stretch: str, n: int) -> bool:
    opened = stretch.rfind("[", 0, n)
    return opened >= 0 and "]" not in stretch[opened:n]


def _attribution(analysis: Analysis, span: Span) -> Attribution | None:
    """The outermost attribution whose content holds most of a stretch."""
    over: dict[str, int] = {}
    by_id: dict[str, Attribution] = {}
    for content, a in outer_contents(analysis, span):
        by_id[a.id] = a
        shared = min(content.end, span.end) - max(content.start, span.start)
        over[a.id] = over.get(a.id, 0) + shared
    best = max(by_id.values(), key=lambda a: (over[a.id], -a.content[0].start), default=None)
    return best if best and over[best.id] > 0.5 * (span.end - span.start) else None


def _speaker(analysis: Analysis, by: Attribution | None) -> str | None:
    if by is None or by.rivals:
        return None
    source = source_of(analysis, by)
    return source.name if source and source.kind in ("person", "spokesperson") else None


def _joined(text: str, one: Quote, two: Quote, by: Attribution, analysis: Analysis) -> bool:
    """Whether two quotations are halves of one sentence around their attribution."""
    if one.marks[1] is None or by.source is None or by.cue is None:
        return False
    gap = Span(one.span.end, two.span.start)
    if "\n" in text[gap.start : gap.end] or not _holds(gap, by.source) or not _holds(gap, by.cue):
        return False
    said = text[one.inner.start : one.inner.end].rstrip()
    first = text[two.inner.start : two.inner.start + 1]
    ends = said.endswith((".", "!", "?", "…"))
    if ends or not (first.islower() or first in ("I", "…", ".")):
        return False
    other = _attribution(analysis, two.span)
    if other is not None and other.id != by.id and other.source_id != by.source_id:
        return False
    if any(gap.start < sentence.end <= gap.end for sentence in analysis.sentences):
        return False
    between = len(_WORD.findall(text, gap.start, gap.end))
    own = sum(len(_WORD.findall(text, s.start, s.end)) for s in (by.source, by.cue))
    if between - own <= JOINED_REST:
        return True
    # A longer attribution ends with a comma, and nothing in it starts another quotation.
    rest = text[by.cue.end : gap.end]
    return (
        text[gap.start : gap.end].rstrip().endswith(",")
        and between <= LONGEST
        and said.endswith((",", "\u2013", "\u2014", "-"))
        and not _ANOTHER.search(rest)
    )


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
