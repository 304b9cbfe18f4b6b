"""Hearsay: what makes a word of somebody's, what has not been said yet, an outer voice that has a
name."""

import pytest

from onrecord.records import Analysis, Attribution
from onrecord.rules.sourcing._hearsay import said, told, unsaid
from onrecord.testing import parse

SOURCES = "[s1 anonymous plural withheld Sources] [c1 said]"


def inner(marked: str) -> tuple[Analysis, Attribution]:
    """The nested attribution of a marked sentence."""
    analysis, _ = parse(marked)
    return analysis, next(a for a in analysis.attributions if a.parent is not None)


@pytest.mark.parametrize(
    ("words", "speaks"),
    [
        ("[s2 person=Ann_Lee Ann Lee] [c2 said] [q2 in=1 it is safe]", True),
        ("[s2 person=Ann_Lee Ann Lee] [c2 declared] that [q2 in=1 it is safe]", True),
        ("[s2 person=Ann_Lee Ann Lee] [c2 declared] [q2 in=1 “it is safe”]", True),
        ("[s2 person=Ann_Lee Ann Lee] [c2 declared] [q2 in=1 a toll]", False),
        ("[s2 person=Ann_Lee Ann Lee] [c2 revealed] [q2 in=1 her plan]", False),
        ("[s2 person=Ann_Lee Ann Lee]’s [c2 claims] [q2 in=1 of success] are false", False),
        ("[s2 person=Ann_Lee Ann Lee] [c2 said] [q2 in=1 nothing]", False),
    ],
)
def test_the_inner_voice_speaks(words: str, speaks: bool) -> None:
    analysis, attribution = inner(f"{SOURCES} [q1 {words}].")
    assert said(analysis.article.text, attribution) is speaks


@pytest.mark.parametrize(
    ("words", "open_"),
    [
        ("[s2 person=Ann_Lee Ann Lee] [c2 told] [q2 in=1 the board it is safe]", False),
        ("[s2 person=Ann_Lee Ann Lee] [c2 will say] [q2 in=1 it is safe]", True),
        ("[s2 person=Ann_Lee Ann Lee] is likely [c2 to say] [q2 in=1 it is safe]", True),
        ("if [s2 person=Ann_Lee Ann Lee] [c2 says] [q2 in=1 it is safe] they come", True),
        ("they urged [s2 person=Ann_Lee Ann Lee] to [c2 tell] [q2 in=1 the mayor]", True),
    ],
)
def test_what_may_be_said_has_not_been(words: str, open_: bool) -> None:
    analysis, attribution = inner(f"{SOURCES} [q1 {words}].")
    assert unsaid(analysis.article.text, attribution) is open_


@pytest.mark.parametrize(
    ("marked", "named"),
    [
        ("[s1 anonymous withheld A source] [c1 said] [q1 it is safe].", False),
        ("[s1 anonymous withheld The official, Jon Pell], [c1 said] [q1 it is safe].", True),
        ("[s1 anonymous withheld The official], Jon Pell, [c1 said] [q1 it is safe].", True),
        ("[s1 anonymous withheld A source] [c1 commented on] [q1 the closing].", True),
    ],
)
def test_the_outer_voice_is_told(marked: str, named: bool) -> None:
    analysis, _ = parse(marked)
    assert told(analysis.article.text, analysis.attributions[0]) is named
