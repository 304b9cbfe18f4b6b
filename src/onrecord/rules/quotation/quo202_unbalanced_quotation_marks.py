"""
## What it finds
A quotation mark that is never closed, or one that closes what was never opened; one that a single mark
closes; one where an apostrophe belongs. Allowed for: the newspaper convention for quotations of several
paragraphs, also where a text has lost its paragraphs, marks within marks that balance, a quotation whose
end stands a line or some paragraphs further down.

## Why it matters
After an odd mark no reader can tell where somebody's words end.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: ⟦"⟧[q1 The bridge is late.]

[s1 person=Ann_Lee Ann Lee] [c1 called the ferry] ⟦“⟧[q1 late“ and the bridge later].

[s1 person=Ann_Lee Ann Lee] [c1 called the ferry] [q1 late⟦”⟧ and “worse”].

The town⟦"⟧s new bridge is late, and nobody knows why.

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "They shout ⟦"⟧late again' at us."]

The board shut the town⟦'⟧'s bridge.

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge is late. "It will open in May," she said.]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge is late.] ¶ [q1 "It will open in May."]

The pipe is 6" wide, and the '90s are long gone.

"The bridge is late, and we know it. ¶ Ann Lee, harbour chief" ¶ The chief spoke in May.

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 “They call it “late” and laugh.”]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "They shout "late" at us."]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "They shout “late” or “too late.”"]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 “The bridge, which was ¶ closed, is late.”]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge is late, but ¶ it is safe. ¶ "It will open in May."]

The bridge is late: [q1 “It was to open in May. ¶ The board called it ‘safe’ and “sound.” ¶ It is neither.”]

## Known misses
Two odd marks in one paragraph look like one quotation; an odd mark further down can hide an earlier one. In a
text without paragraphs, a mark that is missing before the next quotation of the same speaker.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at, embedded
from ...records import Analysis, Context, Hit, Quote, Related, Span
from .. import rule
from ._marks import closes_below, unopened

LONG = 12
"""Sentences from which a paragraph is taken for several that have run together."""
_STOPS = ".?!…”\"'’"
_APOSTROPHE = re.compile(r"(?:(?<=[^\W\d_])|(?<=[>)]))(?:\"|'')s(?![\w'’])")
_SINGLE = re.compile(
    r"(?:(?<!\s)(?<!')'(?=\w)|[^\"'\n“”‘’])*+(?<=[\w.,!?])'(?=[\s.,;:!?)\"]"
    r"|\Z)(?! [a-z]{1,40}ing\b)"
)
_NEVER_CLOSED = ("is never closed", "where do the quoted words end")
_CLOSED_BY_OPENING = (("“", "“"), ("„", "„"), ("«", "«"))
_CLOSED_SINGLE = ("is closed by a single one", "which of the two is meant")


@rule(
    code="QUO202",
    name="unbalanced-quotation-marks",
    message="this quotation mark {what}. Ask: {question}?",
    severity="warning",
    standards=("reuters",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    others = embedded(text)
    for n, quote in enumerate(analysis.quotes):
        start = quote.span.start
        if any(s.start <= start < s.end for s in others):
            continue
        if quote.marks in _CLOSED_BY_OPENING:
            yield _hit(start, 1, "is closed by an opening one", "is it a slip of the keys")
        if quote.closed:
            continue
        if text[quote.inner.start] == ">" or _APOSTROPHE.match(text, start):
            continue  # the end of an attribute that a tag left in the text, or reported below
        if (
            _ends_a_word(analysis, quote)
            or closes_below(analysis, quote)
            or _broken(analysis, quote)
        ):
            continue
        after = analysis.quotes[n + 1] if n + 1 < len(analysis.quotes) else None
        if after and not text[quote.inner.end : after.span.start].strip(" "):
            if _SINGLE.match(text, after.inner.start) and text[quote.inner.end - 1] not in _STOPS:
                yield _hit(after.span.start, len(after.marks[0]), *_CLOSED_SINGLE)
                continue
            if _goes_on(analysis, quote, after):
                continue
        told = _CLOSED_SINGLE if _SINGLE.match(text, quote.inner.start) else _NEVER_CLOSED
        yield _hit(start, len(quote.marks[0]), *told)
    for place in unopened(analysis):
        if not any(s.start <= place < s.end for s in others):
            yield _hit(place, 1, "is never opened", "where do the quoted words begin")
    ends = {q.span.end - 1 for q in analysis.quotes if q.closed}
    places = [m.start() for m in _APOSTROPHE.finditer(text) if m.start() not in ends]
    if places:
        what, question = "stands where an apostrophe belongs", "is it a slip of the keys"
        yield Hit(
            span=Span(places[0], places[0] + 1),
            values={"what": what, "question": question},
            related=tuple(Related(Span(p, p + 1), "here too") for p in places[1:]),
        )


def _hit(place: int, length: int, what: str, question: str) -> Hit:
    return Hit(span=Span(place, place + length), values={"what": what, "question": question})


def _goes_on(analysis: Analysis, quote: Quote, after: Quote) -> bool:
    """Whether a text without paragraphs opens the same speaker's quotation again, as one with them
    would."""
    text, blocks = analysis.article.text, analysis.article.blocks
    block = blocks[block_at(blocks, quote.span.start)].span
    inside = [s for s in analysis.sentences if block.start <= s.start < block.end]
    if len(blocks) > 2 and len(inside) < LONG:
        return False
    if text[quote.inner.end - 1] not in _STOPS or not text[after.inner.start].isupper():
        return False
    told = [a.cue for a in analysis.attributions if a.cue and a.parent is None]
    return not any(
        quote.inner.start <= c.start < quote.inner.end and "'" not in text[c.end : c.end + 12]
        for c in told
    )


def _broken(analysis: Analysis, quote: Quote) -> bool:
    """Whether the page broke the lines of a quotation of several paragraphs: the paragraph goes on
    in small letters, and behind it the next one opens with a mark again."""
    text, blocks = analysis.article.text, analysis.article.blocks
    n = first = block_at(blocks, quote.span.start)
    while n + 1 < len(blocks) and text[blocks[n + 1].span.start].islower():
        n += 1
    return n > first and n + 1 < len(blocks) and text[blocks[n + 1].span.start] in '"“'


def _ends_a_word(analysis: Analysis, quote: Quote) -> bool:
    """Whether an opening mark stands behind a word, as a closing one would: the first mark's
    fault."""
    text, start = analysis.article.text, quote.span.start
    after = text[quote.inner.start : quote.inner.start + 1]
    return start > 0 and not text[start - 1].isspace() and not after.isalnum()
