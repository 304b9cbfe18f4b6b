"""
## What it finds
A word that runs a named person down, in what an unnamed source says. Praise is a note.

## Why it matters
Agencies allow unnamed sources for facts, not for opinions of people: nobody answers for the insult,
and nobody can answer it.

## Fires on
[s1 anonymous withheld A source] [c1 said] [q1 Mayor Ann Lee was ⟦arrogant⟧ with the crew].

[s1 anonymous withheld A friend] [c1 said]: [q1 "Tom Pell is a ⟦hero⟧."]

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee kept ⟦mocking⟧ the crew].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee has a ⟦huge ego⟧].

[s1 anonymous withheld A source] [c1 said] [q1 Tom Pell despises Ann Lee and ⟦wants to ruin her⟧].

## Stays silent on
[s1 anonymous withheld A source] [c1 said] [q1 the ferry has a huge ego in its name, Ann Lee thinks, and I have a short temper].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee never wants to hurt him].

[s1 person=Tom_Pell Tom Pell] [c1 said] [q1 Mayor Ann Lee was arrogant].

[s1 anonymous withheld A source] [c1 said] [q1 the toxic waste plan would cost more].

[s1 anonymous A resident] [c1 said] [q1 Ann Lee was arrogant].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee met the crew outside her professional duties].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee went through a nasty divorce].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee wants a kind of ferry].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee was never arrogant and would not cheat on him].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee is crazy about boats and desperate to sail].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee was bullied and feels humiliated].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee has a son, Saint, three].

[s1 anonymous withheld A source] [c1 said] [q1 Ann Lee wants a captain who is kind and calm].

[s1 anonymous withheld A source] [c1 said]: [q1 "Ann Lee knows that I am lazy."]

## Known misses
Insults in words that are not on the list; irony. An adjective in front of a noun that is no person ("an arrogant
letter") is passed over, and so is what is denied, what is done to the person, and an idiom of the list ("crazy about").

## Options
`words`: further words that run somebody down.
"""  # noqa: E501

import re
from collections.abc import Iterator
from functools import cache

from ...language.en.lexicon import noted
from ...query.lookup import named_near, unnamed_contents
from ...query.predicates import clause, closes, denied, of_a_thing, predicate, suffered
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Related, Span
from .. import option, rule

_OWN = re.compile(
    r"(?:\b(?:his|her|their)|[^\W\d_][’']s) (?:(?!kids?\b|children\b|son\b|daughter\b)[\w-]{1,40}"
    r"(?:,| and)? ){0,2}$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"\s{1,20}(?:man|woman|person|people|guy|boss|bosses|husband|wife|ex|father|dad|mother|mum|mom"
    r"|leader|candidate|politician|boy|girl|human|colleague|manager|mayor|chief|bully|liar"
    r"|boyfriend"
    r"|girlfriend|partner|friend|star|actor|actress|singer|brat|cheat|diva|creature|character"
    r"|individual|bitch|witch|monster|idiot|piece of work)\b",
    re.IGNORECASE,
)
_CONDUCT = re.compile(
    r"\s{1,20}(?:[\w-]{1,40} )?(?:behaviou?r|antics|conduct|attitude|comments?|remarks?|ways"
    r"|personality|streak|demands|tantrums?|outbursts?|habits?|manner|(?:ex-)?"
    r"(?:estranged |former )?(?:husband|wife|boyfriend|girlfriend|fianc[ée]e?|dad|father|mother|mum"
    r"|mom|boss|friend|self|ego))\b",
    re.IGNORECASE,
)
_WHOSE_CONDUCT = re.compile(
    r"\s{1,20}(?:behaviou?r|conduct|attitude|ways|habits?|manner|demands|tantrums?|outbursts?|antics)"
    r" (?:that )?(?-i:[A-Z][\w’'-]{1,30}|(?:s?he)\b)",
)
_HAS = re.compile(
    r"\b(?P<who>[\w’'-]{1,40}?)(?:[’'](?:s|ve) got"
    r"| (?:really |always |still )?(?:has|have|had|with))"
    r" (?:such |got |quite )?(?:an? |the |real |serious |very |really )*$",
    re.IGNORECASE,
)
"""In front of what somebody has: "has a huge ego"."""
_MEANT = re.compile(
    r"\b(?:feel|feels|felt|feeling|an?|the|this|that|about)\s{1,20}$", re.IGNORECASE
)
_OUTWARD = re.compile(r"\b(?:look|sound)\w{0,5}\s{1,20}(?:\w{1,20}\s{1,20}){0,2}$", re.IGNORECASE)
_GOOD_AT = re.compile(r"\s{1,20}(?:to|at|in)\b", re.IGNORECASE)
"""Praise of looks, and of what somebody is good at, judges no person."""
_IF = re.compile(r"\b(?:if|whether|unless|in case|would be|to be|or else)\b", re.IGNORECASE)
_I = re.compile(r"\b(?:I|we|you)\b")
_SPEAKERS = frozenset("i we you who it that this".split())
LEAST = 0.5
"""Confidence of the attribution below which nothing is said."""


@rule(
    code="ANO004",
    name="anonymous-opinion",
    message="“{word}” is an unnamed source's opinion of a named person. "
    "Ask: is there a fact to report, or a name to put to the opinion?",
    severity="warning",
    standards=("ap", "reuters", "wapo"),
    scope="all",
    house_accepted=True,
    options={"words": []},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    extra = frozenset(w.lower() for w in option(context, check, "words"))
    found: dict[str, list[tuple[Span, bool]]] = {}
    for source, span in unnamed_contents(analysis, LEAST):
        for place, bad in _judgements(analysis, span, extra):
            found.setdefault(source.id, []).append((place, bad))
    for places in found.values():
        ordered = sorted(set(places), key=lambda p: (not p[1], p[0]))
        first, hard = ordered[0]
        yield Hit(
            span=first,
            values={"word": text[first.start : first.end]},
            related=tuple(Related(p, "and here") for p, h in ordered[1:] if h == hard),
            severity=None if hard else "note",
        )


@cache
def _pattern() -> re.Pattern[str]:
    """Every listed word and phrase, the longest first."""
    keys = ("traits", "names", "phrases", "deeds", "praise")
    found = sorted({w for key in keys for w in noted("insults", key)}, key=lambda w: (-len(w), w))
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(re.escape(w).replace(' ', ' ') for w in found)})(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _malice() -> re.Pattern[str]:
    """What somebody is said to be after: "wants to destroy her"."""
    verbs = "|".join(sorted(noted("insults", "malice"), key=lambda w: (-len(w), w)))
    return re.compile(
        r"\b(?:wants|wanted|is (?:trying|out|determined|desperate|plotting|planning|hell-?bent on)"
        rf"|will do (?:anything|whatever it takes)) (?:to )?(?:{verbs})(?:ing)?"
        r" (?:him|her|them|(?-i:[A-Z][\w’'-]{1,30}))\b",
        re.IGNORECASE,
    )


@cache
def _idioms() -> re.Pattern[str]:
    """Turns of phrase with a listed word in them that run nobody down."""
    found = sorted(noted("insults", "idioms"), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\b", re.IGNORECASE)


def _judgements(
    analysis: Analysis, span: Span, extra: frozenset[str]
) -> Iterator[tuple[Span, bool]]:
    """The places in what a voice says where a named person is judged, and whether badly."""
    text = analysis.article.text
    idioms = [m.span() for m in _idioms().finditer(text, span.start, span.end)]
    places = [Span(*m.span()) for m in _pattern().finditer(text, span.start, span.end)]
    for match in _malice().finditer(text, span.start, span.end):
        place = Span(*match.span())
        before = clause(text, _sentence(analysis, span, place), place)
        if not denied(before) and not _IF.search(before) and not _I.search(before):
            if named_near(analysis, place):
                yield place, True
    if extra:
        own = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(extra)))})\b", re.IGNORECASE)
        places += [Span(*m.span()) for m in own.finditer(text, span.start, span.end)]
    for place in places:
        word = text[place.start : place.end].lower()
        if any(a <= place.start and place.end <= b for a, b in idioms):
            continue
        if _a_name(text, span, place):
            continue
        praised = word in noted("insults", "praise") and word not in extra
        if _judges(analysis, span, place, word, known=word in extra) and _of(
            analysis, span, place, word
        ):
            yield place, not praised


def _a_name(text: str, span: Span, place: Span) -> bool:
    """Whether a word with a capital inside a sentence is somebody's or something's name."""
    before = text[span.start : place.start].rstrip("“\"‘' ")
    return text[place.start].isupper() and bool(before) and before[-1] not in ".!?:…"


def _judges(analysis: Analysis, span: Span, place: Span, word: str, *, known: bool) -> bool:
    """Whether the word is said of somebody: "is arrogant", "a real bully", "her cruel jokes",
    "mocked him", and neither denied nor supposed nor done to them."""
    text = analysis.article.text
    sentence = _sentence(analysis, span, place)
    before = clause(text, sentence, place)
    after = text[place.end : min(span.end, place.end + 40)]
    if denied(before) or _IF.search(before[-60:]):
        return False
    if word in noted("insults", "deeds"):
        done_to = suffered(before) and not word.partition(" ")[0].endswith("ing")
        return not done_to and not of_a_thing(after) and not _MEANT.search(before)
    if noted("insults", "phrases").get(word) == "has":
        held = _HAS.search(before)
        return held is not None and held.group("who").lower() not in _SPEAKERS
    said = predicate(text, sentence, place)
    if said is not None and (closes(after) or _PEOPLE.match(after)):
        if said.subject in ("speaker", "anybody"):
            return False
        if word in noted("insults", "praise"):
            return said.subject == "person" and not (
                _OUTWARD.search(before) or _GOOD_AT.match(after)
            )
        if said.subject == "thing":
            return noted("insults", "traits").get(word) == "conduct"
        return True
    if word in noted("insults", "praise"):
        return False
    if _WHOSE_CONDUCT.match(after) and re.search(r"\bthe (?:[\w-]{1,20} )?$", before):
        return True  # "the controlling ways Lee displayed"
    return bool(_OWN.search(before) and (_CONDUCT.match(after) or known))


def _sentence(analysis: Analysis, span: Span, place: Span) -> Span:
    """The sentence of a place, cut to what the voice says."""
    whole = analysis.sentences[sentence_at(analysis, place.start)]
    return Span(max(whole.start, span.start), min(whole.end, span.end))


def _of(analysis: Analysis, span: Span, place: Span, word: str) -> bool:
    """Whether a named person is judged: one in the sentence, or, of a deed, in the one before."""
    if named_near(analysis, place):
        return True
    if noted("insults", "traits").get(word) != "conduct":
        return False
    sentence = analysis.sentences[sentence_at(analysis, place.start)]
    return sentence.start > span.start and bool(
        named_near(analysis, Span(sentence.start - 1, sentence.start))
    )
