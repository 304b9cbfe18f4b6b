"""DOCX to an article: paragraphs, headings, links, and the document's own properties.

The reading is python-docx's, on bytes whose unpacked size was looked at first.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..records import Article, Problem, Role
from . import decode
from .documents import Given
from .pieces import Pieces
from .plain import make_article

UNPACKED = 100_000_000
"""Bytes that a document may unpack to."""


def read_docx(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a DOCX file; a paragraph in the style Title or Heading 1 is the headline."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                return Problem(
                    where=name,
                    what=f"unpacks to more than {UNPACKED // 1_000_000} MB.",
                    remedy="Save the article without its pictures, or as plain text.",
                )
        from docx import Document

        document = Document(io.BytesIO(raw))
        pieces = _pieces(document, given)
    except Exception as error:
        # The library raises whatever a damaged part makes it stumble over.
        return Problem(
            where=name,
            what=f"this DOCX can't be read ({type(error).__name__}).",
            remedy="Open it in a word processor and save it anew, or as plain text.",
        )
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    author = decode.clean(document.core_properties.author or "")[0]
    modified = document.core_properties.modified
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="python-docx",
        title=given.title,
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        outlet=given.outlet,
        authors=(author,) if author and author != "python-docx" else (),
        published=given.published,
        updated=modified.date() if isinstance(modified, datetime) else None,
    )


def _pieces(document: Any, given: Given) -> Pieces:
    pieces = Pieces()
    for paragraph in document.paragraphs:
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        role: Role = "paragraph"
        if style in ("Title", "Heading 1") and not pieces.blocks and not given.title:
            role = "headline"
        elif style == "Subtitle":
            role = "standfirst"
        elif style == "Caption":
            role = "caption"
        elif "Quote" in style:
            role = "quote"
        pieces.add(_runs(paragraph), role)
    return pieces


def _runs(paragraph: Any) -> Iterator[tuple[str, str | None]]:
    for item in paragraph.iter_inner_content():
        yield decode.clean(item.text)[0], getattr(item, "url", None) or None
