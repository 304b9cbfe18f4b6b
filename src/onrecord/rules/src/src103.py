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

## Known misses
A role that stands far from the name and was not linked to it. Artists and saints who have one name.

## Options
`known`: further surnames that need no introduction.
"""

import re
from collections.abc import Iterator

from ...data.words import words as listed
from ...records import Context, Hit
from .. import rule
from ..reading import first_mention, others, outermost, statements

_TITLED = re.compile(
    r"(?:\b(?:President|Senator|Sen\.|Rep\.|Gov\.|Governor|Judge|Justice|Dr\.?|Sir|Lord|Lady|King|Queen|Prince|Princess|Pope|Gen\.|General"
    r"|Sgt\.|Lt\.|Capt\.|Officer|Detective|Father|Sister|Rabbi|Imam|[a-z]+(?:er|or|man|woman|ist|ian|ant|ent|ive|ary|ess|yst))|'s|’s)\s+$"
)
_ROLE_AFTER = re.compile(
    r"\s*(?:,\s+(?:an?|the|who|whose|his|her|\d\d|[a-z]+)\b|\(|,\s+[A-Z]|\s+(?:of|from) )"
)


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
    full = {word for p in analysis.people for word in p.name.split()[1:] if " " in p.name}
    for source in analysis.sources:
        name = source.name or ""
        if source.kind != "person" or not re.fullmatch(r"[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)?", name):
            continue
        if source.title or name in known or name in full or source.confidence < 0.5:
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
        if re.search(
            rf"[A-Z][\w.’'-]*[\"”’']? {re.escape(name)}\b|\b{re.escape(name)}\W+[A-Z“\"]\w+", text
        ):
            continue
        named = [m for m in source.mentions if text[m.start].isupper()] or [first_mention(source)]
        yield Hit(
            span=named[0],
            values={"name": f"“{name}”"},
            related=others(source, "the same voice"),
            confidence=source.confidence,
        )
