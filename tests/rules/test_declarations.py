"""What a rule declares: its status by its measured precision, its standards, options and code."""

import pytest
from msgspec.structs import replace

from onrecord.data.precision import figures
from onrecord.errors import ConfigError, RuleError
from onrecord.records import Rule, Settings
from onrecord.rules import all_rules, option, rule, select
from onrecord.testing import parse_context

BAR = 0.9
JUDGED = 8
"""Findings judged from which a figure decides about a rule's status."""
OF_A_PART = 20
"""The same for findings on one kind of text alone: news, or the other genres."""
SHOWN_ALL_THE_SAME = {"SRC101"}
"""Crowds are what the seed article asks for; the page shows the figure."""


@pytest.mark.parametrize("known", all_rules(), ids=lambda r: r.code)
def test_a_rule_below_the_bar_is_preview(known: Rule) -> None:
    figure = figures().get(known.code)
    if figure is None:
        return
    held = [(figure, JUDGED), *((part, OF_A_PART) for part in figure["parts"].values())]
    below = [f for f, least in held if f["judged"] >= least and f["precision"] < BAR]
    assert not below or known.status == "preview" or known.code in SHOWN_ALL_THE_SAME


def declared(**options: object) -> Rule:
    given = {"code": "ANO999", "name": "x", "message": "", "severity": "note", "scope": "all"}
    return rule(**{**given, **options})(lambda _context: ())  # type: ignore[arg-type]


def test_an_unknown_standard_is_an_error_that_names_the_module() -> None:
    with pytest.raises(RuleError, match=r"test_declarations: no standard 'apx'\. There are: ap"):
        declared(standards=("apx",))


def test_an_option_of_another_type_is_an_error() -> None:
    with pytest.raises(RuleError, match=r"the option 'most' is 0\.5"):
        declared(options={"most": 0.5})


def test_the_settings_replace_an_options_default() -> None:
    known = declared(options={"most": 2})
    context, _ = parse_context("Ann Lee spoke.")
    assert option(context, known, "most") == 2
    own = Settings(options={"ANO999": {"most": 3}})
    assert option(replace(context, settings=own), known, "most") == 3


@pytest.mark.parametrize("value", ["2", 2.5, True, ["a"]])
def test_a_setting_of_another_type_is_said(value: object) -> None:
    settings = Settings(options={"ANO999": {"most": value}})
    with pytest.raises(ConfigError, match="ANO999's option takes a whole number, not"):
        select([declared(options={"most": 2})], settings)


def test_a_list_takes_words_only() -> None:
    known = declared(options={"words": []})
    select([known], Settings(options={"ANO999": {"words": ["a"]}}))
    with pytest.raises(ConfigError, match="a list of words"):
        select([known], Settings(options={"ANO999": {"words": [1]}}))


@pytest.mark.parametrize("value", [10**9 + 1, -(10**21)])
def test_a_number_that_no_article_needs_is_refused(value: int) -> None:
    settings = Settings(options={"ANO999": {"most": value}})
    with pytest.raises(ConfigError, match=r"ANO999's option is at most 1,000,000,000"):
        select([declared(options={"most": 2})], settings)
