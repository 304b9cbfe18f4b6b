"""Articles in fields: what JSON, JSON Lines and tables call an article's text, title, date and the
rest.

The names are ours, the news agencies' (ninjs), the web's (schema.org, JSON Feed, WordPress) and
trafilatura's. What a field holds is believed; markup in a text is read as markup, and said.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any, NamedTuple

import msgspec

from ..records import Anchor, Article, Problem
from ..text.lines import Lines
from . import charset
from .documents import finished
from .given import Given, counted, note, struck_out
from .plain import make_article

TEXT = (
    "text", "raw_text", "body", "content", "body_text", "articleBody", "content_text", "maintext",
    "full_text", "fulltext", "article", "story", "body_xhtml", "body_html", "content_html", "html",
    "bodies",
)  # fmt: skip
TITLE = ("title", "headline", "headlines", "heading")
URL = ("url", "link", "canonical_url", "canonicalUrl", "permalink", "uri")
OUTLET = (
    "outlet", "sitename", "site_name", "publisher", "publication", "provider", "newspaper",
    "source",
)  # fmt: skip
PUBLISHED = (
    "published", "date", "datePublished", "date_published", "published_at", "publishedAt",
    "pubDate", "pub_date", "publication_date", "date_publish", "versioncreated", "firstcreated",
    "timestamp",
)  # fmt: skip
AUTHORS = ("authors", "author", "byline", "bylines", "by", "creator")
LANGUAGE = ("language", "lang", "inLanguage")
KNOWN = (
    "id, title, text, url, outlet, published, authors (and what ninjs, schema.org, WordPress and"
    " trafilatura call them)"
)
_READ = frozenset((*TITLE, *URL, *OUTLET, *PUBLISHED, *AUTHORS, *LANGUAGE, "id", "text_format"))
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[^<>]{0,500}>")
FEWEST_LEFT = 3
"""Words of a field that nobody reads, from which on it is named."""
_BLOCK_TAG = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|table|section|article|figure|body"
    r"|html)\b[^<>]{0,300}/?>",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</(?:a|b|i|em|strong|span|u|q|cite|sup|sub|small|p|div)\s*>|<(?:a\s+href|img\s)[^<>]{0,500}>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{2,6}|#x[0-9a-f]{2,5}|[lr][ds]quo|nbsp|amp|quot|[mn]dash|hellip"
                     r"|apos);", re.IGNORECASE)  # fmt: skip


class Literal(NamedTuple):
    """How a value is written in its file: from which offset of the value on it stands where."""

    source: str
    """The file, or the line of it."""
    offsets: Sequence[int]
    """Of the value, in order, where a stretch begins that stands in the file as it is."""
    places: Sequence[int]
    """Where in the source each stretch begins."""
    first_line: int = 1
    first_column: int = 1
    """Where in the file the source begins."""

    def place(self, offset: int) -> int:
        """Where in the source an offset of the value stands."""
        n = max(0, bisect_right(self.offsets, offset) - 1)
        return self.places[n] + offset - self.offsets[n] if self.places else 0

    def anchors(self, offsets: Sequence[tuple[int, int]]) -> tuple[Anchor, ...]:
        """Anchors for pairs of an offset of the article and one of the source."""
        lines = Lines(self.source)
        made = []
        for offset, at in offsets:
            line, column = lines.line_column(at)
            wide = lines.utf16(at)[1] - column
            column += self.first_column - 1 if line == 1 else 0
            made.append(Anchor(offset, line + self.first_line - 1, column, wide))
        return tuple(made)


class Item(NamedTuple):
    """One article in fields, and where it was found."""

    fields: Mapping[str, Any]
    where: str
    """What it is called where it has no `id`."""
    path: str
    row: int
    literal: Callable[[Sequence[str | int], str], Literal | None]
    """How the value under these keys is written in the file."""


def article_of(item: Item, given: Given, seen: set[str]) -> Iterator[Article | Problem]:
    """The article of an item; every fault is said."""
    fields = item.fields
    keys, text = _text(fields)
    if text is None:
        what = 'has no "text".' if "text" not in fields else '"text" is not a string.'
        here = ", ".join(str(key)[:30] for key in list(fields)[:12])
        remedy = f"Known fields: {KNOWN}. Fields here: {here or 'none'}."
        yield Problem(where=item.where, what=what, remedy=remedy)
        return
    name = fields.get("id")
    if name is not None and not isinstance(name, (str, int)):
        what = '"id" is not a string.'
        yield Problem(where=item.where, what=what, remedy="Give a string or none.")
        return
    key = charset.clean(str(name))[0] if name not in (None, "") else item.where
    if key in seen:
        what = f"the id {key!r} occurs a second time."
        yield Problem(where=key, what=what, remedy="Give each article its own id.")
        return
    seen.add(key)
    if len(keys) == 2 and isinstance(inner := fields[str(keys[0])], dict):
        fields = {**inner, **fields}  # what it says of itself where the words are
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    raw, problems = text, []
    text, changed = charset.clean(text)
    if not text.strip():
        yield Problem(where=key, what="the text is empty.", remedy="Give the article's text.")
        return
    if changed:
        problems.append(charset.replaced(key))
    text, garbled = charset.repaired(text, key, repair=given.repair)
    problems += [garbled] if garbled else []
    published, fault = _published(fields, key)
    problems += [fault] if fault else []
    reading: dict[str, Any] = {
        "input": key,
        "raw_digest": digest,
        "title": _title(fields) or given.title,
        "url": _link(fields) or _address(fields.get("source")),
        "outlet": _outlet(fields) or given.outlet,
        "authors": _authors(fields),
        "published": published or given.published,
        "language": _language(fields),
        "path": item.path,
        "row": item.row,
    }
    literal = item.literal(keys, raw)
    said = str(fields.get("text_format") or "").lower()
    if said in ("html", "xhtml") or (not said and looks_like_html(text, keys)):
        made = _from_html(text, reading, literal)
        if not said:
            what = "the text holds HTML and was read as HTML."
            remedy = 'Say "text_format": "text" to have it kept as it is.'
            made = msgspec.structs.replace(made, notes=(note(key, what, remedy), *made.notes))
    else:
        if literal is not None:
            shift = len(raw) - len(raw.removeprefix("\ufeff"))
            placed = zip(literal.offsets, literal.places, strict=True)
            pairs = [(max(0, o - shift), p) for o, p in placed]
            reading["places"] = literal.anchors(pairs) if len(raw) - shift == len(text) else ()
        reading["places"] = reading.get("places") or (Anchor(0, item.row, 1),)
        made = make_article(text, extractor="onrecord.json/1", **reading)
    if unread := _unread(fields, keys, key, made.text):
        made = msgspec.structs.replace(made, notes=(*made.notes, *unread))
    yield from finished(made, key, problems, given)


def looks_like_html(text: str, keys: Sequence[str | int] = ()) -> bool:
    """Whether a text is markup: it has paragraphs in tags, or closing tags, or characters as
    entities."""
    if keys and "html" in str(keys[0]):
        return True
    if _BLOCK_TAG.search(text) or len(_ENTITY.findall(text[:20_000])) > 1:
        return True
    return bool(_TAG.search(text))


def _from_html(text: str, reading: dict[str, Any], literal: Literal | None) -> Article:
    """The article of a field in HTML: all that it shows, for a field holds no furniture."""
    from .fragment import read_fragment

    pieces = read_fragment(text)
    if not pieces.blocks:
        return make_article(text, extractor="onrecord.json/1", **reading)
    if literal is not None:
        pairs = [(offset, literal.place(at)) for offset, at in pieces.anchors]
        reading["places"] = literal.anchors(pairs)
    return make_article(
        pieces.text,
        extractor="onrecord.json/1",
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        notes=struck_out(reading["input"], pieces.struck),
        **reading,
    )


def _first(fields: Mapping[str, Any], names: Sequence[str]) -> Any:
    """The value under the first of some names that holds anything."""
    return next(
        (fields[name] for name in names if fields.get(name) not in (None, "", [], {})), None
    )


def _text(fields: Mapping[str, Any]) -> tuple[list[str | int], str | None]:
    """The text and the keys that lead to it."""
    if isinstance(fields.get("text"), str):
        return ["text"], fields["text"]
    if fields.get("text") is not None and not isinstance(fields["text"], dict):
        return [], None
    for name in TEXT:
        value = fields.get(name)
        if isinstance(value, str) and value.strip():
            return [name], value
        if isinstance(value, dict):
            for key in _INNER:
                if isinstance(value.get(key), str) and value[key].strip():
                    return [name, key], value[key]
        if name == "bodies" and isinstance(value, list):
            bodies = [(n, b) for n, b in enumerate(value) if isinstance(b, dict)]
            told = [(n, b) for n, b in bodies if str(b.get("value") or "").strip()]
            if told:
                n, body = min(told, key=lambda pair: _rank(pair[1]))
                return [name, n, "value"], str(body["value"])
        elif isinstance(value, (list, dict)) and (parts := list(_parts(value))):
            return [], "\n\n".join(parts)
    return [], None


_INNER = ("rendered", "html", "content", "text", "value", "#text")
"""What the words of a field are called inside it."""
_OUTER = ("blocks", "content", "children", "data", "items")
"""What the parts of a field are called inside it."""


def _parts(value: Any, depth: int = 0) -> Iterator[str]:
    """The words of a field that holds blocks, a block each."""
    if depth > 8:
        return
    if isinstance(value, list):
        for one in value:
            if isinstance(one, str):
                yield from [one] if depth == 0 and one.strip() else []
            else:
                yield from _parts(one, depth + 1)
    elif isinstance(value, dict):
        words = [value[key] for key in _INNER if isinstance(value.get(key), str)]
        if words:
            yield from words[:1] if words[0].strip() else []
            return
        for key in _OUTER:
            if isinstance(value.get(key), (list, dict)):
                yield from _parts(value[key], depth + 1)


def _unread(
    fields: Mapping[str, Any], keys: Sequence[str | int], key: str, text: str
) -> tuple[Problem, ...]:
    """What to say of fields that nobody reads and that hold words which the text has not."""
    left = []
    read: set[str] = set()
    for name, value in fields.items():
        if name in _READ or name in keys or not isinstance(value, str) or value.count(" ") < 2:
            continue
        read = read or set(_WORD.findall(text.lower()))
        words = _WORD.findall(unescape(_MARKUP.sub(" ", value)).lower())
        if len(words) >= FEWEST_LEFT and not read.issuperset(words):
            left.append(f'"{str(name)[:30]}" ({counted(len(words), "word")})')
    if not left:
        return ()
    what = f"left out what these fields hold: {', '.join(left[:8])}{' …' * (len(left) > 8)}."
    return (note(key, what, 'If it is part of the article, put it into "text".'),)


def _rank(body: Mapping[str, Any]) -> tuple[bool, bool]:
    """Which of an agency's bodies comes first: one with paragraphs in it, then the main one.

    A caption or a summary is no article where there is anything else.
    """
    role = str(body.get("role") or "main").lower()
    whole = role in ("main", "richtext", "text", "body", "article")
    return not whole, "html" not in str(body.get("contenttype") or "").lower()


def _title(fields: Mapping[str, Any]) -> str | None:
    value = _first(fields, TITLE)
    if isinstance(value, list) and value:
        mains = [one for one in value if isinstance(one, dict) and one.get("role") == "main"]
        value = (mains or value)[0]
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("value") or value.get("text")
    title = _string(value)
    if title and _TAG.search(title):
        title = re.sub(r"<[^<>]{1,300}>", "", title)
    return unescape(title) if title else None


def _outlet(fields: Mapping[str, Any]) -> str | None:
    value = _first(fields, OUTLET)
    if value is None and isinstance(fields.get("infosources"), list):
        value = next((one for one in fields["infosources"] if isinstance(one, dict)), None)
    if isinstance(value, dict):
        value = value.get("name")
    name = _string(value)
    return name if name and not _address(name) else None


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    value = _first(fields, AUTHORS)
    names = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if text := _string(name):
            names += [re.sub(r"^by\s+", "", part.strip(), flags=re.I) for part in text.split(";")]
    return tuple(dict.fromkeys(name for name in names if name))


def _language(fields: Mapping[str, Any]) -> str | None:
    value = _string(_first(fields, LANGUAGE))
    return value[:2].lower() if value and re.fullmatch(r"[A-Za-z]{2}(?:[-_]\w+)?", value) else None


def _published(fields: Mapping[str, Any], key: str) -> tuple[date | None, Problem | None]:
    value = _first(fields, PUBLISHED)
    if value is None:
        return None, None
    day = as_date(value)
    if day is not None:
        return day, None
    what = f"the date {str(value)[:40]!r} can't be read and was left out."
    return None, note(key, what, "Give it as YYYY-MM-DD.")


def _link(fields: Mapping[str, Any]) -> str | None:
    """The article's address; an agency's `uri` is one only where it is on the web."""
    value = _string(_first(fields, URL))
    return value if "uri" not in fields or value != fields["uri"] else _address(value)


def _address(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _string(value: Any) -> str | None:
    return charset.clean(value)[0] if isinstance(value, str) and value.strip() else None


_WRITTEN = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y")


def as_date(value: Any) -> date | None:
    """A date of ISO 8601, of a mail's header, of `4 March 2026`, or of seconds since 1970; else
    None."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        seconds = value / 1000 if value > 1e11 else value
        return datetime.fromtimestamp(seconds, UTC).date() if 1e7 < seconds < 1e10 else None
    if not isinstance(value, str):
        return None
    value = value.strip()
    for form in (
        datetime.fromisoformat,
        lambda text: datetime.fromisoformat(text[:10]),
        parsedate_to_datetime,
    ):
        try:
            return form(value).date()
        except (ValueError, TypeError, IndexError):
            continue
    for shape in _WRITTEN:
        try:
            return datetime.strptime(value[:40], shape).date()
        except ValueError:
            continue
    return None
