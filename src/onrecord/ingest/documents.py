"""One file that is one article: plain text, Markdown, HTML or DOCX.

Decodes, has the right reader make blocks of it, and says what is odd about the result.
"""

import hashlib
from collections.abc import Iterator
from datetime import date

import msgspec

from ..records import Article, Problem
from . import decode
from .plain import make_article


class Given(msgspec.Struct, frozen=True):
    """What the caller says of an input that may not say it itself."""

    title: str | None = None
    outlet: str | None = None
    published: date | None = None


def read_document(raw: bytes, name: str, kind: str, given: Given) -> Iterator[Article | Problem]:
    """The article of a file's bytes, after what there is to say about them."""
    digest = hashlib.sha256(raw).hexdigest()
    if kind == "docx":
        from .docx import read_docx

        made = read_docx(raw, name, digest, given)
    else:
        text, problems = decode.text_of(raw, name, html=kind == "html")
        yield from problems
        if text is None:
            return
        text, changed = decode.clean(text)
        if changed:
            yield decode.replaced(name)
        if kind == "html":
            from .html import read_html

            made = read_html(text, name, digest, given)
        elif kind == "markdown":
            from .markdown import read_markdown

            made = read_markdown(text, name, digest, given)
        else:
            made = make_article(
                text,
                input=name,
                raw_digest=digest,
                extractor="onrecord.plain/1",
                title=given.title,
                outlet=given.outlet,
                published=given.published,
            )
    if isinstance(made, Problem):
        yield made
        return
    language = decode.language(made.text)
    if language not in (None, "en"):
        yield decode.foreign(name, str(language))
    yield msgspec.structs.replace(made, language=language)
