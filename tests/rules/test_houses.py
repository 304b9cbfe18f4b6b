"""Unnamed voices of one house."""

import pytest

from onrecord.rules.anonymity._same_organisation import group_by_organisation
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("Board sources", "one board source", True),
        ("Board sources", "ministry sources", False),
        ("Board sources", "one source", True),
        ("Sources close to Orr", "sources at the board", False),
        ("Sources close to Orr", "one source close to Orr", True),
        ("sources", "board sources", True),
        ("Board sources", "a source", False),
        ("Board sources", "another source", False),
        ("A senior official", "the official", True),
        ("A senior official", "a former official", False),
        ("A senior official", "the aide", False),
    ],
)
def test_who_is_of_one_house(first: str, second: str, together: bool) -> None:
    analysis, _ = parse(
        f"[s1 anonymous withheld {first}] [c1 said] [q1 so]. [s2 anonymous withheld {second}]"
        f" [c2 said] [q2 so]."
    )
    found = group_by_organisation(analysis.article.text, analysis.sources)
    assert [len(more) for _, more in found] == ([1] if together else [0, 0])


def test_who_has_a_house_is_shown_first() -> None:
    analysis, _ = parse(
        "[s1 anonymous withheld Sources] [c1 said] [q1 so]. [s2 anonymous withheld Board sources]"
        " [c2 said] [q2 so]."
    )
    ((shown, more),) = group_by_organisation(analysis.article.text, analysis.sources)
    assert (shown.id, [m.id for m in more]) == ("s2", ["s1"])
