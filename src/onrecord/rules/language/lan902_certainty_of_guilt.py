"""
## What it finds
Somebody who is accused, wanted or on trial, named in the reporter's own voice as the one who did it:
"killer Tom Pell", or "Pell stabbed him", with no "allegedly", no source and no court in the sentence.

## Why it matters
Before a verdict or a plea nobody but a court can say who did it. The sentence may be contempt of a
court, and libel if it acquits.

## Fires on
[s1 person=Tom_Pell Tom Pell], 30, was charged with murder. On Monday ⟦killer Tom Pell⟧ was taken to court.

Police arrested [s1 person=Tom_Pell Tom Pell] on Monday. ⟦Pell stabbed⟧ a neighbour on the quay.

[s1 person=Tom_Pell Tom Pell] is on trial over the fire. ⟦The murderer, Tom Pell,⟧ waved.

## Stays silent on
[s1 person=Tom_Pell Tom Pell] was charged with murder. Pell allegedly stabbed a neighbour.

[s1 person=Tom_Pell Tom Pell] was charged with murder. Pell stabbed a neighbour, prosecutors say.

[s1 person=Tom_Pell Tom Pell] was arrested in May and pleaded guilty in June. Pell stabbed a neighbour.

[s1 person=Tom_Pell Tom Pell] was arrested. [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 Pell stabbed a neighbour].

[s1 person=Tom_Pell Tom Pell] stabbed a neighbour and then shot himself. His brother was arrested.

[s1 person=Tom_Pell Tom Pell] was arrested. Pell stabbed at the papers with a pen.

[s1 person=Tom_Pell Tom Pell] was charged with murder. The accused teenage killer Tom Pell waved.

## Known misses
"He stabbed her", where only a pronoun names the suspect; deeds that are not on the list. A verdict or a plea anywhere
in the article silences the rule, of whomever it is.
"""  # noqa: E501

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...query.lookup import names_in
from ...query.voices import pattern, sentence_at
from ...records import Analysis, Context, Hit, Person, Related, Span
from ...text.spans import SpanIndex
from .. import rule

_SERVING = re.compile(r"\bserving \w{1,20} (?:years?|life)\b", re.IGNORECASE)
"""A sentence that runs: settled, like the rows of `settled`."""
_NO_DEED = re.compile(
    r"\b(?:film|movie|novel|book|series|season|episode|plays?|character|role|not|never"
    r"|self-confessed|so-called|convicted)\b|n['’]t\b",
    re.IGNORECASE,
)
"""A story that is made up, or that it was not done."""
_CALLED = re.compile(
    r"\b(?:alleged|accused|suspected|convicted|would-be|self-confessed|self-styled|wanted)"
    r" (?:[\w’'-]{1,20} ){0,3}$",
    re.IGNORECASE,
)
"""In front of what somebody is called: that it is open, or settled."""
_BETWEEN = re.compile(
    r"(?:,[^,.;]{0,60},)?\s{1,3}(?:(?:had|then|later|also|once|fatally|repeatedly|brutally"
    r"|deliberately|himself|herself)\s{1,3}){0,2}"
)
_OBJECT = re.compile(
    r"\s(?:(?:to|and|then) \w{1,20}\s)?(?:an?|the|his|her|their|its|another|several|at least"
    rf"|more than|him|them|{number_words('two', 'ten')}|\d{{1,3}}|[A-Z]\w{{1,30}})\b"
)


@rule(
    code="LAN902",
    name="certainty-of-guilt",
    message="{name} is named as the one who did it, and no verdict or plea was found. "
    "Ask: who says so, and has a court decided?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("ipso", "bbc", "spj"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    if pattern("settled").search(text) or _SERVING.search(text):
        return
    suspects = _suspects(analysis)
    if not suspects:
        return
    said = SpanIndex(
        [(span, None) for a in analysis.attributions for span in a.content]
        + [(q.span, None) for q in analysis.quotes]
    )
    for match in _doers().finditer(text):
        if _CALLED.search(text, max(0, match.start() - 80), match.start()):
            continue
        person = next((p for _, p in names_in(analysis, Span(*match.span()))), None)
        if person is None or person.id not in suspects:
            continue
        yield from _hit(analysis, said, Span(*match.span()), person, suspects[person.id])
    excused = sorted(
        m.start() for key in ("hedge", "reported") for m in pattern(key).finditer(text)
    )
    for mention, person in names_in(analysis, Span(0, len(text))):
        link = _BETWEEN.match(text, mention.end) if person.id in suspects else None
        deed = pattern("deeds").match(text, link.end()) if link else None
        if deed and _OBJECT.match(text, deed.end()):
            span = Span(mention.start, deed.end())
            sentence = analysis.sentences[sentence_at(analysis, span.start)]
            if bisect_left(excused, sentence.start) < bisect_left(excused, sentence.end):
                continue
            yield from _hit(analysis, said, span, person, suspects[person.id])


def _suspects(analysis: Analysis) -> dict[str, Span]:
    """Where people are first said to be accused, by their ids: the sentence names one of them."""
    text = analysis.article.text
    found: dict[str, Span] = {}
    for match in pattern("accused").finditer(text):
        sentence = analysis.sentences[sentence_at(analysis, match.start())]
        before = names_in(analysis, Span(sentence.start, match.start()))
        after = names_in(analysis, Span(match.end(), min(sentence.end, match.end() + 60)))
        for _, person in before[-1:] or after[:1]:
            found.setdefault(person.id, Span(*match.span()))
    return found


def _hit(
    analysis: Analysis, said: SpanIndex[None], span: Span, person: Person, accused: Span
) -> Iterator[Hit]:
    """The finding, unless somebody says it, or the sentence says that it was not done."""
    text = analysis.article.text
    sentence = analysis.sentences[sentence_at(analysis, span.start)]
    if any(True for _ in said.at(span)) or _NO_DEED.search(text, sentence.start, sentence.end):
        return
    yield Hit(
        span=span,
        values={"name": person.name or text[span.start : span.end]},
        related=(Related(accused, "what is open"),),
    )


@cache
def _doers() -> re.Pattern[str]:
    """A name behind what its bearer is said to have done: "killer Tom Pell"."""
    doers = "|".join(sorted(lexicon("wording", "doers"), reverse=True))
    return re.compile(
        r"(?<!\w)(?:[Tt]he )?"
        rf"(?i:{doers}),? [A-Z][\w’'.-]{{1,30}}(?: [A-Z][\w’'.-]{{1,30}}){{0,2}}(?<!\.),?"
    )
