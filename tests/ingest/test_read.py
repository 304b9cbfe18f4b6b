"""Reading: what an article's text is, where its blocks stand, and that junk never raises."""

import io
import json

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Article, Problem, read
from onrecord.ingest import Kind, read_text

KINDS: list[Kind] = ["text", "markdown", "html", "docx", "json", "jsonl"]


def one(raw: bytes, kind: Kind, **given: object) -> Article:
    (article,) = [a for a in read(raw, kind=kind, **given) if isinstance(a, Article)]  # type: ignore[arg-type]
    return article


def words(article: Article) -> list[tuple[str, str]]:
    return [(b.role, article.text[b.span.start : b.span.end]) for b in article.blocks]


@given(st.text())
def test_blocks_tile_the_text(text: str) -> None:
    article = read_text(text)
    last = 0
    for block in article.blocks:
        assert article.text[last : block.span.start].strip() == ""
        body = article.text[block.span.start : block.span.end]
        assert body
        assert body == body.strip()
        last = block.span.end
    assert article.text[last:].strip() == ""


@settings(max_examples=40, deadline=None)
@given(st.binary(), st.sampled_from(KINDS))
def test_junk_never_raises_and_twice_is_the_same(raw: bytes, kind: Kind) -> None:
    first = list(read(raw, kind=kind))
    assert first == list(read(raw, kind=kind))
    assert all(isinstance(item, Article | Problem) for item in first)


def test_text_stays_as_it_is() -> None:
    article = one("\ufeffA line\r\nwith “marks”\u00a0and 👩‍🚒.\n".encode(), "text")
    assert article.text == "A line\nwith “marks”\u00a0and 👩‍🚒.\n"


def test_a_title_goes_in_front_once() -> None:
    row = {"title": "Quay  to shut", "text": "It shuts in May."}
    assert one(json.dumps(row).encode(), "json").text == "Quay to shut\n\nIt shuts in May."
    row["text"] = "QUAY to shut\nIt shuts in May."
    assert one(json.dumps(row).encode(), "json").text == row["text"]


def test_a_first_line_that_is_a_paragraph_is_no_headline() -> None:
    assert words(read_text("It shut. Nobody came.\nThen it opened."))[0][0] == "paragraph"
    assert words(read_text("Quay to shut\nIt shuts in May."))[0][0] == "headline"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    line = "the harbour board said on Tuesday that the old fish quay would be"
    text = "\n\n".join("\n".join([line] * 5 + ["shut."]) for _ in range(3))
    assert [b.role for b in read_text(text).blocks] == ["paragraph"] * 3


def test_markdown() -> None:
    article = one(
        b"# Quay to shut\n\nThe [board](https://a.example/b) said\nso.\n\n> Shut it.\n", "markdown"
    )
    assert words(article) == [
        ("headline", "Quay to shut"), ("paragraph", "The board said so."), ("quote", "Shut it."),
    ]  # fmt: skip
    (link,) = article.links
    assert article.text[link.span.start : link.span.end] == "board"


def test_places_are_no_dates() -> None:
    """Where words stand in a page says nothing of the day: none is made of an offset."""
    told = "<p>" + "Nobody told the fleet about the wall. " * 9 + "</p>"
    for blanks in range(1930, 1950):
        page = f"<html><head>{' ' * blanks}</head><body><h1>Quay to close</h1>{told}</body></html>"
        assert one(page.encode(), "html").published is None


def test_paths_count_what_is_not_shown() -> None:
    """An element's path is that of the page, whatever of it is left out or read first."""
    told = "Nobody told the fleet about the wall that the council wants to build."
    page = (
        "<html><body><div hidden>Gone.</div><div><h1>Quay to close in May</h1><p hidden>Gone.</p>"
        f"<svg><text>Gone.</text></svg><p>{told}</p><p>{told[7:]}</p></div></body></html>"
    )
    paths = [block.origin for block in one(page.encode(), "html").blocks]
    home = "/html/body[1]/div[2]"
    assert paths == [f"{home}/h1[1]", f"{home}/p[2]", f"{home}/p[3]"]


def test_html() -> None:
    body = "".join(
        f"<p>The harbour board said in part {n} that the <a href='https://a.example/{n}'>old"
        f" quay</a> "
        "would be shut in May, and that the fleet had been told of it in good time.</p>"
        for n in range(4)
    )
    page = f"""<html><head><title>Quay to shut - Harbour Star</title>
    <script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Quay to shut",
    "datePublished": "2024-03-02T10:00:00Z", "author": {{"name": "Ida Moss"}},
    "publisher": {{"name": "Harbour Star"}}}}</script></head>
    <body><nav><a href="/">Home</a></nav><article><h1>Quay to shut</h1>{body}</article></body></html>"""
    article = one(page.encode(), "html")
    assert words(article)[0] == ("headline", "Quay to shut")
    assert article.outlet == "Harbour Star"
    assert article.authors == ("Ida Moss",)
    assert str(article.published) == "2024-03-02"
    assert {article.text[k.span.start : k.span.end] for k in article.links} == {"old quay"}
    assert "Home" not in article.text


def test_docx() -> None:
    document = Document()
    document.add_heading("Quay to shut", 0)
    document.add_paragraph("The board said so.")
    file = io.BytesIO()
    document.save(file)
    assert words(one(file.getvalue(), "docx")) == [
        ("headline", "Quay to shut"), ("paragraph", "The board said so."),
    ]  # fmt: skip


def test_ids_of_lines_and_a_second_one() -> None:
    lines = b'{"text": "One."}\n{"id": "x", "text": "Two."}\n{"id": "x", "text": "Three."}\n'
    made = list(read(lines, kind="jsonl", input="a.jsonl"))
    assert [a.input for a in made if isinstance(a, Article)] == ["a.jsonl:1", "x"]
    (problem,) = [p for p in made if isinstance(p, Problem)]
    assert "second time" in problem.what


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "The café owner said the quay would shut.\n" * 4
    assert one(text.encode(encoding), "text").text == text
