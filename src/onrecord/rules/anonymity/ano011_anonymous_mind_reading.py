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

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee was anxious that the bridge be kept].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee thought it could hurt the town].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee explained how she felt betrayed].

## Known misses
Feelings in words that are not on the list, and those that stand behind a verb of saying in the same sentence: they
may be what the person told.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import named_near, unnamed_contents
from ...records import Analysis, Context, Hit, Related, Source, Span
from .. import rule

_FEELS = re.compile(
    r"(?<!\bI )(?<!\bwe )\b(?:feels|(?:is|was|'s|’s|are|were) (?:now |really |secretly "
    r"|still )?feeling) (?:\w{1,40} )?\w{1,40}",
    re.IGNORECASE,
)
_CLOSE = re.compile(
    r"\b(?:friends?|pals?|close|confidante?s?|relatives?|family|sister|brother)\b", re.IGNORECASE
)
_BEING = (
    r"(?:\b(?:is|are|was|were|be|been|being|left|looks?|looked|seems?|seemed|grew|became)|[’']s"
    r"|[’']re)\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,2}$"
)
_FELT = r"\b(?:feels?|felt|feeling)\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,2}$"
_IN_BEING = re.compile(rf"{_BEING}|{_FELT}", re.IGNORECASE)
_IN_FEELING = re.compile(_FELT, re.IGNORECASE)
_STATES = frozenset("anxious bitter crushed embarrassed hurt relieved".split())
"""Words for a feeling only behind "is" or "feels": a bitter fight and what may hurt a plan are
none."""
_EVENTS = frozenset("betrayed humiliated trapped".split())
"""Words for a feeling only behind "feels": whoever "was betrayed" need not feel it."""
_WISHED = re.compile(r"\s{1,20}(?:that|to|for|of (?:his|her|their|its|the))\b")
"""Anxious that something be done, relieved of a post."""
_OWN_WORDS = re.compile(
    rf"(?:{SPEECH_CUE.pattern}|\b(?:told|explained|confessed|admitted)\b)(?! (?:reporters|the)\b)",
    re.IGNORECASE,
)
"""What one of the people in it says of themselves stands in the content by its own verb."""
LEAST = 0.5


@rule(
    code="ANO011",
    name="anonymous-mind-reading",
    message="An unnamed source tells what a named person feels: “{words}”. "
    "Ask: how would this source know, and did the person say so?",
    severity="warning",
    standards=("ap", "wapo"),
    scope="all",
    house_accepted=True,
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
    listed = lexicon("judgement", "feelings")
    for match in re.finditer(r"[\w-]{1,40}", text[span.start : span.end]):
        place = Span(span.start + match.start(), span.start + match.end())
        word = match.group().lower()
        if word in listed and place.start >= at and _meant(text, span, place, word):
            yield place


def _meant(text: str, span: Span, place: Span, word: str) -> bool:
    """Whether a word that has other senses is a feeling here, and not one that its holder told
    of."""
    before = re.split(r"[.!?]\s", text[span.start : place.start])[-1]
    if word in _EVENTS and not _IN_FEELING.search(before):
        return False
    if word in _STATES and not _IN_BEING.search(before):
        return False
    if word in ("anxious", "relieved") and _WISHED.match(text, place.end):
        return False
    return not _OWN_WORDS.search(before)


def _bare(analysis: Analysis, source: Source) -> bool:
    text = analysis.article.text
    return any(
        re.search(r"\b(?:source|insider)s?\b", text[m.start : m.end], re.IGNORECASE)
        for m in source.mentions
    )
