"""
## What it finds
A crime or misconduct of a named person, stated in the reporter's own voice, where neither the sentence nor
its neighbours have a source, a hedge or a court's finding.

## Why it matters
An allegation that nobody is said to make is the newspaper's own, in print and in court.

## Fires on
The board met. ⟦[s1 person=Jon_Pell Jon Pell]⟧ embezzled the harbour money. The ferry was late.

## Stays silent on
Jon Pell was convicted in May. [s1 person=Jon_Pell Jon Pell] embezzled the harbour money.

[s2 person=Ann_Lee Ann Lee] [c2 said] [q2 [s1 person=Jon_Pell Jon Pell] embezzled the harbour money].

[s1 person=Jon_Pell Jon Pell] allegedly embezzled the harbour money.

The year saw [s1 person=Jon_Pell Jon Pell], 36, robbed at gunpoint on the quay. It rained.

## Known misses
A conviction that stands far from the sentence. Offences that are not on the list, and those told in the passive.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.voices import mentioned, pattern
from ...records import Context, Hit, Related, Span
from .. import rule

_SHOW = re.compile(
    r"\b(?:show|spotlight|scene|thunder|heart|film|movie|novel|episode|character|votes?|election"
    r"|nomination|line|moment)\b",
    re.IGNORECASE,
)
_SUFFERED = re.compile(
    r"\s{0,20}(?:[.,;:)]|(?:at|by|in|on|after|during|while|outside|inside|when|near|from|of"
    r"|twice)\b)"
)
"""Behind a participle of what was done to somebody: "saw Lee robbed at gunpoint"."""
_LINK = re.compile(
    r"(?:,[^,]{0,60},)?\s{1,20}(?:(?:had|has|have|also|then|once|later|repeatedly"
    r"|personally)\s{1,20})*",
    re.IGNORECASE,
)


@rule(
    code="SRC113",
    name="unattributed-allegation",
    message="that {name} {what} is stated with no source, hedge or verdict found nearby. Ask: who"
    " says so?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("bbc", "ipso", "wikipedia"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    said = [s for a in analysis.attributions for s in a.content]
    said += [q.span for q in analysis.quotes]
    for n, sentence in enumerate(analysis.sentences):
        offence = pattern("offences").search(text, sentence.start, sentence.end)
        if offence is None or any(s.start <= offence.start() < s.end for s in said):
            continue
        for mention, person in mentioned(analysis.people, sentence):
            link = _LINK.match(text, mention.end)
            if link is None or link.end() != offence.start():
                continue
            first = analysis.sentences[max(0, n - 1)].start
            last = analysis.sentences[min(n + 1, len(analysis.sentences) - 1)].end
            excused = (
                pattern("hedge").search(text, sentence.start, sentence.end)
                or pattern("verdict").search(text, first, last)
                or _SUFFERED.match(text, offence.end())
                or _SHOW.search(text, offence.end(), sentence.end)
                or any(
                    a.source and sentence.start <= a.source.start < sentence.end
                    for a in analysis.attributions
                )
            )
            if not excused:
                span = Span(*offence.span())
                yield Hit(
                    span=mention,
                    values={"name": f"“{person.name}”", "what": f"“{offence.group()}”"},
                    related=(Related(span, "what is stated"),),
                )
                break
