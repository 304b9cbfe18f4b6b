"""The command line as a user meets it: formats, exit codes, and what goes wrong."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docx import Document

from .program import onrecord

STORY = """Council votes to shut quay

Councillors voted on Tuesday to shut the fish quay, the council said.

"January is when the crab is in," Ann Lee said. "Nobody asked us."

Sources said the date could change.
"""


def run(*args: str, given: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return onrecord(*args, given=given, env=env)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_help_is_quick() -> None:
    """It loads nothing that takes long to load: no model, no reader of a format, no rule."""
    code = (
        "import sys\n"
        "from onrecord.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True
    )
    assert "Usage" in made.stdout
    loaded = set(made.stderr.split())
    slow = ("numpy", "onnxruntime", "lxml", "trafilatura", "sqlalchemy", "pyarrow", "starlette")
    assert not loaded & {*slow, "onrecord.rules", "onrecord.extract", "msgspec.json"}


def test_findings_end_with_1_and_exit_zero_with_0(story: Path) -> None:
    made = run("check", str(story))
    assert made.returncode == 1
    assert b"ANO001" in made.stdout
    assert run("check", str(story), "--exit-zero").returncode == 0
    assert run("check", str(story), "--fail-on", "error").returncode == 0


@pytest.mark.parametrize(
    "form",
    ["full", "concise", "json", "jsonl", "html", "github", "gitlab", "sarif", "junit", "queries"],
)
def test_every_format_twice_is_the_same(story: Path, form: str) -> None:
    args = ("check", str(story), "--format", form, "--exit-zero")
    first, second = run(*args), run(*args)
    assert first.returncode == 0
    assert first.stderr == b""
    assert first.stdout == second.stdout
    assert b"ANO001" in first.stdout


@pytest.mark.parametrize(
    "form",
    ["full", "concise", "json", "jsonl", "html", "github", "gitlab", "sarif", "junit", "queries"],
)
def test_no_text_keeps_the_words_out(story: Path, form: str) -> None:
    made = run("check", str(story), "--format", form, "--no-text", "--exit-zero")
    if form == "html":
        assert b"January" not in made.stdout
        assert b"votes to shut" not in made.stdout
    else:
        assert b"Sources said" not in made.stdout
        assert b"crab" not in made.stdout


def test_json_is_what_others_read(story: Path) -> None:
    made = json.loads(run("check", str(story), "--format", "json").stdout)
    assert made["schema"] == 1
    (article,) = made["articles"]
    assert article["id"] == str(story)
    for finding in article["findings"]:
        start, end = finding["span"]
        assert STORY[start:end]
        assert set(finding) == {
            "code", "name", "severity", "span", "line", "column", "message", "related",
            "confidence", "fingerprint", "place",
        }  # fmt: skip


def test_analyse_jsonl_keeps_the_text_and_its_ids() -> None:
    given = json.dumps({"id": "x1", "text": STORY}).encode()
    made = run("analyse", "-", "--format", "jsonl", given=given)
    row = json.loads(made.stdout)
    assert row["id"] in ("x1", "-")
    assert row["article"]["text"] == STORY
    for a in row["attributions"]:
        for start, end in a["content"]:
            assert 0 <= start < end <= len(STORY)


def test_csv_has_a_row_a_statement(story: Path) -> None:
    made = run("analyse", str(story), "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(made.stdout.decode())))
    assert [r["speaker"] for r in rows if "January" in r["content"]] == ["Ann Lee"]


def test_sources_names_who_speaks(story: Path) -> None:
    made = run("sources", str(story)).stdout.decode()
    assert "Ann Lee" in made
    assert "no reason found" in made


def test_one_bad_line_among_a_thousand_costs_one(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": str(n), "text": f"The council met on day {n}."}) for n in range(1000)
    ]
    lines[500] = '{"id": "broken'
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    made = run("analyse", str(path), "--format", "jsonl", "--engine", "baseline")
    rows = [json.loads(line) for line in made.stdout.splitlines()]
    assert made.returncode == 3
    assert sum("attributions" in r for r in rows) == 999
    assert [r["id"] for r in rows if "problem" in r] == [f"{path}:501"]
    assert f"{path}:501".encode() in made.stderr


def bad_inputs(folder: Path) -> dict[str, Path]:
    """Files that hold no article, each in its own way."""
    made = {
        "empty": b"",
        "blank": b" \n\n ",
        "binary": bytes(range(256)) * 50,
        "page.html": b"<html><body><nav>a b</nav></body></html>",
        "bad.docx": b"PK\x03\x04 not really",
        "bad.json": b'{"text": ',
        "list.json": b"[1, 2]",
        "no-text.jsonl": b'{"id": "a"}\n',
        "huge.txt": b"word " * 10_000_000,
    }
    for name, raw in made.items():
        (folder / name).write_bytes(raw)
    paths = {name: folder / name for name in made}
    return {**paths, "missing": folder / "missing.txt", "folder": folder}


def test_bad_inputs_are_said_and_lose_nothing(tmp_path: Path, story: Path) -> None:
    bad = bad_inputs(tmp_path)
    paths = [str(p) for p in bad.values()]
    made = run("check", *paths, str(story), "--format", "json")
    assert made.returncode == 3
    assert b"Traceback" not in made.stderr
    articles = json.loads(made.stdout)["articles"]
    assert [a["findings"] != [] for a in articles if a["id"] == str(story)] == [True]
    for name, path in bad.items():
        said = [line for line in made.stderr.decode().splitlines() if str(path) in line]
        assert said, name


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        (
            "Der Rat hat am Dienstag beschlossen, den Hafen zu schließen, sagte der Bürgermeister."
            " ".encode()
            * 6,
            "language",
        ),
        (b"The caf\xe9 owner said the quay would shut. " * 5, "UTF-8"),
        (b"The council\x00 said the quay would shut in May and open again. " * 3, "U+FFFD"),
        (json.dumps({"text": "The council \ud800 said so."}).encode(), "U+FFFD"),
    ],
)
def test_odd_inputs_are_read_with_a_note(raw: bytes, word: str) -> None:
    made = run("check", "-", "--format", "json", given=raw)
    assert made.returncode in (0, 1)
    assert word in made.stderr.decode()


@pytest.mark.parametrize(
    ("args", "code", "word"),
    [
        (("check", "-", "--select", "ANO01X"), 2, "Did you mean"),
        (("check", "-", "--published", "soon"), 2, "YYYY-MM-DD"),
        (("check", "-", "-o", "/no/such/folder/x.html"), 3, "can't be written"),
        (("rule", "NOPE1"), 2, "neither a rule nor a family"),
        (("check",), 2, "PATH"),
    ],
)
def test_wrong_calls_say_what_to_do(args: tuple[str, ...], code: int, word: str) -> None:
    made = run(*args, given=STORY.encode())
    assert made.returncode == code
    assert word in made.stderr.decode()
    assert b"Traceback" not in made.stderr


@pytest.mark.parametrize(
    ("table", "line", "word"),
    [
        ("select = 3\n", 1, "list of codes"),
        ("preview = false\nfoo = 1\n", 2, "unknown key"),
        ('[severity]\nANO001 = "grave"\n', 2, "error, warning, note"),
        ("select = [\n", 0, "not TOML"),
    ],
)
def test_a_broken_configuration_names_its_line(
    tmp_path: Path, table: str, line: int, word: str
) -> None:
    (tmp_path / "onrecord.toml").write_text(table, "utf-8")
    made = subprocess.run(
        [sys.executable, "-m", "onrecord", "check", "-"],
        input=STORY.encode(), capture_output=True, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert made.returncode == 2
    assert word in made.stderr.decode()
    assert not line or f"onrecord.toml:{line}" in made.stderr.decode()


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"text": STORY}) + "\n" for _ in range(300)), "utf-8")
    command = (
        f"{sys.executable} -m onrecord analyse {path} --format jsonl --engine baseline | head -n 1"
    )
    made = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert made.stderr == b""


def test_escape_codes_reach_neither_terminal_nor_page() -> None:
    text = STORY.replace("Sources", "Sources\x1b[31m <script>alert(1)</script>")
    for form in ("full", "concise"):
        made = run("check", "-", "--format", form, given=text.encode())
        assert b"\x1b" not in made.stdout
    page = run("check", "-", "--format", "html", given=text.encode())
    assert b"<script>alert" not in page.stdout


def test_rule_page_says_what_was_measured() -> None:
    from onrecord.data.precision import figures, sentence

    assert sentence("NOPE1") == "Not yet measured."
    assert sentence("ANO001") in " ".join(run("rule", "ANO001").stdout.decode().split())
    for figure in figures().values():
        assert figure["low"] <= figure["precision"] <= figure["high"]


def test_a_baseline_hides_what_it_knows_and_says_how_many(story: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    made = run("check", str(story), "--write-baseline", str(known))
    assert made.returncode == 0
    count = len(json.loads(known.read_bytes())["dismissed"])
    assert count
    again = run("check", str(story), "--baseline", str(known))
    assert again.returncode == 0
    assert f"{count} known" in again.stdout.decode()
    story.write_text(STORY + '\nThe mayor answered, "It is late. He went.\n', "utf-8")
    more = run("check", str(story), "--baseline", str(known), "--format", "json")
    (article,) = json.loads(more.stdout)["articles"]
    assert {f["by"] for f in article["dismissed"]} == {"baseline"}
    assert any(f["line"] == 9 for f in article["findings"])


def test_a_baseline_that_is_none(story: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text('{"schema": 1,\n nothing}', "utf-8")
    made = run("check", str(story), "--baseline", str(known))
    assert made.returncode == 2
    assert f"{known}:2" in made.stderr.decode()


def test_questions_stand_below_the_voice_they_are_about(story: Path) -> None:
    made = run("check", str(story), "--format", "queries", "--exit-zero").stdout.decode()
    lines = made.splitlines()
    assert "for the reporter" in lines[0]
    below = lines[lines.index("“Sources”") :]
    assert any(line.startswith("- line 7:") and "(ANO001)" in line for line in below)
    assert "Ask:" not in made


def test_a_standard_selects_its_rules(story: Path) -> None:
    made = run("check", str(story), "--standard", "wapo", "--format", "json", "--exit-zero")
    wrong = run("check", str(story), "--standard", "wappo")
    assert made.returncode == 0
    assert wrong.returncode == 2
    assert "Did you mean wapo?" in wrong.stderr.decode()


def test_a_profile_changes_severities(story: Path) -> None:
    strict = run(
        "check", str(story), "--profile", "wire", "--format", "concise", "--fail-on", "error"
    )
    assert run("check", str(story), "--fail-on", "error").returncode == 0
    assert strict.returncode == 1
    wrong = run("check", str(story), "--profile", "wired")
    assert "Did you mean wire?" in wrong.stderr.decode()


def test_outlets_in_the_configuration(story: Path, tmp_path: Path) -> None:
    (tmp_path / "onrecord.toml").write_text('[outlet."Harbour Star"]\nignore = ["ANO"]\n', "utf-8")
    for outlet, expected in (("Harbour Star", False), ("Harbour Gazette", True)):
        made = subprocess.run(
            [sys.executable, "-m", "onrecord", "check", str(story), "--outlet", outlet],
            capture_output=True, cwd=tmp_path, check=False,
        )  # fmt: skip
        assert (b"ANO001" in made.stdout) is expected


@pytest.mark.parametrize("form", ["concise", "github"])
def test_the_dismissed_are_counted_on_standard_error_alone(form: str, tmp_path: Path) -> None:
    story = tmp_path / "story.md"
    story.write_text(
        "# Bridge\n\n<!-- onrecord: ignore ANO002 the desk knows -->\n“The bridge will close in"
        " May,” a source said.\n"
    )
    made = run("check", str(story), "--format", form, "--select", "ANO002", "--engine", "baseline")
    assert made.stdout == b""
    assert re.search(rb"\d dismissed by a comment", made.stderr)


def test_a_docx_comes_back_with_comments(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Quay to close", style="Title")
    document.add_paragraph("The ferry is doomed, a senior official said on Monday.")
    story, checked = tmp_path / "story.docx", tmp_path / "checked.docx"
    document.save(str(story))
    before = story.read_bytes()
    made = run("check", str(story), "--engine", "baseline", "--format", "docx", "-o", str(checked))
    assert made.returncode == 1, made.stderr
    assert story.read_bytes() == before
    comments = list(Document(str(checked)).comments)
    assert comments
    assert {c.author for c in comments} == {"onrecord"}
    assert any(c.text.startswith("ANO001 ") for c in comments)
    assert run("check", str(story), "--format", "docx").returncode == 2
    assert run("check", str(story), "--format", "docx", "-o", str(story)).returncode == 2
    both = tmp_path / "both.docx"
    text = tmp_path / "story.txt"
    text.write_text("The ferry is doomed, a senior official said on Monday.\n")
    made = run(
        "check", str(story), str(text), "--engine", "baseline", "--format", "docx", "-o", str(both)
    )
    assert "without the file's own formatting" in made.stderr.decode()
    assert len(list(Document(str(both)).comments)) == 2 * len(comments)
