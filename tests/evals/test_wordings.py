"""The wordings of contradictions: each a true and a false version, half of each kind set apart."""

from collections import Counter
from datetime import date

import pytest

from evals.rules import wordings

ONE = """== weekday
Sale ¶ The sale is on {Wednesday|Thursday}, June 19.
"""


def test_there_are_eighty_and_half_of_each_kind_is_set_apart() -> None:
    count = Counter((w.kind, w.half) for w in wordings.wordings())
    assert sum(count.values()) >= 80
    assert {kind for kind, _ in count} == set(wordings.CODES)
    for kind in wordings.CODES:
        mended, apart = (count[kind, half] for half in wordings.HALVES)
        assert mended - apart in (0, 1)


def test_the_versions_differ_at_the_place_alone() -> None:
    for w in wordings.wordings():
        assert w.true != w.false
        assert w.true[: w.at] == w.false[: w.at]
        assert not set(w.true + w.false) & set("{|}¶")


def test_a_change_is_found_only_if_the_true_version_says_nothing() -> None:
    (one,) = wordings.wordings(ONE)
    assert (one.kind, one.half) == ("weekday", "mended on")
    assert one.false[one.at :].startswith("Thursday, June 19")
    assert date.fromisoformat(wordings.PUBLISHED).strftime("%A") == "Friday"
    assert wordings.judge(one, "baseline") == (True, ())
    turned = wordings.Wording(one.kind, one.half, one.false, one.true, one.at)
    assert wordings.judge(turned, "baseline")[0] is False
    same = wordings.Wording(one.kind, one.half, one.false, one.false, one.at)
    assert wordings.judge(same, "baseline")[0] is False


def test_a_line_without_its_one_change_is_named() -> None:
    with pytest.raises(ValueError, match="not one change: Sale"):
        list(wordings.wordings("== weekday\nSale ¶ The sale is on Monday.\n"))
