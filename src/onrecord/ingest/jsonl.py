"""JSON and JSON Lines to articles: `{"id"?, "title"?, "text", "url"?, "outlet"?, …}`.

One bad line costs one article. Lines are read one by one, so a file may be of any length.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from ..records import Article, Problem
from . import charset
from .given import Given
from .language import foreign, language_of
from .plain import make_article

FIELDS = "id, title, text, url, outlet, published, authors"


def read_lines(
    stream: IO[bytes], name: str, given: Given, limit: int
) -> Iterator[Article | Problem]:
    """The articles of JSON Lines, each called by its `id` or by `name:LINE`."""
    seen: set[str] = set()
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            what = f"the line is longer than {limit // 1_000_000} MB."
            yield Problem(where=where, what=what, remedy="Give one article a line.")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from _read_object(line, where, given, seen)
    if not number:
        yield Problem(where=name, what="the file is empty.", remedy="Give one article a line.")


def read_json(raw: bytes, name: str, given: Given) -> Iterator[Article | Problem]:
    """The article of a JSON object, or the articles of a JSON array of them."""
    try:
        value = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        yield Problem(where=name, what=f"this is not JSON ({error}).", remedy="Mend the file.")
        return
    seen: set[str] = set()
    if isinstance(value, list):
        for number, item in enumerate(value, 1):
            yield from _read_value(item, f"{name}:{number}", given, seen)
    else:
        yield from _read_value(value, name, given, seen)


def _read_object(
    line: bytes, where: str, given: Given, seen: set[str]
) -> Iterator[Article | Problem]:
    try:
        # The standard library's reader, for it takes the lone surrogates that some exports hold.
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        remedy = "Each line must be one JSON object."
        yield Problem(where=where, what=f"the line is not JSON ({error}).", remedy=remedy)
        return
    yield from _read_value(value, where, given, seen)


def _read_value(
    value: Any, where: str, given: Given, seen: set[str]
) -> Iterator[Article | Problem]:
    """One article from a decoded JSON value; every fault is said."""
    if not isinstance(value, dict):
        yield Problem(where=where, what="not a JSON object.", remedy=f"Known fields: {FIELDS}.")
        return
    text = value.get("text")
    if not isinstance(text, str):
        what = 'has no "text".' if text is None else '"text" is not a string.'
        yield Problem(where=where, what=what, remedy=f"Known fields: {FIELDS}.")
        return
    name = value.get("id")
    if name is not None and not isinstance(name, (str, int)):
        yield Problem(where=where, what='"id" is not a string.', remedy="Give a string or none.")
        return
    key = charset.clean(str(name))[0] if name is not None else where
    if key in seen:
        what = f"the id {key!r} occurs a second time."
        yield Problem(where=where, what=what, remedy="Give each article its own id.")
        return
    seen.add(key)
    raw = text
    text, changed = charset.clean(text)
    if not text.strip():
        yield Problem(where=key, what="the text is empty.", remedy="Give the article's text.")
        return
    if changed:
        yield charset.replaced(key)
    published = as_date(value.get("published"))
    if value.get("published") and published is None:
        what = f"the date {str(value['published'])[:40]!r} can't be read and was left out."
        yield Problem(where=key, what=what, remedy="Give it as YYYY-MM-DD.", fatal=False)
    language = language_of(text)
    if language not in (None, "en"):
        yield foreign(key, str(language))
    title = value.get("title")
    yield make_article(
        text,
        input=key,
        raw_digest=hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest(),
        extractor="onrecord.json/1",
        title=charset.clean(title)[0] if isinstance(title, str) and title else given.title,
        url=_string(value.get("url")),
        outlet=_string(value.get("outlet")) or given.outlet,
        authors=_strings(value.get("authors")),
        published=published or given.published,
        language=language,
    )


def _string(value: Any) -> str | None:
    return charset.clean(value)[0] if isinstance(value, str) and value.strip() else None


def _strings(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for item in values if (text := _string(item)))


def as_date(value: Any) -> date | None:
    """A date of an ISO 8601 date or date-time, else None."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        try:
            return date.fromisoformat(value.strip()[:10])
        except ValueError:
            return None
