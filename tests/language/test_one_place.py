"""Number words, months and weekdays stand in one place, and patterns are composed from it."""

import re
from pathlib import Path

import pytest

import onrecord
from onrecord.language.en import calendar, counting

PACKAGE = Path(onrecord.__file__).parent
HOME = PACKAGE / "language" / "en"


@pytest.mark.parametrize(
    "run",
    [
        r"\btwo\W{1,4}three\W{1,4}four\W{1,4}five\b",
        r"\bJanuary\W{1,4}February\W{1,4}March\b",
        r"\bMonday\W{1,4}Tuesday\W{1,4}Wednesday\b",
    ],
)
def test_nobody_else_lists_them(run: str) -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if HOME not in path.parents]
    assert len(modules) > 100
    again = [
        path.name
        for path in modules
        if re.search(run, path.read_text(encoding="utf-8"), re.IGNORECASE)
    ]
    assert not again, f"use onrecord.language.en.counting and .calendar: {again}"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("two", "four", "two|three|four"),
        ("ten", "twelve", "ten|eleven|twelve"),
        ("nineteen", "thirty", "nineteen|twenty|thirty"),
    ],
)
def test_number_words_of_a_range(first: str, last: str, words: str) -> None:
    assert counting.number_words(first, last) == words


def test_an_unknown_number_word_is_an_error() -> None:
    with pytest.raises(KeyError, match="umpteen"):
        counting.number_words("one", "umpteen")


def test_no_short_form_hides_a_longer_one() -> None:
    for form in calendar.SHORT_MONTHS:
        assert re.fullmatch(f"(?:{calendar.SHORT_MONTH})", form)
        assert any(month.startswith(form) for month in calendar.MONTHS)
    for form in calendar.SHORT_WEEKDAYS:
        begins = form.removesuffix("s") if form == "Weds" else form  # British, and no beginning
        assert any(day.startswith(begins) for day in calendar.WEEKDAYS)
