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

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee never bullied the crew].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee was cheated out of the quay].

## Known misses
An answer that speaks of the matter without any of the usual words.
"""  # noqa: E501

from collections.abc import Iterator

from ...records import Context, Hit, Related
from .. import rule
from ._replies import accusations, answers


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
    if answers(analysis):
        return
    text = analysis.article.text
    for first, *more in accusations(analysis).values():
        yield Hit(
            span=first,
            values={"word": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p in more),
        )
