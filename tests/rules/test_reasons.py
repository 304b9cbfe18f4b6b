"""Reasons for a missing name: what is one, and what says only that the name is kept back."""

import pytest

from onrecord.rules.anonymity._reasons import conditions, says_why
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("who asked not to be named", False),
        ("speaking on condition of anonymity", False),
        ("who spoke on background", False),
        ("who declined to be identified", False),
        ("who asked not to be named because talks were going on", True),
        ("speaking on condition of anonymity to discuss a private meeting", True),
        ("who asked for anonymity, citing the talks", True),
        ("who asked not to be named in this story because she works there", True),
        ("who asked not to be named ahead of the vote", True),
        ("who asked not to be named as the report is confidential", True),
        ("who was not authorized to speak", True),
        ("who asked for anonymity for fear of reprisals", True),
    ],
)
def test_what_is_a_reason(clause: str, expected: bool) -> None:
    analysis, _ = parse(f"A clerk, {clause}, said that it would close because of rain.")
    places = list(conditions(analysis.article.text))
    assert places
    assert says_why(analysis, places[0]) is expected


def test_a_reason_may_open_the_sentence_or_follow_it() -> None:
    before, _ = parse("Because talks were going on, the clerk asked not to be named.")
    behind, _ = parse("The clerk asked not to be named. She was not authorised to speak.")
    other, _ = parse("The clerk asked not to be named. Rain was not authorised to fall.")
    places = [next(conditions(a.article.text)) for a in (before, behind, other)]
    assert [says_why(a, p) for a, p in zip((before, behind, other), places, strict=True)] == [
        True,
        True,
        False,
    ]
