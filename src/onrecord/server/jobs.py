"""What the workers do: jobs, each a function of one struct that gives bytes.

A job runs in a process of its own (`work.Work.run`), so whatever it meets in an article, the server
goes on. It is found by its module and name: a new job is a new function, here or elsewhere, that
takes one `msgspec` struct. Articles are passed about as JSON bytes; only workers ever look inside.
"""

import hashlib
from collections.abc import Iterable
from datetime import date

import msgspec

from ..dismissals import file as baseline
from ..extract import analyse as analyse_article
from ..ingest import Kind, read
from ..ingest.materials import materials_of
from ..linter import lint
from ..records import (
    Analysis,
    Article,
    Context,
    Lint,
    Material,
    Problem,
    Settings,
    Verdict,
    Verification,
)
from ..report import html
from ..report.comparison.diff import compare as compare_analyses
from ..report.comparison.render import compare_page
from ..report.voices import Voices, size
from ..verifier import verify as verify_analysis
from .faults import RequestError

LONGEST = 400_000
"""Code points of an article that is analysed while somebody waits."""
MOST = 20
"""Articles of one file."""


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """A file or a pasted text, to be kept on the shelf."""

    raw: bytes
    name: str
    kind: Kind | None
    settings: Settings
    outlet: str | None = None
    published: date | None = None


class Mark(msgspec.Struct, frozen=True):
    """A finding as far as the server must know it: to count it, and to dismiss it."""

    fingerprint: str
    code: str
    article_id: str
    severity: str = "warning"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An article as the shelf keeps it: the analysis as JSON, and what the list says of it."""

    analysis: bytes
    digest: str
    """Of the article with its metadata: what makes two of them the same."""
    title: str
    words: int
    unnamed: float = 0.0
    """Share of the attributed words that rest on unnamed voices, 0 to 1."""
    marks: tuple[Mark, ...] | None = None


class Held(msgspec.Struct, frozen=True):
    """The verdicts on an article's quotations, and its findings in their light."""

    verdicts: tuple[Verdict, ...]
    materials: tuple[str, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """An article to be shown, by the server or as one file."""

    analysis: bytes
    settings: Settings
    held: Held | None = None
    dismissed: tuple[baseline.Dismissal, ...] = ()
    web: html.Web | None = None


class Hold(msgspec.Struct, frozen=True, kw_only=True):
    """A kept article, and the file that its quotations are to be held against."""

    analysis: bytes
    settings: Settings
    raw: bytes
    name: str
    speaker: str | None = None


class Verified(msgspec.Struct, frozen=True):
    """What holding quotations against a file gave."""

    held: Held
    marks: tuple[Mark, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two kept articles to be compared."""

    first: bytes
    second: bytes
    web: html.Web


def take(given: Take) -> bytes:
    """The articles of a file as the shelf keeps them; one that breaks down costs no other."""
    items = read(
        given.raw,
        kind=given.kind,
        input=given.name,
        outlet=given.outlet,
        published=given.published,
    )
    found = articles(items, given.name)
    if len(found) > MOST:
        what = f"there are {len(found)} articles in it; {MOST} is the most here."
        raise RequestError(413, given.name, what, "Split the file, or use the command line.")
    made, broken = [], None
    for article in found:
        try:
            made.append(kept(analyse_article(article), given.settings))
        except Exception as error:
            broken = error
    if broken and not made:
        raise broken
    return msgspec.msgpack.encode(made)


def mark(given: Page) -> bytes:
    """The findings of a kept article, for counting and dismissing them."""
    return msgspec.msgpack.encode(_marks(_linted(given)))


def page(given: Page) -> bytes:
    """The reading view."""
    made, verification = shown(given)
    return html.render(made, verification=verification, web=given.web).encode()


def shown(given: Page) -> tuple[Lint, Verification | None]:
    """The findings of an article to be shown, and the verdicts where it was verified."""
    made = baseline.apply(_linted(given), {d.fingerprint: d for d in given.dismissed})
    return made, _verification(given)


def hold(given: Hold) -> bytes:
    """The verdicts on a kept article's quotations."""
    found = materials(given.raw, given.name, given.speaker)
    made, verification = _checked(analysis_of(given.analysis), given.settings, found)
    assert verification is not None
    held = Held(verification.verdicts, verification.materials)
    return msgspec.msgpack.encode(Verified(held, _marks(made)))


def compare(given: Pair) -> bytes:
    """Two kept articles side by side."""
    one, two = analysis_of(given.first), analysis_of(given.second)
    return compare_page(compare_analyses(one, two), web=given.web).encode()


def kept(analysis: Analysis, settings: Settings) -> Kept:
    """An analysis as the shelf keeps it."""
    marks = _marks(lint(Context(analysis=analysis, settings=settings)))
    return msgspec.structs.replace(restored(msgspec.json.encode(analysis)), marks=marks)


def restored(raw: bytes) -> Kept:
    """An analysis's JSON as the shelf keeps it. Raises `msgspec.DecodeError` where it is none."""
    analysis = analysis_of(raw)
    return Kept(
        analysis=raw,
        digest=hashlib.sha256(msgspec.json.encode(analysis.article)).hexdigest(),
        title=_title(analysis),
        words=len(analysis.article.text.split()),
        unnamed=_unnamed(analysis),
    )


def articles(items: Iterable[Article | Problem], name: str) -> list[Article]:
    """The articles of what was read. Raises `RequestError` with the problem where there is
    none."""
    found: list[Article] = []
    problem: Problem | None = None
    for item in items:
        if isinstance(item, Problem):
            problem = problem if problem and problem.fatal >= item.fatal else item
        elif len(item.text) > LONGEST:
            what = f"the article has {len(item.text):,} characters; {LONGEST:,} is the most here."
            raise RequestError(413, name, what, "Use the command line for long texts.")
        else:
            found.append(item)
    if not found:
        stated = problem or Problem(
            where=name, what="there is no article in it.", remedy="Paste a text."
        )
        raise RequestError(422, stated.where, stated.what, stated.remedy)
    return found


def materials(raw: bytes, name: str, speaker: str | None) -> list[Material]:
    """The materials in bytes, all one speaker's if so given. Raises `RequestError` for none."""
    found = list(materials_of(raw, name))
    read_ones = [m for m in found if isinstance(m, Material)]
    if not read_ones:
        nothing = Problem(where=name, what="there is nothing in it.", remedy="Paste a transcript.")
        stated = next((p for p in found if isinstance(p, Problem)), nothing)
        raise RequestError(422, stated.where, stated.what, stated.remedy)
    return [msgspec.structs.replace(m, speaker=speaker) if speaker else m for m in read_ones]


def analysis_of(raw: bytes) -> Analysis:
    """An analysis of its JSON. Raises `msgspec.DecodeError` where it is none."""
    return msgspec.json.decode(raw, type=Analysis)


def _checked(
    analysis: Analysis, settings: Settings, against: list[Material]
) -> tuple[Lint, Verification | None]:
    """The findings, and the verdicts where there are materials."""
    verification = verify_analysis(analysis, against) if against else None
    verdicts_ = verification.verdicts if verification else None
    context = Context(analysis=analysis, settings=settings, verdicts=verdicts_)
    return lint(context), verification


def _verification(given: Page) -> Verification | None:
    if given.held is None:
        return None
    return Verification(
        analysis=analysis_of(given.analysis),
        verdicts=given.held.verdicts,
        materials=given.held.materials,
    )


def _linted(given: Page) -> Lint:
    verdicts_ = given.held.verdicts if given.held else None
    analysis = analysis_of(given.analysis)
    return lint(Context(analysis=analysis, settings=given.settings, verdicts=verdicts_))


def _marks(made: Lint) -> tuple[Mark, ...]:
    return tuple(Mark(f.fingerprint, f.code, f.article_id, f.severity) for f in made.findings)


def _unnamed(analysis: Analysis) -> float:
    voices, text = Voices(analysis), analysis.article.text
    words = {True: 0, False: 0}
    for a in analysis.attributions:
        if a.parent is None:
            words[voices.rests_on(a) == "anonymous"] += size(text, a)
    return words[True] / max(1, sum(words.values()))


def _title(analysis: Analysis) -> str:
    article = analysis.article
    block = article.blocks[0].span if article.blocks else None
    words = article.text[block.start : block.end] if block else article.input
    if len(words) <= 90:
        return words
    return words[:88].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"
