"""
## What it finds
A note that calls it an update or a clarification where a fact was wrong and was changed.

## Why it matters
A correction that doesn't call itself one leaves readers with what they read first.

## Fires on
The bridge is shut. ¶ This article was ⟦updated⟧ to say that the bridge was shut on Monday, not on Tuesday.

The bridge is shut. ¶ ⟦Clarification⟧: an earlier version misstated the day on which it was shut.

## Stays silent on
The bridge is shut. ¶ This article was updated to add a comment from the board.

The bridge is shut. ¶ Correction: an earlier version misstated the day on which it was shut.

The board updated the plan, not the map.

## Known misses
Changes without any note, which only two versions show.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_NOTE = re.compile(
    r"\b(?:this|the|an earlier version of this) (?:article|story|post|piece|report|headline)\b"
    r"[^.\n]{0,60}?\b(?P<verb>updated|clarified|amended|edited|changed|revised)\b"
    r"|^(?P<label>clarification|update|editor['’]?s['’]? note)(?:\s{0,20}\([^)\n]{0,40}\))"
    r"?\s{0,20}[:–—-]",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\bmisstated|misidentified|misspelled|mistaken(?:ly)?|incorrect(?:ly)?|wrong(?:ly)?"
    r"|erroneous(?:ly)?"
    r"|inaccurate(?:ly)?|in error|rather than|, not\b|instead of\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bcorrect(?:ed|ion|ions|s|ing)\b", re.IGNORECASE)


@rule(
    code="COR802",
    name="correction-euphemism",
    message="“{word}” stands over a changed fact. Ask: should it be called a correction?",
    severity="note",
    status="preview",
    standards=("ap", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    for block in context.analysis.article.blocks:
        words = text[block.span.start : block.span.end]
        match = _NOTE.search(words)
        if match is None or _NAMED.search(words) or not _CHANGED.search(words, match.start()):
            continue
        part = "verb" if match.group("verb") else "label"
        start, end = (block.span.start + n for n in match.span(part))
        yield Hit(span=Span(start, end), values={"word": match.group(part).lower()})
