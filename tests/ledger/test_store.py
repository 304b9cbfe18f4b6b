"""Adding articles and asking who said what: the same on SQLite and PostgreSQL."""

from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from onrecord.ledger import Ledger, create_ledger, open_ledger, tables
from onrecord.ledger.people import merge
from onrecord.ledger.queries import claims, search, stats, trace, who
from onrecord.ledger.rows import Rows
from onrecord.records import Analysis

from .conftest import article

FIRST = (
    "Mayor of Port Sel goes ¶ [s1 person=Ann_Lee title=the_mayor_of_Port_Sel Ann Lee], the mayor of"
    " Port"
    ' Sel, [c1 said]: [q1 "I will not stay in a job that I can no longer do."]'
)
SECOND = (
    "Port Sel loses its mayor ¶ [s1 person=Ann_Lee title=mayor Ann Lee], mayor, [c1 said]:"
    ' [q1 "I will stay in a job that I can no longer do."]'
)
FISHERMAN = (
    "Boats stay ashore ¶ [s1 person=Jon_Pell title=a_fisherman Jon Pell], a fisherman, [c1 said]:"
    ' [q1 "Nobody asked us about the boats."]'
)
MINISTER = (
    "Budget passed ¶ [s1 person=Jon_Pell title=the_finance_minister Jon Pell], the finance"
    " minister,"
    ' [c1 said]: [q1 "The books are in good order."]'
)


def test_same_article_is_added_once(ledger: Ledger) -> None:
    one = article(FIRST, "Harbour Star", "2026-03-01")
    assert [a.outcome for a in ledger.add([one, one])] == ["added", "known"]
    assert [a.outcome for a in ledger.add([one])] == ["known"]
    assert stats(ledger).articles == 1


def test_same_text_in_another_outlet_is_another_printing(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    (added,) = ledger.add([article(FIRST, "Quay Post", "2026-03-02")])
    assert added.outcome == "added"
    assert [p.outlet for p in trace(ledger, "not stay in a job").printings] == [
        "Harbour Star",
        "Quay Post",
    ]


def test_trace_lists_printings_earliest_first_with_what_changed(ledger: Ledger) -> None:
    ledger.add([article(SECOND, "Quay Post", "2026-03-02")])
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    made = trace(ledger, "I will not stay in a job that I can no longer do")
    assert [(p.outlet, p.speaker) for p in made.printings] == [
        ("Harbour Star", "Ann Lee"),
        ("Quay Post", "Ann Lee"),
    ]
    assert made.printings[0].changes == ()
    assert [(c.kind, c.said, c.quoted) for c in made.printings[1].changes or ()] == [
        ("negation", "not", "")
    ]
    assert trace(ledger, f"s{made.printings[1].statement}").printings == made.printings


def test_a_fragment_finds_the_whole(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    assert len(trace(ledger, "job that I can").printings) == 1
    assert trace(ledger, "nobody ever printed these words").printings == ()


def test_two_people_of_one_name_are_kept_apart(ledger: Ledger) -> None:
    ledger.add([article(FISHERMAN, "Harbour Star", "2026-03-01")])
    ledger.add([article(MINISTER, "Quay Post", "2026-03-01")])
    made = who(ledger, "Jon Pell")
    assert [p.titles for p in made.people] == [("a fisherman",), ("the finance minister",)]
    assert [len(p.statements) for p in made.people] == [1, 1]


def test_one_person_in_two_articles_is_one(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    ledger.add([article(SECOND, "Quay Post", "2026-03-02")])
    (person,) = who(ledger, "Ann Lee").people
    assert (person.articles, person.statement_count) == (2, 2)
    assert [s.outlet for s in person.statements] == ["Quay Post", "Harbour Star"]
    assert who(ledger, "Lee").people == (person,)


def test_unnamed_voices_are_never_linked(ledger: Ledger) -> None:
    text = (
        "Talks fail ¶ [s1 anonymous withheld A source close to the council] [c1 said]:"
        ' [q1 "The mayor'
        ' has lost the trust of the whole town."]'
    )
    ledger.add([article(text, "Harbour Star", "2026-03-01")])
    ledger.add([article(text + " ¶ More follows.", "Quay Post", "2026-03-02")])
    assert stats(ledger).people == 0
    made = trace(ledger, "lost the trust of the whole town")
    assert [(p.person, p.speaker, p.kind) for p in made.printings] == [
        (None, None, "anonymous"),
        (None, None, "anonymous"),
    ]
    assert claims(ledger, unnamed=True).claims[0].standing == "unnamed"


def test_changed_article_keeps_both_versions(ledger: Ledger) -> None:
    url = "https://harbourstar.example/mayor?utm_source=feed"
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01", url=url)])
    (added,) = ledger.add([article(SECOND, "Harbour Star", "2026-03-01", url=url[:33])])
    assert (added.outcome, added.version) == ("new version", 2)
    assert stats(ledger).versions == 1


def test_search_finds_paragraphs_and_who_speaks(ledger: Ledger) -> None:
    ledger.add([article(FISHERMAN, "Harbour Star", "2026-03-01")])
    (hit,) = search(ledger, "boat* asked").hits
    assert hit.speakers == ("Jon Pell",)
    assert search(ledger, '"asked us about"').hits == (hit,)
    assert search(ledger, 'quota") OR -x: *').hits == ()


def test_a_ledger_is_opened_again(ledger: Ledger, where: str) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    again = open_ledger(where)
    assert stats(again).statements == stats(ledger).statements
    again.close()


def _rows(ledger: Ledger) -> dict[str, list[dict[str, object]]]:
    """All that a ledger holds, but when it was added, and what hangs on its own salt."""
    found = {}
    with ledger.database.reading() as to:
        for table in tables.metadata.sorted_tables:
            rows = [dict(row._mapping) for row in to.execute(select(table))]
            keys = [c.name for c in table.primary_key]
            for row in rows:
                for name in ("added", "input_key", "url_key"):
                    row.pop(name, None)
            if table.name != "ledger":
                found[table.name] = sorted(rows, key=lambda row: [str(row[k]) for k in keys])
    return found


def _many() -> list[Analysis]:
    """Articles of which later ones change, repeat, place, and quote earlier ones."""
    bare = article(FIRST + " ¶ More follows.", None, None, input="wire")
    placed = msgspec.structs.replace(
        bare, article=msgspec.structs.replace(bare.article, outlet="Late Post")
    )
    return [
        article(FIRST, "Harbour Star", "2026-03-01"),
        article(SECOND, "Quay Post", "2026-03-02", input="mayor"),
        bare,
        article(SECOND + " ¶ More follows.", "Quay Post", "2026-03-02", input="mayor"),
        article(FISHERMAN, "Harbour Star", "2026-03-01"),
        placed,
        article(MINISTER, "Quay Post", "2026-03-01"),
        article(FIRST, "Harbour Star", "2026-03-01"),
        article(FISHERMAN.replace("Jon Pell]", "Jon A. Pell]"), "Orr Courier", "2026-03-04"),
        article(MINISTER, "New Gazette", "2026-03-05"),
    ]


@pytest.mark.parametrize("size", [1, 3, 4, 10])
def test_the_size_of_a_step_changes_nothing(ledger: Ledger, tmp_path: Path, size: int) -> None:
    many = _many()
    for n in range(0, len(many), size):
        ledger.add(many[n : n + size])
    singly = create_ledger(str(tmp_path / "singly.db"))
    for one in many:
        singly.add([one])
    assert _rows(ledger) == _rows(singly)
    singly.close()


def test_what_another_writer_did_between_two_steps_is_seen(ledger: Ledger, where: str) -> None:
    many = _many()
    other = open_ledger(where)
    for n, one in enumerate(many):
        (ledger, other)[n % 2].add([one])
    merge(ledger, *[str(p.person) for p in who(ledger, "Jon Pell").people])
    again = article(MINISTER + " ¶ Again.", "Orr Courier", "2026-03-09")
    for writer in (ledger, other):
        writer.add([again])
    (person,) = who(ledger, "Jon Pell").people
    assert person.articles == 5
    assert stats(other).articles == len(many) - 2 + 1
    other.close()


def test_a_step_that_fails_is_not_remembered(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = article(SECOND, "Quay Post", "2026-03-02")
    with monkeypatch.context() as patch:
        patch.setattr(Rows, "write", _fail)
        with pytest.raises(OSError, match="no room"):
            ledger.add([one])
    assert stats(ledger).articles == 0
    ledger.add([one])
    assert (stats(ledger).people, stats(ledger).families) == (1, 1)


def _fail(_: Rows) -> None:
    raise OSError("no room")
