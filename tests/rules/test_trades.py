"""People of a trade: sources that are a market's crowd, and sources that are not."""

import pytest

from onrecord.rules.anonymity._market_sources import Trades
from onrecord.testing import parse


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Trade sources", True),
        ("Banking and shipping sources", True),
        ("Two trade sources", False),
        ("Senior banking sources", False),
        ("Government and industry sources", False),
        ("Central bank sources", False),
        ("Sources close to the tin trade", False),
        ("Sources", False),
    ],
)
def test_a_trade_in_the_plural_is_a_crowd(phrase: str, expected: bool) -> None:
    analysis, _ = parse(f"[s1 anonymous withheld plural {phrase}] [c1 said] [q1 tin fell].")
    assert Trades(analysis).has(analysis.sources[0]) is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("group Dealers", "One trade source", True),
        ("group Residents", "One trade source", False),
        ("anonymous withheld plural Trade sources", "One source", True),
        ("anonymous withheld plural Board sources", "One source", False),
        ("group Dealers", "A board source", False),
        ("group Dealers", "A senior market source", True),
    ],
)
def test_one_of_them_counts_where_the_trade_speaks(first: str, second: str, expected: bool) -> None:
    analysis, _ = parse(
        f"[s1 {first}] [c1 said] [q1 tin fell]. [s2 anonymous withheld {second}] [c2 said] [q2 so]."
    )
    assert Trades(analysis).has(analysis.sources[1]) is expected
