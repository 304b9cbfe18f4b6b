"""
## What it finds
Evaluative or sensational words in the reporter's own voice.

## Why it matters
A reader should be shown what happened, and left to judge it.

## Fires on
The ⟦shocking⟧ closure of the bridge came on Monday.

## Stays silent on
The police found an explosive device below the bridge.

[s1 person=Ann_Lee Ann Lee] [c1 called the closure] [q1 shocking].

The bridge closed on Monday.

## Known misses
Irony, and words that judge only in context.

## Options
`words`: further words of the house.
"""

import re
from collections.abc import Iterator

from ...data.words import words
from ...records import Context, Hit, Span
from .. import rule

_PLAIN = re.compile(
    r"explosive (?:devices?|powers?|belts?|vests?|materials?|charges?|ordnance|yield|substances?)\b"
    r"|(?<=No )Evil\b|(?<=the )evil eye\b",
    re.IGNORECASE,
)
"""Uses that name a thing or a title and judge nothing."""


@rule(
    code="LAN901",
    name="loaded-language",
    message="“{word}” judges in the reporter's own voice. Ask: what happened, in plain words?",
    severity="note",
    status="preview",
    standards=("reuters", "wikipedia"),
    options={"words": []},
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    own = {str(w).lower() for w in context.settings.options.get("LAN901", {}).get("words", [])}
    own |= {w.lower() for w in context.settings.loaded}
    listed = words("judgement", "loaded") | own
    for match in re.finditer(r"[\w-]+", text):
        if match.group().lower() in listed and not _PLAIN.match(text, match.start()):
            yield Hit(span=Span(*match.span()), values={"word": match.group()})
