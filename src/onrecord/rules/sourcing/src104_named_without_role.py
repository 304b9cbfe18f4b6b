"""
## What it finds
A named person who is quoted and of whom the article never says what they are: no post, no relation, no description.

## Why it matters
A name alone does not tell why this person is asked.

## Fires on
[q1 "The bridge will close in May,"] [c1 said] ⟦[s1 person=Jon_Pell Jon Pell]⟧.

## Stays silent on
[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell title=harbour_master Jon Pell], the harbour master.

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell], who has run the ferry for ten years.

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell] of Orr Harbour. His wife agreed.

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell, 53, of Orr Harbour].

The ferryman Jon Pell is back. [q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Barack_Obama Barack Obama].

Deputy minister [s1 person=Jon_Pell Jon Pell] [c1 said] [q1 "the bridge will close in May."] ¶ [s2 person=Jon_Pell of=1 Pell] [c2 wrote] [q2 "It is late."]

Not all candidates agree. [s1 person=Jon_Pell Jon Pell] [c1 said]: [q1 "The bridge will close in May."]

Most who were polled like it. [q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

Jon Pell came to the quay with a flag. [q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Pell].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. The judge looked up.

[q1 "The bridge will close in May,"] [c1 wrote] [s1 person=Jon_Pell Jon Pell] in the Courier.

[s1 person=Jon_Pell Jon Pell] [c1 asked]: [q1 "Will the bridge close in May?"]

[s1 person=Jon_Pell Jon Pell]: [q1 "The bridge will close in May."]

The third of the town's doctors, [s1 person=Jon_Pell Jon Pell], [c1 said]: [q1 "The bridge will close in May."]

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Orr_Premier_Jon_Pell Orr Premier Jon Pell].

Branch manager of Orr Bank [s1 person=Jon_Pell Jon Pell] [c1 said] [q1 "the bridge will close in May."]

The board sent energy and mines minister, [s1 person=Jon_Pell Jon Pell], who [c1 said] [q1 "the bridge will close in May."]

The governor of the harbour bank spoke on Monday. ¶ [s1 person=Jon_Pell Jon Pell] [c1 told] reporters [q1 "the bridge will close in May."]

The ferry’ [s1 person=Jon_Pell Jon Pell] [c1 says] [q1 "the bridge will close in May."]

## Known misses
Whoever is told of in any other way than that they speak, or stands behind a word for people, is taken to be described, so few are
reported in copy that has been edited. People known to all who are not on the short list are reported.

## Options
`known`: further surnames that need no description.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.lookup import first_mention, others, outermost, statements
from ...records import Analysis, Attribution, Context, Hit
from .. import option, rule
from ._descriptions import Descriptions

_WRITTEN = re.compile(r"\b(?:wr[io]te|writes|written|ask(?:s|ed)?)\b")
"""What a writer is credited with is their outlet's; who asks is an interviewer."""


@rule(
    code="SRC104",
    name="named-without-role",
    message="nothing was found that says what {name} is. Ask: why is this person quoted?",
    severity="note",
    status="preview",
    standards=("spj", "reuters"),
    scope="all",
    options={"known": []},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    known = lexicon("wording", "well_known") | frozenset(option(context, check, "known"))
    descriptions = Descriptions(analysis)
    for source in analysis.sources:
        name = source.name or ""
        if source.kind != "person" or " " not in name or source.title or source.confidence < 0.5:
            continue
        if name.split()[-1] in known or not outermost(analysis, source):
            continue
        if any(_direct(analysis, a, name) for a in statements(analysis, source)):
            if not descriptions.told(name):
                yield Hit(
                    span=first_mention(source),
                    values={"name": f"“{name}”"},
                    related=others(source, "the same voice"),
                    confidence=source.confidence,
                )


def _direct(analysis: Analysis, a: Attribution, name: str) -> bool:
    """Whether an attribution quotes somebody by name, who neither writes nor asks."""
    text = analysis.article.text
    if a.form == "indirect" or a.confidence < 0.7 or a.source is None or a.cue is None:
        return False
    if _WRITTEN.search(text, a.cue.start, a.cue.end):
        return False
    return name.split()[-1] in text[a.source.start : a.source.end]
