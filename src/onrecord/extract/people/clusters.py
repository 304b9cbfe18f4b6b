"""Mentions of one person made one: full names, the short forms they explain, and their gender.

Two people who share a surname stay two; which runs of capitals are names at all is `people`'s to
say.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from ...language.en.lexicon import lexicon
from ...records import Span
from .name_shape import NO_FIRST, owns, placed, surname

Gender = Literal["female", "male"]
_HONORIFIC_GENDER: dict[str | None, Gender] = {
    **dict.fromkeys(lexicon("people", "honorifics_female"), "female"),
    **dict.fromkeys(lexicon("people", "honorifics_male"), "male"),
}
_TRADE = re.compile(r"(?:tion|sion|ment|logy|ware|craft|work)$")
_NOUN_BEFORE = re.compile(
    r"(?:\b(?:his|her|their|my)|['’]s) (?:[a-z-]{1,25} ){0,2}(?P<kin>[a-z-]{1,25}), $"
    r"|\b(?P<noun>[a-z-]{1,25}) $"
)
"""A noun in front of a name: "actress | Ann Lee", "her sister, | Noah Lee"."""
_NOUN_AFTER = re.compile(
    r", (?:an?|the) (?P<noun>(?:[a-z-]{1,25} ){0,2}?[a-z-]{1,25})(?= of | who |,)"
)
"""The same behind it: "Noah Lee, a mother of two"."""
_ELSE = re.compile(r"[\n“\"]")
"""What parts a name from a pronoun that isn't its own."""
_NEXT = re.compile(r"\b(?:he|his|himself|she|herself)\b|(?:,|\band) her\b", re.IGNORECASE)


@dataclass(slots=True)
class Mention:
    """A run of capitals that may name a person."""

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
class Cluster:
    """The mentions of one person, and the longest form of the name."""

    parts: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)


@cache
def given() -> frozenset[str]:
    """Given names of either gender."""
    return lexicon("names", "female") | lexicon("names", "male")


def is_trade(names: Sequence[str]) -> bool:
    """Whether the last word is a plural that trades are called by: "Clark Productions", "Petal
    Gardeners"."""
    last = names[-1].lower()
    one = last.removesuffix("s")
    if len(names) < 2 or one == last:
        return False
    if _TRADE.search(one):
        return True
    return names[0] not in given() and one.endswith("er") and one in lexicon("nouns", "people")


def clusters(text: str, mentions: Sequence[Mention]) -> list[Cluster]:
    """Mentions of one person together: full names first, then the short forms they explain."""
    full: dict[tuple[str, ...], Cluster] = {}
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
            cluster = full.setdefault(key, Cluster(key))
            if len(mention.parts) > len(cluster.parts):
                cluster.parts = mention.parts
            cluster.mentions.append(mention)
    _join_tails(full)
    by_part: dict[str, list[Cluster]] = defaultdict(list)
    earliest: dict[str, int] = {}
    for mention in ordered:
        if len(mention.parts) == 1 and not mention.headline:
            earliest.setdefault(mention.parts[0], mention.span.start)
    for cluster in full.values():
        by_part[surname(cluster.parts)].append(cluster)
        first = cluster.parts[0]
        # A word used alone before it begins a longer name is no first name, unless it is known as
        # one.
        begins = cluster.mentions[0].span.start
        if first in given() or earliest.get(first, begins) >= begins:
            by_part[first].append(cluster)
    # "Ann Lee's mother Joan": the owner isn't whom the next "Lee" means.
    starts = {
        id(c): sorted(m.span.start for m in c.mentions if not owns(text, m.span))
        for c in full.values()
    }
    called: Counter[int] = Counter()
    small = frozenset(re.findall(r"\b[a-z]{3,40}\b", text))
    names = sorted(
        (
            (name, place, cluster)
            for cluster in full.values()
            for place, name in enumerate((cluster.parts[0], surname(cluster.parts)))
        ),
        key=lambda row: row[0],
    )
    single: dict[str, Cluster] = {}
    things = {m.parts[0] for m in ordered if len(m.parts) == 1 and placed(text, m.span)}
    alone = {m.parts[0] for m in ordered if len(m.parts) == 1 and m.human}
    for mention in ordered:
        if len(mention.parts) != 1:
            continue
        part = mention.parts[0]
        if part not in by_part:
            plain = part in things or part.lower() in small
            by_part[part] = [] if plain else _shortened(part, names)
        owners = [c for c in by_part[part] if _agrees(c, mention.honorific)]
        if owners:
            at = mention.span.start
            before = [c for c in owners if c.mentions[0].span.start <= at]

            line = text.rfind("\n", 0, at) + 1

            def told_of(cluster: Cluster, at: int = at, line: int = line) -> tuple[int, int, int]:
                places = starts[id(cluster)]
                n = bisect_right(places, at)
                last = places[n - 1] if n else -1
                return last if last >= line else -1, called[id(cluster)], last

            owner = max(before or owners, key=told_of)
            called[id(owner)] += 1
            insort(starts[id(owner)], at)
            owner.mentions.append(mention)
        elif part in alone or (part in given() and part not in things):
            single.setdefault(part, Cluster((part,))).mentions.append(mention)
    known = [
        c for c in (*full.values(), *single.values()) if any(not m.headline for m in c.mentions)
    ]
    for cluster in known:
        cluster.mentions.sort(key=lambda m: m.span.start)
    return sorted(known, key=lambda c: c.mentions[0].span.start)


def _shortened(part: str, names: Sequence[tuple[str, int, Cluster]]) -> list[Cluster]:
    """Whom a pet name means, where it begins one person's name only: "Jen", "Angie".

    `names` are first names (0) and surnames (1) in order. What is a given name itself is short for
    a given name of its gender only, never for a surname.
    """
    known = part in given()
    if known:
        doubled = len(part) > 3 and part[-1] == "y" and part[-2] == part[-3]
        stem = part[:-2] if doubled or part.endswith("ie") else part  # "Jenny", "Angie"
    else:
        stem = re.sub(r"(?:ie|y|s)$", "", part)
    if len(stem) < 3 or part.isupper():
        return []
    found: dict[int, Cluster] = {}
    for n in range(bisect_left(names, stem, key=lambda row: row[0]), len(names)):
        name, place, cluster = names[n]
        if not name.startswith(stem) or len(found) > 1:
            break
        near = name in given() and known and len(name) - len(part) < 2
        fits = _one_gender(part, name) if place == 0 else not known and len(stem) > 3
        if fits and not near and len(name) > len(stem) + 1:
            found[id(cluster)] = cluster
    return list(found.values()) if len(found) == 1 else []


def _one_gender(part: str, name: str) -> bool:
    """Whether two given names may be one person's: either is on no list, or they share one."""
    lists = [lexicon("names", "female"), lexicon("names", "male")]
    one, two = ({n for n, known in enumerate(lists) if word in known} for word in (part, name))
    return not one or not two or bool(one & two)


def _agrees(cluster: Cluster, honorific: str | None) -> bool:
    """Whether a form of address may be a person's: no Mrs. is Bill, by his given name."""
    gender = _HONORIFIC_GENDER.get(honorific)
    first = cluster.parts[0]
    female, male = first in lexicon("names", "female"), first in lexicon("names", "male")
    return gender is None or female == male or (gender == "female") == female


def _join_tails(full: dict[tuple[str, ...], Cluster]) -> None:
    """Make "Mr. Guerra Pol" one with "Ana Guerra Pol": a name that is another's ending is a short
    form. A particle has a capital where nothing stands before it: "Von Brandt"."""
    ends: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    for key, cluster in full.items():
        for n in range(1, len(cluster.parts) - 1):
            tail = cluster.parts[n:]
            ends[(tail[0].capitalize(), *tail[1:])].append(key)
    for key in list(full):
        owners = ends.get(full[key].parts, [])
        if len(owners) != 1 or owners[0] not in full:
            continue
        opens = full[key].parts[0]
        if opens not in given() or opens.lower() in owners[0]:
            full[owners[0]].mentions.extend(full.pop(key).mentions)
            full[owners[0]].mentions.sort(key=lambda m: m.span.start)


def _once(noun: str) -> str:
    """A noun of kin without what sets it further off: "wife" for "ex-wife"."""
    return noun.removeprefix("ex-").removeprefix("step").removeprefix("grand")


def gender_of_noun(head: str) -> Gender | None:
    """The gender that a noun for a person tells: female for "actress" and "widow", none for
    "singer"."""
    low = _once(head.lower())
    if low in lexicon("sources", "female") or low.endswith("woman"):
        return "female"
    return "male" if low in lexicon("sources", "male") or low.endswith("man") else None


def _described_gender(text: str, cluster: Cluster) -> Gender | None:
    """What nouns beside a full name tell: "her sister, Noah Lee", "Noah Lee, a mother of two"."""
    votes = 0
    for mention in cluster.mentions:
        if len(mention.parts) < 2:
            continue
        start, end = mention.span.start, mention.span.end
        before = _NOUN_BEFORE.search(text, max(0, start - 60), start)
        after = _NOUN_AFTER.match(text, end)
        nouns = [before["kin"] or before["noun"]] if before else []
        nouns += after["noun"].split()[-1:] if after else []
        for noun in map(_once, nouns):
            votes += noun in lexicon("sources", "female")
            votes -= noun in lexicon("sources", "male")
    return "female" if votes > 0 else "male" if votes < 0 else None


def gender_of(text: str, cluster: Cluster) -> Gender | None:
    """From honorifics first, then nouns beside the name, given names, and the pronouns after it."""
    for mention in cluster.mentions:
        if mention.honorific in _HONORIFIC_GENDER:
            return _HONORIFIC_GENDER[mention.honorific]
    if told := _described_gender(text, cluster):
        return told
    first = cluster.parts[0]
    if len(cluster.parts) > 1 or first in given():
        female, male = first in lexicon("names", "female"), first in lexicon("names", "male")
        if female != male:
            return "female" if female else "male"
    votes = 0
    for mention in cluster.mentions:
        # "Lee met her": an object in the same clause is somebody else.
        following = _NEXT.search(text, mention.span.end, mention.span.end + 60)
        if following and not _ELSE.search(text, mention.span.end, following.start()):
            votes += 1 if re.search(r"she|her", following.group(), re.I) else -1
    return "female" if votes > 0 else "male" if votes < 0 else None
