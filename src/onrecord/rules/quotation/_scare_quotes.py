"""Words in quotation marks that may doubt what they say: which they are, and whose.

Answers what QUO204 asks of a short quotation and of the text around it; decides nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import WORD, block_at, stem
from ...query.voices import sentence_at
from ...records import Analysis, Quote, Span

_TERM = re.compile(
    r"\b(?:(?:is|are|was|were|so-)\s?called|known as|dubbed|named|titled|term|word|words|phrase"
    r"|means?|nicknamed|labell?ed|song|book|film|show|episode"
    r"|becom\w{1,40}|became|forms? of|types? of|hashtag|slogan|motto|option|button|feature|category"
    r"|marked)\b[^.]{0,20}$",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:accus\w{1,40}|declar\w{1,40}|call(?:s|ed|ing)(?! (?:in|for|on|off|up|out)\b)"
    r"|consider\w{0,40}|regard\w{0,40}|view(?:s|ed)|seen? as|describ\w{1,40}|promis\w{1,40}"
    r"|pledg\w{1,40}|vow\w{0,40}|brand(?:ed|s|ing)|label\w{0,40}|deem\w{0,40}|dismiss\w{0,40}"
    r"|billed|bills? (?:it|him|her)|tout\w{0,40}"
    r"|refer(?:s|red|ring)?|argu\w{1,40}|termed|dubbed|claim(?:s|ed|ing)?|hail(?:s|ed|ing)"
    r"|denounc\w{1,40}|prais\w{1,40}|mock(?:s|ed|ing)|criticiz?s?(?:ed|es|ing)|propos(?:ed|es|ing)"
    r"|urg(?:ed|es|ing)"
    r"|demand(?:s|ed|ing)|assur\w{1,40}|chant\w{0,40}|shout\w{0,40}|wording|answer(?:s|ed)"
    r"|warn\w{0,40}|insist\w{0,40}|invok\w{1,40}|cit(?:ed|es|ing)|quot(?:ed|es|ing)|repeat\w{0,40}"
    r"|reported|ruled"
    r"|headlines?|slogan\w{0,40}|according|statements?|interview|emails?|e-mails?|memos?|filings?"
    r"|complaint|lawsuit|indictment"
    r"|Act|provisions?|statutes?|clause|amendment|executive order|percent|per cent|polls?"
    r"|survey\w{0,40}|respondents?)\b|%",
)
_OWNED = re.compile(
    r"(?:\b[A-Z][\w.]{1,40}(?:[’']s|s[’'])|\b(?:his|her|my"
    r"|whose))\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,3}$"
)
_GLOSS = re.compile(
    r"\s{0,20}(?:\(|\[|(?:--|[-–—―])\s{0,20}(?=an?\b|the\b|which|who|meaning|or\b)"
    r"|,\s{0,20}(?:which|who|where|when|meaning|or|an?|the|that is|namely|i\.e|in which)\b"
    r"|(?:\w{1,40},\s{0,20}(?:who|which)|in which|meaning)\b)"
)
_IS_GLOSS = re.compile(r"(?:\s[-–—―]{1,2}|\(|:|,\s{0,20}or|\bi\.e\.,?|\bmeaning|=)\s{0,20}$")
_NAMES = re.compile(
    r"\s{1,20}(?:plan|tax|memo|order|flaw|prison|scenario|framework|theor(?:y|ies)|philosophy"
    r"|groups?|centers?|centres?"
    r"|gear|headlines|labels?|policy|policies|program(?:me)?s?|rules?|doctrine|campaigns?|movement"
    r"|button|feature|mode|section|list|caucus|category"
    r"|voters?|convention|bill|law|act|status|agreement|standard|award|prize|club|party|day|show)\b"
)
_IRONY = re.compile(
    r"\b(?:disguised|masquerad\w{1,40}|posing|posed|passes|passed off|pretend\w{0,40}|self-styled"
    r"|supposed(?:ly)?|so much for|sham)\b[^.“\"]{0,30}$",
    re.IGNORECASE,
)
_SORTS = re.compile(r"\s{1,20}of sorts\b")
NEAR = 3
"""Sentences on each side in which somebody may have said the words first."""
FAR = 2000
"""Code points within which what somebody says counts as close by."""
SHORT = 26
"""Words in a block that may be a headline, a standfirst or a subheading."""


def within(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """Those of sorted spans that share words with a stretch, as far as they begin near it."""
    for n in range(bisect_left(spans, Span(start - FAR, 0)), len(spans)):
        if spans[n].start >= end:
            return
        if spans[n].end > start:
            yield spans[n]


def doubted(text: str, quote: Quote) -> bool:
    """Whether one to three words in marks claim some worth that the marks then doubt.

    A friend, proof, principles, an expert team; whatever else is "of sorts" or "disguised as".
    Coinages and technical terms stand in marks as well, but doubt nothing.
    """
    inner = text[quote.inner.start : quote.inner.end]
    found = [w.lower() for w in WORD.findall(inner)]
    if quote.parent is not None or not 1 <= len(found) <= 3 or not quote.closed:
        return False
    if inner[:1].isupper() or inner[-1:] in ",.?!" or not inner[:1].isalpha():
        return False
    if text[quote.span.start - 1 : quote.span.start] == "=":
        return False  # an attribute that a tag left in the text
    if _IRONY.search(text[max(0, quote.span.start - 60) : quote.span.start]):
        return True
    claims = lexicon("judgement", "claims")
    return not claims.isdisjoint(found) or _SORTS.match(text, quote.span.end) is not None


def heading(analysis: Analysis, quote: Quote) -> bool:
    """Whether the words stand in a headline, a standfirst or a subheading."""
    blocks = analysis.article.blocks
    n = block_at(blocks, quote.span.start)
    block = blocks[n]
    if block.role != "paragraph":
        return True
    count = len(WORD.findall(analysis.article.text, block.span.start, block.span.end))
    return len(blocks) > 2 and count <= (SHORT if n < 2 else 9)


def somebodys(analysis: Analysis, quote: Quote) -> bool:
    """Whether the sentence has somebody speak, a poll ask or a law provide, or a name own the
    words."""
    text, place = analysis.article.text, quote.span
    sentence = analysis.sentences[sentence_at(analysis, place.start)]
    rest = text[sentence.start : place.start] + " | " + text[place.end : sentence.end]
    return bool(
        _SPOKEN.search(rest)
        or SPEECH_CUE.search(rest)
        or _OWNED.search(text[max(sentence.start, place.start - 60) : place.start])
    )


def explained(text: str, quote: Quote) -> bool:
    """Whether the words are a term: introduced as one, glossed on the spot, the name of a thing."""
    before = text[max(0, quote.span.start - 60) : quote.span.start]
    after = text[quote.span.end : quote.span.end + 30]
    return bool(
        _TERM.search(before)
        or _IS_GLOSS.search(before)
        or _GLOSS.match(after)
        or _NAMES.match(after)
    )


def taken_up(analysis: Analysis, quote: Quote, said: Sequence[Span]) -> bool:
    """Whether somebody says the words close by, or the article uses them without marks as a
    term."""
    text, place = analysis.article.text, quote.span
    inner = text[quote.inner.start : quote.inner.end]
    wanted = {stem(w) for w in WORD.findall(inner)}
    n = sentence_at(analysis, place.start)
    start = analysis.sentences[max(0, n - NEAR)].start
    end = analysis.sentences[min(n + NEAR, len(analysis.sentences) - 1)].end
    first = bisect_left(analysis.quotes, start, key=lambda q: q.span.start)
    last = bisect_left(analysis.quotes, end, key=lambda q: q.span.start)
    quoted = [q.inner for q in analysis.quotes[first:last] if q.span != place]
    for span in (*within(said, start, end), *quoted):
        if wanted <= {
            stem(w) for w in WORD.findall(text, max(span.start, start), min(span.end, end))
        }:
            return True
    if len(wanted) < 2:
        return False
    around = text[max(0, place.start - 4 * FAR) : place.end + 4 * FAR]
    return len(re.findall(rf"(?<!\w){re.escape(inner)}(?!\w)", around, re.IGNORECASE)) > 1
