"""The compared forms of words."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.verifier.words import words


def forms(text: str, **options: Any) -> list[str]:
    return [word.form for word in words(text, 0, len(text), **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We'll go, won’t we?", "we will go will not we"),
        ("two hundred and six boats", "206 boats"),
        ("twenty-five and thirty", "25 and 30"),
        ("$2.5 million or 2.5m", "2500000 dollar or 2500000"),
        ("one two", "1 2"),
        ("25 percent, 25%", "25 per cent 25 per cent"),
        ("the colour organised", "the color organized"),
        ("four hours of promises", "4 hour of promizes"),
        ("U.S. and USA", "us and us"),
        ("naïve", "naive"),
        ("the first 20th", "the 1st 20th"),
        ("a thousand", "1000"),
    ],
)
def test_forms(text: str, expected: str) -> None:
    assert " ".join(forms(text)) == expected


def test_without_tolerances() -> None:
    assert forms("We'll see twenty colours", tolerate=frozenset()) == [
        "we'll", "see", "twenty", "colours",
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_words_stand_where_they_say(text: str) -> None:
    last = 0
    for word in words(text, 0, len(text)):
        assert 0 <= word.start < word.end <= len(text)
        assert word.start >= last or word.form
        last = word.start


@pytest.mark.parametrize("text", ["0/0² sources", "²pm on Monday", "³am", "12² m", "① 5/²", "²"])
def test_raised_and_ringed_digits_are_no_numbers(text: str) -> None:
    # str.isdigit() holds of "²", which neither int() nor float() reads
    assert forms(text)
