"""What a crowd says, and whether a member of it is met: who, named or quoted near "critics say",
may be one.

Answers that for rules of the family SRC; decides nothing. What a crowd is stands in the rules.
"""

import re
from bisect import bisect_left

from ...language.en.verbs import ANY_CUE, SPEECH_CUE
from ...query.lookup import STATED, block_at, headline, statements
from ...records import Analysis, Attribution, Source, Span

_LATER = 10
"""Paragraphs after a crowd in which people count who have not been met before."""
_HEROES = 2
"""The people an article has most mentions of: whom a crowd speaks about, rather than its
members."""
_NAMED = ("person", "spokesperson", "organisation")
_WISE = re.compile(
    r"\b(?:experts|analysts|observers|strategists|economists|scientists|scholars|pundits"
    r"|commentators|operatives)\b",
    re.IGNORECASE,
)
_LEARNED = re.compile(
    r"\b(?:experts?|analysts?|observers?|strategists?|professors?|scientists?|scholars?|economists?"
    r"|historians?|researchers?|fellow"
    r"|director|pollsters?|consultants?|commentators?|pundits?|columnists?|lawyers?|attorneys?"
    r"|critics?|operatives?|lecturer)\b",
    re.IGNORECASE,
)

_AMONG = re.compile(
    r"\b(?:including|such as|like|among (?:them|those|the)|members?)\b[^.\n]{0,60}?[a-z] (?:is "
    r"|are |was |were )?[A-Z][a-z]{1,40} [A-Z]"
    r"|\b(?:including|such as) [A-Z]|\bAmong (?:them|those)\b"
)
_HOLDS = re.compile(
    rf"{ANY_CUE.pattern}|\b(?:calls?|called|sees?|saw|views?|viewed|regard\w{{0,40}})\b",
    re.IGNORECASE,
)
_HEARD = re.compile(r"\b(?:shar|shout|chant|cr(?:y|ied)|yell|sing|sang|laugh|began|point)", re.I)
"""What a crowd is heard to call out, or seen to do."""
_SURE = 0.6
"""Least confidence of a statement."""
_PARTY = re.compile(
    r"(?:Democrats|Republicans|Conservatives|Liberals|Progressives)\b", re.IGNORECASE
)
"""Bare camps, of which polls tell what they think: only what they say counts."""
_EXPECTED = re.compile(r"\b(?:expect|forecast|estimat|project)", re.IGNORECASE)
"""What those who reckon agree on is a forecast, no opinion of anybody's."""
_VIEWS = re.compile(r"\b(?:a|the|this|that|his|her|their) (?:\w{1,40} )?view\b", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:to|would|could|may|might|can|should|will|if)(?: \w{1,40}ly| have| also)?\s{1,20}$"
)


class Members:
    """The voices of an article as a crowd's possible members, looked up once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._met = {p.id: p.mentions[0].start for p in analysis.people}
        heroes = sorted(analysis.people, key=lambda p: (-len(p.mentions), p.id))[:_HEROES]
        self._heroes = {p.id: p.mentions[0].start for p in heroes}
        self._mentions = sorted(
            ((m.start, n) for n, s in enumerate(analysis.sources) for m in s.mentions)
        )
        text = analysis.article.text
        self._learned = any(
            s.kind in _NAMED and _LEARNED.search(_called(text, s)) for s in analysis.sources
        )

    def met(self, span: Span, reach: int) -> bool:
        """Whether somebody who may belong to the crowd at `span` is named or quoted.

        Somebody may who is named as one in its paragraph or the next, somebody new who speaks
        within ten
        paragraphs, a body that does within `reach`, somebody known, unless the article is about
        them,
        somebody quoted without a name in its paragraph or the next, and, for people who know,
        whoever is called one of them anywhere.
        """
        text, blocks = self._analysis.article.text, self._analysis.article.blocks
        if self._learned and _WISE.search(text, span.start, span.end):
            return True
        place = block_at(blocks, span.start)
        close = blocks[min(place + 1, len(blocks) - 1)].span.end
        if _AMONG.search(text, span.end, close):
            return True
        far = max(reach, _LATER)
        for start, n in self._mentions[bisect_left(self._mentions, (span.end, 0)) :]:
            away = block_at(blocks, start) - place
            if away > far:
                return False
            if self._member(self._analysis.sources[n], span, away, reach):
                return True
        return False

    def _member(self, source: Source, span: Span, away: int, reach: int) -> bool:
        """Whether a voice that is met so many paragraphs behind a crowd may belong to it."""
        if source.kind in _NAMED:
            new = min(source.mentions[0].start, self._met.get(source.person_id or "", span.end))
            named = source.person_id is not None or _proper(source.name or "")
            hero = self._heroes.get(source.person_id or "", span.end) < span.start
            fresh = new >= span.end and source.kind != "organisation"
            return named and not hero and (away <= reach or fresh)
        if source.kind == "anonymous" and away <= 1:
            return any(a.form != "indirect" for a in statements(self._analysis, source))
        return False


def holds(analysis: Analysis, a: Attribution) -> bool:
    """Whether a crowd says or thinks something in the body: not what it may say, or is helped to
    say."""
    text, head = analysis.article.text, headline(analysis)
    if a.parent is not None or a.source is None or a.cue is None or a.confidence < _SURE:
        return False
    if a.source.start < (head.span.end if head else 0) or a.stance not in (*STATED, "believes"):
        return False
    if re.search(r"\b(?:including|such as|like)\b", text[a.source.start : a.source.end]):
        return False
    if _PARTY.match(text, a.source.start) and not SPEECH_CUE.search(text, a.cue.start, a.cue.end):
        return False
    hedged = _NOT_YET.search(text, max(0, a.cue.start - 20), a.cue.start)
    if _HEARD.search(text, a.cue.start, a.cue.end) or _EXPECTED.search(
        text, a.cue.start, a.cue.end
    ):
        return False
    if _VIEWS.search(text, a.cue.start, a.cue.end):
        return False  # "some who take a view"
    called = re.match(
        r"(?:some|many|others)\s{1,20}(?:have )?call", text[a.source.start : a.cue.end]
    )
    if called and text[max(0, a.source.start - 5) : a.source.start] == "what ":
        return False
    return hedged is None and _HOLDS.search(text, a.cue.start, a.cue.end) is not None


def _called(text: str, source: Source) -> str:
    """What the article calls a voice."""
    note = source.justification
    return f"{source.title or ''} {text[note.start : note.end] if note else ''}"


def _proper(name: str) -> bool:
    """Whether a body's name is one: not a whole clause, not "the team"."""
    words = name.split()
    return 0 < len(words) <= 6 and words[-1][:1].isupper()
