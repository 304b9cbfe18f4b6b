"""Mail (EML) and saved pages (MHTML) to an article: subject, sender, date and the words of the
message.

The parsing is the standard library's. Of a part in several forms the plain one is read, unless it
only says that there is another; of a saved page its HTML. Attachments are left out and said.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import getaddresses
from typing import Any

import msgspec

from ..records import Anchor, Article, Block, Link, Problem, Span
from . import charset
from .fields import as_date
from .given import Given, counted, note, struck_out
from .plain import make_article

PARTS = 500
"""Parts of a message that are looked at."""


def read_mail(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a message: its subject is the headline, its sender the author."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        parts = list(_parts(message))
        seen = [part for part in parts if not _attached(part)]
        subject, sender, day = (_header(message, key) for key in ("subject", "from", "date"))
    except (
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        # The parser raises whatever a damaged header makes it stumble over.
        what = f"this mail can't be read ({type(error).__name__})."
        return Problem(where=name, what=what, remedy="Save its text as a .txt file.")
    names = tuple(n or address for n, address in getaddresses([sender]) if n or address)
    saved = (
        message.get_content_type() == "multipart/related" and "snapshot-content-location" in message
    )
    pages = [part for part in seen if _is_page(part)]
    chosen = (pages or seen)[:1] if saved else seen
    if not chosen:
        return Problem(where=name, what="this mail holds no text.", remedy="Save the attachment by"
                                                            " itself.")  # fmt: skip
    texts: list[tuple[str, bool]] = []
    notes = []
    for part in chosen:
        text, problems = _text(part, name)
        notes += problems
        texts.append((text, _is_page(part)))
    left = [p for p in parts if _attached(p)]
    if left:
        were = "were" if len(left) > 1 else "was"
        what = f"{counted(len(left), 'attachment')} {were} left out."
        notes.append(note(name, what, "Save what belongs to the story as a file of its own."))
    stated = msgspec.structs.replace(given, title=given.title or subject or None)
    made = _article(texts, saved, name, digest, stated)
    if isinstance(made, Problem):
        return made
    if not saved:
        # Where a part begins in the file is known, where its lines do is not once it is encoded.
        begins = max(0, raw.replace(b"\r\n", b"\n").find(b"\n\n"))
        line = raw.replace(b"\r\n", b"\n").count(b"\n", 0, begins) + 3
        front = len(made.text.partition("\n\n")[0]) + 2 if stated.title else 0
        places = (
            (Anchor(0, 1, 1), Anchor(front, line - 1, 1)) if front else (Anchor(0, line - 1, 1),)
        )
        made = msgspec.structs.replace(made, places=places)
    return msgspec.structs.replace(
        made,
        authors=made.authors or ("" if saved else names) or (),
        published=made.published or as_date(day),
        notes=(*notes, *made.notes),
    )


def _article(
    texts: list[tuple[str, bool]], saved: bool, name: str, digest: str, given: Given
) -> Article | Problem:
    """The article of a message's parts, each a text and whether it is HTML."""
    if saved and texts[0][1]:
        from .html import read_html

        made = read_html(texts[0][0], name, digest, msgspec.structs.replace(given, title=None))
        return made if isinstance(made, Problem) else msgspec.structs.replace(made, places=())
    parts = [_pieces(text) if page else (text.strip("\n"), (), (), 0) for text, page in texts]
    parts = [part for part in parts if part[0].strip()]
    if not parts:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    links: list[Link] = []
    start = 0
    for text, _, own, _ in parts:
        links += (
            Link(span=Span(k.span.start + start, k.span.end + start), href=k.href) for k in own
        )
        start += len(text) + 2
    return make_article(
        "\n\n".join(part[0] for part in parts),
        blocks=parts[0][1] or None if len(parts) == 1 else None,
        links=tuple(links),
        input=name,
        raw_digest=digest,
        extractor="onrecord.mail/1",
        title=given.title,
        outlet=given.outlet,
        published=given.published,
        notes=struck_out(name, sum(part[3] for part in parts)),
    )


def _pieces(page: str) -> tuple[str, tuple[Block, ...], tuple[Link, ...], int]:
    """The text of a part in HTML, its blocks and its links, and how many words are struck out."""
    from .fragment import read_fragment

    pieces = read_fragment(page)
    return pieces.text, tuple(pieces.blocks), tuple(pieces.links), pieces.struck


def _parts(message: Message) -> Iterator[EmailMessage]:
    """The parts without parts of their own, of several forms of the same only one; what is in a
    forwarded message is an attachment."""
    stack: list[Any] = [message]
    seen = 0
    while stack and seen < PARTS:
        part = stack.pop(0)
        seen += 1
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            parts = part.get_payload()
            if part.get_content_subtype() == "alternative":
                parts = _best_form(parts)
            stack = [*parts, *stack]
        else:
            yield part


def _best_form(forms: list[Any]) -> list[Any]:
    """The plain one of several forms of the same; another where that holds less than half."""
    plain = [form for form in forms if form.get_content_type() == "text/plain"]
    others = [form for form in forms if form not in plain]
    if not plain or not others:
        return plain[:1] or others[-1:]
    pages = [form for form in others[-1].walk() if _is_page(form)]
    if not pages:
        return plain[:1]
    words, full = (
        len(_text(plain[0], "")[0].split()),
        len(_pieces(_text(pages[0], "")[0])[0].split()),
    )
    return plain[:1] if 2 * words >= full else others[-1:]


def _is_page(part: Any) -> bool:
    return bool(part.get_content_type() == "text/html")


def _attached(part: Any) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_type() not in (
        "text/plain", "text/html",
    )  # fmt: skip


def _header(message: Any, key: str) -> str:
    try:
        value = str(message[key] or "")
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""
    return charset.clean(" ".join(value.split()))[0]


def _text(part: Any, name: str) -> tuple[str, list[Problem]]:
    """The text of a part, in the encoding that its header names."""
    raw = part.get_payload(decode=True) or b""
    text, problems = charset.text_of(
        raw, name, html=part.get_content_type() == "text/html", label=part.get_content_charset()
    )
    if part.get_content_charset():
        problems = []
    text = charset.clean(text or "")[0]
    if part.get_content_type() == "text/plain" and part.get_param("format") == "flowed":
        text = re.sub(r" \n(?!>|-- )", " ", text)
    return text, problems
