"""From what an engine found to attributions: quotations, continuations, nesting, form and stance.

The engine says who says what; where a quotation begins and ends is typography's to say. Whose
voice a source is (`source_id`) is left to `sources`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

import msgspec

from ...language.en.verbs import SPEECH, SPEECH_CUE
from ...records import Attribution, Block, Form, Quote, Span
from ..engine.candidates import AttributionCandidate, AttributionEngine, EngineResult
from ..engine.patterns import beside
from .nested import Nested, Row
from .stance import stance
from .typographic_speakers import apart, authored, find_signed
from .voiceless import voiceless

_WORD = re.compile(r"\w{1,40}")
_CALLED = re.compile(
    r"\bwhat (?P<source>(?:many|some|others|critics|[a-z]{1,40} (?:critics|people|observers|fans"
    r"|officials)"
    r"|observers|experts|fans|supporters|opponents)) (?P<cue>(?:has |have |had )?(?:call(?:s|ed)?"
    r"|perceived?|perceives|describe[sd]?|sees?|saw|seen|term(?:s|ed)|dub(?:s|bed)|consider(?:s"
    r"|ed)?|regard(?:s|ed)?))"
    r"(?: to be| as)?(?: an?| the)? $"
)
_ADDING = re.compile(
    r"[^.!?:\n]*[,–—-] ?(?:and |then )?(?:[a-z]{1,40}ly )?[a-z]{1,40}ing\b[^.!?:,\n]*\b(?:when|as"
    r"|after|while|before|because|until)\b"
    r"[^.!?:\n]*: ?"
)
"""Words between two quotations in which the first speaker goes on: "he said, adding when asked:
"."""
_SPEAKING = re.compile(
    r"(?:^|[.!?] )[A-Z][a-z]{2,40}ing (?:to|with|on|in|at|from|about|after|outside)\b"
    rf"[^,;:.!?\n]{{2,100}}? "
    rf"(?P<source>[A-Z][\w’'-]{{1,40}}) (?P<cue>(?:{'|'.join(SPEECH)})):? $"
)
"""A speaker whom no comma parts from the phrase before: "Speaking to the Star Lee said: "."""
_JOINS = re.compile(r"(?:But|And|Yet|Or|Nor),?\s{1,20}(?=\w)")
"""What joins a sentence to the one before: "But sources"."""
DIRECT = 0.8
"""Share of the content's words inside quotation marks from which an attribution is direct."""
ORPHAN = 4
"""Words from which a quotation that nobody was found to say is looked at once more."""


def build(
    text: str,
    blocks: Sequence[Block],
    quotes: tuple[Quote, ...],
    engine: AttributionEngine,
    result: EngineResult | None = None,
) -> tuple[Attribution, ...]:
    """The attributions of a text in order, nested ones after those that they stand in.

    `result` is what the engine found in the whole text, which it is asked for otherwise.
    """
    candidates, pointers = result or engine.read(text, quotes)
    quoted = Quoted(text, quotes)
    candidates = [_without_body(found, blocks) for found in candidates]
    head = blocks[0].span.end if blocks and blocks[0].role == "headline" else 0
    candidates = [voiceless(text, f, headline=_start(f) < head) for f in candidates]
    outer = [
        authored(text, _snapped(text, f, quoted), quotes)
        for f in apart(list(candidates), find_signed(text, blocks, quotes))
    ]
    outer = _joined(text, _whole(text, outer, quoted), quoted)
    outer = _continued(text, blocks, _distinct(outer + _left(text, blocks, outer, quoted)), quoted)
    rows: list[Row] = []
    nested = Nested(text, quotes, engine, pointers)
    for found in outer:
        rows.append((found, None))
        # Read by itself, what stands inside marks is ordinary text.
        nested.add([_bare(piece, quoted) for piece in found.content], len(rows) - 1, rows)
    order = sorted(range(len(rows)), key=lambda n: (_start(rows[n][0]), rows[n][1] is not None, n))
    names = {n: f"a{place}" for place, n in enumerate(order, 1)}
    return tuple(
        _attribution(text, rows[n][0], names[n], _name(names, rows[n][1]), quoted) for n in order
    )


def _without_body(found: AttributionCandidate, blocks: Sequence[Block]) -> AttributionCandidate:
    """What a headline says without pieces of the story below: these have a speaker of their own."""
    end = blocks[0].span.end if blocks and blocks[0].role == "headline" else 0
    if not end or not found.content or found.content[0].start >= end:
        return found
    content = tuple(span for span in found.content if span.end <= end)
    return msgspec.structs.replace(found, content=content) if content else found


def _name(names: dict[int, str], parent: int | None) -> str | None:
    return None if parent is None else names[parent]


def _start(found: AttributionCandidate) -> int:
    spans = [*found.content, *(s for s in (found.source, found.cue) if s)]
    return min(span.start for span in spans)


class _Statement(Protocol):
    """What has content: a candidate or an attribution."""

    @property
    def content(self) -> tuple[Span, ...]:
        """What is said, half-open ranges of code points."""
        ...


class Quoted:
    """The outermost quotations of a text, and which words stand inside them."""

    def __init__(self, text: str, quotes: Sequence[Quote]) -> None:
        self.outer = [quote for quote in quotes if quote.parent is None]
        self._ends = [quote.span.end for quote in self.outer]
        self.text = text

    def over(self, span: Span) -> list[Quote]:
        """The outermost quotations that a span touches, in order."""
        return [self.outer[n] for n in self.numbers(span)]

    def numbers(self, span: Span) -> range:
        """The places in `outer` of the quotations that a span touches."""
        first = last = bisect_right(self._ends, span.start)
        while last < len(self.outer) and self.outer[last].span.start < span.end:
            last += 1
        return range(first, last)

    def share(self, spans: Iterable[Span]) -> float:
        """Share of the words of spans that stand inside quotation marks."""
        total = inside = 0
        for span in spans:
            around = [q.inner for q in self.over(span)]
            for match in _WORD.finditer(self.text, span.start, span.end):
                total += 1
                inside += any(q.start <= match.start() < q.end for q in around)
        return inside / total if total else 0.0


def _snapped(text: str, found: AttributionCandidate, quoted: Quoted) -> AttributionCandidate:
    """The found attribution with its quotations whole and their marks inside the content.

    A quotation counts as the content's where the content covers most of its words.
    """
    pieces: list[Span] = []
    for span in found.content:
        start, end = span.start, span.end
        for quote in quoted.over(span):
            left, right = max(start, quote.inner.start), min(end, quote.inner.end)
            covered = len(_WORD.findall(text, left, right))
            if covered >= 0.6 * len(_WORD.findall(text, quote.inner.start, quote.inner.end)):
                start, end = min(start, quote.span.start), max(end, quote.span.end)
        for other in (found.cue, found.source):
            # A cue or source that a quotation seemed to hold stays outside the content.
            if other and other.start < end and start < other.end:
                if other.start >= span.end:
                    end = min(end, other.start)
                elif other.end <= span.start:
                    start = max(start, other.end)
        pieces.append(_stripped(text, Span(start, end)))
    return AttributionCandidate(found.source, found.cue, _merged(text, pieces), found.confidence)


def _whole(
    text: str, founds: list[AttributionCandidate], quoted: Quoted
) -> list[AttributionCandidate]:
    """The attributions with each quotation in one piece: it has one speaker, and all of it is
    theirs.

    Who has words of a quotation without a cue in it has it whole; of several, the one whose cue
    stands nearest. A quotation that a cue stands in is left alone: it is told of from inside.
    """
    touched: dict[int, list[int]] = {}
    told: set[int] = set()
    for number, found in enumerate(founds):
        if found.cue:
            told |= set(quoted.numbers(found.cue))
        for n in {n for span in found.content for n in quoted.numbers(span)}:
            touched.setdefault(n, []).append(number)
    contents = {n: list(found.content) for n, found in enumerate(founds)}
    for n, numbers in touched.items():
        quote = quoted.outer[n].span
        owners = [i for i in numbers if founds[i].cue]
        if n in told or not owners:
            continue
        owner = min(owners, key=lambda i: _away(text, founds[i].cue, quote))
        contents[owner].append(quote)
        for i in set(numbers) - {owner}:
            contents[i] = [p for span in contents[i] for p in _without(text, span, quote)]
    return [
        msgspec.structs.replace(found, content=_merged(text, contents[n]))
        for n, found in enumerate(founds)
    ]


def _joined(
    text: str, founds: list[AttributionCandidate], quoted: Quoted
) -> list[AttributionCandidate]:
    """The attributions with a sentence that a speaker interrupts in one: "A," said X, smiling, "b."

    Where the second half was given to the words between ("smiling") and the same source, it is the
    first's.
    """
    owners = quote_owners(text, founds, quoted)
    contents = {n: list(found.content) for n, found in enumerate(founds)}
    for n, (before, quote) in enumerate(pairwise(quoted.outer), 1):
        one, two = owners.get(n - 1), owners.get(n)
        between = text[before.span.end : quote.span.start]
        halves = (
            text[before.inner.end - 1 : before.inner.end] == ","
            and text[quote.inner.start : quote.inner.start + 1].islower()
            and not re.search(r"[.!?:\n]", between)
        )
        if one is not None and two is not None and one != two and _ADDING.fullmatch(between):
            contents[one].append(quote.span)
            contents[two] = [p for s in contents[two] for p in _without(text, s, quote.span)]
        elif halves and one is not None and two is not None and one != two:
            cue = founds[two].cue
            speaks = cue and SPEECH_CUE.search(text, cue.start, cue.end)
            if founds[one].source == founds[two].source and not speaks:
                contents[one].append(quote.span)
                contents[two] = [p for s in contents[two] for p in _without(text, s, quote.span)]
    return [
        msgspec.structs.replace(found, content=_merged(text, contents[n]))
        for n, found in enumerate(founds)
    ]


def _left(
    text: str, blocks: Sequence[Block], founds: list[AttributionCandidate], quoted: Quoted
) -> list[AttributionCandidate]:
    """Attributions that typography gives to quotations which nobody was found to say."""
    owners = quote_owners(text, founds, quoted)
    taken = sorted(s for f in founds for s in (f.cue, f.source) if s)
    starts = [span.start for span in taken]
    paragraph = paragraph_numbers(blocks, quoted.outer)
    together: dict[int, list[Quote]] = {}
    for quote, number in zip(quoted.outer, paragraph, strict=True):
        together.setdefault(number, []).append(quote)
    made: list[AttributionCandidate] = []
    for n, quote in enumerate(quoted.outer):
        nobodys = n not in owners or founds[owners[n]].source is None
        if nobodys and (called := _called(text, quote)):
            if all(_free(taken, starts, span) for span in (called.source, called.cue) if span):
                made.append(called)
                if n in owners:
                    held = founds[owners[n]]
                    left = [p for s in held.content for p in _without(text, s, called.content[0])]
                    left = [p for s in left for p in _without(text, s, called.cue or s)]
                    founds[owners[n]] = msgspec.structs.replace(held, content=tuple(left))
                continue
        short = len(_WORD.findall(text, quote.inner.start, quote.inner.end)) < ORPHAN
        if n in owners or short:
            continue
        line = blocks[paragraph[n]].span
        for found in (*_speaking(text, line, quote), *beside(text, line, together[paragraph[n]])):
            mine = found.content == (quote.span,)
            spans = [s for s in (found.cue, found.source) if s]
            free = all(_free(taken, starts, span) for span in spans)
            speaks = found.cue and SPEECH_CUE.search(text, found.cue.start, found.cue.end)
            if mine and free and speaks:
                made.append(found)
    return made


def _speaking(text: str, line: Span, quote: Quote) -> Iterator[AttributionCandidate]:
    """Who says a quotation behind a phrase without its comma."""
    first = max(line.start, quote.span.start - 160)
    if match := _SPEAKING.search(text[first : quote.span.start]):
        source, cue = (
            Span(first + match.start(g), first + match.end(g)) for g in ("source", "cue")
        )
        yield AttributionCandidate(source, cue, (quote.span,), 0.7)


def _called(text: str, quote: Quote) -> AttributionCandidate | None:
    """What the words before a quotation say of it: "what many call a “swamp”"."""
    first = max(0, quote.span.start - 80)
    match = _CALLED.search(text[first : quote.span.start])
    if match is None:
        return None
    source, cue = (Span(first + match.start(g), first + match.end(g)) for g in ("source", "cue"))
    return AttributionCandidate(source, cue, (quote.span,), 0.7)


def _free(taken: Sequence[Span], starts: Sequence[int], span: Span) -> bool:
    """Whether a span touches none of the sorted ones."""
    n = bisect_right(starts, span.end - 1) - 1
    return n < 0 or max(s.end for s in taken[max(0, n - 3) : n + 1]) <= span.start


def _away(text: str, cue: Span | None, quote: Span) -> int:
    """Code points between a cue and a quotation; a paragraph's end counts for a thousand."""
    if cue is None:
        return 10_000
    left, right = min(cue.end, quote.end), max(cue.start, quote.start)
    return right - left + 1000 * text.count("\n", left, right)


def _without(text: str, span: Span, gap: Span) -> list[Span]:
    """What is left of a span outside a gap, pieces without a word left out."""
    rest = [Span(span.start, min(span.end, gap.start)), Span(max(span.start, gap.end), span.end)]
    return [_stripped(text, p) for p in rest if _WORD.search(text, p.start, max(p.start, p.end))]


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _trimmed(text: str, span: Span) -> Span:
    """A source without a conjunction before it, and a comma, dash or possessive ending behind."""
    start, end = span.start, span.end
    while end > start + 1 and text[end - 1] in ",;:–—- ":
        end -= 1
    if joins := _JOINS.match(text, start, end):
        start = joins.end()
    return Span(start, end)


def _bare(span: Span, quoted: Quoted) -> Span:
    """A span without the marks of the quotation that it is, or that it begins with."""
    for quote in quoted.over(span):
        if quote.span.start == span.start:
            ends = quote.span.end == span.end
            return Span(quote.inner.start, quote.inner.end if ends else span.end)
    return span


def _merged(text: str, pieces: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch or overlap made one."""
    merged: list[Span] = []
    for span in sorted(pieces):
        if span.end <= span.start:
            continue
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _distinct(founds: Sequence[AttributionCandidate]) -> list[AttributionCandidate]:
    """Attributions with content, in order, none twice."""
    seen: set[tuple[Span, ...]] = set()
    kept = []
    for found in sorted(founds, key=_start):
        if found.content and found.content not in seen:
            seen.add(found.content)
            kept.append(found)
    return kept


def _continued(
    text: str, blocks: Sequence[Block], founds: list[AttributionCandidate], quoted: Quoted
) -> list[AttributionCandidate]:
    """The attributions with the quotations that go on without a new source or cue.

    A quotation that nobody was found to say continues the one before it, if that one stands in the
    same paragraph with only its own source and cue between, runs on from the paragraph before by
    the newspaper convention, or is all of the next paragraph.
    """
    owners = quote_owners(text, founds, quoted)
    paragraph = paragraph_numbers(blocks, quoted.outer)
    extra: dict[int, list[Span]] = {}
    last: int | None = None
    for n in range(len(quoted.outer) - 2, -1, -1):
        # One whose speaker is named only in a later paragraph.
        if _runs_on(quoted.outer[n]) and n not in owners and n + 1 in owners:
            owners[n] = owners[n + 1]
            extra.setdefault(owners[n], []).append(quoted.outer[n].span)
    for n, quote in enumerate(quoted.outer):
        before = quoted.outer[n - 1] if n else None
        owner = owners.get(n)
        if before is not None and owner is None and last is not None:
            same = paragraph[n] == paragraph[n - 1]
            if (
                _runs_on(before)
                or (same and _resumes(text, before, quote, founds[last]))
                or (
                    paragraph[n] == paragraph[n - 1] + 1
                    and fills_paragraph(text, blocks[paragraph[n]], quote)
                )
            ):
                owner = last
                extra.setdefault(owner, []).append(quote.span)
        last = owner
    return [
        AttributionCandidate(f.source, f.cue, _merged(text, [*f.content, *extra[n]]), f.confidence)
        if n in extra
        else f
        for n, f in enumerate(founds)
    ]


def fills_paragraph(text: str, block: Block, quote: Quote) -> bool:
    """Whether a paragraph is a quotation of some length and nothing else.

    After an attributed quotation such a one has the same speaker in 48 of the 66 cases of PolNeAR's
    training part; in 8 nobody is given, the other 10 have a cue of their own.
    """
    outside = _WORD.findall(text, block.span.start, quote.span.start)
    outside += _WORD.findall(text, quote.span.end, max(quote.span.end, block.span.end))
    long = len(_WORD.findall(text, quote.inner.start, quote.inner.end)) >= 5
    return not outside and long and block.role == "paragraph"


def _runs_on(quote: Quote) -> bool:
    """Whether a quotation goes on in the next paragraph by the newspaper convention."""
    return quote.closed and quote.marks[1] is None


def quote_owners(text: str, founds: Sequence[_Statement], quoted: Quoted) -> dict[int, int]:
    """Which attribution each outermost quotation belongs to, by number: one with a word of it."""
    owners: dict[int, int] = {}
    for number, found in enumerate(founds):
        for span in found.content:
            for n in quoted.numbers(span):
                inner = quoted.outer[n].inner
                left, right = max(span.start, inner.start), min(span.end, inner.end)
                if _WORD.search(text, left, max(left, right)):
                    owners.setdefault(n, number)
    return owners


def paragraph_numbers(blocks: Sequence[Block], quotes: Sequence[Quote]) -> list[int]:
    """The number of the block that each quotation stands in."""
    numbers, n = [], 0
    for quote in quotes:
        while n + 1 < len(blocks) and blocks[n + 1].span.start <= quote.span.start:
            n += 1
        numbers.append(n)
    return numbers


def _resumes(text: str, before: Quote, quote: Quote, found: AttributionCandidate) -> bool:
    """Whether between two quotations there is only the first one's source, cue and little more."""
    gap = Span(before.span.end, quote.span.start)
    between = text[gap.start : gap.end]
    sure = [s for s in (found.source, found.cue) if s and gap.start <= s.start < gap.end]
    rest = len(_WORD.findall(between)) - sum(
        len(_WORD.findall(text[s.start : s.end])) for s in sure
    )
    starts = text[quote.inner.start : quote.inner.start + 1].isupper()
    starts = starts or text[before.inner.end - 1 : before.inner.end] in ",–—"
    long = len(_WORD.findall(text, quote.inner.start, quote.inner.end)) >= 3
    return long and ((bool(sure) and rest <= 12 and starts) or (not sure and rest == 0))


def _attribution(
    text: str, found: AttributionCandidate, name: str, parent: str | None, quoted: Quoted
) -> Attribution:
    share = quoted.share(found.content)
    form: Form = "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"
    cue = text[found.cue.start : found.cue.end] if found.cue else ""
    return Attribution(
        id=name,
        source=_trimmed(text, found.source) if found.source else None,
        cue=found.cue,
        content=found.content,
        form=form,
        stance=stance(cue),
        parent=parent,
        confidence=found.confidence,
    )
