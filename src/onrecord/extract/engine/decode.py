"""From the network's numbers for a window to attributions, in words.

Tags are read by a constrained Viterbi; each stretch of content goes to the cue that its words point
at, each cue to the source that it points at. Pointers may call up a cue that the tags missed, and
stretches that point nowhere are left alone. The constants were tried on PolNeAR's training part.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

SOURCE, CUE, CONTENT = 1, 2, 3
CALLED_CUE = 0.15
"""Probability of the cue tag from which pointers may call up a word as a cue."""
CALLED_MASS = 0.3
"""Share of a stretch's pointers that must agree on such a word."""
OWNED = 0.2
"""Share of a stretch's pointers that a cue needs to own it."""
TAKEN = 0.05
"""The same for a cue that would be left without content, from one that keeps another stretch."""

_FORBIDDEN = np.zeros((7, 7), np.float32)
for _inside in (2, 4, 6):
    for _before in range(7):
        if _before not in (_inside - 1, _inside):
            _FORBIDDEN[_before, _inside] = -1e9


@dataclass(slots=True)
class Group:
    """An attribution in words of a window: half-open ranges, and how sure its parts are."""

    cue: tuple[int, int]
    source: tuple[int, int] | None = None
    content: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[float] = field(default_factory=list)
    """Mean probability of the content's tags, of its pointers, and of the source."""


def best_tags(tags: Floats) -> list[int]:
    """The likeliest sequence of tags in which no inside tag stands without its begin."""
    score = tags[0].copy()
    score[[2, 4, 6]] = -1e9
    back = np.zeros(tags.shape, np.int64)
    for n in range(1, len(tags)):
        paths = score[:, None] + _FORBIDDEN
        back[n] = paths.argmax(0)
        score = paths[back[n], np.arange(7)] + tags[n]
    path = [int(score.argmax())]
    for n in range(len(tags) - 1, 0, -1):
        path.append(int(back[n, path[-1]]))
    return path[::-1]


def stretches(path: list[int]) -> list[tuple[int, int, int]]:
    """Runs of one role: role, first word, word after the last."""
    found: list[tuple[int, int, int]] = []
    for n, tag in enumerate(path):
        role = (tag + 1) // 2
        if role and found and tag % 2 == 0 and found[-1][0] == role and found[-1][2] == n:
            found[-1] = (role, found[-1][1], n + 1)
        elif role:
            found.append((role, n, n + 1))
    return found


def decode(tags: Floats, cue: Floats, source: Floats) -> list[Group]:
    """The attributions of a window, in order of their cues.

    Takes log-probabilities: of tags (words by 7), of each word's cue and of each word's source
    (words by 1 + words, the first column for none).
    """
    if not len(tags):
        return []
    path = best_tags(tags)
    spans = stretches(path)
    contents = [(a, b) for role, a, b in spans if role == CONTENT]
    sources = [(a, b) for role, a, b in spans if role == SOURCE]
    cues = [(a, b) for role, a, b in spans if role == CUE]
    if not contents:
        return []
    points = [np.exp(cue[a:b]) for a, b in contents]
    cues = _call_up(cues, points, np.exp(tags))
    cues = _join(cues, points)
    if not cues:
        return []
    groups = [Group(c) for c in cues]
    mass = np.array([[_share(p, c) for c in cues] for p in points])
    for number, owner in enumerate(_owners(mass, points, cues)):
        if owner >= 0:
            a, b = contents[number]
            groups[owner].content.append((a, b))
            sure = np.exp(tags[np.arange(a, b), path[a:b]]).mean()
            groups[owner].doubts += [float(sure), float(mass[number, owner])]
    for group in groups:
        _point_at_source(group, sources, np.exp(source[group.cue[0]]))
    return [group for group in groups if group.content]


def _share(points: Floats, cue: tuple[int, int]) -> float:
    """Mean probability with which a stretch's words point into a cue."""
    return float(points[:, 1 + cue[0] : 1 + cue[1]].sum(1).mean())


def _call_up(
    cues: list[tuple[int, int]], points: list[Floats], tags: Floats
) -> list[tuple[int, int]]:
    """The cues, and words that the tags missed but contents point at firmly."""
    taken = np.zeros(len(tags), bool)
    for a, b in cues:
        taken[a:b] = True
    called = list(cues)
    for stretch in points:
        mean = stretch.mean(0)
        word = int(mean.argmax()) - 1
        likely = word >= 0 and tags[word, 3] + tags[word, 4] > CALLED_CUE
        if likely and not taken[word] and mean[word + 1] > CALLED_MASS:
            end = word + 1
            while end < len(tags) and not taken[end] and tags[end, 4] > 0.4:
                end += 1
            called.append((word, end))
            taken[word:end] = True
    return sorted(called)


def _join(cues: list[tuple[int, int]], points: list[Floats]) -> list[tuple[int, int]]:
    """Neighbouring cues made one where nobody points at one of the two."""
    joined: list[tuple[tuple[int, int], float]] = []
    for cue in cues:
        most = max((float(p[:, 1 + cue[0] : 1 + cue[1]].sum(1).max()) for p in points), default=0)
        if joined and joined[-1][0][1] == cue[0] and min(most, joined[-1][1]) < 0.1:
            (start, _), before = joined[-1]
            joined[-1] = ((start, cue[1]), max(before, most))
        else:
            joined.append((cue, most))
    return [cue for cue, _ in joined]


def _owners(mass: Floats, points: list[Floats], cues: list[tuple[int, int]]) -> list[int]:
    """The cue that owns each stretch, or -1; a cue left empty may take one from a richer cue."""
    logs = np.array(
        [[np.log(p[:, 1 + a : 1 + b].sum(1) + 1e-4).mean() for a, b in cues] for p in points]
    )
    owners = [int(n) if mass[i, n] >= OWNED else -1 for i, n in enumerate(logs.argmax(1))]
    for cue in range(len(cues)):
        if cue in owners:
            continue
        free = [
            (mass[i, cue], i)
            for i, owner in enumerate(owners)
            if (owner < 0 or owners.count(owner) > 1) and mass[i, cue] >= TAKEN
        ]
        if free:
            owners[max(free)[1]] = cue
    return owners


def _point_at_source(group: Group, sources: list[tuple[int, int]], points: Floats) -> None:
    """Give a group the source that its cue points at most, unless it points at none more."""
    best = float(points[0])
    for a, b in sources:
        share = float(points[1 + a : 1 + b].sum())
        if share > best:
            best, group.source = share, (a, b)
    group.doubts.append(best)
