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

## Known misses
What a person is may be told in a sentence that does not name them. People known to all who are not on the short
list are reported.

## Options
`known`: further surnames that need no description.
"""

import re
from collections.abc import Iterator

from ...data.words import words as listed
from ...records import Context, Hit, Person, Source
from .. import rule
from ..reading import first_mention, others, outermost, statements

_BEFORE = re.compile(
    r"(?:\b[a-z]{4,}|\b[A-Z][a-z]+(?:\.|or|er|ent|man|woman|tor|ist|ant|ary|ney|ive|yst|ian|eral|ice)|\b(?:Rep|Sen|Gov|Dr|Gen|Sgt|Lt|Capt)\.?|['’]s),?\s+$"
)
_NO_ROLE = re.compile(
    r"\b(?:said|says|told|that|with|from|when|after|while|added|asked|because|according|where|like|about|than|then|called|into|upon"
    r"|over|they|this|have|been|will|were|which|what|whom|against|before|between|also|does|named|behind|under)\s+$"
)
_AFTER = re.compile(
    r"(?:['’]s)?\s*(?:,\s+(?:an?|the|who|whose|his|her|their|\d|[a-z]+|[A-Z][\w-]+)\b|\(|\s+(?:of|from|with|at|for)\s+|\s+(?:is|was|has been|became) (?:an?|the)\b|\s+(?:works?|worked|runs?|ran|leads?|led|teaches|heads?|founded|directs?|lives?) )"
)
_WITHIN = re.compile(
    r",\s+(?:\d|[a-z]|[A-Z][a-z]+['’]s)|\b(?:Rep|Sen|Gov|Dr|Gen|Sgt|Lt)\.|\b[a-z]{5,}\b|-based\b"
)
_FOLLOWING_CUE = re.compile(
    r"^,\s+(?:said|says|told|added|who said|too|also|however|and|but|in|on|as)\b"
)


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
    options = context.settings.options.get("SRC104", {})
    known = listed("wording", "well_known") | frozenset(options.get("known", ()))
    people = {p.id: p for p in analysis.people}
    for source in analysis.sources:
        name = source.name or ""
        if source.kind != "person" or " " not in name or source.title or source.confidence < 0.5:
            continue
        if name.split()[-1] in known or not outermost(analysis, source):
            continue
        if not any(
            a.form != "indirect" and a.confidence >= 0.7 for a in statements(analysis, source)
        ):
            continue
        if not _described(context, source, people.get(source.person_id or "")):
            yield Hit(
                span=first_mention(source),
                values={"name": f"“{name}”"},
                related=others(source, "the same voice"),
                confidence=source.confidence,
            )


def _described(context: Context, source: Source, person: Person | None) -> bool:
    """Whether any words at a mention, or a mention itself, say what somebody is."""
    text = context.analysis.article.text
    for m in {*source.mentions, *(person.mentions if person else ())}:
        words = text[m.start : m.end]
        if words[:1].isupper() and _WITHIN.search(words):
            return True
        if " " in words and words[0].islower() and not re.fullmatch(r"(?:him|her)\w* \w+", words):
            return True  # "the ferryman"
        if re.match(r"(?:The|His|Her|Their|My|Our) [a-z]", words):
            return True
        before, after = text[max(0, m.start - 40) : m.start], text[m.end : m.end + 40]
        if (
            words[:1].isupper()
            and " " not in words
            and words.lower() in ("he", "she", "they", "i", "who")
        ):
            continue
        if words[:1].isupper() and "\n" not in before[-1:]:
            if _BEFORE.search(before) and not _NO_ROLE.search(before):
                return True
        if words[:1].isupper() and _AFTER.match(after) and not _FOLLOWING_CUE.match(after):
            return True
    return False
