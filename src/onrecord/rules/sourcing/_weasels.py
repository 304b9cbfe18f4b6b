"""Which phrases name a crowd that may be anybody ("critics", "many"), and which only seem to.

Answers that for rules of the family SRC; decides nothing. Whether a member of the crowd is met is
`crowds`' business.
"""

import re
from bisect import bisect_right

from ...language.en.lexicon import noted
from ...query.lookup import block_at, statements
from ...records import Analysis, Span
from ...text.spans import text_of

_NOUNS = "|".join(sorted(noted("crowds", "crowds"), key=lambda w: (-len(w), w)))
_CROWD = re.compile(
    r"(?:the |his |her |its |their |some |many |most |several |a lot of |online |social media "
    r"|angry |even |political |legal |outside |other |independent )*"
    rf"(?:{_NOUNS}|(?:many|some|others|several)\b(?! of (?:the|his|her|its|their|those|them"
    rf"|us)\b))\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"(?:\w{1,40} ){1,3}?(?:officials?|aides|advis[eo]rs|staffers|people|involved|familiar|close"
    r"|than)\b",
    re.IGNORECASE,
)
"""People who keep their names back, rather than a crowd: other rules' business."""
_PRACTICE = (
    r"(?:dealers|traders|brokers|bankers|banks|operators|investors|participants|producers|companies"
    r"|firms|exporters|importers|shippers|buyers"
    r"|sellers|merchants|refiners|managers|executives|representatives|officials|members|delegates"
    r"|ministers|diplomats|sources|countries|nations"
    r"|states|governments|lawmakers|legislators|senators|farmers|growers|workers|employees|doctors"
    r"|nurses|teachers|officers|players|retailers|manufacturers|consumers|customers|passengers"
    r"|patients|students)"
)
"""Those who do what is written of, whom a reporter rings up: no crowd that may be anybody."""
_DOING = re.compile(rf"\b{_PRACTICE}\b", re.IGNORECASE)
_ONE_DOING = re.compile(
    r"\b(?:dealer|trader|broker|banker|operator|member|official|delegate|diplomat)\b", re.IGNORECASE
)
_BARE = re.compile(r"(?:some|others|many|several|most)\b(?= ?$)|others who\b", re.IGNORECASE)
_FOR = re.compile(r"(?:proponents|supporters|advocates|defenders)\b", re.IGNORECASE)
_AGAINST = re.compile(r"(?:opponents|critics|detractors)\b", re.IGNORECASE)
_BACK = re.compile(r"\b(?:endors|support|back(?:s|ed|ing)\b|favou?r|champion)")
_OPPOSE = re.compile(r"\b(?:oppos|critici[sz]|object|denounc|condemn)")
_NAMES = re.compile(r"\b[A-Z][\w-]{1,40} [A-Z][\w-]{1,40}")
_WISE = re.compile(
    r"\b(?:experts|analysts|observers|strategists|economists|scientists|scholars|historians|pundits"
    r"|commentators|operatives|watchers)\b",
    re.IGNORECASE,
)
_ONE_WISE = re.compile(
    r"\b(?:expert|analyst|observer|strategist|economist|scientist|scholar|historian|pundit"
    r"|commentator|operative|professor|researcher|lecturer)\b(?! (?:advice|opinion|report|view"
    r"|panel|witness))",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r" (?:at|with|from|of|for) (?:the )?[A-Z]|,? (?:\w{1,40} )?(?:polled|surveyed|interviewed"
    r"|contacted|questioned)\b"
)
"""Whose they are, or that they have been asked one by one."""
_OFFICE = (
    r"(?:Department|Ministry|Agency|Bank|Fund|Institute|Commission|Bureau|Board|Treasury|University"
    r"|Reserve|Council|Committee|government)(?:['’]s)? (?:[a-z]{1,40} )?"
)
_PAPER = re.compile(
    r"\b(?:Democratic|Republican|Conservative|Liberal|Labour|[Mm]ajority|[Mm]inority|Democrats['’]"
    r"|Republicans['’]) (?:report|statement|letter|memo|alternative|response|members of the)\b"
    r"|\(D-|\(R-"
)
"""A party's paper or member, by which it speaks."""
_PARTY = re.compile(
    r"(?:\w{1,40} )?(?:democrats|republicans|conservatives|liberals|progressives)\b", re.IGNORECASE
)


_CLAIMS = "|".join(sorted(noted("crowds", "claims"), key=lambda w: (-len(w), w)))
_CALLED = "|".join(sorted(noted("crowds", "called"), key=lambda w: (-len(w), w)))
_SAYING = "|".join(sorted(noted("crowds", "saying"), key=lambda w: (-len(w), w)))
_STATES = "|".join(sorted(noted("crowds", "states"), key=lambda w: (-len(w), w)))
_AUX = (
    r"(?:(?:have|has|had|are|were|is|was|been|being|also|now|already|still|even|immediately|quickly"
    r"|long|often|once|then|openly|\w{2,20}ly) ){0,3}"
)
_BARE_CROWD = r"(?:many|some|others|several|most)(?: (?:people|even))?"
_MODIFIER = (
    r"(?!(?:as|than|that|the|and|but|or|for|with|from|of|to|by|in|on|at|is|was|are|were|have|has"
    r"|had"
    r"|not|like|because|when|if|while|which|who|what|according|now|then|so|even|only|firstly"
    r"|meanwhile|apparently)\b)[\w’'-]{2,20}"
)
_A_CROWD = (
    rf"(?:(?:the |his |her |its |their )?(?:{_MODIFIER} ){{0,3}}?(?:{_NOUNS})\b(?! of (?:the"
    rf"|his"
    rf"|her|their)\b)(?: (?:of|in|on|from) (?:[\w’'-]{{1,20}} ){{0,2}}?[\w’'-]{{2,20}})?"
    rf"|{_BARE_CROWD}"
    rf"|(?-i:{_CALLED}))"
)
_LIKE_ONE = re.compile(_A_CROWD, re.IGNORECASE)
SAYS = re.compile(
    rf"(?<![\w’'-])(?P<who>{_A_CROWD}) (?:(?:who|that)? )?{_AUX}(?:(?:{_CLAIMS})\b(?! (?:a"
    rf" picture|the rings))"
    rf"|(?:{_SAYING})\b"
    r"|(?:are|were|remain|remained|feel|felt|seem|seemed) (?:\w{2,20}ly )?"
    rf"(?:{_STATES}) (?:that|of|about|over|at|by|to see)\b"
    r"|(?:would not|wouldn[’']t) be (?:surprised|shocked)\b"
    r"|(?:want|wanted) (?:to know|answers)\b|hop(?:e|es|ed|ing) (?:not|that|for|to see)\b"
    r"|(?:quick|keen|at pains) to (?:say|blame|point|criticise|criticize|praise|note|accuse"
    r"|claim)\b"
    r"|(?:see|sees|saw|seen) (?:[\w’'-]{1,20} ){1,5}as\b|(?:call|calls|called|calling) (?:it|him"
    r"|her"
    r"|them|this|that|the (?:[\w’'-]{1,20} ){1,3}(?:an?|the|[“\"‘'])|for)\b"
    r"|expect(?:s|ed)? (?:\$|£|a loss|a profit))",
    re.IGNORECASE,
)
"""A crowd that says or thinks something, by its words: "some wondered", "critics are raving"."""
BY = re.compile(
    r"\b(?:according to|(?:accused|criticised|criticized|slammed|blasted|hailed|branded|dubbed"
    r"|praised"
    r"|described|regarded|considered|seen|viewed|believed|thought|called|mocked|panned|labell?ed"
    r"|condemned|denounced|ridiculed|roasted|told) by"
    r"|in the (?:eyes|view|opinion) of"
    r"|(?:suspicions?|speculation|fears?|concerns?|worr(?:y|ies)|belief|consensus|doubts?|unease"
    r"|anger|outrage|talk|feelings?|hopes?)(?: (?:is|are|was|were))?(?: \w{3,20}ing)? among(?:st)?"
    rf") (?P<who>{_A_CROWD})(?![\w’'-])(?! of (?:the|his|her|their"
    r"|those|them|us|its)\b)",
    re.IGNORECASE,
)
"""A crowd on whose word something stands: "according to critics"."""
IN_PASSING = re.compile(
    rf"\bwhat (?P<who>(?:some|many|most|others|{_NOUNS})(?: (?:people|fans|viewers|critics"
    r"|observers))?)(?: have)?(?: \w{1,40}ly)? (?:see|saw|seen|perceive|perceived|describe"
    r"|described"
    r"|regard|regarded|consider|considered|view|viewed|called|dubbed|think|believe)\b",
    re.IGNORECASE,
)
"""What a crowd is said to think in passing: "what many see as"."""
_NOT_SAID = re.compile(
    r"\b(?:how|so|too|not|if|whether|unless|would|could|may|might|should|must|will|as|than|to|of|for|with|among"
    r"|from"
    r"|like|including|between|on|at|in|via|by) $",
    re.IGNORECASE,
)
"""In front of what is no subject, or of what nobody has said."""
_COUNTED = re.compile(r"\b(?:how|as|so|too|not) $", re.IGNORECASE)
"""In front of a number that is asked for or compared: "how many", "as many as 40"."""


def claimed(text: str) -> list[Span]:
    """Where crowds stand in a text that say, think or are given something, by their words alone."""
    found = [Span(*m.span("who")) for m in BY.finditer(text)]
    found += [Span(*m.span("who")) for m in IN_PASSING.finditer(text)]
    for match in SAYS.finditer(text):
        who = Span(*match.span("who"))
        before = text[max(0, who.start - 12) : who.start]
        if not _NOT_SAID.search(before) and not re.search(r"\d $", before):
            found.append(who)
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return [
        s for s in kept if not _somebodys(text, s) and not _PARTY.fullmatch(text[s.start : s.end])
    ]


def _somebodys(text: str, span: Span) -> bool:
    """Whether a name in front of the noun says whose it is: "Goldman analysts", not whom they
    follow: "Orr fans"."""
    words = text[span.start : span.end].split()
    if words[-1].lower() in noted("crowds", "crowds") and not _WISE.search(words[-1]):
        if noted("crowds", "crowds")[words[-1].lower()] == "of somebody":
            return False
    inside = text[max(0, span.start - 2) : span.start].strip(' \n“"') not in ("", ".", "!", "?")
    noun = next((n for n, w in enumerate(words) if w.lower() in noted("crowds", "crowds")), 0)
    for n, word in enumerate(words[:noun]):
        if word[:1].isupper() and (inside or n or _elsewhere(text, word)):
            return text[span.start : span.end] not in noted("crowds", "called")
    return False


def _elsewhere(text: str, word: str) -> bool:
    """Whether a word that begins a sentence has its capital inside another one too: a name."""
    return re.search(rf"[a-z,;] {re.escape(word)}\b", text) is not None


def crowd(text: str, span: Span) -> bool:
    """Whether a phrase opens with a crowd that may be anybody."""
    words = text[span.start : span.start + 60]
    shaped = _CROWD.match(words) or _LIKE_ONE.fullmatch(text, span.start, span.end)
    if not shaped or _INSIDE.match(words) or _somebodys(text, span):
        return False
    if re.match(r"many\b", words, re.I) and _COUNTED.search(
        text[max(0, span.start - 5) : span.start]
    ):
        return False
    phrase = text[span.start : span.end]
    return not (
        re.match(r"(?:some|many|several|most|other)\b", phrase, re.IGNORECASE)
        and _DOING.search(phrase)
    )


def known(analysis: Analysis, span: Span) -> bool:
    """Whether the article tells who a crowd is: somebody's experts, people met before, a party with
    its paper.

    Experts of whom one is spoken of anywhere are known by that one; "others" and "some" are more of
    whoever speaks before them.
    """
    text = analysis.article.text
    phrase, before = text[span.start : span.end], text[: span.start]
    if before.endswith("than "):
        return True
    if _WISE.search(phrase):
        if _PLACED.search(text, span.start, span.end + 24):
            return True
        noun = _WISE.findall(phrase)[-1]
        if re.match(r"(?:the|these|those) ", phrase, re.IGNORECASE) or _ONE_WISE.search(text):
            return True
        return bool(re.search(rf"\b{_OFFICE}{noun}\b", text, re.IGNORECASE))
    if _PARTY.match(phrase):
        return bool(_PAPER.search(text))
    if re.match(r"(?:the|these|those) ", phrase, re.IGNORECASE):
        return phrase.split()[-1].lower() in before.lower()
    if _side_named(analysis, span, phrase):
        return True
    return bool(_BARE.match(phrase)) and _after_others(analysis, span)


def _side_named(analysis: Analysis, span: Span, phrase: str) -> bool:
    """Whether the sentence before names who took the crowd's side: "The Farm Union endorsed it.
    Supporters say"."""
    takes = _BACK if _FOR.match(phrase) else _OPPOSE if _AGAINST.match(phrase) else None
    n = bisect_right([s.start for s in analysis.sentences], span.start) - 2
    if takes is None or n < 0:
        return False
    words = text_of(analysis.article.text, analysis.sentences[n])
    return bool(takes.search(words) and _NAMES.search(words))


def _after_others(analysis: Analysis, span: Span) -> bool:
    """Whether a bare "some" follows people of a trade, or "others" somebody who speaks, in its
    paragraph or the last."""
    text, blocks = analysis.article.text, analysis.article.blocks
    start = blocks[max(0, block_at(blocks, span.start) - 1)].span.start
    if _DOING.search(text, start, span.start):
        return True
    if _WISE.search(text, start, span.start) and _ONE_WISE.search(text):
        return True
    if not text[span.start : span.end].lower().startswith("others"):
        return False
    return _ONE_DOING.search(text, start, span.start) is not None or any(
        start <= m.start < span.start
        for s in analysis.sources
        if s.kind in ("person", "spokesperson", "anonymous") and statements(analysis, s)
        for m in s.mentions
    )
