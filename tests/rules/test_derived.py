"""What the numbers of a body come to: the ways in which news works a headline's number out, and their limits."""

import json

import pytest

from onrecord import Article, read
from onrecord.extract import analyse
from onrecord.rules.derived import Body
from onrecord.rules.reading import headline


def gives(head: str, body: str, published: str | None = None) -> bool:
    row = json.dumps({"id": "x", "title": head, "text": body, "published": published})
    (article,) = [a for a in read(row.encode(), kind="jsonl") if isinstance(a, Article)]
    analysis = analyse(article, engine="baseline")
    top = headline(analysis)
    assert top is not None
    figure = next(f for f in analysis.figures if f.span.end <= top.span.end)
    return Body(analysis, top.span.end).gives(figure)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Ferry Costs $86K", "The ferry cost $86,804 in the end."),
        ("34 Hurt on Ferry", "Thirty-four of 42 passengers were hurt."),
        ("Ferry Back After 66 Years", "Sixty-six years after it sank, the ferry is back."),
        ("Ferry Back After 20 Years", "The ferry is back after two decades."),
        ("Ferry Back After 50 Years", "The ferry is back after half a century."),
        ("7-Point Lead for Lee", "In the poll 40% are for Lee, and 33% are for Pell."),
        ("70% Dislike the Ferry", "In the poll 30% like the ferry."),
        ("25% of Boats Leak", "One-fourth of the boats leak."),
        ("Shares Jump 8%", "Shares rose from $33 to $35.80 on Monday."),
        ("Ferry Firm Fined $800 Million", "It pays $200 million here. Boats sank. It pays $600 million there."),
        ("10 Boats Sink", "Three ferries and five tugs and two rafts sank."),
        ("Board Pays $14M", "The board pays two families $7 million each."),
        ("104 Boats Sold", "In all, 52 pairs of boats were sold."),
        ("1,500 Boats Sold", "Of the 3,000 boats, 50% were sold."),
        ("Ferry Back After 3 Weeks", "It left on 2 May 2016. It was back on 24 May 2016."),
    ],
)  # fmt: skip
def test_worked_out(head: str, body: str) -> None:
    assert gives(head, body)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Ferry Costs $96K", "The ferry cost $86,804 in the end."),
        ("17 Hurt on Ferry", "Thirty-four of 42 passengers were hurt."),
        ("Ferry Back After 70 Years", "The ferry is back after two decades."),
        ("60% Dislike the Ferry", "In the poll 30% like the ferry."),
        ("Shares Jump 21%", "Shares rose from $33 to $35.80 on Monday."),
        ("Ferry Firm Fined $900 Million", "It pays $200 million here. It pays $600 million there."),
        ("19 Boats Sink", "Three ferries and five tugs and two rafts sank."),
    ],
)
def test_not_worked_out(head: str, body: str) -> None:
    assert not gives(head, body)


def test_years_are_counted_to_the_day_of_publication() -> None:
    assert gives("Back After 63 Years", "He left in 1950.", "2013-05-01")
    assert not gives("Back After 63 Years", "He left in 1950.", "2003-05-01")
