"""Speakers that typography gives away."""

import pytest

from onrecord.extract.attributions.typographic_speakers import find_turns
from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read_text


def turns(text: str) -> list[tuple[str, str]]:
    article = read_text(text)
    made = find_turns(text, article.blocks, find_quotes(text, article.blocks))
    return [
        (text[f.source.start : f.source.end], text[f.content[0].start : f.content[-1].end])
        for f in made
        if f.source
    ]


def test_a_transcript() -> None:
    text = "The talk:\n\nLEE: Is it shut?\n\nMOSS: It is.\n\nLEE: Why?\n\nQ: Who asked?"
    assert turns(text) == [
        ("LEE", "Is it shut?"),
        ("MOSS", "It is."),
        ("LEE", "Why?"),
        ("Q", "Who asked?"),
    ]


def test_one_label_is_no_transcript() -> None:
    assert turns("WARNING: the quay is shut.\n\nNobody may enter it today.") == []


def test_signatures() -> None:
    text = "Readers write.\n\n“Shut it now.” ― Ida Moss\n\n“Keep it open.” — Ann Lee"
    assert turns(text) == [("Ida Moss", "“Shut it now.”"), ("Ann Lee", "“Keep it open.”")]


def test_a_quotation_that_is_announced() -> None:
    assert turns("It moved. Ann Lee said:\n\n“It shuts in May.”") == [
        ("Ann Lee", "“It shuts in May.”")
    ]
    assert turns("It moved, as the sign said\n\n“It shuts in May.”") == []


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Lowe, who chairs the board, released this statement after the count:", "Lowe"),
        ("Ann Lee issued the following statement:", "Ann Lee"),
        ("The council put out a statement late on Monday:", "The council"),
        ("She had this to say:", "She"),
        ("These are the rules of the quay:", None),
    ],
)
def test_a_statement_that_is_announced(line: str, who: str | None) -> None:
    made = turns(f"It moved. {line}\n\n“It shuts in May, and we are sorry for it.”")
    assert [source for source, _ in made] == ([who] if who else [])
