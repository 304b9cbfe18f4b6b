"""
## What it finds
"He said" or "she said" where two people fit: both are named in one sentence just before, and the pronoun could
not be settled between them.

## Why it matters
A reader who guesses wrong puts the words in the wrong mouth.

## Fires on
[s3 person=Ann_Lee Ann Lee] met [s4 person=Eve_Orr Eve Orr] at noon. [q1 The bridge would close], ⟦[s1 person=Ann_Lee of=3 rival=4 she]⟧ [c1 said].

## Stays silent on
[s3 person=Ann_Lee Ann Lee] met the board at noon. [q1 The bridge would close], [s1 person=Ann_Lee of=3 she] [c1 said].

[s3 person=Ann_Lee Ann Lee] met [s4 person=Eve_Orr Eve Orr] at noon. The rain fell. Ann Lee went home. [q1 The bridge would close], [s1 person=Ann_Lee of=3 rival=4 she] [c1 said].

## Known misses
Two people who are told apart only by what each would say are reported. Pronouns inside quotations are not looked at.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Related, Span
from .. import rule
from ..reading import source_of
from ..voices import sentence_at

_PRONOUN = re.compile(r"(?:he|she)\b", re.IGNORECASE)


@rule(
    code="SRC102",
    name="ambiguous-pronoun-source",
    message="“{pronoun}” may be {one} or {other}. Ask: who said this?",
    severity="warning",
    status="preview",
    standards=("reuters", "spj"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    people = {p.id: p for p in analysis.people}
    seen = set()
    for a in analysis.attributions:
        if a.source is None or a.source in seen or a.parent is not None or len(a.rivals) != 1:
            continue
        voice = source_of(analysis, a)
        one = people.get(voice.person_id or "") if voice else None
        other = people.get(a.rivals[0])
        if not _PRONOUN.match(text, a.source.start) or one is None or other is None:
            continue
        if one.gender and other.gender and one.gender != other.gender:
            continue
        before = analysis.sentences[max(0, sentence_at(analysis, a.source.start) - 1)]
        reach = Span(before.start, min(before.end, a.source.start))
        named = [
            next(
                (
                    m
                    for m in p.mentions
                    if reach.start <= m.start < reach.end and text[m.start].isupper()
                ),
                None,
            )
            for p in (one, other)
        ]
        if named[0] and named[1]:
            seen.add(a.source)
            yield Hit(
                span=a.source,
                values={
                    "pronoun": text[a.source.start : a.source.end],
                    "one": f"“{one.name}”",
                    "other": f"“{other.name}”",
                },
                related=(Related(named[0], "fits"), Related(named[1], "fits as well")),
                severity="note" if a.confidence < 0.6 else None,
                confidence=a.confidence,
            )
