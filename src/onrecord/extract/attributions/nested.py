"""Attributions inside attributions: what somebody says that somebody else has said.

Our guide marks them, PolNeAR's doesn't. By ours the network finds them in its one reading; by
PolNeAR's it is asked about a content as if that were a text of its own. What it finds counts only
by a cue of `RELAYING`; a written grammar (`relayed`) adds what it missed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ...language.en.lexicon import lexicon
from ...language.en.verbs import RELAYING
from ...records import Block, Quote, Span
from ..engine.candidates import AttributionCandidate, AttributionEngine
from ..engine.pointers import Pointers
from ..segment.sentences import find_sentences
from .reported_speech import clip_clause, relayed

DEPTH = 4
"""Attributions inside attributions inside …: nobody writes more."""
SEARCHES = 3
"""Finds by other cues that are looked into for one by a cue of speech."""
_NOTHING = lexicon("attributions", "nothing_told")
_NOBODY = lexicon("attributions", "no_inner_speaker")
Row = tuple[AttributionCandidate, int | None]


class Nested:
    """Looks into the contents of one text."""

    def __init__(
        self,
        text: str,
        quotes: tuple[Quote, ...],
        finder: AttributionEngine,
        pointers: Pointers | None = None,
    ) -> None:
        self._text, self._quotes, self._finder = text, quotes, finder
        self._learnt = None if pointers is None or pointers.wide else pointers

    def _inside(self, span: Span) -> list[AttributionCandidate]:
        """What the engine finds in a content: in the same reading, where it has learnt to."""
        if self._learnt:
            return self._learnt.inside(span)
        return self._finder.find(self._text, self._quotes, within=span)

    def add(self, spans: Sequence[Span], parent: int, rows: list[Row], depth: int = 1) -> None:
        """Add the attributions inside a content to the rows, each with its parent's number."""
        if depth >= DEPTH:
            return
        made: list[AttributionCandidate] = []
        heard: set[Span | None] = set()
        for span in (line for whole in spans for line in self._lines(whole)):
            if not self._learnt and not RELAYING.search(self._text, span.start, span.end):
                continue
            proposed = _each_once(self._proposed(span, SEARCHES))
            sentences = find_sentences(self._text, (Block(span=span, role="paragraph"),))
            written = [f for s in sentences for f in relayed(self._text, s)]
            added = [
                found
                for n, found in enumerate(written)
                if all(_apart(found, other) for other in [*proposed, *written[:n]])
            ]
            made += [self._asked_on(f, sentences) for f in [*proposed, *added]]
        made = [f for f in made if self._text_of(f.content).lower() not in _NOTHING]
        for found in sorted(made, key=lambda f: (f.content[0].start, -f.content[-1].end)):
            if found.cue is not None and found.cue in heard:
                continue  # somebody inside is heard to pass it on
            number = len(rows)
            rows.append((found, parent))
            self.add(found.content, number, rows, depth + 1)
            heard.update(row.cue for row, _ in rows[number:])

    def _lines(self, span: Span) -> Iterator[Span]:
        """The paragraphs of a stretch, each without the mark that says that a quotation goes on."""
        for line in re.finditer(r"[^\n]+", self._text[span.start : span.end]):
            start, end = span.start + line.start(), span.start + line.end()
            while start < end and (
                self._text[start].isspace() or (line.start() and self._text[start] in "“\"‘'«")
            ):
                start += 1
            if start < end:
                yield Span(start, end)

    def _proposed(self, span: Span, searches: int) -> Iterator[AttributionCandidate]:
        """What the network finds in a stretch by a cue of speech, whatever stands around it."""
        for found in self._inside(span):
            if found.cue is None or self._text_of(found.content).lower() in _NOTHING | {""}:
                continue
            cue = self._text[found.cue.start : found.cue.end]
            relays = self._learnt or RELAYING.search(cue)
            if found.source and relays and not self._nobody(found.source):
                yield self._clipped(found, found.cue, span)
            elif searches:
                for piece in found.content:
                    if piece != span and RELAYING.search(self._text, piece.start, piece.end):
                        yield from self._proposed(piece, searches - 1)

    def _asked_on(
        self, found: AttributionCandidate, sentences: Sequence[Span]
    ) -> AttributionCandidate:
        """A find whose content is a question, with the questions that follow it."""
        last = found.content[-1]
        n = next((n for n, s in enumerate(sentences) if s.start <= last.start < s.end), None)
        if (
            n is None
            or self._text[last.end : sentences[n].end].strip('?”"')
            or (not self._question(sentences[n]))
        ):
            return found
        while n + 1 < len(sentences) and self._question(sentences[n + 1]):
            n += 1
        content = (*found.content[:-1], Span(last.start, sentences[n].end))
        return msgspec.structs.replace(found, content=content)

    def _question(self, sentence: Span) -> bool:
        return self._text[sentence.start : sentence.end].rstrip('”"').endswith("?")

    def _text_of(self, spans: Sequence[Span]) -> str:
        return " ".join(self._text[s.start : s.end] for s in spans)

    def _nobody(self, source: Span) -> bool:
        return self._text[source.start : source.end].lower() in _NOBODY

    def _clipped(self, found: AttributionCandidate, cue: Span, span: Span) -> AttributionCandidate:
        """A find without pieces of content in other sentences than its cue's, its last one cut."""
        sentences = find_sentences(self._text, (Block(span=span, role="paragraph"),))
        here = next((s for s in sentences if s.start <= cue.start < s.end), span)
        kept = [p for p in found.content if p.start < here.end and here.start < p.end]
        if kept and kept[-1].end <= here.end:
            kept[-1] = clip_clause(self._text, kept[-1])
        pieces = tuple(p for p in kept if p.start < p.end)
        return msgspec.structs.replace(found, content=pieces or found.content)


def _apart(one: AttributionCandidate, two: AttributionCandidate) -> bool:
    """Whether a find has another cue than another one, and isn't inside what that one says."""
    if one.cue is None or two.cue is None:
        return False
    inside = any(p.start <= one.cue.start < p.end for p in two.content)
    return not inside and (one.cue.end <= two.cue.start or two.cue.end <= one.cue.start)


def _each_once(founds: Iterable[AttributionCandidate]) -> list[AttributionCandidate]:
    """Finds of one cue made one: the first, which was read with most around it."""
    kept: dict[Span | None, AttributionCandidate] = {}
    for found in founds:
        kept.setdefault(found.cue, found)
    return list(kept.values())
