"""Plain text to an article: which lines are the headline, a byline, a paragraph.

The text itself is only ever given a title in front; `wraps` reads breaks inside its paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import msgspec

from ..records import Anchor, Article, Block, Comment, Link, Problem, Role, Span
from ..text.fingerprint import article_id
from ..text.normalise import fold_text
from .exports import parts_of
from .given import Given, note
from .pieces import Pieces
from .wraps import unwrap

_BYLINE = re.compile(
    r"by [A-Z][\w.'’-]+(?: (?:and |[A-Z])[\w.'’-]*){1,8},?$"
    r"|(?:(?:by|from) )?(?:our )?(?:staff|wire|agency)(?: and wire)? (?:reports?|reporters?"
    r"|writers?|services?)\.?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,40}(?:, [\w. ]{2,30})?(?: \([A-Z]\w+\))?$")
_CORRECTION = re.compile(r"(?:correction|clarification|editor['’]?s['’]? note)\b", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\S(?:[^\n]*\S)?")
_SENTENCE_END = re.compile(r"([.!?])[\"”’')]*\s+(?=[\"“‘'(]*[A-Z0-9$£€])")
_SHORT = re.compile(r"(?:^|[\s(\"“‘'.])(?:[A-Z]|[A-Z][a-z]{1,4}|[A-Z][A-Z])\.$")
_SPELT = re.compile(r"[^\W\d_]{2}.*[^\W\d_]{2}|[^\W\d_]{4}")
STOPPED_WORDS = 25
"""Words of a headline that may hold a stop."""
HEADLINE_WORDS = 40
"""A longer first line is no headline."""


def read_plain(text: str, name: str, digest: str, given: Given) -> Iterator[Article | Problem]:
    """The article of a plain text, or the articles of an archive's export."""
    parts = parts_of(text)
    common: dict[str, Any] = {
        "raw_digest": digest, "extractor": "onrecord.plain/1", "outlet": given.outlet,
        "published": given.published,
    }  # fmt: skip
    if not parts:
        yield make_article(text, input=name, title=given.title, **common)
    for part in parts:
        its: dict[str, Any] = {**common, "title": given.title, "input": name}
        if len(parts) > 1:
            what = f"the file holds several articles ({len(parts)}); each was read by itself."
            said = note(name, what, "Give each a file of its own to have it otherwise.")
            its |= {"title": None, "input": f"{name}:{part.line}"}
            its |= {"path": name, "row": part.line, "notes": (said,)}
        made = make_article(text[part.start : part.end], places=(Anchor(0, part.line, 1),), **its)
        yield msgspec.structs.replace(made, blocks=_masthead(made))


def _masthead(article: Article) -> tuple[Block, ...]:
    """The blocks, the short lines between headline and text being what the archive says of the
    article."""
    blocks = list(article.blocks)
    for n, block in enumerate(blocks[1:8], 1):
        words = article.text[block.span.start : block.span.end]
        if len(words.split()) > 8 or words.endswith((".", "!", "?", "”", '"')):
            break
        blocks[n] = msgspec.structs.replace(block, role="byline")
    return tuple(blocks)


def headed(pieces: Pieces, title: str | None) -> tuple[Block, ...]:
    """The blocks of a document, the first being the headline where none says so and it looks like
    one.

    A title that was given is believed: then no block is made the headline.
    """
    blocks, text = tuple(pieces.blocks), pieces.text
    if title or any(block.role == "headline" for block in blocks):
        return blocks
    first = blocks[0]
    if first.role == "paragraph" and looks_like_headline(text, first.span.start, first.span.end):
        return (msgspec.structs.replace(first, role="headline"), *blocks[1:])
    return blocks


def blocks_of(text: str, headline: int | None = None) -> tuple[Block, ...]:
    """The blocks of a plain text, a paragraph a line.

    `headline` is the length of a title known to stand in front; without it the first line is a
    headline only if it looks like one.
    """
    blocks: list[Block] = []
    for match in _PARAGRAPH.finditer(text):
        start, end = match.span()
        words = match.group()
        role: Role = "paragraph"
        if not blocks:
            if (headline is not None and end <= headline) or (
                headline is None and looks_like_headline(text, start, end)
            ):
                role = "headline"
        if role == "paragraph":
            role = _role(words, len(blocks))
        blocks.append(Block(span=Span(start, end), role=role))
    return tuple(blocks)


def byline_role(words: str, nth: int, authors: Sequence[str] = ()) -> Role:
    """The role of a document's block: a byline also where it is short and names an author."""
    if nth < 6 and len(words.split()) <= 16 and not words.rstrip('"”’').endswith((".", "!", "?")):
        if any(fold_text(author) in fold_text(words) for author in authors if len(author) > 4):
            return "byline"
    return _role(words, nth)


def _role(words: str, nth: int) -> Role:
    if len(words) < 100 and nth in (1, 2) and _BYLINE.match(words):
        return "byline"
    if len(words) < 60 and nth in (1, 2, 3) and _DATELINE.match(words):
        return "dateline"
    if _CORRECTION.match(words) and ":" in words[:40]:
        return "correction"
    return "paragraph"


def looks_like_headline(text: str, start: int, end: int) -> bool:
    """Whether the first line reads as a headline: short, no closing stop, more text below.

    A stop inside parts sentences, as paragraphs have them, unless it is a question's or an
    exclamation's, stands behind an abbreviation or an initial, or the line is set in capitals word
    by word.
    """
    words = text[start:end]
    number = len(words.split())
    if number > HEADLINE_WORDS or not text[end:].strip() or not _SPELT.search(words):
        return False
    stops = list(_SENTENCE_END.finditer(words))
    if stops and not (
        number <= STOPPED_WORDS and (_set_in_capitals(words) or all(map(_parts_none, stops)))
    ):
        return False
    return not words.rstrip("\"”’')").endswith((".", ",", ";", ":")) or words.endswith("...")


def _parts_none(stop: re.Match[str]) -> bool:
    """Whether a stop in a line need not end a sentence of a paragraph."""
    return stop.group(1) in "!?" or bool(_SHORT.search(stop.string[: stop.start() + 1]))


def _set_in_capitals(words: str) -> bool:
    """Whether nearly all long words of a line begin with a capital."""
    long = [word for word in re.findall(r"[^\W\d_][\w’']*", words) if len(word) > 3]
    return len(long) > 1 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def make_article(
    text: str,
    *,
    input: str,
    raw_digest: str,
    extractor: str,
    title: str | None = None,
    blocks: tuple[Block, ...] | None = None,
    links: tuple[Link, ...] = (),
    url: str | None = None,
    outlet: str | None = None,
    authors: tuple[str, ...] = (),
    published: date | None = None,
    updated: date | None = None,
    language: str | None = None,
    comments: tuple[Comment, ...] = (),
    **reading: Any,
) -> Article:
    """An article of a text, with a separately given title in front as its headline.

    The title is left out if it equals the text's first line, case and spaces folded. `reading` is
    what else the reader knows: `path`, `row`, `placed_in`, `places`, `notes`.
    """
    headline: int | None = None
    wraps: tuple[int, ...] = ()
    if blocks is None:
        text, wraps = unwrap(text)
    title = " ".join(title.split()) if title else ""
    first = text.lstrip("\n").partition("\n")[0]
    if title and fold_text(first) == fold_text(title):
        headline = len(text) - len(text.lstrip("\n")) + len(first)
    elif title:
        shift = len(title) + 2
        text = f"{title}\n\n{text}"
        headline = len(title)
        wraps = tuple(offset + shift for offset in wraps)
        places = reading.get("places") or (Anchor(0, 1, 1),)
        moved_places = (msgspec.structs.replace(a, offset=a.offset + shift) for a in places)
        reading["places"] = (Anchor(0, places[0].line, places[0].column), *moved_places)
        if blocks is not None:
            moved = tuple(_moved(block, shift) for block in blocks)
            blocks = (Block(span=Span(0, len(title)), role="headline"), *moved)
        links = tuple(
            Link(span=Span(k.span.start + shift, k.span.end + shift), href=k.href) for k in links
        )
        comments = tuple(
            Comment(c.text, None if c.before is None else c.before + shift) for c in comments
        )
    return Article(
        id=article_id(text),
        input=input,
        text=text,
        blocks=blocks_of(text, headline) if blocks is None else blocks,
        links=links,
        url=url,
        outlet=outlet,
        authors=authors,
        published=published,
        updated=updated,
        language=language,
        raw_digest=raw_digest,
        extractor=extractor,
        comments=comments,
        wraps=wraps,
        **reading,
    )


def _moved(block: Block, shift: int) -> Block:
    span = Span(block.span.start + shift, block.span.end + shift)
    role: Role = "paragraph" if block.role == "headline" else block.role
    return Block(span=span, role=role, origin=block.origin, emphasis=block.emphasis)
