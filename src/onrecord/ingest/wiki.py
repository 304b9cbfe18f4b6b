"""Wikitext to an article: the prose of a page of Wikipedia or Wikinews, with its links and
quotations.

The parsing is mwparserfromhell's. Templates are left out but for those that quote; so are
references, tables and files, and all of it is said.
"""

import re
from collections import Counter
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import (
    ExternalLink,
    Heading,
    HTMLEntity,
    Tag,
    Template,
    Text,
    Wikilink,
)

from ..records import Article, Problem
from .given import Given, counted, note
from .limits import ARTICLE_CHARS
from .pieces import BREAK, Pieces, Run
from .plain import make_article

_QUOTES = frozenset(
    [
        "quote box",
        "pull quote",
        *"quote blockquote cquote rquote quotation quotebox centered".split(),
    ]
)
_SHOWN = frozenset("lang nowrap small abbr ill interlanguage link w asof".split())
_FILES = re.compile(r"(?:file|image|category|media)\s*:", re.IGNORECASE)
_REDIRECT = re.compile(r"#redirect\b", re.IGNORECASE)


def read_wiki(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a page in wikitext."""
    if _REDIRECT.match(text.lstrip()):
        return Problem(
            where=name, what="this page only points to another.", remedy="Give that one."
        )
    if len(text) > ARTICLE_CHARS:
        what = f"the text has {len(text):,} characters; {ARTICLE_CHARS:,} is the most."
        return Problem(where=name, what=what, remedy="Give one page a file.")
    try:
        code = mwparserfromhell.parse(text, skip_style_tags=False)
        reader = _Reader(text)
        reader.nodes(code.nodes, None, 0)
    except (RecursionError, mwparserfromhell.parser.ParserError, ValueError) as error:
        what = f"this wikitext can't be read ({type(error).__name__})."
        return Problem(where=name, what=what, remedy="Give the article's text.")
    reader.flush()
    pieces = reader.pieces
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    said = [counted(number, what) for what, number in reader.left.items() if number]
    notes = (
        (note(name, f"{', '.join(said)} left out.", "Give the page's HTML to have them read."),)
        if said
        else ()
    )
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor=f"mwparserfromhell/{mwparserfromhell.__version__}",
        title=given.title,
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        outlet=given.outlet,
        published=given.published,
        places=pieces.places(text),
        notes=notes,
    )


class _Reader:
    """One reading of a page: its paragraphs, and what was left out."""

    def __init__(self, source: str) -> None:
        self._source, self._at = source, 0
        self._runs: list[Run] = []
        self._quote = False
        self.pieces = Pieces()
        self.left: Counter[str] = Counter()

    def nodes(self, nodes: Any, href: str | None, depth: int) -> None:
        """Read nodes in order; what is nested deeper than 40 levels is left out."""
        if depth > 40:
            self.left["deeply nested part"] += 1
            return
        for node in nodes:
            if isinstance(node, Text):
                self._text(str(node.value), href)
            elif isinstance(node, HTMLEntity):
                self._runs.append(Run(node.normalize() or "", href))
            elif isinstance(node, Heading):
                self.flush()
                self.nodes(node.title.nodes, href, depth + 1)
                self.flush()
            elif isinstance(node, Wikilink):
                target = str(node.title)
                if _FILES.match(target.strip()):
                    self.left["picture or category"] += 1
                elif node.text is None:
                    self._text(target.lstrip(":"), href)
                else:
                    self.nodes(node.text.nodes, href, depth + 1)
            elif isinstance(node, ExternalLink):
                address = str(node.url)
                if node.title is not None:
                    self.nodes(node.title.nodes, address, depth + 1)
                elif not node.brackets:
                    self._text(address, address)
            elif isinstance(node, Template):
                self._template(node, href, depth)
            elif isinstance(node, Tag):
                self._tag(node, href, depth)

    def _template(self, node: Template, href: str | None, depth: int) -> None:
        name = str(node.name).strip().lower()
        if name in _QUOTES and node.params:
            self.flush()
            self._quote = True
            given = {str(p.name).strip(): p.value for p in node.params}
            words = next((given[k] for k in ("text", "quote", "1") if k in given), None)
            if words is not None:
                self.nodes(words.nodes, href, depth + 1)
            self.flush()
            by = next((given[k] for k in ("author", "sign", "2") if k in given), None)
            if by is not None:
                self._quote = True
                self._runs.append(Run("— "))
                self.nodes(by.nodes, href, depth + 1)
                self.flush()
            self._quote = False
        elif name == "convert" and len(node.params) > 1:
            self.nodes(node.params[0].value.nodes, href, depth + 1)
            self._runs.append(Run(" "))
            self.nodes(node.params[1].value.nodes, href, depth + 1)
        elif name in _SHOWN and node.params:
            self.nodes(node.params[-1 if name in ("lang", "w") else 0].value.nodes, href, depth + 1)
        else:
            self.left["template"] += 1

    def _tag(self, node: Tag, href: str | None, depth: int) -> None:
        tag = str(node.tag).strip().lower()
        if tag in ("ref", "references"):
            self.left["reference"] += tag == "ref"
        elif tag in ("table", "gallery", "math", "timeline", "score", "syntaxhighlight"):
            self.left["table or figure"] += 1
        elif tag in ("br", "hr"):
            self._runs.append(BREAK)
        elif tag in ("s", "strike", "del"):
            self.left["struck-out stretch"] += 1
        elif tag in ("li", "dd", "dt"):
            self.flush()
        elif tag in ("blockquote", "poem"):
            self.flush()
            self._quote = True
            self.nodes(node.contents.nodes, href, depth + 1)
            self.flush()
            self._quote = False
        elif node.contents is not None:
            self.nodes(node.contents.nodes, href, depth + 1)

    def _text(self, words: str, href: str | None) -> None:
        """Words with their place; a blank line, or a line of a list, ends a paragraph."""
        at = self._source.find(words, self._at)
        self._at = at + len(words) if at >= 0 else self._at
        start = 0
        for gap in re.finditer(r"\n[ \t]*\n\s*", words):
            self._runs.append(
                Run(words[start : gap.start()], href, at + start if at >= 0 else None)
            )
            self.flush()
            start = gap.end()
        self._runs.append(Run(words[start:], href, at + start if at >= 0 else None))

    def flush(self) -> None:
        """End the paragraph."""
        runs, self._runs = self._runs, []
        self.pieces.add(runs, "quote" if self._quote else "paragraph")
