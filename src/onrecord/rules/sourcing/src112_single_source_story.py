"""
## What it finds
An article of eight sentences or more in which only one voice is found to say anything, three times or more.

## Why it matters
One side of a matter is seldom all of it. A story that hears one voice should mean to.

## Fires on
The board met at noon on the quay. It was a warm day. ⟦[s1 person=Ann_Lee Ann Lee]⟧ [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

The board will meet at noon on the quay. It is a warm day. ⟦[s1 person=Ann_Lee Ann Lee]⟧ [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. [s4 organisation=board The board] [c4 is to vote on] [q4 the plan]. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

## Stays silent on
The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Jon_Pell Jon Pell] [c3 said] [q3 it was dear]. The board meets again in May.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close].

The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] [c1 told] the Courier in an interview [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] [c1 told] the Harbour Star [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

On Orr Radio’s “Midday”, [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. It was a warm day. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May. It is warm here.

Ann Lee, 90, of Orr Harbour is survived by two sons. It was a warm day. [s1 person=Ann_Lee Lee] [c1 said] [q1 the bridge was hers]. The work took a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry ran more often. The town paid for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board met in May.

The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee Ann Lee] is [c1 proud of] [q1 the bridge]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

The board met at noon on the quay. It was a warm day. Speaking to the Orr Club, [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close]. The work is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 it was needed]. The ferry will run more often. The town is to pay for it. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it was cheap]. The board meets again in May.

The board met at noon on the quay. It was a warm day. [s1 organisation=Orr_Ferries Orr Ferries] [c1 said] [q1 it had sold its boats]. The sale is to take a year. [s2 organisation=Orr_Ferries of=1 It] [c2 said] [q2 the price was 5 million pounds]. The boats will run more often. The town is to pay for them. [s3 organisation=Orr_Ferries of=1 It] [c3 said] [q3 it would keep its name]. The board meets again in May.

The board met at noon on the quay. It was a warm day. [s1 person=Ann_Lee title=president_of_Orr_Ferries Ann Lee], president of Orr Ferries, [c1 said] [q1 the company had sold its boats]. The sale is to take a year. [s2 person=Ann_Lee of=1 She] [c2 said] [q2 the company was sound]. The boats will run more often. The town is to pay for them. [s3 person=Ann_Lee of=1 She] [c3 said] [q3 it would keep its name]. The board meets again in May.

## Known misses
Voices that were not found make a story look poorer than it is. Interviews and speeches that do not call themselves so are reported. A body, or who runs it, that tells of itself or gives figures
is left alone: its news is an announcement, and nobody else has it.

## Options
`sentences`: the least number of sentences (8).
"""  # noqa: E501

from collections.abc import Iterator

from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import STATED, first_mention, headline, others, outermost, statements
from ...query.voices import shown
from ...records import Attribution, Context, Hit
from .. import option, rule
from ._single_source_exemptions import announces, occasion


@rule(
    code="SRC112",
    name="single-source-story",
    message="{who} is the only voice found in {number} sentences. Ask: who else was asked?",
    severity="note",
    status="preview",
    standards=("bbc", "reuters"),
    scope="all",
    options={"sentences": 8},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    least = option(context, check, "sentences")
    head = headline(analysis)
    shown_from = head.span.end if head else 0
    number = sum(
        _sentence(text[s.start : s.end]) for s in analysis.sentences if s.start >= shown_from
    )
    if number < least or occasion(text):
        return
    if any(a.source is not None and a.source_id is None for a in analysis.attributions):
        return
    voices = [
        s
        for s in analysis.sources
        if s.kind != "author" and any(_heard(a, shown_from) for a in statements(analysis, s))
    ]
    outer = [s for s in voices if outermost(analysis, s)]
    if len(voices) != 1 or len(outer) != 1 or outer[0].kind in ("outlet", "unknown", "group"):
        return
    if announces(analysis, outer[0]):
        return
    said = [
        a
        for a in statements(analysis, outer[0])
        if a.stance in STATED and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
    ]
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


def _heard(a: Attribution, start: int) -> bool:
    """Whether an attribution is a voice's in the body: a plan is no word, nor what one voice tells
    that another thinks or asks."""
    if a.source is not None and a.source.start < start:
        return False
    return a.stance in STATED if a.parent is not None else a.stance != "intends"


def _sentence(words: str) -> bool:
    """Whether a sentence is one: not a second headline, a heading or a signature."""
    return words.rstrip("\"”’')] ").endswith((".", "!", "?", "…", ":")) and len(words.split()) >= 4
