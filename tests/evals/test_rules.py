"""The measures of the rules: verdicts to precision, findings to judge, volume."""

import json
from pathlib import Path

import pytest

from evals.rules import judge, precision, volume
from onrecord.linter import lint
from onrecord.testing import parse

BARE = (
    "[h The bridge] ¶ [s1 anonymous withheld A source] [c1 said]"
    " [q1 the bridge would close in May]."
)


def verdict(word: str, *, start: int = 0, reader: str = "a") -> dict[str, object]:
    return {
        "rule": "ANO001",
        "article": "x",
        "start": start,
        "end": start + 3,
        "verdict": word,
        "reader": reader,
    }


def test_wilson_is_the_textbook_interval() -> None:
    low, high = precision.wilson(9, 10)
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)


def test_a_finding_counts_once_however_many_read_it() -> None:
    rows = [
        verdict("right"),
        verdict("wrong", reader="b"),
        verdict("right", start=9),
        verdict("right", start=9, reader="b"),
        verdict("unsure", start=20),
    ]
    made = precision.score(rows)["ANO001"]
    assert made["precision"] == 0.75
    assert (made["judged"], made["unsure"], made["read_twice"]) == (2, 1, 2)
    assert made["agreement"] == 0.5


def test_a_line_that_is_no_verdict_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text(json.dumps(verdict("right")) + "\n" + json.dumps(verdict("maybe")) + "\n")
    with pytest.raises(ValueError, match=r":2: maybe"):
        precision.read(file)


def test_only_findings_that_are_still_made_count(tmp_path: Path) -> None:
    file = tmp_path / "findings.jsonl"
    file.write_text(json.dumps(verdict("right", start=9)) + "\n")
    rows = [verdict("wrong"), verdict("right", start=9)]
    assert precision.still_made(rows, [file]) == rows[1:]


def test_findings_to_judge_mark_their_place() -> None:
    analysis, _ = parse(BARE)
    row = judge.findings([analysis])["ANO002"][0]
    assert analysis.article.text[row["start"] : row["end"]] == "A source"
    assert "⟦A source⟧ said the bridge" in row["context"]


def test_findings_are_not_written_into_the_repository(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = str(judge.REPOSITORY / "findings.jsonl")
    monkeypatch.setattr("sys.argv", ["judge", "nowhere", "--out", out])
    with pytest.raises(SystemExit):
        judge.main()
    assert "lies in the repository" in capsys.readouterr().err


def test_volume_counts_findings_an_article() -> None:
    analysis, _ = parse(BARE)
    number = len(lint(analysis).findings)
    rows = list(volume.table([analysis, analysis, analysis]))
    assert rows[1].split()[2:] == [f"{number}.0"] * 4 + [str(number)]
    assert any(row.split() == ["ANO001", "3", "3"] for row in rows)
