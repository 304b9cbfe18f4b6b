"""
## What it finds
"He said" or "she said" where two people fit alike: the sentence before puts both in one breath"
" ("Ann Lee and Eve Orr"),
and neither of them speaks just before or just after.

## Why it matters
A reader who guesses wrong puts the words in the wrong mouth.

## Fires on
Ann Lee and Eve Orr met at noon. [q1 The bridge would close], ⟦[s1 person=Ann_Lee she]⟧ [c1 said].

A quarrel between Ann Lee and Eve Orr was heard. [q1 The bridge would close], ⟦[s1 person=Ann_Lee she]⟧ [c1 said].

[s2 group=rivals plural Ann Lee and Eve Orr] both [c2 want] [q2 to be mayor]. ⟦[s1 person=Ann_Lee She]⟧ [c1 said] [q1 the bridge would close].

## Stays silent on
[s3 person=Ann_Lee Ann Lee] met the board at noon. [q1 The bridge would close], [s1 person=Ann_Lee of=3 she] [c1 said].

[s3 person=Ann_Lee Ann Lee] met [s4 person=Eve_Orr Eve Orr] at noon. [q1 The bridge would close], [s1 person=Ann_Lee of=3 rival=4 she] [c1 said].

[s3 person=Ann_Lee Ann Lee] met [s4 person=Eve_Orr Eve Orr] at noon. The rain fell. Ann Lee went home. [q1 The bridge would close], [s1 person=Ann_Lee of=3 rival=4 she] [c1 said].

Ann Lee and Eve Orr met at noon. [q2 It was late], [c2 said] [s2 person=Ann_Lee Ann Lee]. [q1 The bridge would close], [s1 person=Ann_Lee of=2 she] [c1 said].

Ann Lee and Eve Orr met at noon. [q1 The bridge would close], [s1 person=Ann_Lee she] [c1 said]. Ann Lee [c2 added] [q2 it was late].

Ann Lee and Jon Pell met at noon. [q1 The bridge would close], [s1 person=Ann_Lee she] [c1 said].

Ann Lee and Eve Orr met at noon. [s1 person=Ann_Lee She] [c1 withheld] [q1 support].

## Known misses
Two people who are told apart only by what each would say are reported. Where one is the subject of the sentence before, or is
written of much more, the pronoun is taken to be theirs. Pronouns inside quotations are not looked at.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import block_at, names_in
from ...query.voices import sentence_at
from ...records import Analysis, Attribution, Context, Hit, Person, Related, Span
from .. import rule

_PRONOUN = {"he": "male", "she": "female"}
_JOINED = re.compile(
    r"(?:['’]s)? ?(?:\([^)\n]*\) ?)?,? ?(?:and|or) (?:(?:[A-Za-z][\w.-]{0,40} ){0,3}|(?:his|her"
    r"|the) (?:\w{1,40} ){1,4})$"
)
"""What stands between two people in one breath: "Ann Lee and the mayor Eve Orr"."""
_REACH = 250
"""Code points before that sentence, in its paragraph, where nobody else may stand."""
_HEAVIER = 2
"""How many times as often one of them may be named before and still not be the one that everybody
thinks of."""


@rule(
    code="SRC102",
    name="ambiguous-pronoun-source",
    message="“{pronoun}” may be {one} or {other}. Ask: who said this?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("reuters", "spj"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    seen = set()
    sources = [
        a.source
        for a in analysis.attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
    ]
    spoke = {s.start for s in sources} | {-s.end for s in sources}
    for a in analysis.attributions:
        if a.source is None or a.source in seen or a.parent is not None or a.cue is None:
            continue
        gender = _PRONOUN.get(text[a.source.start : a.source.end].lower())
        if gender is None or not SPEECH_CUE.search(text, a.cue.start, a.cue.end):
            continue
        pair = _pair(analysis, a, gender, spoke)
        if pair:
            seen.add(a.source)
            (first, one), (second, other) = pair
            yield Hit(
                span=a.source,
                values={
                    "pronoun": text[a.source.start : a.source.end],
                    "one": f"“{one.name}”",
                    "other": f"“{other.name}”",
                },
                related=(Related(first, "fits"), Related(second, "fits as well")),
                severity="note" if a.confidence < 0.6 else None,
                confidence=a.confidence,
            )


def _pair(
    analysis: Analysis, a: Attribution, gender: str, spoke: set[int]
) -> tuple[tuple[Span, Person], tuple[Span, Person]] | None:
    """The two people, and nobody else, whom the sentence before puts in one breath, if both fit.

    `spoke` holds where sources start, and where they end as negative numbers.
    """
    text = analysis.article.text
    assert a.source is not None
    n = sentence_at(analysis, a.source.start)
    before = analysis.sentences[max(0, n - 1)]
    here = Span(analysis.sentences[n].start, a.source.start)
    if n == 0 or names_in(analysis, here):
        return None
    block = analysis.article.blocks[block_at(analysis.article.blocks, before.start)].span.start
    reach = Span(max(block, before.start - _REACH), before.end)
    found = [(m, p) for m, p in names_in(analysis, reach) if p.gender in (gender, None)]
    ids = {p.id for _, p in found}
    if len(ids) != 2 or len(found) != 2 or any(p.gender is None for _, p in found):
        return None
    (first, one), (second, other) = found
    if not _JOINED.match(text, first.end, second.start) or not text[first.end : second.start].strip(
        " ,."
    ):
        return None
    times = [sum(m.start < first.start for m in p.mentions) + 1 for p in (one, other)]
    if max(times) >= _HEAVIER * min(times) and max(times) > 1:
        return None
    after = analysis.sentences[min(n + 1, len(analysis.sentences) - 1)]
    close = Span(analysis.sentences[max(0, n - 3)].start, after.end)
    if any(p in (one, other) for _, p in names_in(analysis, Span(a.source.end, close.end))):
        return None  # named again right after
    said = names_in(analysis, Span(close.start, a.source.start))
    if any(p in (one, other) and {m.start, -m.end} & spoke for m, p in said):
        return None
    return found[0], found[1]
