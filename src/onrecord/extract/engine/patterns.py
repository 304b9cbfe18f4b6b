"""Attributions without a model: quotations beside a verb of saying, and "X said that …".

Small on purpose: it serves tests and comparisons. The model is the default.
"""

import re
from bisect import bisect_left, bisect_right

import msgspec

from ...language.en.verbs import SPEECH
from ...records import Block, Quote, Span
from ..segment.sentences import find_sentences
from .candidates import AttributionCandidate, EngineResult

_VERB = (
    rf"(?:(?:has|have|had|also|then|later)\s{{1,20}}){{0,2}}(?:{'|'.join(SPEECH)}|went on|goes on)"
)
_NAME = (
    r"[A-Z][\w.’'-]{0,40}(?:\s{1,20}(?:(?:de|van|von|der|al|bin)\s{1,20})?[A-Z][\w.’'-]{0,40}){0,4}"
)
_NOUN = (
    r"(?:(?:the|a|an|one|two|three|some|many|our|his|her|their|another"
    r"|several)\s{1,20})?(?:[\w’'-]{1,40}\s{1,20}){0,4}?[\w’'-]{1,40}(?:\s{1,20}(?:of|for|from|at"
    r"|close to|familiar with)\s{1,20}(?:the\s{1,20})?[\w’' -]{2,40}?)?"
)
_PRONOUN = r"(?:he|she|they|who|it|we|I)"
_BEFORE = re.compile(
    rf"(?:^|[,.;:!?”\"–—]\s{{0,20}}|\b(?:and|but|while|when|as"
    rf"|that)\s{{1,20}})(?P<source>{_PRONOUN}|{_NAME}|{_NOUN})"
    rf"(?:,[^,.;\n]{{2,80}},)?\s{{1,20}}(?P<cue>{_VERB})\b(?P<rest>[^.“”\"\n]{{0,60}}?[:,]?\s{{0,20"
    rf"}})$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"^[\s,–—-]{{0,40}}(?:(?P<cue>{_VERB})\s{{1,20}}(?P<source>{_NAME}|(?:the|a|an|one|our|his"
    rf"|her)\s{{1,20}}[\w’'-]{{1,40}}(?:\s[\w’'-]{{1,40}}){{0,3}}?)(?=[,.;\s]|$)"
    rf"|(?P<source2>{_PRONOUN}|{_NAME}|(?:the|a|an|one|our|his|her"
    rf"|another)\s{{1,20}}(?:[\w’'-]{{1,40}}\s{{1,20}}){{0,4}}?[\w’'-]{{1,40}})"
    rf"(?:,[^,.;\n]{{2,80}},)?\s{{1,20}}(?P<cue2>{_VERB})\b)",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    rf"(?:^|[,;–—]\s{{0,20}}|\b(?:but|and|while)\s{{1,20}})(?P<source>{_PRONOUN}|{_NAME}|(?:the|a"
    rf"|an|one|our|his|her|many|some|critics|experts|sources|insiders|officials)"
    rf"(?:\s{{1,20}}[\w’'-]{{1,40}}){{0,5}}?)(?:,[^,.;\n]{{2,80}},)?\s{{1,20}}(?P<cue>{_VERB})"
    rf"(?:\s{{1,20}}(?:reporters|the \w{{1,40}}|him|her|them|us|me|{_NAME}))?"
    rf"(?:\s{{1,20}}on \w{{1,40}}day)?,?\s{{1,20}}(?P<content>(?:that\s{{1,20}}"
    rf"|how\s{{1,20}})?[^\n]{{8,}})$"
)
_PASSIVE = re.compile(
    r"\b(?P<cue>it (?:is|was|has been) (?:said|believed|thought|understood|claimed|alleged|reported"
    r"|feared))\s{1,20}"
    r"(?P<content>that\s{1,20}[^\n]{8,})$",
    re.IGNORECASE,
)
_ACCORDING = re.compile(
    r"\b(?P<cue>according to)\s{1,20}(?P<source>[^,.;\n“”\"]{2,80})", re.IGNORECASE
)
_LEAD = re.compile(r"(?:but|and|yet|so|while|when|as|that|then)\s{1,20}", re.IGNORECASE)
_TAIL = re.compile(r"(?:\s{1,20}(?:has|have|had|also|then|later|now|once)|(?<=[a-z]{2})\.)+$")
_LINE = re.compile(r"[^\n]+")
_TURN = re.compile(r"^(?P<source>[A-Z][A-Z.’' -]{1,40}|[QA]):\s{1,20}(?P<content>[^\n]{3,})$")


class PatternEngine:
    """The engine that needs no model; `find` is its only method."""

    name = "baseline"
    version = "1"

    def speaker_confidence(self, share: float) -> float:
        """A guess: patterns are right about three speakers in four."""
        return round(0.75 * min(1.0, share + 0.5), 3)

    def read(self, text: str, quotes: tuple[Quote, ...] = ()) -> EngineResult:
        """The attributions of a whole text; of its pronouns and names nothing is known."""
        return EngineResult(self.find(text, quotes), None)

    def find(
        self, text: str, quotes: tuple[Quote, ...] = (), within: Span | None = None
    ) -> list[AttributionCandidate]:
        """The attributions of a text in order, or of a stretch of it; spans are half-open."""
        limit = within or Span(0, len(text))
        found: list[AttributionCandidate] = []
        first = bisect_left(quotes, limit.start, key=lambda q: q.span.start)
        last = bisect_left(quotes, limit.end, key=lambda q: q.span.start)
        outer = [q for q in quotes[first:last] if q.parent is None and q.span.end <= limit.end]
        nth = 0
        for match in _LINE.finditer(text, limit.start, limit.end):
            line = Span(match.start(), match.end())
            here = []
            while nth < len(outer) and outer[nth].span.start < line.end:
                here.append(outer[nth])
                nth += 1
            found += beside(text, line, here)
            ends = [q.span.end for q in here]
            for sentence in _sentences(text, line):
                first = bisect_right(ends, sentence.start)
                inside = [q for q in here[first : first + 9] if _touches(q.span, sentence)]
                if not inside or all(
                    len(text[q.inner.start : q.inner.end].split()) < 5 for q in inside
                ):
                    found += _reported(text, sentence)
        found = [msgspec.structs.replace(f, source=_named(text, f.source)) for f in found]
        return sorted(_apart(found), key=lambda f: f.content[0])


def _named(text: str, source: Span | None) -> Span | None:
    """A source without the conjunction before it, the auxiliary or the stop behind it."""
    if source is None:
        return None
    words = text[source.start : source.end]
    left, right = _LEAD.match(words), _TAIL.search(words)
    start = source.start + (left.end() if left else 0)
    end = source.start + (right.start() if right else len(words))
    return Span(start, end) if start < end else source


def _sentences(text: str, line: Span) -> list[Span]:
    return list(find_sentences(text, (Block(span=line, role="paragraph"),)))


def _touches(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def beside(text: str, line: Span, quotes: list[Quote]) -> list[AttributionCandidate]:
    """Quotations with a speaker beside them; those that go on are left to `attributions`."""
    found: list[AttributionCandidate] = []
    for n, quote in enumerate(quotes):
        left = quotes[n - 1].span.end if n else line.start
        right = quotes[n + 1].span.start if n + 1 < len(quotes) else line.end
        after = _AFTER.match(text[quote.span.end : min(right, quote.span.end + 200)])
        before = _BEFORE.search(text[max(left, quote.span.start - 200) : quote.span.start])
        ends = text[quote.inner.end - 1 : quote.inner.end] in ",?!—–"
        if after and (ends or before is None):
            which = "" if after.group("cue") else "2"
            base = quote.span.end
            source = Span(base + after.start("source" + which), base + after.end("source" + which))
            cue = Span(base + after.start("cue" + which), base + after.end("cue" + which))
        elif before:
            base = max(left, quote.span.start - 200)
            source = Span(base + before.start("source"), base + before.end("source"))
            cue = Span(base + before.start("cue"), base + before.end("cue"))
        else:
            continue
        found.append(AttributionCandidate(source, cue, (quote.span,), 0.7))
    return found


def _reported(text: str, sentence: Span) -> list[AttributionCandidate]:
    """Reported speech in one sentence."""
    words = text[sentence.start : sentence.end]
    base = sentence.start

    def span(match: re.Match[str], part: str) -> Span:
        return Span(base + match.start(part), base + match.end(part))

    if turn := _TURN.match(words):
        return [AttributionCandidate(span(turn, "source"), None, (span(turn, "content"),), 0.6)]
    if passive := _PASSIVE.search(words):
        return [AttributionCandidate(None, span(passive, "cue"), (span(passive, "content"),), 0.5)]
    if according := _ACCORDING.search(words):
        source, cue = span(according, "source"), span(according, "cue")
        whole = Span(base, cue.start) if cue.start - base > 8 else Span(source.end, sentence.end)
        content = _trim(text, whole)
        return (
            [AttributionCandidate(source, cue, (content,), 0.6)]
            if content.end > content.start
            else []
        )
    if reported := _REPORTED.search(words):
        content = _trim(text, span(reported, "content"))
        if content.end > content.start:
            return [
                AttributionCandidate(
                    span(reported, "source"), span(reported, "cue"), (content,), 0.5
                )
            ]
    return []


def _trim(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in " ,;–—-":
        start += 1
    while end > start and text[end - 1] in " ,;.":
        end -= 1
    return Span(start, end)


def _apart(founds: list[AttributionCandidate]) -> list[AttributionCandidate]:
    """Attributions whose contents don't overlap an earlier one's."""
    kept: list[AttributionCandidate] = []
    for found in founds:
        if not any(_touches(a, b) for k in kept[-8:] for a in k.content for b in found.content):
            kept.append(found)
    return kept
