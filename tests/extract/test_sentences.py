"""Sentences: abbreviations, initials, quotation marks, blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.segment.sentences import find_sentences
from onrecord.records import Block, Span


def sentences(text: str) -> list[str]:
    block = Block(span=Span(0, len(text)), role="paragraph")
    return [text[s.start : s.end] for s in find_sentences(text, (block,))]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Pell met Dr. Ada Voss at 5 p.m. on Monday.",
        "J. R. Pell lives in the U.S. capital.",
        "Pell paid 3.5 million, i.e. too much.",
        "“Why?” she asked.",
        "Gov. Ann Lode of St. Brannock spoke.",
        "Govs. Ann Lode and Jon Pell met Sens. Ida Fox and Tom Reed.",
        "Reps. Ann Lode, Drs. Ida Fox and Profs. Tom Reed and Jon Pell spoke.",
        "Gens. Ann Lode and Jon Pell saw Lts. Fox and Reed, Sgts. Hale and Orr, and Adm. Voss.",
        "Messrs. Pell and Lode left.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_a_closing_mark_belongs_to_the_sentence_it_ends() -> None:
    assert sentences("“It works.” Pell left. He ran!") == ["“It works.”", "Pell left.", "He ran!"]


def test_an_abbreviation_may_end_a_sentence() -> None:
    assert sentences("It shut at 5 p.m. He left.") == ["It shut at 5 p.m.", "He left."]


def test_a_plural_in_small_letters_is_no_title() -> None:
    assert sentences("It sold to sales reps. Pell left.") == [
        "It sold to sales reps.",
        "Pell left.",
    ]


def test_no_sentence_crosses_a_block() -> None:
    text = "A headline without a stop\nThe story."
    blocks = (
        Block(span=Span(0, 25), role="headline"),
        Block(span=Span(26, 36), role="paragraph"),
    )
    assert find_sentences(text, blocks) == (Span(0, 25), Span(26, 36))


@given(st.text(alphabet="aA. !?\"”' Mr9", min_size=1, max_size=80))
def test_sentences_stand_in_order_and_apart(text: str) -> None:
    found = find_sentences(text, (Block(span=Span(0, len(text)), role="paragraph"),))
    assert all(0 <= s.start < s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
