"""Which capitalised words that speak are no surnames standing alone."""

import pytest

from onrecord.rules.sourcing._surnames import no_surname


@pytest.mark.parametrize(
    ("text", "name", "none"),
    [
        ("“It is late,” Orr said.", "Orr", False),
        ("But Orr said: “It is late.”", "Orr", False),
        ("“It is late,” said Orr. “Very late.”", "Orr", False),
        ("In Orr’s view it was late.", "Orr", False),
        ("Pundits call it late.", "Pundits", True),
        ("Ferrymen say so, and every ferryman knows.", "Ferryman", True),
        ("Orr’s new poll is out.", "Orr", True),
        ("The Orr says so.", "Orr", True),
        ("Orrans 8 says so.", "Orrans", True),
        ("Eve Orr left. Orr said: “It is late.”", "Orr", True),
        ("Orr and Pell Inc was sold. Orr said: “It is late.”", "Orr", True),
        ("The official Orr news agency has it. Orr said: “It is late.”", "Orr", True),
        ("Citibank said: “It is late.”", "Citibank", True),
        ("Orr Pell said: “It is late.”", "Orr", True),
    ],
)
def test_no_surname(text: str, name: str, none: bool) -> None:
    assert no_surname(text, name) is none
