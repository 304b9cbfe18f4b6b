"""What a crowd says, and whether a member of it is met: who, named or quoted near "critics say",
may be one.

Answers that for rules of the family SRC; decides nothing. What a crowd is stands in the rules.
"""

import re
from bisect import bisect_left

from ...language.en.lexicon import lexicon, noted
from ...language.en.verbs import ANY_CUE, SPEECH_CUE
from ...query.lookup import STATED, block_at, headline, statements, stem, words
from ...query.voices import sentence_at
from ...records import Analysis, Attribution, Source, Span

_ONE = re.compile(r"(?:one|another|two|several)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"(?:who|he|she)\b", re.IGNORECASE)
_WHOSE = re.compile(r"(?:his|her|their|its)\s", re.IGNORECASE)
"""In front of a noun of saying: "her announcement" speaks of her."""
_NEXT = 1
"""Paragraphs after a crowd in which a person who has not been met before may be its member."""
_HEROES = 2
"""The people an article has most mentions of: whom a crowd speaks about, rather than its
members."""
_COMMON = lexicon("function_words", "common_long")
_NAMED = ("person", "spokesperson", "organisation")
_WISE = re.compile(
    r"\b(?:experts|analysts|observers|strategists|economists|scientists|scholars|pundits"
    r"|commentators|operatives)\b",
    re.IGNORECASE,
)
_LEARNED = re.compile(
    r"\b(?:experts?|analysts?|observers?|strategists?|professors?|scientists?|scholars?|economists?"
    r"|historians?|researchers?|fellow|\w{3,20}(?:ologists?|icists?)"
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
        self._names = {
            stem(w) for p in analysis.people for m in p.mentions[:3] for w in words(text, m)
        }
        self._ones: dict[str, bool] = {}
        self._learned = any(
            s.kind in _NAMED and _LEARNED.search(_called(text, s)) for s in analysis.sources
        )

    def met(self, span: Span, reach: int) -> bool:
        """Whether somebody who may belong to the crowd at `span` is named or quoted.

        Somebody may who is named as one in its paragraph or the next, somebody new who speaks
        there, whoever speaks within `reach` paragraphs of the same thing, unless the article is
        about them, somebody quoted without a name in its paragraph or the next, whoever is called
        one of them anywhere ("Ann Lee, a critic of the plan"), and, for people who know, whoever
        is called one who knows.
        """
        text, blocks = self._analysis.article.text, self._analysis.article.blocks
        if self._learned and _WISE.search(text, span.start, span.end):
            return True
        place = block_at(blocks, span.start)
        close = blocks[min(place + 1, len(blocks) - 1)].span.end
        if _AMONG.search(text, span.end, close) or self._called_one(span):
            return True
        noun = text[span.start : span.end].split()[-1].lower().removesuffix("s")
        if re.search(rf"\b(?:one|an?|another) {re.escape(noun)}\b", text[span.end : close].lower()):
            return True
        wise = _WISE.search(text, span.start, span.end) is not None
        about = self._matter(span)
        for start, n in self._mentions[bisect_left(self._mentions, (span.end, 0)) :]:
            away = block_at(blocks, start) - place
            if away > reach:
                return False
            source = self._analysis.sources[n]
            if wise and source.kind == "document" and away <= _NEXT:
                return True  # a study is by people who know
            if self._member(source, span, start, away, about):
                return True
        return False

    def _called_one(self, span: Span) -> bool:
        """Whether a named voice is called by the crowd's noun in the singular."""
        text = self._analysis.article.text
        noun = re.escape(text[span.start : span.end].split()[-1].lower().removesuffix("s"))
        if len(noun) < 3 or text[span.start : span.end] in noted("crowds", "called"):
            return False
        if noun not in self._ones:
            lead = r"\b(?:one of|among|leads?|for)\b[^.\n]{0,30}"
            one = re.compile(rf"\b{noun}\b|{lead}\b{noun}s\b", re.IGNORECASE)
            self._ones[noun] = any(
                one.search(f"{_called(text, s)} {_apposed(text, s)}")
                for s in self._analysis.sources
                if s.kind in _NAMED
            )
        return self._ones[noun]

    def _matter(self, span: Span) -> set[str]:
        """The words that carry the matter of a crowd's sentence; names of people are none."""
        sentence = self._analysis.sentences[sentence_at(self._analysis, span.start)]
        return self._stems(sentence) - {stem(w) for w in self._text_words(span)}

    def _text_words(self, span: Span) -> list[str]:
        return words(self._analysis.article.text, span)

    def _stems(self, span: Span) -> set[str]:
        return {
            stem(w) for w in self._text_words(span) if len(w) > 3 and w not in _COMMON
        } - self._names

    def _member(self, source: Source, span: Span, start: int, away: int, about: set[str]) -> bool:
        """Whether a voice that is met so many paragraphs behind a crowd may belong to it."""
        if (source.name or "") in noted("crowds", "called"):
            return False
        if source.kind in _NAMED:
            new = min(source.mentions[0].start, self._met.get(source.person_id or "", span.end))
            named = source.person_id is not None or _proper(source.name or "")
            hero = self._heroes.get(source.person_id or "", span.end) < span.start
            fresh = new >= span.end and source.kind == "person"
            if not named or hero:
                return False
            return (fresh and away <= _NEXT) or self._speaks_of(source, start, about)
        if source.kind == "anonymous" and away <= 1:
            if _POINTS_BACK.match(self._analysis.article.text, start):
                return False  # somebody of whom the sentence speaks
            quoted = any(a.form != "indirect" for a in statements(self._analysis, source))
            one = _ONE.match(self._analysis.article.text, start)
            return quoted and bool(one or not away or self._speaks_of(source, start, about))
        return False

    def _speaks_of(self, source: Source, start: int, about: set[str]) -> bool:
        """Whether what a voice says at a mention shares a word of matter with the crowd's."""
        if _WHOSE.match(self._analysis.article.text, start):
            return False
        return any(
            about & self._stems(c)
            for a in statements(self._analysis, source)
            if a.source is not None and a.source.start == start
            for c in a.content
        )


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


def _apposed(text: str, source: Source) -> str:
    """What stands by a voice's first mention, where it is introduced."""
    first = source.mentions[0]
    before = re.split(r"[.!?][”\"]?\s|\n", text[max(0, first.start - 40) : first.start])[-1]
    return before + text[first.start : first.end + 80].partition(". ")[0].partition("\n")[0]


def _called(text: str, source: Source) -> str:
    """What the article calls a voice."""
    note = source.justification
    return f"{source.title or ''} {text[note.start : note.end] if note else ''}"


def _proper(name: str) -> bool:
    """Whether a body's name is one: not a whole clause, not "the team"."""
    words = name.split()
    return 0 < len(words) <= 6 and words[-1][:1].isupper()
