"""Phrases that name a crowd, and those that only seem to."""

import pytest

from onrecord.records import Span
from onrecord.rules.sourcing._weasels import crowd, known
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("phrase", "is_crowd"),
    [
        ("critics", True),
        ("Many", True),
        ("Many residents", True),
        ("some political analysts", True),
        ("Some dealers", False),
        ("several banks", False),
        ("some of the analysts", False),
        ("critics familiar with the plan", False),
        ("the mayor", False),
    ],
)
def test_a_crowd(phrase: str, is_crowd: bool) -> None:
    assert crowd(phrase, Span(0, len(phrase))) is is_crowd


@pytest.mark.parametrize(
    ("marked", "is_known"),
    [
        ("[s1 group=analysts plural Analysts] [c1 say] [q1 it moves].", False),
        ("[s1 group=analysts plural The analysts] [c1 say] [q1 it moves].", True),
        ("[s1 group=analysts plural Analysts at Orr Bank] [c1 say] [q1 it moves].", True),
        ("[s1 group=analysts plural Analysts] [c1 say] [q1 it moves]. An economist agreed.", True),
        ("[s1 group=analysts plural Analysts in Orr] [c1 say] [q1 it moves].", False),
        ("[s1 group=Democrats plural Democrats] [c1 say] [q1 it moves].", False),
        ("[s1 group=Democrats plural Democrats] [c1 say] [q1 it moves]. Ann Lee (D-Orr).", True),
    ],
)
def test_who_a_crowd_is_may_be_known(marked: str, is_known: bool) -> None:
    analysis, _ = parse(marked)
    assert known(analysis, analysis.sources[0].mentions[0]) is is_known


def test_others_are_more_of_whoever_speaks_before_them() -> None:
    others = "[s2 group=others plural Others] [c2 say] [q2 it moves]."
    for before, more in (
        ("Rain fell.", False),
        ("Traders met.", True),
        ("[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 no].", True),
    ):
        analysis, _ = parse(f"{before} {others}")
        crowd_ = next(s for s in analysis.sources if s.kind == "group")
        assert known(analysis, crowd_.mentions[0]) is more
