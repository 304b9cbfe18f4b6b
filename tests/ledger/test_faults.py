"""What goes wrong: killed, full, locked, read-only, newer, no ledger. Plain words and no damage."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import event, text

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger, create_ledger, open_ledger
from onrecord.ledger.database import Database, heads
from onrecord.ledger.queries import stats, who
from onrecord.ledger.readback import read_analysis
from onrecord.ledger.tables import metadata

from .conftest import article

STORY = (
    "Tale {n} ¶ [s1 person=Ann_Lee title=mayor Ann Lee], mayor, [c1 said]:"
    ' [q1 "Harbour number {n} will open again in the spring of the year {n}."]'
)


def fill(ledger: Ledger, count: int) -> None:
    ledger.add([article(STORY.format(n=n), "Harbour Star", "2026-03-01") for n in range(count)])


def test_no_ledger_there(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="there is no ledger here"):
        open_ledger(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Dear diary, nothing happened today. " * 20)
    with pytest.raises(LedgerError, match="no ledger, nor any SQLite database"):
        open_ledger(str(other), create=True)
    assert other.read_text().startswith("Dear diary")
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE songs (name TEXT)")
    connection.close()
    before = foreign.read_bytes()
    with pytest.raises(LedgerError, match="another program's SQLite database"):
        open_ledger(str(foreign), create=True)
    assert foreign.read_bytes() == before


def test_cut_file_is_told_and_not_made_worse(tmp_path: Path) -> None:
    made = create_ledger(str(tmp_path / "l.db"))
    fill(made, 5)
    made.close()
    file = tmp_path / "l.db"
    file.write_bytes(file.read_bytes()[:20000])
    before = file.read_bytes()
    with pytest.raises(LedgerError, match=r"damaged|no ledger"):
        fill(open_ledger(str(file)), 1)
    assert file.read_bytes() == before


def test_newer_schema(where: str) -> None:
    made = create_ledger(where)
    with made.database.writing() as to:
        to.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    made.close()
    with pytest.raises(LedgerError, match="newer onrecord"):
        open_ledger(where)


def test_locked_by_another(tmp_path: Path) -> None:
    made = create_ledger(str(tmp_path / "l.db"))
    holder = sqlite3.connect(tmp_path / "l.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    impatient = Ledger(Database(str(tmp_path / "l.db"), wait=0.1))
    with pytest.raises(LedgerError, match="another process is writing"):
        fill(impatient, 1)
    assert stats(impatient).articles == 0  # readers never wait
    holder.execute("ROLLBACK")
    holder.close()
    fill(impatient, 1)
    assert stats(made).articles == 1
    impatient.close()
    made.close()


def test_full_disk(tmp_path: Path) -> None:
    made = create_ledger(str(tmp_path / "l.db"))
    fill(made, 3)
    with made.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    # SQLite answers a full page budget as it answers a full disk.
    event.listen(
        made.database.engine, "begin",
        lambda c: c.exec_driver_sql(f"PRAGMA max_page_count = {pages}"),
    )  # fmt: skip
    with pytest.raises(LedgerError, match="the disk is full"):
        fill(made, 200)
    made.close()
    again = open_ledger(str(tmp_path / "l.db"))
    assert stats(again).articles == 3
    fill(again, 10)
    assert stats(again).articles == 10
    again.close()


def test_a_killed_init_is_finished(tmp_path: Path) -> None:
    file = tmp_path / "l.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA application_id = 0x4F4E5243")
        connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    made = open_ledger(str(file), create=True)
    fill(made, 1)
    assert stats(made).articles == 1
    made.close()


def test_down_and_up_with_data(where: str) -> None:
    made = create_ledger(where)
    fill(made, 2)
    with made.database.reading() as to:
        before = read_analysis(to, 1)
        assert made.database.revision(to) == heads()
    made.database.downgrade("0001")
    with made.database.reading() as to:
        assert made.database.revision(to) == "0001"
        assert to.execute(text("SELECT count(*) FROM statements")).scalar() == 2
    made.database.check()  # what opening does with an older schema
    with made.database.reading() as to:
        assert read_analysis(to, 1) == before
        assert made.database.revision(to) == heads()
    made.database.downgrade("base")
    made.database.upgrade()
    made.close()


def test_the_revisions_make_what_the_tables_say(where: str) -> None:
    made = create_ledger(where)
    with made.database.reading() as to:
        context = MigrationContext.configure(
            to, opts={"include_name": lambda name, kind, _: not str(name).startswith("passages_")}
        )
        differences = compare_metadata(context, metadata)
    # The index of words is the search's own: a table in SQLite, a column in PostgreSQL.
    assert [str(d) for d in differences if "passages" not in str(d)] == []
    made.close()


def test_a_file_that_cannot_be_written_is_read(tmp_path: Path) -> None:
    made = create_ledger(str(tmp_path / "l.db"))
    fill(made, 2)
    made.close()
    shutil.copy(tmp_path / "l.db", tmp_path / "copy.db")
    # Root may write anything, so the database is told rather than the file system.
    locked = Database(str(tmp_path / "copy.db"))
    assert not locked.read_only
    locked.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("onrecord.ledger.database._writable", lambda file: False)
        ledger = open_ledger(str(tmp_path / "copy.db"))
    assert stats(ledger).articles == 2
    with pytest.raises(LedgerError, match="it can't be written"):
        fill(ledger, 3)
    ledger.close()


def test_what_was_added_reads_back(ledger: Ledger) -> None:
    one = article(STORY.format(n=3), "Harbour Star", "2026-03-01")
    ledger.add([one])
    with ledger.database.reading() as to:
        assert read_analysis(to, 1) == one


WRITER = """
import sys
sys.path.insert(0, {root!r})
from tests.ledger.conftest import article
from tests.ledger.test_faults import STORY
from onrecord.ledger import open_ledger
ledger = open_ledger({where!r})
for n in range({first}, {last}):
    (made,) = ledger.add([article(STORY.format(n=n), "Harbour Star", "2026-03-01")])
    print(n, made.outcome, flush=True)
"""
ROOT = str(Path(__file__).parents[2])


def writer(where: str, first: int, last: int) -> subprocess.Popen[str]:
    code = WRITER.format(root=ROOT, where=where, first=first, last=last)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)


@pytest.mark.system
def test_two_writers_at_once(where: str) -> None:
    create_ledger(where).close()
    both = [writer(where, 0, 12), writer(where, 6, 18)]
    said = [line for one in both for line in (one.communicate()[0]).splitlines()]
    assert [one.returncode for one in both] == [0, 0]
    assert sum("added" in line for line in said) == 18
    ledger = open_ledger(where)
    assert stats(ledger).articles == 18
    (person,) = who(ledger, "Ann Lee", limit=100).people
    assert person.statement_count == 18
    ledger.close()


@pytest.mark.system
def test_killed_while_adding(tmp_path: Path) -> None:
    where = str(tmp_path / "l.db")
    create_ledger(where).close()
    acknowledged: set[int] = set()
    for patience in range(4):
        one = writer(where, 0, 5000)
        assert one.stdout is not None
        for line in one.stdout:
            number, outcome = line.split()
            assert (int(number) in acknowledged) == (outcome == "known")
            acknowledged.add(int(number))
            if len(acknowledged) >= 10 * (patience + 1):
                break
        time.sleep(0.003 * patience)
        os.kill(one.pid, signal.SIGKILL)
        rest, _ = one.communicate()
        acknowledged.update(int(row.split()[0]) for row in rest.splitlines() if row.count(" ") == 1)
    ledger = open_ledger(where)
    with ledger.database.reading() as to:
        assert to.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert to.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        inputs = list(to.exec_driver_sql("SELECT digest FROM articles").scalars())
        whole = to.exec_driver_sql(
            "SELECT count(*) FROM articles a WHERE NOT EXISTS"
            " (SELECT 1 FROM printings p WHERE p.article_id = a.id)"
        ).scalar()
    assert whole == 0
    assert len(inputs) == len(set(inputs))
    assert len(acknowledged) <= len(inputs) <= len(acknowledged) + 4
    ledger.close()
