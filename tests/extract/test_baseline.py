"""Attributions without a model: every order of source, cue and content."""

import pytest

from onrecord.extract.engine.patterns import PatternEngine
from onrecord.extract.segment.quotes import find_quotes
from onrecord.records import Span


def rows(text: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (
            text[f.source.start : f.source.end] if f.source else None,
            text[f.cue.start : f.cue.end] if f.cue else None,
            " … ".join(text[c.start : c.end] for c in f.content),
        )
        for f in PatternEngine().find(text, find_quotes(text))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It will close,” Ada Voss said.", ("Ada Voss", "said", "“It will close,”")),
        ("“It will close,” said Ada Voss.", ("Ada Voss", "said", "“It will close,”")),
        ('Voss said: "It will close."', ("Voss", "said", '"It will close."')),
        ("“It is over,” she said.", ("she", "said", "“It is over,”")),
        ("Voss said that it shut and that nobody came.", ("Voss", "said", "that it shut and that nobody came")),
        ("According to Ada Voss, the bridge will close.", ("Ada Voss", "According to", "the bridge will close")),
        ("The bridge will close, according to Ada Voss.", ("Ada Voss", "according to", "The bridge will close")),
        ("It is believed that the bridge will close.", (None, "It is believed", "that the bridge will close.")),
        ("MAYOR VOSS: The bridge will close.", ("MAYOR VOSS", None, "The bridge will close.")),
    ],
)  # fmt: skip
def test_finds_source_cue_and_content_in_any_order(
    text: str, expected: tuple[str | None, str | None, str]
) -> None:
    assert rows(text) == [expected]


def test_silent_where_nobody_speaks() -> None:
    assert rows("The bridge was built in 1931 and painted green.") == []


def test_looks_only_within_the_stretch_given() -> None:
    text = "Voss said that it shut.\nPell said that it opened."
    (found,) = PatternEngine().find(text, (), within=Span(24, 49))
    assert found.source is not None
    assert text[found.source.start : found.source.end] == "Pell"


def test_a_source_is_without_its_conjunction_and_its_auxiliary() -> None:
    (row,) = rows("But sources have disclosed the mayor is “at the end”.")
    assert row[:2] == ("sources", "disclosed")
