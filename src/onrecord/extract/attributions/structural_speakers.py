"""Speakers that the layout of an article gives away: the two of an interview, who goes on after a
scene.

Knows who is named where, so it runs after the people are found. The turns of a conversation become
statements: those that ask are the reporter's or their label's, those that answer the interviewee's.
A quotation that fills a paragraph and that nobody was found to say is the last speaker's, where no
one else has come in between. What was found inside a turn stands inside it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

import msgspec

from ...records import Article, Attribution, Form, Person, Quote, Span
from ..segment.turns import ROLE, Turn
from .assemble import DIRECT, Quoted, fills_paragraph, paragraph_numbers, quote_owners

CONFIDENCE = 0.9
"""Of a turn of a conversation, as of all that typography gives."""
GOES_ON_CONFIDENCE = 0.75
"""Of a quotation given to the last speaker: right in as many cases of the training articles."""
MAX_PARAGRAPHS_BACK = 3
_LETTERS = re.compile(r"[A-Z]\.?(?:[A-Z]\.?){1,3}")
_TALK = re.compile(
    r"\b(?:sp(?:oke|eaks?|eaking)|talk(?:s|ed|ing)?|interview(?:s|ed)?|sat down|sits down|caught up"
    r"|catch(?:es)? up"
    r"|chat(?:s|ted|ting)?|ask(?:s|ed)?|tells?|told|answers?|answered|Q&A|questions|conversation"
    r"|met|meets?)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I)\b")


class Statements(msgspec.Struct):
    """The attributions with those that the layout gives, and where the reporter is named in
    them."""

    attributions: tuple[Attribution, ...]
    reporter: frozenset[Span]


def add_structural_speakers(
    article: Article,
    turns: Sequence[Turn],
    attributions: Sequence[Attribution],
    people: Sequence[Person],
    quotes: Sequence[Quote],
) -> Statements:
    """The attributions of an article with those that its layout gives, numbered anew in order."""
    quoted = Quoted(article.text, quotes)
    seats = _Seats(article, turns, people)
    spoken = [(turn, span) for turn in turns if (span := seats.speaker(turn))]
    rows = _around(list(attributions), spoken, quoted)
    rows = _gone_on(article, rows, people, quoted)
    return Statements(_numbered(rows), frozenset(seats.reporter))


class _Seats:
    """Who sits where in a conversation."""

    def __init__(self, article: Article, turns: Sequence[Turn], people: Sequence[Person]) -> None:
        self._article, self._text = article, article.text
        self._people = people
        self._first = turns[0].label or turns[0].content if turns else Span(0, 0)
        self._labelled = any(turn.label for turn in turns)
        self._interviewee = self._find_interviewee() if turns else None
        self._asker = self._find_reporter() if turns else None
        self.reporter: set[Span] = set()

    def speaker(self, turn: Turn) -> Span | None:
        """The mention of whoever speaks in a turn: its label, or a name or "we" before the talk."""
        label = turn.label
        generic = label and ROLE.fullmatch(self._text, label.start, label.end)
        named = self._named(label) if label and not generic else None
        if named:
            return named
        if turn.asks:
            span = label or self._asker
            if span:
                self.reporter.add(span)
            return span
        return label if label and not generic else self._interviewee

    def _named(self, label: Span) -> Span | None:
        """The mention of the person whom a label names or whose initials it is."""
        words = self._text[label.start : label.end]
        low = set(words.casefold().split())
        initials = words.replace(".", "") if _LETTERS.fullmatch(words) else None
        for person in self._people:
            if label in person.mentions and not words.isupper():
                return label
        for person in self._people:
            parts = [part for part in person.name.split() if part[0].isupper()]
            same = low <= {part.casefold() for part in parts}
            if same or (initials and initials == "".join(part[0] for part in parts)):
                before = [
                    m
                    for m in person.mentions
                    if m.start < label.start and not self._text[m.start : m.end].isupper()
                ]
                return max(before, default=None)
        return None

    def _find_interviewee(self) -> Span | None:
        """The last mention, before the talk, of the person whom the introduction is about."""
        blocks = self._article.blocks
        byline = [b.span for b in blocks if b.role == "byline"]
        score: Counter[str] = Counter()
        last: dict[str, Span] = {}
        introduced: set[str] = set()
        for person in self._people:
            if person.name in self._article.authors:
                continue
            for mention in person.mentions:
                if mention.start >= self._first.start:
                    break
                if any(b.start <= mention.start < b.end for b in byline):
                    continue
                block = next(b for b in blocks if b.span.start <= mention.start < b.span.end)
                talk = _TALK.search(self._text, block.span.start, block.span.end)
                shown = block.role == "headline" or bool(talk)
                score[person.id] += 1 + shown
                last[person.id] = mention
                introduced |= {person.id} if shown else set()
        if not self._labelled and len(score) > 1:
            score = Counter({p: score[p] for p in introduced})
        if not score:
            return None
        return last[max(score, key=lambda p: (score[p], -last[p].start))]

    def _find_reporter(self) -> Span | None:
        """Where the reporter or the outlet is named before the talk: "we", the byline, its name."""
        for block in self._article.blocks:
            if block.span.start >= self._first.start:
                break
            if block.role in ("paragraph", "standfirst"):
                if match := _WE.search(self._text, block.span.start, block.span.end):
                    return Span(*match.span())
            elif block.role == "byline":
                by = re.match(r"(?:[Bb]y )?", self._text[block.span.start : block.span.end])
                return Span(block.span.start + (by.end() if by else 0), block.span.end)
        if outlet := self._article.outlet:
            at = self._text.find(outlet, 0, self._first.start)
            return Span(at, at + len(outlet)) if at >= 0 else None
        return None


def _around(
    rows: list[Attribution], spoken: Sequence[tuple[Turn, Span]], quoted: Quoted
) -> list[Attribution]:
    """The attributions outside the turns, the turns, and inside each what was found there."""
    if not spoken:
        return rows
    starts = [turn.content.start for turn, _ in spoken]
    made = [
        _attribution(f"turn{n}", span, turn.content, quoted, asks=_asks(quoted.text, turn))
        for n, (turn, span) in enumerate(spoken)
    ]
    kept: list[Attribution] = []
    gone: dict[str, str | None] = {}
    for row in rows:
        n = bisect_right(starts, row.content[0].start) - 1
        turn = spoken[n][0].content if n >= 0 else Span(0, 0)
        told = [s for s in (row.source, row.cue) if s]
        inside = all(turn.start <= s.start and s.end <= turn.end for s in (*row.content, *told))
        if inside and told and row.content != (turn,):
            parent = row.parent if row.parent and row.parent not in gone else made[n].id
            kept.append(msgspec.structs.replace(row, parent=parent))
            continue
        content = tuple(s for s in row.content if not _touches(s, starts, spoken))
        if content:
            kept.append(msgspec.structs.replace(row, content=content))
        else:
            gone[row.id] = row.parent
    return [*_reparented(kept, gone), *made]


def _asks(text: str, turn: Turn) -> bool:
    """Whether a turn is a question; without a label whatever the reporter says is one."""
    end = text[turn.content.start : turn.content.end].rstrip("\"”’')")
    return turn.asks and (turn.label is None or end.endswith("?"))


def _touches(span: Span, starts: Sequence[int], spoken: Sequence[tuple[Turn, Span]]) -> bool:
    n = bisect_right(starts, span.end - 1) - 1
    return n >= 0 and span.start < spoken[n][0].content.end


def _reparented(rows: Sequence[Attribution], gone: dict[str, str | None]) -> list[Attribution]:
    """The attributions without parents that are gone: theirs take their place."""
    made = []
    for row in rows:
        parent = row.parent
        while parent in gone:
            parent = gone[parent]
        made.append(row if parent == row.parent else msgspec.structs.replace(row, parent=parent))
    return made


def _gone_on(
    article: Article, rows: list[Attribution], people: Sequence[Person], quoted: Quoted
) -> list[Attribution]:
    """The attributions with the quotations that go on after a scene or a question in between.

    Such a one fills a paragraph, has a sentence in it, and nobody was found to say it; between it
    and the last statement before it nobody else is named.
    """
    text, blocks = article.text, article.blocks
    top = sorted((row for row in rows if row.parent is None), key=_end)
    owned = quote_owners(text, top, quoted)
    paragraphs = paragraph_numbers(blocks, quoted.outer)
    starts = [block.span.start for block in blocks]
    body = blocks[0].span.end if blocks and blocks[0].role == "headline" else 0
    named = _Named(people)
    ends = [_end(row) for row in top]
    last: tuple[Attribution, int] | None = None
    made: list[Attribution] = []
    for n, quote in enumerate(quoted.outer):
        if n in owned and not _nobodys(top[owned[n]], quote.span):
            last = None
            continue
        nth = bisect_right(ends, quote.span.start) - 1
        if nth >= 0 and top[nth].source is None:
            nth = -1
        before = last
        if nth >= 0 and (last is None or ends[nth] > last[1]):
            before = top[nth], ends[nth]
        if before is None or not fills_paragraph(text, blocks[paragraphs[n]], quote):
            continue
        row, end = before
        far = paragraphs[n] - (bisect_right(starts, end - 1) - 1)
        reach = MAX_PARAGRAPHS_BACK if row.form == "direct" else 1
        if row.source is None or row.stance not in _SPOKEN or far > reach:
            continue
        if row.source.start < body or text[quote.inner.end - 1] not in ".!?…" or not quote.closed:
            continue
        others = named.between(end, quote.span.start)
        speaker = named.between(row.source.start, row.source.end)
        if others - speaker and (speaker or len(others) > 1):
            continue
        if speaker & named.between(quote.span.start, quote.span.end):
            continue  # nobody calls themselves by their name
        name = top[owned[n]].id if n in owned else f"on{n}"
        made.append(
            _attribution(name, row.source, quote.span, quoted, confidence=GOES_ON_CONFIDENCE)
        )
        last = made[-1], quote.span.end
    again = {row.id for row in made}
    return [*(row for row in rows if row.id not in again), *made]


def _nobodys(row: Attribution, quote: Span) -> bool:
    """Whether a statement is a quotation that nothing outside its marks introduces."""
    told = row.cue is not None and not quote.start <= row.cue.start < quote.end
    return row.source is None and not told and row.content[-1].end <= quote.end


_SPOKEN = ("says", "denies", "asks")


def _end(row: Attribution) -> int:
    """Where a statement ends, its source and cue too."""
    return max(s.end for s in (*row.content, row.source, row.cue) if s)


class _Named:
    """Who is named where."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._mentions = sorted((m, p.id) for p in people for m in p.mentions)
        self._starts = [mention.start for mention, _ in self._mentions]

    def between(self, start: int, end: int) -> set[str]:
        """The people whose mentions begin in a stretch."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return {person for _, person in self._mentions[first:last]}


def _attribution(
    name: str,
    source: Span,
    content: Span,
    quoted: Quoted,
    *,
    asks: bool = False,
    confidence: float = CONFIDENCE,
) -> Attribution:
    share = quoted.share((content,))
    form: Form = "direct" if share >= DIRECT else "mixed" if share > 0 else "indirect"
    return Attribution(
        id=name,
        source=source,
        cue=None,
        content=(content,),
        form=form,
        stance="asks" if asks else "says",
        confidence=confidence,
    )


def _numbered(rows: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions in order, outer ones first, with new numbers."""
    order = sorted(rows, key=lambda r: (_start(r), r.parent is not None))
    names = {row.id: f"a{n}" for n, row in enumerate(order, 1)}
    return tuple(
        msgspec.structs.replace(row, id=names[row.id], parent=names.get(row.parent or ""))
        for row in order
    )


def _start(row: Attribution) -> int:
    return row.content[0].start
