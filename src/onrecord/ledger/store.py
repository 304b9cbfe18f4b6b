"""Putting articles into a ledger and taking them out again; each article whole or not at all.

`prepare` does what needs no database, so that writers hold the lock only to write. What a ledger
holds can be read back as an `Analysis`.
"""

import re
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import Connection, Table, func, insert, select, update

from ..errors import LedgerError
from ..records import Analysis, Article, Attribution, Person, Source, Span
from . import families, tables
from .database import Database, State
from .linking import Linker, Named, People
from .names import Name, body_name, hashed, outlet_key, person_name
from .rows import Rows
from .search import index_passages
from .sensitive import Stretch, blanked, child_names, find_sensitive, overlaps, scrubbed
from .stories import Incoming, Kept, Stories, incoming
from .weaving import Weaver, Woven

Outcome = Literal["added", "new version", "known", "purged"]


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
    children = child_names(analysis)
    return Prepared(
        analysis,
        find_sensitive(analysis, children),
        children,
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
        self._memory: _Memory | None = None

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
        drafts = [_draft(self, made) for made in prepared]
        memory, self._memory = self._memory, None  # whatever is raised, it is asked anew
        with self.database.writing() as connection:
            state = self.database.state(connection)
            if memory is None or memory.state != state or memory.people.is_full():
                memory = _Memory(People(), Woven(), {})
            writer = _Writer(self, connection, memory)
            writer.look_up(drafts)
            added = [writer.add(draft, again=again) for draft in drafts]
            writer.write()
            memory.woven.trim()
        if not writer.changed_others:
            memory.state = self.database.next_state(state)
            self._memory = memory
        return added

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


def spans(found: Iterable[Span]) -> list[list[int]]:
    """Spans as they are kept."""
    return [[s.start, s.end] for s in found]


def span(found: Span | None) -> list[int] | None:
    """A span as it is kept."""
    return None if found is None else [found.start, found.end]


class _Draft(msgspec.Struct, frozen=True):
    """An article on its way into one ledger: what can be said without asking it."""

    made: Prepared
    incoming: Incoming
    outlet: str | None
    people: dict[str, dict[str, Any]]
    """Rows of everybody named in the article, by their id there."""
    named: list[Named]


class _Memory(msgspec.Struct):
    """What a ledger was asked while adding, from one batch to the next."""

    people: People
    woven: Woven
    outlets: dict[str, int]
    state: State | None = None
    """The database's state after the batch: another one means that somebody else wrote."""


class _Writer:
    """One transaction's writing."""

    def __init__(self, ledger: Ledger, connection: Connection, memory: _Memory) -> None:
        self._ledger, self._to = ledger, connection
        self._now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._next: dict[str, int] = {}
        self._outlets = memory.outlets
        self._rows = Rows(connection)
        self._words: list[tuple[int, str]] = []
        self._waiting: dict[int, dict[str, Any]] = {}
        self.changed_others = False
        """Whether an article that was there before is another now: what was asked may be too."""
        self._stories = Stories(connection)
        keep = ledger.keeps_text
        self._linker = Linker(connection, self.number, self._rows, memory.people, keep)
        self._weaver = Weaver(connection, self.number, self._rows, memory.woven, keep)

    def look_up(self, drafts: Sequence[_Draft]) -> None:
        """Ask for all that is to be known of a batch before it is added."""
        self._stories.load(draft.incoming for draft in drafts)
        self._linker.load([one for draft in drafts for one in draft.named])
        self._weaver.load([p for draft in drafts for p in draft.made.printings])

    def write(self) -> None:
        """Write what was added."""
        self._rows.write()
        self._waiting.clear()
        self._linker.written()
        index_passages(self._to, self._words)
        self._words.clear()

    def number(self, table: Any, count: int = 1) -> int:
        """The first of some new numbers of a table; the writer's lock makes them ours."""
        name = table.name
        if name not in self._next:
            most = self._to.execute(select(func.max(table.c.id))).scalar()
            self._next[name] = (most or 0) + 1
        first = self._next[name]
        self._next[name] += count
        return first

    def add(self, draft: _Draft, *, again: bool) -> Added:
        """Add one article, or say why not."""
        made, people = draft.made, draft.people
        article = made.analysis.article
        outlet_id = self._outlet(draft.outlet) if draft.outlet else None
        known = self._known(article, outlet_id)
        if known is not None and not (known.purged and again):
            outcome: Outcome = "purged" if known.purged else "known"
            return self._added(made, known.id, outcome, known.version, (0, 0))
        kept = self._kept(draft, known, outlet_id)
        self._article(draft, kept, known is not None)
        self._passages(made, kept.id)
        self._linker.link(article.published, outlet_id, people, draft.named)
        self._numbered(tables.appearances, kept.id, people.values())
        sources = self._sources(made, kept.id, people)
        statements = self._statements(made, kept.id, sources)
        self._printings(made, kept.id, statements, people)
        self._figures(made, kept.id, people)
        outcome = "new version" if kept.version > 1 else "added"
        named = sum(1 for row in people.values() if row["person_id"] is not None)
        return self._added(made, kept.id, outcome, kept.version, (len(statements), named))

    def _numbered(self, table: Table, article: int, rows: Collection[dict[str, Any]]) -> None:
        """Give an article's rows their numbers, and let them wait to be written."""
        first = self.number(table, len(rows))
        for n, row in enumerate(rows):
            row["id"], row["article_id"] = first + n, article
        self._rows.add(table, rows)

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
                self._rows.add(t, [{"id": found, "name": name, "key": key}])
            self._outlets[key] = found
        return self._outlets[key]

    def _known(self, article: Article, outlet_id: int | None) -> Kept | None:
        """The article of the same text in the same outlet, or in none where one isn't known."""
        same = self._stories.same(article.id)
        for kept in same:
            if kept.outlet_id == outlet_id or outlet_id is None:
                return kept
        for kept in same:
            if kept.outlet_id is None and outlet_id is not None:
                if not kept.purged:
                    self._placed(kept, article, outlet_id)
                return kept
        return None

    def _placed(self, kept: Kept, article: Article, outlet_id: int) -> None:
        """Add to an article of no known outlet which it is."""
        values: dict[str, Any] = {"outlet_id": outlet_id}
        if article.published:
            values["published"] = article.published
        kept.outlet_id = outlet_id
        if kept.id in self._waiting:
            self.changed_others = True
            self._waiting[kept.id].update(values)
            return
        self._change(kept.id, values)

    def _change(self, article: int, values: dict[str, Any]) -> None:
        self.changed_others = True
        self.write()  # the outlet may be new
        t = tables.articles
        self._to.execute(update(t).where(t.c.id == article).values(values))

    def _kept(self, draft: _Draft, known: Kept | None, outlet_id: int | None) -> Kept:
        """Number, story and version of an article that is about to be written."""
        coming = draft.incoming
        if known is not None:
            number, story, version = known.id, known.story_id, known.version
        else:
            number = self.number(tables.articles)
            found = self._stories.find(coming, outlet_id)
            story = number if found is None else found
            version = 1 if found is None else self._stories.next_version(story)
        made = Kept(
            number, coming.article.id, story, version, outlet_id, None, coming.url, coming.input
        )
        text = coming.article.text if self._ledger.keeps_text else None
        self._stories.note(made, coming.sketch, text)
        return made

    def _article(self, draft: _Draft, kept: Kept, again: bool) -> None:
        made, keep = draft.made, self._ledger.keeps_text
        article = made.analysis.article
        head = next((b.span for b in article.blocks if b.role == "headline"), None)
        row = {
            "id": kept.id,
            "digest": article.id,
            "story_id": kept.story_id,
            "version": kept.version,
            "outlet_id": kept.outlet_id,
            "published": article.published,
            "updated": article.updated,
            "added": self._now,
            "url": _without_names(article.url, made.children) if keep else None,
            "url_key": kept.url_key,
            "input": _without_names(article.input, made.children) if keep else None,
            "input_key": kept.input_key,
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
        if again:
            self._change(kept.id, row)
        else:
            self._waiting[kept.id] = row
            self._rows.add(tables.articles, [row])
        bands = ({"band": band, "article_id": kept.id} for band in set(made.sketch))
        self._rows.add(tables.sketches, bands)

    def _passages(self, made: Prepared, number: int) -> None:
        article = made.analysis.article
        rows: list[dict[str, Any]] = [
            {"start": b.span.start, "end": b.span.end, "role": b.role} for b in article.blocks
        ]
        self._numbered(tables.passages, number, rows)
        if self._ledger.keeps_text:
            self._words += [
                (r["id"], blanked(article.text, made.sensitive, r["start"], r["end"])) for r in rows
            ]

    def _sources(
        self, made: Prepared, number: int, people: dict[str, dict[str, Any]]
    ) -> dict[str, int]:
        rows: list[dict[str, Any]] = []
        for source in made.analysis.sources:
            row = people.get(source.person_id or source.id)
            rows.append(
                {
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
        self._numbered(tables.sources, number, rows)
        return {row["local"]: row["id"] for row in rows}

    def _statements(self, made: Prepared, number: int, sources: dict[str, int]) -> dict[str, int]:
        found = made.analysis.attributions
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
        self._rows.add(tables.statements, rows)
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
        by_id = {a.id: a for a in made.analysis.attributions}
        kinds = {s.id: s for s in made.analysis.sources}
        rows = []
        for printing in made.printings:
            a = by_id.get(printing.attribution or "")
            source = kinds.get(a.source_id or "") if a and not a.rivals else None
            row = people.get(source.person_id or source.id) if source else None
            speaker = row["person_id"] if row else None
            start, end = printing.parts[0].start, printing.parts[-1].end
            rows.append(
                {
                    "statement_id": statements.get(printing.attribution or ""),
                    "family_id": self._weaver.weave(printing, speaker),
                    "quoted": printing.quoted,
                    "start": start,
                    "end": end,
                    "parts": spans(printing.parts),
                    "words": len(printing.wording.words),
                    "wording": printing.mark,
                    "sensitive": overlaps(made.sensitive, start, end),
                }
            )
        self._numbered(tables.printings, number, rows)

    def _figures(self, made: Prepared, number: int, people: dict[str, dict[str, Any]]) -> None:
        owners = sorted((m.start, m.end, p.id) for p in made.analysis.people for m in p.mentions)
        keep = self._ledger.keeps_text
        rows = []
        for figure in made.analysis.figures:
            of = figure.of
            local = next((p for s, e, p in owners if of and s <= of.start < e), None)
            unit = figure.unit
            if unit and (not keep or scrubbed(unit, made.children) != unit):
                unit = None if figure.kind == "count" else unit
            rows.append(
                {
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
        self._numbered(tables.figures, number, rows)


def _draft(ledger: Ledger, made: Prepared) -> _Draft:
    """An article with the rows of everybody it names.

    A source that is named and is nobody of the article's people has its source's id.
    """
    analysis, keep = made.analysis, ledger.keeps_text
    article = analysis.article
    titles: dict[str, list[str]] = {}
    for source in analysis.sources:
        if source.title and source.person_id:
            titles.setdefault(source.person_id, []).append(source.title)
    named: list[Named] = []
    rows: dict[str, dict[str, Any]] = {}

    def note(local: str, name: str, key: Name | None, is_body: bool) -> None:
        if key:
            key = Name(ledger.key(key.key), ledger.key(key.last), key.full)
            named.append(Named(local, name, key, is_body))

    for person in analysis.people:
        name = None if person.minor else scrubbed(person.name, made.children)
        row = _appearance(person.id, name, titles.get(person.id, ()), made.children, keep)
        row["mentions"] = spans(person.mentions)
        row["gender"], row["minor"] = person.gender, bool(person.minor)
        rows[person.id] = row
        if name and _is_name(person.name):
            note(person.id, name, person_name(name), False)
    for source in analysis.sources:
        if source.person_id or not (source.name or source.title):
            continue
        name = scrubbed(source.name, made.children) if source.name else None
        given = [source.title] if source.title else ()
        rows[source.id] = row = _appearance(source.id, name, given, made.children, keep)
        row["mentions"] = spans(source.mentions)
        if name and source.kind not in _UNNAMED:
            is_body = source.kind != "person"
            note(source.id, name, (body_name if is_body else person_name)(name), is_body)
    for local, years in _births(analysis).items():
        if local in rows:
            rows[local]["born_from"], rows[local]["born_to"] = years
    outlet = article.outlet or (urlsplit(article.url).hostname if article.url else None)
    return _Draft(made, incoming(article, made.sketch, ledger.salt), outlet, rows, named)


def _appearance(
    local: str, name: str | None, titles: Sequence[str], children: list[str], keep: bool
) -> dict[str, Any]:
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
        "score": None,
        "evidence": None,
        "linked_by": None,
    }


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
