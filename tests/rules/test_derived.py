"""What the numbers of a body come to: the ways in which news works a headline's number out, and
their limits."""

import json

import pytest

from onrecord import Article, read
from onrecord.extract import analyse
from onrecord.query.lookup import headline
from onrecord.rules.headline._number_derivations import NumberDerivations


def gives(head: str, body: str, published: str | None = None) -> bool:
    row = json.dumps({"id": "x", "title": head, "text": body, "published": published})
    (article,) = [a for a in read(row.encode(), kind="jsonl") if isinstance(a, Article)]
    analysis = analyse(article, engine="baseline")
    top = headline(analysis)
    assert top is not None
    figure = next(f for f in analysis.figures if f.span.end <= top.span.end)
    return NumberDerivations(analysis, top.span.end).gives(figure)


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
        ("Ferry Firm Fined $800 Million", "It pays $200 million here. Boats sank. It pays $600"
                                          " million there."),
        ("10 Boats Sink", "Three ferries and five tugs and two rafts sank."),
        ("Board Pays $14M", "The board pays two families $7 million each."),
        ("104 Boats Sold", "In all, 52 pairs of boats were sold."),
        ("1,500 Boats Sold", "Of the 3,000 boats, 50% were sold."),
        ("Ferry Back After 3 Weeks", "It left on 2 May 2016. It was back on 24 May 2016."),
        ("500 Gulls Die", "On the coast 538 gulls have been found."),
        ("Ferry Coin Worth About $700", "Its worth is put at $694."),
        ("Nearing 50, Lee Sails On", "Ann Lee, 49, sails on."),
        ("Ticket Costs 233 Times as Much Here", "It costs $1,000 here. There it is $4.29."),
        ("Ferry Costs $3M a Day", "The ferry costs $100 million a month."),
        ("Six-Day Search Ends", "It was missed last Saturday. On Thursday it was found."),
        ("Town Loses $10M", "The town took in $15 million. It rained. Two-thirds of that is lost."),
        ("113 Hurt on Ferry", "All but four of the 117 aboard were hurt."),
        ("Reward Is $27M", "The town gave $25 million, and two firms $1 million each."),
        ("4 Die on Ferry", "A girl was found dead where three other people had been found."),
        ("Six Chiefs Quit", "Five chiefs quit on Monday. The harbour chief is going as well."),
        ("Firm Sells Five Sites", "It sells four hotels and the Sea Town Park."),
        ("Couple Lose 389 Kilos", "He is down to 250 kilos from 459, and 180 is what she lost."),
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
        ("600 Gulls Die", "On the coast 538 gulls have been found."),
        ("Ferry Coin Worth About $900", "Its worth is put at $694."),
        ("Nearing 60, Lee Sails On", "Ann Lee, 49, sails on."),
        ("Ticket Costs 260 Times as Much Here", "It costs $1,000 here. There it is $4.29."),
        ("Ferry Costs $5M a Day", "The ferry costs $100 million a month."),
        ("Three-Day Search Ends", "It was missed last Saturday. On Thursday it was found."),
        ("112 Hurt on Ferry", "All but four of the 119 aboard were hurt."),
        ("Six Chiefs Quit", "Four chiefs quit on Monday. The harbour chief is going as well."),
        ("19 Boats Sink", "Three ferries and five tugs and two rafts sank."),
    ],
)  # fmt: skip
def test_not_worked_out(head: str, body: str) -> None:
    assert not gives(head, body)


def test_years_are_counted_to_the_day_of_publication() -> None:
    assert gives("Back After 63 Years", "He left in 1950.", "2013-05-01")
    assert not gives("Back After 63 Years", "He left in 1950.", "2003-05-01")
