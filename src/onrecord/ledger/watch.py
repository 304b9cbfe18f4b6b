"""Following feeds: what is new in them goes into the ledger, and what the ledger's rules say is
told.

RSS and Atom, read by feedparser (`onrecord[watch]`). Articles that are still in their feed are
fetched again after some hours, so that a silent change is seen.
"""

import tomllib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import insert, select, update

from ..errors import ConfigError
from ..extract import analyse
from ..extras import require
from ..ingest import read
from ..linter import lint
from ..records import Analysis, Article, Context, Problem, Settings
from ..rules import all_rules
from . import tables
from .fetch import Fetcher, FetchError, Page
from .history import RULES, history_of, with_its_rules
from .names import hashed
from .store import Ledger
from .stories import url_without_tracking

MOST_ENTRIES = 100
"""Entries of a feed that are looked at, the first."""
AGAIN_HOURS = 6
"""Hours after which an article that is still in its feed is fetched again."""


class Feed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A feed of the configuration: its address, and the outlet where the pages don't say it."""

    url: str
    outlet: str | None = None


class Feeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `feeds.toml` holds."""

    feeds: tuple[Feed, ...]
    contact: str | None = None
    """An address at which the people of a host reach you; it stands in the User-Agent."""
    delay: float = 5.0
    """Seconds between two requests to a host, one at least."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger's rules say of an article that came in."""

    url: str
    outlet: str | None
    published: date | None
    title: str | None
    code: str
    message: str


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """What a run brought."""

    schema: int = 1
    feeds: int
    unchanged: int
    """Feeds that said that nothing is new."""
    added: int
    versions: int
    families: int
    """Quotations of what came in that other outlets had already."""
    silent_changes: tuple[News, ...]
    one_voice: tuple[News, ...]
    other: tuple[News, ...]
    problems: tuple[str, ...]


def read_feeds(path: Path) -> Feeds:
    """The configuration. Raises `ConfigError` for one that can't be read or makes no sense."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
        made = msgspec.convert(given, Feeds)
    except OSError as error:
        raise ConfigError(str(path), f"can't be read ({error.strerror}).", "Check it.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"this is not TOML ({error}).", _EXAMPLE) from error
    except msgspec.ValidationError as error:
        raise ConfigError(str(path), f"{error}.", _EXAMPLE) from error
    if not made.feeds:
        raise ConfigError(str(path), "it names no feed.", _EXAMPLE)
    if made.delay < 1:
        raise ConfigError(str(path), f"a delay of {made.delay} is rude.", "Give 1 or more.")
    return made


_EXAMPLE = 'For instance: contact = "https://you.example/bot" and [[feeds]] url = "https://…/rss".'


def watch(
    ledger: Ledger,
    feeds: Feeds,
    *,
    fetcher: Fetcher | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC).replace(tzinfo=None),
) -> Digest:
    """Look at every feed once, add what is new or changed, and say what the rules find in it.

    Raises `ConfigError` without feedparser, `LedgerError` where the ledger can't be written;
    whatever a feed or a page does wrong is in the digest.
    """
    fetcher = fetcher or Fetcher(contact=feeds.contact, delay=feeds.delay)
    run = _Run(ledger, fetcher, now())
    for feed in feeds.feeds:
        run.look(feed)
    return run.digest(len(feeds.feeds))


class _Run:
    """One look at all feeds."""

    def __init__(self, ledger: Ledger, fetcher: Fetcher, now: datetime) -> None:
        require("watch", "onrecord watch", "feedparser")
        import feedparser

        self._parse: Any = feedparser.parse
        self._ledger, self._fetcher, self._now = ledger, fetcher, now
        self._unchanged = self._added = self._versions = self._families = 0
        self._news: list[News] = []
        self._problems: list[str] = []
        self._seen: set[str] = set()

    def look(self, feed: Feed) -> None:
        """Look at a feed and at the articles in it."""
        page = self._fetch(feed.url, again=timedelta(0))
        if page is None:
            return
        if page.status == 304:
            self._unchanged += 1
            return
        made = self._parse(page.body, sanitize_html=False, resolve_relative_uris=False)
        links = list(_links(made, page.url))[:MOST_ENTRIES]
        if not links:
            self._problems.append(f"{feed.url}: no feed, or an empty one.")
        for link, day in links:
            if link not in self._seen:
                self._seen.add(link)
                self._article(link, day, (feed.outlet, _title(made)))
        self._keep(feed.url, page)

    def _article(self, url: str, day: date | None, outlets: tuple[str | None, str | None]) -> None:
        """Add an article; its outlet is the configuration's, else the page's own, else the
        feed's."""
        page = self._fetch(url, again=timedelta(hours=AGAIN_HOURS))
        if page is None or page.status == 304:
            return
        for found in read(page.body, kind="html", input=url, outlet=outlets[0]):
            if isinstance(found, Problem):
                if found.fatal:
                    self._problems.append(f"{url}: {found.what}")
                continue
            self._add(_dated(found, page.url, day, outlets[1]))
        self._keep(url, page)

    def _add(self, article: Article) -> None:
        analysis = analyse(article)
        history = history_of(self._ledger, analysis)
        (made,) = self._ledger.add([analysis])
        self._added += made.outcome == "added"
        self._versions += made.outcome == "new version"
        if made.outcome not in ("added", "new version"):
            return
        self._families += len({p.quote for p in history.printings if p.elsewhere.outlet})
        rules = [rule for rule in all_rules() if rule.code in RULES]
        context = Context(analysis=analysis, settings=with_its_rules(Settings()), history=history)
        for finding in lint(context, rules=rules).findings:
            self._news.append(
                News(
                    url=article.url or article.input,
                    outlet=article.outlet,
                    published=article.published,
                    title=_headline(analysis),
                    code=finding.code,
                    message=finding.message,
                )
            )

    def _fetch(self, url: str, *, again: timedelta) -> Page | None:
        """A page unless it was fetched a short while ago or can't be had."""
        t = tables.fetches
        with self._ledger.database.reading() as to:
            known = to.execute(select(t).where(t.c.key == self._key(url))).one_or_none()
        if known is not None and self._now - known.at < again:
            return None
        try:
            return self._fetcher.get(
                url,
                etag=known.etag if known else None,
                modified=known.modified if known else None,
            )
        except FetchError as error:
            self._problems.append(str(error))
            return None

    def _keep(self, url: str, page: Page) -> None:
        """Remember what the server calls this state of the page, once all of it is in the
        ledger."""
        t = tables.fetches
        row = {
            "key": self._key(url),
            "etag": page.etag[:400] if page.etag else None,
            "modified": page.modified[:80] if page.modified else None,
            "at": self._now,
        }
        with self._ledger.database.writing() as to:
            done = to.execute(update(t).where(t.c.key == row["key"]).values(row))
            if not done.rowcount:
                to.execute(insert(t), row)

    def _key(self, url: str) -> str:
        return hashed(url_without_tracking(url), self._ledger.salt)

    def digest(self, feeds: int) -> Digest:
        """What the run brought."""
        by_code: dict[str, list[News]] = {}
        for news in self._news:
            by_code.setdefault(news.code, []).append(news)
        others = [n for code, group in by_code.items() for n in group if code not in _APART]
        return Digest(
            feeds=feeds,
            unchanged=self._unchanged,
            added=self._added,
            versions=self._versions,
            families=self._families,
            silent_changes=tuple(by_code.get("COR801", ())),
            one_voice=tuple(by_code.get("OUT604", ())),
            other=tuple(others),
            problems=tuple(self._problems),
        )


_APART = ("COR801", "OUT604")


def _links(made: Any, base: str) -> Iterator[tuple[str, date | None]]:
    """The entries' addresses and days, as the feed gives them."""
    from urllib.parse import urljoin

    for entry in made.entries:
        link = entry.get("link")
        if not link:
            continue
        parsed = entry.get("published_parsed") or entry.get("updated_parsed")
        try:
            day = date(*parsed[:3]) if parsed else None
        except ValueError:
            day = None
        yield urljoin(base, link), day


def _title(made: Any) -> str | None:
    title = made.feed.get("title")
    return " ".join(title.split())[:80] if title else None


def _dated(article: Article, url: str, day: date | None, outlet: str | None) -> Article:
    """The article with what the feed knows where the page doesn't say it."""
    return msgspec.structs.replace(
        article,
        url=article.url or url,
        published=article.published or day,
        outlet=article.outlet or outlet,
    )


def _headline(analysis: Analysis) -> str | None:
    block = next((b for b in analysis.article.blocks if b.role == "headline"), None)
    if block is None:
        return None
    return " ".join(analysis.article.text[block.span.start : block.span.end].split())
