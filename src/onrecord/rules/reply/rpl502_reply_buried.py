"""
## What it finds
An unnamed source who accuses a named person early in the text, where the first answer to it stands in
the last 30 % of it.

## Why it matters
Readers who stop halfway know the charge and not the answer.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee ⟦bullied⟧ the crew]. ¶ The bridge was built by
the board in the spring. It rained for most of the week, and the crew stood idle on the quay. The board
met twice, and twice it went home again without a vote on any of the plans. ¶ Lee declined to comment.

## Stays silent on
[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee bullied the crew]. Lee declined to comment. ¶
The bridge was built by the board in the spring. It rained for most of the week, and the crew stood
idle on the quay. The board met twice, and twice it went home again without a vote on the plans.

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee bullied the crew].

## Known misses
An answer that speaks of the matter without any of the usual words; an early answer to something else.
"""  # noqa: E501

from collections.abc import Iterator

from ...records import Context, Hit, Related, Span
from .. import rule
from ._replies import accusations, answers

LATE = 0.7
"""Share of the text after which an answer is buried."""
EARLY = 0.5
"""Share of the text before which the accusation must stand."""


@rule(
    code="RPL502",
    name="reply-buried",
    message="An unnamed source accuses a named person (“{word}”), and the answer stands in the last"
    " "
    "third. Ask: can it come up?",
    severity="note",
    status="preview",
    standards=("bbc", "ap"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    if not (replies := answers(analysis)) or replies[0] < LATE * len(text):
        return
    for places in accusations(analysis).values():
        first, *more = places
        if first.start < EARLY * len(text):
            related = [Related(p, "and here") for p in more]
            related.append(Related(Span(replies[0], replies[0] + 1), "the first answer"))
            yield Hit(
                span=first,
                values={"word": text[first.start : first.end]},
                related=tuple(related),
            )
