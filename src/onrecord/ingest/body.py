"""What an editing program holds of an article: the HTML of its body, or its blocks one by one.

Unlike a page there is no furniture to tell from the article: all that is given is read.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..records import Article, Block, Problem, Role, Span
from . import charset
from .documents import finished
from .fragment import read_fragment
from .given import Given, struck_out
from .plain import headed, make_article


class BodyBlock(NamedTuple):
    """A paragraph, headline or caption as an editing program keeps it."""

    text: str
    role: Role = "paragraph"


def read_body(source: str, name: str, given: Given) -> Iterator[Article | Problem]:
    """The article of the HTML of a body; places are lines and columns of that HTML."""
    source, changed = charset.clean(source)
    pieces = read_fragment(source)
    if not pieces.blocks:
        yield Problem(where=name, what="this HTML shows no word.", remedy="Give the article's.")
        return
    made = make_article(
        pieces.text,
        input=name,
        raw_digest=_digest(source),
        extractor="onrecord.body/1",
        title=given.title,
        blocks=headed(pieces, given.title),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        outlet=given.outlet,
        published=given.published,
        places=pieces.places(source),
        notes=struck_out(name, pieces.struck),
    )
    yield from finished(made, name, [charset.replaced(name)] if changed else [], given)


def read_blocks(
    blocks: Sequence[BodyBlock], name: str, given: Given
) -> Iterator[Article | Problem]:
    """The article of blocks, a blank line between them; blocks without a word are left out.

    The words of a block stand in the text as they were given, without the white space around them.
    """
    parts: list[str] = []
    made: list[Block] = []
    length, changed = 0, False
    for block in blocks:
        text, odd = charset.clean(block.text)
        text, changed = text.strip(), changed or odd
        if not text:
            continue
        start = length + (2 if parts else 0)
        length = start + len(text)
        parts.append(text)
        made.append(Block(span=Span(start, length), role=block.role))
    if not parts:
        yield Problem(where=name, what="the blocks hold no word.", remedy="Give the article's.")
        return
    whole = "\n\n".join(parts)
    article = make_article(
        whole,
        input=name,
        raw_digest=_digest(whole),
        extractor="onrecord.blocks/1",
        title=given.title,
        blocks=tuple(made),
        outlet=given.outlet,
        published=given.published,
    )
    yield from finished(article, name, [charset.replaced(name)] if changed else [], given)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
