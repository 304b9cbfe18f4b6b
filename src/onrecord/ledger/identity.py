"""Whether a name in one article and a name in another are one person: evidence, added up.

Pure: knows no database. Only named people and bodies are ever held against each other; voices
without a name never are. A wrong link is worse than a missing one, so what speaks against it weighs
more than what speaks for it.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from ..language.en.lexicon import lexicon
from ..query.lookup import stem
from .names import Name

MIN_SCORE = 0.7
"""Score from which a name is linked to a person of the ledger."""
MIN_LEAD = 0.7
"""By how much the best of several people of one name must lead the next, in log-odds: twice as
likely. Probabilities of two likely people lie too close to one another to compare."""
_PRIOR_FULL, _PRIOR_SINGLE = 1.2, -1.0
_TITLE_AGREES, _TITLE_DIFFERS = 2.0, -2.6
_SHARED_PERSON, _MOST_SHARED = 1.3, 3.9
_SAME_OUTLET = 0.4
_SAME_WORDS = 3.0
_GENDER_DIFFERS, _AGE_DIFFERS, _MIDDLE_DIFFERS = -6.0, -6.0, -5.0
_FAR_APART = -1.0
_OFTEN = 0.5
"""Times the logarithm of the number of articles: of two people of one name, the one whom everybody
writes about is meant, where nothing else tells."""
_FAR_YEARS = 20
_TOKEN = re.compile(r"[^\W\d_]+")
_EMPTY = lexicon("function_words", "in_titles")


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """What an article says of somebody it names, or what a ledger knows of a person."""

    name: Name
    middles: frozenset[str] = frozenset()
    """First letters of the parts between the first and the last."""
    titles: tuple[str, ...] = ()
    gender: str | None = None
    born: tuple[int, int] | None = None
    """First and last possible year of birth."""
    company: frozenset[int] = frozenset()
    """Numbers of the people and bodies named in the same articles."""
    outlets: frozenset[int] = frozenset()
    days: tuple[int, int] | None = None
    """First and last day on which they were named, as ordinals."""
    families: frozenset[int] = frozenset()
    """Quote families in which they speak."""
    articles: int = 1
    """In how many articles they are named."""


class Match(msgspec.Struct, frozen=True, gc=False):
    """How likely it is that two names are one person, and why."""

    odds: float
    """The evidence added up, in log-odds."""
    evidence: tuple[str, ...]

    @property
    def score(self) -> float:
        """The probability that it is one person, 0 to 1."""
        return round(1 / (1 + math.exp(-self.odds)), 3)


@lru_cache(maxsize=65_536)
def middles(name: str) -> frozenset[str]:
    """First letters of the parts of a name between the first and the last."""
    parts = _TOKEN.findall(name.casefold())
    return frozenset(part[0] for part in parts[1:-1])


@lru_cache(maxsize=65_536)
def title_words(titles: tuple[str, ...]) -> frozenset[str]:
    """The words of somebody's titles, endings folded, without empty ones."""
    return frozenset(
        stem(word)
        for title in titles
        for word in _TOKEN.findall(title.casefold())
        if word not in _EMPTY and len(word) > 1
    )


def match(here: Evidence, known: Evidence, common: Mapping[int, float]) -> Match:
    """Hold what an article says of a name against what the ledger knows of a person.

    `common` weighs people by how seldom they are named, from 0 to 1: sharing company with somebody
    whom every article names says little.
    """
    total = _PRIOR_FULL if here.name.full else _PRIOR_SINGLE
    why = ["same name"]
    if here.titles and known.titles:
        ours, theirs = title_words(here.titles), title_words(known.titles)
        if not ours.isdisjoint(theirs):
            total += _TITLE_AGREES
            why.append("title agrees")
        elif ours and theirs:
            total += _TITLE_DIFFERS
            why.append("title differs")
    shared = 0.0
    for number in here.company & known.company:
        shared += common.get(number, 1.0)
    if shared > 0:
        total += min(_MOST_SHARED, shared * _SHARED_PERSON)
        why.append("named beside the same people")
    if known.articles > 1:
        total += _OFTEN * math.log(known.articles)
        why.append("often named")
    if not here.outlets.isdisjoint(known.outlets):
        total += _SAME_OUTLET
        why.append("same outlet")
    if not here.families.isdisjoint(known.families):
        total += _SAME_WORDS
        why.append("said the same words")
    for weight, reason in _contrary(here, known):
        total += weight
        why.append(reason)
    return Match(total, tuple(why))


def _contrary(here: Evidence, known: Evidence) -> Iterator[tuple[float, str]]:
    """What speaks against one person."""
    if here.gender and known.gender and here.gender != known.gender:
        yield _GENDER_DIFFERS, "other sex"
    if here.born and known.born:
        if here.born[0] > known.born[1] + 1 or known.born[0] > here.born[1] + 1:
            yield _AGE_DIFFERS, "other age"
    if here.middles and known.middles and here.middles.isdisjoint(known.middles):
        yield _MIDDLE_DIFFERS, "other middle name"
    if here.days and known.days:
        gap = max(here.days[0] - known.days[1], known.days[0] - here.days[1])
        if gap > 365 * _FAR_YEARS:
            yield _FAR_APART, "years apart"


def best(matches: Sequence[tuple[int, Match]]) -> tuple[int, Match] | None:
    """The person that a name is linked to: the likeliest, well ahead of any other, or nobody."""
    ranked = sorted(matches, key=lambda pair: (-pair[1].odds, pair[0]))
    if not ranked or ranked[0][1].score < MIN_SCORE:
        return None
    if len(ranked) > 1 and ranked[0][1].odds - ranked[1][1].odds < MIN_LEAD:
        return None
    return ranked[0]


def is_proper_body(name: str) -> bool:
    """Whether a body's name says which one it is: "Port Sel Council", no mere "police"."""
    capitals = [w for w in re.findall(r"[^\W\d_][\w'’.-]*", name) if w[0].isupper()]
    if len(capitals) == 1:
        return len(capitals[0]) > 1 and (
            capitals[0].isupper() or capitals[0][1:] != capitals[0][1:].lower()
        )
    return len(capitals) > 1
