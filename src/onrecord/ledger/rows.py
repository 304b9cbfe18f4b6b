"""Writing and asking in bulk: many rows in one statement, many keys in one question.

Making and binding a statement by SQLAlchemy for every few rows takes longer than the database takes
to write them, so rows wait here until a batch of articles is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect, Table

from . import tables

MOST_ASKED = 500
"""Keys in one question to the database."""
_ORDER = tuple(tables.metadata.sorted_tables)
"""Parents before those that point to them."""
_BY_KEY = frozenset(("shingles", "sketches"))
"""Tables that are kept in the order of their hashes: written in that order, a page is met once."""
Bind = Callable[[Any], Any]


class Rows:
    """Rows that wait to be written, as long as they wait the same objects that were given."""

    def __init__(self, connection: Connection) -> None:
        self._to = connection
        self._waiting: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        """Let rows wait, each with every column of its table."""
        self._waiting.setdefault(table.name, []).extend(rows)

    def write(self) -> None:
        """Write what waits, parents first. Raises what the database raises."""
        for table in _ORDER:
            rows = self._waiting.pop(table.name, None)
            if rows:
                insert_rows(self._to, table, rows)


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows, each with every column of its table, in one statement; the rows are used up."""
    sql, names, binds = _statement(table, connection.dialect)
    for name, bind in binds:
        for row in rows:
            value = row[name]
            if value is not None:
                row[name] = bind(value)
    values = list(map(itemgetter(*names), rows)) if names[1:] else [tuple(r.values()) for r in rows]
    if table.name in _BY_KEY:
        values.sort()
    connection.exec_driver_sql(sql, values)


@lru_cache(maxsize=64)
def _statement(
    table: Table, dialect: Dialect
) -> tuple[str, tuple[str, ...], tuple[tuple[str, Bind], ...]]:
    """The statement that inserts a row, the names of its columns, and how some are bound."""
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.paramstyle == "qmark" else "%s"
    names = tuple(column.name for column in table.columns)
    binds = []
    for column in table.columns:
        bind = column.type.dialect_impl(dialect).bind_processor(dialect)
        if bind is not None and not isinstance(column.type, Boolean):  # both drivers know bool
            binds.append((column.name, bind))
    sql = (
        f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))})"
        f" VALUES ({', '.join([mark] * len(names))})"
    )
    return sql, names, tuple(binds)


def by_hundreds(keys: Iterable[Any]) -> Iterator[list[Any]]:
    """Keys in order, as many at a time as a question may hold."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), MOST_ASKED):
        yield ordered[start : start + MOST_ASKED]
