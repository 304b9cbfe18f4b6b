"""An article as a DOCX with comments at its words, for Word, Google Docs and LibreOffice.

Where the article was read from a DOCX, the comments go into that file: their marks are written
between its bytes, so that tracked changes, styles, notes and all other parts stay what they were,
byte for byte. Any other article becomes a new document. Where comments can't stand (a footnote, a
text box), they hang on the mark or the paragraph that leads there.
"""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from xml.parsers import expat

from lxml import etree

from ..ingest.docx import Layout, Stretch, layout_of
from ..ingest.limits import LimitError, Package
from ..records import Article, Finding, Lint, Span
from ..text.places import Places
from ..text.spans import text_of

AUTHOR, INITIALS = "onrecord", "or"
_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STYLES = {"headline": "Title", "standfirst": "Subtitle", "caption": "Caption", "quote": "Quote"}
_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_CHARACTER = re.compile(r"&[^;]*;|\r\n|[\s\S]")
MAX_EVIDENCE = 6
"""Further places that a comment names."""


class Note(NamedTuple):
    """What is to be said at some words of an article."""

    span: Span
    text: str


def notes(lint: Lint) -> list[Note]:
    """A comment for each finding: its code, what is there and what to ask, the evidence."""
    return [Note(f.span, _said(lint.analysis.article, f)) for f in lint.findings]


def _said(article: Article, finding: Finding) -> str:
    places, unit = Places(article), article.placed_in if article.row is None else "line"
    lines = [f"{finding.code} {finding.name} ({finding.severity})", finding.message]
    for related in finding.related[:MAX_EVIDENCE]:
        number, _ = places.line_column(related.span.start)
        words = " ".join(text_of(article.text, related.span).split())
        words = words if len(words) <= 70 else words[:67] + "…"
        lines.append(f"{unit} {number}: {related.label}: “{words}”")
    if len(finding.related) > MAX_EVIDENCE:
        lines.append(f"and {len(finding.related) - MAX_EVIDENCE} further places")
    return "\n".join(lines)


def made_anew(
    articles: Iterable[tuple[Article, Sequence[Note]]], *, no_text: bool = False
) -> bytes:
    """The articles one after the other as a new document, with comments at their words.

    With `no_text` every run of words is `…`.
    """
    from docx import Document

    document = Document()
    for article, said in articles:
        runs: list[tuple[Span, Any]] = []
        cuts = sorted({offset for n in said for offset in (n.span.start, n.span.end)})
        for block in article.blocks:
            paragraph = document.add_paragraph(style=_STYLES.get(block.role))
            inside = [c for c in cuts if block.span.start < c < block.span.end]
            bounds = [block.span.start, *inside, block.span.end]
            for start, end in zip(bounds, bounds[1:], strict=False):
                words = "…" if no_text else _xml(article.text[start:end])
                runs.append((Span(start, end), paragraph.add_run(words)))
        starts = [span.start for span, _ in runs]
        for note in said:
            if runs:
                first = max(0, bisect_right(starts, note.span.start) - 1)
                last = max(first, bisect_right(starts, max(note.span.start, note.span.end - 1)) - 1)
                document.add_comment(
                    [runs[first][1], runs[last][1]], _xml(note.text), AUTHOR, INITIALS
                )
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def annotated(raw: bytes, article: Article, said: Sequence[Note]) -> bytes | None:
    """The DOCX that an article was read from, with comments at its words.

    Null where comments can't be written into it: a damaged package, or one of another dialect
    (ISO strict).
    """
    try:
        package = Package(raw)
        layout = layout_of(package)
        if etree.QName(layout.root).namespace != _WORDS or not layout.stretches:
            return None
        parts = _Parts(package, layout.main)
        numbers = [parts.add(note.text) for note in said]
        spans = [_in_source(article, layout, note.span) for note in said]
        body = _Body(package, layout)
        for number, (start, end) in zip(numbers, spans, strict=True):
            body.mark(number, start, end)
        return _zipped(raw, {**parts.written(), layout.main: body.written()})
    except (
        zipfile.BadZipFile, etree.LxmlError, expat.ExpatError, LimitError, KeyError, ValueError,
        OSError, EOFError, NotImplementedError, RuntimeError,
    ):  # fmt: skip
        return None


def _in_source(article: Article, layout: Layout, span: Span) -> tuple[int, int]:
    """A span's first and last word's place in the document's source: half-open."""
    places = Places(article)
    starts = [0, *(match.end() for match in re.finditer("\n", layout.source))]

    def offset(of: int) -> int:
        paragraph, column = places.in_file(of)
        return starts[max(0, min(paragraph, len(starts)) - 1)] + column - 1

    start = offset(span.start)
    return start, max(start, offset(max(span.start, span.end - 1))) + 1


@dataclass
class _Cut:
    """What is written between two bytes of the main part."""

    ends: list[bytes] = field(default_factory=list)
    starts: list[bytes] = field(default_factory=list)
    around: tuple[bytes, bytes] = (b"", b"")
    """What closes the run that is parted here, and opens it again."""


class _Body:
    """The bytes of the main part, and what is to be written between them."""

    def __init__(self, package: Package, layout: Layout) -> None:
        self._raw = package.read(layout.main) or b""
        if (layout.root.getroottree().docinfo.encoding or "UTF-8").upper() not in (
            "UTF-8", "ASCII", "US-ASCII",
        ):  # fmt: skip
            self._raw = etree.tostring(
                layout.root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        self._stretches = layout.stretches
        self._at = [stretch.at for stretch in layout.stretches]
        self._number = {element: n for n, element in enumerate(layout.root.iter("*"))}
        self._places = _places(self._raw)
        self._cuts: dict[int, _Cut] = {}
        self._preserved: set[int] = set()

    def mark(self, number: int, start: int, end: int) -> None:
        """Have a comment stand at a stretch of the source."""
        first = max(0, bisect_right(self._at, start) - 1)
        if start >= self._at[first] + self._stretches[first].length:
            first = min(first + 1, len(self._at) - 1)
        last = max(first, bisect_right(self._at, end - 1) - 1)
        opening, closing = self._stretches[first], self._stretches[last]
        name = self._prefix(opening.element)
        a, cut = self._cut(opening, max(0, start - opening.at), before=True)
        b, other = self._cut(closing, min(closing.length, end - closing.at), before=False)
        if b <= a:
            b, other = self._after(opening)
        cut.starts.append(_element(name, "commentRangeStart", number))
        other.ends.append(_element(name, "commentRangeEnd", number) + _reference(name, number))
        self._cuts[a], self._cuts[b] = cut, other

    def _cut(self, stretch: Stretch, index: int, *, before: bool) -> tuple[int, _Cut]:
        """The byte at which the run is parted, before or behind the code point of a stretch."""
        element, run = stretch.element, stretch.element.getparent()
        if stretch.whole or self._owner(element) is not run or not _is(run, "r"):
            return self._before(stretch) if before else self._after(stretch)
        start, inner, close, end = self._place(element)
        edge = 0 if before else stretch.length
        if index == edge:
            beside = element.getprevious() if before else element.getnext()
            if beside is None or (before and _is(beside, "rPr")):
                return self._before(stretch) if before else self._after(stretch)
            at = start if before else end
            return at, self._parted(at, element, inside=False)
        bounds = _bytes(self._raw[inner:close])
        if bounds is None or len(bounds) != stretch.length + 1:
            return self._before(stretch) if before else self._after(stretch)
        at = inner + bounds[min(index, stretch.length)]
        self._preserved.add(self._number[element])
        return at, self._parted(at, element, inside=True)

    def _parted(self, at: int, element: Any, *, inside: bool) -> _Cut:
        """The cut inside a run, which is closed before it and opened anew behind it."""
        if at in self._cuts:
            return self._cuts[at]
        run, prefix = element.getparent(), self._prefix(element)
        start, inner, _, _ = self._place(run)
        opened = self._raw[start:inner]
        properties = run.find(f"{{{_WORDS}}}rPr")
        if properties is not None:
            begin, _, _, finish = self._place(properties)
            opened += self._raw[begin:finish]
        closed = f"</{prefix}r>".encode()
        if inside:
            closed = f"</{prefix}t>".encode() + closed
            opened += f'<{prefix}t xml:space="preserve">'.encode()
        return _Cut(around=(closed, opened))

    def _before(self, stretch: Stretch) -> tuple[int, _Cut]:
        at = self._place(self._owner(stretch.element))[0]
        return at, self._cuts.get(at, _Cut())

    def _after(self, stretch: Stretch) -> tuple[int, _Cut]:
        at = self._place(self._owner(stretch.element))[3]
        return at, self._cuts.get(at, _Cut())

    @staticmethod
    def _owner(element: Any) -> Any:
        """The outermost run, or set of alternatives, around an element: marks stand beside it."""
        found = element
        inside = [above for above in element.iterancestors() if _is(above, "p")]
        for above in element.iterancestors():
            if inside and above is inside[-1]:
                break
            if _is(above, "r") or etree.QName(above).localname == "AlternateContent":
                found = above
        return found

    def _prefix(self, element: Any) -> str:
        return f"{element.prefix}:" if element.prefix else ""

    def _place(self, element: Any) -> tuple[int, int, int, int]:
        """Bytes at which an element begins, its content begins and ends, and it ends."""
        return self._places[self._number[element]]

    def written(self) -> bytes:
        """The bytes with all that was to be written between them."""
        for number in self._preserved:
            start, inner, _, _ = self._places[number]
            if b"xml:space" not in self._raw[start:inner]:
                self._cuts[inner - 1] = _Cut(around=(b' xml:space="preserve"', b""))
        parts, last = [], 0
        for at, cut in sorted(self._cuts.items()):
            closed, opened = cut.around
            parts += [self._raw[last:at], closed, *cut.ends, *cut.starts, opened]
            last = at
        return b"".join([*parts, self._raw[last:]])


def _is(element: Any, name: str) -> bool:
    return element is not None and element.tag == f"{{{_WORDS}}}{name}"


def _element(prefix: str, name: str, number: int) -> bytes:
    if prefix:
        return f'<{prefix}{name} {prefix}id="{number}"/>'.encode()
    return f'<w:{name} xmlns:w="{_WORDS}" w:id="{number}"/>'.encode()


def _reference(prefix: str, number: int) -> bytes:
    """The run that holds a comment's mark, in the style that Word gives it."""
    inner = _element(prefix, "commentReference", number).decode()
    p = prefix or "w:"
    declared = "" if prefix else f' xmlns:w="{_WORDS}"'
    style = f'<{p}rPr><{p}rStyle {p}val="CommentReference"/></{p}rPr>'
    return f"<{p}r{declared}>{style}{inner}</{p}r>".encode()


def _places(raw: bytes) -> list[tuple[int, int, int, int]]:
    """Where each element stands, in the order of their beginnings: bytes of its begin, of its
    content's begin and end, and of its end."""
    made: list[tuple[int, int, int, int]] = []
    stack: list[tuple[int, int, int]] = []
    parser = expat.ParserCreate()

    def begin(name: str, attributes: dict[str, str]) -> None:
        start = parser.CurrentByteIndex
        match = _TAG.match(raw, start)
        if match is None:
            raise ValueError(name)
        stack.append((len(made), start, match.end()))
        made.append((start, match.end(), match.end(), match.end()))

    def finish(name: str) -> None:
        number, start, inner = stack.pop()
        close = parser.CurrentByteIndex
        if not raw.startswith(b"/>", inner - 2):
            made[number] = (start, inner, close, raw.index(b">", close) + 1)

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.Parse(raw, True)
    return made


def _bytes(raw: bytes) -> list[int] | None:
    """Where each character of an element's text begins in its bytes, and where the last ends.

    Null where the text is more than text: comments, sections of character data.
    """
    if b"<" in raw:
        return None
    bounds = [0]
    for match in _CHARACTER.finditer(raw.decode("utf-8")):
        bounds.append(bounds[-1] + len(match.group().encode()))
    return bounds


class _Parts:
    """The parts of a package beside the main one that comments need."""

    def __init__(self, package: Package, main: str) -> None:
        from docx.opc.packuri import PackURI
        from docx.package import Package as Word
        from docx.parts.comments import CommentsPart

        self._package = package
        folder = PurePosixPath(main)
        self._relations = str(folder.parent / "_rels" / f"{folder.name}.rels").removeprefix("./")
        self._name = self._known(folder.parent)
        self._new = self._name is None
        if self._name is None:
            stem, number = folder.parent / "comments", 1
            self._name = f"{stem}.xml"
            while self._name in package.names:
                number += 1
                self._name = f"{stem}{number}.xml"
            self._part = CommentsPart.default(Word())
        else:
            raw = package.read(self._name)
            if raw is None:
                raise KeyError(self._name)
            self._part = CommentsPart.load(PackURI(f"/{self._name}"), _KIND, raw, Word())

    def _known(self, folder: PurePosixPath) -> str | None:
        """The name of the part that holds the document's comments, if it has any."""
        root = self._package.xml(self._relations)
        for relation in root if root is not None else ():
            if relation.get("Type") == _COMMENTS:
                target = str(relation.get("Target"))
                return target[1:] if target.startswith("/") else str(folder / target)
        return None

    def add(self, text: str) -> int:
        """Add a comment; its number."""
        comment = self._part.comments.add_comment(_xml(text), AUTHOR, INITIALS)
        return int(comment.comment_id)

    def written(self) -> dict[str, bytes]:
        """The parts that are new or changed, by name."""
        assert self._name is not None
        made = {self._name: bytes(self._part.blob)}
        if self._new:
            kinds = self._package.read("[Content_Types].xml") or b""
            override = f'<Override PartName="/{self._name}" ContentType="{_KIND}"/>'
            made["[Content_Types].xml"] = _inserted(kinds, "Types", override)
            known = self._package.read(self._relations) or _NO_RELATIONS
            number = 1
            while f'"onrecord{number}"'.encode() in known:
                number += 1
            relation = (
                f'<Relationship Id="onrecord{number}" Type="{_COMMENTS}" Target="/{self._name}"/>'
            )
            made[self._relations] = _inserted(known, "Relationships", relation)
        return made


_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
    b'"http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


def _inserted(raw: bytes, root: str, element: str) -> bytes:
    """A part's bytes with one more element before the root's end, in the root's namespace."""
    ends = list(re.finditer(rb"</((?:[\w.-]+:)?)%b\s*>\s*$" % root.encode(), raw))
    if not ends:
        raise ValueError(root)
    prefix = ends[0][1].decode()
    return (
        raw[: ends[0].start()]
        + element.replace("<", f"<{prefix}").encode()
        + raw[ends[0].start() :]
    )


def _zipped(raw: bytes, changed: dict[str, bytes]) -> bytes:
    """The package with some parts changed and some added; the others are copied."""
    buffer, package = io.BytesIO(), Package(raw)
    left = dict(changed)
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            data = left.pop(entry.filename, None)
            if data is None:
                data = package.read(entry.filename) or b""
            new.writestr(entry, data, compress_type=entry.compress_type)
        for name, data in left.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            new.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _xml(words: str) -> str:
    """Words without the control characters that XML can't hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", words)
