"""Everybody named in an article: mentions of one person made one, without a model.

Finds runs of capitalised words, tells people from bodies and places by titles, given names and
what they do, and joins full names with their short forms. Pronouns are `pronouns`' business.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...records import Article, Attribution, Block, Person, Span
from ..engine.pointers import Pointers
from ..engine.voicing import votes
from .clusters import Mention, clusters, gender_of, given, is_trade
from .name_shape import aged, minor, opens, owns, placed, shaped, titled

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|Maj|Cllr|Supt|Det|Insp)\."
_NAME = (
    r"(?:[A-Z](?:\.[A-Z])*\.|(?:O['’]|Ma?c|D['’])?[A-ZÀ-ÖØ-Þ][\w-]{0,40}(?:['’][A-Z][\w-]{1,40})?)"
)
_PARTICLE = r"(?:de|del|della|di|da|van|von|der|den|la|le|bin|al|ibn|St\.)"
_NICKNAME = rf"[(\"“‘']{_NAME}[)\"”’'](?=[ \u00a0]{_NAME})"
"""A first name or another one in brackets or marks: "Coach (Frank) Lee", "Ann “Annie” Lee"."""
_RUN = re.compile(
    rf"\b(?:{_TITLE}[ \u00a0]{{1,40}}){{0,2}}{_NAME}(?:[ \u00a0]{{1,40}}(?:{_TITLE}"
    rf"|{_NICKNAME}|(?:{_PARTICLE}[ \u00a0]{{1,40}}){{0,2}}{_NAME}|\d{{1,2}}[A-Z]\b))*"
    rf"(?:,? (?:Jr|Sr)\.|[ ]I{{2,3}}\b)?"
)
_HUMAN_AFTER = re.compile(
    r"(?:['’]s)?,?\s{1,20}(?:who\b|whose\b|himself\b|herself\b|\(?aged\b)|,\s{1,20}(?:his|her)\b"
)
_KIN_BEFORE = re.compile(
    r"(?:wife|husband|son|daughter|mother|father|brother|sister|girlfriend|boyfriend|partner"
    r"|fianc[ée]e?|widow|marriage to|married)(?:,)?\s{1,20}$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
_ACTED = re.compile(
    r"(?: (?:had|was|has|is|also|later|then|would|never|did))* (?:[a-z]{1,40}ed|said|says|told|won"
    r"|lost|met"
    r"|went|came|took|made|left|became|wrote|sang|began|gave|led|thinks?|knew|felt|born|married)\b"
)
HEARD = 0.3
"""How much rather a name's sources must be heard as a person, or as none, to count as such."""
NAMED = 0.6
"""Probability of a person's name from which the network's word counts: the mean of the article's
mentions of the name."""
_OFFICE_OF = re.compile(
    r"\b([A-Z][a-z]{2,40}) (?:of|for) (?:the )?(?:[A-Z][\w-]{1,40},? (?:and )?)?$"
)
"""A post before its field, in capitals: "Director of | Public Works Ann Lee"."""
_NICKNAMED = frozenset("(\"“‘'")
_PAIR = re.compile(r"\b([A-Z][a-z]{1,40})(?= ([A-Z][a-z]{1,40})\b)")
_START = re.compile(r"(?:^|[.!?:\n][\"”’')]{0,40}\s{1,20})[\"“‘'(]{0,40}$")


def find_people(
    article: Article,
    attributions: Sequence[Attribution] = (),
    pointers: Pointers | None = None,
) -> tuple[Person, ...]:
    """The people that an article names, in order of their first mention.

    Who stands as an attribution's source with a verb of speaking is more likely a person, and so is
    who the network takes for one.
    """
    mentions = _mentions(article, attributions)
    if pointers:
        _heard(pointers, mentions)
        _voiced(article.text, attributions, pointers, mentions)
    found = clusters(article.text, _weighed(article.text, mentions))
    people = []
    for number, cluster in enumerate(found, 1):
        spans = sorted({m.span for m in cluster.mentions})
        people.append(
            Person(
                id=f"p{number}",
                name=" ".join(cluster.parts),
                mentions=tuple(spans),
                gender=gender_of(article.text, cluster),
                minor=minor(article.text, tuple(spans)),
            )
        )
    return tuple(people)


def _heard(pointers: Pointers, mentions: Sequence[Mention]) -> None:
    """Mark as likely people those whose name the network takes for a person's over the whole
    article."""
    shares: dict[tuple[str, ...], list[float]] = {}
    for mention in mentions:
        person, _, _ = pointers.names(mention.span.start, mention.span.end)
        shares.setdefault(mention.parts, []).append(person)
    for mention in mentions:
        own = shares[mention.parts]
        mean = sum(own) / len(own)
        mention.likely = mean > NAMED


def _voiced(
    text: str, attributions: Sequence[Attribution], pointers: Pointers, mentions: Sequence[Mention]
) -> None:
    """Mark as people those whom the network hears speak as people, and as none those it doesn't."""
    mentions = sorted(mentions, key=lambda m: m.span)
    said = votes(text, attributions, pointers, [m.span for m in mentions])
    total: dict[tuple[str, ...], float] = {}
    for mention in mentions:
        if mention.span in said:
            total[mention.parts] = total.get(mention.parts, 0.0) + said[mention.span]
    for mention in mentions:
        vote = total.get(mention.parts, 0.0)
        if vote > HEARD:
            mention.human = True
        elif vote < -HEARD and mention.honorific is None:
            if mention.parts[0] not in given() or vote < -2 * HEARD:
                mention.human = mention.likely = False
        if len("".join(mention.parts)) < 2:
            mention.human = mention.likely = False  # "E!" is nobody


def _weighed(text: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Those whom the network takes for people, unless their neighbours or other uses show a thing.

    One mention in a thing's place ("the Harwick", "in Harwick") tells of a single word's other
    uses.
    """
    heads = {m.parts[0] for m in mentions if not m.parts[1:]}
    things = {
        m.parts[0]
        for m in mentions
        if m.parts[0] in heads and not m.parts[1:] and placed(text, m.span)
    }
    small = frozenset(re.findall(r"\b[a-z]{1,40}\b", text))
    for mention in mentions:
        if not mention.likely or mention.human:
            continue
        if len(mention.parts) > 1:
            mention.human = not placed(text, mention.span)
        else:
            part = mention.parts[0]
            mention.human = part not in things and part.lower() not in small | _nouns()
    return mentions


def _mentions(article: Article, attributions: Sequence[Attribution]) -> list[Mention]:
    """Runs of capitalised words that may name a person."""
    text = article.text
    speakers = {
        (a.source.start, a.source.end)
        for a in attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
    }
    starts = sorted(speakers)
    outlet = _plain(article.outlet or "")
    words = _Words(text, article.blocks)
    found = []
    for block in article.blocks:
        heading = block.role == "headline" or titled(text[block.span.start : block.span.end])
        for match in _RUN.finditer(text, block.span.start, block.span.end):
            first = match.start() == block.span.start
            if outlet and outlet == _plain(match.group()):
                continue
            for mention in _split(text, match.span(), first, heading, words):
                around = len(mention.parts) > 1 and _speaks(text, mention.span, starts)
                mention.human = mention.human or around
                found.append(mention)
    return found


def _speaks(text: str, name: Span, speakers: Sequence[tuple[int, int]]) -> bool:
    """Whether a name ends a phrase that speaks, or stands before its comma, and no "and" is in
    it."""
    n = bisect_right(speakers, (name.start, len(text))) - 1
    if n < 0 or not name.end <= speakers[n][1]:
        return False
    rest = text[name.end : speakers[n][1]]
    return not rest.strip() or rest.startswith((",", " of ", " who ", " ("))


class _Words:
    """What an article's words tell of its names: which are written small, which end full names."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.small = frozenset(re.findall(r"\b[a-z]{1,40}\b", text))
        self.capital = frozenset(re.findall(r"\b[A-Z][a-z]{1,40}\b", text)) | given()
        body = blocks[0].span.end if blocks and blocks[0].role == "headline" else 0
        self.surnames = frozenset(
            m.group(2) for m in _PAIR.finditer(text, body) if m.group(1) in given()
        )

    def lowered(self, word: str) -> str:
        """A word that a paragraph's first line shouts ("ROSA Quill"), as the article has it
        elsewhere."""
        plain = len(word) > 2 and word.isupper() and word.title() in self.capital
        return word.title() if plain else word


def _split(
    text: str, run: tuple[int, int], fresh: bool, headline: bool, known: _Words
) -> list[Mention]:
    """The mention in a run of capitals: honorifics taken off, bodies and places left out."""
    start, end = run
    tokens = [(m.start(), m.end()) for m in re.finditer(r"[^\s,]+", text[start:end])]
    tokens = [(start + a, start + b) for a, b in tokens]

    def word(token: tuple[int, int]) -> str:
        found = re.sub(r"['’‘´`]s?$", "", text[token[0] : token[1]]).strip(".,()\"“”‘’'")
        return known.lowered(found) if fresh and not headline else found

    first = tokens[0]
    begins = fresh or bool(_START.search(text, max(0, start - 4), start))
    number = len(tokens) == 1 and text.startswith(" of ", end)
    if begins and (word(first).lower() == "we" or number):
        return []  # "We Brits", "Millions of people"
    if len(tokens) > 1 and begins:
        # A sentence's first word may be capitalised for that alone.
        lower = word(first)
        if lower not in given() and lower not in lexicon("sources", "honorifics"):
            if lower.lower() in _COMMON or word(tokens[1]) in given() or opens(lower, len(tokens)):
                tokens = tokens[1:]
    honorific, tokens = _titled(tokens, word)
    tokens = _person_part(tokens, word)
    nicknamed = len(tokens) > 2 and any(text[token[0]] in _NICKNAMED for token in tokens[1:])
    tokens = [t for t in tokens if not (nicknamed and text[t[0]] in _NICKNAMED)]
    names = tuple(word(t) for t in tokens)
    if behind := _behind_outlet(text, start, names, known.surnames):
        tokens, names = tokens[-1:], behind
    elif post := _OFFICE_OF.search(text, max(0, start - 60), start):
        if post.group(1).lower() in lexicon("sources", "roles") and len(names) > 2:
            lead = next((n for n, name in enumerate(names) if name in given()), len(names) - 2)
            tokens, names = tokens[lead:], names[lead:]
            honorific = honorific or post.group(1)
    if _nobody(names, honorific, known.surnames):
        return []
    if headline and len(names) > 2:
        # Every word of a headline may be capitalised: only what starts like a name is taken.
        at = next((i for i, n in enumerate(names) if n in given()), None)
        if at is None or at + 1 >= len(names):
            return []
        tokens, names = tokens[at : at + 2], names[at : at + 2]
    span = _trimmed(text, Span(tokens[0][0], tokens[-1][1]), names[-1])
    # "Cook" is a name where Ann Cook is known, and nobody's otherwise.
    noun = honorific is None and len(names) == 1 and names[0].lower() in _nouns()
    human = not noun and (
        honorific is not None
        or (len(names) > 1 and names[0] in given())
        or aged(text, span, len(names))
        or bool(_HUMAN_AFTER.match(text, span.end))
        or bool(_KIN_BEFORE.search(text, max(0, span.start - 24), span.start))
        or _role_before(text, span.start)
        or (not headline and names[-1].lower() not in known.small and _acts(text, span, len(names)))
    )
    return [Mention(span, names, honorific, human, headline)]


def _behind_outlet(
    text: str, start: int, names: tuple[str, ...], surnames: frozenset[str]
) -> tuple[str, ...]:
    """A surname that only a missing comma joins to an outlet: "speaking to the Daily Star Lee
    said"."""
    if len(names) < 2 or names[-1] not in surnames or names[0] in given():
        return ()
    outlets = lexicon("sources", "outlet_words") | lexicon("sources", "outlets")
    the = text[max(0, start - 4) : start] in ("the ", "The ")
    return names[-1:] if the or outlets & set(names[:-1]) else ()


def _titled(
    tokens: list[tuple[int, int]], word: Callable[[tuple[int, int]], str]
) -> tuple[str | None, list[tuple[int, int]]]:
    """The honorific or role in front of a name, if any, and what is left behind it."""
    for n in range(len(tokens) - 1, 0, -1):
        # "Assistant Police Chief Ann Lee": what goes before the last word for a role is her post.
        last = word(tokens[n - 1])
        titles = {last, last.removesuffix("s"), *last.split("-")}  # "Major-Gen"
        # "Actors Ann Lee and …": more than one holds it, if a whole name follows.
        role = re.sub(r"^(?:co|ex|vice|sub)-", "", last.lower())
        roles = {role, role.removesuffix("s" * (len(tokens) - n > 1))}
        if titles & lexicon("sources", "honorifics") or roles & lexicon("sources", "roles"):
            return last, tokens[n:]
    return None, tokens


def _nobody(names: tuple[str, ...], honorific: str | None, surnames: frozenset[str]) -> bool:
    """Whether words in capitals are no person's name: a body, a place, a post, a shout.

    A surname of somebody whom the article names in full is one, whatever else the word means.
    """
    if honorific is None and len(names) == 1 and names[0] in surnames:
        return False
    first_given = len(names) > 1 and names[0] in given()  # "Bill" is no law in "Bill Lee"
    if not names or set(names[first_given:]) & lexicon("sources", "organisation_words"):
        return True
    if len(names) > 1 and names[0] in lexicon("sources", "places") - given():
        return True
    if any(len(n) > 2 and n.isalpha() and n[1:-1].isupper() and n.strip("IVX") for n in names):
        return True  # abbreviations, and words that are shouted
    if (honorific is None and not shaped(names)) or is_trade(names):
        return True
    if (
        honorific is None
        and names[0] not in given()
        and names[-1].lower() in lexicon("sources", "roles")
    ):
        return True
    if len(names) > 1 and names[-1] in _MONTH_NAMES and names[0] in given():
        pass  # "Theresa May"
    elif any(n in lexicon("sources", "other") or n in lexicon("sources", "outlets") for n in names):
        return True
    if (
        len(names) > 5
        or names[-1] in lexicon("sources", "outlet_words")
        or (len(names) > 1 and honorific is None and names[-1] in lexicon("sources", "thing_words"))
        or names[0].lower() in _COMMON
    ):
        return True
    if honorific is None and names[-1] in lexicon("sources", "places"):
        if len(names) == 1 or names[0] not in given():
            return True
    return False


def _trimmed(text: str, span: Span, last_name: str) -> Span:
    """A name's span without a possessive's ending, and with the stop of "Jr."."""
    last = text[span.start : span.end]
    if re.search(r"['’‘´`]s$", last):
        return Span(span.start, span.end - 2)
    if last.endswith(("'", "’", "‘")):
        return Span(span.start, span.end - 1)
    if last_name in ("Jr", "Sr") and text.startswith(".", span.end):
        return Span(span.start, span.end + 1)
    return span


_MONTH_NAMES = lexicon("people", "common_given")


def _person_part(
    tokens: list[tuple[int, int]], word: Callable[[tuple[int, int]], str]
) -> list[tuple[int, int]]:
    """What is left of "Secretary of State Ann Lee" without the post's last capitals."""
    for n in range(1, len(tokens) - 1):
        before = word(tokens[n - 1])
        if word(tokens[n]) in given() and before not in given():
            if before in lexicon("sources", "organisation_words") | lexicon("sources", "places"):
                return tokens[n:]
    return tokens


def _acts(text: str, span: Span, parts: int) -> bool:
    """Whether "he" or "she" stands close to a name that could be anybody's."""
    if placed(text, span):
        return False
    if parts == 1 and span.end - span.start < 3:
        return False
    near = _PERSONAL.search(text, span.end, span.end + 160) or (
        parts > 1 and _PERSONAL.search(text, max(0, span.start - 100), span.start)
    )
    if not near:
        return False
    return parts > 1 or owns(text, span) or bool(_ACTED.match(text, span.end))


def _plain(name: str) -> str:
    """An outlet's name without its article and its web ending, for comparing."""
    return re.sub(r"\.(?:com|co|uk|org|net)\b|^the\s|\W", "", name.lower())


_COMMON = lexicon("people", "openers")


@cache
def _nouns() -> frozenset[str]:
    """Common nouns for sources: at a sentence's start a capital doesn't make a name of them."""
    keys = ("withheld", "individual", "crowd", "document", "body", "spokesperson", "roles")
    return frozenset().union(*(lexicon("sources", key) for key in keys))


def _role_before(text: str, start: int) -> bool:
    """Whether a word for a role, in small letters, stands right before a name."""
    match = re.search(r"([a-z][a-z-]{1,40})[ \u00a0]$", text[max(0, start - 24) : start])
    return match is not None and match.group(1) in lexicon("sources", "roles")
