"""Checking an article again while somebody edits it: the text, what changed, the parts.

Jobs for the workers, as `jobs` has them. An edited text keeps what was known of the paragraphs that
stayed: their roles, their links, the comments in front of them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import SequenceMatcher

import msgspec

from ..extract import analyse
from ..ingest.language import foreign, language_of
from ..linter import lint
from ..records import Article, Block, Comment, Context, Link, Lint, Problem, Settings, Span
from ..report import html
from ..report.changes import Changes, changes
from ..text.fingerprint import article_id
from ..text.spans import text_of
from . import jobs
from .choices import Choices, shown
from .faults import RequestError

_BLOCK = re.compile(r"\S(?:[^\n]*\S)?")


class Recheck(msgspec.Struct, frozen=True, kw_only=True):
    """A kept article, and what is to be checked in its place."""

    analysis: bytes
    text: str | None = None
    """The edited text; null where only the rest differs."""
    title: str = ""
    """The headline that it is to have; empty where the text says it."""
    about: bool = False
    """Whether outlet and date of publication are to be these."""
    outlet: str | None = None
    published: date | None = None
    settings: Settings


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """An article to be shown, and the check of it that it is compared with."""

    page: jobs.Page
    first: bytes | None = None
    first_settings: Settings = Settings()
    unkept: bool = False
    chosen: Choices | None = None
    """The settings that the page's form shows."""


def recheck(given: Recheck) -> bytes:
    """The article as the shelf keeps it, checked again; analysed again only where it differs."""
    before = jobs.analysis_of(given.analysis)
    article = edited(before.article, given)
    analysis = before if article == before.article else analyse(article)
    return msgspec.msgpack.encode(jobs.kept(analysis, given.settings))


def page(given: Shown) -> bytes:
    """The reading view, with what has changed since the first check."""
    checked, verification = jobs.shown(given.page)
    assert given.page.web is not None
    form = shown(given.chosen, checked.analysis)
    return html.render(
        checked,
        verification=verification,
        web=msgspec.structs.replace(given.page.web, settings=form),
        changes=_changes(given, checked),
    ).encode()


def parts(given: Shown) -> bytes:
    """The parts of the reading view as JSON, for a page that shows an earlier check."""
    checked, verification = jobs.shown(given.page)
    assert given.page.web is not None
    found = _changes(given, checked)
    made = html.fragments(checked, verification=verification, web=given.page.web, changes=found)
    article = checked.analysis.article
    head = next((b for b in article.blocks if b.role == "headline"), None)
    return msgspec.json.encode(
        {
            **made,
            "words": f"Checked: {found.words}" if found and found.any else "Checked",
            "changed": bool(given.unkept or (found and found.any)),
            "unkept": given.unkept,
            "title": text_of(article.text, head.span) if head else "",
        }
    )


def _changes(given: Shown, checked: Lint) -> Changes | None:
    if given.first is None:
        return None
    first = Context(analysis=jobs.analysis_of(given.first), settings=given.first_settings)
    return changes(lint(first), checked)


def edited(article: Article, given: Recheck) -> Article:
    """The article with another text and other metadata; itself where nothing differs.

    Raises `RequestError` (413, 422) where the text is too long or nothing is left of it.
    """
    text = article.text if given.text is None else given.text
    text = _headed(article, text, given.title)
    if not text.strip():
        what = "there is nothing left of it."
        raise RequestError(422, "text", what, "Undo, or write something.")
    if len(text) > jobs.LONGEST:
        what = f"the article has {len(text):,} characters; {jobs.LONGEST:,} is the most here."
        raise RequestError(413, "text", what, "Use the command line for long texts.")
    if text != article.text:
        article = _rewritten(article, text)
    if not given.about:
        return article
    return msgspec.structs.replace(article, outlet=given.outlet, published=given.published)


def _headed(article: Article, text: str, title: str) -> str:
    """The text with a headline that was typed apart from it, in place of the one it has."""
    title = " ".join(title.split())
    if not title:
        return text
    head = next((b for b in article.blocks if b.role == "headline"), None)
    if head is None:
        return f"{title}\n\n{text}"
    old = text_of(article.text, head.span)
    return text.replace(old, title, 1) if old in text[: len(old) + 500] else f"{title}\n\n{text}"


def _rewritten(article: Article, text: str) -> Article:
    old = [text_of(article.text, block.span) for block in article.blocks]
    spans = [Span(*match.span()) for match in _BLOCK.finditer(text)]
    pairs = dict(_pairs(old, [text_of(text, span) for span in spans]))
    blocks = [_block(article, spans[n], pairs.get(n)) for n in range(len(spans))]
    shifts = {
        article.blocks[was].span: spans[n].start - article.blocks[was].span.start
        for n, was in pairs.items()
        if old[was] == text_of(text, spans[n])
    }
    language = language_of(text)
    notes: list[Problem] = [n for n in article.notes if not n.what.startswith("not judged")]
    if language not in (None, "en"):
        notes.insert(0, foreign(article.input, str(language)))
    return msgspec.structs.replace(
        article,
        id=article_id(text),
        text=text,
        blocks=tuple(blocks),
        links=tuple(_moved_links(article.links, shifts)),
        comments=tuple(_moved_comments(article.comments, shifts)),
        language=language,
        raw_digest=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        wraps=(),
        places=(),
        placed_in="line",
        notes=tuple(notes),
    )


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """Which of the old paragraphs each of the new ones is, edited or not."""
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            yield from zip(range(j, j_end), range(i, i_end), strict=False)


def _block(article: Article, span: Span, was: int | None) -> Block:
    if was is None:
        return Block(span=span, role="paragraph")
    return msgspec.structs.replace(article.blocks[was], span=span)


def _moved_links(links: Iterable[Link], shifts: dict[Span, int]) -> Iterator[Link]:
    for link in links:
        for block, shift in shifts.items():
            if block.start <= link.span.start and link.span.end <= block.end:
                moved = Span(link.span.start + shift, link.span.end + shift)
                yield msgspec.structs.replace(link, span=moved)


def _moved_comments(comments: Iterable[Comment], shifts: dict[Span, int]) -> Iterator[Comment]:
    starts = {block.start: shift for block, shift in shifts.items()}
    for comment in comments:
        if comment.before is None:
            yield comment
        elif comment.before in starts:
            yield Comment(comment.text, comment.before + starts[comment.before])
