"""
## What it finds
A detail of the method, in a paragraph about a suicide. The message does not repeat it.

## Why it matters
Detail of a method leads others to it; every code on suicide asks to leave it out.

## Fires on
He took his own life in May. He had ⟦jumped from⟧ the harbour bridge.

## Stays silent on
He took his own life in May. A helpline is open all night.

He took his own life in May. The inquest heard that he had jumped from the bridge.

The diver jumped from the bridge. It rained.

The suicide bomber jumped from a truck.

## Known misses
Methods that the list doesn't hold; paragraphs that don't say that it was a suicide; too much detail
in the report of an inquest, whose usual forms (the cause of death) are let pass.
"""

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...records import Context, Hit, Span
from .. import rule

_CONTEXT = re.compile(
    r"\bsuicid(?:e|al)\b(?! (?:bomb|attack|vest|mission|squad|blast|truck|car|pact with|terror))"
    r"|\b(?:took|taken|taking|takes|take) (?:his|her|their) own li(?:fe|ves)\b"
    r"|\b(?:killed|killing|kill) (?:himself|herself|themselves)\b(?! (?:accident|when|while))",
    re.IGNORECASE,
)
_ACCIDENT = re.compile(r"\baccident(?:s|al|ally)?\b", re.IGNORECASE)
_INQUEST = re.compile(
    r"\b(?:inquest|coroner(?:[’']s)?|cause of death|post-mortem)\b", re.IGNORECASE
)
"""Forms of an inquest, which is to say how somebody died."""
_FIGURE = re.compile(r"\b(?:political|career|economic|social|assisted)\s{1,20}$", re.IGNORECASE)


@rule(
    code="SEN702",
    name="suicide-method-detail",
    message="A paragraph on a suicide tells how it was done. Ask: does the reader need the method?",
    severity="warning",
    status="preview",
    standards=("ipso", "bbc"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    phrases = sorted(lexicon("risk", "method"), key=lambda p: (-len(p), p))
    method = re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
    for block in context.analysis.article.blocks:
        start, end = block.span.start, block.span.end
        if not any(
            not _FIGURE.search(text[max(start, m.start() - 12) : m.start()])
            for m in _CONTEXT.finditer(text, start, end)
        ):
            continue
        if _INQUEST.search(text, start, end):
            continue
        if _ACCIDENT.search(text, start, end):
            continue
        if match := method.search(text, start, end):
            yield Hit(span=Span(*match.span()))
