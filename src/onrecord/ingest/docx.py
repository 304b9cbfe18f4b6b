"""DOCX to an article: the final view of what Word, Google Docs and LibreOffice write.

Insertions are in and deletions out, content controls, smart tags and fields are read through, text
boxes come once, foot- and endnotes stand at the end. What a reader of the printed page would see
and the article leaves out (headers, struck and hidden words) is counted and said.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from lxml import etree

from ..records import Article, Problem, Role
from . import charset
from .given import Given, counted, note
from .limits import LimitError, Package
from .pieces import BREAK, Pieces, Run
from .plain import headed, make_article
from .tables import Cell, rows

_THROUGH = frozenset(
    "body txbxContent ins moveTo smartTag sdt sdtContent customXml dir bdo fldSimple hyperlink"
    .split()
)  # fmt: skip
"""Elements that only stand around what is seen."""
_CHANGES = frozenset("del moveFrom ins moveTo".split())
_GONE = "struck-out or hidden words"


def read_docx(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a DOCX file; a paragraph in the style Title or Heading 1 is the headline."""
    try:
        document = _Document(Package(raw), titled=given.title is not None)
        document.read()
    except LimitError as error:
        remedy = "Save the article without its pictures, or as plain text."
        return Problem(where=name, what=str(error), remedy=remedy)
    except (
        zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, OSError, EOFError,
        NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        return Problem(
            where=name,
            what=f"this DOCX can't be read ({type(error).__name__}).",
            remedy="Open it in a word processor and save it anew, or as plain text.",
        )
    pieces = document.pieces
    notes = tuple(note(name, what, remedy) for what, remedy in document.notes())
    if not pieces.blocks:
        left = "".join(f" {said.what}" for said in notes)
        return Problem(where=name, what=f"holds no text.{left}", remedy="Give the article's text.")
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.docx/1",
        title=given.title,
        blocks=headed(pieces, given.title),
        links=tuple(pieces.links),
        outlet=given.outlet,
        authors=(document.author,) if document.author else (),
        published=given.published,
        updated=document.modified,
        placed_in="paragraph",
        places=pieces.places(document.source),
        notes=notes,
    )


class Stretch(NamedTuple):
    """Some of a document's words, and where its main part holds them."""

    at: int
    """Of `Layout.source`, in code points."""
    length: int
    element: Any
    """What shows the words, or the mark in the main part that refers to the note they stand in."""
    whole: bool
    """Whether they can't be parted: they aren't the element's own text, character for
    character."""


class Layout(NamedTuple):
    """Where a document's words stand: for writing into it."""

    main: str
    """Name of the main part."""
    root: Any
    """Its root element."""
    source: str
    """The words with a paragraph on each line, as places of an article in a DOCX count."""
    stretches: tuple[Stretch, ...]
    """In the order of the source."""


def layout_of(package: Package) -> Layout:
    """Where the words of a DOCX stand. Raises what a damaged package raises."""
    document = _Document(package, titled=True)
    document.read()
    return Layout(document.main, document.body, document.source, tuple(document.stretches))


class _Document:
    """One reading of a package: its paragraphs as pieces, and what was met on the way."""

    def __init__(self, package: Package, titled: bool) -> None:
        self._package, self._titled = package, titled
        self.pieces = Pieces()
        self._source: list[str] = []
        self._length = 0
        self._paragraphs = 1
        self._left: Counter[str] = Counter()
        self._met: Counter[str] = Counter()
        self._fields: list[list[str]] = []
        self._notes: list[tuple[str, str, Any]] = []
        self._mark: Any = None
        self.stretches: list[Stretch] = []
        self._boxes: list[Any] = []
        self._open: list[Run] = []
        self.author: str | None = None
        self.modified: date | None = None
        self.main = main = self._main()
        self.body = package.xml(main)
        if self.body is None:
            raise KeyError(main)
        folder, mark, file = main.rpartition("/")
        self._folder = folder + mark
        self._parts: dict[str, list[str]] = {}
        self._links: dict[str, str] = {}
        self._relations(package.xml(f"{self._folder}_rels/{file}.rels"))
        self._styles = _Styles(self._part("styles"))
        self._properties()

    def _main(self) -> str:
        """The name of the main part, which need not be word/document.xml."""
        for relation in _children(self._package.xml("_rels/.rels")):
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                return str(relation.get("Target", "")).lstrip("/")
        return "word/document.xml"

    def _relations(self, root: Any) -> None:
        for relation in _children(root):
            kind = str(relation.get("Type", "")).rpartition("/")[2]
            target = str(relation.get("Target", ""))
            if relation.get("TargetMode") == "External":
                self._links[str(relation.get("Id"))] = target
            else:
                path = target[1:] if target.startswith("/") else self._folder + target
                self._parts.setdefault(kind, []).append(path)

    def _part(self, kind: str) -> Any:
        paths = self._parts.get(kind)
        return self._package.xml(paths[0]) if paths else None

    def _properties(self) -> None:
        for element in _children(self._package.xml("docProps/core.xml")):
            words = charset.clean((element.text or "").strip())[0]
            if _name(element) == "creator" and words not in ("", "python-docx", "Un-named"):
                self.author = words
            elif _name(element) == "modified":
                try:
                    self.modified = datetime.fromisoformat(words).date()
                except ValueError:
                    continue

    @property
    def source(self) -> str:
        """The document with a paragraph on each line: what its places count in."""
        return "".join(self._source)

    def read(self) -> None:
        """Read all that is seen, and count what is left out."""
        self._blocks(self.body)
        for kind in ("footnote", "endnote"):
            self._read_notes(kind)
        for kind, what in (("header", "page headers"), ("footer", "page footers")):
            for path in self._parts.get(kind, ()):
                self._left[what] += _words(self._package.xml(path))
        self._met["comment"] = sum(_name(c) == "comment" for c in _children(self._part("comments")))

    def notes(self) -> Iterator[tuple[str, str]]:
        """What there is to say: what was met and what was left out, with what to do."""
        if self._met["change"]:
            what = "holds tracked changes; read as if all were accepted."
            yield what, "Settle them before it is published."
        for kind in ("footnote", "endnote"):
            if number := self._met[kind]:
                stands = "stand" if number > 1 else "stands"
                yield (
                    f"{counted(number, kind)} {stands} at the end of the text.",
                    "No word is lost.",
                )
        if number := self._met["box"]:
            stands = "stand" if number > 1 else "stands"
            what = (
                f"{counted(number, 'text box').replace('boxs', 'boxes')} {stands} behind the"
                f" paragraph it hangs on."
            )
            yield what.replace("it hangs", "they hang") if number > 1 else what, "No word is lost."
        if number := self._met["comment"]:
            were = "were" if number > 1 else "was"
            yield f"{counted(number, 'comment')} {were} left out.", "They are no part of the text."
        for what, number in self._left.items():
            if number:
                where = f", first in paragraph {self._met[what]}" if self._met[what] else ""
                said = f"{counted(number, 'word')} in {what} left out{where}."
                yield said, "Put what belongs to the story in its text."
        if self._met["part"]:
            what = "an embedded document was left out."
            yield what, "Paste its text, if it belongs to the story."

    def _blocks(self, container: Any) -> None:
        """The paragraphs and tables in an element, in order."""
        stack = [iter(container)]
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                continue
            kind = _name(element)
            if kind == "p":
                runs = self._paragraph(element)
                if runs is not None:
                    self.pieces.add(runs, self._role(element))
                    self._boxes_out()
            elif kind == "tbl":
                for block in rows(list(self._table(element))):
                    self.pieces.add(block)
                self._boxes_out()
            elif kind in ("altChunk", "subDoc"):
                self._met["part"] += 1
            elif kind == "AlternateContent":
                stack.append(iter(_chosen(element)))
            else:
                self._met["change"] += kind in _CHANGES
                if kind in _THROUGH:
                    stack.append(iter(element))
        if self._open:
            self.pieces.add(self._open)
            self._open = []

    def _boxes_out(self) -> None:
        """Read the text boxes that hang on what was read, behind it, each once."""
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._met["box"] += 1
            self._blocks(box)

    def _paragraph(self, element: Any) -> list[Run] | None:
        """The runs of a paragraph; None where its end is deleted, so that it runs into the next."""
        runs = [*self._open, *self._runs(element)]
        self._open = []
        self._put("\n")
        self._paragraphs += 1
        if element.find("./{*}pPr/{*}rPr/{*}del") is not None:
            self._met["change"] += 1
            self._open = runs
            return None
        frame = element.find("./{*}pPr/{*}framePr")
        if frame is not None and _attribute(frame, "dropCap") in ("drop", "margin"):
            self._open = runs  # the first letter of the next, in a frame of its own
            return None
        return runs

    def _role(self, element: Any) -> Role:
        style = self._styles.name(element.find("./{*}pPr/{*}pStyle"))
        if style in ("title", "heading 1") and not self.pieces.blocks and not self._titled:
            return "headline"
        if style == "subtitle":
            return "standfirst"
        if style == "caption":
            return "caption"
        return "quote" if "quote" in style else "paragraph"

    def _table(self, table: Any) -> Iterator[list[Cell]]:
        """The cells of a table's rows; a row that is deleted is none."""
        for row in _inside(table, "tr"):
            if row.find("./{*}trPr/{*}del") is not None:
                self._met["change"] += 1
                continue
            yield [self._cell(cell) for cell in _inside(row, "tc")]

    def _cell(self, cell: Any) -> Cell:
        """A cell's paragraphs as runs, with those of tables in it."""
        found = []
        for paragraph in _inside(cell, "p", through=("tbl", "tr", "tc")):
            runs = self._paragraph(paragraph)
            if runs:
                found.append(runs)
        if self._open:
            found.append(self._open)
            self._open = []
        return found

    def _runs(self, paragraph: Any) -> list[Run]:
        """The runs of a paragraph as the final view shows them."""
        made: list[Run] = []
        style = self._styles.gone(None, paragraph.find("./{*}pPr/{*}pStyle"))
        stack: list[tuple[Iterator[Any], str | None]] = [(iter(paragraph), None)]
        while stack:
            elements, href = stack[-1]
            element = next(elements, None)
            if element is None:
                stack.pop()
                continue
            kind = _name(element)
            if kind == "r":
                self._run(element, href, made, style)
            elif kind == "AlternateContent":
                stack.append((iter(_chosen(element)), href))
            elif kind in ("oMath", "oMathPara"):
                self._left["formulas"] += len(" ".join(element.itertext()).split())
            else:
                self._met["change"] += kind in _CHANGES
                if kind in _THROUGH:
                    target = _attribute(element, "id") if kind == "hyperlink" else ""
                    stack.append((iter(element), self._links.get(target) or href))
        return made

    def _run(self, run: Any, href: str | None, made: list[Run], style: bool) -> None:
        """What one run shows, added to the paragraph's."""
        gone = self._styles.gone(run.find("./{*}rPr"), None, style)
        for child in run:
            kind = _name(child)
            if kind == "fldChar":
                self._field(_attribute(child, "fldCharType"))
            elif kind == "instrText" and self._fields:
                self._fields[-1][1] += child.text or ""
            elif kind in ("drawing", "pict", "object", "AlternateContent"):
                self._boxes += _textboxes(child)
            elif kind == "ruby":
                for inner in child.iterfind("./{*}rubyBase/{*}r"):
                    self._run(inner, href, made, style)
            elif kind in ("footnoteReference", "endnoteReference"):
                self._notes.append((kind[:-9], _attribute(child, "id"), child))
            elif not any(state == "code" for state, _ in self._fields):
                self._words(child, kind, (href, gone), made)

    def _words(self, child: Any, kind: str, how: tuple[str | None, bool], made: list[Run]) -> None:
        """The words of one element of a run: shown, or counted where they are struck or hidden."""
        href, gone = how
        if kind == "cr" or (kind == "br" and _attribute(child, "type") in ("", "textWrapping")):
            made.append(BREAK)
            return
        words = charset.clean(_shown(child, kind))[0]
        if gone:
            self._left[_GONE] += len(words.split())
            if words.strip() and not self._met[_GONE]:
                self._met[_GONE] = self._paragraphs
        elif words:
            link = href or next((_address(code) for _, code in reversed(self._fields)), None)
            at = self._put(words.replace("\n", " "))
            self.stretches.append(
                Stretch(
                    at,
                    len(words),
                    child if self._mark is None else self._mark,
                    kind != "t" or words != child.text or self._mark is not None,
                )
            )
            made.append(Run(words, link, at))

    def _put(self, words: str) -> int:
        """Add words to the source; where in it they stand."""
        at = self._length
        self._source.append(words)
        self._length += len(words)
        return at

    def _field(self, kind: str) -> None:
        """A field's instructions are no text; its result is."""
        if kind == "begin":
            self._fields.append(["code", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][0] = "result"
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _read_notes(self, kind: str) -> None:
        """The notes of a kind that the text refers to, in its order; separators are none."""
        root = self._part(f"{kind}s")
        known = {_attribute(element, "id"): element for element in _children(root)}
        marks: dict[str, Any] = {}
        for which, number, mark in self._notes:
            if which == kind and number in known:
                marks.setdefault(number, mark)
        for number, mark in marks.items():
            self._met[kind] += 1
            before = len(self.pieces.blocks)
            self._titled = True
            self._mark = mark
            self._blocks(known[number])
            self._mark = None
            self._met[kind] -= before == len(self.pieces.blocks)


class _Styles:
    """The document's styles: what they are called, and whether they strike out or hide."""

    def __init__(self, root: Any) -> None:
        self._names: dict[str, str] = {}
        self._own: dict[str, bool | None] = {}
        self._parents: dict[str, str] = {}
        for style in _children(root):
            if _name(style) != "style":
                continue
            key = _attribute(style, "styleId")
            self._names[key] = _value(style.find("./{*}name")).lower()
            self._own[key] = _struck(style.find("./{*}rPr"))
            self._parents[key] = _value(style.find("./{*}basedOn"))

    def name(self, element: Any) -> str:
        """The name in English, in small letters, of the style that an element names."""
        key = _value(element)
        return self._names.get(key) or key.lower()

    def gone(self, properties: Any, paragraph: Any, inherited: bool = False) -> bool:
        """Whether words with these properties are struck out or hidden."""
        own = _struck(properties)
        if own is not None:
            return own
        key = _value(properties.find("./{*}rStyle") if properties is not None else paragraph)
        for _ in range(20):
            if self._own.get(key) is not None:
                return bool(self._own[key])
            key = self._parents.get(key, "")
        return inherited


def _struck(properties: Any) -> bool | None:
    """Whether run properties strike out or hide; None where they don't say."""
    said = None
    for element in _children(properties):
        if _name(element) in ("strike", "dstrike", "vanish"):
            on = _attribute(element, "val").lower() not in ("0", "false", "off", "none")
            said = bool(said) or on
    return said


def _name(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    """An attribute in whatever namespace, or empty."""
    return next((str(v) for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _value(element: Any) -> str:
    return _attribute(element, "val") if element is not None else ""


def _children(root: Any) -> Iterator[Any]:
    return iter(root) if root is not None else iter(())


def _chosen(alternatives: Any) -> list[Any]:
    """What stands for an element that comes in several ways: the first that holds anything."""
    for branch in alternatives:
        if _name(branch) in ("Choice", "Fallback") and len(branch):
            return list(branch)
    return []


def _textboxes(drawing: Any) -> list[Any]:
    """The text boxes of a drawing, each once though it is written down in two ways."""
    found, stack = [], [iter([drawing])]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _name(element) == "txbxContent":
            found.append(element)
        elif _name(element) == "AlternateContent":
            for branch in element:
                if any(True for _ in branch.iter("{*}txbxContent")):
                    stack.append(iter(branch))
                    break
        elif _name(element):
            stack.append(iter(element))
    return found


def _inside(container: Any, name: str, through: tuple[str, ...] = ()) -> Iterator[Any]:
    """The elements of a name in a container, looking through what only stands around them."""
    stack = [iter(container)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif _name(element) == name:
            yield element
        elif _name(element) == "AlternateContent":
            stack.append(iter(_chosen(element)))
        elif _name(element) in _THROUGH or _name(element) in through:
            stack.append(iter(element))


def _shown(element: Any, kind: str) -> str:
    """What an element of a run shows."""
    if kind == "t":
        return element.text or ""
    if kind == "noBreakHyphen":
        return "\u2011"
    if kind == "sym":
        try:
            code = int(_attribute(element, "char"), 16)
        except ValueError:
            return ""
        # Symbol fonts keep their signs in the private area, where the number tells no letter.
        return chr(code) if 32 <= code < 0xD800 else ""
    return " " if kind in ("tab", "ptab", "br") else ""


def _address(code: str) -> str | None:
    """The address in a field's instructions, where it is a link."""
    words = code.split('"')
    return words[1] if len(words) > 2 and words[0].strip().upper() == "HYPERLINK" else None


def _words(root: Any) -> int:
    """Words of a part that is left out."""
    if root is None:
        return 0
    texts = ["".join(t.text or "" for t in p.iter("{*}t")) for p in root.iter("{*}p")]
    return sum(len(text.split()) for text in texts)
