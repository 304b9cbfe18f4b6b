"""What reading a file yields: an article with its blocks and links, or a problem."""

from datetime import date
from typing import Literal

import msgspec

Role = Literal[
    "headline", "standfirst", "byline", "dateline", "paragraph", "caption", "correction", "quote"
]


class Span(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """A stretch of `Article.text`: code points, half-open; `[start, end]` in JSON."""

    start: int
    end: int


class Block(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A paragraph, headline or caption: in order, disjoint, only white space between."""

    span: Span
    role: Role
    origin: str | None = None
    """XPath of the element that the block was read from, where there was one."""
    emphasis: bool = False
    """Whether all of it is set bold or italic, or as a heading inside the article."""


class Link(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A hyperlink in the article: where its words stand and what it points to."""

    span: Span
    href: str


class Comment(msgspec.Struct, frozen=True, gc=False):
    """A comment to onrecord in the source of a text: `ignore CODE reason`."""

    text: str
    """What follows `onrecord:`."""
    before: int | None
    """Start of the block that it stands in or in front of; null where the text has none."""


class Anchor(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where the text from an offset on stands in its file, up to the next anchor.

    In between, a code point of the text is a column of the file, and a line feed a line of it.
    """

    offset: int
    """Of `Article.text`, in code points."""
    line: int
    """Of the file, from 1: its line, paragraph or page, as `Article.placed_in` says."""
    column: int
    """In code points, from 1."""
    wide: int = 0
    """Code points before it on its line that take two UTF-16 units."""


class Article(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One article as it was read. The only owner of text, which is never rewritten."""

    id: str
    """First 16 hexadecimal digits of the SHA-256 of the UTF-8 text."""
    input: str
    """What the input calls it: its `id`, else the path as given, `-`, or `path:LINE`."""
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    language: str | None = None
    """ISO 639-1 code, or null where the text is too short to tell."""
    raw_digest: str
    """SHA-256 of the bytes that were read, in hexadecimal."""
    extractor: str
    """What made text of the bytes: a name and a version."""
    comments: tuple[Comment, ...] = ()
    """Comments to onrecord in the source of the text, never part of it."""
    wraps: tuple[int, ...] = ()
    """Spaces in the text where the input broke a line inside a paragraph: offsets in order."""
    path: str | None = None
    """The file as given, where it holds articles with names of their own."""
    row: int | None = None
    """Line of that file, from 1, on which this article begins."""
    placed_in: Literal["line", "paragraph", "page"] = "line"
    """What the lines of `places` are: a DOCX has paragraphs, a PDF pages."""
    places: tuple[Anchor, ...] = ()
    """Where the text stands in the file, in order; empty where the text is the file's own."""
    notes: tuple["Problem", ...] = ()
    """What there is to say about the reading: encoding, language, what was left out."""

    def _repr_html_(self) -> str:
        """For notebooks."""
        from . import notebook

        return notebook.article(self)

    def __repr__(self) -> str:
        first = " ".join(self.text[:200].split())
        shown = first if len(first) <= 48 else first[:47] + "…"
        return f"<Article {self.input!r} {shown!r} {len(self.text):,} characters>"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stood in the way: where, what, and what to do about it."""

    where: str
    what: str
    remedy: str
    fatal: bool = True
    """True where there is no result for this input."""
