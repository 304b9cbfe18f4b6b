"""Putting articles into a ledger and taking them out again; each article whole or not at all.

`prepare` does what needs no database, so that writers hold the lock only to write. What a ledger
holds can be read back as an `Analysis`.
"""

import re
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

import msgspec
from sqlalchemy import Connection, and_, func, insert, or_, select, update

from ..errors import LedgerError
from ..records import Analysis, Article, Attribution, Person, Source, Span
from . import families, tables
from .database import Database
from .linking import Linker
from .names import Name, body_name, hashed, outlet_key, person_name
from .search import index_passages
from .sensitive import Stretch, blanked, child_names, find_sensitive, overlaps, scrubbed
from .weaving import Weaver

Outcome = Literal["added", "new version", "known", "purged"]
ADDING_VERSION = 0.5
"""Likeness of texts from which a changed text is a version of an article of the same outlet."""
_VERSION_SAME_INPUT = 0.2
_TRACKING = re.compile(r"utm_.*|fbclid|gclid|cmpid|ito|ref|ocid|smid", re.IGNORECASE)


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an article that was to be added."""

    input: str
    article: int
    digest: str
    outcome: Outcome
    version: int
    outlet: str | None
    published: date | None
    statements: int
    people: int


class Prepared(msgspec.Struct, frozen=True):
    """An analysis with all that can be made of it without a ledger."""

    analysis: Analysis
    sensitive: list[Stretch]
    children: list[str]
    printings: list[families.Printing]
    sketch: list[int]


def prepare(analysis: Analysis) -> Prepared:
    """Do the work of adding that needs no database."""
    return Prepared(
        analysis,
        find_sensitive(analysis),
        child_names(analysis),
        list(families.find_printings(analysis)),
        families.sketch(analysis.article.text),
    )


class Ledger:
    """A ledger, open. Use `open_ledger` or `create_ledger`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.reading() as connection:
            rows = connection.execute(select(tables.meta.c.key, tables.meta.c.value))
            about = {row.key: row.value for row in rows}
        self.keeps_text = about.get("text") == "yes"
        self.salt = about.get("salt", "")

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def add(self, analyses: Iterable[Analysis], *, again: bool = False) -> list[Added]:
        """Add articles in one transaction: when this returns they are kept, or it raised.

        An article that the ledger knows is left out, and one that was purged unless `again`.
        Raises `LedgerError`.
        """
        return self.add_prepared([prepare(analysis) for analysis in analyses], again=again)

    def add_prepared(self, prepared: Sequence[Prepared], *, again: bool = False) -> list[Added]:
        """The same for articles that `prepare` has read."""
        with self.database.writing() as connection:
            writer = _Writer(self, connection)
            return [writer.add(one, again=again) for one in prepared]

    def key(self, words: str) -> str:
        """Words as this ledger compares them: as they are, or hashed in one without texts."""
        return words if self.keeps_text else hashed(words, self.salt)


def create_ledger(where: str, *, keep_text: bool = True) -> Ledger:
    """Make a ledger where there is none. Raises `LedgerError` where there is something already."""
    database = Database(where)
    if database.exists():
        what = "there is a file or a ledger already."
        raise LedgerError(database.name, what, "Name another with --db, or use this one.")
    if database.file is not None and not database.file.parent.is_dir():
        what = f"the folder {database.file.parent} does not exist."
        raise LedgerError(database.name, what, "Make it first.")
    database.create()
    with database.writing() as connection:
        about = {"text": "yes" if keep_text else "no", "salt": secrets.token_hex(16)}
        rows = [{"key": key, "value": value} for key, value in about.items()]
        connection.execute(insert(tables.meta), rows)
    return Ledger(database)


def open_ledger(where: str, *, create: bool = False) -> Ledger:
    """Open a ledger; with `create`, make it where there is none.

    Raises `LedgerError` for what is no ledger, can't be read, or is of a newer schema.
    """
    database = Database(where)
    if not database.exists():
        if create:
            try:
                return create_ledger(where)
            except LedgerError:
                if not database.exists():
                    raise  # else another process made it meanwhile
        else:
            database.close()
            what = "there is no ledger here."
            remedy = "Make one: onrecord ledger init, or onrecord ledger add PATH."
            raise LedgerError(database.name, what, remedy)
    try:
        database.check()
        return Ledger(database)
    except LedgerError:
        database.close()
        raise


def url_without_tracking(url: str) -> str:
    """A URL by which an article is known again: no scheme, fragment, or tracking parameters."""
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)]
    host = (parts.hostname or "").removeprefix("www.")
    tail = f"?{urlencode(sorted(query))}" if query else ""
    return f"{host}{parts.path.rstrip('/')}{tail}"


def spans(found: Iterable[Span]) -> list[list[int]]:
    """Spans as they are kept."""
    return [[s.start, s.end] for s in found]


def span(found: Span | None) -> list[int] | None:
    """A span as it is kept."""
    return None if found is None else [found.start, found.end]


def keys_of(ledger: Ledger, article: Article) -> tuple[str | None, str | None]:
    """What an article's URL and input are known again by."""
    url = hashed(url_without_tracking(article.url), ledger.salt) if article.url else None
    named = article.input not in ("-", "")
    return url, hashed(article.input, ledger.salt) if named else None


def find_story(ledger: Ledger, to: Connection, made: Prepared, outlet_id: int | None) -> int | None:
    """The story of the ledger that an article is another version of.

    By its URL; else, in the same outlet, by the input's name and some likeness, or by likeness
    alone.
    """
    t, s = tables.articles, tables.sketches
    article = made.analysis.article
    url, given = keys_of(ledger, article)
    same = t.c.outlet_id == outlet_id if outlet_id else t.c.outlet_id.is_(None)
    ways = [and_(t.c.input_key == given, same)] if given else []
    if url:
        ways.append(t.c.url_key == url)
    near = select(s.c.article_id).where(s.c.band.in_(made.sketch))
    ways.append(and_(same, t.c.id.in_(near)))
    rows = to.execute(
        select(t.c.id, t.c.story_id, t.c.url_key, t.c.input_key, t.c.text)
        .where(or_(*ways), t.c.digest != article.id)
        .order_by(t.c.id.desc())
        .limit(40)
    ).all()
    for row in rows:
        if url and row.url_key == url:
            return int(row.story_id)
    for row in rows:
        if url and row.url_key and row.url_key != url:
            least = 0.7  # two addresses of one outlet: a template's words are not one story
        elif given and row.input_key == given:
            least = _VERSION_SAME_INPUT
        else:
            least = ADDING_VERSION
        if _likeness(to, made, row) >= least:
            return int(row.story_id)
    return None


def _likeness(to: Connection, made: Prepared, row: Any) -> float:
    if row.text is not None:
        return families.likeness(made.analysis.article.text, row.text)
    s = tables.sketches
    bands = to.execute(select(s.c.band).where(s.c.article_id == row.id)).scalars().all()
    return len(set(bands) & set(made.sketch)) / max(1, len(made.sketch)) if bands else 0.0


class _Writer:
    """One transaction's writing."""

    def __init__(self, ledger: Ledger, connection: Connection) -> None:
        self._ledger, self._to = ledger, connection
        self._next: dict[str, int] = {}
        self._outlets: dict[str, int] = {}
        self._linker = Linker(connection, self.number)
        self._weaver = Weaver(connection, self.number, ledger.keeps_text)

    def number(self, table: Any, count: int = 1) -> int:
        """The first of some new numbers of a table; the writer's lock makes them ours."""
        name = table.name
        if name not in self._next:
            most = self._to.execute(select(func.max(table.c.id))).scalar()
            self._next[name] = (most or 0) + 1
        first = self._next[name]
        self._next[name] += count
        return first

    def add(self, made: Prepared, *, again: bool) -> Added:
        """Add one article, or say why not."""
        article = made.analysis.article
        outlet = article.outlet or (urlsplit(article.url).hostname if article.url else None)
        outlet_id = self._outlet(outlet) if outlet else None
        known = self._known(article, outlet_id)
        if known is not None and not (known.purged and again):
            outcome: Outcome = "purged" if known.purged else "known"
            return self._added(made, known.id, outcome, known.version, (0, 0))
        if known is not None:
            number, story, version = known.id, known.story_id, known.version
        else:
            number = self.number(tables.articles)
            story, version = self._story(made, outlet_id, number)
        self._article(made, number, story, version, outlet_id, known is not None)
        self._passages(made, number)
        people = self._people(made, number, outlet_id)
        sources = self._sources(made, number, people)
        statements = self._statements(made, number, sources)
        self._printings(made, number, statements, people)
        self._figures(made, number, people)
        outcome = "new version" if version > 1 else "added"
        named = sum(1 for row in people.values() if row["person_id"] is not None)
        return self._added(made, number, outcome, version, (len(statements), named))

    def _added(
        self, made: Prepared, number: int, outcome: Outcome, version: int, counts: tuple[int, int]
    ) -> Added:
        article = made.analysis.article
        return Added(
            input=article.input,
            article=number,
            digest=article.id,
            outcome=outcome,
            version=version,
            outlet=article.outlet,
            published=article.published,
            statements=counts[0],
            people=counts[1],
        )

    def _outlet(self, name: str) -> int:
        key = outlet_key(name)
        if key not in self._outlets:
            t = tables.outlets
            found = self._to.execute(select(t.c.id).where(t.c.key == key)).scalar()
            if found is None:
                found = self.number(t)
                self._to.execute(insert(t), {"id": found, "name": name, "key": key})
            self._outlets[key] = found
        return self._outlets[key]

    def _known(self, article: Article, outlet_id: int | None) -> Any:
        """The row of the same text in the same outlet, or in none where one of them isn't known."""
        t = tables.articles
        rows = self._to.execute(
            select(t.c.id, t.c.story_id, t.c.version, t.c.outlet_id, t.c.purged).where(
                t.c.digest == article.id
            )
        ).all()
        for row in rows:
            if row.outlet_id == outlet_id or outlet_id is None:
                return row
        for row in rows:
            if row.outlet_id is None:
                if not row.purged:
                    values = {"outlet_id": outlet_id}
                    if article.published:
                        values["published"] = article.published  # type: ignore[assignment]
                    self._to.execute(update(t).where(t.c.id == row.id).values(values))
                return row
        return None

    def _story(self, made: Prepared, outlet_id: int | None, number: int) -> tuple[int, int]:
        """The story that an article is a version of, and which; its own number and 1 if of none."""
        story = find_story(self._ledger, self._to, made, outlet_id)
        return (number, 1) if story is None else (story, self._version(story))

    def _version(self, story: int) -> int:
        t = tables.articles
        query = select(func.max(t.c.version)).where(t.c.story_id == story)
        return (self._to.execute(query).scalar() or 0) + 1

    def _article(
        self,
        made: Prepared,
        number: int,
        story: int,
        version: int,
        outlet_id: int | None,
        again: bool,
    ) -> None:
        article, keep = made.analysis.article, self._ledger.keeps_text
        url, given = keys_of(self._ledger, article)
        head = next((b.span for b in article.blocks if b.role == "headline"), None)
        row = {
            "id": number,
            "digest": article.id,
            "story_id": story,
            "version": version,
            "outlet_id": outlet_id,
            "published": article.published,
            "updated": article.updated,
            "added": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            "url": _without_names(article.url, made.children) if keep else None,
            "url_key": url,
            "input": _without_names(article.input, made.children) if keep else None,
            "input_key": given,
            "language": article.language,
            "authors": (list(article.authors) or None) if keep else None,
            "words": len(article.text.split()),
            "raw_digest": article.raw_digest,
            "extractor": article.extractor,
            "model": f"{made.analysis.model.name} {made.analysis.model.version}",
            "title_start": head.start if head else None,
            "title_end": head.end if head else None,
            "text": article.text if keep else None,
            "sensitive": [list(s) for s in made.sensitive] or None,
            "purged": None,
        }
        t = tables.articles
        if again:
            self._to.execute(update(t).where(t.c.id == number).values(row))
        else:
            self._to.execute(insert(t), row)
        s = tables.sketches
        bands = sorted(set(made.sketch))
        self._to.execute(insert(s), [{"band": b, "article_id": number} for b in bands])

    def _passages(self, made: Prepared, number: int) -> None:
        article, t = made.analysis.article, tables.passages
        blocks = article.blocks
        if not blocks:
            return
        first = self.number(t, len(blocks))
        rows: list[dict[str, Any]] = [
            {"id": first + n, "article_id": number, "start": b.span.start, "end": b.span.end,
             "role": b.role}
            for n, b in enumerate(blocks)
        ]  # fmt: skip
        self._to.execute(insert(t), rows)
        if self._ledger.keeps_text:
            words = [
                (r["id"], blanked(article.text, made.sensitive, r["start"], r["end"])) for r in rows
            ]
            index_passages(self._to, words)

    def _people(
        self, made: Prepared, number: int, outlet_id: int | None
    ) -> dict[str, dict[str, Any]]:
        """Rows of everybody named in the article, by their id there; people linked to the ledger's.

        A source that is named and is nobody of the article's people has its source's id.
        """
        analysis = made.analysis
        titles: dict[str, list[str]] = {}
        for source in analysis.sources:
            if source.title and source.person_id:
                titles.setdefault(source.person_id, []).append(source.title)
        named: dict[str, tuple[str, Name | None, str]] = {}
        rows: dict[str, dict[str, Any]] = {}
        for person in analysis.people:
            name = None if person.minor else scrubbed(person.name, made.children)
            key = person_name(name) if name and _is_name(person.name) else None
            rows[person.id] = self._appearance(
                person.id, name, titles.get(person.id, ()), person.mentions, made.children
            ) | {"gender": person.gender, "minor": bool(person.minor)}
            if key and name:
                named[person.id] = (name, key, "person")
        for source in analysis.sources:
            if source.person_id or not (source.name or source.title):
                continue
            name = scrubbed(source.name, made.children) if source.name else None
            is_person = source.kind == "person"
            key = (person_name if is_person else body_name)(name) if name else None
            rows[source.id] = self._appearance(
                source.id, name, [source.title] if source.title else (), source.mentions,
                made.children,
            )  # fmt: skip
            if key and name and source.kind not in _UNNAMED:
                named[source.id] = (name, key, "person" if is_person else "body")
        born = _births(analysis)
        for local, years in born.items():
            if local in rows:
                rows[local] |= {"born_from": years[0], "born_to": years[1]}
        self._linker.link(analysis, number, outlet_id, rows, named, self._ledger)
        if rows:
            first = self.number(tables.appearances, len(rows))
            for n, row in enumerate(rows.values()):
                row |= {"id": first + n, "article_id": number}
            self._to.execute(insert(tables.appearances), list(rows.values()))
        return rows

    def _appearance(
        self,
        local: str,
        name: str | None,
        titles: Sequence[str],
        mentions: Sequence[Span],
        children: list[str],
    ) -> dict[str, Any]:
        keep = self._ledger.keeps_text
        title = next((t for t in (scrubbed(t, children) for t in titles) if t), None)
        return {
            "local": local,
            "person_id": None,
            "name": name if keep else None,
            "title": title if keep else None,
            "gender": None,
            "minor": False,
            "born_from": None,
            "born_to": None,
            "mentions": spans(mentions),
            "score": None,
            "evidence": None,
            "linked_by": None,
        }

    def _sources(
        self, made: Prepared, number: int, people: dict[str, dict[str, Any]]
    ) -> dict[str, int]:
        found = made.analysis.sources
        if not found:
            return {}
        first = self.number(tables.sources, len(found))
        rows: list[dict[str, Any]] = []
        for n, source in enumerate(found):
            row = people.get(source.person_id or source.id)
            rows.append(
                {
                    "id": first + n,
                    "article_id": number,
                    "appearance_id": row["id"] if row else None,
                    "local": source.id,
                    "kind": source.kind,
                    "withheld": source.withheld,
                    "plural": source.plural,
                    "mentions": spans(source.mentions),
                    "reason": span(source.reason),
                    "justification": span(source.justification),
                    "contact": span(source.contact),
                    "confidence": source.confidence,
                }
            )
        self._to.execute(insert(tables.sources), rows)
        return {row["local"]: row["id"] for row in rows}

    def _statements(self, made: Prepared, number: int, sources: dict[str, int]) -> dict[str, int]:
        found = made.analysis.attributions
        if not found:
            return {}
        first = self.number(tables.statements, len(found))
        numbers = {a.id: first + n for n, a in enumerate(found)}
        by_id = {a.id: a for a in found}
        kinds = {s.id: s for s in made.analysis.sources}
        rows = []
        for a in sorted(found, key=lambda a: _depth(a, by_id)):
            content = spans(a.content)
            start, end = min(c[0] for c in content), max(c[1] for c in content)
            credit = self._credit(a, by_id, kinds)
            rows.append(
                {
                    "id": numbers[a.id],
                    "article_id": number,
                    "source_id": sources.get(a.source_id or ""),
                    "parent_id": numbers.get(a.parent or ""),
                    "local": a.id,
                    "form": a.form,
                    "stance": a.stance,
                    "depth": _depth(a, by_id),
                    "start": start,
                    "end": end,
                    "content": content,
                    "source": span(a.source),
                    "cue": span(a.cue),
                    "rivals": list(a.rivals) or None,
                    "confidence": a.confidence,
                    "credit_id": credit,
                    "sensitive": overlaps(made.sensitive, start, end),
                }
            )
        self._to.execute(insert(tables.statements), rows)
        return numbers

    def _credit(
        self, a: Attribution, by_id: dict[str, Attribution], kinds: dict[str, Source]
    ) -> int | None:
        """The outlet that a statement is taken over from, where the text says so by a source."""
        seen: Attribution | None = a
        while seen is not None:
            source = kinds.get(seen.source_id or "")
            if source is not None and source.kind == "outlet" and source.name:
                return self._outlet(source.name) if self._ledger.keeps_text else None
            seen = by_id.get(seen.parent or "")
        return None

    def _printings(
        self,
        made: Prepared,
        number: int,
        statements: dict[str, int],
        people: dict[str, dict[str, Any]],
    ) -> None:
        if not made.printings:
            return
        by_id = {a.id: a for a in made.analysis.attributions}
        kinds = {s.id: s for s in made.analysis.sources}
        first = self.number(tables.printings, len(made.printings))
        rows = []
        for n, printing in enumerate(made.printings):
            a = by_id.get(printing.attribution or "")
            source = kinds.get(a.source_id or "") if a and not a.rivals else None
            row = people.get(source.person_id or source.id) if source else None
            speaker = row["person_id"] if row else None
            start, end = printing.parts[0].start, printing.parts[-1].end
            rows.append(
                {
                    "id": first + n,
                    "article_id": number,
                    "statement_id": statements.get(printing.attribution or ""),
                    "family_id": self._weaver.weave(printing, speaker),
                    "quoted": printing.quoted,
                    "start": start,
                    "end": end,
                    "parts": spans(printing.parts),
                    "words": len(printing.wording.words),
                    "wording": families.wording_hash(printing.wording),
                    "sensitive": overlaps(made.sensitive, start, end),
                }
            )
        self._to.execute(insert(tables.printings), rows)

    def _figures(self, made: Prepared, number: int, people: dict[str, dict[str, Any]]) -> None:
        found = made.analysis.figures
        if not found:
            return
        owners = sorted((m.start, m.end, p.id) for p in made.analysis.people for m in p.mentions)
        first = self.number(tables.figures, len(found))
        keep = self._ledger.keeps_text
        rows = []
        for n, figure in enumerate(found):
            of = figure.of
            local = next((p for s, e, p in owners if of and s <= of.start < e), None)
            unit = figure.unit
            if unit and (not keep or scrubbed(unit, made.children) != unit):
                unit = None if figure.kind == "count" else unit
            rows.append(
                {
                    "id": first + n,
                    "article_id": number,
                    "appearance_id": people[local]["id"] if local in people else None,
                    "kind": figure.kind,
                    "value": figure.value,
                    "unit": unit,
                    "approximate": figure.approximate,
                    "start": figure.span.start,
                    "end": figure.span.end,
                    "of_start": of.start if of else None,
                    "of_end": of.end if of else None,
                    "resolved": figure.resolved,
                }
            )
        self._to.execute(insert(tables.figures), rows)


_UNNAMED = frozenset(("anonymous", "group", "unknown", "author"))
_CAPITAL = re.compile(r"[^\W\d_]")


def _is_name(name: str) -> bool:
    """Whether a person's name is one: "Ann Lee", not "the mayor"."""
    first = _CAPITAL.search(name)
    return bool(first and first.group().isupper()) and name not in ("I", "He", "She", "They", "We")


def _depth(a: Attribution, by_id: dict[str, Attribution]) -> int:
    depth = 0
    while a.parent in by_id and depth < 50:
        a = by_id[a.parent or ""]
        depth += 1
    return depth


def _births(analysis: Analysis) -> dict[str, tuple[int, int]]:
    """First and last possible year of birth by the ages that the article gives people."""
    published = analysis.article.published
    if published is None:
        return {}
    found: dict[str, tuple[int, int]] = {}
    owners: list[tuple[Span, Person]] = [(m, p) for p in analysis.people for m in p.mentions]
    for figure in analysis.figures:
        if figure.kind != "age" or figure.of is None or not isinstance(figure.value, float):
            continue
        if figure.approximate or figure.unit not in ("years", None):
            continue
        for mention, person in owners:
            between = analysis.article.text[mention.end : figure.span.start]
            # "Ann Lee, 52," is an age on the day; any other may be of another time.
            if between in (", ", " (", ", aged ") and person.id not in found:
                year = published.year - int(figure.value)
                found[person.id] = (year - 1, year)
    return found


def _without_names(address: str | None, children: list[str]) -> str | None:
    """An address or path; cut short where a child's name stands in it."""
    if not address or not children:
        return address
    words = {w.casefold() for w in re.findall(r"[^\W\d_]+", address)}
    if not words & {name.casefold() for name in children}:
        return address
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None


def iterate_batches(items: Iterator[Any], size: int) -> Iterator[list[Any]]:
    """Items in lists of a size."""
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
