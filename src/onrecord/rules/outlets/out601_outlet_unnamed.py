"""
## What it finds
"Media reports", "local media", "according to reports", "it has been reported", "a magazine" and the like as the source, with no
outlet named in the sentence or, of "the magazine", anywhere before it, and no link in the sentence (warning). On a web page
also: another outlet as the source of a sentence in a paragraph without any link (note).

## Why it matters
A reader who can't tell which outlet reported it can't look it up, and can't tell two reports from one.

## Fires on
The bridge will close, according to ⟦local media⟧.

⟦Media reports⟧ said that the bridge would close.

It rained. According to ⟦reports⟧, the bridge will close. ⟦Reports⟧ say it moves.

It rained. She was dragged by ⟦a magazine⟧, which claimed that she was late. ⟦The magazine⟧ further claimed it moves.

⟦It has been reported⟧ that the bridge will close. It rained.

It rained. ⟦It was reported⟧ that Ann Lee was living with Tom Pell in Westport. It rained.

It rained. ⟦Reports⟧ that the bridge moves started to spread. [s1 outlet=Quay_Post The Quay Post] [c1 said] [q1 the ferry was late].

## Stays silent on
It rained. Reports that the bridge moves began to spread. [s1 outlet=Quay_Post The Quay Post] [c1 said] [q1 the bridge moves by night].

It rained. There were reports in the Quay Post that the bridge moves. It rained.

The bridge will close, according to media buyers.

The bridge will close, the Harbour Star reported.

It has been reported in the Harbour Star that the bridge will close. It rained.

[s1 outlet=Harbour_Star The Harbour Star] [c1 said] [q1 it moves]. The magazine claimed it was late.

The board read reports about the bridge. Reports of rain came in.

The mayor complained about local media.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 that media reports said it would close].

## Known misses
Outlets named a sentence later, where it shares a word of matter with the report's: they are taken for whose report it is.
"""  # noqa: E501

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ...language.en.lexicon import lexicon
from ...query.lookup import block_at, headline, names_in, stem, words
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Span
from ...text.normalise import fold_text
from ...text.spans import SpanIndex
from .. import rule

LEAST = 0.5
"""Confidence from which an attribution to an outlet counts."""

_PRESS = (
    r"(?:magazine|tabloid|newspaper|paper|website|site|blog|gossip site|gossip magazine|news site"
    r"|outlet|publication|journal|weekly|glossy|mag|rag)"
)
_SAYS = (
    r"(?:(?:further|also|recently|previously|even|now|has|have|had|since|\w{2,20}ly)"
    r" ){0,3}(?:said|say"
    r"|says|saying|reported|reports?|claimed|claims?|claiming|alleged|alleges?|suggested|suggests?"
    r"|suggesting|revealed|reveals?|quoted|insisted|insists?|wrote|writes|indicated|indicates?"
    r"|emerged|alleging)\b"
)
_REPORTED = re.compile(
    r"\b(?:according to|citing|based on|amid) (?P<who>(?:(?:several|some|various|multiple|recent"
    r"|new"
    r"|other|numerous|unconfirmed|many|tabloid|online|local|earlier|widespread) ){0,2}(?:reports"
    rf"|(?:local|court|royal) (?:reporters|correspondents)|(?:an?|one|another) (?:\w{{2,20}}"
    rf" )?{_PRESS}))"
    r"(?=[.,;:)\]\"”–—\n]|$| (?:that|on|and|in|at|this|last|but|he|she|they|the|it|which|who)\b)"
    rf"|(?<![\w’'-])(?P<who2>(?:(?:several|some|various|multiple|recent|new|other|numerous"
    r"|unconfirmed|many|tabloid|initial|early|earlier|local) ){0,2}(?:reports|(?:local)"
    r" (?:reporters))"
    rf"|(?:an?|one|another|the) (?:\w{{2,20}} )?{_PRESS}),? (?:which |that |who )?(?:have |has"
    rf" )?{_SAYS}"
    rf"|\bby (?P<who4>an? (?:\w{{2,20}} )?{_PRESS}),? (?:which|that|who) {_SAYS}"
    r"|(?:(?<=[.!?,;:] )|(?<=\n)|(?<=but )|(?<=and )|(?<=when )|(?<=as ))(?P<who8>(?:recent |new"
    r" |several |some )?reports) (?:that|of) [^.!?\n]{3,90}?\b(?:surfac|emerg|swirl|circulat|spread"
    r"|bega?n|start|brew|mount|persist|broke|flood)\w{0,4}\b"
    r"|\bthere (?:are|were|have|had)(?: even| also| now| once| recently){0,2}(?: b"
    r"een)? (?P<who5>(?:a few"
    r" |several |some |many |various |numerous |new |recent |conflicting )?reports)"
    r"(?= (?:that|of|suggesting|claiming|saying|last|this|in|on|earlier)\b)"
    r"|\b(?:after|amid|following|despite|if) (?P<who6>(?:recent |new |earlier |sev"
    r"eral |some |various"
    r" )?reports)(?= (?:that|suggesting|claiming|are to be believed)\b)"
    r"|(?<![\w’'-])(?P<who7>(?:an?|one|another) (?:(?:new|recent|fresh|shocking|bo"
    r"mbshell|different)"
    r" )?report) (?:claimed|claims|alleged|alleges|insisted|insists)\b"
    r"|(?P<who3>\bit (?:has been|was|had been|is being|is) (?:also |widely |previously |recently "
    r"|first |earlier )?(?:reported|claimed in reports))(?= (?:that|last|this|on|yesterday|earlier"
    r"|he|she|the|in)\b)",
    re.IGNORECASE,
)
"""A report of nobody's: "according to reports", "a magazine claimed", "it has been reported"."""
_TOLD_BEFORE = re.compile(
    r"\b(?:the|these|those|both|its|their|his|her|media|press) $", re.IGNORECASE
)
"""In front of reports that the text has told of."""
_THE = re.compile(r"the\b", re.IGNORECASE)
_NAMED_OUTLET = re.compile(
    r"\b(?:per|via|told|tells) (?:the )?[A-Z][\w&!.’'-]{1,30}"
    r"|\b[A-Z][\w&!.’'-]{1,30} (?:Magazine|magazine|Weekly|Times|Post|Daily|News|Mail|Sun|Mirror"
    r"|Star)\b"
    r"|\b\w{2,40}\.com?\b"
)
"""An outlet's name in a sentence, where no source was found for it."""
_IN_OUTLET = re.compile(r"(?:\s\w{1,20}){0,2}?\s(?:in|by|from|on|at) (?:the )?[A-Z]")
"""Whose report it is, right behind it: "reports in the Harbour Star"."""
_VAGUE = re.compile(
    r"\b(?:according to|cit(?:ing|ed by)|reported by|as reported in) (?P<who>(?:several |some "
    r"|various |multiple )?(?:local|national|foreign|state|social|other|news)? ?(?:media(?: reports"
    r"| outlets)?|news reports|press reports|news outlets))\b(?=[.,;:)\]\"”–—\n]|$| (?:that|on|and"
    r"|in|at|this|last|from|but)\b)"
    r"|(?P<who2>\b(?:(?:local|state|foreign|other) )?(?:media (?:reports|outlets)|news (?:reports"
    r"|outlets)|press reports|local media)) "
    r"(?:said|say|reported|have reported|claimed|suggested|quoted)\b",
    re.IGNORECASE,
)


@rule(
    code="OUT601",
    name="outlet-unnamed",
    message="{who} stands as the source. Ask: which report, and where can it be read?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("ap", "wapo", "wikipedia"),
)
def check(context: Context) -> Iterator[Hit]:
    yield from _unlinked(context)
    text = context.analysis.article.text
    for match in _VAGUE.finditer(text):
        part = "who" if match.group("who") else "who2"
        yield Hit(span=Span(*match.span(part)), values={"who": f"“{match.group(part)}”"})
    yield from _reported(context)


@cache
def _papers() -> re.Pattern[str]:
    """The names of papers, sites and channels that `language/en/sources.json` lists."""
    names = sorted(lexicon("sources", "outlets"), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")


def _reported(context: Context) -> Iterator[Hit]:
    """Reports and papers that nobody is told the name of."""
    analysis = context.analysis
    text, head = analysis.article.text, headline(analysis)
    named = [m for s in analysis.sources if s.kind == "outlet" and s.name for m in s.mentions]
    named = [m for m in named if text[m.start].isupper()]
    quoted = SpanIndex((q.span, None) for q in analysis.quotes)
    known = [Span(*m.span()) for m in _VAGUE.finditer(text)]
    for match in _REPORTED.finditer(text):
        who = Span(*match.span(match.lastgroup or 0))
        n = sentence_at(analysis, who.start)
        sentence = analysis.sentences[n]
        if (head and who.start < head.span.end) or any(True for _ in quoted.at(who)):
            continue
        if any(k.start < who.end and who.start < k.end for k in known):
            continue
        if _TOLD_BEFORE.search(text[max(0, who.start - 12) : who.start]):
            continue
        others = text[sentence.start : who.start] + " " + text[who.end : sentence.end]
        if _NAMED_OUTLET.search(others) or _papers().search(others):
            continue
        if _IN_OUTLET.match(text, match.end()) or any(
            sentence.start <= m.start < sentence.end for m in named
        ):
            continue
        if any(sentence.start <= k.span.start < sentence.end for k in analysis.article.links):
            continue
        if _THE.match(text, who.start) and (
            any(m.start < who.start for m in named) or _papers().search(text, 0, who.start)
        ):
            continue
        if _named_behind(analysis, n, named):
            continue
        yield Hit(span=who, values={"who": f"“{text[who.start : who.end]}”"})


def _named_behind(analysis: Analysis, n: int, named: Sequence[Span]) -> bool:
    """Whether the next sentence has an outlet's name and tells of the same thing."""
    if n + 1 >= len(analysis.sentences):
        return False
    text, here, after = analysis.article.text, *analysis.sentences[n : n + 2]
    if not any(after.start <= m.start < after.end for m in named):
        return False
    names = {stem(w) for _, p in names_in(analysis, here) for w in p.name.lower().split()}
    return bool(_matter(text, here) & _matter(text, after) - names)


def _matter(text: str, span: Span) -> set[str]:
    """The words that carry a sentence's matter, by their stems."""
    empty = lexicon("function_words", "common_long")
    return {
        stem(w)
        for w in words(text, span)
        if len(w) > 3 and w not in empty and not w.startswith("report")
    }


def _unlinked(context: Context) -> Iterator[Hit]:
    """Other outlets that a page with links relies on in a paragraph that has none."""
    analysis = context.analysis
    article = analysis.article
    if not article.links:
        return
    own = fold_text(article.outlet or "").removeprefix("the ")
    outlets = {s.id: s for s in analysis.sources if s.kind == "outlet" and s.name}
    linked = {block_at(article.blocks, link.span.start) for link in article.links}
    seen = set()
    for attribution in analysis.attributions:
        source = outlets.get(attribution.source_id or "")
        if source is None or attribution.source is None or attribution.stance != "says":
            continue
        if "," in article.text[attribution.source.start : attribution.source.end]:
            continue  # a name with an apposition is a person's, whatever it was taken for
        name = fold_text(source.name or "").removeprefix("the ")
        if source.id in seen or (own and (name in own or own in name)):
            continue
        seen.add(source.id)
        if attribution.confidence >= LEAST and not linked & {
            block_at(article.blocks, m.start) for m in source.mentions
        }:
            values = {"who": f"{source.name}, without a link,"}
            yield Hit(span=attribution.source, values=values, severity="note")
