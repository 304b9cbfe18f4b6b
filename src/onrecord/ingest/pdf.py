"""PDF to an article or a material: the text layer, its lines put back into paragraphs.

The reading is pypdf's. Heads and numbers that come back on every page are left out and said, words
broken at a line's end are joined, columns that were drawn line by line are read one after the
other. What a page may cost is counted, for a few bytes can name one stream five thousand times, or
forms that name each other.
"""

import io
import logging
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from ..records import Article, Material, Problem, Span, Turn
from . import charset
from .given import Given, counted, note
from .limits import Budget, Spent
from .pieces import Pieces, Run
from .plain import headed, make_article
from .turns import read_transcript, skipped_spans

PAGES = 5000
"""Pages of a PDF that are read."""
STEPS = 3_000_000
"""Drawing steps of all pages together; a book of a thousand pages has about a million."""
STREAM_BYTES = 60_000_000
"""Bytes of drawing instructions of all pages together, unpacked."""
PAGE_BYTES = 8_000_000
"""Bytes of one page's; a map or a plan may have more, and no text worth it."""
EDGE_LINES = 3
"""Lines at the top and bottom of a page among which heads and numbers stand."""
_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_NUMBER = re.compile(r"(?:page\s+)?[-–—\s]*\d{1,4}[-–—\s]*(?:(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_STOP = re.compile(r"[.!?:][\"'”’)\]]*$")
_TURN = re.compile(r"[A-Z][A-Z.'’ -]{1,40}:|(?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+:|[QA][.:] ")


class Line(NamedTuple):
    """A line of a page: its words and where it stands, in points from below and from the left."""

    text: str
    x: float
    y: float
    size: float


class Layer(NamedTuple):
    """The text layer of a PDF."""

    pages: list[list[Line]]
    edges: int
    """Words of heads, feet and page numbers, left out."""
    said: list[tuple[str, str]]
    """What there is to say, with what to do."""
    title: str
    author: str


def _layer(raw: bytes) -> Layer | tuple[str, str]:
    """The text layer, or what is wrong and what to do about it."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    steps, left = Budget(STEPS), Budget(STREAM_BYTES)
    pages: list[list[Line]] = []
    said: list[tuple[str, str]] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return "this PDF is encrypted.", "Save a copy without a password."
        meta = reader.metadata
        title, author = (
            (str(meta.get(key) or "") if meta else "") for key in ("/Title", "/Author")
        )
        for number, page in enumerate(reader.pages, 1):
            if number > PAGES:
                said.append((f"only the first {PAGES} pages were read.", "Split the file."))
                break
            data = _data(page)
            left.take(len(data))
            if len(data) > PAGE_BYTES:
                said.append((f"page {number} is a drawing too large to be read.", "Give its text."))
                pages.append([])
                continue
            pages.append(_lines(page, steps))
            if steps.spent:
                raise Spent
    except Spent:
        if not any(pages):
            return (
                "draws more than any article.",
                "Print it to a new PDF, or save it as plain text.",
            )
        what = f"draws more than any article; only the first {len(pages)} pages were read."
        said.append((what, "Print it to a new PDF, or save it as plain text."))
        title = author = ""
    except Exception as error:
        # The library raises whatever a damaged file makes it stumble over.
        what = f"this PDF can't be read ({type(error).__name__})."
        return what, "Save it anew, or as plain text."
    if not any(pages):
        kind = "s are pictures" if len(pages) != 1 else " is a picture"
        what = f"this PDF has no text layer: its {len(pages)} page{kind}."
        return what, "Run text recognition over it first, or give the text."
    empty = [n for n, page in enumerate(pages, 1) if not page]
    if empty:
        shown = ", ".join(map(str, empty[:8])) + (" …" if len(empty) > 8 else "")
        remedy = "If these are pictures of text, run text recognition over them."
        said.append((f"no text on page {shown}.", remedy))
    pages, edges = _without_edges(pages)
    return Layer(pages, edges, said, *(charset.clean(t.strip())[0] for t in (title, author)))


def _data(page: Any) -> bytes:
    contents = page.get_contents()
    return bytes(contents.get_data()) if contents is not None else b""


def _lines(page: Any, steps: Budget) -> list[Line]:
    """The lines of a page in the order of reading."""
    parts: list[Line] = []

    def step(*_: Any) -> None:
        steps.take()

    def said(text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        steps.take(1 + len(text) // 50)
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[0] * cm[0]) or 1.0
        for n, line in enumerate(charset.clean(text)[0].split("\n")):
            if line.strip():
                parts.append(Line(line, float(x), float(y) - n * 0.01, float(size or 1) * scale))

    whole = page.extract_text(visitor_operand_before=step, visitor_text=said) or ""
    rows = _joined(parts)
    plain = [line for line in charset.clean(whole)[0].split("\n") if line.strip()]
    if Counter(" ".join(line.text for line in rows).split()) != Counter(whole.split()):
        # The pieces don't add up to the page's words: its own order and lines must do.
        return [Line(line.strip(), 0, -12.0 * n, 10) for n, line in enumerate(plain)]
    return _by_columns(rows)


def _joined(parts: Sequence[Line]) -> list[Line]:
    """Pieces of one line that were drawn one after the other, joined."""
    rows: list[Line] = []
    for part in parts:
        last = rows[-1] if rows else None
        if last is not None and abs(last.y - part.y) < 0.3 * max(last.size, 1) and part.x >= last.x:
            gap = part.x - (last.x + 0.5 * last.size * len(last.text.rstrip()))
            if gap < 2 * last.size:
                rows[-1] = last._replace(text=last.text + part.text)
                continue
        rows.append(part)
    return [row._replace(text=" ".join(row.text.split())) for row in rows]


def _by_columns(rows: list[Line]) -> list[Line]:
    """The lines with columns one after the other, where the page was drawn across them."""
    across = [
        (a, b) for a, b in zip(rows, rows[1:], strict=False)
        if abs(a.y - b.y) < 0.3 * a.size and b.x - a.x > 6 * a.size
    ]  # fmt: skip
    if len(across) < 3 or len(across) < 0.25 * len(rows):
        return rows
    start = median(b.x for _, b in across) - 1
    right = [row for row in rows if row.x >= start]
    low, high = min(r.y for r in right), max(r.y for r in right)
    head = [row for row in rows if row.x < start and row.y > high + 1]
    foot = [row for row in rows if row.x < start and row.y < low - 1]
    left = [row for row in rows if row.x < start and low - 1 <= row.y <= high + 1]
    return [*head, *left, *right, *foot]


def _without_edges(pages: list[list[Line]]) -> tuple[list[list[Line]], int]:
    """The pages without heads, feet and numbers that come back, and how many words these had.

    Pages that hold nothing else, such as a row of slips, are left as they are.
    """
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(line) for line in (*page[:EDGE_LINES], *page[-EDGE_LINES:])})
    filled = sum(bool(page) for page in pages)
    made, words = [], 0
    for page in pages:
        kept = []
        for n, line in enumerate(page):
            edge = n < EDGE_LINES or n >= len(page) - EDGE_LINES
            back = filled > 1 and seen[_shape(line)] >= max(2, 0.5 * filled)
            if edge and (back or _NUMBER.fullmatch(line.text)):
                words += len(line.text.split())
            else:
                kept.append(line)
        made.append(kept)
    return (made, words) if any(made) else (pages, 0)


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.lower())


class Paragraph(NamedTuple):
    """Lines that belong together, each with the number of its page, from 1."""

    lines: list[tuple[int, str]]
    size: float


def paragraphs(pages: Sequence[Sequence[Line]]) -> list[Paragraph]:
    """The paragraphs of a text layer: broken by space, an indent, another size, or a last short
    line."""
    lines = [(n, line) for n, page in enumerate(pages, 1) for line in page]
    if not lines:
        return []
    gaps = [
        a.y - b.y for (m, a), (n, b) in zip(lines, lines[1:], strict=False) if m == n and a.y > b.y
    ]
    leading = median(gaps) if gaps else 12.0
    width = sorted(len(line.text) for _, line in lines)[int(0.9 * (len(lines) - 1))]
    left = Counter(round(line.x) for _, line in lines).most_common(1)[0][0]
    found = [Paragraph([(lines[0][0], lines[0][1].text)], lines[0][1].size)]
    for (m, a), (n, b) in zip(lines, lines[1:], strict=False):
        stops = bool(_STOP.search(a.text))
        apart = m == n and a.y - b.y > 1.35 * leading
        other = abs(a.size - b.size) > 0.15 * max(a.size, b.size)
        indented = m == n and b.x - a.x > 0.8 * b.size and abs(a.x - left) < 3 and a.y > b.y
        short = stops and len(a.text) < 0.75 * width
        if apart or other or indented or short or _TURN.match(b.text):
            found.append(Paragraph([(n, b.text)], b.size))
        else:
            found[-1].lines.append((n, b.text))
    return found


def _joins(words: Counter[str], first: str, second: str) -> bool:
    """Whether a hyphen at a line's end only broke a word: not where the word has it elsewhere."""
    a = re.search(r"[\w’'-]*$", first[:-1])
    b = re.match(r"\w*", second)
    one, two = (a.group() if a else "").lower(), (b.group() if b else "").lower()
    return words[f"{one}-{two}"] <= words[f"{one}{two}"]


def read_pdf_article(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a PDF with a text layer."""
    layer = _layer(raw)
    if not isinstance(layer, Layer):
        return Problem(where=name, what=layer[0], remedy=layer[1])
    known = _words(layer)
    pieces, source, length, at_page = Pieces(), [], 0, 1
    made = paragraphs(layer.pages)
    body = median(p.size for p in made for _ in p.lines)
    for paragraph in made:
        runs: list[Run] = []
        for n, (page, line) in enumerate(paragraph.lines):
            if page > at_page:
                source.append("\n" * (page - at_page))
                length += page - at_page
                at_page = page
            following = paragraph.lines[n + 1][1] if n + 1 < len(paragraph.lines) else ""
            shown = line
            if following[:1].islower() and _HYPHEN.search(line):
                shown = line[:-1] if _joins(known, line, following) else line
            elif following:
                shown = f"{line} "
            runs.append(Run(shown, None, length))
            source.append(f"{line} ")
            length += len(line) + 1
        large = paragraph.size > 1.15 * body and not pieces.blocks and not given.title
        pieces.add(runs, "headline" if large and len(paragraph.lines) < 5 else "paragraph")
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    notes = [note(name, what, remedy) for what, remedy in layer.said]
    if layer.edges:
        what = f"{counted(layer.edges, 'word')} in page headers, footers and numbers left out."
        notes.append(note(name, what, "They are no part of the text."))
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.pdf/1",
        title=given.title,
        blocks=headed(pieces, given.title),
        outlet=given.outlet,
        authors=(layer.author,) if 3 < len(layer.author) < 80 else (),
        published=given.published,
        placed_in="page",
        places=pieces.places("".join(source)),
        notes=tuple(notes),
    )


def _words(layer: Layer) -> Counter[str]:
    text = " ".join(line.text for page in layer.pages for line in page).lower()
    return Counter(re.findall(r"[\w’'-]+", text))


def read_pdf(raw: bytes, name: str, digest: str) -> tuple[Material | None, list[Problem]]:
    """The material of a PDF with a text layer, and what there is to say about it."""
    layer = _layer(raw)
    if not isinstance(layer, Layer):
        return None, [Problem(where=name, what=layer[0], remedy=layer[1])]
    known = _words(layer)
    pages = []
    for page in layer.pages:
        text = ""
        for line in page:
            if _HYPHEN.search(text) and line.text[:1].islower():
                text = text[:-1] + line.text if _joins(known, text, line.text) else text + line.text
            else:
                text = f"{text}\n{line.text}" if text else line.text
        pages.append(text)
    return _material(pages, name, digest), [note(name, what, remedy) for what, remedy in layer.said]


def _material(pages: list[str], name: str, digest: str) -> Material:
    text = "\n\n".join(pages)
    bounds, start = [], 0
    for page in pages:
        bounds.append(Span(start, start + len(page)))
        start += len(page) + 2
    made = read_transcript(text, bounds)
    said = list(made.turns) or [Turn(span=Span(0, len(text)))]
    turns = []
    for number, page_span in enumerate(bounds, 1):
        for turn in said:
            left = max(turn.span.start, page_span.start)
            right = min(turn.span.end, page_span.end)
            if left < right:
                turns.append(
                    Turn(
                        span=Span(left, right),
                        speaker=turn.speaker,
                        time=turn.time,
                        page=number,
                        change=turn.change and left == turn.span.start,
                    )
                )
    # A sentence runs on over the end of a page.
    holes = [(one.end, two.start) for one, two in pairwise(bounds)]
    holes += [(hole.start, hole.end) for hole in made.skipped]
    return Material(
        name=name,
        text=text,
        turns=tuple(turns),
        raw_digest=digest,
        skipped=skipped_spans(holes),
    )
