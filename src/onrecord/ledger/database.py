"""Opening a ledger: which database, whether it is one of ours, its schema, its faults in words.

SQLite files run in WAL mode with `secure_delete`, so that a reader never waits for a writer and
what is deleted is overwritten. One writer at a time: transactions that write take the lock at once.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event, exc, inspect, text
from sqlalchemy.engine import make_url

from ..errors import LedgerError
from ..extras import install
from .search import create_views, drop_views

APPLICATION_ID = 0x4F4E5243
"""`ONRC`: what SQLite files of ours carry in their header, so that `file` can tell them."""
WAIT = 30
"""Seconds that a writer waits for another one."""
_CACHE_KIB = 131_072
_MIGRATIONS = Path(__file__).with_name("migrations")
_WRITERS = 0x4F4E5243
"""Number of the PostgreSQL advisory lock that writers take in turn."""


def url_of(where: str) -> str:
    """The database URL of a path or a URL. Raises `LedgerError` for another kind of database."""
    if "://" not in where:
        return f"sqlite:///{where}"
    try:
        url = make_url(where)
    except exc.ArgumentError as error:
        remedy = "Give a file, or postgresql+psycopg://user@host/name."
        raise LedgerError(where, "this is no database's address.", remedy) from error
    kind = url.get_backend_name()
    if kind == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if kind not in ("sqlite", "postgresql"):
        remedy = "Give a file for SQLite, or postgresql+psycopg://user@host/name."
        raise LedgerError(where, f"ledgers are not kept in {kind}.", remedy)
    return url.render_as_string(hide_password=False)


def shown(where: str) -> str:
    """A path or URL for people, its password hidden."""
    return make_url(where).render_as_string() if "://" in where else where


def file_of(where: str) -> Path | None:
    """The file of a SQLite ledger; None for another database."""
    url = make_url(url_of(where))
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


class State(NamedTuple):
    """By which a writer knows whether anybody else wrote since its last transaction."""

    source: Any
    """The connection that counts."""
    others: int
    """Counts others' transactions; on PostgreSQL all of the server's."""
    writes: int
    """Our own transactions, those that were given up too."""


class Database:
    """A connection to one ledger's database."""

    def __init__(self, where: str, *, wait: float = WAIT) -> None:
        self.where, self.name = where, shown(where)
        self._writes = 0
        self.file = file_of(where)
        url = url_of(where)
        self.sqlite = self.file is not None
        self.read_only = self.file is not None and self.file.exists() and not _writable(self.file)
        if self.file is not None:
            if self.read_only:
                # Without its log nobody writes to it, and no lock is needed, nor possible.
                log = self.file.with_name(f"{self.file.name}-wal")
                how = "mode=ro" if log.exists() else "mode=ro&immutable=1"
                path = quote(str(self.file.absolute()))
                url = f"sqlite:///file:{path}?{how}&uri=true"
            self.engine = create_engine(
                url, json_serializer=_encode, connect_args={"timeout": wait}
            )
            event.listen(self.engine, "connect", self._prepare)
            event.listen(self.engine, "begin", _begin)
        else:
            try:
                self.engine = create_engine(
                    url, json_serializer=_encode, connect_args={"connect_timeout": 10}
                )
            except ImportError as error:
                what = "PostgreSQL needs psycopg."
                raise LedgerError(self.name, what, install("postgres")) from error

    def _prepare(self, connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun by `_begin`
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    def exists(self) -> bool:
        """Whether there is anything there at all."""
        if self.file is not None:
            return self.file.exists() and self.file.stat().st_size > 0
        with self.faults(), self.engine.connect() as connection:
            return inspect(connection).has_table("alembic_version")

    def create(self) -> None:
        """Make the tables, in a new file or an empty database. Raises `LedgerError`."""
        with self.faults():
            if self.file is not None:
                with self.engine.connect() as connection:
                    raw: Any = connection.connection.driver_connection
                    # In this order the mark is in the file itself before anything is in a log.
                    connection.rollback()
                    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                    raw.execute("PRAGMA journal_mode = WAL")
            self.upgrade()

    def check(self) -> None:
        """Whether this is a ledger that this version reads; an older one is brought up to date.

        Raises `LedgerError` for a file that is none, and for one of a newer schema.
        """
        if self.file is not None:
            self._check_file(self.file)
        with self.faults():
            with self.engine.connect() as connection:
                found = self.revision(connection)
                if found is None and self.sqlite and not self.read_only:
                    self.upgrade()  # somebody was stopped while making it
                    found = heads()
                if found is None:
                    what = "this is no ledger: its tables are not there."
                    raise LedgerError(self.name, what, "`onrecord ledger init` makes one.")
            head = heads()
            if found == head:
                return
            try:
                _script().get_revision(found)
            except CommandError as error:
                what = f"this ledger was written by a newer onrecord (schema {found})."
                raise LedgerError(self.name, what, "Update onrecord.") from error
            if self.read_only:
                what = f"its schema ({found}) is an older one, and it can't be written."
                raise LedgerError(self.name, what, "Make it writable once.")
            self.upgrade()

    def _check_file(self, file: Path) -> None:
        try:
            with file.open("rb") as opened:
                header = opened.read(100)
        except OSError as error:
            what = f"can't be read ({error.strerror})."
            raise LedgerError(self.name, what, "Check the path and its permissions.") from error
        if not header.startswith(b"SQLite format 3\x00"):
            what = "this file is no ledger, nor any SQLite database."
            raise LedgerError(self.name, what, "Name another file with --db; it was left alone.")
        with self.faults(), self.engine.connect() as connection:
            mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION_ID:
            what = "this is another program's SQLite database, no ledger."
            raise LedgerError(self.name, what, "Name another file with --db; it was left alone.")

    def revision(self, connection: Connection) -> str | None:
        """The schema that the database has."""
        return MigrationContext.configure(connection).get_current_revision()

    def upgrade(self, to: str = "head") -> None:
        """Bring the schema to a revision, in one transaction."""
        with self.writing() as connection:
            drop_views(connection)
            command.upgrade(_config(connection), to)
            if self.revision(connection) == heads():
                create_views(connection)

    def downgrade(self, to: str) -> None:
        """Take the schema back to an earlier revision, in one transaction, without its views."""
        with self.writing() as connection:
            drop_views(connection)
            command.downgrade(_config(connection), to)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads: one consistent state."""
        with self.faults(), self.engine.connect() as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, alone; committed at the end, or nothing of it is kept."""
        if self.read_only:
            remedy = "Check the permissions of file and folder."
            raise LedgerError(self.name, "it can't be written.", remedy)
        with (
            self.faults(),
            self.engine.connect().execution_options(onrecord_write=True) as connection,
            connection.begin(),
        ):
            if not self.sqlite:
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
            self._writes += 1
            yield connection

    def state(self, connection: Connection) -> State:
        """The state of the database as a transaction that writes found it."""
        if self.sqlite:
            count = connection.exec_driver_sql("PRAGMA data_version").scalar()
            return State(connection.connection.driver_connection, count or 0, self._writes)
        count = connection.exec_driver_sql("SELECT txid_current()").scalar()
        return State(None, count or 0, self._writes)

    def next_state(self, state: State) -> State:
        """What the next transaction that writes finds if nobody else has written meanwhile."""
        own = 0 if self.sqlite else 1
        return State(state.source, state.others + own, state.writes + 1)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Database errors as `LedgerError`, in words."""
        try:
            yield
        except exc.DBAPIError as error:
            raise LedgerError(self.name, *_words(error, self.sqlite)) from error
        except sqlite3.Error as error:
            raise LedgerError(self.name, *_said(str(error))) from error

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()


def _writable(file: Path) -> bool:
    """Whether a file and its folder, where the log lies, can be written."""
    try:
        with file.open("r+b"):
            return os.access(file.parent, os.W_OK)
    except OSError:
        return False


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("onrecord_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def heads() -> str:
    """The revision of the schema that this version writes."""
    return _script().get_current_head() or ""


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(_MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


_SAYINGS = (
    ("database is locked", "another process is writing to it.", "Try again in a moment."),
    ("database table is locked", "another process is writing to it.", "Try again in a moment."),
    ("disk is full", "the disk is full; nothing of this step was kept.", "Make room."),
    ("disk i/o error", "the disk failed; nothing of this step was kept.", "Check the disk."),
    ("readonly database", "it can't be written.", "Check the permissions of file and folder."),
    ("unable to open", "it can't be opened.", "Check the path and its permissions."),
    ("file is not a database", "this file is no ledger, nor any SQLite database.", "Name another."),
    ("malformed", "the file is damaged.", "Restore a copy; `sqlite3 FILE .recover` may help."),
    ("no such table", "this is no ledger: its tables are not there.", "Name another file."),
)


def _said(message: str) -> tuple[str, str]:
    low = message.casefold()
    for sign, what, remedy in _SAYINGS:
        if sign in low:
            return what, remedy
    return (
        f"the database says: {message.strip().splitlines()[0]}.",
        "Nothing of this step was kept.",
    )


def _words(error: exc.DBAPIError, sqlite: bool) -> tuple[str, str]:
    if sqlite:
        return _said(str(error.orig))
    first = next(iter(str(error.orig).strip().splitlines()), type(error.orig).__name__)
    if isinstance(error, exc.OperationalError) and not error.connection_invalidated:
        return f"PostgreSQL can't be reached or won't serve: {first}.", "Check the address."
    return f"PostgreSQL says: {first}.", "Nothing of this step was kept."
