"""Whether a label and a name mean the same person."""

import pytest

from onrecord.verifier.speakers import same_person


@pytest.mark.parametrize(
    ("name", "label", "same"),
    [
        ("Hester Lowe", "LOWE", True),
        ("Hester Lowe", "Mayor Lowe", True),
        ("Hester Lowe", "Hester", True),
        ("Lowe", "HESTER LOWE", True),
        ("Ann Oyelaran-Breck", "MS. OYELARAN", True),
        ("H. Lowe", "Lowe, H.", True),
        ("Hester Lowe", "DRAVICK", False),
        ("Hester Lowe", "Colm Lowe", False),
        ("Priya Nandakumar", "NANDAKUMER", None),
        ("Hester Lowe", "Q", None),
        ("Hester Lowe", "THE MAYOR", None),
        ("Hester Lowe", "SPEAKER 2", None),
        ("Hester Lowe", None, None),
        (None, "LOWE", None),
    ],
)
def test_same_person(name: str | None, label: str | None, same: bool | None) -> None:
    assert same_person(name, label) is same
