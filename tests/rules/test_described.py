"""What an article tells of somebody whom it names, besides that they speak."""

import pytest

from onrecord.rules.sourcing._descriptions import Descriptions
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“It is late,” said Jon Pell. The rain fell.", False),
        ("“It is late,” Jon Pell said. Later Pell added: “Very late.”", False),
        ("“It is late,” said Jon Pell, the harbour master.", True),
        ("“It is late,” said Jon Pell, 53.", True),
        ("“It is late,” said harbour master Jon Pell.", True),
        ("“It is late,” said the town's best cook, Jon Pell.", True),
        ("“It is late,” said Jon Pell. Pell lives on the quay.", True),
        ("The voters were asked. “It is late,” said Jon Pell.", True),
        ("“It is late,” said Jon Pell. The judge looked up.", True),
        (
            "The board that runs the bridge and the ferry said in May that it would lay off its"
            " employees. “It is late,” said Jon Pell.",
            False,
        ),
        ("“Voters are late,” said Jon Pell.", False),
        ("It was late for people like Jon Pell, Pell said.", True),
        ("Branch manager of Orr Bank Jon Pell said: “It is late.”", True),
        ("“It is late,” said energy minister, Jon Pell.", True),
        ("A spokesman for the club spoke. “It is late,” said Jon Pell.", True),
        ("Orr-based Jon Pell said: “It is late.”", True),
    ],
)
def test_what_is_told(text: str, told: bool) -> None:
    analysis, _ = parse(text)
    assert Descriptions(analysis).told("Jon Pell") is told


def test_a_title_in_the_name_and_a_firm_are_told() -> None:
    for name in ("Orr Premier Jon Pell", "Orr Pell Co"):
        analysis, _ = parse(f"“It is late,” said {name}.")
        assert Descriptions(analysis).told(name)
