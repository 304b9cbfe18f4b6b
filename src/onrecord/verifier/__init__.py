"""Quotations held against what was said: transcripts, notes, releases, earlier articles.

`verify` looks for every quotation of an article in the materials and says what it finds: the same
words, an honest trimming, changed words, pieces of several answers, another speaker, or nothing.
The words decide, never their meaning; whoever reads the verdict sees both places.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from ..extract import analyse
from ..query.lookup import stem
from ..records import (
    Analysis,
    Article,
    Change,
    Material,
    Place,
    Span,
    Turn,
    Verdict,
    VerdictKind,
    Verification,
)
from ..text.lines import Lines
from ..text.normalise import normalise_quotes
from .align import FUNCTION, Piece, align, weigh
from .changes import find_changes
from .index import Index
from .quotations import Quotation, find_quotations, halves
from .speakers import ASKS, closed_cast, same_person
from .words import TOLERANCES, Tolerance

__all__ = ["TOLERANCES", "Tolerance", "verify"]

SHORT = 2
"""A quotation of so many words that isn't found is too short to tell."""
SCARE = 3
"""The same for one that nobody is found to say: it may be a title, or a word held at arm's length."""
SAME = 0.6
"""Share of a quotation's words that must stand in one place for it to be that passage, altered."""
GIST = 0.5
"""Share of its weighty words that a passage must hold for the quotation to be a paraphrase of it."""
AROUND = 8
"""Words of context on each side of a place."""
_STOP = re.compile(r"[.!?]+[\"”’')\]]*(?=\s|$)")
FAULTS: frozenset[VerdictKind] = frozenset(
    ("altered", "stitched", "speaker differs", "paraphrase in quotation marks", "not found")
)
"""Verdicts that ask for a correction."""


def verify(
    article: Article | Analysis,
    materials: Sequence[Material],
    *,
    tolerate: Iterable[Tolerance] = TOLERANCES,
) -> Verification:
    """Look for every quotation of an article in the materials.

    `tolerate` names the differences that are shown but not held against a quotation. Spans in
    `Verdict` are code points of the article, those in `Place` of the material. Takes time linear in
    the materials (but for a sort) and in the quotations. Raises `ValueError` for an unknown
    tolerance, `ModelError` where an article must be analysed and the model's files are damaged.
    """
    allowed = frozenset(tolerate)
    if unknown := allowed.difference(TOLERANCES):
        raise ValueError(f"no tolerance is called {sorted(unknown)[0]!r}: {', '.join(TOLERANCES)}")
    analysis = analyse(article) if isinstance(article, Article) else article
    judge = _Judge(analysis, materials, allowed)
    return Verification(
        analysis=analysis,
        verdicts=tuple(v for q in find_quotations(analysis, allowed) for v in judge.verdicts(q)),
        materials=tuple(m.name for m in materials),
    )


class _Judge:
    """What verdicts on one article's quotations share: the materials' index and their speakers."""

    def __init__(
        self, analysis: Analysis, materials: Sequence[Material], tolerate: frozenset[str]
    ) -> None:
        self._story = analysis.article.text
        self._story_lines = Lines(self._story)
        self._tolerate = tolerate
        self._index = Index(materials, tolerate)
        self._lines: dict[int, Lines] = {}
        self._cast = closed_cast(materials)
        self._stems: list[str] | None = None
        self._turns = [[turn.span.start for turn in m.turns] for m in materials]

    def verdicts(self, quotation: Quotation) -> list[Verdict]:
        """The verdict on a quotation; on each half by itself, where the two don't stand together."""
        whole = self._verdict(quotation)
        if len(quotation.parts) > 1 and whole.verdict != "trimmed":
            return [self._verdict(half) for half in halves(quotation)]
        return [whole]

    def _verdict(self, quotation: Quotation) -> Verdict:
        forms = [word.form for word in quotation.words]
        ellipses = frozenset(n for n, kind in quotation.breaks.items() if kind == "ellipsis")
        pieces = align(
            self._index,
            forms,
            frozenset(quotation.breaks),
            ellipses,
            lambda place: self._favour(quotation, place),
        )
        matched = sum(piece.matched for piece in pieces) / len(forms)
        changes = tuple(
            change
            for piece in pieces
            for change in find_changes(
                self._index, quotation.words, quotation.breaks, piece, self._story, self._tolerate
            )
        )
        excused = sum(
            b - a
            for piece in pieces
            for tag, a, b, _, _ in piece.ops
            if tag in ("replace", "insert")
            and any(
                c.weight == "tolerated" and c.story.start <= quotation.words[a].start < c.story.end
                for c in changes
            )
        )
        kind = self._kind(quotation, pieces, changes, matched + excused / len(forms))
        if kind in ("not found", "paraphrase in quotation marks", "too short to tell"):
            near, share = self._nearest(forms)
            content = len({f for f in forms if f not in FUNCTION})
            if kind == "not found" and share >= GIST and content >= 3:
                kind = "paraphrase in quotation marks"
            pieces, changes = ([near] if near is not None else []), ()
        if kind != "exact" and self._absent(quotation, kind, matched):
            kind, pieces, changes = "speaker not in the material", [], ()
        return Verdict(
            quote=quotation.parts[0],
            parts=quotation.parts,
            verdict=kind,
            speaker=quotation.speaker,
            places=tuple(self._place(piece) for piece in pieces),
            changes=changes,
            matched=round(matched, 3),
            line=self._story_lines.line_column(quotation.parts[0].start)[0],
        )

    def _kind(
        self,
        quotation: Quotation,
        pieces: list[Piece],
        changes: tuple[Change, ...],
        matched: float,
    ) -> VerdictKind:
        count = len(quotation.words)
        unexcused = [c for c in changes if c.weight != "tolerated"]
        whole = matched > 0.999 and not unexcused
        if not whole and (count <= SHORT or (count <= SCARE and not quotation.attributed)):
            return "too short to tell"
        if not pieces:
            return "not found"
        apart = self._apart(quotation, pieces)
        if apart and matched >= SAME and (len(pieces) > 1 or whole or matched > 0.75):
            return "stitched"
        if not whole and max(_weight(p, quotation) for p in pieces) < SAME:
            return "not found"
        if unexcused or matched < 0.999:
            return "altered"
        if any(self._same_speaker(quotation, p.first) is False for p in pieces):
            return "speaker differs"
        return "trimmed" if changes else self._trimmed(quotation, pieces)

    def _trimmed(self, quotation: Quotation, pieces: list[Piece]) -> VerdictKind:
        """Exact or trimmed: whether anything but the marks and the last stop is different."""
        if len(pieces) > 1 or len(quotation.parts) > 1 or quotation.breaks:
            return "trimmed"
        piece = pieces[0]
        start, end = self._index.span(piece.first, piece.last)
        said = self._material(piece).text[start:end]
        here = self._story[quotation.words[0].start : quotation.words[-1].end]
        return "exact" if normalise_quotes(said) == normalise_quotes(here) else "trimmed"

    def _apart(self, quotation: Quotation, pieces: list[Piece]) -> bool:
        """Whether words further apart than a sentence stand side by side without an ellipsis."""
        for one, two in zip(pieces, pieces[1:], strict=False):
            at = two.ops[0][1]
            honest = quotation.breaks.get(at) == "ellipsis"
            if not honest or two.first < one.last or self._material(one) is not self._material(two):
                return True
            if self._changes_speaker(one.first, two.first):
                return True
        for piece in pieces:
            for tag, a, b, c, d in piece.ops:
                if tag != "delete" or any(
                    quotation.breaks.get(n) == "ellipsis" for n in range(a, b + 1)
                ):
                    continue
                left, right = int(self._index.ends[c - 1]), int(self._index.starts[d])
                stops = len(_STOP.findall(self._material(piece).text, left, right))
                if stops >= 2 or self._changes_speaker(c - 1, d):
                    return True
        return False

    def _changes_speaker(self, one: int, two: int) -> bool:
        a, b = self._turn(one), self._turn(two)
        return bool(a and b and a.speaker != b.speaker)

    def _material(self, piece: Piece) -> Material:
        return self._index.materials[self._index.material_at(piece.first)]

    def _turn(self, place: int) -> Turn | None:
        n = self._index.material_at(place)
        turns, start = self._index.materials[n].turns, int(self._index.starts[place])
        at = bisect_right(self._turns[n], start) - 1
        return turns[at] if at >= 0 and start < turns[at].span.end else None

    def _speaker(self, place: int) -> str | None:
        """Whose words a place in the index is: its turn's label, else the whole material's."""
        turn = self._turn(place)
        material = self._index.materials[self._index.material_at(place)]
        label = turn.speaker if turn else None
        if material.speaker is None or same_person(material.speaker, label) is False:
            return label
        questions = label is not None and label.casefold() in ASKS
        return label if questions else material.speaker

    def _same_speaker(self, quotation: Quotation, place: int) -> bool | None:
        label = self._speaker(place)
        same = same_person(quotation.speaker, label)
        if same is False and same_person(quotation.near, label) is True:
            return None  # the label's name stands in the attribution too
        return same

    def _favour(self, quotation: Quotation, place: int) -> float:
        same = self._same_speaker(quotation, place) if quotation.speaker else None
        return 1.05 if same else 0.97 if same is False else 1.0

    def _absent(self, quotation: Quotation, kind: VerdictKind, matched: float) -> bool:
        """Whether the words need not be here, for everybody in the materials is somebody else."""
        if quotation.speaker is None or self._cast is None:
            return False
        if kind in ("trimmed", "speaker differs") or (kind == "altered" and matched > 0.8):
            return False
        return all(same_person(quotation.speaker, label) is False for label in self._cast)

    def _nearest(self, forms: list[str]) -> tuple[Piece | None, float]:
        """The passage that holds the most of the quotation's weighty words, endings folded."""
        index = self._index
        if self._stems is None:
            self._stems = [stem(form) for form in index.forms]
        wanted = {stem(f) for f in forms if f not in FUNCTION}
        numbers: dict[str, list[int]] = {}
        for number, known in enumerate(self._stems):
            if known in wanted and index.forms[number] not in FUNCTION:
                numbers.setdefault(known, []).append(number)
        hits = sorted(
            (place, known)
            for known, group in numbers.items()
            for number in group
            for place in index.places(number).tolist()
        )
        width = 2 * len(forms) + 6
        inside: Counter[str] = Counter()
        best, found, left = 0, None, 0
        for right, (place, known) in enumerate(hits):
            inside[known] += 1
            while hits[left][0] < max(place - width, index.bounds(place)[0]):
                gone = hits[left][1]
                inside[gone] -= 1
                if not inside[gone]:
                    del inside[gone]
                left += 1
            if len(inside) > best:
                best, found = len(inside), (hits[left][0], hits[right][0] + 1)
        if found is None:
            return None, 0.0
        return Piece(first=found[0], last=found[1], ops=()), best / len(wanted)

    def _place(self, piece: Piece) -> Place:
        index = self._index
        n = index.material_at(piece.first)
        material = index.materials[n]
        start, end = index.span(piece.first, piece.last)
        low, high = index.bounds(piece.first)
        left = int(index.starts[max(low, piece.first - AROUND)])
        right = int(index.ends[min(high, piece.last + AROUND) - 1])
        if n not in self._lines:
            self._lines[n] = Lines(material.text)
        turn, last = self._turn(piece.first), self._turn(piece.last - 1)
        left = max(left, turn.span.start) if turn else left
        right = min(right, last.span.end) if last else right
        return Place(
            material=material.name,
            span=Span(start, end),
            line=self._lines[n].line_column(start)[0],
            page=turn.page if turn else None,
            time=turn.time if turn else None,
            speaker=self._speaker(piece.first),
            text=material.text[start:end],
            before=material.text[left:start],
            after=material.text[end:right],
        )


def _weight(piece: Piece, quotation: Quotation) -> float:
    """Share of a quotation that stands in a piece, weighty words counting for more."""
    weights = weigh([word.form for word in quotation.words])
    here = sum(sum(weights[a:b]) for tag, a, b, _, _ in piece.ops if tag == "equal")
    return here / sum(weights)
