"""Figures: kinds, values, places; the same value when read again; linear time."""

import time
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.figures.dates import find_dates
from onrecord.extract.figures.figures import find_figures, interpret
from onrecord.extract.figures.numbers import find_numbers
from onrecord.extract.people.mentions import find_people
from onrecord.extract.segment.sentences import find_sentences
from onrecord.ingest import read_text
from onrecord.language.en.calendar import MONTHS, WEEKDAYS
from onrecord.records import Figure


def figures(text: str, published: date | None = None) -> tuple[Figure, ...]:
    article = msgspec.structs.replace(read_text(text), published=published)
    people = find_people(article)
    return find_figures(article, find_sentences(text, article.blocks), people)


def rows(text: str) -> list[tuple[str, str, object, str | None]]:
    return [(text[f.span.start : f.span.end], f.kind, f.value, f.unit) for f in figures(text)]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1,234,567", 1234567), ("2.5 million", 2.5e6), ("twenty-one", 21), ("forty two", 42),
        ("two hundred and five", 205), ("a dozen", 12), ("three thousand", 3000), ("8bn", 8e9),
        ("six and a half", 6.5), ("2½", 2.5), ("nineteen", 19), ("a million", 1e6),
    ],
)  # fmt: skip
def test_numbers(words: str, value: float) -> None:
    (number,) = find_numbers(f"They saw {words} boats.")
    assert (number.value, number.start, number.end) == (value, 9, 9 + len(words))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lee, 41, left.", ("41", "age", 41.0, "years")),
        ("The 41-year-old left.", ("41-year-old", "age", 41.0, "years")),
        ("A girl aged nine fell.", ("nine", "age", 9.0, "years")),
        ("Ann Lee turned 40.", ("40", "age", 40.0, "years")),
        ("It was 14 March 2023.", ("14 March 2023", "date", {"month": 3, "day": 14, "year": 2023}, None)),
        ("It was March 14, 2023.", ("March 14, 2023", "date", {"month": 3, "day": 14, "year": 2023}, None)),
        ("It was Mar. 14 then.", ("Mar. 14", "date", {"month": 3, "day": 14}, None)),
        ("It was 14/03/2023.", ("14/03/2023", "date", {"year": 2023, "month": 3, "day": 14}, None)),
        ("It was 04/03/2023.", ("04/03/2023", "date", {"year": 2023}, None)),
        ("It was on Tuesday, 14 March 2023.", ("Tuesday, 14 March 2023", "date", {"month": 3, "day": 14, "year": 2023, "weekday": 1}, None)),
        ("He left last week.", ("last week", "date", {"weeks": -1}, "published")),
        ("He has sung since 2015.", ("2015", "date", {"year": 2015}, None)),
        ("In 2015-16 he sang.", ("2015-16", "date", {"year": 2015, "until": 2016}, None)),
        ("A 12-year marriage ended.", ("12-year", "duration", 12.0, "years")),
        ("It took two and a half hours.", ("two and a half hours", "duration", 2.5, "hours")),
        ("They have seven small boats.", ("seven", "count", 7.0, "boat")),
        ("It was 42 per cent then.", ("42 per cent", "share", 42.0, "%")),
        ("It fell 3 percentage points.", ("3 percentage points", "share", 3.0, "point")),
        ("About one in five left.", ("one in five", "share", 20.0, "%")),
        ("Two-thirds of them left.", ("Two-thirds", "share", 200 / 3, "%")),
        ("It cost £10m.", ("£10m", "money", 1e7, "GBP")),
        ("It cost $9 million.", ("$9 million", "money", 9e6, "USD")),
        ("It is 5 km away.", ("5 km", "count", 5.0, "km")),
    ],
)  # fmt: skip
def test_kinds(text: str, expected: tuple[str, str, object, str | None]) -> None:
    assert rows(text) == [expected]


def test_a_list_of_ages_knows_its_people() -> None:
    text = "They have three children, Tilda, eight, Bram, seven, and one-year-old Juno."
    found = [
        (f.value, text[f.of.start : f.of.end]) for f in figures(text) if f.kind == "age" and f.of
    ]
    assert found == [(8.0, "Tilda"), (7.0, "Bram"), (1.0, "Juno")]


def test_distances_are_resolved_where_a_day_to_count_from_is_known() -> None:
    text = "It opened in 2001 and closed the following year. It reopened last year."
    known = [f.resolved for f in figures(text, date(2023, 3, 14))]
    assert known == [None, {"year": 2002}, {"year": 2022}]
    assert [f.resolved for f in figures(text)] == [None, {"year": 2002}, None]


_NUMBER = st.one_of(
    st.integers(1, 999_999).map(lambda n: f"{n:,}"),
    st.integers(2, 110).map(str),
    st.sampled_from("two three nine twelve twenty-one ninety-nine".split()),
)
_FORM = st.sampled_from(
    [
        "Ann Lee, {n}, left.", "The {n}-year-old left.", "He saw {n} boats.", "It fell {n}%.",
        "It fell {n} percent.", "It cost ${n} million.", "It took {n} days.", "A {n}-week strike.",
        "It is {n} miles off.", "Some {n} in 1,000,000 left.", "It was {n} years ago.",
    ]
)  # fmt: skip
_DAY = st.builds(
    lambda d, form: form.format(
        d=d.day, y=d.year, m=MONTHS[d.month - 1].title(), w=WEEKDAYS[d.weekday()].title()
    ),
    st.dates(date(1800, 1, 1), date(2090, 1, 1)),
    st.sampled_from(
        ["On {d} {m} {y} it rained.", "On {m} {d}, {y}, it rained.", "On {w}, {m} {d} it rained.",
         "In {m} {y} it rained.", "Since {y} it rained.", "On {w} it rained."]
    ),
)  # fmt: skip


@given(st.lists(st.one_of(st.builds(lambda f, n: f.format(n=n), _FORM, _NUMBER), _DAY), max_size=5))
@settings(deadline=None)
def test_a_figures_own_words_give_its_value_again(parts: list[str]) -> None:
    text = " ".join(parts)
    made = figures(text)
    assert not parts or made
    for f in made:
        again = interpret(text[f.span.start : f.span.end], f.kind)
        assert again is not None
        assert (again.value, again.kind) == (f.value, f.kind)
        if f.kind != "count":  # a counted noun stands outside the figure
            assert again.unit == f.unit


@given(st.text(max_size=200))
@settings(deadline=None)
def test_junk_gives_figures_in_order_and_apart(text: str) -> None:
    article = read_text(text)
    made = find_figures(article, find_sentences(article.text, article.blocks))
    for one, other in zip(made, made[1:], strict=False):
        assert one.span.end <= other.span.start


WORST = {
    "digits": "1",
    "thousands": "1,000,",
    "words": "twenty-",
    "hundreds": "two hundred and ",
    "names": "Ann Lee, ",
    "months": "March ",
    "days": "14 ",
    "years": "2015-",
    "spaces": " ",
    "commas": ", nine",
    "letters": "aged ",
}


@pytest.mark.cost
@pytest.mark.parametrize("name", WORST)
def test_time_is_linear_in_the_worst_cases(name: str) -> None:
    def seconds(times: int) -> float:
        text = "On " + WORST[name] * times + "."
        article = read_text(text)
        sentences = find_sentences(text, article.blocks)
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            find_figures(article, sentences)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    one, ten, hundred = (max(seconds(200 * k), 1e-4) for k in (1, 10, 100))
    assert ten < 40 * one
    assert hundred < 40 * ten


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("At 61, Ann Lee still swims.", "Ann Lee"),
        ("Ann Lee sings. Ann Lee is 61 and lives in Sea Town.", "Ann Lee"),
    ],
)
def test_an_age_that_holds_still_knows_whose_it_is(text: str, owner: str) -> None:
    (age,) = [f for f in figures(text) if f.kind == "age"]
    assert age.value == 61
    assert age.of is not None
    assert text[age.of.start : age.of.end] == owner


def test_one_man_is_a_count_of_men_and_one_alone_is_a_pronoun() -> None:
    assert rows("They met three women and one man.") == [
        ("three", "count", 3.0, "woman"), ("one", "count", 1.0, "man"),
    ]  # fmt: skip
    assert rows("They met one of them.") == []


@pytest.mark.parametrize(
    ("text", "value", "owner"),
    [
        ("Ann Lee celebrated her 41st birthday in May.", 41, "Ann Lee"),
        ("Ann Lee, first elected in 1969, celebrates her 91st birthday in May.", 91, "Ann Lee"),
        ("Ann Lee’s 41st birthday came.", 41, "Ann Lee"),
        ("Ann Lee will turn 60 next month.", 60, "Ann Lee"),
        ("Ann Lee died in May aged 81.", 81, "Ann Lee"),
        ("Ann Lee, at 47 the oldest candidate, spoke.", 47, "Ann Lee"),
        ("At the age of 71, Ann Lee has swum it.", 71, "Ann Lee"),
        ("Ann Lee sings. She is 41.", 41, "She"),
    ],
)
def test_ages_at_birthdays_at_death_and_of_pronouns(text: str, value: int, owner: str) -> None:
    (age,) = [f for f in figures(text) if f.kind == "age"]
    assert age.value == value
    assert age.of is not None
    assert text[age.of.start : age.of.end] == owner


def test_an_anniversary_is_a_duration_and_later_may_open_a_sentence() -> None:
    (year, long, _) = figures("Founded in 1919, it marks its 100th anniversary in May.")
    assert (year.kind, long.kind, long.value, long.unit) == ("date", "duration", 100, "years")
    assert figures("Four years later, it burned.")[0].value == {"years": 4}


@pytest.mark.parametrize(
    ("words", "day", "month", "weekday"),
    [
        ("Mon 9th June 2025", 9, 6, 0),
        ("Tues. 10th Sept 2025", 10, 9, 1),
        ("Weds 11 June 2025", 11, 6, 2),
        ("Thurs, September 11th, 2025", 11, 9, 3),
        ("Fri, 6 Jan. 2025", 6, 1, 4),
        ("Sunday, 6 Jan. 2025", 6, 1, 6),
    ],
)
def test_shortened_days_and_months_beside_a_date(
    words: str, day: int, month: int, weekday: int
) -> None:
    (found,) = find_dates(f"The hall opened on {words}.")
    assert found.value == {"day": day, "month": month, "year": 2025, "weekday": weekday}


def test_a_paper_called_the_sun_is_no_day() -> None:
    (found,) = find_dates("It was in The Sun 3 May 2024, page 5.")
    assert found.value == {"day": 3, "month": 5, "year": 2024}
