"""PDF to a material: the text layer page by page. The reading is pypdf's."""

import io
import logging
import re

from ..records import Material, Problem, Span, Turn
from . import charset
from .turns import find_turns

_HYPHEN = re.compile(r"(?<=[a-z])[-\u00ad\u2010]\n(?=[a-z])")
PAGES = 5000
"""Pages of a PDF that are read."""


def read_pdf(raw: bytes, name: str, digest: str) -> tuple[Material | None, list[Problem]]:
    """The material of a PDF with a text layer, and what there is to say about it."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            remedy = "Save a copy without a password."
            return None, [Problem(where=name, what="this PDF is encrypted.", remedy=remedy)]
        pages = [page.extract_text() or "" for page in reader.pages[:PAGES]]
    except Exception as error:
        # The library raises whatever a damaged file makes it stumble over.
        what = f"this PDF can't be read ({type(error).__name__})."
        return None, [Problem(where=name, what=what, remedy="Save it anew, or as plain text.")]
    pages = [_HYPHEN.sub("", charset.clean(page)[0]).strip() for page in pages]
    if not any(pages):
        what = f"this PDF has no text layer: its {len(pages)} page{'s are' if len(pages) != 1 else ' is a'} picture{'s' if len(pages) != 1 else ''}."
        remedy = "Run text recognition over it first, or give the text."
        return None, [Problem(where=name, what=what, remedy=remedy)]
    empty = [n for n, page in enumerate(pages, 1) if not page]
    problems = []
    if empty:
        shown = ", ".join(map(str, empty[:8])) + (" …" if len(empty) > 8 else "")
        problems.append(
            Problem(
                where=name,
                what=f"no text on page {shown}.",
                remedy="If these are pictures of text, run text recognition over them.",
                fatal=False,
            )
        )
    return _material(pages, name, digest), problems


def _material(pages: list[str], name: str, digest: str) -> Material:
    text = "\n\n".join(pages)
    bounds, start = [], 0
    for page in pages:
        bounds.append(Span(start, start + len(page)))
        start += len(page) + 2
    said = list(find_turns(text)) or [Turn(span=Span(0, len(text)))]
    turns = []
    for number, page_span in enumerate(bounds, 1):
        for turn in said:
            left = max(turn.span.start, page_span.start)
            right = min(turn.span.end, page_span.end)
            if left < right:
                turns.append(
                    Turn(span=Span(left, right), speaker=turn.speaker, time=turn.time, page=number)
                )
    return Material(name=name, text=text, turns=tuple(turns), raw_digest=digest)
