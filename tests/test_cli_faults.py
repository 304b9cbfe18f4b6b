"""One article never costs another, and whatever stands in the way is said in words."""

import csv
import io
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from .program import onrecord

STORY = (
    "Council votes to shut quay\n\nCouncillors voted on Tuesday to shut it, the council said.\n\n"
    '"January is when the crab is in," Ann Lee said.\n\nThe mayor answered, "It is late. He'
    " went.\n\n"
    "Sources said the date could change.\n"
)


def run(folder: Path, *args: str, given: bytes | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
    return onrecord(*args, given=given, cwd=folder, env=env)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(STORY)
    return tmp_path


HALVES = (
    "<html><head><title>Quay</title><meta property='og:site_name' content='a &#xD83D; b'>"
    "<meta name=author content='&#xDE00; Lee'><link rel=canonical href='http://x.example/&#xD83D;'>"
    "</head><body><article>" + "<p>A source said it would close in May, they said.</p>" * 4
    + "</article></body></html>"
)  # fmt: skip
ODD = {
    "half.html": HALVES.encode(),
    "undefined.html": b'<meta charset="undefined"><p>It will close\xff, a source said.</p>' * 5,
    "digits.txt": f"Quay\n\n“It cost {'9' * 309} pounds,” a source said.\n".encode(),
    "brackets.json": b"[" * 200_000,
    "idna.html": b'<meta charset="idna"><p>It will close\xff, a source said.</p>' * 5,
}


@pytest.mark.parametrize("name", sorted(ODD))
def test_one_odd_article_costs_no_other(folder: Path, name: str) -> None:
    (folder / name).write_bytes(ODD[name])
    made = run(folder, "check", name, "good.txt", "--format", "json", "--engine", "baseline")
    assert b"Traceback" not in made.stderr
    assert made.returncode in (1, 3)
    found = {a["id"]: a["findings"] for a in json.loads(made.stdout)["articles"]}
    assert found["good.txt"]


def test_an_article_that_breaks_the_analysis_costs_no_other(folder: Path) -> None:
    (folder / "bad.txt").write_text("Breaks here.")
    (folder / "sitecustomize.py").write_text(
        "import onrecord.extract as e\n"
        "right = e.analyse\n"
        "def analyse(article, **more):\n"
        "    if 'Breaks' in article.text: raise KeyError(article.text)\n"
        "    return right(article, **more)\n"
        "e.analyse = analyse\n"
    )
    for command in ("check", "analyse", "sources"):
        made = run(
            folder, command, "bad.txt", "good.txt", "--format", "json", PYTHONPATH=str(folder)
        )
        assert made.returncode == 3
        assert b"bad.txt: something broke inside onrecord (KeyError)" in made.stderr
        assert b"good.txt" in made.stdout


def test_a_file_name_that_is_not_utf8(folder: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (folder / name).write_text(STORY)
    for form in (
        "full",
        "concise",
        "json",
        "jsonl",
        "github",
        "gitlab",
        "sarif",
        "junit",
        "queries",
    ):
        made = run(folder, "check", name, "good.txt", "--format", form, "--exit-zero", "--engine",
                   "baseline")  # fmt: skip
        assert made.returncode == 0, made.stderr
        assert b"caf\\xe9.txt" in made.stdout.replace(b"\\\\", b"\\").replace(b"%E9", b"\\xe9")


def test_a_name_with_line_breaks_and_escapes_begins_no_line(folder: Path) -> None:
    row = {"id": "a\n::error file=x::\x1b[31mforged", "text": STORY}
    (folder / "odd.jsonl").write_text(json.dumps(row))
    for form in ("full", "concise", "github", "queries"):
        made = run(
            folder, "check", "odd.jsonl", "--format", form, "--exit-zero", "--engine", "baseline"
        )
        assert b"\x1b" not in made.stdout
        assert not any(line.startswith(b"::error file=x") for line in made.stdout.splitlines())
    for command in ("analyse", "sources"):
        made = run(folder, command, "odd.jsonl", "--format", "csv", "--engine", "baseline")
        assert b"\x1b" not in made.stdout


def test_a_table_for_spreadsheets_runs_nothing(folder: Path) -> None:
    rows = [{"id": f"{c}HYPERLINK(1)", "text": STORY} for c in "=+-@"]
    (folder / "f.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for command in ("analyse", "sources"):
        made = run(folder, command, "f.jsonl", "--format", "csv", "--engine", "baseline")
        cells = [c for row in csv.reader(io.StringIO(made.stdout.decode())) for c in row]
        assert any(c.startswith("'=") for c in cells)
        assert not any(c[:1] in "=+-@" for c in cells if c)


def test_a_busy_port_and_an_address_of_others_are_said(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        made = run(folder, "serve", "--port", port)
        assert made.returncode == 2
        assert b"is in use by another program" in made.stderr
    made = run(folder, "serve", "--host", "192.0.2.1", "--token", "x", "--port", "0")
    assert made.returncode == 2
    assert b"no such address" in made.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_and_a_closed_output_are_said(folder: Path) -> None:
    shell = f"{sys.executable} -m onrecord check good.txt --engine baseline"
    for end, words in ((">/dev/full", b"the disk is full"), ("-o /dev/full", b"the disk is full"),
                       (">&-", b"is closed")):  # fmt: skip
        made = subprocess.run(
            ["bash", "-c", f"{shell} {end}"], capture_output=True, cwd=folder, check=False
        )
        assert made.returncode == 3
        assert words in made.stderr
        assert made.stderr.count(b"\n") == 1


@pytest.mark.parametrize("option", ["-o", "--write-baseline"])
def test_an_input_is_refused_as_output(folder: Path, option: str) -> None:
    made = run(folder, "check", "good.txt", option, "./good.txt")
    assert made.returncode == 2
    assert b"is one of the inputs" in made.stderr
    assert (folder / "good.txt").read_text() == STORY
