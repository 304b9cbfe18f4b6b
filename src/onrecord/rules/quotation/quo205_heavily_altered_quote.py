"""
## What it finds
More than two brackets or ellipses in one sentence of a quotation.

## Why it matters
Words that are put in and left out that often are the reporter's as much as the speaker's.

## Fires on
Ann Lee said: ⟦"The [bridge] will ... close [in May] and ... stay shut."⟧

## Stays silent on
Ann Lee said: "The [bridge] will ... close in May."

Ann Lee said: "The [bridge] shakes." Then: "It will ... close." Then: "[In May] it shook."

Ann Lee said: "It shook...Then it fell...Nobody came. ... Then they did."

## Known misses
Ellipses that mark a pause and not an omission count as well.

## Options
`most`: how many brackets and ellipses a quoted sentence may have (2).
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import option, rule

_ALTERED = re.compile(r"\[[^\]\n]{1,80}\]|\.\.\.|…|\. \. \.")
_END = re.compile(
    r"(?<![.\s])[.!?](?=\s|$)|\s?(?:\.\.\.|…|\. \. \.)\.?(?=[“\"‘']?\s?\[?[A-Z][a-z]{0,40}\b)"
    r"(?!\s?I\b)"
)
"""Where a quoted sentence ends: at its stop, or at an ellipsis with a capital behind it, which then
stands between two sentences and leaves nothing out of either."""


@rule(
    code="QUO205",
    name="heavily-altered-quote",
    message="{count} brackets and ellipses in one quoted sentence. Ask: can it be paraphrased?",
    severity="note",
    status="preview",
    standards=("ap",),
    scope="all",
    options={"most": 2},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    most = option(context, check, "most")
    for quote in analysis.quotes:
        if quote.parent is not None:
            continue
        start = quote.inner.start
        ends = [m.end() for m in _END.finditer(text, quote.inner.start, quote.inner.end)]
        for end in [*ends, quote.inner.end]:
            count = len(_ALTERED.findall(text[start:end].rstrip(" .…")))
            if count > most:
                yield Hit(span=quote.span, values={"count": str(count)})
                break
            start = end
