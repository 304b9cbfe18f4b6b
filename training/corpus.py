"""PolNeAR as word labels: roles of words, and which words belong to one attribution.

Reads the corpus's own spans; where several people annotated an article, each one's labels are kept
as a version of it.
"""

import gzip
import json
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.extract.engine.features import Word, Wordpieces, find_words

ROLES = ("source", "cue", "content")


class Labels(NamedTuple):
    """One annotator's labels of an article, by word."""

    roles: list[int]
    """0, or 1 + the role's place in ROLES."""
    groups: list[int]
    """Number of the attribution, -1 for none."""
    members: list[tuple[set[int], set[int], set[int]]]
    """Words of each attribution's source, cue and content."""


class Text(NamedTuple):
    """An article with its words, their pieces, and one or more versions of labels."""

    words: list[Word]
    pieces: list[list[int]]
    versions: list[Labels]


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


def read(path: Path, pieces: Wordpieces) -> Iterator[Text]:
    """The corpus's articles."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            words = find_words(row["text"])
            opinions = [row["attributions"], *row["second_opinions"].values()]
            versions = [label(words, attributions) for attributions in opinions]
            yield Text(words, [pieces.of(word.text) for word in words], versions)
