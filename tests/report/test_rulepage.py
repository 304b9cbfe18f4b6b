"""Rules' pages as HTML: every page reads, no mark of the notation is left in an example."""

import re

import pytest

from onrecord.records import Rule
from onrecord.report.rulepage import rule_html
from onrecord.rules import all_rules


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_a_page_reads(rule: Rule) -> None:
    page = str(rule_html(rule.code))
    assert "<h3>What it finds</h3>" in page
    assert "<blockquote>" in page
    assert "<mark>" in page
    for example in re.findall(r"<blockquote>(.*?)</blockquote>", page, re.S):
        assert not re.search(r"\[[scqrvh]\d? |⟦|⟧|¶", example)
    assert "<script" not in page


def test_an_unknown_code_has_no_page() -> None:
    assert rule_html("XXX999") == ""
