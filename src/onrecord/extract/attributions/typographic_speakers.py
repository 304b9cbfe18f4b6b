"""Speakers that typography alone gives away: signatures, announced quotations.

A quotation signed with a dash, and a quotation that begins the paragraph after "Smith said:". These
are certain where the engine is not, so they come first. Conversations are `segment.turns`'.
"""

import re
from collections.abc import Sequence

import msgspec

from ...language.en.verbs import SPEECH
from ...records import Block, Quote, Span
from ..engine.candidates import AttributionCandidate

_SIGNED = re.compile(r"\s{0,20}(?P<cue>[―—–]|--?)\s{0,20}(?P<source>[A-Z][^!?:;\n\"“”]{2,60})$")
NAME_WORD = r"(?:[A-Z][\w.’'-]{0,40}|de|van|von|der|al|bin)"
_STOP = re.compile(r"[.!?][\"”’')]{0,40} +(?=[\"“‘'A-Z])")
_HANDED = (
    r"(?:released|issued|published|posted|shared|sent|gave|made|put out) (?:(?:this|the|a|his|her"
    r"|its|their)\b)?"
    r"[\w ,’'-]{0,40}?(?:statement|response|message|post|tweet|letter|e-?mail|note|reply|apology)"
    r"|had (?:this|the following) to say"
)
_SPEAKER = (
    r"(?P<source>[A-Z][\w.’'-]{0,40}(?: [A-Z][\w.’'-]{0,40}){0,3}|[Hh]e|[Ss]he|[Tt]hey"
    r"|[Tt]he(?: (?!(?:and|but|or)\b)[\w’'-]{1,40}){1,4}?)"
)
_SAID = rf"(?P<cue>(?:{'|'.join(SPEECH)}|went on|{_HANDED})(?: [\w’'-]{{1,40}}){{0,6}}):$"
_ANNOUNCED = re.compile(
    rf"{_SPEAKER}(?:, (?:who|which|the|a|an)\b[^,:\n]{{3,80}},)?\s{{1,20}}{_SAID}"
)
_ALSO_SAID = re.compile(
    rf"{_SPEAKER}(?:, (?:who|which|the|an?|its|his|her)\b[^,:\n]{{3,80}},|,)? "
    rf"(?:[a-z]{{1,40}}(?:ed|ly|n[’']t)|is|was|are|were|has|had|have|would|will|could|can|did|does|took|made|gave|left|went|came|stood|sat|got)\b"
    rf"[^:\n]{{0,160}}?,? (?:and|but|then) (?:[a-z]{{1,40}} ){{0,3}}{_SAID}"
)
"""The same where the speaker did something else first: "Lee would not be drawn and only said:"."""
_STATEMENT = (
    r"\b(?:statement|letter|post|tweet|e-?mail|message|note|caption|reply|diary|speech)\b"
    r"|\b(?:tweeted|posted|wrote)\b"
)
_UNMARKED = re.compile(_STATEMENT, re.IGNORECASE)
"""What is announced with a word of these may stand below without quotation marks."""
_TAGGED = re.compile(
    r", (?P<source>[A-Z][\w.’'-]{0,40}(?: [A-Z][\w.’'-]{0,40}){0,3}) (?P<cue>(?:can(?: now)?"
    r"|has)(?: exclusively)? "
    r"(?:reveal|report|confirm|disclose|learn(?:ed|t)))(?=[.…]?(?:\s|$))"
)
"""An outlet's name for itself behind what it tells."""
_LINE_OF_NAME = re.compile(
    rf"(?P<cue>[―—–]|--?)?\s{{0,20}}(?P<source>(?:{NAME_WORD} ?){{1,4}}(?:\(@\w{{1,40}}\))?)"
    rf"(?:[,|·(].{{0,60}})?$"
)
_TITLED = re.compile(r"\b(?:en)?titled|headlined|called|named", re.IGNORECASE)
_NAME = r"[A-Z][\w.’'-]{0,40}(?: [A-Z][\w.’'-]{0,40}){0,2} [A-Z][\w’'-]{1,40}"
_BY = re.compile(rf"\s{{0,20}}by (?P<source>{_NAME}(?:(?:, {_NAME})*,? and {_NAME})?)")
SURE = 0.9
"""Confidence of what is found here: nearly always right on the training part's like."""


def find_signed(
    text: str, blocks: Sequence[Block], quotes: Sequence[Quote]
) -> list[AttributionCandidate]:
    """The attributions that stand in the typography, in order."""
    found: list[AttributionCandidate] = []
    outer = {q.span.start: q for q in quotes if q.parent is None}
    before: Block | None = None
    for block in blocks:
        quote = outer.get(block.span.start)
        if quote is not None and block.role != "headline":
            signed = _SIGNED.match(text, quote.span.end, block.span.end)
            if signed and signed.end() == block.span.end:
                found.append(_found(signed, quote.span))
            elif before is not None and _most(quote, block):
                if announced := _announced(text, before):
                    found.append(_found(announced, quote.span))
        before = block
    found += _below(text, blocks, outer)
    found += _tagged(text, blocks)
    return sorted(found, key=lambda f: f.content)


def _announced(text: str, block: Block) -> re.Match[str] | None:
    """The speaker and the verb that end a paragraph before what is said: "Ann Lee said:"."""
    end = block.span.end
    start = max(block.span.start, end - 240)
    start = max(start, text.rfind(". ", start, end))
    for pattern in (_ANNOUNCED, _ALSO_SAID):
        match = pattern.search(text, start, end)
        if match and match.end() == end:
            return match
    return None


def _below(
    text: str, blocks: Sequence[Block], outer: dict[int, Quote]
) -> list[AttributionCandidate]:
    """Statements set off as blocks: with a line of a name below, or announced in the block
    above."""
    made = []
    nth = 1
    while nth < len(blocks):
        first, above = blocks[nth], blocks[nth - 1]
        announced = _announced(text, above)
        told = announced and _UNMARKED.search(text, announced.start(), announced.end())
        last = nth
        while last + 1 < len(blocks) and blocks[last + 1].role == "quote" == first.role:
            last += 1
        quoted = first.span.start in outer
        below = blocks[last + 1] if last + 1 < len(blocks) else None
        signed = _name_line(text, blocks[last], outer) if last > nth else None
        end = blocks[last - 1].span.end if signed else blocks[last].span.end
        if signed is None and below and (quoted or first.role == "quote"):
            signed = _name_line(text, below, outer, dash=first.role != "quote")
        if signed:
            made.append(_found(signed, Span(first.span.start, end)))
        elif announced and not quoted and (first.role == "quote" or told):
            made.append(_found(announced, Span(first.span.start, end)))
        nth = last + 1
    return made


def _name_line(
    text: str, block: Block, outer: dict[int, Quote], *, dash: bool = False
) -> re.Match[str] | None:
    """The name below a block quotation: "— Ann Lee, harbour chief"; a dash may be needed."""
    if block.span.end - block.span.start > 100 or block.span.start in outer:
        return None
    match = _LINE_OF_NAME.match(text, block.span.start, block.span.end)
    if match is None or match.end() != block.span.end or text[block.span.end - 1] in ".!?:":
        return None
    return match if match["cue"] or (not dash and block.role == "quote") else None


def _tagged(text: str, blocks: Sequence[Block]) -> list[AttributionCandidate]:
    """What an outlet tells with its own name behind it: "The quay will close, the Star can
    reveal"."""
    made = []
    for block in blocks:
        for match in _TAGGED.finditer(text, block.span.start, block.span.end):
            start = block.span.start
            for stop in _STOP.finditer(text, block.span.start, match.start()):
                start = stop.end()
            if match.start() - start > 20:
                made.append(_found(match, Span(start, match.start())))
    return made


def _most(quote: Quote, block: Block) -> bool:
    """Whether a paragraph is its quotation, give or take a word."""
    return quote.span.end - quote.span.start > 0.9 * (block.span.end - block.span.start)


def _found(match: re.Match[str], content: Span) -> AttributionCandidate:
    cue = Span(*match.span("cue")) if match["cue"] else None
    source = Span(*match.span("source"))
    if text_end := len(match["source"]) - len(match["source"].rstrip()):
        source = Span(source.start, source.end - text_end)
    return AttributionCandidate(source, cue, (content,), SURE)


def authored(
    text: str, found: AttributionCandidate, quotes: Sequence[Quote]
) -> AttributionCandidate:
    """A title with the authors behind it for a source: a paper titled "The Tide" by Ann Lowe and
    Jon Pell."""
    if found.source or not found.cue or not _TITLED.match(text, found.cue.start, found.cue.end):
        return found
    first, last = found.content[0].start, found.content[-1].end
    title = next((q.span for q in quotes if first <= q.span.start <= first + 2), None)
    by = title and _BY.match(text, title.end)
    if not title or not by or title.end < last - 3:
        return found
    return msgspec.structs.replace(found, source=Span(*by.span("source")), content=(title,))


def apart(
    engine: Sequence[AttributionCandidate], turns: Sequence[AttributionCandidate]
) -> list[AttributionCandidate]:
    """What the engine found outside the turns, and the turns.

    An attribution of the engine that holds a turn's words loses them, and is dropped if nothing is
    left; one that stands inside a turn with a speaker of its own is dropped too, for it is nested.
    """
    if not turns:
        return list(engine)
    taken = [
        Span(min(t.content[0].start, (t.source or t.content[0]).start), t.content[-1].end)
        for t in turns
    ]
    kept: list[AttributionCandidate] = []
    for found in engine:
        content = tuple(s for s in found.content if not any(_touch(s, t) for t in taken))
        same = any(t.source and found.source and _touch(t.source, found.source) for t in turns)
        if content and not (same and content != found.content):
            kept.append(AttributionCandidate(found.source, found.cue, content, found.confidence))
    return sorted([*kept, *turns], key=lambda f: f.content)


def _touch(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end
