"""An open text and what is known of it, moved along with every edit until it is known anew.

The whole article is analysed in a process of its own, for it may take seconds. An edit moves what
was found before and behind it, and drops findings on words that it changed; the paragraphs that it
touched are then analysed alone, and the rules that judge a paragraph by its own words say what they
find there. All offsets here are code points of the open text; of an HTML page only the whole is
analysed, for what of it is the article shows in the whole alone.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Literal

from ...extract import Engine, analyse
from ...ingest import read
from ...linter import lint
from ...records import Article, Attribution, Context, Finding, Lint, Problem, Settings, Source, Span
from ...report.register import register
from ...report.voices import KINDS, PROBABLY, Voices
from ...rules import all_rules, select
from ...text.places import Places

Form = Literal["text", "markdown", "html"]

PARAGRAPH_RULES = (
    "ANO002", "ANO011", "LAN901", "NUM402", "NUM404", "NUM405", "NUM406", "NUM407", "QUO202",
    "QUO205", "SEN702", "SEN704", "SRC101", "SRC105", "SRC108", "SRC109", "SRC110", "SRC113",
    "SRC114",
)  # fmt: skip
"""Rules that judge a sentence or a paragraph by its own words; all others need the article."""
MAX_CHARS_QUICK = 20_000
"""A longer stretch of changed paragraphs waits for the whole article."""
_BREAK = re.compile(r"\n[^\S\n]*\n")


@dataclass
class Mark:
    """A stretch of the open text: half-open."""

    start: int
    end: int

    def holds(self, offset: int) -> bool:
        """Whether a place is in it, its end included."""
        return self.start <= offset <= self.end


@dataclass
class Found(Mark):
    """A finding at its words."""

    finding: Finding
    related: tuple[tuple[int, int, str], ...] = ()
    paragraph: int = 0
    """Where the block begins that it stands in: a comment that dismisses it goes there."""
    quick: bool = False
    """Whether it is from the paragraph alone."""


@dataclass
class Said(Mark):
    """A part of a statement, and in words who says it."""

    name: str
    kind: str
    hover: str
    last: bool
    """Whether it is the statement's last part."""
    block: int
    outer: bool
    """Whether it stands in no other statement."""


@dataclass
class Voice(Mark):
    """A voice at its first mention, with the places of its statements."""

    name: str
    kind: str
    detail: str
    said: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Reading:
    """How an open text is read and judged; small enough to be sent to another process."""

    form: Form
    name: str
    settings: Settings
    engine: Engine | None = None
    outlet: str | None = None


def form_of(language: str, path: str) -> Form:
    """What a text is, by what the editor calls its language, else by its name."""
    suffix = PurePosixPath(path).suffix.lower()
    if language in ("html", "xhtml") or suffix in (".html", ".htm", ".xhtml"):
        return "html"
    if language in ("markdown", "mdx", "quarto") or suffix in (".md", ".markdown"):
        return "markdown"
    return "text"


def article_of(source: str, reading: Reading, title: str | None = None) -> Article | Problem | None:
    """The article of an open text; null for an empty one."""
    if not source.strip():
        return None
    raw = source.encode("utf-8", "replace")
    items = read(
        raw, kind=reading.form, input=reading.name, title=title, outlet=reading.outlet,
        language="en",
    )  # fmt: skip
    last: Article | Problem | None = None
    for item in items:
        last = item
        if isinstance(item, Article):
            break
    return last


def checked(source: str, reading: Reading) -> Lint | Problem | None:
    """The findings on a whole text: what the process beside the server runs."""
    article = article_of(source, reading)
    if not isinstance(article, Article):
        return article
    return lint(
        Context(analysis=analyse(article, engine=reading.engine), settings=reading.settings)
    )


class _Offsets:
    """Offsets of an article as offsets of the text that it was read from."""

    def __init__(self, source: str, article: Article, at: int = 0) -> None:
        self._places = Places(article)
        self._starts = [0, *(match.end() for match in re.finditer("\n", source))]
        self._end = len(source)
        self._at = at

    def __call__(self, offset: int) -> int:
        """The place of one of the article's code points."""
        line, column = self._places.in_file(offset)
        start = self._starts[max(0, min(line, len(self._starts)) - 1)]
        return self._at + max(0, min(start + column - 1, self._end))

    def span(self, span: Span) -> tuple[int, int]:
        """The place of a span, from its first code point to its last."""
        start = self(span.start)
        return start, max(start, self(max(span.start, span.end - 1)) + (span.end > span.start))


def found_in(source: str, made: Lint, at: int = 0, *, quick: bool = False) -> list[Found]:
    """The findings as marks of the text that they were found in, which begins at `at`."""
    article = made.analysis.article
    place = _Offsets(source, article, at)
    starts = [block.span.start for block in article.blocks]
    marks = []
    for f in made.findings:
        block = starts[max(0, bisect_right(starts, f.span.start) - 1)] if starts else 0
        related = tuple((*place.span(r.span), r.label) for r in f.related)
        marks.append(Found(*place.span(f.span), f, related, place(block), quick))
    return marks


def said_in(source: str, made: Lint) -> tuple[list[Said], list[Voice], str]:
    """The statements and voices as marks of the text, and a line on how much is unnamed."""
    analysis = made.analysis
    voices = Voices(analysis)
    place = _Offsets(source, analysis.article)
    starts = [block.span.start for block in analysis.article.blocks]
    said: list[Said] = []
    parts: dict[str, list[Mark]] = {}
    for a in analysis.attributions:
        block = starts[max(0, bisect_right(starts, a.content[0].start) - 1)] if starts else 0
        hover, name = _hover(voices, a), _name(voices, a)
        for part in a.content:
            mark = Said(
                *place.span(part), name, KINDS[voices.kind(a)][0], hover, part == a.content[-1],
                place(block), a.parent is None,
            )  # fmt: skip
            said.append(mark)
            parts.setdefault(a.source_id or "", []).append(Mark(mark.start, mark.end))
    listed = []
    entries = {entry.source: entry for entry in register(analysis)}
    for source_ in analysis.sources:
        entry = entries.get(source_.id)
        if entry and source_.mentions:
            times = f"{entry.statements} statement{'s' * (entry.statements != 1)}"
            detail = f"{KINDS[source_.kind][0]}, {times}, {entry.share:.0%} of the words"
            start, end = place.span(source_.mentions[0])
            listed.append(
                Voice(
                    start, end, entry.description, source_.kind, detail, parts.get(source_.id, [])
                )
            )
    unnamed = sum(e.share for e in entries.values() if e.kind == "anonymous")
    number = len(listed)
    line = f"{number} voice{'s' * (number != 1)}"
    if number:
        line += f", {unnamed:.0%} of their words from unnamed sources"
    return said, listed, line


def _name(voices: Voices, a: Attribution) -> str:
    perhaps = "probably " if a.source_id and a.speaker_confidence < PROBABLY else ""
    return perhaps + voices.name(a)


def _hover(voices: Voices, a: Attribution) -> str:
    """The chain of a statement, its source, how sure it is: in Markdown."""
    source: Source | None = voices.source(a)
    words = _escaped(voices.words(a))
    lines = [f"**{words[:1].upper()}{words[1:]}**"]
    if source and source.title:
        lines.append(f"Title: {_escaped(source.title)}")
    if source and source.withheld:
        kept = "a reason is given" if source.reason else "no reason found"
        lines.append(f"Identity withheld; {kept}")
    depth = voices.depth(a)
    if depth > 1:
        lines.append(f"Heard through {depth - 1} other voice{'s' * (depth > 2)}")
    lines.append(f"{a.form}, confidence {a.confidence:.2f}, speaker {a.speaker_confidence:.2f}")
    return "\n\n".join(lines)


def _escaped(words: str) -> str:
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", words)


class Draft:
    """What is known of one open text."""

    def __init__(self, source: str, version: int | None, reading: Reading) -> None:
        self.source, self.version, self.reading = source, version, reading
        self.findings: list[Found] = []
        self.said: list[Said] = []
        self.voices: list[Voice] = []
        self.summary = ""
        self.problem: Problem | None = None
        self.analysed: str | None = None
        """The text that was last analysed whole."""
        self._touched: list[Mark] = []

    def edit(self, source: str, version: int | None) -> None:
        """Take the text after an edit: what was found moves along with its words."""
        self.version = version
        if source == self.source:
            return
        start, before, after = difference(self.source, source)
        self.source = source
        self.findings = [f for f in self.findings if _moved(f, start, before, after, keep=False)]
        for found in self.findings:
            found.related = _related(found.related, start, before, after)
            if found.paragraph >= before:
                found.paragraph += after - before
        self.said = [s for s in self.said if _moved(s, start, before, after, keep=True)]
        for said in self.said:
            if said.block >= before:
                said.block += after - before
        self.voices = [v for v in self.voices if _moved(v, start, before, after, keep=True)]
        for voice in self.voices:
            voice.said = [m for m in voice.said if _moved(m, start, before, after, keep=True)]
        self._touched = [m for m in self._touched if _moved(m, start, before, after, keep=True)]
        self._touched.append(Mark(start, after))

    def stretch(self) -> tuple[int, int] | None:
        """The paragraphs that were edited since, as one stretch; null where none can be judged
        alone."""
        if not self._touched or self.reading.form == "html":
            return None
        start = min(mark.start for mark in self._touched)
        end = max(mark.end for mark in self._touched)
        breaks = [match.span() for match in _BREAK.finditer(self.source)]
        first = max((stop for _, stop in breaks if stop <= start), default=0)
        last = min((begin for begin, _ in breaks if begin >= end), default=len(self.source))
        if last - first > MAX_CHARS_QUICK or not self.source[first:last].strip():
            return None
        return first, last

    def take_quick(self, stretch: tuple[int, int], found: list[Found]) -> None:
        """Put what was found in some paragraphs in place of what the same rules said there."""
        first, last = stretch
        kept = [
            f
            for f in self.findings
            if not (first <= f.start and f.end <= last and f.finding.code in PARAGRAPH_RULES)
        ]
        self.findings = sorted([*kept, *found], key=lambda f: (f.start, f.finding.code))
        self._touched = []

    def take(self, source: str, made: Lint | Problem | None) -> None:
        """Take the analysis of the whole text as it was when it was sent; later edits move it."""
        now, touched = self.source, self._touched
        quick = [f for f in self.findings if f.quick]
        self.source, self.analysed, self._touched = source, source, []
        self.findings, self.said, self.voices, self.summary = [], [], [], ""
        self.problem = made if isinstance(made, Problem) else None
        if isinstance(made, Lint):
            self.findings = found_in(source, made)
            self.said, self.voices, self.summary = said_in(source, made)
        if now != source:
            self.edit(now, self.version)
            known = {(f.start, f.end, f.finding.code) for f in self.findings}
            self.findings += [f for f in quick if (f.start, f.end, f.finding.code) not in known]
            self.findings.sort(key=lambda f: (f.start, f.finding.code))
            self._touched = touched

    def without(self, fingerprints: set[str]) -> list[Found]:
        """The findings but for those that were dismissed."""
        return [f for f in self.findings if f.finding.fingerprint not in fingerprints]


def judged(words: str, at: int, reading: Reading) -> list[Found]:
    """What is found in some paragraphs of a text, which begin at `at`, by what needs no more."""
    title = "–" if at else None  # else a short paragraph would be taken for the headline
    rules = [r for r in select(all_rules(), reading.settings) if r.code in PARAGRAPH_RULES]
    article = article_of(words, reading, title) if rules else None
    if not isinstance(article, Article):
        return []
    analysis = analyse(article, engine=reading.engine)
    made = lint(Context(analysis=analysis, settings=reading.settings), rules=rules)
    return found_in(words, made, at, quick=True)


def difference(old: str, new: str) -> tuple[int, int, int]:
    """Where two texts differ: the start, and the ends of the differing stretch in both.

    Of what they have in common, the longest front and then the longest back.
    """
    start = _common(old, new, min(len(old), len(new)), front=True)
    most = min(len(old), len(new)) - start
    back = _common(old, new, most, front=False)
    return start, len(old) - back, len(new) - back


def _common(old: str, new: str, most: int, *, front: bool) -> int:
    """How many code points two texts share at one end, found by halving."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if front:
            same = old[low:middle] == new[low:middle]
        else:
            same = (
                old[len(old) - middle : len(old) - low] == new[len(new) - middle : len(new) - low]
            )
        low, high = (middle, high) if same else (low, middle - 1)
    return low


def _moved(mark: Mark, start: int, before: int, after: int, *, keep: bool) -> bool:
    """Move a mark along with an edit of `start:before` to `start:after`; whether it still stands.

    One that the edit touches inside is stretched with it where it is kept, else gone.
    """
    delta = after - before
    if mark.end <= start:
        return True
    if mark.start >= before:
        mark.start += delta
        mark.end += delta
        return True
    if keep and mark.start <= start and before <= mark.end:
        mark.end += delta
        return mark.end > mark.start
    return False


def _related(
    related: tuple[tuple[int, int, str], ...], start: int, before: int, after: int
) -> tuple[tuple[int, int, str], ...]:
    made = []
    for first, last, label in related:
        mark = Mark(first, last)
        if _moved(mark, start, before, after, keep=True):
            made.append((mark.start, mark.end, label))
    return tuple(made)
