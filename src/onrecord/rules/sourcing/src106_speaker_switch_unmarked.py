"""
## What it finds
A paragraph in which one person's quotation is followed by another person's, and nothing says so until the second
quotation has ended.

## Why it matters
Readers take the second quotation for more of the first, and must take it back at its end.

## Fires on
[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. ⟦[q2 "Nobody told us about any of it before today,"]⟧ [c2 said] [s2 person=Ann_Lee Ann Lee].

## Stays silent on
[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. ¶ [q2 "Nobody told us about any of it before today,"] [c2 said] [s2 person=Ann_Lee Ann Lee].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. [s2 person=Ann_Lee Ann Lee] [c2 answered]: [q2 "Nobody told us about any of it before today."]

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. The ferry folk shook their heads. [q2 "Nobody told us about any of it before today,"] [c2 said] [s2 person=Ann_Lee Ann Lee].

Ads use what Ann Lee told the board, that it is [q1 "her own bridge,"] [s1 person=Ann_Lee she] [c1 said]. [q2 "Nobody told us about any of it before today,"] [c2 said] [s2 person=Jon_Pell Jon Pell].

[q1 "The bridge will close in May,"] [c1 said] [s1 person=Jon_Pell Jon Pell], and Ann Lee was angry. [q2 "Nobody told us about any of it before today,"] [c2 said] [s2 person=Ann_Lee Lee].

[q1 "The bridge will close in May,"] [c1 wrote] [s1 person=Harbour_Star Harbour Star]. [q2 "Nobody told us about any of it before today,"] [c2 wrote] [s2 person=Ann_Lee Ann Lee] and Jon Pell.

## Known misses
Writers who are cited one after the other are left alone, for a paper and its authors are one source. Sentences of the reporter's between the two are taken to lead over to the second speaker, whatever they say.

## Options
`words`: the least number of words of the second quotation (6).
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at, source_of, words
from ...query.voices import sentence_at
from ...records import Attribution, Context, Hit, Related
from .. import option, rule
from ._introductions import introduced

_WRITTEN = re.compile(
    r"\b(?:wr[io]te|writes|written|report\w{0,40}|publish\w{0,40}|conclud\w{0,40}|f[io]u?nds?)\b"
)
_SURE = 0.75
"""Least confidence of both attributions."""
_PLAIN = 0.4
"""The same where the speaker stands right behind the quotation, with the verb: there is no other
way to read it."""


@rule(
    code="SRC106",
    name="speaker-switch-unmarked",
    message="the speaker changes from {one} to {other}, and that is said only after this quotation."
    " Ask: can the name come first, or a new paragraph?",
    severity="warning",
    standards=("reuters",),
    scope="all",
    options={"words": 6},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    least = option(context, check, "words")
    direct = [
        a
        for a in sorted(analysis.attributions, key=lambda a: a.content[0])
        if a.form != "indirect" and a.parent is None and a.source
    ]
    for one, other in zip(direct, direct[1:], strict=False):
        quote, last = other.content[0], one.content[-1]
        first, second = source_of(analysis, one), source_of(analysis, other)
        if first is None or second is None or first.id == second.id:
            continue
        if other.form != "direct" or _written(text, one) or _written(text, other):
            continue
        if introduced(analysis, other, second, []):
            continue
        if any(a.confidence < (_PLAIN if _plain(a) else _SURE) for a in (one, other)):
            continue
        if len(words(text, quote)) < least:
            continue
        if block_at(blocks, last.start) != block_at(blocks, quote.start):
            continue
        if _ends(context, one, other):
            yield Hit(
                span=quote,
                values={"one": f"“{first.name}”", "other": f"“{second.name}”"},
                related=(
                    Related(last, "the quotation before"),
                    *((Related(other.source, "the speaker"),) if other.source else ()),
                ),
                confidence=min(one.confidence, other.confidence),
            )


def _ends(context: Context, one: Attribution, other: Attribution) -> bool:
    """Whether a quotation opens the sentence after the last one's, and its speaker comes behind
    it."""
    analysis = context.analysis
    quote = other.content[0]
    if other.source is None or not _named(context, one) or not _named(context, other):
        return False
    if other.source.start < quote.end or (other.cue and other.cue.start < quote.end):
        return False
    before = max(
        s.end for s in (*one.content, *filter(None, (one.source, one.cue))) if s.end <= quote.start
    )
    here = sentence_at(analysis, quote.start)
    opens = quote.start - analysis.sentences[here].start <= 2
    return opens and here - sentence_at(analysis, before - 1) <= 1


def _plain(a: Attribution) -> bool:
    """Whether "said Ann Lee" or "Ann Lee said" stands right behind a quotation."""
    if a.source is None or a.cue is None:
        return False
    first, second = sorted((a.source, a.cue))
    return any(0 <= first.start - c.end <= 2 for c in a.content) and second.start - first.end <= 2


def _written(text: str, a: Attribution) -> bool:
    """Whether somebody is cited rather than heard."""
    return a.cue is None or bool(_WRITTEN.search(text, a.cue.start, a.cue.end))


def _named(context: Context, a: Attribution) -> bool:
    """Whether the speaker is given by name: "he" may be the wrong one's, and "the senator" is known
    already."""
    voice = source_of(context.analysis, a)
    last = (voice.name or "").split()[-1:] if voice and voice.kind == "person" else []
    text = context.analysis.article.text
    return bool(a.source and last and last[0] in text[a.source.start : a.source.end])
