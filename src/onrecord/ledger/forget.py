"""Forgetting: what is purged is gone from the rows, the index and the file, not only from sight.

An article's row stays with its digest, outlet and date, so that nothing adds it again unasked. On
SQLite deleted bytes are overwritten (`secure_delete`), the index is merged, the file is written
anew (VACUUM) and the log cut off.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, or_, select, update

from ..errors import LedgerError
from . import tables
from .names import person_name
from .queries import find_people
from .search import forget_passages, settle_index
from .sensitive import blanked
from .store import Ledger
from .versions import find_article
from .weaving import rebuild_shingles

_TEXTLESS = (
    "input", "url", "text", "title_start", "title_end", "authors", "sensitive",
)  # fmt: skip
_DEPENDENT = (
    tables.figures, tables.printings, tables.statements, tables.sources, tables.appearances,
    tables.passages, tables.sketches,
)  # fmt: skip


class Purged(msgspec.Struct, frozen=True, kw_only=True):
    """What was forgotten."""

    schema: int = 1
    articles: int
    """Whose words, statements and names are gone; their digest, outlet and date stay."""
    statements: int
    people: int
    bytes_before: int | None
    bytes_after: int | None


def purge(
    ledger: Ledger,
    *,
    articles: Sequence[str] = (),
    persons: Sequence[str] = (),
    before: date | None = None,
) -> Purged:
    """Forget articles, people, and what was published before a day; all in one transaction.

    A person is forgotten with their aliases, what they said, and the text of every article that
    names them. Raises `LedgerError` for an article or person that isn't there, and for a name that
    several people bear: then a number must say whom.
    """
    size = _size(ledger)
    with ledger.database.writing() as to:
        doomed: set[int] = set()
        people: set[int] = set()
        for asked in articles:
            doomed.update(row.article for row in find_article(ledger, to, asked))
        for name in persons:
            number = _one_person(ledger, to, name)
            naming = _naming(ledger, to, number, name)
            if number is None and not naming:
                what = f"nobody named {name!r} is in it, and no text holds the name."
                remedy = "`ledger who NAME` shows who is."
                raise LedgerError(ledger.database.name, what, remedy)
            people.update([number] if number is not None else ())
            doomed.update(naming)
        if before is not None:
            t = tables.articles
            rows = to.execute(select(t.c.id).where(t.c.published < before, t.c.purged.is_(None)))
            doomed.update(rows.scalars())
        statements = _empty(to, sorted(doomed))
        gone = _drop_people(to, people)
        settle_index(to)
    _shrink(ledger)
    return Purged(
        articles=len(doomed),
        statements=statements,
        people=gone,
        bytes_before=size,
        bytes_after=_size(ledger),
    )


def _size(ledger: Ledger) -> int | None:
    file = ledger.database.file
    if file is None:
        return None
    beside = [file, file.with_name(f"{file.name}-wal")]
    return sum(path.stat().st_size for path in beside if path.exists())


def _one_person(ledger: Ledger, to: Connection, name: str) -> int | None:
    found = find_people(ledger, to, name)
    if len(found) > 1:
        numbers = ", ".join(map(str, found))
        what = f"{len(found)} people are named {name!r}: {numbers}."
        remedy = "Give a number; `ledger who NAME` shows who is who."
        raise LedgerError(ledger.database.name, what, remedy)
    return found[0] if found else None


def _naming(ledger: Ledger, to: Connection, person: int | None, asked: str) -> set[int]:
    """The articles that name a person: found there when they were added, or holding the full name.

    An article whose bearer of the name is another person of the ledger is left alone.
    """
    ap, al, ar = tables.appearances, tables.aliases, tables.articles
    found = set(to.execute(select(ap.c.article_id).where(ap.c.person_id == person)).scalars())
    if not ledger.keeps_text:
        return found
    names = set(to.execute(select(al.c.name).where(al.c.person_id == person)).scalars())
    names |= set(to.execute(select(ap.c.name).where(ap.c.person_id == person)).scalars())
    names.add(asked)
    full = sorted(n for n in names if n and _is_full(n))
    keys = select(al.c.key).where(al.c.person_id == person)
    others = select(al.c.person_id).where(al.c.key.in_(keys), al.c.person_id != person)
    namesakes = set(to.execute(select(ap.c.article_id).where(ap.c.person_id.in_(others))).scalars())
    if full:
        likely = or_(*(ar.c.text.icontains(n.split()[-1], autoescape=True) for n in full))
        shapes = (r"\s+".join(map(re.escape, n.split())) for n in full)
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)", re.IGNORECASE)
        for row in to.execute(select(ar.c.id, ar.c.text).where(likely)):
            if row.id not in namesakes and pattern.search(row.text):
                found.add(row.id)
        for row in to.execute(select(ar.c.id, ar.c.authors).where(ar.c.authors.is_not(None))):
            if any(pattern.search(author) for author in row.authors):
                found.add(row.id)
    return found


def _is_full(name: str) -> bool:
    key = person_name(name)
    return key is not None and key.full


def _empty(to: Connection, doomed: Sequence[int]) -> int:
    """Take everything of articles but their digest, outlet and dates; how many statements went."""
    t, pa, pr, st = tables.articles, tables.passages, tables.printings, tables.statements
    statements = 0
    touched: set[int] = set()
    for n in range(0, len(doomed), 200):
        numbers = doomed[n : n + 200]
        rows = to.execute(
            select(pa.c.id, pa.c.start, pa.c.end, t.c.text, t.c.sensitive)
            .join(t, t.c.id == pa.c.article_id)
            .where(pa.c.article_id.in_(numbers), t.c.text.is_not(None))
        ).all()
        forget_passages(to, [(r.id, blanked(r.text, r.sensitive, r.start, r.end)) for r in rows])
        touched.update(
            to.execute(
                select(pr.c.family_id)
                .where(pr.c.article_id.in_(numbers), pr.c.family_id.is_not(None))
                .distinct()
            ).scalars()
        )
        statements += (
            to.execute(
                select(func.count()).select_from(st).where(st.c.article_id.in_(numbers))
            ).scalar()
            or 0
        )
        named = select(tables.appearances.c.person_id).where(
            tables.appearances.c.article_id.in_(numbers)
        )
        maybe = set(to.execute(named).scalars())
        to.execute(update(st).where(st.c.article_id.in_(numbers)).values(parent_id=None))
        for table in _DEPENDENT:
            to.execute(table.delete().where(table.c.article_id.in_(numbers)))
        values: dict[str, Any] = dict.fromkeys(_TEXTLESS)
        today = datetime.now(UTC).date()
        to.execute(update(t).where(t.c.id.in_(numbers)).values(**values, purged=today))
        _drop_people(to, _unseen(to, maybe))
    _drop_families(to, touched)
    return statements


def _unseen(to: Connection, people: Iterable[int | None]) -> set[int]:
    """Those of some people who appear in no article any more."""
    ap = tables.appearances
    asked = {p for p in people if p is not None}
    seen = to.execute(select(ap.c.person_id).where(ap.c.person_id.in_(sorted(asked))).distinct())
    return asked - set(seen.scalars())


def _drop_people(to: Connection, people: Iterable[int]) -> int:
    """Take people out with their names; how many went."""
    numbers = sorted(people)
    if not numbers:
        return 0
    ap, lo = tables.appearances, tables.audit
    to.execute(update(ap).where(ap.c.person_id.in_(numbers)).values(person_id=None, name=None))
    to.execute(tables.aliases.delete().where(tables.aliases.c.person_id.in_(numbers)))
    to.execute(update(lo).where(lo.c.person_id.in_(numbers)).values(reason=None))
    to.execute(update(lo).where(lo.c.other_id.in_(numbers)).values(reason=None))
    done = to.execute(tables.people.delete().where(tables.people.c.id.in_(numbers)))
    return done.rowcount


def _drop_families(to: Connection, touched: Iterable[int]) -> None:
    """Families without members go; of the others only what their members say is kept."""
    p, sh, fa = tables.printings, tables.shingles, tables.families
    for family in sorted(touched):
        left = to.execute(
            select(func.count()).select_from(p).where(p.c.family_id == family)
        ).scalar()
        if left:
            rebuild_shingles(to, family)
        else:
            to.execute(sh.delete().where(sh.c.family_id == family))
            to.execute(fa.delete().where(fa.c.id == family))


def _shrink(ledger: Ledger) -> None:
    """Write the file anew, without free pages, and cut the log off."""
    database = ledger.database
    with database.faults():
        if not database.sqlite:
            with database.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as connection:
                connection.exec_driver_sql("VACUUM")
            return
        raw = database.engine.raw_connection()
        try:
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = bool((cursor.fetchone() or (0,))[0])
            cursor.close()
        finally:
            raw.close()
    if busy:
        what = "it was purged, but another process still reads, so the log isn't cut off yet."
        raise LedgerError(database.name, what, "Stop that process and run the purge again.")
