"""
## What it finds
The same utterance of the same speaker in two wordings, in one article: in the headline and the body,
or in the body and a caption.

## Why it matters
Only one of two wordings can be what was said. Anybody can see both.

## Fires on
[h Lee: ⟦"The bridge will never open again"⟧]
¶ [q1 "The bridge will not open again,"] [s1 person=Ann_Lee Ann Lee] [c1 said].

## Stays silent on
[h Lee: "The bridge will not open again"]
¶ [q1 "The bridge will not open again,"] [s1 person=Ann_Lee Ann Lee] [c1 said].

[h Lee: "Never open again"]
¶ [q1 "The bridge will not open again,"] [s1 person=Ann_Lee Ann Lee] [c1 said].

## Known misses
Quotations of fewer than five words; wordings that differ in more than two words.
"""  # noqa: E501

from collections.abc import Iterator, Sequence

from ...query.lookup import block_at, words
from ...records import Context, Hit, Related
from .. import rule

LEAST = 5
"""Words from which two quotations can be the same utterance."""


@rule(
    code="QUO203",
    name="same-quote-differs",
    message="Two wordings of what seems one utterance: “{one}” and “{two}”. Ask: which was said?",
    severity="error",
    standards=("ap", "reuters", "ipso"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    outer = [q for q in analysis.quotes if q.parent is None and q.closed and q.marks[1]]
    apart = [
        q
        for q in outer
        if blocks[block_at(blocks, q.span.start)].role in ("headline", "caption", "standfirst")
    ]
    body = [q for q in outer if q not in apart]
    said = [(q, words(text, q.inner)) for q in body]
    for quote in apart:
        mine = words(text, quote.inner)
        if len(mine) < LEAST or any(_holds(other, mine) for _, other in said):
            continue
        for other, theirs in said:
            if (place := _nearly(mine, theirs)) is not None:
                one = text[quote.inner.start : quote.inner.end]
                yield Hit(
                    span=quote.span,
                    values={"one": one, "two": " ".join(theirs[place : place + len(mine)])},
                    related=(Related(other.span, "the other wording"),),
                )
                break


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    return any(
        longer[n : n + len(shorter)] == shorter for n in range(len(longer) - len(shorter) + 1)
    )


def _nearly(mine: Sequence[str], theirs: Sequence[str]) -> int | None:
    """Where words of the other quotation differ from these in one or two, and begin and end
    alike."""
    for n in range(len(theirs) - len(mine) + 1):
        part = theirs[n : n + len(mine)]
        wrong = sum(a != b for a, b in zip(mine, part, strict=True))
        if 1 <= wrong <= max(1, len(mine) // 5) and part[0] == mine[0] and part[-1] == mine[-1]:
            return n
    return None
