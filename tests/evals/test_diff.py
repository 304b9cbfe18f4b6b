"""`make diff`: what it tells apart, and that it runs the tree that it is told to."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals import diff

TEXT = "The ferry stopped, a clerk said. Ann Lee denied it."
CLERK = {"id": "a1", "content": [[0, 17]], "source_id": "s1", "stance": "says", "confidence": 0.8}
LEE = {"id": "a2", "content": [[48, 50]], "source_id": "s2", "stance": "denies", "confidence": 0.9}
FOUND = {
    "code": "ANO001", "severity": "warning", "span": [19, 26], "line": 1, "column": 20,
    "message": "“a clerk” is unnamed", "fingerprint": "0f",
}  # fmt: skip


def output(text: str = TEXT, **sections: list[diff.Record]) -> diff.Output:
    return diff.Output(text, {name: sections.get(name, []) for name in diff.SECTIONS})


def kinds(before: diff.Output, after: diff.Output) -> list[tuple[str, str]]:
    return [(c.section, c.kind) for c in diff.differences(before, after)]


def lines(before: diff.Output, after: diff.Output) -> list[str]:
    return list(diff.report({"one": before}, {"one": after}, False))


def test_equal_outputs_print_nothing() -> None:
    one = output(attributions=[CLERK, LEE], findings=[FOUND])
    assert lines(one, output(attributions=[CLERK, LEE], findings=[FOUND])) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("message", "other words"), ("span", [19, 24]), ("fingerprint", "10"), ("severity", "note")],
)
def test_every_field_of_a_finding_counts(field: str, value: Any) -> None:
    before, after = output(findings=[FOUND]), output(findings=[FOUND | {field: value}])
    assert kinds(before, after) == [("findings", "changed")]
    (line,) = [row for row in lines(before, after) if row.startswith("    ~")]
    assert f"{field}: " in line


def test_of_long_messages_only_the_difference_is_shown() -> None:
    long = "word " * 40
    before = output(findings=[FOUND | {"message": f"{long}is{long}"}])
    after = output(findings=[FOUND | {"message": f"{long}was{long}"}])
    (line,) = [row for row in lines(before, after) if row.startswith("    ~")]
    assert len(line) < 160
    assert "is" in line
    assert "was" in line


def test_another_rule_at_the_same_place_is_another_finding() -> None:
    before, after = output(findings=[FOUND]), output(findings=[FOUND | {"code": "ANO002"}])
    assert kinds(before, after) == [("findings", "gone"), ("findings", "new")]
    said = lines(before, after)
    assert any(row.split()[:3] == ["ANO001", "1", "0"] for row in said)
    assert any(row.split()[:3] == ["ANO002", "0", "1"] for row in said)


def test_what_only_counts_on_is_renumbered_and_still_a_difference() -> None:
    before = output(attributions=[LEE])
    after = output(attributions=[CLERK, LEE | {"id": "a3", "source_id": "s3"}])
    assert kinds(before, after) == [("attributions", "renumbered"), ("attributions", "new")]
    assert kinds(before, output(attributions=[LEE | {"id": "a3"}])) == [
        ("attributions", "renumbered")
    ]
    assert "1 of 1 articles differ." in "\n".join(lines(before, after))


def test_two_equal_records_are_two() -> None:
    assert kinds(output(quotes=[{"span": [0, 3]}] * 2), output(quotes=[{"span": [0, 3]}])) == [
        ("quotes", "gone")
    ]


def test_where_the_text_differs_words_are_compared() -> None:
    moved = {**CLERK, "content": [[2, 19]]}
    after = output("  " + TEXT, attributions=[moved])
    assert kinds(output(attributions=[CLERK]), after) == []
    assert any("text: differs from character 0" in row for row in lines(output(), after))


def test_an_article_that_is_no_longer_written() -> None:
    assert any("one: no longer written" in row for row in diff.report({"one": output()}, {}, False))


def test_a_revision_against_the_working_tree(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "x", "text": TEXT}) + "\n" + '{"id": "broken"}\n', "utf-8")
    made = diff.outputs(diff.Tree(diff.ROOT / "src", texts, tmp_path / "now").wait())
    assert made["x"].text == TEXT
    assert made["x"].sections["attributions"]
    (other,) = [name for name in made if name != "x"]
    assert other.endswith(":2"), "a line that cannot be read is a result as well"
    assert made[other].sections["problems"]


def test_a_tree_that_breaks_down_is_no_difference(tmp_path: Path) -> None:
    (tmp_path / "onrecord").mkdir()
    (tmp_path / "onrecord" / "__init__.py").write_text("raise OSError('a broken tree')\n")
    tree = diff.Tree(tmp_path, tmp_path / "texts.jsonl", tmp_path / "out")
    with pytest.raises(diff.CompareError, match="a broken tree"):
        tree.wait()


def test_an_unknown_revision(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    with pytest.raises(diff.CompareError, match="git knows no such revision"):
        diff.compare("no-such-branch", tmp_path, None, True)


def test_the_sample_is_fixed_and_the_projects_own_where_there_are_no_corpora(
    tmp_path: Path,
) -> None:
    own = diff.sample(tmp_path)
    assert own == diff.sample(tmp_path)
    assert {"examples/quay-repairs.txt"} <= {row["id"] for row in own}
