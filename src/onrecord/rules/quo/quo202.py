"""
## What it finds
A quotation mark that is never closed, the newspaper convention for quotations of several paragraphs
allowed for.

## Why it matters
After an odd mark no reader can tell where somebody's words end.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: ⟦"⟧[q1 The bridge is late.]

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge is late.] ¶ [q1 "It will open in May."]

The pipe is 6" wide, and the '90s are long gone.

## Known misses
Two odd marks in one paragraph look like one quotation.
"""

from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule


@rule(
    code="QUO202",
    name="unbalanced-quotation-marks",
    message="this quotation mark is never closed. Ask: where do the quoted words end?",
    severity="warning",
    standards=("reuters",),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    for quote in context.analysis.quotes:
        if not quote.closed:
            start = quote.span.start
            yield Hit(span=Span(start, start + len(quote.marks[0])))
