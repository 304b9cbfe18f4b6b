"""
## What it finds
An unnamed source that says what a named person feels. Where the source is said to be close to the
person, it is a note. What people plan or intend is ordinary reporting and stays out.

## Why it matters
Nobody but the person knows. Told by a voice without a name, it can't be checked or answered.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee ⟦feels trapped⟧].

[s1 anonymous withheld A close friend of the couple] [c1 said]: [q1 "Ann Lee is ⟦heartbroken⟧."]

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee, who is not exactly ⟦thrilled⟧, will stay].

[s1 anonymous withheld A source] [c1 said]: [q1 "Ann Lee ⟦hates⟧ the plan."]

[s1 anonymous withheld A source] [c1 said]: [q1 "Ann Lee is ⟦taking it hard⟧."]

[s1 anonymous withheld A source] [c1 said]: [q1 "Ann Lee left the quay. It won't ⟦bother her⟧ at all."]

[s1 anonymous withheld A source] [c1 said]: [q1 "Tom Pell ⟦misses having⟧ a crew."]

## Stays silent on
[s1 anonymous withheld A source] [c1 said]: [q1 "I miss her, and Ann Lee misses the boat each Monday."]

[s1 anonymous withheld A source] [c1 said] [q1 the oar hurt her back as Ann Lee rowed].

[s1 anonymous withheld An aide] [c1 said] [q1 Ann Lee planned to resign].

[s1 person=Tom_Pell Tom Pell] [c1 said] [q1 Ann Lee was heartbroken].

[s1 anonymous withheld A source] [c1 said]: [q1 "I feel trapped."]

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee was anxious that the bridge be kept].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee thought it could hurt the town].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee explained how she felt betrayed].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee is happy to help and sent her sincere regrets].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee feels she can stay].

[s1 anonymous withheld A source] [c1 said] [q1 that people near Ann Lee are worried].

[s1 anonymous withheld A source] [c1 said] [q1 that Ann Lee's proud old ship is late].

## Known misses
What somebody thinks ("feels she can stay"), feelings in words that are not on the list, and those that stand behind a verb of saying in the same sentence: they
may be what the person told.
"""  # noqa: E501

import re
from collections.abc import Iterator
from functools import cache

from ...language.en.lexicon import noted
from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import named_near, unnamed_contents
from ...query.predicates import closes, predicate
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Related, Source, Span
from .. import rule

_FEELS = re.compile(
    r"(?<!\bI )(?<!\bwe )\b(?:feels|(?:is|was|'s|’s|are|were) (?:now |really |secretly "
    r"|still )?feeling|(?:has|'s|’s|have|had) felt) "
    r"(?:(?:\w{1,40}ly|so|very|too|quite|a bit|a little|somehow|somewhat|more|like) ){0,2}"
    r"(?!(?:that|like|he|she|they|it|the|an?|his|her|hers|their|from|for|about|by|in|on|and|or|this"
    r"|no|any|if|as|at|to|there|these|those|some|everyone|everybody|nobody|more)\b"
    r"|(?-i:[A-Z]))(?:[\w-]{1,40}(?:ed|en|ful|less|ous|ive|able|ible|ish|ic|y|ure|ing)|naked"
    r"|lost|alone|sick"
    r"|torn|hurt|sad|sorry|bad|great|good|safe|free)\b",
    re.IGNORECASE,
)
"""Feeling something, not thinking it: "feels trapped", not "feels she can"."""
_TAKEN = re.compile(
    r"\b(?:tak(?:e|es|ing|en)|took) (?:(?:it|this|that|(?:his|her|their|the) [\w’'-]{1,20}"
    r"|this [\w’'-]{1,20}|[\w’'-]{1,20}[’']s [\w’'-]{1,20})) (?:very |really |pretty |so |quite )?"
    r"(?:hard|badly|personally|to heart)\b"
    r"|\bmiss(?:es|ed|ing)? (?:him|her|them|home|being|having|living|working|life|the old"
    r"|the (?:life|days|attention|kids)|(?:his|her|their) (?:old )?(?:\w{1,20} )?(?:life|family"
    r"|friends|kids|children|wife|husband|home|ex|son|daughter|mum|mom|mother|dad|father))\b"
    r"|\b(?:is|was|has been|feels) lost without\b|\bheart (?:is|was) (?:broken|breaking)\b"
    r"|\bbr(?:eaks|oke) (?:his|her|their) heart\b|\bcr(?:ies|ied|ying) (?:him|her)self to sleep\b"
    r"|\bhas (?:never )?got over\b|\bcan(?:not|[’']t) (?:get over|bear|stand|stop thinking)\b",
    re.IGNORECASE,
)
"""Turns of phrase for what somebody feels, whoever they are said of: "is taking it hard"."""
_CLOSE = re.compile(
    r"\b(?:friends?|pals?|close|confidante?s?|relatives?|family|sister|brother)\b", re.IGNORECASE
)
_FELT = re.compile(r"\b(?:feels?|felt|feeling)\s{1,20}(?:[\w-]{1,40}\s{1,20}){0,2}$", re.IGNORECASE)
_ONLY_FELT = frozenset("betrayed humiliated trapped guilty close satisfied intimidated".split())
"""States only behind "feels": whoever "was betrayed" need not feel it."""
_WILLING = frozenset("happy glad pleased proud content grateful thankful".split())
_WISHED = frozenset("anxious relieved tired".split())
_TO = re.compile(r"\s{1,20}to\s{1,20}(?!(?:be|have|hear|see|find|know)\b)[a-z]")
_THAT = re.compile(r"\s{1,20}(?:that|to|for|of (?:his|her|their|its|the))\b")
"""Anxious that something be done, relieved of a post."""
_DONE = re.compile(
    r"\s{1,20}by\s{1,20}(?:an?|the|his|her|their)?\s{0,2}(?:police|guards?|mob|gang)\b"
)
_NOUN = re.compile(
    r"\b(?:his|her|their|its|my|your|the|any|no|some|of|with|sincere|deep)\s{1,20}$", re.I
)
_WHO_FEELS = re.compile(
    r"(?:\b(?:he|she|they|who)|(?-i:\b[A-Z][\w’'.-]{0,40})|\b(?:couple|star|singer|actor|actress))"
    r"\s{1,20}(?:(?:really|truly|just|absolutely|totally|already|now|also|still|always|never|both"
    r"|definitely|secretly|clearly|obviously|actually|deeply|completely) ){0,3}$",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:I|we|you|it[’']s me)(?:[’']\w{1,3})? (?:\w{1,20} ){0,3}$", re.IGNORECASE)
_OWN_WORDS = re.compile(
    rf"(?:{SPEECH_CUE.pattern}|\b(?:told|explained|confessed|admitted)\b)(?! (?:reporters|the)\b)",
    re.IGNORECASE,
)
"""What one of the people in it says of themselves stands in the content by its own verb."""
LEAST = 0.5


@rule(
    code="ANO011",
    name="anonymous-mind-reading",
    message="An unnamed source tells what a named person feels: “{words}”. "
    "Ask: how would this source know, and did the person say so?",
    severity="warning",
    standards=("ap", "wapo"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    found: dict[str, tuple[Source, list[Span]]] = {}
    for source, span in unnamed_contents(analysis, LEAST):
        for place in _feelings(analysis, span):
            if named_near(analysis, place):
                found.setdefault(source.id, (source, []))[1].append(place)
    for source, places in found.values():
        first, *more = sorted(set(places))
        close = any(_CLOSE.search(text, m.start, m.end) for m in source.mentions)
        yield Hit(
            span=first,
            values={"words": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p in more),
            severity="note" if close and not _bare(analysis, source) else None,
        )


@cache
def _pattern() -> re.Pattern[str]:
    """Every listed word for a feeling, the longest first."""
    listed = sorted({*noted("feelings", "states"), *noted("feelings", "verbs")}, key=_longest)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, listed))})(?![\w-])", re.IGNORECASE)


@cache
def _moving() -> re.Pattern[str]:
    """What moves somebody: "it hurts her", not "the fall hurt her back"."""
    listed = "|".join(sorted(noted("feelings", "moves"), key=_longest))
    return re.compile(
        rf"(?<![\w-])(?:{listed}) (?:him|her|them)(?=[.,;:!?”\"]|$| (?:that|when|to|at all|deeply"
        r"|so|a lot|and|because|most|most of all|too|more)\b)",
        re.IGNORECASE,
    )


def _longest(word: str) -> tuple[int, str]:
    return (-len(word), word)


def _feelings(analysis: Analysis, span: Span) -> Iterator[Span]:
    text, at = analysis.article.text, -1
    for match in _FEELS.finditer(text, span.start, span.end):
        if not _OWN_WORDS.search(_before(text, span, match.start())):
            at = match.end()
            yield Span(*match.span())
    for found in (_TAKEN, _moving()):
        for match in found.finditer(text, span.start, span.end):
            if not _SELF.search(_before(text, span, match.start())) and not _OWN_WORDS.search(
                _before(text, span, match.start())
            ):
                yield Span(*match.span())
    for match in _pattern().finditer(text, span.start, span.end):
        place = Span(*match.span())
        if place.start >= at and _meant(analysis, span, place):
            yield place


def _before(text: str, span: Span, place: int) -> str:
    """The voice's words in front of a place, back to where its sentence begins."""
    return re.split(r"[.!?][”\"’']?\s", text[span.start : place])[-1]


def _meant(analysis: Analysis, span: Span, place: Span) -> bool:
    """Whether a word tells here what somebody else feels: "is hurt", "hates", not "his regrets",
    "happy to help", "people are worried", and not what its holder is said to have told."""
    text = analysis.article.text
    word, before = text[place.start : place.end].lower(), _before(text, span, place.start)
    if _OWN_WORDS.search(before):
        return False
    if word in noted("feelings", "verbs"):
        return _WHO_FEELS.search(before) is not None and not _NOUN.search(before)
    if word in _ONLY_FELT and not _FELT.search(before):
        return False
    if (word in _WISHED and _THAT.match(text, place.end)) or _DONE.match(text, place.end):
        return False
    if word in _WILLING and _TO.match(text, place.end):
        return False
    whole = analysis.sentences[sentence_at(analysis, place.start)]
    said = predicate(text, Span(max(whole.start, span.start), whole.end), place)
    if said is None or said.subject != "person":
        return False
    return said.verb != "’s" or closes(text[place.end : place.end + 30])


def _bare(analysis: Analysis, source: Source) -> bool:
    text = analysis.article.text
    return any(
        re.search(r"\b(?:source|insider)s?\b", text[m.start : m.end], re.IGNORECASE)
        for m in source.mentions
    )
