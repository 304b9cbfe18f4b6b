"""Versions of an article and people made one or two by hand."""

import pytest

from onrecord.errors import LedgerError
from onrecord.ledger import Ledger
from onrecord.ledger.people import merge, split
from onrecord.ledger.queries import who
from onrecord.ledger.versions import diff

from .conftest import article

URL = "https://harbourstar.example/bridge"
FIRST = (
    "Bridge to open in May ¶ The bridge cost 40 million pounds, the council found. ¶ [s1"
    " person=Ann_Lee title=mayor Ann Lee], mayor, [c1 said]:"
    ' [q1 "We did not close the bridge for the winter'
    ' months."] ¶ [s2 anonymous withheld A source] [c2 said]:'
    ' [q2 "The whole budget was spent by the autumn."]'
)


def test_diff_shows_what_a_version_changed(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01", url=URL)])
    second = (
        FIRST.replace("did not close", "did close")
        .replace("40 million", "45 million")
        .replace("open in May", "open in June")
        .replace("[s2 anonymous withheld A source]", "[s2 person=Jon_Pell Jon Pell]")
    )
    ledger.add([article(second, "Harbour Star", "2026-03-01", url=URL)])
    made = diff(ledger, URL)
    assert [v.version for v in made.versions] == [1, 2]
    (step,) = made.diffs
    assert not step.noted
    assert [(c.kind, c.before, c.after) for c in step.changes] == [
        ("headline", "Bridge to open in May", "Bridge to open in June"),
        ("figure", "40 million pounds", "45 million pounds"),
        (
            "quotation",
            "We did not close the bridge for the winter months.",
            "We did close the bridge for the winter months.",
        ),
        ("source", "anonymous", "Jon Pell"),
    ]
    assert [c.kind for c in step.changes[2].changes] == ["negation"]


def test_a_note_is_seen_and_additions_are_no_change(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01", url=URL)])
    more = (
        " ¶ More will follow. ¶ Correction: an earlier version of this article misnamed the bridge."
    )
    ledger.add([article(FIRST + more, "Harbour Star", "2026-03-01", url=URL)])
    (step,) = diff(ledger, "1").diffs
    assert (step.noted, step.changes) == (True, ())


def test_versions_that_are_not_there(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01", url=URL)])
    assert diff(ledger, "1").diffs == ()
    with pytest.raises(LedgerError, match="has no version 7"):
        diff(ledger, "1", [1, 7])
    with pytest.raises(LedgerError, match="no article"):
        diff(ledger, "https://nowhere.example/")


def test_merge_and_split(ledger: Ledger) -> None:
    ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    text = (
        "Choir ¶ [s1 person=Ann_Lee title=a_soprano Ann Lee], a soprano, [c1 said]:"
        ' [q1 "We sing at noon on Friday."]'
    )
    ledger.add([article(text, "Quay Post", "2026-03-02")])
    one, two = (p.person for p in who(ledger, "Ann Lee").people)
    with pytest.raises(LedgerError, match="2 people are"):
        merge(ledger, "Ann Lee", "Ann Lee")
    merge(ledger, str(one), str(two), reason="she sings")
    (both,) = who(ledger, "Ann Lee").people
    assert both.articles == 2
    made = split(ledger, "Ann Lee", ["2"], reason="another one after all")
    assert made.appearances == 1
    assert [p.articles for p in who(ledger, "Ann Lee").people] == [1, 1]
    with pytest.raises(LedgerError, match="nobody would be left"):
        split(ledger, str(one), ["1"])
