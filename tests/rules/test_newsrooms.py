"""To which newsroom a voice spoke."""

import pytest

from onrecord.rules.anonymity._told_other_outlet import to_newsroom, told_other_outlet
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("told", "outlet", "expected"),
    [
        ("the Orr Courier", None, True),
        ("the Orr Courier", "Orr Courier", False),
        ("the Orr Courier", "Harbour Star", True),
        ("Harbour Army Radio", None, True),
        ("Reuters", None, False),
        ("Reuters", "Harbour Star", True),
        ("reporters", None, False),
        ("the board", None, False),
    ],
)
def test_whether_it_is_another(told: str, outlet: str | None, expected: bool) -> None:
    marked = f"[s1 anonymous withheld A source] [c1 told] {told} [q1 it would close]."
    analysis, _ = parse(marked, outlet=outlet)
    (said,) = analysis.attributions
    assert told_other_outlet(analysis.article.text, said, outlet) is expected


def test_reporters_and_newsrooms_are_told_for_print() -> None:
    text = "told reporters, told the Orr Courier, told the police"
    ends = [n for n in range(len(text)) if text.startswith(" ", n) and text[:n].endswith("told")]
    assert [to_newsroom(text, n) for n in ends] == [True, True, False]
