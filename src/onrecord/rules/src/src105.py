"""
## What it finds
A quotation whose speaker comes only after more than 40 words, or after at least two sentences and 25 words, where
the sentence before does not already say who speaks.

## Why it matters
Readers weigh words by who says them. Until the name comes they can't.

## Fires on
The board met. ¶ ⟦[q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"]⟧ [c1 said] [s1 person=Jon_Pell Jon Pell].

## Stays silent on
The board met. ¶ [q1 "The bridge has been a burden on this town,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. [q1 "It has cost us more than the harbour ever brought us. Nobody wanted to hear that, not then and not now, and it has not become any cheaper."]

The board met. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [s1 person=Jon_Pell he] [c1 said].

[s1 person=Jon_Pell Jon Pell] [c1 spoke] [q1 for the board]. ¶ [q2 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [s2 person=Jon_Pell of=1 he] [c2 said].

## Known misses
A speaker whom the sentence before only describes is not recognised there. Speakers given by a pronoun or as "the mayor" are
taken to be known already.

## Options
`words`: the most words of quotation before the speaker (40); `two_sentences`: the same where they are two sentences or more (25).
"""

from collections.abc import Iterator

from ...records import Analysis, Attribution, Context, Hit, Related, Source, Span
from .. import rule
from ..reading import block_at, headline, source_of, words
from ..voices import sentence_at, within

_SURE = 0.7
"""Least confidence of the attribution."""


@rule(
    code="SRC105",
    name="attribution-late",
    message="{number} words of quotation stand before their speaker, {who}. Ask: can the name come sooner?",
    severity="warning",
    standards=("reuters",),
    scope="all",
    options={"words": 40, "two_sentences": 25},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    options = context.settings.options.get("SRC105", {})
    most, fewer = int(options.get("words", 40)), int(options.get("two_sentences", 25))
    head = headline(analysis)
    before: Attribution | None = None
    for a in sorted(analysis.attributions, key=lambda a: a.content[0]):
        if a.parent is not None or (head and a.content[0].start < head.span.end):
            continue
        earlier, before = before, a
        if a.form != "direct" or a.source is None or a.confidence < _SURE:
            continue
        place = min(a.source.start, a.cue.start if a.cue else a.source.start)
        signed = text[:place].rstrip(" -–—")[-1:] == "\n"  # the speaker below, on a line of its own
        if signed or any(s.start < place < s.end for s in a.content):
            continue
        waiting = [s for s in a.content if s.end <= place]
        number = sum(len(words(text, s)) for s in waiting)
        parts = sum(len(within(analysis, s)) for s in waiting)
        voice = source_of(analysis, a)
        if not waiting or not (number > most or (parts >= 2 and number >= fewer)):
            continue
        named = (
            voice is not None
            and voice.kind != "outlet"
            and _named(text[a.source.start : a.source.end])
        )
        if voice is None or not named or _introduced(analysis, a, voice, earlier):
            continue
        whole = Span(waiting[0].start, waiting[-1].end)
        yield Hit(
            span=whole,
            values={
                "number": str(number),
                "who": f"“{voice.name or text[a.source.start : a.source.end]}”",
            },
            related=(Related(a.source, "the speaker"),),
            confidence=a.confidence,
        )


def _introduced(
    analysis: Analysis, a: Attribution, voice: Source, earlier: Attribution | None
) -> bool:
    """Whether the speaker speaks on, or is met in the two sentences before."""
    if earlier and earlier.source_id == a.source_id:
        blocks = analysis.article.blocks
        if (
            block_at(blocks, a.content[0].start) - block_at(blocks, earlier.content[-1].end - 1)
            <= 1
        ):
            return True
    n = sentence_at(analysis, a.content[0].start)
    reach = Span(analysis.sentences[max(0, n - 2)].start, a.content[0].start)
    last = (voice.name or "").split()[-1:]
    if last and last[0] in analysis.article.text[reach.start : reach.end]:
        return True
    person = next((p for p in analysis.people if p.id == voice.person_id), None)
    mentions = (*voice.mentions, *(person.mentions if person else ()))
    return any(reach.start <= m.start < reach.end for m in mentions)


def _named(words: str) -> bool:
    """Whether a speaker is given by more than a pronoun or a definite description."""
    low = words.lower()
    return low not in ("he", "she", "they", "i", "we", "it", "who") and not (
        low.startswith(("the ", "his ", "her ", "this ")) and words[words.find(" ") + 1].islower()
    )
