"""
## What it finds
A quotation whose speaker comes only after more than 40 words, or after at least two sentences and 25 words, where
the sentence before does not already say who speaks, and the speaker is not the last person who has spoken.

## Why it matters
Readers weigh words by who says them. Until the name comes they can't.

## Fires on
The board met. ¶ ⟦[q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"]⟧ [c1 said] [s1 person=Jon_Pell Jon Pell].

## Stays silent on
The board met. ¶ [q1 "The bridge has been a burden on this town,"] [c1 said] [s1 person=Jon_Pell Jon Pell]. [q1 "It has cost us more than the harbour ever brought us. Nobody wanted to hear that, not then and not now, and it has not become any cheaper."]

The board met. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [s1 person=Jon_Pell he] [c1 said].

[s1 person=Jon_Pell Jon Pell] [c1 spoke] [q1 for the board]. ¶ [q2 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [s2 person=Jon_Pell of=1 he] [c2 said].

Jon Pell [c2 said] [q2 the bridge is old] [s2 person=Jon_Pell Jon Pell]. ¶ It was built by the town. It rained. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell of=2 Pell].

[q2 The bridge is too dear], [s2 group=analysts plural analysts] [c2 said]. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell analyst Jon Pell].

The harbour's owner is the Orrtown trust. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell Orrtown chairman Jon Pell].

The preacher told the crowd to kneel. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 wrote] [s1 person=Jon_Pell Jon Pell].

He shook his head, [c2 said] [s2 person=Jon_Pell of=1 he]. [q2 It was late], he said. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

The Orr Club was asked about it. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell title=spokesman_of_the_Orr_Club Jon Pell], spokesman of the Orr Club.

The Pell campaign wants none of it. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Ann_Lee Ann Lee], a spokeswoman for the Pell campaign.

"But why?" she asked. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

The advert opens on the quay. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. Nobody wanted to hear that,"] [c1 says] [s1 anonymous a voice].

The board met. ¶ [q1 "The bridge has been a burden on this well-loved, hard-up, out-of-the-way town for as long as I can remember, and it has cost us far more than the run-down harbour ever brought us in all of its good years. No,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

The board met. ¶ [q1 "The bridge has been a burden on this town for as long as I can remember. It has cost us more than the harbour ever brought us. ¶ Nobody wanted to hear that,"] [c1 said] [s1 person=Jon_Pell Jon Pell].

## Known misses
A sentence before that begins with somebody described ("The preacher told the crowd") is taken to be about the speaker. Speakers
without a name, or called "the mayor", are left alone, and so are quotations of several paragraphs.

## Options
`words`: the most words of quotation before the speaker (40); `two_sentences`: the same where they are two sentences or more (25).
"""  # noqa: E501

from collections.abc import Iterator

from ...query.lookup import headline, source_of
from ...query.voices import within
from ...records import Attribution, Context, Hit, Related, Source, Span
from .. import option, rule
from ._introductions import introduced, speaks_on

_SURE = 0.7
"""Least confidence of the attribution."""
_WORDS = 3
"""Least words of a sentence that counts as one: not "No." and "Right?"."""


@rule(
    code="SRC105",
    name="attribution-late",
    message="{number} words of quotation stand before their speaker, {who}. Ask: can the name come"
    " sooner?",
    severity="warning",
    standards=("reuters",),
    scope="all",
    options={"words": 40, "two_sentences": 25},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    most, fewer = option(context, check, "words"), option(context, check, "two_sentences")
    head = headline(analysis)
    before: list[Attribution] = []
    for a in sorted(analysis.attributions, key=lambda a: a.content[0]):
        if a.parent is not None or (head and a.content[0].start < head.span.end):
            continue
        before.append(a)
        if a.form != "direct" or a.source is None or a.confidence < _SURE:
            continue
        place = min(a.source.start, a.cue.start if a.cue else a.source.start)
        waiting = [s for s in a.content if s.end <= place]
        if not waiting or any(s.start < place < s.end for s in a.content):
            continue
        whole = Span(waiting[0].start, waiting[-1].end)
        if "\n" in text[whole.start : place].strip(" "):
            continue  # more than a paragraph, or the speaker below on a line of its own
        number = sum(_count(text, s) for s in waiting)
        parts = sum(_count(text, p) >= _WORDS for s in waiting for p in within(analysis, s))
        voice = source_of(analysis, a)
        if not (number > most or (parts >= 2 and number >= fewer)):
            continue
        if voice is None or not _named(text, a.source, voice):
            continue
        if speaks_on(analysis, a, voice, before[:-1]):
            continue
        if not introduced(analysis, a, voice, before[-2:-1]):
            yield Hit(
                span=whole,
                values={"number": str(number), "who": _shown(text, a.source, voice)},
                related=(Related(a.source, "the speaker"),),
                confidence=a.confidence,
            )


def _count(text: str, span: Span) -> int:
    """Words as an editor counts them: "well-loved" is one."""
    return sum(any(c.isalnum() for c in word) for word in text[span.start : span.end].split())


def _shown(text: str, span: Span, voice: Source) -> str:
    """The speaker as the quotation names him or her: "de Hora" where that is all, else the full
    name."""
    words = " ".join(text[span.start : span.end].split())
    return f"“{words if words.count(' ') < 2 else voice.name}”"


def _named(text: str, span: Span, voice: Source) -> bool:
    """Whether a speaker is given by name, and not by a single word of a longer description."""
    last = (voice.name or "").split()[-1:]
    if " " not in (voice.name or "") and len(text[span.start : span.end].split()) > 3:
        return False
    return voice.kind == "person" and bool(last) and last[0] in text[span.start : span.end]
