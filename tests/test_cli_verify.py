"""`onrecord verify` and `check --against` as a user runs them."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import docx
import msgspec
import pytest

from onrecord.verifier import TOLERANCES
from onrecord.verifier.stored import load_rows, rows_bytes

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


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a story and two files that it is held against."""
    (tmp_path / "story.txt").write_text("“The pier will close in May,” Ann Lee said.\n", "utf-8")
    (tmp_path / "notes.txt").write_text("LEE: The pier will close in May.\n", "utf-8")
    (tmp_path / "tape.txt").write_text("LEE: Nothing else was said at all.\n", "utf-8")
    return tmp_path


def held(desk: Path, *words: str, given: Sequence[str] = ("notes.txt", "tape.txt")) -> str:
    """What `verify` with an index says, on both streams."""
    named = ("verify", "story.txt", "--index", "held.idx", *words, "--against", *given)
    made = read(program.onrecord(*named, cwd=desk))
    assert "Traceback" not in made.stderr
    return made.stdout + made.stderr


def test_an_index_is_used_again_and_a_changed_text_is_read_anew(desk: Path) -> None:
    assert "1 exact" in held(desk)
    first = (desk / "held.idx").read_bytes()
    # what the file says is what counts, as long as the text is the same
    forged = load_rows(desk / "held.idx", TOLERANCES)[0]
    (notes,) = (rows for rows in forged.values() if "pier" in rows.forms)
    notes.forms[notes.forms.index("pier")] = "quay"
    (desk / "held.idx").write_bytes(rows_bytes(forged, TOLERANCES))
    assert "1 exact" not in held(desk)
    (desk / "held.idx").write_bytes(first)
    assert "1 exact" in held(desk)
    (desk / "notes.txt").write_text("LEE: The pier won't close in May.\n", "utf-8")
    assert "1 altered" in held(desk)
    assert (desk / "held.idx").read_bytes() != first


def test_an_index_holds_what_was_given_last(desk: Path) -> None:
    held(desk)
    both = (desk / "held.idx").stat().st_size
    held(desk, given=["notes.txt"])
    assert (desk / "held.idx").stat().st_size < both


@pytest.mark.parametrize("damage", [slice(0, 60), slice(0, -1)])
def test_a_damaged_index_is_made_anew_and_that_is_said(desk: Path, damage: slice) -> None:
    held(desk)
    whole = (desk / "held.idx").read_bytes()
    (desk / "held.idx").write_bytes(whole[damage])
    said = held(desk)
    assert "held.idx: the index is damaged; it is made anew." in said
    assert "1 exact" in said
    assert (desk / "held.idx").read_bytes() == whole


def test_an_index_that_points_outside_its_words_is_damaged(desk: Path) -> None:
    held(desk)
    known, _ = load_rows(desk / "held.idx", TOLERANCES)
    wrong = {
        digest: msgspec.structs.replace(rows, ids=rows.ids[:-4] + (99_999).to_bytes(4, "little"))
        for digest, rows in known.items()
    }
    (desk / "held.idx").write_bytes(rows_bytes(wrong, TOLERANCES))
    assert "the index is damaged" in held(desk)


def test_an_index_of_other_tolerances_is_made_anew(desk: Path) -> None:
    held(desk)
    assert "was made with other tolerances; it is made anew" in held(desk, "--tolerate", "none")


def test_what_is_no_index_is_not_written_over(desk: Path) -> None:
    (desk / "held.idx").write_text("my only notes\n", "utf-8")
    said = held(desk)
    assert "held.idx: is no index that onrecord wrote, and isn't written over." in said
    assert (desk / "held.idx").read_text("utf-8") == "my only notes\n"


def test_markdown_is_a_table_for_the_file() -> None:
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, "--format", "md")
    assert made.returncode == 1
    rows = [line for line in made.stdout.splitlines() if line.startswith("|")]
    widths = {line.replace("\\|", "").count("|") for line in rows}
    assert len(widths) == 1, "every row has every cell"
    (altered,) = (line for line in rows if "altered" in line)
    assert "nobody" in altered
    assert "negation: said “I don't think anybody”, quoted “nobody”" in made.stdout
    assert made.stdout.count("The notes say:") == 2


def test_docx_has_a_comment_at_each_quotation_in_question(tmp_path: Path) -> None:
    path = tmp_path / "held.docx"
    made = onrecord("verify", STORY, "--against", TRANSCRIPT, "--format", "docx", "-o", str(path))
    assert made.returncode == 1
    document = docx.Document(str(path))
    said = [comment.text for comment in document.comments]
    assert any("altered" in words and "anybody" in words for words in said)
    assert {comment.author for comment in document.comments} == {"onrecord"}
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "nobody loses a boat" in text
    assert onrecord("verify", STORY, "--against", TRANSCRIPT, "--format", "docx").returncode == 2
