"""What kind of difference it is: honest, tolerated, of wording, or one that bears meaning."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..language.en.lexicon import lexicon
from ..records import Change, ChangeKind, Span
from ..text.normalise import normalise_quotes
from .align import FUNCTION, Piece
from .amounts import MONEY, same_amount
from .cuts import EDGE, NEGATIONS, read_before, read_behind, read_gap, read_inside, said_around
from .index import Index
from .quotations import Break
from .sounds import alike
from .words import TOLERANCES, Word

Weight = Literal["meaning", "wording", "tolerated"]
BRACKETED = 15
"""Words of the material that a bracket may stand for."""
PASSAGE = 8
"""Words from which on what is left out is a passage, whatever it holds."""
INTERJECTED = 8
"""Words that another voice may put in before the first one goes on."""
MODALS = lexicon("quotations", "modals")
FILLERS = lexicon("quotations", "fillers")
_FILLER_PAIRS = (("you", "know"), ("i", "mean"))
_HOMOPHONES = frozenset(frozenset(row.split("/")) for row in lexicon("quotations", "homophones"))
_BACKCHANNEL = lexicon("quotations", "backchannel")
_STARS = re.compile(r"\*{2,}|[#@$%!*]{3,}|_{2,}")
_BLEEP = re.compile(
    r"[\[(<][^\])>]{0,30}(?:bleep|expletive|beep|swear|profanity|redacted|censored|__)",
    re.IGNORECASE,
)
_MASKING = re.compile(r"expletive|swear|profanity|obscenit|bleep", re.IGNORECASE)
_MASK = re.compile(
    r"[^\W\d_]*[*•·#@$%!_]+[^\W\d_]*(?:[*•·#@$%!_]+[^\W\d_]*)*"
    r"|[^\W\d_]+(?:-{2,}|[\u2013\u2014]+)[^\W\d_]*|\b[^\W\d_]-[^\W\d_]{1,4}\b"
)
Excuse = Callable[["Setting", tuple[int, int, int, int], list[str], list[str], str], bool]
_SHORTENED = {"'s": {"is", "has"}, "'d": {"would", "had"}}


@dataclass(frozen=True, slots=True)
class Setting:
    """What changes are judged in: both texts, the quotation, what is tolerated."""

    index: Index
    words: Sequence[Word]
    breaks: dict[int, Break]
    story: str
    tolerate: frozenset[str]
    clause: bool = False
    """Whether the quotation is a clause of its own, no fragment of the reporter's sentence."""
    around: str = ""
    """The story's own words in the quotation's sentences."""
    voice: Callable[[int], int] = lambda place: 0
    """A number for whoever speaks at a place of the index."""
    recognised: bool = False
    """Whether the material was written down by a machine."""
    punctuated: bool = True
    """Whether sentences end with stops there."""


def find_changes(at: Setting, piece: Piece) -> Iterator[Change]:
    """The differences of a piece in order, each with both places."""
    index = at.index
    material = index.materials[index.material_at(piece.first)].text
    for tag, a, b, c, d in piece.ops:
        here = _here(at.words, a, b)
        start, end = index.span(c, d) if d > c else (_at(index, c), _at(index, c))
        if tag == "equal":
            yield from _tolerated(index, at.words, material, at.story, (a, b, c))
            continue
        kind, weight = _kind(at, (a, b, c, d), material)
        yield Change(
            kind=kind,
            weight=weight,
            story=here,
            source=Span(start, end),
            said=" ".join(material[start:end].split()),
            quoted=" ".join(at.story[here.start : here.end].split()),
        )
    yield from _edges(at, piece, material)


def find_gap(at: Setting, one: Piece, two: Piece) -> Change | None:
    """What turns the sense between two pieces that an ellipsis joins."""
    index = at.index
    kind = read_gap(index.flow, index.stops(one.last, two.first), one.last, two.first)
    if kind is None or one.last >= two.first:
        return None
    start, end = index.span(one.last, two.first)
    material = index.materials[index.material_at(one.first)].text
    place = at.words[two.ops[0][1]].start
    return _cut(kind, Span(place, place), Span(start, end), material)


def _cut(kind: ChangeKind, story: Span, source: Span, material: str) -> Change:
    said = " ".join(material[source.start : source.end].split())
    return Change(kind=kind, weight="meaning", story=story, source=source, said=said, quoted="")


def _edges(at: Setting, piece: Piece, material: str) -> Iterator[Change]:
    """What turns the sense in the same sentence right before and right behind the quotation."""
    index, count = at.index, len(at.words)
    low, high = index.bounds(piece.first)
    tag, first, _, _, _ = piece.ops[0]
    if tag == "equal" and first == 0 and piece.first > low:
        start = max(low, piece.first - EDGE)
        start = max([n for n in index.stops(start, piece.first) if n <= piece.first], default=start)
        start = _same_voice(at, start, piece.first, piece.first)
        kind = read_before(index.flow(start, piece.first), clause=at.clause)
        if kind and not said_around(kind, at.around):
            place = Span(at.words[0].start, at.words[0].start)
            yield _cut(kind, place, Span(*index.span(start, piece.first)), material)
    tag, _, last, _, _ = piece.ops[-1]
    if tag == "equal" and last == count and piece.last < high:
        end = _same_voice(at, piece.last, min(high, piece.last + EDGE), piece.last - 1)
        if end <= piece.last:
            return
        stops = index.stops(piece.last, end)
        stop = piece.last in stops
        lead = ". " if stop else ""
        until = end if stop else min([*stops, end])
        kind = read_behind(lead + index.flow(piece.last, until), clause=at.clause)
        if kind and not said_around(kind, at.around):
            place = Span(at.words[-1].end, at.words[-1].end)
            yield _cut(kind, place, Span(*index.span(piece.last, until)), material)


def _same_voice(at: Setting, start: int, end: int, place: int) -> int:
    """Of a range that touches a place, the end on its far side up to which the same voice
    speaks."""
    voice = at.voice(place)
    if place >= end:
        while start < end and at.voice(start) != voice:
            start += 1
        return start
    if place > start or start == end:
        return start if all(at.voice(n) == voice for n in range(start, end)) else place
    n = start
    while n < end and at.voice(n) == voice:
        n += 1
    return n


def _here(words: Sequence[Word], a: int, b: int) -> Span:
    if a < b:
        return Span(words[a].start, words[b - 1].end)
    place = words[a - 1].end if a else words[0].start
    return Span(place, place)


def _at(index: Index, place: int) -> int:
    """The end of the word before a place in the index."""
    return int(index.ends[place - 1])


def _tolerated(
    index: Index,
    words: Sequence[Word],
    material: str,
    story: str,
    op: tuple[int, int, int],
) -> Iterator[Change]:
    """Words that are the same only by a tolerance, each pair once."""
    a, b, c = op
    found: list[tuple[Span, Span]] = []
    for n in range(a, b):
        word, place = words[n], c + n - a
        here, there = Span(word.start, word.end), Span(*index.span(place, place + 1))
        if found and (here.start == found[-1][0].start or there.start == found[-1][1].start):
            # The parts of a contraction share its place.
            first = found.pop()
            here, there = Span(first[0].start, here.end), Span(first[1].start, there.end)
        found.append((here, there))
    for here, there in found:
        said, quoted = material[there.start : there.end], story[here.start : here.end]
        if _bare(said) != _bare(quoted):
            yield Change(
                kind=_tolerance(said, quoted),
                weight="tolerated",
                story=here,
                source=there,
                said=said,
                quoted=quoted,
            )


def _tolerance(said: str, quoted: str) -> ChangeKind:
    """By which tolerance two words are the same."""
    one, two = _bare(said), _bare(quoted)
    if any(c.isdecimal() for c in one + two):
        return "numbers"
    if "'" in one + two or one[:2] != two[:2] or (" " in one) != (" " in two):
        return "contractions"
    return "spelling"


def _bare(token: str) -> str:
    """A word as written, but for marks and capitals."""
    return re.sub(r"[\[\],.]", "", normalise_quotes(token).casefold()).strip("'")


def _kind(at: Setting, op: tuple[int, int, int, int], material: str) -> tuple[ChangeKind, Weight]:
    a, b, c, d = op
    index, tolerate = at.index, at.tolerate
    said = list(index.between(c, d))
    quoted = [w.form for w in at.words[a:b]]
    near = [at.breaks[n] for n in range(a, b + 1) if n in at.breaks]
    if near and not quoted:
        honest = _left_out(at, op, near)
        if honest:
            return honest
    if quoted and said and all(w.loose for w in at.words[a:b]) and len(said) == len(quoted):
        if all(
            s.startswith(q[:3]) or q.startswith(s[:3]) for s, q in zip(said, quoted, strict=True)
        ):
            return "brackets", "tolerated"
    for kind, excuse in _EXCUSES.items():
        if kind in tolerate or kind not in TOLERANCES:
            if excuse(at, op, said, quoted, material):
                return kind, "tolerated"
    if at.recognised:
        return _misheard(at, op, said, quoted, material)
    return _bearing(said, quoted, material, at, op)


def _left_out(
    at: Setting, op: tuple[int, int, int, int], near: Sequence[Break]
) -> tuple[ChangeKind, Weight] | None:
    """What an ellipsis or a bracket stands for, read; None where it is too long for a bracket."""
    a, _, c, d = op
    index = at.index
    if "ellipsis" in near:
        if not at.punctuated and d - c > 8:
            tail = read_behind(index.flow(c, min(d, c + EDGE)), clause=True)
            kind = tail or read_before(index.flow(max(c, d - EDGE), d), clause=True)
        else:
            kind = read_gap(index.flow, index.stops(c, d), c, d)
        return (kind, "meaning") if kind else ("ellipsis", "tolerated")
    if d - c > BRACKETED:
        return None
    stands = at.story[at.words[a - 1].end : at.words[a].start] if 0 < a < len(at.words) else ""
    kind = read_inside(index.flow(c, d))
    if kind in ("negation", "reversal") and not said_around(kind, stands):
        if stands.count("[") == 1 and not _MASKING.search(stands):
            return kind, "meaning"
    return "brackets", "tolerated"


def _contracted(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    return _shortened(said, quoted)


def _spelled(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    return "".join(said) == "".join(quoted)


def _filled(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    return _disfluent(at.index, op, said, quoted)


def _homophonous(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    return frozenset(("_".join(said), "_".join(quoted))) in _HOMOPHONES


def _same_figure(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    """Whether two figures may be read for one another, with the figures that touch them."""
    a, b, c, d = op
    forms = {*said, *quoted}
    if not any(f[:1].isdecimal() for f in forms) and not forms <= {"per", "an", "a", *MONEY}:
        return False
    if same_amount(said, quoted):
        return True
    index = at.index
    low, high = index.bounds(c)
    left = 0
    while (
        left < 3 and a - left > 0 and c - left > low
        and at.words[a - left - 1].form[:1].isdecimal()
    ):  # fmt: skip
        left += 1
    right = 0
    while (
        right < 3 and b + right < len(at.words) and d + right < high
        and _in_figure(at.words[b + right].form)
    ):  # fmt: skip
        right += 1
    if not left and not right:
        return False
    whole_said = list(index.between(c - left, d + right))
    whole_quoted = [w.form for w in at.words[a - left : b + right]]
    return same_amount(whole_said, whole_quoted)


def _in_figure(form: str) -> bool:
    return form[:1].isdecimal() or form in MONEY or form in ("to", "meter")


def _masked(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    """Whether one side masks a word with stars or dashes and the letters that are left fit."""
    a, b, c, d = op
    index = at.index
    story_left = at.words[a - 1].end if a else max(0, at.words[0].start - 3)
    story_right = at.words[b].start if b < len(at.words) else at.words[-1].end + 6
    ours = at.story[story_left:story_right]
    low, high = index.bounds(min(c, index.bounds(max(0, c - 1))[1] - 1))
    left = int(index.ends[c - 1]) if c > low else 0
    right = int(index.starts[d]) if d < high else int(index.ends[d - 1]) + 6
    theirs = material[left:right]
    if not quoted:
        return len(said) == 1 and bool(_STARS.search(ours))
    if not said:
        return len(quoted) <= 2 and bool(_BLEEP.search(theirs) or _STARS.search(theirs))
    for mask, word in ((ours, said), (theirs, quoted)):
        if len(word) == 1 and any(
            pattern.fullmatch(word[0]) for part in mask.split() if (pattern := _hidden(part))
        ):
            return True
    return False


@lru_cache(maxsize=5000)
def _hidden(part: str) -> re.Pattern[str] | None:
    """What a masked word may be: its letters with anything in the place of the marks."""
    match = _MASK.search(part)
    if match is None:
        return None
    out = []
    for run in re.findall(r"[^\W\d_]+|[^\w]+|_+", match.group()):
        if run.isalpha():
            out.append(re.escape(run.casefold()))
        else:
            stars = len(run) if set(run) <= set("*•·#@$%!_") else 0
            out.append(rf"\w{{{max(1, stars - 2)},{stars + 3 if stars else 9}}}")
    return re.compile("".join(out))


def _interjected(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> bool:
    """Whether another voice broke in for a moment, and the first one went on."""
    _, _, c, d = op
    low, high = at.index.bounds(c)
    if quoted or not said or len(said) > INTERJECTED or c <= low or d >= high:
        return False
    voice = at.voice(c - 1)
    if voice != at.voice(d) or any(at.voice(n) == voice for n in range(c, d)):
        return False
    return c not in at.index.stops(c, c) or set(said) <= _BACKCHANNEL


def _misheard(
    at: Setting, op: tuple[int, int, int, int], said: list[str], quoted: list[str], material: str
) -> tuple[ChangeKind, Weight]:
    """A difference to a machine's transcript: its error, the story's, or impossible to tell."""
    kind, weight = _bearing(said, quoted, material, at, op)
    odd_said, odd_quoted = set(said) - set(quoted), set(quoted) - set(said)
    digits = (
        [f for f in odd_said if f[:1].isdecimal()],
        [f for f in odd_quoted if f[:1].isdecimal()],
    )
    bears = (
        (kind == "number" and bool(digits[0]) and bool(digits[1]))
        or (bool((odd_said ^ odd_quoted) & NEGATIONS))
        or (kind == "modal" and bool(odd_said & MODALS) and bool(odd_quoted & MODALS))
    )
    if bears or kind in ("condition", "reversal", "attribution"):
        return kind, "meaning"
    if abs(len(said) - len(quoted)) >= 3 or max(len(said), len(quoted)) > 5:
        return kind, weight
    if alike(said, quoted) or all(f in FUNCTION for f in (*odd_said, *odd_quoted)):
        return "recognition", "tolerated"
    if kind == "name" and at.punctuated:
        return kind, weight
    unsure = at.index.materials[at.index.material_at(op[2])].unsure
    if unsure is None:
        return "recognition", "wording"
    start, end = at.index.span(op[2], op[3]) if said else (0, 0)
    if any(s.start < end and start < s.end for s in unsure):
        return "recognition", "tolerated"
    return kind, weight


def _shortened(said: list[str], quoted: list[str]) -> bool:
    if len(said) != 1 or len(quoted) != 1:
        return False
    return any(
        long in _SHORTENED.get(short, ())
        for short, long in ((said[0], quoted[0]), (quoted[0], said[0]))
    )


def _disfluent(
    index: Index, op: tuple[int, int, int, int], said: list[str], quoted: list[str]
) -> bool:
    """Whether what differs is filling, or words that were said twice."""
    if _without_filling(said) == _without_filling(quoted):
        return True
    if quoted or not said:
        return False
    _, _, c, d = op
    low, high = index.bounds(c)
    # Where words come twice, the alignment may call either of them the left-out ones.
    ids = index.ids
    first = c
    while first > low and ids[first - 1] == ids[first - 1 + d - c]:
        first -= 1
    last = c
    while last + d - c < high and ids[last] == ids[last + d - c]:
        last += 1
    for start in range(first, last + 1):
        if not _without_filling(list(index.between(start, start + d - c))):
            return True
    if last - first >= d - c:
        return True  # said twice
    kept = _without_filling(said)
    after = list(index.between(d, min(high, d + len(kept))))
    before = list(index.between(max(low, c - len(kept)), c))
    if kept in (after, before):
        return True
    # A word broken off: "th- the".
    return len(said) == 1 and len(said[0]) <= 3 and "".join(after).startswith(said[0])


def _without_filling(forms: list[str]) -> list[str]:
    kept: list[str] = []
    n = 0
    while n < len(forms):
        if tuple(forms[n : n + 2]) in _FILLER_PAIRS:
            n += 2
        elif forms[n] in FILLERS:
            n += 1
        else:
            kept.append(forms[n])
            n += 1
    return kept


def _bearing(
    said: list[str], quoted: list[str], material: str, at: Setting, op: tuple[int, int, int, int]
) -> tuple[ChangeKind, Weight]:
    """The kind of a difference that nothing excuses."""
    a, b, c, d = op
    if not quoted and (kind := read_gap(at.index.flow, at.index.stops(c, d), c, d)):
        return kind, "meaning"
    if len(said) > PASSAGE + len(quoted):
        return "left out", "wording"
    odd = set(said) ^ set(quoted)
    if odd & NEGATIONS:
        return "negation", "meaning"
    if any(form[0].isdecimal() for form in odd):
        return "number", "meaning"
    names = any(_capital(at.story, w.start, a == 0) for w in at.words[a:b] if w.form in odd) or any(
        _capital(material, int(at.index.starts[n]), False) for n in range(c, d)
    )
    if names and said and quoted:
        return "name", "meaning"
    if odd & MODALS:
        return "modal", "meaning"
    return ("wording" if quoted else "left out"), "wording"


def _capital(text: str, start: int, first: bool) -> bool:
    """Whether a word is written with a capital that no sentence's beginning explains."""
    if first or not text[start].isupper() or text[start : start + 2] in ("I ", "I'", "I’"):
        return False
    before = text[max(0, start - 3) : start].rstrip(" \n\"“‘'(")
    return bool(before) and before[-1] not in ".!?:…"


_EXCUSES: dict[ChangeKind, Excuse] = {
    "contractions": _contracted,
    "spelling": _spelled,
    "numbers": _same_figure,
    "masked": _masked,
    "disfluencies": _filled,
    "homophones": _homophonous,
    "interjection": _interjected,
}
"""What may explain a difference, in the order in which it is tried."""
