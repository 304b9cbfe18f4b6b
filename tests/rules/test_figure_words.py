"""What the helpers of the rules of figures read off the words between numbers: lists, shares,
years, bodies."""

import pytest

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.records import Analysis, Figure
from onrecord.rules.numbers._counted_entities import counted
from onrecord.rules.numbers._lists import listed
from onrecord.rules.numbers._percentages import change, concludes, shares
from onrecord.rules.numbers._year_ranges import bracketed, resumed, since, spanned, wed


def made(text: str) -> Analysis:
    return analyse(read_text(f"A headline\n\n{text}"), engine="baseline")


def figures(text: str) -> tuple[str, list[Figure]]:
    analysis = made(text)
    return analysis.article.text, list(analysis.figures)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Three people spoke: Ann Lee, Jon Pell and Tom Reed.", 3),
        ("The three winners (Ann Lee and Jon Pell) came.", 2),
        ("The three winners, Ann Lee, Jon Pell, and Tom Reed, came.", 3),
        ("The three winners are Ann Lee and Jon Pell.", 2),
        ("Ann Lee and Jon Pell, the three winners, came.", 2),
        ("Three of them, Ann Lee and Jon Pell, came.", 2),
        ("The law has four aims: lower taxes, better schools and safer streets.", 3),
        ("Three cities were named: Rock Bay, Ohio, and Hill End, Texas.", None),
        ("Three senators spoke: Ann Lee, R-Texas, and Jon Pell.", None),
        ("The three winners, Ann Lee among them, came and went.", None),
        ("Three people came: Ann Lee, who sang, and Jon Pell.", None),
    ],
)
def test_members_of_a_list(text: str, number: int | None) -> None:
    analysis = made(text)
    count = next(f for f in analysis.figures if f.kind == "count")
    found = listed(analysis, count)
    assert (found[0] if found else None) == number


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("The fare rose 25 percent, from $40 to $50.", (40, 50)),
        ("The fare rose to $50 from $40, a 25 percent increase.", (40, 50)),
        ("The fare went from $40 to $50 last year, or 25 percent.", (40, 50)),
        ("The fare rose 25 percent. The boat went from 40 to 50 ports.", None),
    ],
)
def test_where_a_change_began_and_ended(text: str, ends: tuple[float, float] | None) -> None:
    whole, found = figures(text)
    share = next(f for f in found if f.kind == "share")
    one, two = [f for f in found if f.kind in ("money", "count")]
    pair = change(whole, (one, two), share)
    assert (tuple(f.value for f in pair) if pair else None) == ends


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("In all, 12 of 48 members, or 25 percent, came.", 1),
        ("In all, 25 percent of the members, or 12 of 48, came.", 1),
        ("Of the 48 members, 12 – 25 percent – came.", 2),
        ("Only 12 of the board's 48 members, or 25 percent, came.", 2),
        ("In all, 12 members came, and 25 percent of the boats.", 0),
    ],
)
def test_a_part_and_its_whole(text: str, number: int) -> None:
    whole, found = figures(text)
    share = next(f for f in found if f.kind == "share" and f.unit == "%")
    assert len(shares(whole, found, share)) == number


def test_a_sentence_that_concludes() -> None:
    whole, found = figures("In all, 12 of 48 came. That is 25 percent.")
    assert concludes(whole, found[-1])
    whole, found = figures("In all, 12 of 48 came. The board wants 25 percent.")
    assert not concludes(whole, found[-1])


def test_stretches_of_years() -> None:
    whole, (first, last, length) = figures("From 2001 to 2006, a five-year term, she led it.")
    assert spanned(whole, length, first, last)
    whole, (length, stretch) = figures("She spent six years in the army (2001-2007).")
    assert bracketed(whole, length, stretch)
    whole, (length, date) = figures("The 20-year-old company, founded in 1996, grew.")
    assert since(whole, length, date)
    whole, (first, last, length) = figures(
        "It began in 2001 and ended in 2006. It lasted six years."
    )
    assert resumed(whole, length, (first, last))
    whole, (first, length) = figures("They married in 2001. The six-year marriage ended.")
    assert wed(whole, [length], [first])
    whole, (first, last, length) = figures(
        "It began in 2001. By 2006 she had led it for six years."
    )
    assert not spanned(whole, length, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "The council has 12 members.",
        "The 12-member council met.",
        "All 12 members of the council came.",
        "There are 12 members on the council.",
        "One of the council's 12 members left.",
        "The 12 council members met.",
    ],
)
def test_one_body_counted_in_many_ways(text: str) -> None:
    whole, found = figures(text)
    assert counted(whole, next(f for f in found if f.value == 12)) == ("member", "of", "council")


@pytest.mark.parametrize("text", ["The fire, which killed 12 people, spread.", "In all, 12 people died in the"
                                                            " fire."])  # fmt: skip
def test_what_befell_the_counted(text: str) -> None:
    whole, found = figures(text)
    assert counted(whole, found[0]) == ("people", "killed", "fire")


def test_a_part_of_a_body_is_not_the_body() -> None:
    whole, found = figures("Some 12 members of the council came.")
    assert counted(whole, found[0]) is None
