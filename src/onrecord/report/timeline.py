"""The figures panel: dated events in order, ages by person, the other numbers by kind.

Reads `analysis.figures` and the findings; whether two figures contradict each other is a rule's
business, the panel only marks those that a finding names.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import accumulate

import msgspec

from ..language.en.calendar import MONTHS
from ..records import Analysis, Figure, Finding, Span
from ..text.normalise import fold_text
from ..text.places import Places
from ..text.spans import text_of
from .notes import block_at
from .voices import Basis, Voices

_GROUPS = {"duration": "Durations", "count": "Counts", "share": "Shares", "money": "Money"}


class Item(msgspec.Struct, frozen=True):
    """A figure with the words around it, what they rest on, and the findings that name it."""

    words: str
    """The figure as the article writes it."""
    when: str
    """A date in words; empty for the rest."""
    position: float
    """Of a date: years, with months and days as fractions; 0 for the rest."""
    parts: tuple[tuple[bool, str], ...]
    """The sentence around it, cut to what is near; true where a figure stands."""
    near: str
    """The two words after it."""
    line: int
    block: int
    basis: Basis
    findings: tuple[int, ...]
    """Numbers of the findings that contradict it."""


class Panel(msgspec.Struct, frozen=True):
    """What the article says of when, how old, how long and how many."""

    dates: tuple[Item, ...]
    ages: tuple[tuple[str, tuple[Item, ...]], ...]
    """Whose age, and each place where one is given; people with one age each in the same sentence
    share a row."""
    others: tuple[tuple[str, tuple[Item, ...]], ...]
    ticks: tuple[tuple[float, str], ...]
    """The axis: thousandths of its width, and the year there."""
    marks: tuple[tuple[float, bool], ...]
    """The dates on the axis: thousandths of its width, and whether a finding names them."""


def contradictory(finding: Finding) -> bool:
    """Whether a finding is about figures that don't agree."""
    return finding.code.startswith("NUM") or finding.code == "HED302"


def panel(analysis: Analysis, findings: Sequence[Finding], voices: Voices) -> Panel | None:
    """The figures panel of an article; None where it has no figures."""
    if not analysis.figures:
        return None
    maker = _Maker(analysis, findings, voices)
    dated = [f for f in analysis.figures if f.kind == "date" and isinstance(f.value, dict)]
    dates = sorted((maker.item(f) for f in dated if "year" in _value(f)), key=lambda i: i.position)
    undated = [f for f in dated if "year" not in _value(f)]
    others = [(_GROUPS[k], [f for f in analysis.figures if f.kind == k]) for k in _GROUPS]
    others.append(("Dates without a year", undated))
    ticks, marks = _axis(dates)
    return Panel(
        dates=tuple(dates),
        ages=tuple(maker.ages(f for f in analysis.figures if f.kind == "age")),
        others=tuple((title, tuple(map(maker.item, group))) for title, group in others if group),
        ticks=ticks,
        marks=marks,
    )


def _value(figure: Figure) -> dict[str, int]:
    return figure.value if isinstance(figure.value, dict) else {}


class _Maker:
    def __init__(self, analysis: Analysis, findings: Sequence[Finding], voices: Voices) -> None:
        self._analysis, self._voices = analysis, voices
        self._text = analysis.article.text
        self._lines = Places(analysis.article)
        self._blocks = [b.span.start for b in analysis.article.blocks]
        self._starts = [s.start for s in analysis.sentences]
        self._people = sorted((m, p.name) for p in analysis.people for m in p.mentions)
        self._named = sorted(
            (span, number)
            for number, f in enumerate(findings, 1)
            if contradictory(f)
            for span in (f.span, *(r.span for r in f.related))
        )
        self._reach = list(accumulate((span.end for span, _ in self._named), max))

    def item(self, *figures: Figure) -> Item:
        """One or more figures of a sentence as the panel shows them."""
        first, last = figures[0], figures[-1]
        sentence = self._sentence(first.span)
        when, position = _when(first)
        named = {n for figure in figures for n in self._findings(figure.span)}
        parts = [(False, _tail(self._text[sentence.start : first.span.start]))]
        for figure, after in zip(figures, [*figures[1:], None], strict=True):
            parts.append((True, " ".join(text_of(self._text, figure.span).split())))
            if after:
                parts.append((False, self._text[figure.span.end : after.span.start]))
        rest = self._text[last.span.end : sentence.end]
        parts.append((False, _head(rest)))
        return Item(
            words=", ".join(" ".join(text_of(self._text, f.span).split()) for f in figures),
            when=when,
            position=position,
            parts=tuple((hit, words) for hit, words in parts if words),
            near=" ".join(rest.split()[:2]).rstrip(' ,;:.”"') if rest[:1].isspace() else "",
            line=self._lines.line_column(first.span.start)[0],
            block=block_at(self._blocks, first.span.start),
            basis=self._voices.basis(first.span),
            findings=tuple(sorted(named)),
        )

    def ages(self, figures: Iterable[Figure]) -> Iterable[tuple[str, tuple[Item, ...]]]:
        """The ages, by whose they are."""
        groups: dict[str, list[Figure]] = {}
        shown: dict[str, str] = {}
        for figure in figures:
            whose = self._whose(figure.of) if figure.of else "whose is not clear"
            shown.setdefault(fold_text(whose), whose)
            groups.setdefault(fold_text(whose), []).append(figure)
        rows: dict[object, tuple[list[str], list[Figure]]] = {}
        for key, group in groups.items():
            alone = len(group) == 1
            names, here = rows.setdefault(self._sentence(group[0].span) if alone else key, ([], []))
            names.append(shown[key])
            here += group
        for row, (names, here) in rows.items():
            if isinstance(row, Span):
                yield ", ".join(names), (self.item(*sorted(here, key=lambda f: f.span)),)
            else:
                yield names[0], tuple(map(self.item, here))

    def _findings(self, span: Span) -> Iterator[int]:
        """The numbers of the findings that name words of a stretch."""
        n = bisect_left(self._named, (Span(span.end, span.end), 0)) - 1
        while n >= 0 and self._reach[n] > span.start:
            if self._named[n][0].end > span.start:
                yield self._named[n][1]
            n -= 1

    def _whose(self, of: Span) -> str:
        n = bisect_right(self._people, (of, "\U0010ffff"))
        for mention, name in self._people[max(0, n - 2) : n + 1]:
            if mention.start < of.end and of.start < mention.end:
                return name
        return " ".join(text_of(self._text, of).split())

    def _sentence(self, span: Span) -> Span:
        n = bisect_right(self._starts, span.start) - 1
        sentence = self._analysis.sentences[n] if n >= 0 else span
        return sentence if sentence.end >= span.end else Span(sentence.start, span.end)


def _when(figure: Figure) -> tuple[str, float]:
    value = _value(figure)
    if figure.kind != "date" or not value:
        return "", 0.0
    year, month, day = value.get("year"), value.get("month"), value.get("day")
    parts = [str(day) if day else "", MONTHS[month - 1] if month and 1 <= month <= 12 else ""]
    words = " ".join([p for p in parts if p] + ([str(year)] if year else []))
    position = float(year or 0) + ((month or 1) - 1) / 12 + ((day or 1) - 1) / 366
    return ("about " if figure.approximate and words else "") + words, position


def _axis(
    dates: Sequence[Item],
) -> tuple[tuple[tuple[float, str], ...], tuple[tuple[float, bool], ...]]:
    """Round years along the axis, and where the dates stand on it."""
    if len(dates) < 2 or int(dates[0].position) == int(dates[-1].position):
        return (), ()
    first, last = int(dates[0].position), int(dates[-1].position) + 1
    step = next((s for s in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (last - first) / s <= 8), 1000)
    first -= first % step
    last += -last % step
    width = last - first
    ticks = [(round(1000 * (y - first) / width, 1), str(y)) for y in range(first, last + 1, step)]
    marks = [(round(1000 * (d.position - first) / width, 1), bool(d.findings)) for d in dates]
    return tuple(ticks), tuple(marks)


def _tail(words: str) -> str:
    """The last words before a figure, the space next to it kept."""
    flat = " ".join(words.split())
    flat = flat if len(flat) <= 90 else "…" + flat[-88:].partition(" ")[2]
    return flat + (" " if words[-1:].isspace() and flat else "")


def _head(words: str) -> str:
    flat = " ".join(words.split())
    flat = flat if len(flat) <= 110 else flat[:108].rpartition(" ")[0].rstrip(" ,;:–—") + "…"
    return (" " if words[:1].isspace() and flat else "") + flat


def written(day: date) -> str:
    """A day as a British paper writes it: 4 March 2021."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
