"""Each rule's page is its test: what it says fires must fire, what it says is silent must be."""

import re

import pytest

from onrecord.linter import lint
from onrecord.records import Rule
from onrecord.rules import all_rules
from onrecord.testing import parse_context

HEADINGS = ("What it finds", "Why it matters", "Fires on", "Stays silent on", "Known misses")


def sections(rule: Rule) -> dict[str, str]:
    """The sections of a page by their headings."""
    parts = re.split(r"^## (.+)$", rule.page, flags=re.MULTILINE)
    return {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}


def examples(rule: Rule, heading: str) -> list[str]:
    """A section's examples, one a paragraph."""
    return [example for example in sections(rule)[heading].split("\n\n") if example]


def cases(heading: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in all_rules()
        for number, example in enumerate(examples(rule, heading), 1)
    ]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_page_has_its_headings(rule: Rule) -> None:
    assert [h for h in HEADINGS if h not in sections(rule)] == []
    assert examples(rule, "Fires on")
    assert examples(rule, "Stays silent on")
    assert ("Options" in sections(rule)) is bool(rule.options)


@pytest.mark.parametrize(("rule", "example"), cases("Fires on") + cases("Stays silent on"))
def test_example(rule: Rule, example: str) -> None:
    context, expected = parse_context(example)
    made = lint(context, rules=[rule])
    assert made.failed == ()
    assert [f.span for f in made.findings] == list(expected)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_firing_examples_mark_a_place(rule: Rule) -> None:
    assert all("⟦" in example for example in examples(rule, "Fires on"))
    assert not any("⟦" in example for example in examples(rule, "Stays silent on"))
