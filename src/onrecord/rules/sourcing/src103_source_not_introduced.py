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

According to [s1 person=Orr Orr], the bridge had [q1 "4,000 crossings"] a day.

[s1 person=Pundits Pundits] [c1 call] it [q1 "the bridge to nowhere."]

[s1 person=Orr Orr] [c1 said] [q1 "the bridge is not liked"] in its poll.

[s1 person=Orrans Orrans] 8:1 [c1 says]: [q1 "Build no bridge."]

[s1 person=Harper Harper] [c1 said] [q1 "the offer is low"]. Harper and Row Inc was founded in 1817.

[s1 person=Orrjug Orrjug] [c1 said] [q1 "the plant lost money"]. The official Orrjug news agency has the story.

## Known misses
A role that stands far from the name and was not linked to it. Artists and saints who have one name.

## Options
`known`: further surnames that need no introduction.
"""  # noqa: E501

import re
from collections.abc import Iterator

from rapidfuzz.fuzz import ratio

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import first_mention, others, outermost, statements
from ...records import Attribution, Context, Hit, Span
from .. import option, rule
from ._surnames import no_surname

_TITLED = re.compile(
    r"(?:\b(?:President|Senator|Sen\.|Rep\.|Gov\.|Governor|Judge|Justice|Dr\.?|Sir|Lord|Lady|King"
    r"|Queen|Prince|Princess|Pope|Gen\.|General"
    r"|Sgt\.|Lt\.|Capt\.|Officer|Detective|Father|Sister|Rabbi|Imam|[a-z]{1,40}(?:er|or|man|woman"
    r"|ist|ian|ant|ent|ive|ary|ess|yst))|'s|’s)\s{1,20}$"
)
_ROLE_AFTER = re.compile(
    r"\s{0,20}(?:,\s{1,20}(?:an?|the|who|whose|his|her|\d\d|[a-z]{1,40})\b|\(|,\s{1,20}[A-Z]"
    r"|\s{1,20}(?:of|from) )"
)
_SLIP = 75
"""Likeness, in per cent, from which a surname is a full name's with a slip: `NUM408` reports
these."""


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
    known = lexicon("wording", "well_known") | frozenset(option(context, check, "known"))
    full = {word for p in analysis.people for word in p.name.split() if " " in p.name}
    ordinary: dict[str, bool] = {}
    for source in analysis.sources:
        name = source.name or ""
        if source.kind != "person" or not re.fullmatch(
            r"[A-Z][a-z]{1,40}(?:[-'’][A-Z]?[a-z]{1,40})"
            r"?",
            name,
        ):
            continue
        if source.title or name in known or source.confidence < 0.5:
            continue
        if name not in ordinary:
            slip = any(ratio(name, word) >= _SLIP for word in full)
            ordinary[name] = slip or no_surname(text, name)
        if ordinary[name] or not text.startswith(name, _after_title(text, source.mentions[0])):
            continue
        said = [a for a in statements(analysis, source) if _speaks(text, a)]
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


def _speaks(text: str, a: Attribution) -> bool:
    """Whether somebody is quoted with a verb of saying: "according to Orr" may be a firm's
    figures."""
    cue = text[a.cue.start : a.cue.end] if a.cue else ""
    return a.form != "indirect" and "according" not in cue.lower() and bool(SPEECH_CUE.search(cue))


def _after_title(text: str, span: Span) -> int:
    """Where a name starts behind "Mr." or "Ms."."""
    match = re.compile(r"(?:Mr|Mrs|Ms|Miss)\.? ").match(text, span.start)
    return match.end() if match else span.start
