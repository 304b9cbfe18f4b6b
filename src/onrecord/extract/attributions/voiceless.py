"""Who is told, and doesn't tell: a court that hears, and whom a shortened passive is about.

"The jury heard that Lee was there" and the headlines "Pupils told to stay at home", "Singer slammed
for 'rude' remark" name whom words reach or hit, and nobody who says them: such a statement has no
stated source. Everything else about a source is `sources`' to say.
"""

import re

import msgspec

from ...records import Span
from ..engine.candidates import AttributionCandidate

_HEARS = re.compile(r"(?:(?:has|have|had|also|then|later|previously) )*(?:hears?|heard)\b", re.I)
_HEARER = re.compile(
    r"\b(?:courts?|jury|jurors|trial|inquest|inquiry|enquiry|hearing|tribunal|panel|committee"
    r"|commission|magistrates|judges?|mps|senators|lawmakers)$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:told|informed|urged|warned|asked|ordered|advised|encouraged|reminded|instructed|begged|invited"
    r"|forbidden|implored)$"
)
"""Participles whose verb has somebody who is told right behind it, unless it is a passive."""
_TO = re.compile(r" ?(?:not )?to [a-z]")
_NEEDED = re.compile(r"(?:told|reminded|informed|assured)$")
_CLAUSE = re.compile(r" ?(?:(?:they|he|she|we|I|that|how|about|by)\b)")
"""Verbs that need whom they tell, where others go on with a clause: "Lee warned that"."""
_ASKS = re.compile(r"(?:asked|begged)$")
_HIT = re.compile(
    r"(?:slammed|criticised|criticized|blasted|accused|blamed|condemned|mocked|praised|charged"
    r"|called out|quizzed|grilled)(?: (?:for|over|of|with|by|after))?$"
)
"""The same of verbs that say something of somebody."""
_FOR = re.compile(r" ?(?:for|over|of|with|by|after) ")
_AUXILIARY = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets|got)\b")


def voiceless(text: str, found: AttributionCandidate, *, headline: bool) -> AttributionCandidate:
    """The candidate without its source where that one hears, or is told or hit, in a passive."""
    if found.source is None or found.cue is None:
        return found
    cue = text[found.cue.start : found.cue.end]
    source = text[found.source.start : found.source.end]
    hears = _HEARS.match(cue) and _HEARER.search(source)
    if hears or (_follows(text, found) and _passive(text, found.cue, headline=headline)):
        return msgspec.structs.replace(found, source=None)
    return found


def _follows(text: str, found: AttributionCandidate) -> bool:
    """Whether the cue stands right behind the source, which is the subject of both readings."""
    if found.source is None or found.cue is None or found.source.end >= found.cue.start:
        return False
    return not text[found.source.end : found.cue.start].strip()


def _passive(text: str, span: Span, *, headline: bool) -> bool:
    """Whether a participle alone is the cue and nobody stands behind it who is told or hit."""
    cue, end = text[span.start : span.end], span.end
    if _AUXILIARY.search(cue):
        return False
    if _NEEDED.fullmatch(cue) and _CLAUSE.match(text, end):
        return True
    if _TOLD.fullmatch(cue) and _TO.match(text, end):
        return headline or not _ASKS.fullmatch(cue)  # "Lee asked to go" is Lee's, in a sentence
    if not headline or not (hit := _HIT.fullmatch(cue)):
        return False
    return " " in hit.group().removeprefix("called ") or bool(_FOR.match(text, end))
