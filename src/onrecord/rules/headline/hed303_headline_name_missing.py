"""
## What it finds
A person's name in the headline of whom no part stands in the body.

## Why it matters
A reader who opens the story for a name finds nothing on it: the headline was written for another
draft, or the name is wrong.

## Fires on
[h ⟦Ann Lee⟧ shuts the harbour bridge] ¶ The board shut the bridge on Monday. It rained.

## Stays silent on
[h Ann Lee shuts the harbour bridge] ¶ The board shut the bridge on Monday. Lee was there.

[h The Board Shuts the Bridge] ¶ The council shut the bridge on Monday. It rained.

## Known misses
Surnames alone, which a headline in capitals doesn't set apart; a nickname that the body explains.
"""

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.lookup import WORD, headline
from ...records import Context, Hit, Span
from .. import rule

_NAME = re.compile(r"\b([A-Z][a-z]{1,40})(?: [A-Z]\.)? ([A-Z][a-zA-Z]{2,})(?:['’]s)?(?!\w)")
_ALSO_WORDS = lexicon("people", "also_words")
"""Given names that are words or places as well, which a headline in capitals can't tell apart."""


@rule(
    code="HED303",
    name="headline-name-missing",
    message="the headline names {name}, whom the body never mentions. Ask: is it the right name?",
    severity="warning",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, head = analysis.article.text, headline(analysis)
    if head is None or not text[head.span.end :].strip():
        return
    given = (lexicon("names", "female") | lexicon("names", "male")) - _ALSO_WORDS
    body: set[str] | None = None
    for match in _NAME.finditer(text, head.span.start, head.span.end):
        if match.group(1) not in given:
            continue
        if body is None:
            row = WORD.findall(text[head.span.end :].replace("’", "'"))
            body = {w.lower().removesuffix("'s") for w in row}
        parts = [match.group(1).lower(), match.group(2).lower()]
        if not any(part in body or _inside(part, body) for part in parts):
            span = Span(match.start(1), match.end(2))
            yield Hit(span=span, values={"name": text[span.start : span.end]})


def _inside(part: str, body: set[str]) -> bool:
    """Whether a word of the body begins with the name: a plural, an adjective made of it."""
    return len(part) > 3 and any(word.startswith(part) for word in body)
