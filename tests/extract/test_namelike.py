"""What speaks against a name: its shape and its neighbours."""

import pytest

from onrecord.extract.engine.pointers import Pointers
from onrecord.extract.people.mentions import find_people
from onrecord.extract.people.name_shape import minor, placed, shaped, surname
from onrecord.ingest import read_text
from onrecord.records import Span


@pytest.mark.parametrize(
    ("parts", "last"),
    [(("Peter", "Lowe", "III"), "Lowe"), (("Ann", "Lowe"), "Lowe"), (("II",), "II")],
)
def test_a_suffix_is_no_surname(parts: tuple[str, ...], last: str) -> None:
    assert surname(parts) == last


@pytest.mark.parametrize("name", ["SB", "Harwick SALT", "QuayMatters", "R-Saltmouth", "Round1"])
def test_shapes_that_are_no_names(name: str) -> None:
    assert not shaped(tuple(name.split()))


@pytest.mark.parametrize("name", ["Ann Lowe", "McKell", "DeLowe", "JP Lowe", "Peter Lowe III"])
def test_shapes_of_names(name: str) -> None:
    assert shaped(tuple(name.split()))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("They met at Harwick.", True),
        ("The Harwick sank.", True),
        ("Voters passed Harwick 1015.", True),
        ("They met in Harwick’s kitchen.", False),
        ("They met Harwick.", False),
    ],
)
def test_neighbours_of_things(text: str, thing: bool) -> None:
    start = text.index("Harwick")
    assert placed(text, Span(start, start + 7)) is thing


def test_an_age_under_eighteen() -> None:
    assert minor("Ann Lowe, 17, spoke.", [Span(0, 8)]) is True
    assert minor("Ann Lowe, 18, spoke.", [Span(0, 8)]) is None


class Believer(Pointers):
    """A network that takes every word for a person's name."""

    def __init__(self) -> None:
        super().__init__([], [], None)  # type: ignore[arg-type]

    def names(self, start: int, end: int) -> tuple[float, float, float]:
        return 0.99, 0.0, 0.0


def named(text: str) -> set[str]:
    return {p.name for p in find_people(read_text(text), pointers=Believer())}


def test_the_network_alone_makes_no_person_of_a_thing() -> None:
    text = (
        "Harwick grew. A spokesman at Harwick spoke. Quelling left. Proponents wept, as proponents"
        " do."
    )
    assert named(text) == {"Quelling"}


def test_a_word_used_before_a_longer_name_is_no_first_name() -> None:
    text = (
        "Quill makes pens. The pens of Quill sell. A new Quill Harrow, who knows why, costs more."
    )
    assert "Quill" not in [
        text[m.start : m.end] for p in find_people(read_text(text)) for m in p.mentions
    ]


def test_a_judge_with_a_suffix_is_one_person() -> None:
    text = "Judge Peter Lowe III ruled. Judge Lowe was brief."
    (person,) = find_people(read_text(text))
    assert [text[m.start : m.end] for m in person.mentions] == ["Peter Lowe III", "Lowe"]


def test_a_surname_that_is_a_place_too() -> None:
    assert named("Anita Hill spoke.") == {"Anita Hill"}
