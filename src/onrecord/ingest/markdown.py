"""Markdown to an article: the words as a reader sees them, headings, quotations, links and comments
to onrecord.

The parsing is markdown-it's; only blocks and links are taken from it.
"""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..records import Article, Problem, Role
from .given import Given
from .pieces import COMMENT, Pieces, Run
from .plain import make_article


def read_markdown(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a Markdown text; its first heading of the first level is the headline."""
    pieces = Pieces()
    heading = quoted = 0
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "heading_open":
            heading = int(token.tag[1:])
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif token.type == "html_block":
            for found in COMMENT.finditer(token.content):
                pieces.comment(found.group(1))
        elif token.type == "inline":
            for child in token.children or ():
                if child.type == "html_inline" and (match := COMMENT.match(child.content)):
                    pieces.comment(match.group(1))
            role: Role = "quote" if quoted else "paragraph"
            if heading == 1 and not pieces.blocks and not given.title:
                role = "headline"
            pieces.add(_runs(token.children or ()), role)
        elif token.type in ("code_block", "fence"):
            pieces.add([Run(token.content)])
    pieces.finish()
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.markdown/1",
        title=given.title,
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        outlet=given.outlet,
        published=given.published,
    )


def _runs(tokens: Sequence[Token]) -> Iterator[Run]:
    href: str | None = None
    for token in tokens:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "") or None
        elif token.type == "link_close":
            href = None
        elif token.type in ("softbreak", "hardbreak"):
            yield Run(" ")
        elif token.type in ("text", "code_inline"):
            yield Run(token.content, href)
