"""Unnamed voices, the sentence of a place and the words around it, for rules of every family.

Answers what several rules ask; decides nothing. Voices, people and blocks are in `lookup`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache

from ..language.en.lexicon import lexicon
from ..language.en.verbs import SPEECH_CUE
from ..records import Analysis, Person, Source, Span
from .lookup import STATED, headline, outermost, statements


def unnamed(analysis: Analysis) -> list[Source]:
    """The voices whose identity the article withholds and who speak to the article itself."""
    return [
        s
        for s in analysis.sources
        if s.kind == "anonymous" and s.withheld and outermost(analysis, s)
    ]


def sentence_at(analysis: Analysis, offset: int) -> int:
    """The number of the sentence that an offset stands in."""
    return max(0, bisect_right(analysis.sentences, Span(offset, 10**12)) - 1)


def within(analysis: Analysis, span: Span) -> list[Span]:
    """The sentences, cut to the span, that a span runs over."""
    found = []
    for sentence in analysis.sentences[sentence_at(analysis, span.start) :]:
        if sentence.start >= span.end:
            break
        start, end = max(sentence.start, span.start), min(sentence.end, span.end)
        if start < end:
            found.append(Span(start, end))
    return found


def shown(text: str, span: Span) -> str:
    """The words of a span on one line, in quotation marks of ours."""
    return f"“{' '.join(text[span.start : span.end].split())}”"


def speaks_directly(
    analysis: Analysis, source: Source, least: float = 0.5, cue: re.Pattern[str] = SPEECH_CUE
) -> bool:
    """Whether a voice is found to say something to the article itself, in the body.

    A verb of saying (or whatever `cue` finds) and a confidence of `least` are asked for: what
    people do, think or plan makes no source of them.
    """
    text, head = analysis.article.text, headline(analysis)
    after = head.span.end if head else 0
    return any(
        a.parent is None
        and (a.stance in STATED or (cue is not SPEECH_CUE and a.stance == "believes"))
        and a.confidence >= least
        and a.source is not None
        and a.source.start >= after
        and a.cue is not None
        and cue.search(text, a.cue.start, a.cue.end)
        for a in statements(analysis, source)
    )


@cache
def pattern(key: str) -> re.Pattern[str]:
    """A pattern of the words under a key of `language/en/wording.json`."""
    found = sorted(lexicon("wording", key), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE)


def mentioned(people: Iterable[Person], span: Span) -> list[tuple[Span, Person]]:
    """The mentions of people with a full or single name inside a span, in order."""
    found = [
        (m, p)
        for p in people
        if p.name and p.name[:1].isupper()
        for m in p.mentions
        if span.start <= m.start and m.end <= span.end
    ]
    return sorted(found, key=lambda pair: pair[0])
