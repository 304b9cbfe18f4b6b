"""Who speaks in a phrase that names people."""

import pytest

from onrecord.extract.sources.person_of_phrase import resolve_person
from onrecord.records import Span


def speaker(phrase: str) -> str | None:
    people = [
        (Span(at, at + len(name)), name)
        for name in ("Ann Lowe", "Jon Pell")
        if (at := phrase.find(name)) >= 0
    ]
    return resolve_person(phrase, Span(0, len(phrase)), sorted(people))


@pytest.mark.parametrize(
    ("phrase", "who"),
    [
        ("Mayor Ann Lowe", "Ann Lowe"),
        ("the Ann Lowe aide Jon Pell", "Jon Pell"),
        ("Ann Lowe, a friend of Jon Pell", "Ann Lowe"),
        ("Ann Lowe’s office", None),
        ("an Ann Lowe campaign advert", None),
        ("an e-mail to Ann Lowe", None),
        ("critics such as Ann Lowe", None),
        ("a spokesman for Ann Lowe", None),
        ("Chair of governors Ann Lowe", "Ann Lowe"),
        ("a chief of staff to Ann Lowe", None),
        ("head of mayor Ann Lowe", None),
        ("the harbour board", None),
    ],
)
def test_who_of_the_people_in_a_phrase_speaks(phrase: str, who: str | None) -> None:
    assert speaker(phrase) == who


def test_a_headline_that_gives_half_a_name() -> None:
    text = "Ann Lowe speaks"
    assert resolve_person(text, Span(0, 3), [(Span(0, 8), "p1")]) == "p1"
