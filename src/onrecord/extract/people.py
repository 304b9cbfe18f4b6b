"""Everybody named in an article: mentions of one person made one, without a model.

Finds runs of capitalised words, tells people from bodies and places by titles, given names and
what they do, and joins full names with their short forms. Pronouns are `pronouns`' business.
"""

import re
from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ..data.cues import SPEECH_CUE
from ..data.words import words
from ..records import Article, Attribution, Person, Span
from .namelike import NO_FIRST, aged, minor, opens, placed, shaped, surname, titled
from .pointers import Pointers

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|Maj|Cllr|Supt|Det|Insp)\."
_NAME = r"(?:[A-Z](?:\.[A-Z])*\.|(?:O['’]|Ma?c|D['’])?[A-ZÀ-ÖØ-Þ][\w-]*(?:['’][A-Z][\w-]+)?)"
_PARTICLE = r"(?:de|del|della|di|da|van|von|der|den|la|le|bin|al|ibn|St\.)"
_RUN = re.compile(
    rf"\b(?:{_TITLE}[ \u00a0]+){{0,2}}{_NAME}(?:[ \u00a0]+(?:{_TITLE}|(?:{_PARTICLE}[ \u00a0]+){{0,2}}{_NAME}|\d{{1,2}}[A-Z]\b))*(?:,? (?:Jr|Sr)\.|[ ]I{{2,3}}\b)?"
)
_HUMAN_AFTER = re.compile(
    r"(?:['’]s)?,?\s+(?:who\b|whose\b|himself\b|herself\b|\(?aged\b)|,\s+(?:his|her)\b"
)
_KIN_BEFORE = re.compile(
    r"(?:wife|husband|son|daughter|mother|father|brother|sister|girlfriend|boyfriend|partner"
    r"|fianc[ée]e?|widow|marriage to|married)(?:,)?\s+$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
_ACTED = re.compile(
    r"(?: (?:had|was|has|is|also|later|then|would|never|did))* (?:[a-z]+ed|said|says|told|won|lost|met"
    r"|went|came|took|made|left|became|wrote|sang|began|gave|led|thinks?|knew|felt|born|married)\b"
)
NAMED = 0.6
"""Probability of a person's name from which the network's word counts."""
Gender = Literal["female", "male"]
_HONORIFIC_GENDER: dict[str | None, Gender] = {
    "Mr": "male", "Sir": "male", "Lord": "male", "King": "male", "Prince": "male", "Duke": "male",
    "Father": "male", "Congressman": "male", "Chairman": "male", "Mrs": "female", "Ms": "female",
    "Miss": "female", "Dame": "female", "Lady": "female", "Queen": "female", "Princess": "female",
    "Duchess": "female", "Sister": "female", "Congresswoman": "female", "Chairwoman": "female",
}  # fmt: skip
_NEXT = re.compile(r"\b(?:he|his|himself|she|herself)\b|(?:,|\band) her\b", re.IGNORECASE)
_START = re.compile(r"(?:^|[.!?:\n][\"”’')]*\s+)[\"“‘'(]*$")


@dataclass(slots=True)
class _Mention:
    span: Span
    parts: tuple[str, ...]
    """The name's words without honorifics, points and possessive endings."""
    honorific: str | None
    human: bool
    """Whether its surroundings show a person."""
    headline: bool
    likely: bool = False
    """Whether the network takes it for one."""


@dataclass(slots=True)
class _Cluster:
    parts: tuple[str, ...]
    mentions: list[_Mention] = field(default_factory=list)


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
        for mention in mentions:
            person, _, _ = pointers.names(mention.span.start, mention.span.end)
            mention.likely = person > NAMED
    clusters = _clusters(_weighed(article.text, mentions))
    people = []
    for number, cluster in enumerate(clusters, 1):
        spans = sorted({m.span for m in cluster.mentions})
        people.append(
            Person(
                id=f"p{number}",
                name=" ".join(cluster.parts),
                mentions=tuple(spans),
                gender=_gender(article.text, cluster),
                minor=minor(article.text, tuple(spans)),
            )
        )
    return tuple(people)


def _weighed(text: str, mentions: Sequence[_Mention]) -> Sequence[_Mention]:
    """Those whom the network takes for people, unless their neighbours or other uses show a thing.

    One mention in a thing's place ("the Harwick", "in Harwick") tells of a single word's other uses.
    """
    heads = {m.parts[0] for m in mentions if not m.parts[1:]}
    things = {
        m.parts[0]
        for m in mentions
        if m.parts[0] in heads and not m.parts[1:] and placed(text, m.span)
    }
    small = frozenset(re.findall(r"\b[a-z]+\b", text))
    for mention in mentions:
        if not mention.likely or mention.human:
            continue
        if len(mention.parts) > 1:
            mention.human = not placed(text, mention.span)
        else:
            part = mention.parts[0]
            mention.human = part not in things and part.lower() not in small | _nouns()
    return mentions


def _mentions(article: Article, attributions: Sequence[Attribution]) -> list[_Mention]:
    """Runs of capitalised words that may name a person."""
    text = article.text
    speakers = {
        (a.source.start, a.source.end)
        for a in attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
    }
    starts = sorted(speakers)
    outlet = _plain(article.outlet or "")
    small = frozenset(re.findall(r"\b[a-z]+\b", text))
    found = []
    for block in article.blocks:
        heading = block.role == "headline" or titled(text[block.span.start : block.span.end])
        for match in _RUN.finditer(text, block.span.start, block.span.end):
            first = match.start() == block.span.start
            if outlet and outlet == _plain(match.group()):
                continue
            for mention in _split(text, match.span(), first, heading, small):
                around = len(mention.parts) > 1 and _speaks(text, mention.span, starts)
                mention.human = mention.human or around
                found.append(mention)
    return found


def _speaks(text: str, name: Span, speakers: Sequence[tuple[int, int]]) -> bool:
    """Whether a name ends a phrase that speaks, or stands before its comma, and no "and" is in it."""
    n = bisect_right(speakers, (name.start, len(text))) - 1
    if n < 0 or not name.end <= speakers[n][1]:
        return False
    rest = text[name.end : speakers[n][1]]
    return not rest.strip() or rest.startswith((",", " of ", " who ", " ("))


def _split(
    text: str, run: tuple[int, int], fresh: bool, headline: bool, small: frozenset[str]
) -> list[_Mention]:
    """The mention in a run of capitals: honorifics taken off, bodies and places left out."""
    start, end = run
    tokens = [(m.start(), m.end()) for m in re.finditer(r"[^\s,]+", text[start:end])]
    tokens = [(start + a, start + b) for a, b in tokens]

    def word(token: tuple[int, int]) -> str:
        return re.sub(r"['’]s?$", "", text[token[0] : token[1]]).strip(".,")

    first = tokens[0]
    if len(tokens) > 1 and (fresh or _START.search(text, max(0, start - 4), start)):
        # A sentence's first word may be capitalised for that alone.
        lower = word(first)
        if lower not in _given() and lower not in words("sources", "honorifics"):
            if lower.lower() in _COMMON or word(tokens[1]) in _given() or opens(lower, len(tokens)):
                tokens = tokens[1:]
    honorific = None
    for n in range(len(tokens) - 1, 0, -1):
        # "Assistant Police Chief Ann Lee": what goes before the last word for a role is her post.
        last = word(tokens[n - 1])
        titles = {last, last.removesuffix("s")}
        # "Actors Ann Lee and …": more than one holds it, if a whole name follows.
        roles = {last.lower(), last.lower().removesuffix("s" * (len(tokens) - n > 1))}
        if titles & words("sources", "honorifics") or roles & words("sources", "roles"):
            honorific = last
            tokens = tokens[n:]
            break
    tokens = _person_part(tokens, word)
    names = tuple(word(t) for t in tokens)
    if not names or any(n in words("sources", "organisation_words") for n in names):
        return []
    if len(names) > 1 and names[0] in words("sources", "places") - _given():
        return []
    if any(len(n) > 2 and n.isalpha() and n[1:-1].isupper() and n.strip("IVX") for n in names):
        return []  # abbreviations, and words that are shouted
    if honorific is None and not shaped(names):
        return []
    if (
        honorific is None
        and names[0] not in _given()
        and names[-1].lower() in words("sources", "roles")
    ):
        return []
    if len(names) > 1 and names[-1] in _MONTH_NAMES and names[0] in _given():
        pass  # "Theresa May"
    elif any(n in words("sources", "other") or n in words("sources", "outlets") for n in names):
        return []
    if (
        len(names) > 5
        or names[-1] in words("sources", "outlet_words")
        or (len(names) > 1 and honorific is None and names[-1] in words("sources", "thing_words"))
        or names[0].lower() in _COMMON
    ):
        return []
    if honorific is None and names[-1] in words("sources", "places"):
        if len(names) == 1 or names[0] not in _given():
            return []
    if headline and len(names) > 2:
        # Every word of a headline may be capitalised: only what starts like a name is taken.
        at = next((i for i, n in enumerate(names) if n in _given()), None)
        if at is None or at + 1 >= len(names):
            return []
        tokens, names = tokens[at : at + 2], names[at : at + 2]
    span = Span(tokens[0][0], tokens[-1][1])
    last = text[span.start : span.end]
    if re.search(r"['’]s$", last):
        span = Span(span.start, span.end - 2)
    elif last.endswith(("'", "’")):
        span = Span(span.start, span.end - 1)
    elif names[-1] in ("Jr", "Sr") and text.startswith(".", span.end):
        span = Span(span.start, span.end + 1)
    # "Cook" is a name where Ann Cook is known, and nobody's otherwise.
    noun = honorific is None and len(names) == 1 and names[0].lower() in _nouns()
    human = not noun and (
        honorific is not None
        or (len(names) > 1 and names[0] in _given())
        or aged(text, span, len(names))
        or bool(_HUMAN_AFTER.match(text, span.end))
        or bool(_KIN_BEFORE.search(text, max(0, span.start - 24), span.start))
        or _role_before(text, span.start)
        or (not headline and names[-1].lower() not in small and _acts(text, span, len(names)))
    )
    return [_Mention(span, names, honorific, human, headline)]


_MONTH_NAMES = frozenset("May March August April June German French English East Day".split())


def _person_part(
    tokens: list[tuple[int, int]], word: Callable[[tuple[int, int]], str]
) -> list[tuple[int, int]]:
    """What is left of "Secretary of State Ann Lee" without the post's last capitals."""
    for n in range(1, len(tokens) - 1):
        before = word(tokens[n - 1])
        if word(tokens[n]) in _given() and before not in _given():
            if before in words("sources", "organisation_words") | words("sources", "places"):
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
    after = text[span.end : span.end + 2]
    return parts > 1 or after in ("'s", "’s") or bool(_ACTED.match(text, span.end))


def _plain(name: str) -> str:
    """An outlet's name without its article and its web ending, for comparing."""
    return re.sub(r"\.(?:com|co|uk|org|net)\b|^the\s|\W", "", name.lower())


_COMMON = frozenset(
    "the a an and but or if in on at by for from with when while after before since although though"
    " as it its he she they we i you his her their our my this that these those there then now so not"
    " no yes what who why how where which one two three some many most all both each every another"
    " other last next first even still just only here despite during under over about into oh well"
    " maybe perhaps while because unless until whether yet also however meanwhile former acting late"
    " to nobody everybody somebody anybody everyone someone anyone none close asked january".split()
)


@cache
def _nouns() -> frozenset[str]:
    """Common nouns for sources: at a sentence's start a capital doesn't make a name of them."""
    keys = ("withheld", "individual", "crowd", "document", "body", "spokesperson", "roles")
    return frozenset().union(*(words("sources", key) for key in keys))


@cache
def _given() -> frozenset[str]:
    return words("names", "female") | words("names", "male")


def _role_before(text: str, start: int) -> bool:
    """Whether a word for a role, in small letters, stands right before a name."""
    match = re.search(r"([a-z][a-z-]+)[ \u00a0]$", text[max(0, start - 24) : start])
    return match is not None and match.group(1) in words("sources", "roles")


def _clusters(mentions: Sequence[_Mention]) -> list[_Cluster]:
    """Mentions of one person together: full names first, then the short forms they explain."""
    full: dict[tuple[str, ...], _Cluster] = {}
    keys: dict[tuple[str, str], tuple[str, ...]] = {}
    ordered = sorted(mentions, key=lambda m: m.span.start)
    human_parts = {m.parts for m in ordered if m.human}
    # "Jonas Pell … Pell, 41, said": what shows a person at the surname shows one at the full name.
    shown = {parts[0] for parts in human_parts if len(parts) == 1}
    for mention in ordered:
        human = mention.human or mention.parts in human_parts
        human = human or (surname(mention.parts) in shown and mention.parts[0] not in NO_FIRST)
        if len(mention.parts) > 1 and human:
            ends = (mention.parts[0], mention.parts[-1])
            key = keys.setdefault(ends, mention.parts)
            cluster = full.setdefault(key, _Cluster(key))
            if len(mention.parts) > len(cluster.parts):
                cluster.parts = mention.parts
            cluster.mentions.append(mention)
    _join_tails(full)
    by_part: dict[str, list[_Cluster]] = defaultdict(list)
    earliest: dict[str, int] = {}
    for mention in ordered:
        if len(mention.parts) == 1 and not mention.headline:
            earliest.setdefault(mention.parts[0], mention.span.start)
    for cluster in full.values():
        by_part[surname(cluster.parts)].append(cluster)
        first = cluster.parts[0]
        # A word used alone before it begins a longer name is no first name, unless it is known as one.
        begins = cluster.mentions[0].span.start
        if first in _given() or earliest.get(first, begins) >= begins:
            by_part[first].append(cluster)
    starts = {id(c): sorted(m.span.start for m in c.mentions) for c in full.values()}
    single: dict[str, _Cluster] = {}
    alone = {m.parts[0] for m in ordered if len(m.parts) == 1 and m.human}
    for mention in ordered:
        if len(mention.parts) != 1:
            continue
        part = mention.parts[0]
        owners = by_part.get(part, [])
        if owners:
            at = mention.span.start
            before = [c for c in owners if c.mentions[0].span.start <= at]

            def latest(cluster: _Cluster, at: int = at) -> int:
                places = starts[id(cluster)]
                n = bisect_right(places, at)
                return places[n - 1] if n else -1

            owner = max(before or owners, key=latest)
            insort(starts[id(owner)], at)
            owner.mentions.append(mention)
        elif part in alone or part in _given():
            single.setdefault(part, _Cluster((part,))).mentions.append(mention)
    known = [
        c for c in (*full.values(), *single.values()) if any(not m.headline for m in c.mentions)
    ]
    for cluster in known:
        cluster.mentions.sort(key=lambda m: m.span.start)
    return sorted(known, key=lambda c: c.mentions[0].span.start)


def _join_tails(full: dict[tuple[str, ...], _Cluster]) -> None:
    """Make "Mr. Guerra Pol" one with "Ana Guerra Pol": a name that is another's ending is a short form."""
    ends: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key, cluster in full.items():
        for n in range(1, len(cluster.parts) - 1):
            ends[cluster.parts[n:]].append(key)
    for key in list(full):
        owners = ends.get(full[key].parts, [])
        if len(owners) == 1 and owners[0] in full and full[key].parts[0] not in _given():
            full[owners[0]].mentions.extend(full.pop(key).mentions)
            full[owners[0]].mentions.sort(key=lambda m: m.span.start)


def _gender(text: str, cluster: _Cluster) -> Gender | None:
    """From honorifics first, then given names, then the pronouns right after the name."""
    for mention in cluster.mentions:
        if mention.honorific in _HONORIFIC_GENDER:
            return _HONORIFIC_GENDER[mention.honorific]
    first = cluster.parts[0]
    if len(cluster.parts) > 1 or first in _given():
        female, male = first in words("names", "female"), first in words("names", "male")
        if female != male:
            return "female" if female else "male"
    votes = 0
    for mention in cluster.mentions:
        # "Lee met her": an object in the same clause is somebody else.
        following = _NEXT.search(text, mention.span.end, mention.span.end + 60)
        if following and "\n" not in text[mention.span.end : following.start()]:
            votes += 1 if re.search(r"she|her", following.group(), re.I) else -1
    return "female" if votes > 0 else "male" if votes < 0 else None
