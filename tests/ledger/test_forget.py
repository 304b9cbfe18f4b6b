"""Forgetting is real: rows, index and the file's very bytes; children and addresses never get
in."""

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.errors import LedgerError
from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.ledger import Ledger, create_ledger, tables
from onrecord.ledger.forget import purge
from onrecord.ledger.queries import search, stats, trace, who
from onrecord.ledger.search import VIEWS

from .conftest import article

NAMED = (
    "Ferry halted ¶ [s1 person=Zelda_Quorn title=harbour_pilot Zelda Quorn], harbour pilot,"
    " [c1 said]:"
    ' [q1 "The fog swallowed every buoy before midnight."]'
)
ONLY_NAMED = "Awards ¶ The prize for courage went to Zelda Quorn of the pilots on Sunday."
OTHER = (
    "Budget ¶ [s1 person=Ann_Lee Ann Lee] [c1 said]: "
    '[q1 "The budget of the town is nearly in balance."]'
)


def test_purge_of_a_person_takes_all_that_names_them(ledger: Ledger) -> None:
    ledger.add([article(NAMED, "Harbour Star", "2026-03-01")])
    ledger.add([article(ONLY_NAMED, "Quay Post", "2026-03-02")])
    ledger.add([article(OTHER, "Quay Post", "2026-03-03")])
    made = purge(ledger, persons=["Zelda Quorn"])
    assert made.articles == 2
    assert who(ledger, "Zelda Quorn").people == ()
    assert trace(ledger, "swallowed every buoy before midnight").printings == ()
    assert search(ledger, "buoy").hits == ()
    assert search(ledger, "Quorn").hits == ()
    assert len(who(ledger, "Ann Lee").people) == 1
    with ledger.database.reading() as to:
        rows = to.execute(
            select(tables.articles.c.text, tables.articles.c.digest, tables.articles.c.published)
            .where(tables.articles.c.purged.is_not(None))
            .order_by(tables.articles.c.id)
        ).all()
    assert [(r.text, r.published) for r in rows] == [
        (None, date(2026, 3, 1)),
        (None, date(2026, 3, 2)),
    ]
    assert all(len(r.digest) == 16 for r in rows)


def test_what_is_purged_is_in_no_byte_of_the_files(file_ledger: Ledger) -> None:
    file_ledger.add([article(NAMED, "Harbour Star", "2026-03-01")])
    file_ledger.add([article(OTHER, "Quay Post", "2026-03-03")])
    file = file_ledger.database.file
    assert file is not None

    def holds(word: str) -> bool:
        files = [file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))]
        return any(word.encode() in f.read_bytes().lower() for f in files if f.exists())

    assert holds("quorn")
    assert holds("buoy")
    purge(file_ledger, persons=["Zelda Quorn"])
    assert [word for word in ("quorn", "zelda", "buoy", "swallow", "pilot") if holds(word)] == []
    assert holds("balance")
    connection = sqlite3.connect(file)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_purged_is_not_added_again_unasked(ledger: Ledger) -> None:
    one = article(NAMED, "Harbour Star", "2026-03-01")
    ledger.add([one])
    purge(ledger, articles=[one.article.id])
    assert [a.outcome for a in ledger.add([one])] == ["purged"]
    assert [a.outcome for a in ledger.add([one], again=True)] == ["added"]
    assert len(trace(ledger, "swallowed every buoy before midnight").printings) == 1


def test_purge_before_a_day(ledger: Ledger) -> None:
    ledger.add([article(NAMED, "Harbour Star", "2025-12-31"), article(OTHER, None, "2026-01-01")])
    assert purge(ledger, before=date(2026, 1, 1)).articles == 1
    assert stats(ledger).purged == 1
    assert len(who(ledger, "Ann Lee").people) == 1


def test_who_is_meant_must_be_clear(ledger: Ledger) -> None:
    ledger.add([article(NAMED, "Harbour Star", "2026-03-01")])
    baker = NAMED.replace("harbour_pilot", "a_baker").replace("harbour pilot", "a baker")
    ledger.add([article(baker.replace("fog", "flour"), "Quay Post", "2026-03-01")])
    with pytest.raises(LedgerError, match="2 people are named"):
        purge(ledger, persons=["Zelda Quorn"])
    number = next(p.person for p in who(ledger, "Zelda Quorn").people if p.titles == ("a baker",))
    purge(ledger, persons=[str(number)])
    (left,) = who(ledger, "Zelda Quorn").people
    assert left.titles == ("harbour pilot",)
    with pytest.raises(LedgerError, match="nobody named"):
        purge(ledger, persons=["Nobody Atall"])


def test_a_family_keeps_what_its_other_members_say(ledger: Ledger) -> None:
    ledger.add([article(NAMED, "Harbour Star", "2026-03-01")])
    ledger.add([article(NAMED.replace("every", "each"), "Quay Post", "2026-03-02")])
    purge(ledger, articles=["1"])
    (left,) = trace(ledger, "The fog swallowed every buoy before midnight").printings
    assert left.outlet == "Quay Post"


CHILD = """Harbour opens

Jon Pell, a fisherman whose daughter Ottilie, nine, sails from the quay, said: "Ottilie waited for this day."

Pell, 41, lives at 12 Chandler Street with his family.

"I will sail tomorrow," said Ottilie, nine.
"""


def test_children_and_addresses_stand_in_the_text_alone(file_ledger: Ledger) -> None:
    analysis = analyse(read_text(CHILD, outlet="Harbour Star", input="harbour-ottilie.txt"))
    file_ledger.add([analysis])
    file = file_ledger.database.file
    assert file is not None
    connection = sqlite3.connect(file)
    names = [
        n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    found = []
    for name in [*names, *VIEWS]:
        for row in connection.execute(f'SELECT * FROM "{name}"'):
            for value in row:
                words = value if isinstance(value, bytes) else str(value).encode()
                if b"ottilie" in words.lower() or b"chandler" in words.lower():
                    found.append(name)
    connection.close()
    assert set(found) == {"articles"}
    assert search(file_ledger, "Ottilie").hits == ()
    assert search(file_ledger, "Chandler").hits == ()
    (hit, *_) = search(file_ledger, "waited").hits
    assert "[child]" in hit.words
    assert "Ottilie" not in json.dumps([s.words for p in who(file_ledger, "Jon Pell").people
                                        for s in p.statements])  # fmt: skip
    assert who(file_ledger, "Ottilie").people == ()


def test_a_ledger_without_texts_keeps_hashes_and_offsets(tmp_path: Path) -> None:
    file = tmp_path / "draft.db"
    ledger = create_ledger(str(file), keep_text=False)
    one = article(NAMED, "Harbour Star", "2026-03-01", url="https://star.example/zelda-quorn-fog")
    ledger.add([one])
    ledger.add([article(NAMED.replace("every", "each"), "Quay Post", "2026-03-02")])
    bytes_ = b"".join(f.read_bytes() for f in tmp_path.iterdir()).lower()
    words = "zelda quorn fog swallowed buoy midnight harbour-pilot pilot ferry".split()
    assert [w for w in words if w.encode() in bytes_] == []
    (person,) = who(ledger, "Zelda Quorn").people
    assert (person.name, person.articles) == (None, 2)
    made = trace(ledger, "The fog swallowed every buoy before midnight.")
    assert [(p.outlet, p.words) for p in made.printings] == [
        ("Harbour Star", None),
        ("Quay Post", None),
    ]
    assert [a.outcome for a in ledger.add([one])] == ["known"]
    ledger.close()
