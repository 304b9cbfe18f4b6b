"""Markdown to an article: the words as a reader sees them, front matter as what it says, comments
to onrecord.

The parsing is markdown-it's, tables and struck-out words included. Front matter in YAML, TOML, JSON
or MultiMarkdown gives title, date, authors and outlet. Shortcodes of site builders are read
through: what stands between two of them is text, their parameters are none.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..records import Article, Problem, Role
from . import charset
from .fields import AUTHORS, OUTLET, PUBLISHED, TITLE, as_date
from .given import Given, counted, note, struck_out
from .pieces import BREAK, COMMENT, Pieces, Run
from .plain import headed, make_article

_YAML = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_MULTI = re.compile(r"(?:[A-Za-z][\w ]{1,30}:[ \t]+\S[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)+(?=\n)")
_PAIR = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*)")
_SHORTCODE = re.compile(
    r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{\{[^{}\n]*\}\}"
    r"|\[/?(?:caption|gallery|embed|video|audio|playlist|pullquote|wp_\w+)\b[^\]\n]*\]"
    r"|^:::.*$|^import\s.+from\s['\"].+['\"];?$|^\[\^[^\]\n]+\]:[ \t]*|\[\^[^\]\n]+\]"
    r"|\s\{[#.:][^{}\n]*\}[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_WORD = re.compile(r"\S+")
UNSEEN = "\u200b"
LONGEST = 20_000
"""Code points of front matter; more is no front matter."""


def read_markdown(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a Markdown text; its title, else its first heading of the first level, is the
    headline."""
    start, stated = front_matter(text)
    body, said = _without_shortcodes(text, start)
    reader = _Reader(body, titled=bool(given.title or _said(stated, TITLE)))
    pieces = reader.read()
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    title = given.title or _said(stated, TITLE)
    notes = []
    if start:
        what = (
            f"front matter of {counted(text.count(chr(10), 0, start), 'line')} read as what it says"
            f" of the article."
        )
        notes.append(note(name, what, "Its words are no part of the text."))
    if said:
        what = f"{counted(said, 'shortcode')} left out; the text between them was read."
        notes.append(note(name, what, "What their parameters say is no part of the text."))
    notes += struck_out(name, reader.struck)
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.markdown/2",
        title=title,
        blocks=headed(pieces, title),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        outlet=given.outlet or _said(stated, OUTLET),
        authors=_authors(stated),
        published=given.published or as_date(_said(stated, PUBLISHED)),
        places=pieces.places(text),
        notes=tuple(notes),
    )


def front_matter(text: str) -> tuple[int, dict[str, Any]]:
    """Where the text begins behind its front matter, and what that says; 0 and nothing without
    any."""
    head = text[:LONGEST]
    if match := _TOML.match(head):
        try:
            return match.end(), _lowered(tomllib.loads(match.group(1)))
        except (tomllib.TOMLDecodeError, RecursionError):
            return match.end(), _pairs(match.group(1).replace("=", ":"))
    if match := _YAML.match(head):
        found = _pairs(match.group(1))
        return (match.end(), found) if found else (0, {})
    if head.startswith("{"):
        try:
            value, end = json.JSONDecoder().raw_decode(head)
        except (ValueError, RecursionError):
            return 0, {}
        if isinstance(value, dict) and head[end : end + 1] in ("\n", ""):
            return end, _lowered(value)
    match = _MULTI.match(head)
    if match and (
        {k.lower() for k, _ in _PAIR.findall(match.group())} & {"title", "author", "date"}
    ):
        found = _pairs(match.group())
        if "title" in found:
            return match.end(), found
    return 0, {}


def _lowered(value: dict[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): one for key, one in value.items()}


def _pairs(block: str) -> dict[str, Any]:
    """The keys at the left margin of YAML or MultiMarkdown, with their text or list.

    Enough of YAML for what is taken over: a value on its line, in marks or not, folded below, or a
    list.
    """
    found: dict[str, Any] = {}
    key = ""
    for line in block.split("\n"):
        pair = _PAIR.match(line)
        if pair:
            key, value = pair.group(1).lower(), pair.group(2).strip()
            if value.startswith("[") and value.endswith("]"):
                found[key] = [_bare(part) for part in value[1:-1].split(",") if part.strip()]
            else:
                found[key] = "" if value in ("|", ">", "|-", ">-") else _bare(value)
        elif key and line[:1] in (" ", "\t", "-") and line.strip():
            item = line.strip()
            if item.startswith("- "):
                known = found[key] if isinstance(found.get(key), list) else []
                found[key] = [*known, _bare(item[2:].partition("name:")[2] or item[2:])]
            elif isinstance(found.get(key), str):
                found[key] = f"{found[key]} {_bare(item)}".strip()
    return {key: value for key, value in found.items() if value}


def _bare(value: str) -> str:
    value = re.sub(r"\s+#.*$", "", value.strip()) if value[:1] not in "\"'" else value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _said(stated: dict[str, Any], names: Sequence[str]) -> str | None:
    value = next((stated[n.lower()] for n in names if stated.get(n.lower())), None)
    if isinstance(value, list):
        value = value[0] if value else None
    return None if value is None or isinstance(value, dict) else _line(value) or None


def _authors(stated: dict[str, Any]) -> tuple[str, ...]:
    value = next((stated[n] for n in AUTHORS if stated.get(n)), None)
    values = value if isinstance(value, list) else [value]
    names = [v.get("name") if isinstance(v, dict) else v for v in values]
    return tuple(_line(n) for n in names if n)


def _line(value: Any) -> str:
    """A value in one line, without the half emoji that JSON can spell."""
    return " ".join(charset.clean(str(value))[0].split())


def _without_shortcodes(text: str, start: int) -> tuple[str, int]:
    """The text with front matter blanked and shortcodes unseen, every place kept, and their number.

    A shortcode can't become spaces: four of them at a line's beginning make it code.
    """
    blank = re.sub(r"[^\n]", " ", text[:start])
    number = 0

    def gone(match: re.Match[str]) -> str:
        nonlocal number
        number += not match.group().lstrip().startswith("[^")
        return re.sub(r"[^\n]", UNSEEN, match.group())

    return blank + _SHORTCODE.sub(gone, text[start:]), number


_STRUCK = re.compile(r"<(/?)(?:s|del|strike)\b", re.IGNORECASE)
_EMPHASIS = frozenset(("strong_open", "strong_close", "em_open", "em_close"))


class _Reader:
    """One reading of a text: its blocks, each word with its place."""

    def __init__(self, body: str, *, titled: bool) -> None:
        self._body, self._titled = body, titled
        self._starts = [0, *(m.end() for m in re.finditer("\n", body))]
        self._at = 0
        self.struck = 0
        """Words that are struck out."""
        self.pieces = Pieces()

    def read(self) -> Pieces:
        """The pieces of the text."""
        heading = quoted = 0
        pieces = self.pieces
        for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(self._body):
            if token.map:
                self._at = max(self._at, self._starts[min(token.map[0], len(self._starts) - 1)])
            if token.type == "heading_open":
                heading = int(token.tag[1:])
            elif token.type == "heading_close":
                heading = 0
            elif token.type in ("blockquote_open", "blockquote_close"):
                quoted += token.nesting
            elif token.type == "html_block":
                self._html(token.content)
            elif token.type == "inline":
                children = token.children or ()
                for child in children:
                    if child.type == "html_inline" and (match := COMMENT.match(child.content)):
                        pieces.comment(match.group(1))
                role: Role = "quote" if quoted else "paragraph"
                if heading == 1 and not pieces.blocks and not self._titled:
                    role = "headline"
                runs = list(self._runs(children))
                if heading:
                    runs = [run._replace(emphasis=True) for run in runs]
                pieces.add(runs, role)
            elif token.type in ("code_block", "fence"):
                pieces.add(self._placed(token.content, None))
        pieces.finish()
        return pieces

    def _html(self, content: str) -> None:
        """The words of a stretch of HTML, and the comments to onrecord in it."""
        from .fragment import read_fragment

        for found in COMMENT.finditer(content):
            self.pieces.comment(found.group(1))
        shown = read_fragment(COMMENT.sub("", content))
        self.struck += shown.struck
        for block in shown.blocks:
            words = shown.text[block.span.start : block.span.end]
            self.pieces.add(self._placed(words, None), block.role)

    def _runs(self, tokens: Sequence[Token]) -> Iterator[Run]:
        href: str | None = None
        struck = emphasis = 0
        for token in tokens:
            if token.type == "link_open":
                href = str(token.attrGet("href") or "") or None
            elif token.type == "link_close":
                href = None
            elif token.type in ("s_open", "s_close"):
                struck += token.nesting
            elif token.type == "html_inline" and (tag := _STRUCK.match(token.content)):
                struck = max(0, struck + (-1 if tag[1] else 1))
            elif token.type in _EMPHASIS:
                emphasis += token.nesting
            elif token.type == "softbreak":
                yield Run(" ")
            elif token.type == "hardbreak":
                yield BREAK
            elif token.type in ("text", "code_inline", "text_special"):
                if struck:
                    self.struck += len(token.content.split())
                    continue
                for run in self._placed(token.content, href):
                    yield run._replace(emphasis=emphasis > 0)

    def _placed(self, words: str, href: str | None) -> list[Run]:
        """Words as runs with their places: each is looked for from the one before, in its own
        block."""
        whole = (
            self._body.find(words, self._at, self._at + len(words) + 400) if words.strip() else -1
        )
        if whole >= 0:
            self._at = whole + len(words)
            return [Run(words, href, whole)]
        made, last = [], 0
        for word in _WORD.finditer(words):
            if word.start() > last:
                made.append(Run(words[last : word.start()], href))
            at = self._body.find(word.group(), self._at, self._at + 400)
            made.append(Run(word.group(), href, at if at >= 0 else None))
            self._at = at + len(word.group()) if at >= 0 else self._at
            last = word.end()
        made.append(Run(words[last:], href))
        return made
