"""Lines broken at a fixed width are read as paragraphs, and everything keeps its place."""

import textwrap

import pytest

from onrecord import analyse, lint
from onrecord.ingest import read_text
from onrecord.ingest.wraps import unwrap
from onrecord.text.lines import Lines

FIRST = (
    "The harbour board said on Tuesday that the old fish quay would be shut for the winter, "
    "and that the boats which now land there would have to go round the point to Marne Haven."
)
SECOND = (
    "“We were told of it on the wireless like everybody else, and nobody from the board has been "
    "to see us since then,” said Ida Moss, who has two boats at the quay and a third on the slip."
)
THIRD = (
    "The board's chairman, Jon Pell, could not be reached. The harbour master said that notices "
    "had been put up in the first week of March, as the by-laws of the port ask for."
)
PARAGRAPHS = [FIRST, SECOND, THIRD, FIRST.replace("Tuesday", "Wednesday")] * 3


def filled(paragraph: str, width: int, indent: str = "") -> str:
    return textwrap.fill(paragraph, width, initial_indent=indent, break_on_hyphens=False)


def wrapped(between: str, width: int = 72) -> str:
    return between.join(filled(p, width) for p in PARAGRAPHS)


@pytest.mark.parametrize(
    ("between", "width"), [("\n", 56), ("\n", 72), ("\n", 84), *(("\n\n", w) for w in (60, 72, 96))]
)
def test_paragraphs_are_made_whole(between: str, width: int) -> None:
    assert unwrap(wrapped(between, width))[0].split(between) == PARAGRAPHS


def test_an_indent_begins_a_paragraph() -> None:
    text = "\n".join(filled(p, 64, "    ") for p in PARAGRAPHS)
    made, _ = unwrap(text)
    assert [line.strip() for line in made.split("\n")] == PARAGRAPHS


def test_nothing_changes_its_place_and_breaks_are_kept() -> None:
    text = wrapped("\n\n")
    made, breaks = unwrap(text)
    assert len(made) == len(text)
    assert [n for n, (a, b) in enumerate(zip(text, made, strict=True)) if a != b] == list(breaks)
    assert {text[n] for n in breaks} == {"\n"}


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(PARAGRAPHS),
        "\n".join(["Ida Moss, two boats", "Jon Pell, chairman", "Anna Orr, clerk"] * 5),
        "\n".join(f"- {FIRST[n : n + 70]}" for n in range(12)),
        "\n".join(["Q: Who told you?", "A: Nobody. We read it in the paper.", ""] * 6),
        "Short.\n" * 20,
        "",
    ],
)
def test_other_lines_stay_lines(text: str) -> None:
    assert unwrap(text) == (text, ())


def test_findings_and_places_are_those_of_the_file() -> None:
    text = "Quay to shut for the winter\n\n" + wrapped("\n\n").replace(
        "that notices", "that “notices", 1
    )
    article = read_text(text)
    assert [b.role for b in article.blocks] == ["headline", *["paragraph"] * 12]
    quotation = next(a for a in analyse(article).attributions if a.form == "direct")
    assert "\n" not in article.text[quotation.content[0].start : quotation.content[0].end]
    lines = Lines(article.text, article.wraps)
    assert lines.line_column(text.index("by-laws")) == Lines(text).line_column(
        text.index("by-laws")
    )
    mark = next(f for f in lint(analyse(article)).findings if f.code == "QUO202")
    assert (mark.line, mark.column) == Lines(text).line_column(text.index("“notices"))
