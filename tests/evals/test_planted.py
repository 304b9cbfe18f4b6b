"""Planted contradictions: what is put in agrees first and contradicts then, and judging tells
places apart."""

import random
from datetime import date

import pytest

from evals.rules.inplace import changes
from evals.rules.planted import Case, judge, named, put_in
from evals.rules.sentences import MADE, Scene
from onrecord.rules import all_rules

STORY = """Ferry Fire Kills 17 At 'Worst Harbour In Years'.

Martin Hendry runs the harbour with Laura Pellow and Susan Marlow.

The board met on Tuesday, March 15, and Martin Hendry was told of it.

"The worst harbour in years is what the inspectors called it when they came," Hendry said.

A fire on a ferry in the worst harbour in years killed 17 people and David Corran.

Hendry, Pellow, Marlow and Corran were named, and Martin Hendry was not asked.
"""


@pytest.mark.parametrize("kind", MADE)
def test_a_pair_agrees_and_then_differs(kind: str) -> None:
    people = ["Martin Hendry", "Laura Pellow", "Susan Marlow", "David Corran"]
    for turn in range(30):
        scene = Scene(people, date(2016, 8, 1), random.Random(turn))
        pair = MADE[kind][1](scene, turn)
        assert pair.again != pair.otherwise
        assert "{" not in pair.first + pair.again + pair.otherwise


def test_places_of_an_article_that_states_things_twice() -> None:
    found = {
        kind: (STORY[start:end], new)
        for kind, start, end, new in changes(STORY, 2016, frozenset({"Martin"}), random.Random(1))
    }
    assert found["weekday"] == ("Tuesday", "Wednesday")
    assert found["headline number"][0] == "17"
    assert found["headline quotation"][1] == "Lantern"
    assert found["spelling"][0] == "Hendry"
    assert sorted(found["spelling"][1]) == sorted("Hendry")


def test_people_are_those_with_a_given_name_and_a_surname_of_their_own() -> None:
    assert named(STORY) == ["David Corran", "Laura Pellow", "Martin Hendry", "Susan Marlow"]
    assert "Martin Hendry" not in named(STORY + "\nMartin Hendry, 41, left.")


def test_a_case_is_found_only_at_its_place() -> None:
    case = put_in("weekday pair", 0, STORY * 2, "2016-08-01", ["Martin Hendry"])
    assert case is not None
    right, silent, new = judge(case, all_rules())
    assert right
    assert silent
    assert {f.code for f in new} == {"NUM405"}
    elsewhere = Case(
        case.kind, case.codes, case.true, case.false, (0, 3), (0, 3), case.published, ""
    )
    assert judge(elsewhere, all_rules())[0] is False
