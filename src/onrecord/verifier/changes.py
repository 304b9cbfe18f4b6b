"""What kind of difference it is: honest, tolerated, of wording, or one that bears meaning."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ..records import Change, ChangeKind, Span
from ..text.normalise import normalise_quotes
from .align import Piece
from .index import Index
from .quotations import Break
from .words import Word

Weight = Literal["meaning", "wording", "tolerated"]
BRACKETED = 15
"""Words of the material that a bracket may stand for."""
PASSAGE = 8
"""Words from which on what is left out is a passage, whatever it holds."""
NEGATIONS = frozenset(
    "not no never nothing nobody none neither nor without hardly barely scarcely nowhere".split()
)
MODALS = frozenset("will would can could may might must shall should ought 'll 'd".split())
FILLERS = frozenset("um umm uh uhh uhm er err erm ah ahh eh hmm hm mm mhm huh like well".split())
_FILLER_PAIRS = (("you", "know"), ("i", "mean"))
_HOMOPHONES = tuple(
    frozenset(pair.split("/"))
    for pair in (
        "their/there their/they_are there/they_are its/it_'s its/it_is your/you_are whose/who_is"
        " whose/who_'s to/too to/2 too/2 for/4 hear/here buy/by bye/by know/no write/right whole/hole"
        " piece/peace principal/principle weather/whether week/weak see/sea new/knew one/won 1/won threw/through"
        " our/are our/hour accept/except affect/effect then/than past/passed brake/break council/counsel"
        " site/sight site/cite steel/steal bare/bear role/roll waste/waist die/dye which/witch wait/weight"
        " led/lead aloud/allowed board/bored fair/fare flour/flower great/grate heal/heel male/mail meet/meat"
        " pair/pear plain/plane poor/pour rain/reign sale/sail scene/seen some/sum son/sun stair/stare tail/tale"
        " vary/very wear/where ate/8 been/bean him/hymn in/inn or/ore so/sew wood/would"
    ).split()
)
_SHORTENED = {"'s": {"is", "has"}, "'d": {"would", "had"}}


def find_changes(
    index: Index,
    words: Sequence[Word],
    breaks: dict[int, Break],
    piece: Piece,
    story: str,
    tolerate: frozenset[str],
) -> Iterator[Change]:
    """The differences of a piece in order, each with both places."""
    material = index.materials[index.material_at(piece.first)].text
    for tag, a, b, c, d in piece.ops:
        here = _here(words, a, b)
        start, end = index.span(c, d) if d > c else (_at(index, c), _at(index, c))
        if tag == "equal":
            yield from _tolerated(index, words, material, story, (a, b, c))
            continue
        kind, weight = _kind(index, words, breaks, (a, b, c, d), material, story, tolerate)
        yield Change(
            kind=kind,
            weight=weight,
            story=here,
            source=Span(start, end),
            said=" ".join(material[start:end].split()),
            quoted=" ".join(story[here.start : here.end].split()),
        )
    yield from _cut_short(index, words, piece, material)


def _cut_short(
    index: Index, words: Sequence[Word], piece: Piece, material: str
) -> Iterator[Change]:
    """A negation that stood right behind the quotation's last word: cut off, it says the opposite."""
    _, high = index.bounds(piece.first)
    tag, _, last, _, _ = piece.ops[-1]
    if tag != "equal" or last != len(words) or piece.last >= high:
        return
    start, end = index.span(piece.last, piece.last + 1)
    left = index.span(piece.last - 1, piece.last)[1]
    if (
        next(index.between(piece.last, piece.last + 1)) == "not"
        and not material[left:start].strip()
    ):
        place = Span(words[-1].end, words[-1].end)
        yield Change(
            kind="negation",
            weight="meaning",
            story=place,
            source=Span(start, end),
            said=material[start:end],
            quoted="",
        )


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
    if any(c.isdigit() for c in one + two):
        return "numbers"
    if "'" in one + two or one[:2] != two[:2] or (" " in one) != (" " in two):
        return "contractions"
    return "spelling"


def _bare(token: str) -> str:
    """A word as written, but for marks and capitals."""
    return re.sub(r"[\[\],.]", "", normalise_quotes(token).casefold()).strip("'")


def _kind(
    index: Index,
    words: Sequence[Word],
    breaks: dict[int, Break],
    op: tuple[int, int, int, int],
    material: str,
    story: str,
    tolerate: frozenset[str],
) -> tuple[ChangeKind, Weight]:
    a, b, c, d = op
    said = list(index.between(c, d))
    quoted = [w.form for w in words[a:b]]
    near = [breaks[n] for n in range(a, b + 1) if n in breaks]
    if near and not quoted:
        if "ellipsis" in near:
            return "ellipsis", "tolerated"
        if len(said) <= BRACKETED:
            return "brackets", "tolerated"
    if quoted and said and all(w.loose for w in words[a:b]) and len(said) == len(quoted):
        if all(
            s.startswith(q[:3]) or q.startswith(s[:3]) for s, q in zip(said, quoted, strict=True)
        ):
            return "brackets", "tolerated"
    if _shortened(said, quoted) and "contractions" in tolerate:
        return "contractions", "tolerated"
    if "".join(said) == "".join(quoted) and "spelling" in tolerate:
        return "spelling", "tolerated"
    if "disfluencies" in tolerate and _disfluent(index, op, said, quoted):
        return "disfluencies", "tolerated"
    if "homophones" in tolerate and frozenset(("_".join(said), "_".join(quoted))) in _HOMOPHONES:
        return "homophones", "tolerated"
    return _bearing(said, quoted, material, story, index, words, op)


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
    said: list[str],
    quoted: list[str],
    material: str,
    story: str,
    index: Index,
    words: Sequence[Word],
    op: tuple[int, int, int, int],
) -> tuple[ChangeKind, Weight]:
    """The kind of a difference that nothing excuses."""
    if len(said) > PASSAGE + len(quoted):
        return "left out", "wording"
    odd = set(said) ^ set(quoted)
    if odd & NEGATIONS:
        return "negation", "meaning"
    if any(form[0].isdigit() for form in odd):
        return "number", "meaning"
    a, b, c, d = op
    names = any(_capital(story, w.start, a == 0) for w in words[a:b] if w.form in odd) or any(
        _capital(material, int(index.starts[n]), False) for n in range(c, d)
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
