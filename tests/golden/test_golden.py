"""Whole articles of ours, a genre each, held against what a careful reader sees in them.

`expect` says how a folder is laid out and compares. What is wrong today and known to be stands in
`notyet.txt`: the test fails where anything else goes wrong, and where one of these becomes right,
so that the list only gets shorter (`python -m tests.golden.expect --prune`). Expectations are
changed by hand, knowingly, one at a time.
"""

from pathlib import Path

import msgspec
import pytest

from onrecord import Article, Span, analyse, lint, read
from onrecord.testing import parse

from . import expect

EXAMPLES = expect.HERE.parents[1] / "examples"
SHIPPED = {"lighthouse": "lighthouse-exclusive.txt", "quay": "quay-repairs.txt"}


@pytest.mark.parametrize("folder", expect.FOLDERS)
def test_article(folder: str) -> None:
    worse, right = expect.changed(folder)
    assert not worse, f"{folder}: wrong now (mend it, or say so in notyet.txt): {worse}"
    assert not right, f"{folder}: right now (take it out of notyet.txt): {right}"


@pytest.mark.parametrize("folder", SHIPPED)
def test_a_marked_example_is_the_example(folder: str) -> None:
    assert expect.expected(folder).article.text == (EXAMPLES / SHIPPED[folder]).read_text(
        "utf-8"
    ).rstrip("\n")


@pytest.mark.parametrize("folder", expect.FOLDERS)
def test_marks_stand_for_something(folder: str) -> None:
    analysis = expect.expected(folder)
    text = analysis.article.text
    assert not any(mark in text for mark in ("⟦", "⟧", "[s", "[q", "[c", " of=", " in="))
    for attribution in analysis.attributions:
        for span in attribution.content:
            assert text[span.start : span.end].strip()


def test_straight_marks_keep_the_findings() -> None:
    curly = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
    for name in SHIPPED.values():
        text = (EXAMPLES / name).read_text("utf-8")
        one, other = (_findings(t) for t in (text, text.translate(curly)))
        assert [line.translate(curly) for line in one] == other


def _findings(text: str) -> list[str]:
    (article,) = [
        a for a in read(text.encode(), kind="text", outlet="Harbour Star") if isinstance(a, Article)
    ]
    return [
        f"{f.line} {f.code} {f.severity} {article.text[f.span.start : f.span.end]}"
        for f in lint(analyse(article)).findings
    ]


def test_an_analysis_is_the_same_twice() -> None:
    article = expect.expected("quay").article
    assert analyse(article) == analyse(article)


MARKED = """[s1 person=Ann_Lee title=harbour_master Ann Lee, the harbour master,] [c1 said] [q1 the
quay would close]. [s2 of=1 She] [c2 denied] [q2 that it was late]. [s3 anonymous withheld A source]
[c3 said] [q3 [s4 group boatmen] [c4 were saying] [q4 in=3 it was a disgrace]]."""


def test_a_reading_agrees_with_itself() -> None:
    right = parse(MARKED)[0]
    assert list(expect.statements(right, right)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source_id": "s3"}, "q2 voice: that it was late  # anonymous None"),
        ({"source_id": None}, "q2 voice: that it was late  # nobody"),
        ({"stance": "says"}, "q2 stance"),
        ({"parent": "a1"}, "q2 level"),
    ],
)
def test_a_statement_that_is_read_otherwise_is_told(change: dict[str, object], said: str) -> None:
    assert _read_otherwise(**change) == [said]


def test_a_statement_that_stands_elsewhere_is_missed_and_invented() -> None:
    assert _read_otherwise(content=(Span(0, 7),)) == [
        "q2 missed: that it was late",
        "invented: Ann Lee",
    ]


def _read_otherwise(**change: object) -> list[str]:
    """What is told where the second statement is read another way."""
    right = parse(MARKED)[0]
    first, second, *rest = right.attributions
    other = msgspec.structs.replace(second, **change)
    made = msgspec.structs.replace(right, attributions=(first, other, *rest))
    return list(expect.statements(right, made))


@pytest.mark.parametrize("field", ["kind", "name", "title", "plural", "withheld"])
def test_a_voice_that_is_described_otherwise_is_told(field: str) -> None:
    right = parse(MARKED)[0]
    number = 0 if field in ("name", "title") else 1
    values = {"kind": "group", "name": "Ann Low", "title": None, "plural": True, "withheld": False}
    sources = list(right.sources)
    sources[number] = msgspec.structs.replace(sources[number], **{field: values[field]})
    made = msgspec.structs.replace(right, sources=tuple(sources))
    (told,) = expect.statements(right, made)
    assert told.startswith(f"{sources[number].id} {field}")


def test_pruning_takes_out_what_became_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one").mkdir()
    path = tmp_path / "one" / "notyet.txt"
    path.write_text("# why\nq1 stance  # asks\nq2 level\nq2 level\n", "utf-8")
    monkeypatch.setattr(expect, "HERE", tmp_path)
    expect.prune("one", ["q1 stance", "q2 level"])
    assert path.read_text("utf-8") == "# why\nq2 level\n"
