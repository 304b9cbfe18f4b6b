"""A baseline hides what it names, survives edits elsewhere, and says what is wrong with it."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from onrecord.cli.check import command
from onrecord.dismissals.file import apply, dismissals, read_baseline, write_baseline
from onrecord.errors import ConfigError
from onrecord.linter import lint
from onrecord.records import Dismissed
from onrecord.testing import parse

EXAMPLES = Path(__file__).parents[1] / "examples"
STORY = (
    "It rained.\n¶ [s1 anonymous withheld A source] [c1 said] [q1 the bridge would close in May]."
)


def test_dismissed_findings_survive_an_edit_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_baseline(file, dismissals(lint(parse(STORY)[0]), "known", date(2026, 1, 2)))
    edited = lint(parse(STORY.replace("It rained.", "It snowed a lot that day.\n¶ And then."))[0])
    made = apply(edited, read_baseline(file))
    assert edited.findings
    assert made.findings == ()
    why = Dismissed("baseline", "known")
    assert made.dismissed == tuple(
        msgspec.structs.replace(f, dismissed=why) for f in edited.findings
    )


def test_check_hides_and_counts(tmp_path: Path) -> None:
    story, file = tmp_path / "s.txt", tmp_path / "b.json"
    story.write_text((EXAMPLES / "lighthouse-exclusive.txt").read_text("utf-8"), "utf-8")
    run = CliRunner()
    assert run.invoke(command, [str(story)], standalone_mode=False).return_value == 1
    run.invoke(command, [str(story), "--write-baseline", str(file)], standalone_mode=False)
    again = run.invoke(command, [str(story), "--baseline", str(file)], standalone_mode=False)
    assert again.return_value == 0
    assert "hidden by" in again.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", ":1"), ('{"schema": 9, "dismissed": []}', "schema 9"), ("[]", "no baseline")],
)
def test_a_broken_file_is_said(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "b.json"
    file.write_text(text)
    with pytest.raises(ConfigError, match=words):
        read_baseline(file)
    with pytest.raises(ConfigError, match="can't be read"):
        read_baseline(tmp_path / "none.json")


def test_the_format_is_fixed(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    write_baseline(file, dismissals(lint(parse(STORY)[0]), "known", date(2026, 1, 2)))
    row = json.loads(file.read_text())["dismissed"][0]
    assert set(row) == {"fingerprint", "code", "article_id", "reason", "date"}
