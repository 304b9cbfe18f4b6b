"""
## What it finds
An unnamed source that says what a named person feels. Where the source is said to be close to the
person, it is a note. What people plan or intend is ordinary reporting and stays out.

## Why it matters
Nobody but the person knows. Told by a voice without a name, it can't be checked or answered.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee ⟦feels trapped⟧].

[s1 anonymous withheld A close friend of the couple] [c1 said]: [q1 "Ann Lee is ⟦heartbroken⟧."]

## Stays silent on
[s1 anonymous withheld An aide] [c1 said] [q1 Ann Lee planned to resign].

[s1 person=Tom_Pell Tom Pell] [c1 said] [q1 Ann Lee was heartbroken].

[s1 anonymous withheld A source] [c1 said]: [q1 "I feel trapped."]

## Known misses
Feelings in words that are not on the list.
"""

import re
from collections.abc import Iterator

from ...data.words import words
from ...records import Analysis, Context, Hit, Related, Source, Span
from .. import rule
from ..reading import named_near, unnamed_contents

_FEELS = re.compile(
    r"(?<!\bI )(?<!\bwe )\b(?:feels|(?:is|was|'s|’s|are|were) (?:now |really |secretly |still )?feeling) (?:\w+ )?\w+",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"\b(?:friends?|pals?|close|confidante?s?|relatives?|family|sister|brother)\b", re.IGNORECASE
)
LEAST = 0.5


@rule(
    code="ANO011",
    name="anonymous-mind-reading",
    message="An unnamed source tells what a named person feels: “{words}”. "
    "Ask: how would this source know, and did the person say so?",
    severity="warning",
    standards=("ap", "wapo"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    found: dict[str, tuple[Source, list[Span]]] = {}
    for source, span in unnamed_contents(analysis, LEAST):
        for place in _feelings(text, span):
            if named_near(analysis, place):
                found.setdefault(source.id, (source, []))[1].append(place)
    for source, places in found.values():
        first, *more = sorted(set(places))
        close = any(_CLOSE.search(text, m.start, m.end) for m in source.mentions)
        yield Hit(
            span=first,
            values={"words": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p in more),
            severity="note" if close and not _bare(analysis, source) else None,
        )


def _feelings(text: str, span: Span) -> Iterator[Span]:
    at = -1
    for match in _FEELS.finditer(text, span.start, span.end):
        at = match.end()
        yield Span(*match.span())
    listed = words("judgement", "feelings")
    for match in re.finditer(r"[\w-]+", text[span.start : span.end]):
        place = Span(span.start + match.start(), span.start + match.end())
        if match.group().lower() in listed and place.start >= at:
            yield place


def _bare(analysis: Analysis, source: Source) -> bool:
    text = analysis.article.text
    return any(
        re.search(r"\b(?:source|insider)s?\b", text[m.start : m.end], re.IGNORECASE)
        for m in source.mentions
    )
