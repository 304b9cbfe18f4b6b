"""From pieces and changes to a verdict: what it is called, whose words it is, what it can't
tell."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from ..query.lookup import stem
from ..records import Analysis, Change, Material, Place, Span, Turn, Verdict, VerdictKind
from ..text.lines import Lines
from ..text.normalise import normalise_quotes
from .align import FUNCTION, NEAR, Piece, align, weigh
from .changes import Setting, find_changes, find_gap
from .index import Index
from .quotations import Quotation, halves
from .speakers import ASKS, Cast, closed_cast, same_person, voices

SHORT = 2
"""A quotation of so many words that isn't found is too short to tell."""
SCARE = 3
"""The same for one that nobody is found to say: it may be a title, or a word held at arm's
length."""
SAME = 0.6
"""Share of a quotation's words that must stand in one place for it to be that passage, altered."""
GIST = 0.5
"""Share of its weighty words that a passage must hold for the quotation to be a paraphrase of
it."""
AROUND = 8
"""Words of context on each side of a place."""
FAULTS: frozenset[VerdictKind] = frozenset(
    ("altered", "stitched", "speaker differs", "paraphrase in quotation marks", "not found")
)
"""Verdicts that ask for a correction."""
SENSE_CUT = "sense cut"
NOT_COMPARED = "words exact, speaker not compared"
TRIMMED_ONLY = "words trimmed, speaker not compared"
LISTEN = "the machine's transcript is too noisy here: listen to the recording"
_TURNS = frozenset(("negation", "reversal", "condition", "attribution"))
CLEAN = 0.01
"""Share of odd words in the other quotations up to which a machine's transcript is clean."""
ENOUGH = 40
"""Words of other quotations that it takes to tell."""


class Judge:
    """What verdicts on one article's quotations share: the materials' index and their speakers."""

    def __init__(
        self, analysis: Analysis, index: Index, tolerate: frozenset[str], *, certain: bool = False
    ) -> None:
        self._analysis = analysis
        self._story = analysis.article.text
        self._story_lines = Lines(self._story)
        self._tolerate = tolerate
        self._index = index
        self._certain = certain
        self._lines: dict[int, Lines] = {}
        materials = index.materials
        self._cast = closed_cast(materials)
        self._casts: dict[int, Cast] = {}
        self._voices: dict[int, list[int]] = {}
        self._stems: list[str] | None = None
        self._aligned: dict[tuple[object, ...], list[Piece]] = {}
        self._turns = [[turn.span.start for turn in m.turns] for m in materials]

    def judge(self, quotations: Sequence[Quotation]) -> Iterator[Verdict]:
        """The verdicts in order. What a machine's transcript leaves open is settled last."""
        made = [verdict for quotation in quotations for verdict in self.verdicts(quotation)]
        words = [sum(p.end - p.start for p in v.parts) / 6 for v in made]
        odd = [
            sum(len((c.quoted or c.said).split()) for c in v.changes if c.kind == "recognition")
            for v in made
        ]
        whole, noise = sum(words), sum(odd)
        for n, verdict in enumerate(made):
            if verdict.verdict == "too noisy to tell":
                others = whole - words[n]
                known = others >= ENOUGH
                quiet = (noise - odd[n]) / others <= CLEAN if known else not self._certain
                if quiet:
                    yield msgspec.structs.replace(verdict, verdict="altered", note=None)
                    continue
            yield verdict

    def verdicts(self, quotation: Quotation) -> list[Verdict]:
        """The verdict on a quotation; on each half by itself, where that tells more."""
        whole = self._verdict(quotation)
        if len(quotation.parts) > 1 and whole.verdict in FAULTS:
            apart = [self._verdict(half) for half in halves(quotation)]
            if any(verdict.verdict in FAULTS for verdict in apart):
                return apart
        return [whole]

    def _setting(self, quotation: Quotation, piece: Piece) -> Setting:
        material = self._material(piece)
        first = quotation.parts[0]
        opening = next((c for c in self._story[first.start : first.end] if c.isalnum()), "")
        return Setting(
            index=self._index,
            words=quotation.words,
            breaks=quotation.breaks,
            story=self._story,
            tolerate=self._tolerate,
            clause=opening.isupper() or opening.isdecimal(),
            around=self._around(quotation),
            voice=self._voice,
            recognised=material.recognised,
            punctuated=self._index.punctuated(piece.first),
        )

    def _around(self, quotation: Quotation) -> str:
        """The story's own words in the sentences that a quotation stands in."""
        first, last = quotation.parts[0].start, quotation.parts[-1].end
        touched = [s for s in self._analysis.sentences if s.start < last and first < s.end]
        if not touched:
            return ""
        start, end = touched[0].start, touched[-1].end
        out, at = [], start
        for part in quotation.parts:
            out.append(self._story[at : max(at, part.start)])
            at = part.end
        return " ".join([*out, self._story[at:end]])

    def _verdict(self, quotation: Quotation) -> Verdict:
        forms = [word.form for word in quotation.words]
        ellipses = frozenset(n for n, kind in quotation.breaks.items() if kind == "ellipsis")
        favours: dict[tuple[int, int], float] = {}

        def favour(place: int) -> float:
            turn = self._turn_number(place)
            if turn not in favours:
                favours[turn] = self._favour(quotation, place)
            return favours[turn]

        # The same words by the same speaker stand where they stood the first time.
        key = (tuple(forms), frozenset(quotation.breaks), ellipses, quotation.speaker)
        if key not in self._aligned:
            self._aligned[key] = align(self._index, forms, key[1], ellipses, favour)
        pieces = list(self._aligned[key])
        matched = sum(piece.matched for piece in pieces) / len(forms)
        changes = tuple(self._changes(quotation, pieces))
        excused = sum(
            b - a
            for piece in pieces
            for tag, a, b, _, _ in piece.ops
            if tag in ("replace", "insert")
            and any(
                (c.weight == "tolerated" or c.kind == "recognition")
                and c.story.start <= quotation.words[a].start < c.story.end
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
        compared = bool(pieces) and all(
            self._same_speaker(quotation, p.first) is not None for p in pieces
        )
        return Verdict(
            quote=quotation.parts[0],
            parts=quotation.parts,
            verdict=kind,
            speaker=quotation.speaker,
            places=tuple(self._place(piece) for piece in pieces),
            changes=changes,
            matched=round(matched, 3),
            line=self._story_lines.line_column(quotation.parts[0].start)[0],
            note=_note(kind, changes, compared),
            speaker_compared=compared,
        )

    def _changes(self, quotation: Quotation, pieces: Sequence[Piece]) -> Iterator[Change]:
        for n, piece in enumerate(pieces):
            setting = self._setting(quotation, piece)
            yield from find_changes(setting, piece)
            if n + 1 < len(pieces) and self._joins(quotation, piece, pieces[n + 1]):
                if gap := find_gap(setting, piece, pieces[n + 1]):
                    yield gap

    def _joins(self, quotation: Quotation, one: Piece, two: Piece) -> bool:
        """Whether an ellipsis joins two pieces of one material in their order."""
        if quotation.breaks.get(two.ops[0][1]) != "ellipsis" or two.first < one.last:
            return False
        return self._material(one) is self._material(two)

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
            if not any(c.kind in _TURNS for c in unexcused) or not pieces:
                return "too short to tell"
        if not pieces:
            return "not found"
        apart = self._apart(quotation, pieces, changes)
        if apart and matched >= SAME and (len(pieces) > 1 or whole or matched > 0.75):
            return "stitched"
        if not whole and max(_weight(p, quotation) for p in pieces) < SAME:
            noisy = matched > 0.85 and all(c.kind == "recognition" for c in unexcused)
            return "too noisy to tell" if noisy and unexcused else "not found"
        swapped = any(self._same_speaker(quotation, p.first) is False for p in pieces)
        if unexcused and all(c.kind == "recognition" for c in unexcused) and matched > 0.999:
            return "speaker differs" if swapped else "too noisy to tell"
        if unexcused or matched < 0.999:
            return "altered"
        if swapped:
            return "speaker differs"
        return "trimmed" if changes else self._trimmed(quotation, pieces)

    def _trimmed(self, quotation: Quotation, pieces: list[Piece]) -> VerdictKind:
        """Exact or trimmed: whether anything but the marks and the last stop is different."""
        if len(pieces) > 1 or len(quotation.parts) > 1 or quotation.breaks:
            return "trimmed"
        piece = pieces[0]
        start, end = self._index.span(piece.first, piece.last)
        said = self._spoken(self._material(piece), start, end)
        here = self._story[quotation.words[0].start : quotation.words[-1].end]
        return "exact" if normalise_quotes(said) == normalise_quotes(here) else "trimmed"

    def _spoken(self, material: Material, start: int, end: int) -> str:
        """A stretch of a material without what nobody said."""
        out, at = [], start
        first = bisect_right(material.skipped, start, key=lambda s: s.end)
        for hole in material.skipped[first:]:
            if hole.start >= end:
                break
            out.append(material.text[at : max(at, hole.start)])
            at = hole.end
        return " ".join([*out, material.text[at:end]])

    def _apart(self, quotation: Quotation, pieces: list[Piece], changes: Sequence[Change]) -> bool:
        """Whether words of two voices, or further apart than a sentence, stand side by side.

        An ellipsis may part them, but not two halves of one sentence with another voice, or much
        speech, between.
        """
        for one, two in zip(pieces, pieces[1:], strict=False):
            if not self._joins(quotation, one, two) or self._halves_far(one, two):
                return True
        excused = {c.source.start for c in changes if c.weight == "tolerated"}
        heard = {self._voice(n) for piece in pieces for n in _matched(piece)}
        if len(heard) > 1:
            return True
        for piece in pieces:
            for tag, a, b, c, d in piece.ops:
                if tag != "delete":
                    continue
                if any(quotation.breaks.get(n) == "ellipsis" for n in range(a, b + 1)):
                    if self._other_voice(c, d) and self._headless(d):
                        return True
                elif len(self._index.stops(c, d)) >= 2:
                    if int(self._index.starts[c]) not in excused:
                        return True
        return False

    def _halves_far(self, one: Piece, two: Piece) -> bool:
        far = two.first - one.last > NEAR and self._headless(one.last)
        return self._headless(two.first) and (far or self._other_voice(one.last, two.first))

    def _headless(self, place: int) -> bool:
        """Whether no sentence begins at a place: what stands there goes on with another one."""
        return not self._index.stops(place, place)

    def _other_voice(self, c: int, d: int) -> bool:
        """Whether somebody else speaks in a gap for longer than a moment."""
        voice = self._voice(c - 1)
        return sum(self._voice(n) != voice for n in range(c, min(d, c + 400))) > SCARE

    def _material(self, piece: Piece) -> Material:
        return self._index.materials[self._index.material_at(piece.first)]

    def _turn_number(self, place: int) -> tuple[int, int]:
        """The material of a place, and its turn there: -1 where it stands in none."""
        n = self._index.material_at(place)
        turns, start = self._index.materials[n].turns, int(self._index.starts[place])
        at = bisect_right(self._turns[n], start) - 1
        return n, at if at >= 0 and start < turns[at].span.end else -1

    def _turn(self, place: int) -> Turn | None:
        n, at = self._turn_number(place)
        return self._index.materials[n].turns[at] if at >= 0 else None

    def _voice(self, place: int) -> int:
        """A number for who speaks at a place; -1 outside all turns."""
        n, at = self._turn_number(place)
        if at < 0:
            return -1
        if n not in self._voices:
            self._voices[n] = voices(self._index.materials[n])
        return self._voices[n][at]

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
        if quotation.speaker is None or label is None:
            return None
        n = self._index.material_at(place)
        if n not in self._casts:
            self._casts[n] = Cast(self._index.materials[n])
        same = self._casts[n].same(quotation.speaker, label)
        if same is False and same_person(quotation.mention, label) is True:
            return None  # the source's own words in the story name the label too
        return same

    def _favour(self, quotation: Quotation, place: int) -> float:
        same = self._same_speaker(quotation, place) if quotation.speaker else None
        return 1.05 if same else 0.97 if same is False else 1.0

    def _absent(self, quotation: Quotation, kind: VerdictKind, matched: float) -> bool:
        """Whether the words need not be here, for everybody in the materials is somebody else."""
        if quotation.speaker is None or self._cast is None:
            return False
        if kind in ("trimmed", "speaker differs", "too noisy to tell"):
            return False
        if kind in ("altered", "stitched") and matched > 0.8:
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


def _matched(piece: Piece) -> Iterator[int]:
    for tag, _, _, c, d in piece.ops:
        if tag == "equal":
            yield from (c, d - 1)


def _note(kind: VerdictKind, changes: Sequence[Change], compared: bool) -> str | None:
    if kind == "altered" and any(c.kind in _TURNS and not c.quoted for c in changes):
        return SENSE_CUT
    if kind == "too noisy to tell":
        return LISTEN
    if kind in ("exact", "trimmed") and not compared:
        return NOT_COMPARED if kind == "exact" else TRIMMED_ONLY
    return None


def _weight(piece: Piece, quotation: Quotation) -> float:
    """Share of a quotation that stands in a piece, weighty words counting for more."""
    weights = weigh([word.form for word in quotation.words])
    here = sum(sum(weights[a:b]) for tag, a, b, _, _ in piece.ops if tag == "equal")
    return here / sum(weights)
