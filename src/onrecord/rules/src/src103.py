"""
## What it finds
Somebody who is quoted by surname alone, and whose full name or role is nowhere in the article.

## Why it matters
Readers can't know who speaks. Often the paragraph that introduced the person has been cut.

## Fires on
[q1 "The bridge will close in May,"] [c1 said] ⟦[s1 person=Pell Pell]⟧.

## Stays silent on
[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. [q2 "It is late,"] [c2 said] [s2 person=Jon_Pell of=1 Pell].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Pell title=harbour_master harbour master Pell].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Obama Obama].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. [q2 "It is late,"] [c2 said] [s2 person=Plel Plel].

[s1 person=Pundits Pundits] [c1 call] it [q1 "the bridge to nowhere."]

[s1 person=Orr Orr] [c1 said] [q1 "the bridge is not liked"] in its poll.

[s1 person=Orrans Orrans] 8:1 [c1 says]: [q1 "Build no bridge."]

## Known misses
A role that stands far from the name and was not linked to it. Artists and saints who have one name.

## Options
`known`: further surnames that need no introduction.
"""

import re
from collections.abc import Iterator

from rapidfuzz.fuzz import ratio

from ...data.words import words as listed
from ...records import Context, Hit, Span
from .. import rule
from ..reading import first_mention, others, outermost, statements

_TITLED = re.compile(
    r"(?:\b(?:President|Senator|Sen\.|Rep\.|Gov\.|Governor|Judge|Justice|Dr\.?|Sir|Lord|Lady|King|Queen|Prince|Princess|Pope|Gen\.|General"
    r"|Sgt\.|Lt\.|Capt\.|Officer|Detective|Father|Sister|Rabbi|Imam|[a-z]+(?:er|or|man|woman|ist|ian|ant|ent|ive|ary|ess|yst))|'s|’s)\s+$"
)
_ROLE_AFTER = re.compile(
    r"\s*(?:,\s+(?:an?|the|who|whose|his|her|\d\d|[a-z]+)\b|\(|,\s+[A-Z]|\s+(?:of|from) )"
)
_ISSUED = re.compile(
    r"(?:['’]s)? (?:\w+ )?(?:polls?|surveys?|reports?|stud(?:y|ies)|data|research|index|\d+)\b"
    r"|[^.\n]{0,60}\b(?:its|itself)\b"
)
_FIRST = re.compile(r"[A-Z][\w.’'-]*[\"”’']? $")
_LAST = re.compile(r"\W+[A-Z“\"]\w+")
_SLIP = 75
"""Likeness, in per cent, from which a surname is a full name's with a slip: `NUM408` reports these."""


@rule(
    code="SRC103",
    name="source-not-introduced",
    message="{name} is quoted by one name, and no full name or role was found. Ask: who is this?",
    severity="warning",
    status="preview",
    standards=("spj", "reuters"),
    scope="all",
    options={"known": []},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    options = context.settings.options.get("SRC103", {})
    known = listed("wording", "well_known") | frozenset(options.get("known", ()))
    full = {word for p in analysis.people for word in p.name.split() if " " in p.name}
    ordinary: dict[str, bool] = {}
    for source in analysis.sources:
        name = source.name or ""
        if source.kind != "person" or not re.fullmatch(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?", name):
            continue
        if source.title or name in known or source.confidence < 0.5:
            continue
        if name not in ordinary:
            slip = any(ratio(name, word) >= _SLIP for word in full)
            ordinary[name] = slip or _common(name, text) or _thing(text, name) or _full(text, name)
        if ordinary[name] or not text.startswith(name, _after_title(text, source.mentions[0])):
            continue
        said = [a for a in statements(analysis, source) if a.form != "indirect"]
        if not outermost(analysis, source) or not any(a.confidence >= 0.7 for a in said):
            continue
        person = next((p for p in analysis.people if p.id == source.person_id), None)
        mentions = {*source.mentions, *(person.mentions if person else ())}
        if any(
            _TITLED.search(text[max(0, m.start - 30) : m.start])
            or _ROLE_AFTER.match(text[m.end : m.end + 20])
            or (text[m.start].islower() and " " in text[m.start : m.end])
            for m in mentions
        ):
            continue
        named = [m for m in source.mentions if text[m.start].isupper()] or [first_mention(source)]
        yield Hit(
            span=named[0],
            values={"name": f"“{name}”"},
            related=others(source, "the same voice"),
            confidence=source.confidence,
        )


def _common(name: str, text: str) -> bool:
    """Whether a capital is only a sentence's: a word for people, or one that stands in small letters elsewhere."""
    low = name.lower()
    people = (
        listed("sources", key) for key in ("crowd", "individual", "roles", "withheld", "body")
    )
    return (
        any(low in found for found in people)
        or any(True for n in {low, low.removesuffix("s")} for _ in _places(text, n))
        or low.endswith(("sters", "ists", "ians"))
    )


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as a word of its own."""
    at, size = text.find(name), len(name)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + size : at + size + 1].isalnum()):
            yield at, at + size
        at = text.find(name, at + size)


def _thing(text: str, name: str) -> bool:
    """Whether a name is a body's or a book's: it has polls, reports and chapters, and is called "it"."""
    return any(
        text[max(0, start - 4) : start] in ("the ", "The ") or _ISSUED.match(text, end)
        for start, end in _places(text, name)
    )


def _full(text: str, name: str) -> bool:
    """Whether another name stands before a surname, or capitals or a quotation behind it, somewhere."""
    return any(
        _FIRST.search(text[max(0, start - 40) : start]) or _LAST.match(text, end)
        for start, end in _places(text, name)
    )


def _after_title(text: str, span: Span) -> int:
    """Where a name starts behind "Mr." or "Ms."."""
    match = re.compile(r"(?:Mr|Mrs|Ms|Miss)\.? ").match(text, span.start)
    return match.end() if match else span.start
