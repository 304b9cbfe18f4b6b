"""
## What it finds
An article of eight sentences or more in which only one voice is found to say anything, three times or more.

## Why it matters
One side of a matter is seldom all of it. A story that hears one voice should mean to.

## Fires on
The board met at noon on the quay. It was a warm day. ⟦[s1 person=Ann_Lee Ann Lee]⟧ [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

## Stays silent on
The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Jon_Pell Jon Pell] [c3 said] [q3 it was dear]. The board meets again in May.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close].

The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] [c1 told] the Courier in an interview [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

## Known misses
Voices that were not found make a story look poorer than it is. Interviews and speeches that do not call themselves so are reported.

## Options
`sentences`: the least number of sentences (8).
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule
from ..reading import first_mention, headline, others, outermost, statements
from ..voices import shown

_ONE_VOICE = re.compile(
    r"\b(?:interview\w*|Q&A|Q & A|obituary|died|dies|speech|remarks|address(?:ed|ing)? (?:the|a)|transcript|excerpt|memoir|testif\w+|testimony|op-ed|opinion"
    r"|podcast|radio|show|hosts?|Channel|rally|debate|press conference|news conference|column|letter)\b",
    re.IGNORECASE,
)


@rule(
    code="SRC112",
    name="single-source-story",
    message="{who} is the only voice found in {number} sentences. Ask: who else was asked?",
    severity="note",
    standards=("bbc", "reuters"),
    scope="all",
    options={"sentences": 8},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    least = int(context.settings.options.get("SRC112", {}).get("sentences", 8))
    head = headline(analysis)
    number = sum(head is None or s.start >= head.span.end for s in analysis.sentences)
    if number < least or _ONE_VOICE.search(text):
        return
    if any(a.source is not None and a.source_id is None for a in analysis.attributions):
        return
    voices = [s for s in analysis.sources if statements(analysis, s) and s.kind not in ("author",)]
    outer = [s for s in voices if outermost(analysis, s)]
    if len(voices) != 1 or len(outer) != 1 or outer[0].kind in ("outlet", "unknown", "group"):
        return
    said = [a for a in statements(analysis, outer[0]) if a.stance in ("says", "denies")]
    if len(said) >= 3:
        yield Hit(
            span=first_mention(outer[0]),
            values={
                "who": f"“{outer[0].name}”"
                if outer[0].name
                else shown(text, first_mention(outer[0])),
                "number": str(number),
            },
            related=others(outer[0], "the same voice"),
            confidence=outer[0].confidence,
        )
