"""
## What it finds
Words that the headline puts in quotation marks and nobody says in the body: nowhere there (error),
paraphrased there, or there without a speaker (warning).

## Why it matters
Quotation marks in a headline tell the reader that somebody used these words.

## Fires on
[h Harbour chief calls bridge ⟦'a floating disgrace'⟧] ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the works would begin in May].

## Stays silent on
[h Harbour chief calls bridge 'a floating disgrace'] ¶ [q1 "It is a floating disgrace,"] [c1 said] [s1 person=Ann_Lee Ann Lee].

## Known misses
A headline's quotation of one word that stands in the body without marks and with its speaker counts
as said. British papers quote claims in headlines that are paraphrases by custom: a warning, not an
error.
"""  # noqa: E501

from collections.abc import Iterator

from rapidfuzz import fuzz

from ...query.lookup import headline, stem, words
from ...records import Analysis, Context, Hit, Quote, Related, Severity, Span
from .. import rule

PARAPHRASE = 0.5
"""Share of the phrase's content words that one paragraph must hold, endings folded."""
_EMPTY = frozenset(
    "a an the of to in on at for by with from into and or but as is are was were be been being it"
    " its he him"
    " his she her hers they them their i me my we us our you your this that these those not no so"
    " do does"
    " did has have had will would".split()
)


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
            hit = _judge(analysis, head.span.end, quote)
            if hit is not None:
                yield hit


def _judge(analysis: Analysis, body: int, quote: Quote) -> Hit | None:
    text = analysis.article.text
    phrase = text[quote.inner.start : quote.inner.end].strip(" ,.")
    wanted = words(text, quote.inner)
    if not wanted:
        return None
    places = _places(analysis, body, wanted)
    said = [
        p for p in places if any(_within(p, s) for a in analysis.attributions for s in a.content)
    ]
    if said:
        return None
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
    return Hit(
        span=quote.span,
        values={"phrase": f"“{phrase}”", "fault": fault},
        related=related,
        severity=severity,
    )


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _places(analysis: Analysis, body: int, wanted: list[str]) -> list[Span]:
    """Where the words stand in the body, one after the other, endings as they are."""
    from ...query.lookup import WORD

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
