"""
## What it finds
An unnamed source who accuses a named person of wrongdoing or of demeaning others, where no answer to
it was found: no denial, no comment, no refusal, no word of an approach.

## Why it matters
Who is accused is owed the chance to answer, and the reader is owed the answer.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee ⟦bullied⟧ the crew].

## Stays silent on
[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee bullied the crew]. Ann Lee did not respond to a request for comment.

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee bullied the crew]. [s2 person=Ann_Lee Ann Lee] [c2 denied] [q2 it].

[s1 person=Tom_Pell Tom Pell] [c1 told the court] [q1 that Ann Lee bullied the crew].

## Known misses
An answer that speaks of the matter without any of the usual words.
"""

import re
from collections.abc import Iterator

from ...data.words import words
from ...records import Context, Hit, Related, Span
from .. import rule
from ..reading import named_near, unnamed_contents

_ANSWER = re.compile(
    r"\b(?:for comment|declined? to comment|declined comment|no comment|did(?: not|n['’]t) (?:immediately )?(?:respond|reply|return)"
    r"|could not be reached|been (?:approached|contacted)|reached out to|den(?:y|ies|ied)|rejects?|rejected|dismissed"
    r"|right of reply|in response|responded)\b",
    re.IGNORECASE,
)
_COURT = re.compile(r"\b(?:court|trial|testif\w+|inquest|parliament|prosecutors?)\b", re.IGNORECASE)
LEAST = 0.5


@rule(
    code="RPL501",
    name="no-reply-found",
    message="An unnamed source accuses a named person (“{word}”), and no answer to it was found. "
    "Ask: was the person asked?",
    severity="warning",
    status="preview",
    standards=("bbc", "ap", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    if _ANSWER.search(text) or any(
        a.stance in ("denies", "declines") for a in analysis.attributions
    ):
        return
    listed = words("judgement", "wrongdoing")
    found: dict[str, list[Span]] = {}
    for _, span in unnamed_contents(analysis, LEAST):
        for match in re.finditer(r"[\w-]+", text[span.start : span.end]):
            if match.group().lower() not in listed:
                continue
            place = Span(span.start + match.start(), span.start + match.end())
            person = named_near(analysis, place)
            if person and not _COURT.search(text[max(0, place.start - 100) : place.end + 100]):
                found.setdefault(person.id, []).append(place)
    for places in found.values():
        first, *more = sorted(set(places))
        yield Hit(
            span=first,
            values={"word": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p in more),
        )
