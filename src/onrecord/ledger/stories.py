"""What a ledger knows of articles that come in: the same text, or another version of it.

An article is known again by its URL, its input, or the likeness of its text. A batch's articles are
asked for at once, and one that is about to be written counts like one that is.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from ..records import Article
from . import families, tables
from .names import hashed
from .rows import by_hundreds

ADDING_VERSION = 0.5
"""Likeness of texts from which a changed text is a version of an article of the same outlet."""
_VERSION_SAME_INPUT = 0.2
_VERSION_OTHER_ADDRESS = 0.7
"""Of two addresses of one outlet: a template's words are not one story."""
MOST_LOOKED_AT = 40
"""Articles that may be an earlier version and are looked at, the latest."""
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|cmpid|ito|ref|ocid|smid", re.IGNORECASE)
_T, _S = tables.articles, tables.sketches
_KEYS: Any = bindparam("keys", expanding=True)
_ROWS = select(
    _T.c.id, _T.c.digest, _T.c.story_id, _T.c.version, _T.c.outlet_id, _T.c.purged, _T.c.url_key,
    _T.c.input_key,
)  # fmt: skip
_WAYS = tuple(
    _ROWS.where(column.in_(_KEYS)) for column in (_T.c.digest, _T.c.url_key, _T.c.input_key)
)
_BY_ID = _ROWS.where(_T.c.id.in_(_KEYS))
_NEAR = select(_S.c.band, _S.c.article_id).where(_S.c.band.in_(_KEYS))
_TEXT = select(_T.c.text).where(_T.c.id == bindparam("id"))
_LATEST = select(func.max(_T.c.version)).where(_T.c.story_id == bindparam("story"))


class Incoming(msgspec.Struct, frozen=True, gc=False):
    """What an article that comes in is known again by."""

    article: Article
    sketch: list[int]
    url: str | None
    input: str | None


class Kept(msgspec.Struct, gc=False):
    """An article of the ledger, or one that is about to be written."""

    id: int
    digest: str
    story_id: int
    version: int
    outlet_id: int | None
    purged: date | None
    url_key: str | None
    input_key: str | None


def incoming(article: Article, sketch: list[int], salt: str) -> Incoming:
    """What an article is known again by in a ledger of this salt."""
    named = article.input not in ("-", "")
    return Incoming(
        article,
        sketch,
        hashed(url_without_tracking(article.url), salt) if article.url else None,
        hashed(article.input, salt) if named else None,
    )


def url_without_tracking(url: str) -> str:
    """A URL by which an article is known again: no scheme, fragment, or tracking parameters."""
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)]
    host = (parts.hostname or "").removeprefix("www.")
    tail = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{parts.path.rstrip('/')}{tail}"


class Stories:
    """Looks articles up within one transaction, those that were asked for by `load`."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._kept: dict[int, Kept] = {}
        self._digests: dict[str, list[Kept]] = defaultdict(list)
        self._urls: dict[str, list[Kept]] = defaultdict(list)
        self._inputs: dict[str, list[Kept]] = defaultdict(list)
        self._bands: dict[int, set[int]] = defaultdict(set)
        self._texts: dict[int, str | None] = {}
        self._versions: dict[int, int] = {}

    def load(self, asked: Iterable[Incoming]) -> None:
        """Ask for everything that some articles may be known again by, in a few questions."""
        coming = list(asked)
        keys = (
            {one.article.id for one in coming},
            {one.url for one in coming if one.url},
            {one.input for one in coming if one.input},
        )
        for query, own in zip(_WAYS, keys, strict=True):
            self._take(query, own)
        for bands in by_hundreds({band for one in coming for band in one.sketch}):
            for band, number in self._to.execute(_NEAR, {"keys": bands}):
                self._bands[band].add(number)
        near = {number for group in self._bands.values() for number in group}
        self._take(_BY_ID, near - self._kept.keys())

    def _take(self, query: Any, keys: Iterable[Any]) -> None:
        for some in by_hundreds(keys):
            for row in self._to.execute(query, {"keys": some}):
                if row.id not in self._kept:
                    self._note(Kept(*row))

    def _note(self, kept: Kept) -> None:
        self._kept[kept.id] = kept
        self._digests[kept.digest].append(kept)
        if kept.url_key:
            self._urls[kept.url_key].append(kept)
        if kept.input_key:
            self._inputs[kept.input_key].append(kept)

    def note(self, kept: Kept, sketch: Iterable[int], text: str | None) -> None:
        """An article is about to be written."""
        if kept.id in self._kept:  # it was purged, and is there again
            old = self._kept.pop(kept.id)
            for group in (
                self._digests[old.digest], self._urls[old.url_key or ""],
                self._inputs[old.input_key or ""],
            ):  # fmt: skip
                group[:] = [one for one in group if one.id != old.id]
        self._note(kept)
        self._texts[kept.id] = text
        self._versions[kept.story_id] = max(kept.version, self._versions.get(kept.story_id, 0))
        for band in sketch:
            self._bands[band].add(kept.id)

    def same(self, digest: str) -> list[Kept]:
        """The articles of the very same text, the oldest first."""
        return sorted(self._digests.get(digest, ()), key=lambda kept: kept.id)

    def find(self, one: Incoming, outlet: int | None) -> int | None:
        """The story of the ledger that an article is another version of.

        By its URL; else, in the same outlet, by the input's name and some likeness, or by likeness
        alone.
        """
        found = {kept.id: kept for kept in self._urls.get(one.url or "", ())}
        near = {number for band in one.sketch for number in self._bands.get(band, ())}
        alike = [self._kept[number] for number in near]
        for kept in (*self._inputs.get(one.input or "", ()), *alike):
            if kept.outlet_id == outlet:
                found[kept.id] = kept
        latest = sorted(
            (kept for kept in found.values() if kept.digest != one.article.id),
            key=lambda kept: -kept.id,
        )[:MOST_LOOKED_AT]
        for kept in latest:
            if one.url and kept.url_key == one.url:
                return kept.story_id
        for kept in latest:
            if one.url and kept.url_key and kept.url_key != one.url:
                least = _VERSION_OTHER_ADDRESS
            elif one.input and kept.input_key == one.input:
                least = _VERSION_SAME_INPUT
            else:
                least = ADDING_VERSION
            if self._likeness(one, kept.id) >= least:
                return kept.story_id
        return None

    def _likeness(self, one: Incoming, number: int) -> float:
        if number not in self._texts:
            self._texts[number] = self._to.execute(_TEXT, {"id": number}).scalar()
        text = self._texts[number]
        if text is not None:
            return families.likeness(one.article.text, text)
        shared = sum(number in self._bands.get(band, ()) for band in set(one.sketch))
        return shared / max(1, len(one.sketch))

    def next_version(self, story: int) -> int:
        """The number of a story's next version."""
        if story not in self._versions:
            self._versions[story] = self._to.execute(_LATEST, {"story": story}).scalar() or 0
        return self._versions[story] + 1
