"""ODT to an article: the final view of what LibreOffice writes.

Deletions stand apart in the file and are left out, footnotes stand behind the text, text boxes come
once. Struck-out and hidden words, comments, headers and footers are left out and said.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ..records import Article, Problem, Role
from . import charset
from .given import Given, counted, note
from .limits import LimitError, Package
from .pieces import BREAK, Pieces, Run
from .plain import headed, make_article
from .tables import Cell, rows

_THROUGH = frozenset(
    "text section list list-item list-header index-body table-of-content illustration-index"
    " frame text-box g user-index alphabetical-index bibliography"
    " numbered-paragraph".split()
)
_UNREAD = frozenset(
    "tracked-changes sequence-decls variable-decls user-field-decls forms annotation-end title desc"
    " bookmark bookmark-start bookmark-end change change-start change-end"
    " soft-page-break image".split()
)
_GONE = "struck-out or hidden words"


def read_odt(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of an ODT file; a paragraph in the style Title, or the first heading, is the
    headline."""
    try:
        document = _Document(Package(raw), titled=given.title is not None)
        document.read()
    except LimitError as error:
        return Problem(where=name, what=str(error), remedy="Save it as plain text.")
    except (
        zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, OSError, EOFError,
        NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        what = f"this ODT can't be read ({type(error).__name__})."
        return Problem(where=name, what=what, remedy="Open it in a word processor and save it anew,"
                                                     " or as plain text.")  # fmt: skip
    pieces = document.pieces
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.odt/1",
        title=given.title,
        blocks=headed(pieces, given.title),
        links=tuple(pieces.links),
        outlet=given.outlet,
        authors=(document.author,) if document.author else (),
        published=given.published,
        placed_in="paragraph",
        places=pieces.places(document.source),
        notes=tuple(note(name, what, remedy) for what, remedy in document.notes()),
    )


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _get(element: Any, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


class _Document:
    """One reading of a package."""

    def __init__(self, package: Package, titled: bool) -> None:
        self._root = package.xml("content.xml")
        if self._root is None:
            raise KeyError("content.xml")
        self._titled = titled
        self.pieces = Pieces()
        self._source: list[str] = []
        self._length = 0
        self._left: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self._later: list[Any] = []
        self._boxes: list[Any] = []
        self._styles: dict[str, tuple[str, str, bool]] = {}
        styles = package.xml("styles.xml")
        for root in (styles, self._root):
            for style in root.iter("{*}style") if root is not None else ():
                self._style(style)
        for master in styles.iter("{*}header", "{*}footer") if styles is not None else ():
            self._left[f"page {_name(master)}s"] += len("".join(master.itertext()).split())
        self.author = self._author(package.xml("meta.xml"))

    @staticmethod
    def _author(meta: Any) -> str | None:
        for element in meta.iter("{*}initial-creator", "{*}creator") if meta is not None else ():
            if words := charset.clean((element.text or "").strip())[0]:
                return words
        return None

    def _style(self, style: Any) -> None:
        gone = False
        for properties in style.iterfind("./{*}text-properties"):
            line = _get(properties, "text-line-through-style") or _get(
                properties, "text-line-through-type"
            )
            gone = gone or line not in ("", "none") or _get(properties, "display") == "none"
        key = _get(style, "name")
        shown = _get(style, "display-name") or key
        self._styles[key] = (shown, _get(style, "parent-style-name"), gone)

    @property
    def source(self) -> str:
        """The document with a paragraph on each line: what its places count in."""
        return "".join(self._source)

    def notes(self) -> Iterator[tuple[str, str]]:
        """What there is to say, with what to do."""
        if self._root.find(".//{*}tracked-changes") is not None:
            what = "holds tracked changes; read as if all were accepted."
            yield what, "Settle them before it is published."
        if number := self._met["note"]:
            stands = "stand" if number > 1 else "stands"
            yield f"{counted(number, 'note')} {stands} at the end of the text.", "No word is lost."
        if number := self._met["comment"]:
            were = "were" if number > 1 else "was"
            yield f"{counted(number, 'comment')} {were} left out.", "They are no part of the text."
        for what, number in self._left.items():
            if number:
                said = f"{counted(number, 'word')} in {what} left out."
                yield said, "Put what belongs to the story in its text."

    def read(self) -> None:
        """Read all that is seen."""
        body = self._root.find(".//{*}body/{*}text")
        if body is None:
            raise KeyError("it holds no text document")
        self._blocks(body)
        for later in self._later:
            self._met["note"] += 1
            self._blocks(later)

    def _blocks(self, container: Any) -> None:
        stack = [iter(container)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            kind = _name(element)
            if kind in ("p", "h"):
                runs = self._paragraph(element)
                self.pieces.add(runs, self._role(element, kind))
                boxes, self._boxes = self._boxes, []
                for box in boxes:
                    self._blocks(box)
            elif kind == "table":
                table = [
                    [self._cell(c) for c in _found(row, ("table-cell",))]
                    for row in _found(element, ("table-row",))
                ]
                for block in rows(table):
                    self.pieces.add(block)
            elif kind in _THROUGH:
                stack.append(iter(element))

    def _cell(self, cell: Any) -> Cell:
        return [self._paragraph(p) for p in _found(cell, ("p", "h"))]

    def _role(self, element: Any, kind: str) -> Role:
        styles = [s.lower() for s in self._chain(_get(element, "style-name"))]
        first = not self.pieces.blocks and not self._titled
        if first and (
            "title" in styles or (kind == "h" and _get(element, "outline-level") in ("", "1"))
        ):
            return "headline"
        if "subtitle" in styles:
            return "standfirst"
        return "quote" if any("quot" in s for s in styles) else "paragraph"

    def _chain(self, key: str) -> Iterator[str]:
        """The names of a style and of those it rests on."""
        for _ in range(20):
            if key not in self._styles:
                break
            shown, parent, _gone = self._styles[key]
            yield shown
            key = parent

    def _struck(self, element: Any) -> bool:
        key = _get(element, "style-name")
        for _ in range(20):
            if key not in self._styles:
                return False
            _shown, parent, gone = self._styles[key]
            if gone:
                return True
            key = parent
        return False

    def _paragraph(self, element: Any) -> list[Run]:
        """The runs of a paragraph as the final view shows them."""
        made: list[Run] = []
        stack: list[tuple[Any, Iterator[Any], str | None, bool]] = []

        def enter(node: Any, href: str | None, gone: bool) -> None:
            gone = gone or self._struck(node) or _name(node) in ("hidden-text", "hidden-paragraph")
            stack.append((node, iter(node), href, gone))
            self._put(node.text, href, gone, made)

        enter(element, None, False)
        while stack:
            _node, children, href, gone = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                if stack:
                    self._put(_node.tail, stack[-1][2], stack[-1][3], made)
                continue
            kind = _name(child)
            if kind == "s":
                self._put(" ", href, gone, made)
            elif kind == "tab":
                self._put("\t", href, gone, made)
            elif kind == "line-break":
                made.append(BREAK)
            elif kind == "note":
                self._later += child.iterfind("./{*}note-body")
            elif kind == "annotation":
                self._met["comment"] += 1
            elif kind in ("frame", "text-box", "custom-shape", "g"):
                self._boxes += list(child.iter("{*}text-box")) or (
                    [child] if kind != "frame" else []
                )
            elif kind == "ruby":
                base = child.find("./{*}ruby-base")
                self._put("".join(base.itertext()) if base is not None else "", href, gone, made)
            elif kind and kind not in _UNREAD:
                enter(child, _get(child, "href") or href if kind == "a" else href, gone)
                continue
            self._put(child.tail, href, gone, made)
        self._source.append("\n")
        self._length += 1
        return made

    def _put(self, words: str | None, href: str | None, gone: bool, made: list[Run]) -> None:
        if not words:
            return
        words = charset.clean(words)[0].replace("\n", " ")
        if gone:
            self._left[_GONE] += len(words.split())
            return
        made.append(Run(words, href, self._length))
        self._source.append(words)
        self._length += len(words)


def _found(container: Any, names: tuple[str, ...]) -> Iterator[Any]:
    """The elements of these names in a container, not those inside one another."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _name(element) in names:
            yield element
        elif _name(element) and _name(element) != "tracked-changes":
            stack.append(iter(element))
