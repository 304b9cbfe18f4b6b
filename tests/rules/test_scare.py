"""Short quotations that may doubt what they say: which they are, whose words they might be."""

import pytest

from onrecord.records import Analysis, Quote, Span
from onrecord.rules.quotation._scare_quotes import (
    doubted,
    explained,
    heading,
    somebodys,
    taken_up,
    within,
)
from onrecord.testing import parse


def last(marked: str) -> tuple[Analysis, Quote]:
    """The analysis of a marked text, and its last quotation."""
    analysis, _ = parse(marked)
    return analysis, analysis.quotes[-1]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('He brought "proof" with him.', True),
        ('He brought a "quay cake" with him.', False),
        ('He came disguised as a "quay man" in May.', True),
        ('He brought "Proof" with him.', False),
        ('He brought "proof that nobody saw" with him.', False),
    ],
)
def test_what_the_marks_may_doubt(marked: str, expected: bool) -> None:
    analysis, quote = last(marked)
    assert doubted(analysis.article.text, quote) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('The board was called a "friend" in May.', True),
        ('The board called in a "friend" in May.', False),
        ('Orr\'s "friend" came.', True),
        ('In the poll 5 percent said "honest" of him.', True),
    ],
)
def test_whose_words_they_may_be(marked: str, expected: bool) -> None:
    assert somebodys(*last(marked)) is expected


def test_a_gloss_explains() -> None:
    for marked in (
        'A "fix" (a bill) came.',
        'A "fix", which is a bill, came.',
        'The term "fix" came.',
    ):
        analysis, quote = last(marked)
        assert explained(analysis.article.text, quote)
    analysis, quote = last('A "fix" came in May.')
    assert not explained(analysis.article.text, quote)


def test_a_headline_is_a_heading() -> None:
    assert heading(*last('[h A "fix" for the quay] ¶ It came in May, after a year of work.'))
    assert not heading(*last('It came in May. They called it a fix. It was no "fix" at all.'))


def test_words_are_taken_up_from_a_neighbour() -> None:
    said = '[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the fixes came]. So what is a "fix" here?'
    analysis, quote = last(said)
    assert taken_up(analysis, quote, [c for a in analysis.attributions for c in a.content])
    assert not taken_up(analysis, quote, [])


def test_spans_within_a_stretch() -> None:
    spans = [Span(0, 5), Span(4, 9), Span(20, 30)]
    assert list(within(spans, 4, 20)) == [Span(0, 5), Span(4, 9)]
