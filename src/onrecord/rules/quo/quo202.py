"""
## What it finds
A quotation mark that is never closed, or one that closes what was never opened. Allowed for: the newspaper
convention for quotations of several paragraphs, marks within marks that balance, a quotation whose
end stands a line or some paragraphs further down.

## Why it matters
After an odd mark no reader can tell where somebody's words end.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: ⟦"⟧[q1 The bridge is late.]

[s1 person=Ann_Lee Ann Lee] [c1 called the ferry] ⟦“⟧[q1 late“ and the bridge later].

[s1 person=Ann_Lee Ann Lee] [c1 called the ferry] [q1 late⟦”⟧ and “worse”].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge is late.] ¶ [q1 "It will open in May."]

The pipe is 6" wide, and the '90s are long gone.

"The bridge is late, and we know it. ¶ Ann Lee, harbour chief" ¶ The chief spoke in May.

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 “They call it “late” and laugh.”]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "They shout "late" at us."]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "They shout “late” or “too late.”"]

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 “The bridge, which was ¶ closed, is late.”]

The bridge is late: [q1 “It was to open in May. ¶ The board called it ‘safe’ and “sound.” ¶ It is neither.”]

## Known misses
Two odd marks in one paragraph look like one quotation; an odd mark further down can hide an earlier one.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Hit, Quote, Span
from .. import rule
from ..reading import block_at, embedded

REACH = 6
"""Paragraphs further down in which a quotation may still close."""
_DOUBLE = re.compile(r"''|[\"“”„«»]")
_FEET = re.compile(r"\d['’]\d{1,2}\Z")
_BEFORE = "([{-–—―/…\"“”‘'’„`"
_AFTER = ".,;:!?)]}-–—―/…\"“”’'‘`"


@rule(
    code="QUO202",
    name="unbalanced-quotation-marks",
    message="this quotation mark is never {done}. Ask: where do the quoted words {turn}?",
    severity="warning",
    standards=("reuters",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    others = embedded(analysis.article.text)
    for quote in analysis.quotes:
        start = quote.span.start
        if quote.closed or any(s.start <= start < s.end for s in others):
            continue
        if analysis.article.text[quote.inner.start] == ">":
            continue  # the end of an attribute that a tag left in the text
        if not _ends_a_word(analysis, quote) and not _closes_below(analysis, quote):
            span = Span(start, start + len(quote.marks[0]))
            yield Hit(span=span, values={"done": "closed", "turn": "end"})
    for place in _unopened(analysis):
        span = Span(place, place + 1)
        if not any(s.start <= place < s.end for s in others):
            yield Hit(span=span, values={"done": "opened", "turn": "begin"})


def _ends_a_word(analysis: Analysis, quote: Quote) -> bool:
    """Whether an opening mark stands behind a word, as a closing one would: the first mark's fault."""
    text, start = analysis.article.text, quote.span.start
    after = text[quote.inner.start : quote.inner.start + 1]
    return start > 0 and not text[start - 1].isspace() and not after.isalnum()


def _shape(text: str, match: re.Match[str]) -> int:
    """1 for a mark that opens, -1 for one that closes, 0 where its place does not tell."""
    mark = match.group()
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    left = not before or before.isspace() or before in _BEFORE
    right = not after or after.isspace() or after in _AFTER
    if (
        before == "="
        or after == ">"
        or (
            mark == "”"
            and before.isdigit()
            and _FEET.search(text[max(0, match.start() - 5) : match.start()])
        )
    ):
        return 0
    if mark in "“„«":
        return 1 if left or not right else 0
    if mark in "”»":
        return -1
    if left and right and before and before in "”’'\"" and (not after or after.isspace()):
        return -1
    if left and right and after and after in "“‘'\"":
        return 1
    return 0 if left == right else 1 if left else -1


def _closes_below(analysis: Analysis, quote: Quote) -> bool:
    """Whether the marks behind an opening one balance, in its paragraph or in those that follow."""
    if len(quote.marks[0]) == 1 and quote.marks[0] not in '"“„«':
        return False
    text, blocks = analysis.article.text, analysis.article.blocks
    n = block_at(blocks, quote.span.start)
    depth, start = 1, quote.inner.start
    for block in blocks[n : n + REACH + 1]:
        for match in _DOUBLE.finditer(text, max(start, block.span.start), block.span.end):
            depth += _shape(text, match)
            if depth == 0:
                return True
    return False


def _unopened(analysis: Analysis) -> Iterator[int]:
    """Curly closing marks in front of which, up to some paragraphs, no mark opens a quotation.

    The first of a paragraph: what follows it there may be its consequence.
    """
    text, blocks = analysis.article.text, analysis.article.blocks
    pending = -REACH - 1
    for n, block in enumerate(blocks):
        depth = 0
        marks = [
            (m, _shape(text, m)) for m in _DOUBLE.finditer(text, block.span.start, block.span.end)
        ]
        for match, shape in marks:
            if shape < 0 and match.group() == "”" and depth == 0 and n - pending > REACH:
                if all(m.group() in "“”" for m, _ in marks):
                    yield match.start()
                break
            depth = max(0, depth + shape)
        if depth:
            pending = n
