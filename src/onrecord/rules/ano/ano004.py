"""
## What it finds
A word that runs a named person down, in what an unnamed source says. Praise is a note.

## Why it matters
Agencies allow unnamed sources for facts, not for opinions of people: nobody answers for the insult,
and nobody can answer it.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 Mayor Ann Lee was ⟦arrogant⟧ with the crew].

[s1 anonymous withheld A friend] [c1 said]: [q1 "Tom Pell is a ⟦hero⟧."]

## Stays silent on
[s1 person=Tom_Pell Tom Pell] [c1 said] [q1 Mayor Ann Lee was arrogant].

[s1 anonymous withheld A source] [c1 said] [q1 the toxic waste plan would cost more].

[s1 anonymous A resident] [c1 said] [q1 Ann Lee was arrogant].

## Known misses
Insults in words that are not on the list; irony.

## Options
`words`: further words that run somebody down.
"""

import re
from collections.abc import Iterator

from ...data.words import words
from ...records import Context, Hit, Related, Span
from .. import rule
from ..reading import named_near, unnamed_contents

LEAST = 0.5
"""Confidence of the attribution below which nothing is said."""


@rule(
    code="ANO004",
    name="anonymous-opinion",
    message="“{word}” is an unnamed source's opinion of a named person. "
    "Ask: is there a fact to report, or a name to put to the opinion?",
    severity="warning",
    standards=("ap", "reuters", "wapo"),
    scope="all",
    options={"words": []},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    extra = context.settings.options.get("ANO004", {}).get("words", [])
    bad, good = words("judgement", "derogatory") | set(extra), words("judgement", "praise")
    found: dict[str, list[tuple[Span, bool]]] = {}
    for source, span in unnamed_contents(analysis, LEAST):
        for match in re.finditer(r"[\w-]+", text[span.start : span.end]):
            low = match.group().lower()
            if low not in bad and low not in good:
                continue
            place = Span(span.start + match.start(), span.start + match.end())
            if named_near(analysis, place):
                found.setdefault(source.id, []).append((place, low in bad))
    for places in found.values():
        ordered = sorted(set(places), key=lambda p: (not p[1], p[0]))
        first, hard = ordered[0]
        yield Hit(
            span=first,
            values={"word": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p, h in ordered[1:] if h == hard),
            severity=None if hard else "note",
        )
