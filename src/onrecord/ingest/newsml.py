"""News agencies' XML: NewsML-G2 with NITF or XHTML in it, and NITF by itself.

What the items say of themselves is read from the tree, their words from the file itself, so that
every word keeps its place. No entity is resolved, no other file or address is opened.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..records import Anchor, Article, Problem
from . import charset
from .documents import finished
from .fields import Literal, as_date
from .fragment import read_fragment
from .given import Given, counted, note, struck_out
from .plain import make_article

_BODY = re.compile(
    r"<(?:\w+:)?(?P<tag>body\.content|body|inlineXML|inlineData)\b[^<>]{0,1000}(?<!/)>"
)
"""Where an item's words begin; the innermost of these that parts them is taken."""
_DATES = ("contentCreated", "firstCreated", "versionCreated")
REMEDY = "Give a newsItem with a contentSet, or NITF."


def read_newsml(raw: bytes, name: str, given: Given) -> Iterator[Article | Problem]:
    """The articles of NewsML-G2 or NITF; several of one file are called `name:LINE`."""
    source, problems = charset.text_of(raw, name, html=True)
    if source is None:
        yield from problems
        return
    source, changed = charset.clean(source)
    if changed:
        problems.append(charset.replaced(name))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        tree = etree.fromstring(source.encode(), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        what = f"this is not well-formed XML ({getattr(error, 'msg', None) or 'no root'})."
        yield Problem(where=name, what=what, remedy="Export it anew.")
        return
    items = [tree] if _name(tree) == "nitf" else [e for e in tree.iter() if _name(e) == "newsItem"]
    articles, bare, at = [], 0, 0
    for item in items:
        extent = _extent(item, source, at)
        at = extent[1]
        made = _read(item, source, extent, (name, len(items) > 1), given)
        if made is None:
            bare += 1
        else:
            articles.append(made)
    if not articles:
        yield from problems
        yield Problem(where=name, what="no item in it holds an article's words.", remedy=REMEDY)
        return
    if bare:
        what = f"{counted(bare, 'item')} without an article's words left out."
        problems.append(note(name, what, REMEDY))
    for article in articles:
        yield from finished(article, article.input, problems, given)
        problems = []


def _read(
    item: Any, source: str, extent: tuple[int, int], called: tuple[str, bool], given: Given
) -> Article | None:
    """The article of an item, or None where it has no words; `called` is the file's name, and
    whether it holds several."""
    (start, end), (name, many) = extent, called
    reading: dict[str, Any] = {
        "input": f"{name}:{item.sourceline}" if many else name,
        "raw_digest": hashlib.sha256(source[start:end].encode()).hexdigest(),
        "extractor": "onrecord.newsml/1",
        "title": _text(item, "headline", "hl1", "title") or given.title,
        "outlet": _outlet(item) or given.outlet,
        "authors": _authors(item),
        "published": _date(item) or given.published,
        "language": _language(item),
        **({"path": name, "row": item.sourceline} if many else {}),
    }
    found = _words(source, start, end)
    if found is None:
        return None
    first, last, escaped = found
    if escaped:
        data = next((e for e in item.iter() if _name(e) == "inlineData"), None)
        words = "".join(data.itertext()).strip() if data is not None else ""
        if not words:
            return None
        line = source.count("\n", 0, first) + 1
        return make_article(words, places=(Anchor(0, line, 1),), **reading)
    pieces = read_fragment(source[first:last])
    if not pieces.blocks:
        return None
    pairs = [(offset, at + first) for offset, at in pieces.anchors]
    return make_article(
        pieces.text,
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        notes=struck_out(reading["input"], pieces.struck),
        places=Literal(source, (), ()).anchors(pairs),
        **reading,
    )


def _extent(item: Any, source: str, at: int) -> tuple[int, int]:
    """Where in the source the next element of an item's name stands, from an offset on."""
    tag = re.escape(_name(item))
    opening = re.compile(rf"<(?:\w+:)?{tag}\b").search(source, at)
    begin = opening.start() if opening else at
    closing = re.compile(rf"</(?:\w+:)?{tag}\s*>").search(source, begin)
    return begin, closing.end() if closing else len(source)


def _words(source: str, start: int, end: int) -> tuple[int, int, bool] | None:
    """Where the markup of an item's words stands, and whether it is plain data instead."""
    found = None
    for match in _BODY.finditer(source, start, end):
        tag = match["tag"]
        closing = re.compile(rf"</(?:\w+:)?{re.escape(tag)}\s*>").search(source, match.end(), end)
        if closing is None or (found and match.start() >= found[1]):
            continue
        found = (match.end(), closing.start(), tag == "inlineData")
    return found


def _name(element: Any) -> str:
    """An element's name without its namespace; empty for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(item: Any, *names: str) -> str | None:
    """The words of the first element of the first of some names that holds any."""
    for name in names:
        for element in item.iter():
            if _name(element) == name:
                words = " ".join("".join(element.itertext()).split())
                if words:
                    return words
    return None


def _outlet(item: Any) -> str | None:
    for element in item.iter():
        if _name(element) in ("provider", "infoSource"):
            own = next((e for e in element if _name(e) == "name"), None)
            if own is not None and (own.text or "").strip():
                return str(own.text).strip()
            if element.get("literal"):
                return str(element.get("literal"))
    return _text(item, "distributor")


def _authors(item: Any) -> tuple[str, ...]:
    words = _text(item, "by", "byline", "byttl")
    if not words:
        return ()
    plain = re.sub(r"^by\s+", "", words, flags=re.IGNORECASE)
    return tuple(part.strip() for part in re.split(r"\s+and\s+|;|,", plain) if part.strip())


def _date(item: Any) -> Any:
    for name in _DATES:
        day = as_date(_text(item, name))
        if day is not None:
            return day
    for element in item.iter():
        if _name(element) in ("date.issue", "story.date", "date.release"):
            day = as_date(element.get("norm"))
            if day is not None:
                return day
    return None


def _language(item: Any) -> str | None:
    for element in item.iter():
        tag = element.get("tag") if _name(element) == "language" else None
        if tag:
            return str(tag)[:2].lower()
    tag = item.get("{http://www.w3.org/XML/1998/namespace}lang")
    return str(tag)[:2].lower() if tag else None
