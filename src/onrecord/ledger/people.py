"""Making two people one, or one two, by hand; what was done is kept."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from ..errors import LedgerError
from . import tables
from .queries import find_people
from .store import Ledger
from .versions import find_article


class Relinked(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge or a split did."""

    schema: int = 1
    action: str
    person: int
    """Who stays."""
    other: int
    """Who went into them, or came out of them."""
    appearances: int
    """Articles' namings that changed hands."""


def merge(ledger: Ledger, person: str, other: str, *, reason: str | None = None) -> Relinked:
    """Make two people one; the first keeps name and number.

    Raises `LedgerError` where a name isn't one person's.
    """
    ap, al = tables.appearances, tables.aliases
    with ledger.database.writing() as to:
        one, two = _person(ledger, to, person), _person(ledger, to, other)
        if one == two:
            raise LedgerError(ledger.database.name, "these are one person already.", "")
        _same_kind(ledger, to, one, two)
        moved = list(to.execute(select(ap.c.id).where(ap.c.person_id == two)).scalars())
        to.execute(update(ap).where(ap.c.person_id == two).values(person_id=one, linked_by="merge"))
        known = set(to.execute(select(al.c.key).where(al.c.person_id == one)).scalars())
        for row in to.execute(select(al).where(al.c.person_id == two)).all():
            if row.key not in known:
                to.execute(insert(al), row._asdict() | {"person_id": one})
        to.execute(al.delete().where(al.c.person_id == two))
        to.execute(tables.people.delete().where(tables.people.c.id == two))
        _log(to, "merge", (one, two), moved, reason)
    return Relinked(action="merge", person=one, other=two, appearances=len(moved))


def split(
    ledger: Ledger, person: str, articles: Sequence[str], *, reason: str | None = None
) -> Relinked:
    """Make whoever some articles name another person than the one they were linked to.

    Raises `LedgerError` where none of the articles, or all,
    name the person.
    """
    ap, p, al = tables.appearances, tables.people, tables.aliases
    with ledger.database.writing() as to:
        one = _person(ledger, to, person)
        numbers = {row.article for asked in articles for row in find_article(ledger, to, asked)}
        rows = to.execute(
            select(ap.c.id, ap.c.article_id, ap.c.name).where(ap.c.person_id == one)
        ).all()
        moved = [row for row in rows if row.article_id in numbers]
        if not moved:
            what = "none of these articles names the person."
            raise LedgerError(ledger.database.name, what, "`ledger who NAME` lists the articles.")
        if len(moved) == len(rows):
            what = "these are all the articles that name the person: nobody would be left."
            raise LedgerError(ledger.database.name, what, "Name fewer.")
        old = to.execute(select(p).where(p.c.id == one)).one()
        names = [row.name for row in moved if row.name]
        two = (to.execute(select(func.max(p.c.id))).scalar() or 0) + 1
        name = max(names, key=len) if names else old.name
        to.execute(insert(p), {"id": two, "kind": old.kind, "name": name, "note": None})
        for row in to.execute(select(al).where(al.c.person_id == one)).all():
            to.execute(insert(al), row._asdict() | {"person_id": two})
        done = [row.id for row in moved]
        to.execute(update(ap).where(ap.c.id.in_(done)).values(person_id=two, linked_by="split"))
        _log(to, "split", (one, two), done, reason)
    return Relinked(action="split", person=one, other=two, appearances=len(done))


def _person(ledger: Ledger, to: Connection, asked: str) -> int:
    found = find_people(ledger, to, asked)
    if len(found) == 1:
        return found[0]
    what = f"nobody is {asked!r}." if not found else f"{len(found)} people are {asked!r}."
    remedy = "Give a number: `ledger who NAME` shows them."
    raise LedgerError(ledger.database.name, what, remedy)


def _same_kind(ledger: Ledger, to: Connection, one: int, two: int) -> None:
    p = tables.people
    kinds = set(to.execute(select(p.c.kind).where(p.c.id.in_((one, two)))).scalars())
    if len(kinds) > 1:
        what = "one of these is a person, the other a body."
        raise LedgerError(ledger.database.name, what, "They can't be one.")


def _log(
    to: Connection, action: str, who: tuple[int, int], moved: list[int], reason: str | None
) -> None:
    t = tables.audit
    number = (to.execute(select(func.max(t.c.id))).scalar() or 0) + 1
    row: dict[str, Any] = {
        "id": number,
        "at": datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        "action": action,
        "person_id": who[0],
        "other_id": who[1],
        "appearances": moved,
        "reason": reason,
    }
    to.execute(insert(t), row)
