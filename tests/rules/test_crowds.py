"""Members of a crowd: who near it may be one, and what a crowd holds."""

import pytest

from onrecord.records import Span
from onrecord.rules.sourcing._crowds import Members, holds
from onrecord.testing import parse

SAID = "[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]."


@pytest.mark.parametrize(
    ("after", "met"),
    [
        ("", False),
        ("¶ The rain fell.", False),
        ("¶ [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 it moves].", True),
        ("¶ [s2 organisation=Orr_Club The Orr Club] [c2 said] [q2 the bridge moves].", True),
        ("¶ Among them is the old mayor.", True),
        ("¶ [q2 “It moves,”] [c2 said] [s2 anonymous one of them].", True),
        ("¶ [s2 group=fans plural Fans] [c2 said] [q2 it moves].", False),
    ],
)
def test_a_member_is_met(after: str, met: bool) -> None:
    analysis, _ = parse(f"{SAID} {after}".strip())
    crowd = Span(0, len("Critics"))
    assert Members(analysis).met(crowd, 3) is met


@pytest.mark.parametrize(
    ("said", "met"),
    [("it moves", False), ("the bridge moves", True), ("“It is unsafe”", True)],
)
def test_further_down_whoever_speaks_of_the_same_counts(said: str, met: bool) -> None:
    for voice in ("person=Ann_Lee Ann Lee", "organisation=Orr_Club Orr Club"):
        analysis, _ = parse(f"{SAID} ¶ Rain. ¶ [s2 {voice}] [c2 said] [q2 {said}].")
        assert Members(analysis).met(Span(0, len("Critics")), 3) is met


def test_beyond_the_reach_only_whoever_is_called_one_counts() -> None:
    rain = "¶ Rain. " * 5
    for called, met in (("", False), (", a critic of the bridge,", True)):
        analysis, _ = parse(
            f"{SAID} {rain}¶ [s2 person=Ann_Lee Ann Lee]{called} [c2 said] [q2 so]."
        )
        assert Members(analysis).met(Span(0, len("Critics")), 3) is met


def test_somebody_known_far_below_is_no_member_where_the_crowd_stands_late() -> None:
    text = (
        "[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it moves]. ¶ Rain. ¶ More rain. ¶ Snow. ¶ "
        "[s2 group=critics plural Critics] [c2 say] [q2 it is ugly]. ¶ Rain. ¶ Rain. ¶ Rain. ¶"
        " Rain. ¶ "
        "[s3 person=Ann_Lee of=1 Ann Lee] [c3 said] [q3 it was new]."
    )
    analysis, _ = parse(text)
    crowd = next(s for s in analysis.sources if s.kind == "group").mentions[0]
    assert not Members(analysis).met(crowd, 3)


@pytest.mark.parametrize(
    ("marked", "held"),
    [
        (SAID, True),
        ("[s1 group=critics plural Critics] [c1 see] [q1 it as ugly].", True),
        ("[s1 group=critics plural Critics] would [c1 say] [q1 the bridge is unsafe].", False),
        ("[s1 group=critics plural Critics] [c1 chanted] [q1 “Shut the bridge!”]", False),
    ],
)
def test_what_a_crowd_holds(marked: str, held: bool) -> None:
    analysis, _ = parse(marked)
    assert holds(analysis, analysis.attributions[0]) is held
