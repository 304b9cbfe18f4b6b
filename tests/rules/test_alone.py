"""Why an article may hear one voice only: occasions, outlets, a body's own news."""

import pytest

from onrecord.rules.sourcing._single_source_exemptions import announces, occasion
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Ann Lee said the bridge would close.", False),
        ("Speaking to the Orr Club, Ann Lee said the bridge would close.", True),
        ("Ann Lee told the Senate Harbour Committee the bridge would close.", True),
        ("Ann Lee told a group of farmers the bridge would close.", True),
        ("Ann Lee told Reuters.", True),
        ("Ann Lee told her sister the bridge would close.", False),
        ("On Orr Radio’s “Midday” Ann Lee said so.", True),
        ("Ann Lee, 90, is survived by two sons.", True),
    ],
)
def test_an_occasion(text: str, there: bool) -> None:
    assert occasion(text) is there


@pytest.mark.parametrize(
    ("marked", "own"),
    [
        ("[s1 organisation=Hands_Union The Hands Union] [c1 said] [q1 the mill was safe].", False),
        ("[s1 organisation=Hands_Union The Hands Union] [c1 said] [q1 it would move].", True),
        ("[s1 organisation=Hands_Union The Hands Union] [c1 said] [q1 fares rose 5%].", True),
        (
            "[s1 person=Ann_Lee title=president_of_Orr_Mills Ann Lee], president of Orr Mills,"
            " [c1 said] [q1 the company would move].",
            True,
        ),
        ("[s1 person=Ann_Lee title=mayor Mayor Ann Lee] [c1 said] [q1 it would move].", False),
        ("[s1 organisation=Orr_Bank Orr Bank] [c1 said] [q1 the mill was safe].", True),
    ],
)
def test_an_announcement(marked: str, own: bool) -> None:
    analysis, _ = parse(marked)
    assert announces(analysis, analysis.sources[0]) is own
