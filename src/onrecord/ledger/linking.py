"""Linking an article's named people and bodies to those of the ledger: candidates, evidence, rows.

`identity` judges; this asks the database for what it judges by and writes what it found.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, select

from ..records import Analysis
from . import identity, tables
from .names import Name

Numbering = Callable[..., int]
MOST_CANDIDATES = 12
"""People of one name that are held against an article's, those named last first."""
MOST_ROWS = 40
"""Appearances of a candidate that are looked at, the latest."""


class Linker:
    """Links names within one transaction."""

    def __init__(self, connection: Connection, number: Numbering) -> None:
        self._to, self._number = connection, number
        self._known_of: dict[int, identity.Evidence] = {}

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
            of = {n: self._evidence(n, key) for n in candidates}
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
            self._known_of.pop(number, None)
            row |= {
                "person_id": number, "score": judged.score, "evidence": list(judged.evidence),
                "linked_by": "add",
            }  # fmt: skip

    def _known(self, keys: Iterable[Name]) -> dict[str, list[tuple[int, str]]]:
        """The ledger's people and bodies by the keys of their names."""
        a, p = tables.aliases, tables.people
        wanted = sorted({name.key for name in keys})
        found: dict[str, list[tuple[int, str]]] = {}
        if wanted:
            rows = self._to.execute(
                select(a.c.key, p.c.id, p.c.kind)
                .join(p, p.c.id == a.c.person_id)
                .where(a.c.key.in_(wanted))
                .order_by(p.c.id.desc())
            )
            for row in rows:
                group = found.setdefault(row.key, [])
                if len(group) < MOST_CANDIDATES:
                    group.append((row.id, row.kind))
        return found

    def _company(
        self, known: dict[str, list[tuple[int, str]]], keys: dict[str, Name], people: Sequence[str]
    ) -> frozenset[int]:
        """Everybody of the ledger whom the article may name: whose names it holds."""
        full = [keys[local].key for local in keys if local not in people or keys[local].full]
        return frozenset(n for key in full for n, _ in known.get(key, ()))

    def _common(self, company: frozenset[int]) -> dict[int, float]:
        """How much it says that somebody is named too: less, the more articles name them."""
        if not company:
            return {}
        ap = tables.appearances
        rows = self._to.execute(
            select(ap.c.person_id, func.count())
            .where(ap.c.person_id.in_(sorted(company)))
            .group_by(ap.c.person_id)
        )
        return {row[0]: 1 / (1 + row[1] / 5) for row in rows}

    def _evidence(self, person: int, key: Name) -> identity.Evidence:
        """What the ledger knows of a person, asked once until they are named again."""
        if person not in self._known_of:
            self._known_of[person] = self._ask(person, key)
        return self._known_of[person]

    def _ask(self, person: int, key: Name) -> identity.Evidence:
        ap, ar = tables.appearances, tables.articles
        rows = self._to.execute(
            select(
                ap.c.article_id, ap.c.name, ap.c.title, ap.c.gender, ap.c.born_from, ap.c.born_to,
                ar.c.outlet_id, ar.c.published,
            )
            .join(ar, ar.c.id == ap.c.article_id)
            .where(ap.c.person_id == person)
            .order_by(ap.c.id.desc())
            .limit(MOST_ROWS)
        ).all()  # fmt: skip
        other = tables.appearances
        near = self._to.execute(
            select(other.c.person_id)
            .where(
                other.c.article_id.in_([row.article_id for row in rows]),
                other.c.person_id.is_not(None),
                other.c.person_id != person,
            )
            .distinct()
        ).scalars()
        genders = [row.gender for row in rows if row.gender]
        born = [(row.born_from, row.born_to) for row in rows if row.born_from]
        return identity.Evidence(
            name=key,
            middles=frozenset().union(*(identity.middles(row.name) for row in rows if row.name)),
            titles=tuple(dict.fromkeys(row.title for row in rows if row.title)),
            gender=max(set(genders), key=genders.count) if genders else None,
            born=(min(b[0] for b in born), max(b[1] for b in born)) if born else None,
            company=frozenset(near),
            outlets=frozenset(row.outlet_id for row in rows if row.outlet_id),
            days=_days([row.published for row in rows]),
        )

    def _new(self, key: Name, name: str, kind: str, ledger: Any) -> int:
        number = self._number(tables.people)
        kept = name if ledger.keeps_text else None
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
        if not ledger.keeps_text:
            return
        old = self._to.execute(select(p.c.name).where(p.c.id == person)).scalar()
        if old is not None and len(name) > len(old):
            self._to.execute(p.update().where(p.c.id == person).values(name=name))
            where = (a.c.person_id == person) & (a.c.key == key.key)
            self._to.execute(a.update().where(where).values(name=name))


def _days(dates: Iterable[date | None]) -> tuple[int, int] | None:
    days = [d.toordinal() for d in dates if d is not None]
    return (min(days), max(days)) if days else None
