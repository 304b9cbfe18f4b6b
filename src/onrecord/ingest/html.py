"""HTML pages to articles: the body without its furniture, title, authors, date, links.

The extraction is trafilatura's, the dates' htmldate's, on text that was bounded and decoded before;
nothing is ever fetched. The page's own statements about itself (JSON-LD) come first.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from html import unescape
from typing import Any

import trafilatura
from lxml import etree, html
from trafilatura.settings import Extractor

from ..records import Article, Problem, Role
from ..text.normalise import fold_text
from .given import Given
from .jsonl import as_date
from .pieces import COMMENT, Pieces
from .plain import make_article

_ARTICLE = re.compile(r"article|posting|report|story", re.IGNORECASE)
_MARK = re.compile(r"⁅\d+⁆")
_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$|\s+\|\s+.*$")


def read_html(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a page, or a problem that says why there is none."""
    remedy = "Give the page of one article, or its text as a .txt file."
    tree = _parse(text)
    if tree is None:
        return Problem(where=name, what="this HTML has no content.", remedy=remedy)
    stated = _json_ld(tree)
    text, comments = _marked(text)
    marks = frozenset(comments)
    try:
        found = trafilatura.bare_extraction(
            text,
            options=Extractor(
                output_format="python", links=True, comments=False, with_metadata=True
            ),
        )
    except (ValueError, TypeError, AttributeError, etree.LxmlError, RecursionError):
        found = None
    if isinstance(found, dict):  # never so with this output format; the library's types say it may
        found = None
    body = getattr(found, "body", None)
    pieces = Pieces()
    if body is not None:
        for runs, role in _blocks(body):
            pieces.add(list(_unmarked(runs, comments, pieces)) if marks else runs, role)
    for left in comments.values():
        pieces.comment(left)
    pieces.finish()
    if found is None or len(pieces.text.split()) < 10:
        return Problem(where=name, what="no article was found in this HTML.", remedy=remedy)
    if marks and found.title:
        found.title = _MARK.sub("", found.title)
    title = given.title or _title(tree, stated, found)
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor=f"trafilatura/{trafilatura.__version__}",
        title=title,
        blocks=_without_title(pieces, title),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        url=found.url or None,
        outlet=given.outlet or _outlet(stated, found),
        authors=_authors(stated, found),
        published=given.published or _published(tree, stated, found),
        updated=as_date(stated.get("dateModified")),
    )


def _marked(text: str) -> tuple[str, dict[str, str]]:
    """The page with a mark in the text after each comment to onrecord, and the comments by marks.

    The extraction drops comments, so a mark in the next text carries each one through it; the marks
    are taken out again before anything becomes the article's text.
    """
    comments: dict[str, str] = {}
    if not COMMENT.search(text) or "⁅" in text or (tree := _parse(text)) is None:
        return text, comments
    for node in tree.xpath("//comment()"):
        match = COMMENT.fullmatch(f"<!--{node.text or ''}-->")
        if not match:
            continue
        mark = f"⁅{len(comments)}⁆"
        comments[mark] = match.group(1)
        if not (follows := node.xpath(_NEXT)):
            continue
        words = follows[0]
        owner = words.getparent()
        if words.is_text:
            owner.text = _put(mark, words)
        else:
            owner.tail = _put(mark, words)
    return str(etree.tostring(tree, encoding="unicode", method="html")), comments


_NEXT = "following::text()[normalize-space() and not(ancestor::script or ancestor::style)][1]"


def _put(mark: str, words: str) -> str:
    """A mark right before the first word, which the extraction doesn't strip."""
    lead = len(words) - len(words.lstrip())
    return f"{words[:lead]}{mark}{words[lead:]}"


def _unmarked(
    runs: Iterable[tuple[str, str | None]], comments: dict[str, str], pieces: Pieces
) -> Iterator[tuple[str, str | None]]:
    """The runs without marks, whose comments are kept for this block."""
    for run, href in runs:
        for mark in _MARK.findall(run):
            if mark in comments:
                pieces.comment(comments.pop(mark))
        yield _MARK.sub("", run), href


def _parse(text: str) -> Any:
    try:
        return html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        return None


def _without_title(pieces: Pieces, title: str | None) -> tuple[Any, ...]:
    """The blocks, the first being the headline where it repeats the title."""
    blocks = tuple(pieces.blocks)
    if title and blocks:
        first = blocks[0]
        if fold_text(pieces.text[first.span.start : first.span.end]) == fold_text(title):
            head = type(first)(span=first.span, role="headline", origin=first.origin)
            return (head, *blocks[1:])
    return blocks


def _blocks(body: Any) -> Iterator[tuple[list[tuple[str, str | None]], Role]]:
    """Paragraphs of trafilatura's tree: runs of text with their links, and a role."""
    for element in body.iter("p", "head", "item", "quote", "cell", "code"):
        if any(True for _ in element.iterchildren("p", "item", "quote", "list")):
            continue
        inside = next(element.iterancestors("quote"), None)
        role: Role = "quote" if inside is not None or element.tag == "quote" else "paragraph"
        runs = list(_runs(element))
        # A line break in a page often stands for a paragraph.
        part: list[tuple[str, str | None]] = []
        for run, href in runs:
            if run == "\n":
                yield part, role
                part = []
            else:
                part.append((run, href))
        yield part, role


def _runs(element: Any, href: str | None = None) -> Iterator[tuple[str, str | None]]:
    if element.text:
        yield element.text, href
    for child in element:
        if not isinstance(child.tag, str):
            pass
        elif child.tag == "lb":
            yield "\n", None
        elif child.tag == "ref":
            yield from _runs(child, child.get("target"))
        else:
            yield from _runs(child, href)
        if child.tail:
            yield child.tail, href


def _json_ld(tree: Any) -> dict[str, Any]:
    """What the page says of its article in JSON-LD: the first object of an article's type."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(value):
            kind = item.get("@type")
            if any(_ARTICLE.search(str(k)) for k in (kind if isinstance(kind, list) else [kind])):
                return item
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))


def _title(tree: Any, stated: dict[str, Any], found: Any) -> str | None:
    """The headline: of what the page shows, states and calls itself, what most of these agree on.

    Where they are divided, the page as it shows itself wins. The outlet's name at the end of a
    page's title is no part of it.
    """
    shown = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    social = str(next(iter(tree.xpath("//meta[@property='og:title']/@content")), ""))
    named = [stated.get("headline"), social, tree.findtext(".//title"), found.title]
    others = [" ".join(unescape(str(name)).split()) for name in named if name]
    shown = [h for h in shown if h and any(_alike(h, other) for other in others)][:1]
    candidates = shown + [c for name in others for c in (name, _TAIL.sub("", name))]
    votes = {
        c: sum(fold_text(o).startswith(fold_text(c)) for o in shown + others)
        for c in candidates
        if c
    }
    return max(votes, key=lambda c: votes[c], default=None)


def _alike(left: str, right: str) -> bool:
    a, b = set(fold_text(left).split()), set(fold_text(right).split())
    return len(a & b) >= 0.5 * max(1, min(len(a), len(b)))


def _outlet(stated: dict[str, Any], found: Any) -> str | None:
    publisher = stated.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    name = publisher.get("name") if isinstance(publisher, dict) else None
    return str(name) if isinstance(name, str) and name.strip() else found.sitename or None


def _authors(stated: dict[str, Any], found: Any) -> tuple[str, ...]:
    people = stated.get("author")
    names = []
    for person in people if isinstance(people, list) else [people]:
        name = person.get("name") if isinstance(person, dict) else person
        if isinstance(name, str) and name.strip():
            names.append(" ".join(name.split()))
    if not names and found.author:
        names = [name.strip() for name in found.author.split(";")]
    return tuple(dict.fromkeys(names))


def _published(tree: Any, stated: dict[str, Any], found: Any) -> date | None:
    if day := as_date(stated.get("datePublished")):
        return day
    for path in (
        "//meta[@property='article:published_time']/@content",
        "//meta[@name='article:published_time']/@content",
        "//meta[@itemprop='datePublished']/@content",
        "//time[@pubdate]/@datetime",
    ):
        for value in tree.xpath(path):
            if day := as_date(str(value)):
                return day
    return as_date(found.date)
