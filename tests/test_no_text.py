"""`--no-text`: an article of words that occur nowhere else, through every command, format and
failure."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .program import onrecord

ODD = (
    "Zorblatt Quimfex Vantrush Plimsoke Drabbel Yorvick Snelgor Wuxtable Frimbly Klopstok Gloomith"
    " Hexbarn Jorvaddle Mumblefrotz Nixwort Oglethwap Pringlome Quorbane Rastwick Tindlebrook"
).split()
STORY = """Zorblatt Quimfex to shut vantrush, sources say

By Plimsoke Drabbel

“The vantrush is yorvick and snelgor,” said Wuxtable Frimbly, 41, the klopstok warden of Gloomith.

A source told the Hexbarn Star the jorvaddle “will mumblefrotz in May”. She asked not to be named
because of nixwort. Many oglethwap it. An insider said 37 pringlomes would go. “It is a quorbane,

Rastwick Tindlebrook, 12, whose mother is Wuxtable Frimbly, said the vantrush was snelgor.
"""
MARKDOWN = (
    "# Zorblatt Quimfex to shut\n\n<!-- onrecord: ignore ANO001 the nixwort ”jorvaddle “desk knows"
    " -->\n"
    "A source said the vantrush would mumblefrotz in May.\n\n"
    "<!-- onrecord: ignore QUO201 hexbarn -->\nYorvick snelgor klopstok oglethwap it.\n\n"
    "<!-- onrecord: ignore because rastwick -->\n“Pringlome ’quorbane” tindlebrook’s vantrush.\n"
)
PAGE = (
    "<html lang=en><head><title>Zorblatt Quimfex</title><meta property=og:site_name"
    " content=Hexbarn>"
    "<meta name=author content='Plimsoke Drabbel'><meta property=article:published_time"
    " content='nixwort jorvaddle'><link rel=canonical"
    " href='https://x.example/zorblatt-quimfex'></head>"
    "<body><article><h1>Zorblatt Quimfex</h1>" + "<p>“The vantrush is yorvick,” a source told"
                                                 " Wuxtable"
    " Frimbly, the klopstok warden. <a href='/mumblefrotz'>Snelgor</a> said the rastwick would"
    " go.</p>"
    * 3 + "</article></body></html>"
)  # fmt: skip
TRANSCRIPT = (
    "FRIMBLY: The vantrush is yorvick and a bit snelgor, and the klopstok is mumblefrotz.\n"
    "TINDLEBROOK: The vantrush was very snelgor.\n"
)
FORMATS = {
    "check": (
        "full",
        "concise",
        "json",
        "jsonl",
        "html",
        "github",
        "gitlab",
        "sarif",
        "junit",
        "queries",
    ),
    "analyse": ("json", "jsonl", "csv"),
    "sources": ("text", "json", "csv"),
    "verify": ("full", "json", "html", "csv", "sarif"),
    "compare": ("full", "json", "html"),
}
LEAK = re.compile("|".join(ODD), re.IGNORECASE)
CASES = [(command, form) for command, forms in FORMATS.items() for form in forms]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drafts")
    (folder / "a.txt").write_text(STORY, "utf-8")
    (folder / "b.txt").write_text(STORY.replace("37", "39").replace("yorvick", "wuxtable"), "utf-8")
    (folder / "c.md").write_text(MARKDOWN, "utf-8")
    (folder / "d.html").write_text(PAGE, "utf-8")
    rows = [
        {"id": "1", "title": "Zorblatt", "text": STORY, "outlet": "Hexbarn", "authors": ["Plimsoke"],
         "url": "https://x.example/quimfex", "published": "nixwort 'jorvaddle' \"yorvick\""},
        {"id": "2", "text": "Zorblatt \ud800 quimfex said so to vantrush klopstok."},
        {"id": "3", "text": 7, "title": "Zorblatt"},
        {"id": "4", "text": "Der Zorblatt und die Quimfex haben am Dienstag das Vantrush"
                            " beschlossen. " * 6},
    ]  # fmt: skip
    lines = [*map(json.dumps, rows), '{"id": "5", "text": "Zorblatt quimfex', "zorblatt"]
    (folder / "e.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "f.txt").write_bytes(STORY.encode("utf-8") + b" \xff\xfe Zorblatt \0 quimfex")
    (folder / "g.docx").write_bytes(b"PK\x03\x04 zorblatt quimfex")
    (folder / "h.json").write_text('{"text": zorblatt', "utf-8")
    (folder / "t.txt").write_text(TRANSCRIPT, "utf-8")
    (folder / "t.pdf").write_bytes(b"%PDF-1.4 zorblatt")
    (folder / "t.vtt").write_text(f"WEBVTT\n\n00:01.000 --> zorblatt\n{TRANSCRIPT}", "utf-8")
    return folder


def run(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return onrecord(*args, "--no-text", cwd=folder, env=env)


def paths(command: str) -> list[str]:
    if command == "compare":
        return ["a.txt", "b.txt"]
    given = ["a.txt", "b.txt", "c.md", "d.html", "e.jsonl", "f.txt", "g.docx", "h.json"]
    if command == "verify":
        return [*given, "--against", "t.txt", "t.pdf", "t.vtt"]
    return given


@pytest.mark.parametrize(("command", "form"), CASES)
def test_no_word_of_the_article_gets_out(files: Path, command: str, form: str) -> None:
    engine = ("--engine", "baseline") if form not in ("html", "json", "full", "text") else ()
    made = run(files, command, *paths(command), "--format", form, *engine)
    assert b"Traceback" not in made.stderr
    assert made.returncode in (0, 1, 3)
    assert made.stdout
    shown = (made.stdout + made.stderr).decode()
    assert LEAK.findall(shown) == []


def test_what_breaks_down_says_no_word(files: Path, tmp_path: Path) -> None:
    """An analysis that breaks with the text in its message, with and without a traceback."""
    (tmp_path / "sitecustomize.py").write_text(
        "import onrecord.extract as e\n"
        "def analyse(article, **_): raise ValueError(article.text)\n"
        "e.analyse = analyse\n"
    )
    for env in ({}, {"ONRECORD_DEBUG": "1"}):
        made = run(files, "check", "a.txt", PYTHONPATH=str(tmp_path), **env)
        assert b"ValueError" in made.stderr
        assert made.returncode == 3
        assert LEAK.findall((made.stdout + made.stderr).decode()) == []


def test_with_text_the_words_are_there(files: Path) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "onrecord", "check", "a.txt", "--engine", "baseline"],
        capture_output=True, cwd=files, check=False,
    )  # fmt: skip
    assert LEAK.search(made.stdout.decode()), "else this proves nothing"
