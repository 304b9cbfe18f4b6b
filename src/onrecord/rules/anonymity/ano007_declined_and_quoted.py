"""
## What it finds
A body, or somebody unnamed who speaks for it, that declines to comment, with nothing said of what on, and in the same or the next
paragraph is quoted all the same.

## Why it matters
Either they commented or they did not. An agency's rule: never say that somebody declined to comment and then
quote them unnamed.

## Fires on
[s1 spokesperson=Harbour_Board A spokesman for the Harbour Board] ⟦[c1 declined]⟧ [q1 to comment]. [q2 "The work will be done by May,"] [s2 spokesperson=Harbour_Board of=1 the spokesman] [c2 said].

## Stays silent on
[s1 spokesperson=Harbour_Board A spokesman for the Harbour Board] [c1 declined] [q1 to comment further]. [q2 "The work will be done by May,"] [s2 spokesperson=Harbour_Board of=1 the spokesman] [c2 said].

[s1 spokesperson=Harbour_Board A spokesman for the Harbour Board] [c1 declined] [q1 to comment on the cost]. [q2 "The work will be done by May,"] [s2 spokesperson=Harbour_Board of=1 the spokesman] [c2 said].

[s1 person=Ann_Lee Ann Lee] [c1 declined] [q1 to comment]. In March [s2 person=Ann_Lee of=1 she] [c2 said] [q2 "the work will be done by May"].

## Known misses
Named people are left alone: what they said elsewhere, or earlier, is no comment on this. An unnamed insider of a body that
declined is not recognised as the body's: that would be a guess.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at, statements
from ...query.voices import sentence_at, shown
from ...records import Attribution, Context, Hit, Related, Source, Span
from .. import rule

_REFUSED = re.compile(
    r"\b(?:declin|refus)(?:e|ed|es|ing)\b(?: \w{1,40})? (?:to )?(?:comment|speak|discuss it"
    r"|be interviewed|answer questions)\b"
    r"|\b(?:had|offered) no comment\b",
    re.IGNORECASE,
)
_LIMITED = re.compile(
    r"^\W{0,40}(?:further|beyond|on|about|for|any|more|until|other|regarding|specifically|publicly"
    r"|directly|to)\b"
    r"|^,? (?:but|except|saying|other than|instead|citing)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:statement|earlier|previously|last (?:week|month|year)|at the time|later|told|tweeted"
    r"|wrote|e-?mail\w{0,40}|letter|filing"
    r"|website|testif\w{1,40}|report|interview|in (?:19|20)\d\d|ago|has said|have said|had said"
    r"|press release|memo)\b",
    re.IGNORECASE,
)


@rule(
    code="ANO007",
    name="declined-and-quoted",
    message="{who} is said to have declined to comment, and is quoted all the same. Ask: which is"
    " it, or on what did they decline?",
    severity="warning",
    standards=("ap",),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    for source in analysis.sources:
        if source.kind not in ("spokesperson", "organisation", "anonymous"):
            continue
        refusal = _refusal(context, source)
        quoted = [a for a in statements(analysis, source) if _quoted(context, a)]
        if refusal is None:
            continue
        place = block_at(analysis.article.blocks, refusal.start)
        near = [a for a in quoted if 0 <= _block(context, a) - place <= 1]
        if near:
            yield Hit(
                span=refusal,
                values={"who": shown(text, source.mentions[0])},
                related=tuple(Related(a.content[0], "the quotation") for a in near),
                confidence=min(a.confidence for a in near),
            )


def _refusal(context: Context, source: Source) -> Span | None:
    """Where a voice declines to comment, without a word on what."""
    text = context.analysis.article.text
    for a in statements(context.analysis, source):
        if a.stance != "declines" or a.cue is None:
            continue
        match = re.search(r"\bcomment\b", text[a.cue.start : a.cue.end + 40], re.IGNORECASE)
        if match and not _LIMITED.search(text[a.cue.start + match.end() :][:40]):
            return a.cue
    return None


def _quoted(context: Context, a: Attribution) -> bool:
    """Whether an attribution is a quotation of five words or more, made here and now."""
    analysis = context.analysis
    text = analysis.article.text
    sentence = analysis.sentences[sentence_at(analysis, a.content[0].start)]
    outside = text[sentence.start : a.content[0].start] + text[a.content[-1].end : sentence.end]
    words = sum(len(text[s.start : s.end].split()) for s in a.content)
    return (
        a.form == "direct"
        and a.stance in ("says", "denies")
        and words >= 5
        and a.confidence >= 0.6
        and not _ELSEWHERE.search(outside)
        and not _REFUSED.search(outside)
    )


def _block(context: Context, a: Attribution) -> int:
    return block_at(context.analysis.article.blocks, a.content[0].start)
