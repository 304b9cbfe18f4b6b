"""The corpora as word labels: roles of words, which belong to one statement, who says it and how.

PolNeAR and the articles of other genres follow different guides; every text says which. Where
several people annotated an article, each one's labels are kept as a version of it. Mentions of
people and bodies come from coreference corpora (`mentions`), and from the speakers that the genres'
labels name.
"""

import gzip
import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.extract.engine.features import Word, Wordpieces, find_words
from onrecord.extract.engine.pointers import PRONOUNS, head_of
from onrecord.extract.people.coreference import SINGULAR
from onrecord.extract.people.mentions import find_people
from onrecord.extract.sources.kinds import kind_of
from onrecord.extract.sources.person_of_phrase import resolve_person
from onrecord.ingest import read_text
from onrecord.records import Span

from .net import GENRES, KINDS, POLNEAR, STANCES

ROLES = ("source", "cue", "content")
UNKNOWN = -100
"""What losses leave out."""
REFERS = 40
"""Words of a mention that are looked at."""


class Labels(NamedTuple):
    """One annotator's labels of an article, by word."""

    roles: list[int]
    """0, or 1 + the role's place in ROLES."""
    groups: list[int]
    """Number of the attribution, -1 for none."""
    members: list[tuple[set[int], set[int], set[int]]]
    """Words of each attribution's source, cue and content."""


class Asked(NamedTuple):
    """A mention by its word, the words that are right, and those that are wrong (GAP only)."""

    word: int
    right: frozenset[int]
    wrong: frozenset[int] = frozenset()


class Read(NamedTuple):
    """Of whole spans: their words, and what they are (UNKNOWN where nobody says)."""

    words: list[int]
    kind: int
    withheld: int


class Text(NamedTuple):
    """A text with its words, their pieces, and what is known of it."""

    words: list[Word]
    pieces: list[list[int]]
    guide: int
    versions: list[Labels]
    inner: Labels | None = None
    """Statements inside statements, where they are labelled."""
    asked: tuple[Asked, ...] = ()
    named: tuple[int, ...] = ()
    """What words name, UNKNOWN for small letters and the unlabelled; empty where nobody says."""
    voices: tuple[Read, ...] = ()
    stances: tuple[tuple[list[int], int], ...] = ()


def inside(words: Sequence[Word], starts: Sequence[int], start: int, end: int) -> list[int]:
    """The words (no marks) of a span of code points."""
    span = range(bisect_left(starts, start), bisect_left(starts, end))
    return [n for n in span if words[n].text[0].isalnum()]


def label(words: list[Word], attributions: list[dict[str, Any]]) -> Labels:
    """Labels of words from spans in code points; a word keeps the first role it is given."""
    starts = [word.start for word in words]
    roles, groups = [0] * len(words), [-1] * len(words)
    members: list[tuple[set[int], set[int], set[int]]] = []
    for number, attribution in enumerate(attributions):
        parts: tuple[set[int], set[int], set[int]] = (set(), set(), set())
        for role, name in enumerate(ROLES):
            for start, end in attribution[name]:
                n = max(0, bisect_right(starts, start) - 1)
                while n < len(words) and words[n].start < end:
                    if words[n].end > start and roles[n] in (0, role + 1):
                        if not roles[n]:
                            roles[n], groups[n] = role + 1, number
                        parts[role].add(n)
                    n += 1
        members.append(parts)
    return Labels(roles, groups, members)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def polnear(row: dict[str, Any], pieces: Wordpieces) -> Text:
    """An article of PolNeAR; what kind of voice each source is, the written rules say (silver
    labels)."""
    words = find_words(row["text"])
    opinions = [row["attributions"], *row["second_opinions"].values()]
    versions = [label(words, attributions) for attributions in opinions]
    cut = [pieces.of(word.text) for word in words]
    return Text(words, cut, POLNEAR, versions, voices=tuple(_silver(row, words)))


def _silver(row: dict[str, Any], words: Sequence[Word]) -> Iterator[Read]:
    article = read_text(row["text"])
    if article.text != row["text"]:
        return
    starts = [word.start for word in words]
    people = sorted((m, p.id) for p in find_people(article) for m in p.mentions)
    for a in row["attributions"]:
        for start, end in a["source"][:1]:
            phrase = article.text[start:end]
            kind, withheld = "person", False
            if not SINGULAR.match(phrase) and not resolve_person(
                article.text, Span(start, end), people
            ):
                if phrase.lower() in PRONOUNS:
                    continue
                told = kind_of(phrase)
                kind, withheld = told.kind, told.withheld
            said = inside(words, starts, start, end)[:REFERS]
            if said and kind in KINDS:
                yield Read(said, KINDS.index(kind), int(withheld))


def genres(
    made: Iterable[dict[str, Any]], pieces: Wordpieces, guide: int = GENRES
) -> Iterator[Text]:
    """Articles labelled by the genres' guide, with their speakers.

    `guide` is what the network is to take an article for: nothing (NEITHER), where it is of
    another corpus.
    """
    for row in made:
        text, told = row["text"], row["attributions"]
        words = find_words(text)
        starts = [word.start for word in words]
        withheld = {v["speaker"]: int(bool(v["withheld"])) for v in row["voices"]}
        outer = [a for a in told if a["in"] is None]
        nested = [a for a in told if a["in"] is not None]
        voices, stances = [], []
        for a in told:
            cue = [n for s, e in a["cue"] for n in inside(words, starts, s, e)]
            if cue:
                stances.append((cue, STANCES.index(a["stance"])))
            source = [n for s, e in a["source"] for n in inside(words, starts, s, e)]
            if source and a["kind"] in KINDS:
                hidden = withheld.get(a["speaker"], 0) if a["kind"] == "anonymous" else 0
                voices.append(Read(source[:REFERS], KINDS.index(a["kind"]), hidden))
        yield Text(
            words, [pieces.of(word.text) for word in words], guide, [label(words, outer)],
            label(words, nested), tuple(_speakers(text, words, starts, told)), (), tuple(voices),
            tuple(stances),
        )  # fmt: skip


def _speakers(
    text: str, words: Sequence[Word], starts: Sequence[int], told: Sequence[dict[str, Any]]
) -> Iterator[Asked]:
    """Each source that isn't its speaker's name, and the words elsewhere that name or describe
    it."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for a in told:
        if a["speaker"] and a["source"]:
            spans[a["speaker"]].append(tuple(a["source"][0]))
    for a in told:
        name, kind = a["speaker"], a["kind"]
        if not name or not a["source"] or kind in (None, "author", "unknown"):
            continue
        start, end = a["source"][0]
        called = _called(words, name) if not re.match(r"[UN]\d", name) else set()
        own = set(inside(words, starts, start, end))
        if called & own or (called and kind == "person" and own & _called(words, name)):
            continue
        right = called - own
        if not right:  # never named: the other phrases that describe it, and come before
            for s, e in spans[name]:
                if s < start and text[s:e].lower() not in PRONOUNS:
                    right |= set(inside(words, starts, *head_of(text, s, e)))
        head = inside(words, starts, *head_of(text, start, end))
        if head:
            yield Asked(head[-1], frozenset(right))


def _called(words: Sequence[Word], name: str) -> set[int]:
    """The words of a text that are part of a name: all of them, where the last one stands by."""
    parts = [p for p in re.findall(r"[\w’']+", name) if p[:1].isupper() or p[:1].isdigit()]
    if not parts:
        return set()
    last = parts[-1].lower()
    own = {p.lower() for p in parts}
    found: set[int] = set()
    for n, word in enumerate(words):
        low = re.sub(r"[’']s$", "", word.text.lower())
        if low != last or not (word.text[:1].isupper() or word.text[:1].isdigit()):
            continue
        found.add(n)
        before = n - 1
        while before >= 0 and words[before].text.lower() in own:
            found.add(before)
            before -= 1
    return found
