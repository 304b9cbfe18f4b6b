"""The same words in many articles: what blocks, what decides, and how the words have drifted.

Shingles of words find what may be the same (`shingles_of` for a quotation, `sketch` for a whole
text); the verifier's alignment decides and names the differences. Pure: knows no database.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec
import rensa

from ..records import Analysis, Attribution, Change, Material, Span
from ..verifier import TOLERANCES
from ..verifier.align import FUNCTION, Piece, align, weigh
from ..verifier.changes import MODALS, Setting, find_changes
from ..verifier.cuts import NEGATIONS
from ..verifier.index import Index
from ..verifier.quotations import Break, find_quoted, quoted_words
from ..verifier.words import Word, words

TOLERATED = frozenset(TOLERANCES)
MIN_WORDS = 3
"""Words from which on a quotation is a printing; a statement without marks needs more."""
MIN_WORDS_INDIRECT = 8
SHORT = 8
"""Below so many words, more of them must be shared."""
ALL_SHINGLES = 16
"""Below so many words every shingle of three words is kept, weighty or not."""
MIN_SHARE = 0.6
"""Weighed share of the shorter's words that must stand in the longer in order."""
MIN_SHARE_SHORT = 0.75
MIN_SHARE_OTHER_SPEAKER = 0.85
MAX_GAP = 2.5
"""Weight of words in a row that may be other ones; more is another clause, another utterance."""
MIN_WEIGHTY = 4
MIN_WEIGHTY_OTHER_SPEAKER = 5
COPY = 0.5
"""Jaccard likeness of five-word shingles from which two texts are copies of one."""
_BANDS, _ROWS = 16, 4
_SHINGLE = 5
_TOKEN = re.compile(r"\w+")


class Printing(msgspec.Struct, frozen=True, gc=False):
    """Words that an article prints as somebody's, before they are in a ledger."""

    parts: tuple[Span, ...]
    """Of the article's text, without marks; two where the attribution stands between."""
    quoted: bool
    attribution: str | None
    wording: "Wording"
    mark: int
    """`wording_hash` of the wording."""
    light: bool
    """Whether the words are too few or too common to be told from anybody's."""
    shingles: list[int]
    """By which it is found again; none if light."""


class Wording(msgspec.Struct, frozen=True, gc=False):
    """Words ready to be held against others'."""

    text: str
    words: tuple[Word, ...]
    breaks: dict[int, Break]

    @property
    def forms(self) -> list[str]:
        """The words in the form that is compared."""
        return [word.form for word in self.words]


class Likeness(msgspec.Struct, frozen=True, gc=False):
    """How two wordings that are of one utterance differ."""

    share: float
    """Weighed share of the shorter's words that stand in the longer, 0 to 1."""
    weighty: int
    """Weighty words that both share."""
    gap: float
    """What the shorter's words weigh at most that are others between two weighty shared ones."""
    changes: tuple[Change, ...]
    """From the earlier to the later; `story` is of the later's text, `source` of the earlier's."""


def wording(text: str) -> Wording:
    """The words of a stretch and its honest gaps."""
    found, breaks = quoted_words(text, Span(0, len(text)), TOLERATED)
    return Wording(text, found, breaks)


def find_printings(analysis: Analysis) -> Iterator[Printing]:
    """An article's quotations, and its longer statements without quotation marks."""
    text = analysis.article.text
    taken: list[Span] = []
    for halves, by in find_quoted(analysis):
        parts = tuple(_trimmed(text, inner) for _, inner in halves)
        taken += (span for span, _ in halves)
        made = wording(joined(text, parts))
        if len(made.words) >= MIN_WORDS:
            yield _printing(parts, True, by.id if by else None, made)
    for attribution in analysis.attributions:
        if attribution.form == "indirect" and attribution.stance in ("says", "denies"):
            parts = tuple(_trimmed(text, span) for span in attribution.content)
            if any(t.start < p.end and p.start < t.end for t in taken for p in parts):
                continue
            made = wording(joined(text, parts))
            if len(made.words) >= MIN_WORDS_INDIRECT and _is_clause(analysis, attribution):
                yield _printing(parts, False, attribution.id, made)


def _printing(
    parts: tuple[Span, ...], quoted: bool, attribution: str | None, made: Wording
) -> Printing:
    light = is_weightless(made)
    shingles = [] if light else shingles_of(made)
    return Printing(parts, quoted, attribution, made, wording_hash(made), light, shingles)


def _is_clause(analysis: Analysis, attribution: Attribution) -> bool:
    """Whether a statement is told by somebody: one that nobody is found to make is no printing."""
    return attribution.source is not None


def _trimmed(text: str, span: Span) -> Span:
    """A stretch without the white space and the comma at its ends."""
    start, end = span.start, span.end
    while start < end and text[start] in " \n\t":
        start += 1
    while start < end and text[end - 1] in " \n\t,":
        end -= 1
    return Span(start, end)


def joined(text: str, parts: Sequence[Span]) -> str:
    """The words of a printing as one line."""
    return " ".join(" ".join(text[p.start : p.end].split()) for p in parts)


def wording_hash(made: Wording) -> int:
    """A signed 64-bit hash of a wording: equal for what the verifier holds equal."""
    return _hash(" ".join(made.forms))


@lru_cache(maxsize=200_000)
def _hash(words: str) -> int:
    digest = hashlib.blake2b(words.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def shingles_of(made: Wording) -> list[int]:
    """Hashes by which a wording is found again after its function words, negations, numbers
    changed.

    Each is of three weighty words in a row; a short wording adds every three words in a row with a
    weighty one among them, so that one changed word leaves some standing.
    """
    forms = made.forms
    weighty = [f for f in forms if _is_weighty(f)]
    rows = [weighty[n : n + 3] for n in range(max(1, len(weighty) - 2))] if weighty else []
    found = {" ".join(row) for row in rows if len(row) > 1}
    if len(forms) < ALL_SHINGLES:
        for n in range(len(forms) - 2):
            row = forms[n : n + 3]
            if sum(_is_weighty(f) for f in row) > 1:
                found.add("=" + " ".join(row))
    return sorted(_hash(shingle) for shingle in found)


def _is_weighty(form: str) -> bool:
    return not (form in FUNCTION or form in NEGATIONS or form in MODALS or form[0].isdecimal())


def least_shared(shingles: Sequence[int]) -> float:
    """How many shingles must be shared where no words are kept and nothing can be aligned."""
    return max(2 if len(shingles) > 1 else 1, 0.3 * len(shingles))


def is_weightless(made: Wording) -> bool:
    """Whether words are too few or too common to be told from anybody's."""
    weighty = {f for f in made.forms if _is_weighty(f)}
    return len(weighty) < 3 and not (len(weighty) == 2 and len(made.words) >= 5)


def same_utterance(
    earlier: Wording, later: Wording, *, speakers_differ: bool | None
) -> Likeness | None:
    """How two wordings differ if they are of one utterance, else None.

    `speakers_differ` is None where one of the speakers isn't known; then, and for one speaker, less
    of the words must be shared than for two people.
    """
    made = aligned(earlier, later)
    if made is None:
        return None
    shorter, longer = sorted((earlier, later), key=lambda w: len(w.words))
    return made if _are_one(shorter, longer, made, speakers_differ) else None


def aligned(earlier: Wording, later: Wording) -> Likeness | None:
    """How two wordings differ, whether or not they are of one utterance; None if nothing is shared.

    The shorter is looked for in the longer, so that a fragment is the same as the whole.
    """
    shorter, longer = sorted((earlier, later), key=lambda w: len(w.words))
    found = _align(shorter, longer)
    if found is None:
        return None
    pieces, changes = found
    forms = shorter.forms
    weights = weigh(forms)
    equal = [n for p in pieces for tag, a, b, _, _ in p.ops if tag == "equal" for n in range(a, b)]
    share = sum(weights[n] for n in equal) / sum(weights)
    weighty = len({forms[n] for n in equal if _is_weighty(forms[n])})
    if shorter is earlier and later is not earlier:
        changes = tuple(_turned(change) for change in changes)
    cut = tuple(_cut(earlier, later, shorter, pieces))
    gap = _heaviest_gap(weights, set(equal))
    return Likeness(round(share, 3), weighty, round(gap, 1), (*changes, *cut))


def _heaviest_gap(weights: Sequence[float], equal: set[int]) -> float:
    """What the words between two shared weighty ones weigh at most; shared function words part
    nothing."""
    heaviest = here = 0.0
    for n, weight in enumerate(weights):
        if n not in equal:
            here += weight
        elif weight >= 1:
            here = 0.0
        heaviest = max(heaviest, here)
    return heaviest


def _are_one(
    shorter: Wording, longer: Wording, made: Likeness, speakers_differ: bool | None
) -> bool:
    share, weighty = made.share, made.weighty
    bearing = [c for c in made.changes if c.weight != "tolerated"]
    if made.gap > MAX_GAP:
        return False  # another clause is no other wording
    if speakers_differ:
        if share < MIN_SHARE_OTHER_SPEAKER or weighty < MIN_WEIGHTY_OTHER_SPEAKER:
            return False
        return len(shorter.words) >= SHORT or not bearing
    if not bearing and share > 0.999:
        return weighty > 2 or (weighty == 2 and len(shorter.words) >= 5)
    near = len(shorter.words) >= 0.6 * len(longer.words)
    if weighty < MIN_WEIGHTY or (len(shorter.words) < SHORT and share < MIN_SHARE_SHORT):
        light = all(_is_light(c) for c in bearing)
        return near and weighty >= 2 and light and share >= MIN_SHARE
    return share >= (MIN_SHARE if near else 0.75)


def _is_light(change: Change) -> bool:
    """Whether a difference leaves every weighty word where it was."""
    if change.kind in ("negation", "number", "modal"):
        return True
    return not any(
        _is_weighty(w.form)
        for said in (change.said, change.quoted)
        for w in words(said, 0, len(said))
    )


def _align(shorter: Wording, longer: Wording) -> tuple[list[Piece], tuple[Change, ...]] | None:
    material = Material(name="", text=longer.text, raw_digest="")
    index = Index([material], TOLERATED)
    ellipses = frozenset(n for n, kind in shorter.breaks.items() if kind == "ellipsis")
    pieces = align(index, shorter.forms, frozenset(shorter.breaks), ellipses, lambda _: 1.0)
    if not pieces:
        return None
    setting = Setting(index, shorter.words, shorter.breaks, shorter.text, TOLERATED)
    changes = tuple(change for piece in pieces for change in find_changes(setting, piece))
    return pieces, changes


def _turned(change: Change) -> Change:
    """A change read the other way: what was left out is put in."""
    kind = "wording" if change.kind == "left out" else change.kind
    return msgspec.structs.replace(
        change,
        kind=kind,
        story=change.source,
        source=change.story,
        said=change.quoted,
        quoted=change.said,
    )


def _cut(
    earlier: Wording, later: Wording, shorter: Wording, pieces: Sequence[Piece]
) -> Iterator[Change]:
    """What a later, shorter printing leaves away at the beginning and the end."""
    if shorter is not later or len(later.words) == len(earlier.words):
        return
    index = list(words(earlier.text, 0, len(earlier.text), TOLERATED))
    # Index.places count the wall before the first word.
    first, last = min(p.first for p in pieces) - 1, max(p.last for p in pieces) - 1
    for left, right, place in ((0, first, 0), (last, len(index), len(later.text))):
        if right > left:
            start, end = index[left].start, index[right - 1].end
            yield Change(
                kind="left out",
                weight="tolerated",
                story=Span(place, place),
                source=Span(start, end),
                said=earlier.text[start:end],
                quoted="",
            )


def sketch(text: str) -> list[int]:
    """Bands of a MinHash of a text's five-word shingles; copies of one text share some.

    Sixteen bands of four rows: texts of half the same shingles share one with probability 0.64, of
    eight tenths nearly always.
    """
    tokens = [t.casefold() for t in _TOKEN.findall(text)]
    made = rensa.RMinHash(num_perm=_BANDS * _ROWS, seed=1)
    made.update([" ".join(tokens[n : n + _SHINGLE]) for n in range(max(1, len(tokens) - 4))])
    digest = made.digest()
    return [_hash(f"{band}:{digest[band * _ROWS : (band + 1) * _ROWS]}") for band in range(_BANDS)]


def likeness(one: str, two: str) -> float:
    """Jaccard likeness of two texts' five-word shingles, 0 to 1."""
    sets = []
    for text in (one, two):
        tokens = [t.casefold() for t in _TOKEN.findall(text)]
        sets.append({tuple(tokens[n : n + _SHINGLE]) for n in range(max(1, len(tokens) - 4))})
    return len(sets[0] & sets[1]) / max(1, len(sets[0] | sets[1]))
