"""`onrecord verify` and `check --against` as a user runs them."""

import json
import subprocess
from pathlib import Path

import pytest

from . import program
from .program import read

ROOT = Path(__file__).parents[1]
STORY = "examples/quay-repairs.txt"
TRANSCRIPT = "examples/quay-council-transcript.txt"


def onrecord(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return read(program.onrecord(*words, given=stdin.encode(), cwd=ROOT))


def test_shipped_example() -> None:
    made = onrecord("verify", STORY, "--against", TRANSCRIPT)
    assert made.returncode == 1
    assert made.stderr == ""
    assert "[-I don't think anybody-] {+nobody+} loses a boat" in made.stdout
    assert "2 exact, 1 trimmed, 1 altered" in made.stdout


def test_json_says_places_and_changes() -> None:
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, "--format", "json")
    (article,) = json.loads(made.stdout)["articles"]
    altered = next(v for v in article["verdicts"] if v["verdict"] == "altered")
    text = (ROOT / STORY).read_text()
    transcript = (ROOT / TRANSCRIPT).read_text()
    start, end = altered["quote"]
    assert text[start:end] == '"If we act now, nobody loses a boat."'
    (place,) = altered["places"]
    assert transcript[slice(*place["span"])] == place["text"]
    assert place["speaker"] == "NANDAKUMAR"


@pytest.mark.parametrize("form", ["html", "csv", "sarif"])
def test_other_formats(form: str) -> None:
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, "--format", form)
    assert made.returncode == 1
    assert "Traceback" not in made.stderr
    assert {"html": "<del>", "csv": "altered", "sarif": "QUO201"}[form] in made.stdout


def test_no_text_keeps_words_out() -> None:
    for form in ("full", "json", "csv", "html", "sarif"):
        made = onrecord("verify", STORY, "--against", TRANSCRIPT, "--no-text", "--format", form)
        assert "loses a boat" not in made.stdout


def test_check_against() -> None:
    made = onrecord("check", STORY, "--against", TRANSCRIPT)
    assert made.returncode == 1
    assert "QUO201" in made.stdout
    assert "QUO201" not in onrecord("check", STORY).stdout


def test_several_files_after_one_option(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("Glad to help a neighbour, says the harbour company.")
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, str(other), "--exit-zero")
    assert made.returncode == 0
    assert "against 2 files" in made.stdout


def test_standard_input_as_material() -> None:
    text = (ROOT / TRANSCRIPT).read_text()
    made = onrecord("verify", STORY, "--against", "-", stdin=text)
    assert "2 exact" in made.stdout


def test_speaker_ties_a_file(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("January is when the crab is in. Close it in April and it is fine.")
    made = onrecord("verify", STORY, "--speaker", f"Colm Dravick={notes}", "--format", "json")
    kinds = [v["verdict"] for v in json.loads(made.stdout)["articles"][0]["verdicts"]]
    assert kinds.count("exact") == 1
    assert "not found" not in kinds[:2]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["verify", STORY], 2, "--against"),
        (["verify", STORY, "--against"], 2, "--against"),
        (["verify", STORY, "--against", TRANSCRIPT, "--tolerate", "lisp"], 2, "lisp"),
        (["verify", STORY, "--against", TRANSCRIPT, "--speaker", "x"], 2, "NAME=FILE"),
        (["verify", STORY, "--against", "nowhere.txt"], 3, "no such file"),
        (["verify", "nowhere.txt", "--against", TRANSCRIPT], 3, "no such file"),
        (["verify", STORY, "--against", STORY], 3, "the story itself"),
        (["verify", "-", "--against", "-"], 2, "at once"),
    ],
)
def test_mistakes_are_said(words: list[str], code: int, said: str) -> None:
    made = onrecord(*words)
    assert made.returncode == code
    assert said in made.stderr
    assert "Traceback" not in made.stderr


def test_a_story_without_quotations(tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("Quay to close\n\nThe quay will close in January, the council decided.\n")
    made = onrecord("verify", str(story), "--against", TRANSCRIPT)
    assert made.returncode == 0
    assert "no quotations" in made.stdout


def test_json_lists_what_could_not_be_read() -> None:
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, "nowhere.txt", "--format", "json")
    assert made.returncode == 3
    document = json.loads(made.stdout)
    assert [p["where"] for p in document["problems"]] == ["nowhere.txt"]
    assert len(document["articles"][0]["verdicts"]) == 5
