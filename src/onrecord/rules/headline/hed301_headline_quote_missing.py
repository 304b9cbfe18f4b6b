"""
## What it finds
Words that the headline puts in quotation marks and nobody says in the body: nowhere there (error;
a word or two: warning), paraphrased there, or there without a speaker (warning). The same words in another tense, in
brackets, without their subject, with "and" for "&" are the same. Names of shows, songs, films and papers are no
quotations.

## Why it matters
Quotation marks in a headline tell the reader that somebody used these words.

## Fires on
[h Harbour chief calls bridge ⟦'a floating disgrace'⟧] ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the works would begin in May].

## Stays silent on
[h Harbour chief calls bridge 'a floating disgrace'] ¶ [q1 "It is a floating disgrace,"] [c1 said] [s1 person=Ann_Lee Ann Lee].

[h Lee is 'light & joyful' at the quay] ¶ [q1 "She just seems very light and joyful,"] [c1 said] [s1 anonymous withheld a source].

[h Lee back at work: 'She Seems Relaxed,' Says Source] ¶ Lee [q1 "seemed (more) relaxed",] [c1 said] [s1 anonymous withheld a source].

[h Lee voted off 'Ferries of the North' after a loss] ¶ Ann Lee has left "Ferries of the North". She rowed badly.

[h 'Tide' wins the harbour prize] ¶ The thriller Tide won on Sunday. "Tide" beat three films.

[h Lee's heart-rending rendition of 'We Shall Row Again' at the fair: watch] ¶ She sang "We Shall Row Again" on Monday.

[h Lee wore a ring on 'HFL'] ¶ She was in a sketch of Harbour Friday Live.

[h 'The bridge will never open', Lee says] ¶ It rained. ¶ [s1 person=Ann_Lee Ann Lee] [c1 says] [q1 the bridge never opens].

[h Lee threw a 'quay and tide' party at the pier] ¶ It rained. ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the works would begin].

[h Two 'mothers' for the lamb] ¶ It rained. ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the lamb was well].

## Known misses
A headline's quotation of one word that stands in the body without marks and with its speaker counts
as said. British papers quote claims in headlines that are paraphrases by custom: a warning, not an
error. Words that the body writes as a name are taken for a title.
"""  # noqa: E501

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import WORD, headline, stem, words
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Quote, Related, Severity, Span
from .. import rule
from ._works import is_title, same_words

_LED = re.compile(
    rf"\b(?:an?|the|his|her|their|its|\d{{1,3}}|{number_words('two', 'ten')}"
    r"|[\w’']{1,40}[’']s?) $",
    re.IGNORECASE,
)
_NOUN = re.compile(r" [A-Za-z]")
PARAPHRASE = 0.5
"""Share of the phrase's content words that one paragraph must hold, endings folded."""
_EMPTY = lexicon("function_words", "core", "headline_quote")


@rule(
    code="HED301",
    name="headline-quote-missing",
    message="the headline quotes {phrase}, {fault}. Ask: who said these words?",
    severity="error",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    head = headline(analysis)
    if head is None or len(analysis.article.blocks) < 2:
        return
    for quote in analysis.quotes:
        if quote.parent is None and quote.span.end <= head.span.end:
            hit = _judge(analysis, head.span, quote)
            if hit is not None:
                yield hit


def _judge(analysis: Analysis, head: Span, quote: Quote) -> Hit | None:
    text, body = analysis.article.text, head.end
    phrase = text[quote.inner.start : quote.inner.end].strip(" ,.")
    wanted = words(text, quote.inner)
    if not wanted:
        return None
    places = list(same_words(analysis, body, quote.inner)) or _places(analysis, body, wanted)
    if any(_said(analysis, place) for place in places):
        return None
    if is_title(analysis, head, quote, places):
        return None
    around = text[head.start : quote.span.start], text[quote.span.end : head.end]
    if _LED.search(around[0]) and (_NOUN.match(around[1]) or _is_noun(wanted)):
        return None  # an epithet or a so-called thing: the marks raise an eyebrow, nobody speaks
    severity: Severity = "warning"
    if places:
        if len(wanted) < 2:
            # One word is often a fair summary; it stands in the body, if nobody's.
            severity = "note"
        related = tuple(Related(p, "the same words, no speaker found") for p in places[:3])
        fault = "which nobody is found to say in the body"
    elif near := _paraphrase(analysis, body, wanted):
        related = (Related(near, "the nearest passage"),)
        fault = "which the body only paraphrases"
    else:
        severity, related, fault = "error", (), "which does not stand in the body"
        if len(wanted) < 3:
            severity = "warning"  # a word or two may sum up
    return Hit(
        span=quote.span,
        values={"phrase": f"“{phrase}”", "fault": fault},
        related=related,
        severity=severity,
    )


def _is_noun(wanted: list[str]) -> bool:
    """Whether a phrase is one noun: "Two 'dads' raised him"."""
    one = wanted[0].removesuffix("s")
    return len(wanted) == 1 and any(
        one in lexicon("nouns", k) for k in ("people", "maybe", "things")
    )


def _said(analysis: Analysis, place: Span) -> bool:
    """Whether somebody is found to say the words at a place: in what is attributed, or between
    quotation marks in a sentence with a verb of saying or a voice in it."""
    text = analysis.article.text
    if any(_within(place, s) for a in analysis.attributions for s in a.content):
        return True
    if not any(_within(place, q.inner) for q in analysis.quotes):
        return False
    n = sentence_at(analysis, place.start)
    sentence = analysis.sentences[n]
    crowds = {s.id for s in analysis.sources if s.kind == "group"}
    voices = (a.source for a in analysis.attributions if a.source and a.source_id not in crowds)
    outside = text[sentence.start : place.start] + " … " + text[place.end : sentence.end]
    return bool(SPEECH_CUE.search(outside)) or any(
        sentence.start <= v.start < sentence.end for v in voices
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _places(analysis: Analysis, body: int, wanted: list[str]) -> list[Span]:
    """Where the words stand in the body, one after the other, endings as they are."""
    found = []
    row = [
        (m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in WORD.finditer(analysis.article.text, body)
    ]
    for n in range(len(row) - len(wanted) + 1):
        if row[n][0] == wanted[0] and [w for w, _, _ in row[n : n + len(wanted)]] == wanted:
            found.append(Span(row[n][1], row[n + len(wanted) - 1][2]))
    return found


def _paraphrase(analysis: Analysis, body: int, wanted: list[str]) -> Span | None:
    """The paragraph that holds most of the phrase's words, in any order, endings folded."""
    text = analysis.article.text
    content = {stem(w) for w in wanted if w not in _EMPTY}
    if not content:
        return None
    best, place = 0.0, None
    for block in analysis.article.blocks:
        if block.span.start < body:
            continue
        have = {stem(w) for w in words(text, block.span)}
        share = sum(_has(w, have) for w in content) / len(content)
        if share > best:
            best, place = share, block.span
    return place if best >= PARAPHRASE or (best >= 0.3 and len(content) >= 5) else None


def _has(word: str, have: set[str]) -> bool:
    return word in have or any(
        abs(len(word) - len(h)) < 3 and fuzz.ratio(word, h) > 84 for h in have
    )
