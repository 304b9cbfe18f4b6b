"""Linking an article's named people and bodies to those of the ledger: candidates, evidence, rows.

`identity` judges; this asks the database for what it judges by, of a whole batch of articles at
once, and keeps what it was told as long as nobody else writes.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, select

from . import identity, tables
from .names import Name
from .rows import Rows, by_hundreds

Numbering = Callable[..., int]
MOST_CANDIDATES = 12
"""People of one name that are held against an article's, those known longest first."""
MOST_ROWS = 40
"""Appearances of a candidate that are looked at, the latest."""
MOST_REMEMBERED = 20_000
"""People of whom what was asked is remembered from one batch to the next."""
_P, _A, _AP, _AR = tables.people, tables.aliases, tables.appearances, tables.articles
_OF_NAME = (
    select(
        _A.c.key, _P.c.id, _P.c.kind, _P.c.name,
        func.row_number().over(partition_by=_A.c.key, order_by=_P.c.id).label("n"),
    )
    .join(_P, _P.c.id == _A.c.person_id)
    .where(_A.c.key.in_(bindparam("keys", expanding=True)))
    .subquery()
)  # fmt: skip
_KNOWN = select(_OF_NAME).where(_OF_NAME.c.n <= MOST_CANDIDATES).order_by(_OF_NAME.c.n)
_COMMON = (
    select(_AP.c.person_id, func.count())
    .where(_AP.c.person_id.in_(bindparam("people", expanding=True)))
    .group_by(_AP.c.person_id)
)
_LATEST = (
    select(
        _AP.c.person_id, _AP.c.article_id, _AP.c.name, _AP.c.title, _AP.c.gender, _AP.c.born_from,
        _AP.c.born_to,
        func.row_number().over(partition_by=_AP.c.person_id, order_by=_AP.c.id.desc()).label("n"),
    )
    .where(_AP.c.person_id.in_(bindparam("people", expanding=True)))
    .subquery()
)  # fmt: skip
_APPEARED = (
    select(*(c for c in _LATEST.c if c.name != "n"), _AR.c.outlet_id, _AR.c.published)
    .join(_AR, _AR.c.id == _LATEST.c.article_id)
    .where(_LATEST.c.n <= MOST_ROWS)
    .order_by(_LATEST.c.n.desc())
)
_BESIDE = (
    select(_AP.c.article_id, _AP.c.person_id)
    .where(
        _AP.c.article_id.in_(bindparam("articles", expanding=True)), _AP.c.person_id.is_not(None)
    )
    .distinct()
)
"""What is asked of every article: made once, since SQLAlchemy takes longer to make a question than
SQLite to answer it."""


class Named(msgspec.Struct, frozen=True, gc=False):
    """A person or body that an article names: its id there, its name, and what it is known by."""

    local: str
    name: str
    key: Name
    is_body: bool


class _Appearance(msgspec.Struct, frozen=True, gc=False):
    """What one article said of a person, and who else it named."""

    name: str | None
    title: str | None
    gender: str | None
    born: tuple[int, int] | None
    outlet: int | None
    day: int | None
    company: frozenset[int]


class _Known:
    """What is known of a person of the ledger, by the latest appearances.

    Counts are kept up to date one appearance at a time: whoever is named everywhere is named in
    nearly every article of a batch.
    """

    def __init__(self) -> None:
        self._seen: deque[_Appearance] = deque()
        self._middles: dict[Any, int] = {}
        self._titles: dict[Any, int] = {}
        self._genders: dict[Any, int] = {}
        self._company: dict[Any, int] = {}
        self._outlets: dict[Any, int] = {}
        self._evidence: identity.Evidence | None = None

    def add(self, one: _Appearance) -> None:
        """Somebody is named once more."""
        self._evidence = None
        self._seen.append(one)
        self._count(one, 1)
        if len(self._seen) > MOST_ROWS:
            self._count(self._seen.popleft(), -1)

    def _count(self, one: _Appearance, by: int) -> None:
        for counts, values in (
            (self._middles, identity.middles(one.name) if one.name else ()),
            (self._titles, (one.title,) if one.title else ()),
            (self._genders, (one.gender,) if one.gender else ()),
            (self._company, one.company),
            (self._outlets, (one.outlet,) if one.outlet else ()),
        ):
            for value in values:
                left = counts.get(value, 0) + by
                if left:
                    counts[value] = left
                else:
                    del counts[value]

    def evidence(self, key: Name) -> identity.Evidence:
        """What is known of the person."""
        if self._evidence is None:
            genders = self._genders
            born = [one.born for one in self._seen if one.born]
            days = [one.day for one in self._seen if one.day]
            self._evidence = identity.Evidence(
                name=key,
                middles=frozenset(self._middles),
                titles=tuple(self._titles),
                gender=min(genders, key=lambda g: (-genders[g], g)) if genders else None,
                born=(min(b[0] for b in born), max(b[1] for b in born)) if born else None,
                company=frozenset(self._company),
                outlets=frozenset(self._outlets),
                days=(min(days), max(days)) if days else None,
                articles=len(self._seen),
            )
        return self._evidence


class People:
    """What the ledger was asked of its people; right as long as only whoever holds it writes."""

    def __init__(self) -> None:
        self.of_key: dict[str, list[tuple[int, bool]]] = {}
        """Those of a name, known longest first: number, and whether it is a body."""
        self.names: dict[int, str | None] = {}
        self.known: dict[int, _Known] = {}
        self.counts: dict[int, int] = {}
        """In how many places each is named."""

    def is_full(self) -> bool:
        """Whether so much is remembered that it had better be asked anew."""
        return len(self.known) > MOST_REMEMBERED or len(self.of_key) > MOST_REMEMBERED


class Linker:
    """Links names within one transaction, those that were asked for by `load`."""

    def __init__(
        self, connection: Connection, number: Numbering, rows: Rows, people: People, keep: bool
    ) -> None:
        self._to, self._number, self._rows, self._keep = connection, number, rows, keep
        self._people = people
        self._fresh: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        self._renamed: dict[tuple[int, str], str] = {}

    def load(self, named: Iterable[Named]) -> None:
        """Ask for everybody who may be meant by some names, in a few questions."""
        people = self._people
        asked = {one.key.key for one in named} - people.of_key.keys()
        people.of_key.update((key, []) for key in asked)
        for keys in by_hundreds(asked):
            for row in self._to.execute(_KNOWN, {"keys": keys}):
                people.of_key[row.key].append((row.id, row.kind == "body"))
                people.names[row.id] = row.name
        found = {n: is_body for key in asked for n, is_body in people.of_key[key]}
        fresh = found.keys() - people.counts.keys()
        for numbers in by_hundreds(fresh):
            for number, count in self._to.execute(_COMMON, {"people": numbers}):
                people.counts[number] = count
        self._load({n for n, is_body in found.items() if not is_body} - people.known.keys())

    def _load(self, people: Iterable[int]) -> None:
        """Ask in which articles some people were named, and with whom."""
        rows: list[Any] = []
        for wanted in by_hundreds(people):
            self._people.known.update((number, _Known()) for number in wanted)
            rows += self._to.execute(_APPEARED, {"people": wanted})
        beside: dict[int, set[int]] = defaultdict(set)
        for wanted in by_hundreds({row.article_id for row in rows}):
            for article, person in self._to.execute(_BESIDE, {"articles": wanted}):
                beside[article].add(person)
        company = {article: frozenset(group) for article, group in beside.items()}
        for row in rows:
            self._people.known[row.person_id].add(
                _Appearance(
                    row.name, row.title, row.gender,
                    (row.born_from, row.born_to) if row.born_from else None,
                    row.outlet_id, row.published.toordinal() if row.published else None,
                    company[row.article_id],
                )
            )  # fmt: skip

    def link(
        self,
        published: date | None,
        outlet: int | None,
        rows: Mapping[str, dict[str, Any]],
        named: Sequence[Named],
    ) -> None:
        """Fill `person_id`, `score` and `evidence` of the rows of everybody who has a name.

        Bodies are linked by name alone, where the name says which one it is; people by evidence.
        """
        for one in named:
            if one.is_body and identity.is_proper_body(one.name):
                same = [n for n, is_body in self._bearers(one.key) if is_body]
                number = same[0] if same else self._new(one)
                rows[one.local].update(
                    person_id=number, score=0.95, evidence=["same name"], linked_by="add"
                )
        company = frozenset(
            n for one in named if one.is_body or one.key.full for n, _ in self._bearers(one.key)
        )
        common = {n: 1 / (1 + self._people.counts.get(n, 0) / 5) for n in company}
        day = published.toordinal() if published else None
        used: set[int] = set()
        for one in named:
            if one.is_body:
                continue
            row, bearers = rows[one.local], self._bearers(one.key)
            here = identity.Evidence(
                name=one.key,
                middles=identity.middles(one.name),
                titles=(row["title"],) if row["title"] else (),
                gender=row["gender"],
                born=(row["born_from"], row["born_to"]) if row["born_from"] else None,
                company=company.difference([n for n, _ in bearers]),
                outlets=frozenset((outlet,) if outlet else ()),
                days=(day, day) if day else None,
            )
            candidates = [n for n, is_body in bearers if not is_body and n not in used]
            found = self._meant(here, candidates, common)
            if found is None:
                number, score, evidence = self._new(one), 1.0, list[str]()
            else:
                number, judged = found
                score, evidence = judged.score, list(judged.evidence)
                self._rename(number, one)
            used.add(number)
            row.update(person_id=number, score=score, evidence=evidence, linked_by="add")
        self._seen(rows, outlet, day)

    def _bearers(self, key: Name) -> Sequence[tuple[int, bool]]:
        return self._people.of_key[key.key][:MOST_CANDIDATES]

    def _meant(
        self, here: identity.Evidence, candidates: Sequence[int], common: Mapping[int, float]
    ) -> tuple[int, identity.Match] | None:
        """Who of several is meant, or nobody of them."""
        known = self._people.known
        judged = [
            (n, identity.match(here, known[n].evidence(here.name), common)) for n in candidates
        ]
        found = identity.best(judged)
        if found is None and not here.titles:
            # Of several who may be meant, whoever nothing is known of: one such is enough.
            bare = [pair for pair in judged if not known[pair[0]].evidence(here.name).titles]
            found = identity.best(bare[:1])
        return found

    def _seen(
        self, rows: Mapping[str, dict[str, Any]], outlet: int | None, day: int | None
    ) -> None:
        """Keep up with what is about to be written: the article names these people."""
        people = self._people
        company = frozenset(row["person_id"] for row in rows.values() if row["person_id"])
        for row in rows.values():
            number = row["person_id"]
            if not number:
                continue
            people.counts[number] = people.counts.get(number, 0) + 1
            known = people.known.get(number)
            if known is not None:
                born = (row["born_from"], row["born_to"]) if row["born_from"] else None
                known.add(
                    _Appearance(
                        row["name"], row["title"], row["gender"], born, outlet, day, company
                    )
                )

    def _new(self, one: Named) -> int:
        number = self._number(tables.people)
        name = one.name if self._keep else None
        self._people.of_key[one.key.key].append((number, one.is_body))
        self._people.names[number] = name
        if not one.is_body:
            self._people.known[number] = _Known()
        kind = "body" if one.is_body else "person"
        person = {"id": number, "kind": kind, "name": name, "note": None}
        alias = {"person_id": number, "key": one.key.key, "last": one.key.last, "name": name}
        self._fresh[number] = (person, alias)
        self._rows.add(tables.people, [person])
        self._rows.add(tables.aliases, [alias])
        return number

    def _rename(self, person: int, one: Named) -> None:
        """Keep the fullest form of a name that is linked by its key."""
        old = self._people.names[person]
        if not self._keep or old is None or len(one.name) <= len(old):
            return
        self._people.names[person] = one.name
        if person in self._fresh:
            for row in self._fresh[person]:
                row["name"] = one.name
        else:
            self._renamed[person, one.key.key] = one.name

    def written(self) -> None:
        """The rows that waited are written: add to them the names that have become fuller."""
        self._fresh.clear()
        for (person, key), name in self._renamed.items():
            self._to.execute(_P.update().where(_P.c.id == person).values(name=name))
            of = (_A.c.person_id == person) & (_A.c.key == key)
            self._to.execute(_A.update().where(of).values(name=name))
        self._renamed.clear()
