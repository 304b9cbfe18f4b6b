"""Linking an article's named people and bodies to those of the ledger: candidates, evidence, rows.

`identity` judges; this asks the database for what it judges by and writes what it found.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from ..records import Analysis
from . import identity, tables
from .names import Name

Numbering = Callable[..., int]
MOST_CANDIDATES = 12
"""People of one name that are held against an article's, those known longest first."""
MOST_ROWS = 40
"""Appearances of a candidate that are looked at, the latest."""
_MOST_ASKED = 500
"""Numbers in one question to the database."""
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


class _Appearance(msgspec.Struct, frozen=True):
    """What one article said of a person, and who else it named."""

    name: str | None
    title: str | None
    gender: str | None
    born: tuple[int, int] | None
    outlet: int | None
    published: date | None
    company: frozenset[int]


class _Known:
    """A person of the ledger as far as this transaction has asked, kept up to date as it writes."""

    def __init__(self, appearances: list[_Appearance]) -> None:
        self._appearances = appearances
        self._evidence: identity.Evidence | None = None

    def add(self, appearance: _Appearance) -> None:
        """Somebody is named once more."""
        self._appearances = [*self._appearances[-MOST_ROWS + 1 :], appearance]
        self._evidence = None

    def evidence(self, person: int, key: Name) -> identity.Evidence:
        """What is known of the person, the latest first."""
        if self._evidence is None:
            seen = self._appearances[::-1]
            genders = [a.gender for a in seen if a.gender]
            born = [a.born for a in seen if a.born]
            self._evidence = identity.Evidence(
                name=key,
                middles=frozenset().union(*(identity.middles(a.name) for a in seen if a.name)),
                titles=tuple(dict.fromkeys(a.title for a in seen if a.title)),
                gender=max(set(genders), key=genders.count) if genders else None,
                born=(min(b[0] for b in born), max(b[1] for b in born)) if born else None,
                company=frozenset().union(*(a.company for a in seen)) - {person},
                outlets=frozenset(a.outlet for a in seen if a.outlet),
                days=_days(a.published for a in seen),
                articles=len(seen),
            )
        return self._evidence


class Linker:
    """Links names within one transaction."""

    def __init__(self, connection: Connection, number: Numbering) -> None:
        self._to, self._number = connection, number
        self._known_of: dict[int, _Known] = {}
        self._names: dict[int, str | None] = {}

    def link(
        self,
        analysis: Analysis,
        article: int,
        outlet: int | None,
        rows: dict[str, dict[str, Any]],
        named: dict[str, tuple[str, Name | None, str]],
        ledger: Any,
    ) -> None:
        """Fill `person_id`, `score` and `evidence` of the rows of everybody who has a name.

        Bodies are linked by name alone, where the name says which one it is; people by evidence.
        """
        keys = {
            local: Name(ledger.key(name.key), ledger.key(name.last), name.full)
            for local, (_, name, _) in named.items()
            if name
        }
        known = self._known(keys.values())
        used: set[int] = set()
        people: list[str] = []
        for local, (name, _, kind) in named.items():
            if kind != "body":
                people.append(local)
            elif identity.is_proper_body(name):
                same = [n for n, found in known.get(keys[local].key, ()) if found == "body"]
                number = same[0] if same else self._new(keys[local], name, kind, ledger)
                if not same:
                    known.setdefault(keys[local].key, []).append((number, "body"))
                rows[local] |= {
                    "person_id": number, "score": 0.95, "evidence": ["same name"],
                    "linked_by": "add",
                }  # fmt: skip
        company = self._company(known, keys, people)
        common = self._common(company)
        self._load(
            n for local in people for n, kind in known.get(keys[local].key, ()) if kind == "person"
        )
        for local in people:
            name = named[local][0]
            row, key = rows[local], keys[local]
            here = identity.Evidence(
                name=key,
                middles=identity.middles(name),
                titles=(row["title"],) if row["title"] else (),
                gender=row["gender"],
                born=(row["born_from"], row["born_to"]) if row["born_from"] else None,
                company=company - {n for n, _ in known.get(key.key, ())},
                outlets=frozenset({outlet} if outlet else ()),
                days=_days([analysis.article.published]),
            )
            candidates = [n for n, k in known.get(key.key, ()) if k == "person" and n not in used]
            of = {n: self._known_of[n].evidence(n, key) for n in candidates}
            judged_all = [(n, identity.match(here, of[n], common)) for n in candidates]
            found = identity.best(judged_all)
            if found is None and not here.titles:
                # Of several who may be meant, whoever nothing is known of: one such is enough.
                bare = [pair for pair in judged_all if not of[pair[0]].titles]
                found = identity.best(bare[:1])
            if found is None:
                number, judged = self._new(key, name, "person", ledger), identity.Match(1.0, ())
                known.setdefault(key.key, []).append((number, "person"))
            else:
                number, judged = found
                self._alias(number, key, name, ledger)
            used.add(number)
            row |= {
                "person_id": number, "score": judged.score, "evidence": list(judged.evidence),
                "linked_by": "add",
            }  # fmt: skip
        self._named(rows, outlet, analysis.article.published)

    def _known(self, keys: Iterable[Name]) -> dict[str, list[tuple[int, str]]]:
        """The ledger's people and bodies by the keys of their names."""
        found: dict[str, list[tuple[int, str]]] = {}
        for wanted in _by_hundreds({name.key for name in keys}):
            for row in self._to.execute(_KNOWN, {"keys": wanted}):
                found.setdefault(row.key, []).append((row.id, row.kind))
                self._names[row.id] = row.name
        return found

    def _company(
        self, known: dict[str, list[tuple[int, str]]], keys: dict[str, Name], people: Sequence[str]
    ) -> frozenset[int]:
        """Everybody of the ledger whom the article may name: whose names it holds."""
        full = [keys[local].key for local in keys if local not in people or keys[local].full]
        return frozenset(n for key in full for n, _ in known.get(key, ()))

    def _common(self, company: frozenset[int]) -> dict[int, float]:
        """How much it says that somebody is named too: less, the more articles name them."""
        return {
            row[0]: 1 / (1 + row[1] / 5)
            for wanted in _by_hundreds(company)
            for row in self._to.execute(_COMMON, {"people": wanted})
        }

    def _load(self, people: Iterable[int]) -> None:
        """Ask what the ledger knows of people, of each once in a transaction."""
        rows: dict[int, list[Any]] = {n: [] for n in people if n not in self._known_of}
        for wanted in _by_hundreds(rows):
            for row in self._to.execute(_APPEARED, {"people": wanted}):
                rows[row.person_id].append(row)
        beside: dict[int, set[int]] = defaultdict(set)
        for wanted in _by_hundreds({row.article_id for group in rows.values() for row in group}):
            for article, person in self._to.execute(_BESIDE, {"articles": wanted}):
                beside[article].add(person)
        for number, group in rows.items():
            self._known_of[number] = _Known(
                [
                    _Appearance(
                        row.name, row.title, row.gender,
                        (row.born_from, row.born_to) if row.born_from else None,
                        row.outlet_id, row.published, frozenset(beside[row.article_id]),
                    )
                    for row in group
                ]
            )  # fmt: skip

    def _named(
        self, rows: Mapping[str, dict[str, Any]], outlet: int | None, published: date | None
    ) -> None:
        """Keep up with what is about to be written: the article names these people."""
        company = frozenset(row["person_id"] for row in rows.values() if row["person_id"])
        for row in rows.values():
            known = self._known_of.get(row["person_id"])
            if known is not None:
                born = (row["born_from"], row["born_to"]) if row["born_from"] else None
                known.add(
                    _Appearance(
                        row["name"], row["title"], row["gender"], born, outlet, published, company
                    )
                )

    def _new(self, key: Name, name: str, kind: str, ledger: Any) -> int:
        number = self._number(tables.people)
        kept = name if ledger.keeps_text else None
        self._known_of[number] = _Known([])
        self._names[number] = kept
        self._to.execute(
            insert(tables.people), {"id": number, "kind": kind, "name": kept, "note": None}
        )
        self._to.execute(
            insert(tables.aliases),
            {"person_id": number, "key": key.key, "last": key.last, "name": kept},
        )
        return number

    def _alias(self, person: int, key: Name, name: str, ledger: Any) -> None:
        """Keep the fullest form of a name that is linked by its key."""
        p, a = tables.people, tables.aliases
        old = self._names[person]
        if ledger.keeps_text and old is not None and len(name) > len(old):
            self._names[person] = name
            self._to.execute(p.update().where(p.c.id == person).values(name=name))
            where = (a.c.person_id == person) & (a.c.key == key.key)
            self._to.execute(a.update().where(where).values(name=name))


def _by_hundreds(numbers: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys in order, as many at a time as a question may hold."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _MOST_ASKED):
        yield ordered[start : start + _MOST_ASKED]


def _days(dates: Iterable[date | None]) -> tuple[int, int] | None:
    days = [d.toordinal() for d in dates if d is not None]
    return (min(days), max(days)) if days else None
