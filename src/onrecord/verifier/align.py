"""From equal runs to an alignment: which pieces of a quotation stand where, and what differs.

Runs are chained so that together they cover the most of the quotation at the least jumping (a
dynamic programme over runs, as in sequence alignment by anchors); what lies between two runs is
aligned by Levenshtein's distance over words (rapidfuzz).
"""

from collections.abc import Callable, Sequence

import msgspec
from rapidfuzz.distance import Levenshtein

from ..language.en.lexicon import lexicon
from .index import Index, Run

NEAR = 60
"""Words of a material that may lie between two runs of one piece."""
JUMP = 3.0
"""What a jump to another place costs, in words."""
LEAST = 3
"""Words that a piece must hold to be one."""
KEPT = 120
"""Runs that are chained at most, the weightiest."""
FUNCTION = lexicon("function_words", "core", "aligning")

Op = tuple[str, int, int, int, int]
"""`equal`, `replace`, `insert` (only in the quotation) or `delete` (only in the material), with
half-open ranges of words of the quotation and of the index."""


class Piece(msgspec.Struct, frozen=True):
    """A stretch of a quotation that stands in one place."""

    first: int
    """In the index; half-open with `last`."""
    last: int
    ops: tuple[Op, ...]

    @property
    def matched(self) -> int:
        """Words of the quotation that stand there."""
        return sum(b - a for tag, a, b, _, _ in self.ops if tag == "equal")


def weigh(forms: Sequence[str]) -> list[float]:
    """What each word counts for: a word that any sentence may hold counts for less."""
    return [0.4 if form in FUNCTION else 1.0 for form in forms]


def align(
    index: Index,
    forms: Sequence[str],
    breaks: frozenset[int],
    ellipses: frozenset[int],
    favour: Callable[[int], float],
) -> list[Piece]:
    """The pieces of a quotation in its order; empty where nothing of it was found.

    `breaks` are the numbers of words before which a gap is honest, `ellipses` those of them where
    it may be of any length; `favour` weighs a place in the index, so that of equal places the
    likelier speaker's is taken.
    """
    row = index.numbers(forms)
    weights = weigh(forms)
    total = [0.0]
    for weight in weights:
        total.append(total[-1] + weight)
    runs = index.runs(row, breaks)
    if not runs:
        return []

    def worth(run: Run) -> float:
        return (total[run[0] + run[2]] - total[run[0]]) * favour(run[1])

    weighed = sorted((-worth(run), run) for run in runs)[:KEPT]
    weighed.sort(key=lambda pair: pair[1])
    runs = [run for _, run in weighed]
    chain = _chain(index, runs, [-weight for weight, _ in weighed], ellipses)
    return _pieces(index, row, _settled(chain, ellipses), breaks)


def _chain(
    index: Index, runs: list[Run], worth: list[float], ellipses: frozenset[int]
) -> list[list[Run]]:
    """The best chain of runs, as groups between which it jumps."""
    best = list(worth)
    before = [-1] * len(runs)
    for j, (q2, p2, n2) in enumerate(runs):
        for i in range(j):
            q1, p1, n1 = runs[i]
            over = max(0, q1 + n1 - q2)
            if over >= n2 or q1 >= q2:
                continue
            gain = worth[j] * (n2 - over) / n2
            cost = _cost(q2 + over - q1 - n1, p2 + over - p1 - n1, q1 + n1, q2 + over, ellipses)
            if cost < JUMP and index.material_at(p1) != index.material_at(p2):
                cost = JUMP
            score = best[i] + gain - cost
            if score > best[j]:
                best[j], before[j] = score, i
    at = max(range(len(runs)), key=lambda n: (best[n], -n))
    chain: list[Run] = []
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    chain.reverse()
    groups: list[list[Run]] = []
    for whole in chain:
        if not groups:
            groups.append([whole])
            continue
        last = groups[-1][-1]
        over = max(0, last[0] + last[2] - whole[0])
        run = (whole[0] + over, whole[1] + over, whole[2] - over)
        gap = run[1] - last[1] - last[2]
        same = index.material_at(run[1]) == index.material_at(last[1])
        if same and 0 <= gap <= NEAR:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _cost(here: int, there: int, left: int, right: int, ellipses: frozenset[int]) -> float:
    """What lies between two runs: words of the quotation (`here`) and of the material (`there`)."""
    honest = any(left <= b <= right for b in ellipses)
    if there < 0 or there > NEAR:
        return 0.5 if honest and there > 0 else JUMP + 0.3 * here
    return 0.1 + (0.0 if honest else 0.04 * there) + 0.1 * here


def _settled(groups: list[list[Run]], ellipses: frozenset[int]) -> list[list[Run]]:
    """The groups without those that hold next to nothing: words found by chance elsewhere.

    Where an ellipsis parts them, even a word or two are a piece of their own.
    """
    sizes = [sum(n for _, _, n in group) for group in groups]
    kept = []
    for n, group in enumerate(groups):
        left = group[0][0] if n == 0 else groups[n - 1][-1][0] + groups[n - 1][-1][2]
        parted = any(left <= b <= group[0][0] for b in ellipses)
        if sizes[n] == max(sizes) or sizes[n] >= LEAST or parted:
            kept.append(group)
    return kept


def _pieces(
    index: Index, row: list[int], groups: list[list[Run]], breaks: frozenset[int]
) -> list[Piece]:
    pieces = []
    start = 0
    for n, group in enumerate(groups):
        end = len(row)
        if n + 1 < len(groups):
            left, end = group[-1][0] + group[-1][2], groups[n + 1][0][0]
            end = next((b for b in sorted(breaks) if left <= b <= end), end)
        pieces.append(_piece(index, row, group, start, end, breaks))
        start = end
    return pieces


def _piece(
    index: Index, row: list[int], group: list[Run], start: int, end: int, breaks: frozenset[int]
) -> Piece:
    """The alignment of a stretch of the quotation with the words around a group of runs."""
    low, high = index.bounds(group[0][1])
    q, p, _ = group[0]
    ops: list[Op] = []
    head = max(low, p - (q - start) - (2 if q > start else 0))
    ops += _between(index, row, start, q, head, p, breaks, trim="left")
    last_q, last_p = q, p
    for q, p, n in group:
        ops += _between(index, row, last_q, q, last_p, p, breaks)
        ops.append(("equal", q, q + n, p, p + n))
        last_q, last_p = q + n, p + n
    tail = min(high, last_p + (end - last_q) + (2 if end > last_q else 0))
    ops += _between(index, row, last_q, end, last_p, tail, breaks, trim="right")
    places = [(op[3], op[4]) for op in ops if op[3] < op[4]]
    return Piece(first=min(a for a, _ in places), last=max(b for _, b in places), ops=tuple(ops))


def _between(
    index: Index,
    row: list[int],
    a: int,
    b: int,
    c: int,
    d: int,
    breaks: frozenset[int],
    *,
    trim: str = "",
) -> list[Op]:
    """The operations for what lies between two runs.

    At an end of the quotation, what the material goes on with is no difference (`trim`).
    Neighbouring differences are one, unless an honest gap parts them.
    """
    if a == b and (c == d or trim):
        return []
    ops: list[Op] = []
    for step in Levenshtein.opcodes(row[a:b], index.ids[c:d].tolist()):
        # In rapidfuzz's terms the quotation is turned into the material: "insert" is what only the
        # material holds. Here the names are the quotation's.
        name = {"insert": "delete", "delete": "insert"}.get(step.tag, step.tag)
        here, there = (
            (a + step.src_start, a + step.src_end),
            (c + step.dest_start, c + step.dest_end),
        )
        ops.append((name, *here, *there))
    while trim == "left" and ops and ops[0][0] == "delete":
        ops.pop(0)
    while trim == "right" and ops and ops[-1][0] == "delete":
        ops.pop()
    merged: list[Op] = []
    for op in ops:
        last = merged[-1] if merged else None
        if last and "equal" not in (op[0], last[0]) and last[2] not in breaks:
            merged[-1] = ("replace", last[1], op[2], last[3], op[4])
        else:
            merged.append(op)
    return merged
