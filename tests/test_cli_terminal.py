"""The terminal: colours, widths, sums, settings named and left out, codes mended, rules for people."""

import io
import json
import re
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import click
import pytest

from onrecord.cli import COMMANDS, again, group
from onrecord.cli.again import _concerns
from onrecord.cli.examples import EXAMPLES
from onrecord.config import load, profiles, standards
from onrecord.extras import EXTRAS
from onrecord.records import Rule
from onrecord.report.paint import Paint, paint_for
from onrecord.report.rulepage import rule_text
from onrecord.rules import all_rules

from .program import onrecord, read

STORY = (
    "A source said the quay would close in May. Another source said it would stay.\n\n"
    "“We shut on 6 May,” said Ana Petrov, the mayor.\n"
)


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    (tmp_path / "call.txt").write_text("Ana Petrov: We shut on 7 May.\n", "utf-8")
    return tmp_path


def said(
    *args: str, cwd: Path, env: dict[str, str] | None = None, given: bytes | None = None
) -> subprocess.CompletedProcess[str]:
    return read(onrecord(*args, cwd=cwd, env=env, given=given))


@pytest.mark.parametrize(
    ("option", "around", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        ((), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_is_wanted_or_not(
    story: Path, option: tuple[str, ...], around: dict[str, str], coloured: bool
) -> None:
    clean = {"NO_COLOR": "", "FORCE_COLOR": "", **around}
    for command in (
        ("check", "story.txt"),
        ("verify", "story.txt", "--against", "call.txt"),
        ("rule", "ANO001"),
        ("rule", "--all"),
    ):
        made = said(*command, *option, cwd=story, env=clean)
        assert ("\x1b[" in made.stdout) == coloured, command


def test_colour_says_nothing_that_words_do_not(story: Path) -> None:
    plain = said("check", "story.txt", cwd=story).stdout
    painted = said("check", "story.txt", "--color", "always", cwd=story).stdout
    assert re.sub(r"\x1b\[[\d;]*m", "", painted) == plain


def test_a_file_is_not_painted(story: Path) -> None:
    said("check", "story.txt", "-o", "out.txt", cwd=story, env={"FORCE_COLOR": "1"})
    assert "\x1b[" not in (story / "out.txt").read_text("utf-8")


def test_lines_fit_the_window() -> None:
    words = "warning ANO001 " + "a word of it and another " * 9
    folded = Paint(width=50).fold(words)
    assert max(map(len, folded.split("\n"))) <= 50
    assert folded.split() == words.split()
    assert Paint().fold(words) == words


def test_paint_asks_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "72")
    assert paint_for(Terminal()) == Paint(True, 72)
    monkeypatch.setenv("TERM", "dumb")
    assert paint_for(Terminal()) == Paint(False, 72)


def test_statistics_count_rules(story: Path) -> None:
    full = json.loads(said("check", "story.txt", "--format", "json", cwd=story).stdout)
    codes = [f["code"] for f in full["articles"][0]["findings"]]
    assert codes
    made = said("check", "story.txt", "--statistics", cwd=story)
    assert made.returncode == 1
    table = [line.split() for line in made.stdout.splitlines()[1:-1]]
    assert {row[3]: int(row[0]) for row in table} == {c: codes.count(c) for c in codes}
    assert "in 1 article" in made.stdout.splitlines()[-1]
    rows = json.loads(
        said("check", "story.txt", "--statistics", "--format", "json", cwd=story).stdout
    )
    assert {row["code"]: row["count"] for row in rows} == {c: codes.count(c) for c in codes}
    wrong = said("check", "story.txt", "--statistics", "--format", "sarif", cwd=story)
    assert (wrong.returncode, "--format full or json" in wrong.stderr) == (2, True)


def test_quiet_leaves_findings_and_errors(story: Path) -> None:
    (story / "story.html").write_bytes(b"<p>" + STORY.encode() + b" \x80\x81</p>")
    loud = said("check", "story.txt", "gone.txt", cwd=story)
    quiet = said("check", "story.txt", "gone.txt", "-q", cwd=story)
    assert quiet.returncode == loud.returncode == 3
    assert "findings in 1 article" in loud.stdout
    assert quiet.stdout == loud.stdout.rsplit("\n", 2)[0] + "\n"
    assert "gone.txt" in quiet.stderr
    clean = story / "clean.txt"
    clean.write_text("“We shut on 6 May,” said Ana Petrov, the mayor.\n", "utf-8")
    made = said("check", "clean.txt", "--quiet", cwd=story)
    assert (made.returncode, made.stdout, made.stderr) == (0, "", "")


def test_settings_can_be_named_and_left_out(story: Path) -> None:
    def codes(*args: str) -> set[str]:
        made = said("check", "story.txt", "--format", "json", *args, cwd=story)
        return {f["code"] for f in json.loads(made.stdout)["articles"][0]["findings"]}

    usual = codes()
    (story / "onrecord.toml").write_text('select = ["NUM"]\n', "utf-8")
    (story / "house.toml").write_text('select = ["ano001"]\n', "utf-8")
    assert codes() == set()
    assert codes("--isolated") == usual
    assert codes("--config", "house.toml") == {"ANO001"}
    both = said("check", "story.txt", "--config", "house.toml", "--isolated", cwd=story)
    assert (both.returncode, "Give one of them" in both.stderr) == (2, True)
    gone = said("check", "story.txt", "--config", "gone.toml", cwd=story)
    assert (gone.returncode, "gone.toml is no file" in gone.stderr) == (2, True)
    (story / "house.toml").write_text('\nselect = ["ANO01"]\n', "utf-8")
    wrong = said("check", "story.txt", "--config", "house.toml", cwd=story)
    assert wrong.returncode == 2
    assert "house.toml:2" in wrong.stderr


def test_standard_input_has_a_name_and_a_kind(story: Path) -> None:
    page = (
        b"<html><body><article><h1>Quay</h1><p>" + STORY.encode() + b"</p></article></body></html>"
    )
    made = said(
        "check",
        "-",
        "--stdin-filename",
        "sub/draft.html",
        "--format",
        "json",
        cwd=story,
        given=page,
    )
    article = json.loads(made.stdout)["articles"][0]
    assert article["id"] == "sub/draft.html"
    assert article["findings"]
    assert "<p>" not in made.stdout
    (story / "sub").mkdir()
    (story / "sub" / "onrecord.toml").write_text('select = ["NUM"]\n', "utf-8")
    made = said("check", "-", "--stdin-filename", "sub/draft.html", cwd=story, given=page)
    assert made.returncode == 0


@pytest.mark.parametrize(
    ("code", "near"), [("ANO01", "ANO001"), ("NAO", "ANO"), ("SRC1", "SRC"), ("quo99", "QUO")]
)
def test_a_wrong_code_is_an_error_with_a_suggestion(story: Path, code: str, near: str) -> None:
    made = said("check", "story.txt", "--select", code, cwd=story)
    assert made.returncode == 2
    assert f"{code}: this is neither a rule nor a family" in made.stderr
    assert f"Did you mean {near}" in made.stderr


def test_codes_in_any_case(story: Path) -> None:
    upper = said("check", "story.txt", "--select", "ANO001,SRC", "--ignore", "SRC101", cwd=story)
    lower = said("check", "story.txt", "--select", "ano001,src", "--ignore", "src101", cwd=story)
    assert lower.stdout == upper.stdout
    assert upper.stdout
    assert "ANO001" in said("rule", "ano001", cwd=story).stdout
    (story / "onrecord.toml").write_text(
        'select = ["ano"]\n[severity]\nano001 = "error"\n[outlet.A]\nignore = ["ano001"]\n', "utf-8"
    )
    settings = load(story)
    assert settings.severity == {"ANO001": "error"}
    assert "error ANO001" in said("check", "story.txt", cwd=story).stdout
    assert "ANO001" not in said("check", "story.txt", "--outlet", "A", cwd=story).stdout


def test_against_that_took_the_story_too_is_explained(story: Path) -> None:
    made = said("verify", "--against", "a.txt", "b.txt", "story.txt", cwd=story)
    assert made.returncode == 2
    assert "there is no story left" in made.stderr
    assert "onrecord verify story.txt --against a.txt b.txt" in " ".join(made.stderr.split())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_a_rule_for_people_has_no_test_markup(rule: Rule) -> None:
    text = rule_text(rule)
    assert not re.search(r"[⟦⟧]|\[(?:s|c|q)\d", text)
    assert re.search(r"(?m)^  \| +\^|^  \| \^", text)
    assert max(map(len, text.splitlines())) <= 80 or "http" in text
    assert rule.name in text.splitlines()[0]


def test_all_rules_are_a_table(tmp_path: Path) -> None:
    made = said("rule", "--all", cwd=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in made[1:-1]] == [r.code for r in all_rules()]
    assert said("rule", cwd=tmp_path).stdout.splitlines() == made


def test_every_help_has_examples_that_are_calls() -> None:
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        verbs = command.commands if isinstance(command, click.Group) else {"": command}
        for verb, inner in verbs.items():
            called = f"{name} {verb}".strip()
            assert called in EXAMPLES, called
            shown = inner.get_help(click.Context(inner, info_name=called))
            for call, _ in EXAMPLES[called]:
                assert call in shown
                words = call.partition(f"onrecord {called}")[2].split()
                options = {o for p in inner.params for o in (*p.opts, *p.secondary_opts)}
                assert {w for w in words if w.startswith("--")} <= options, call


def test_help_names_what_is_allowed() -> None:
    command = group.get_command(click.Context(group), "check")
    assert command is not None
    shown = command.get_help(click.Context(command, info_name="onrecord check"))
    assert all(key in shown for key in (*standards(), *profiles()))


def test_init_writes_settings_that_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n", "utf-8")
    before = said("check", "story.txt", cwd=tmp_path).stdout
    made = said("init", cwd=tmp_path)
    assert made.returncode == 0
    assert "1 files" not in made.stdout
    assert "1 file that can be read: 1 text" in made.stdout
    assert "pre-commit" in made.stdout
    assert said("check", "story.txt", cwd=tmp_path).stdout == before
    again = said("init", cwd=tmp_path)
    assert (again.returncode, "is there already" in again.stderr) == (2, True)
    file = tmp_path / "onrecord.toml"
    live = re.sub(r"(?m)^# (?=[\w.-]+ = |\[)", "", file.read_text("utf-8"))
    file.write_text(live, "utf-8")
    settings = load(tmp_path)  # every line that can be switched on is a setting
    assert settings.profile == "wire"
    assert settings.severity["ANO001"] == "note"
    assert settings.outlets["Harbour Star"].profile == "popular"
    assert settings.accepted
    assert said("check", "story.txt", cwd=tmp_path).returncode in (0, 1)


def test_doctor_names_what_is_here(tmp_path: Path) -> None:
    made = said("doctor", "--format", "json", cwd=tmp_path)
    assert made.returncode == 0
    facts = {fact["what"]: fact for fact in json.loads(made.stdout)}
    assert {f"[{name}]" for name in EXTRAS} <= set(facts)
    assert facts["model"]["good"] is True
    assert "words a second" in facts["speed"]["said"]
    (tmp_path / "onrecord.toml").write_text('select = ["XYZ"]\n', "utf-8")
    made = said("doctor", cwd=tmp_path)
    assert made.returncode == 3
    assert "!!  settings" in made.stdout
    assert "XYZ" in made.stdout


@pytest.mark.parametrize(
    ("shell", "file"),
    [
        ("bash", ".local/share/bash-completion/completions/onrecord"),
        ("zsh", ".zfunc/_onrecord"),
        ("fish", ".config/fish/completions/onrecord.fish"),
    ],
)
def test_completion_is_installed_by_one_command(tmp_path: Path, shell: str, file: str) -> None:
    home = {
        "HOME": str(tmp_path),
        "SHELL": f"/bin/{shell}",
        "XDG_DATA_HOME": "",
        "XDG_CONFIG_HOME": "",
    }
    made = said("completion", "--install", cwd=tmp_path, env=home)
    assert made.returncode == 0, made.stderr
    script = (tmp_path / file).read_text("utf-8")
    assert "_ONRECORD_COMPLETE" in script
    assert said("completion", shell, cwd=tmp_path, env=home).stdout.strip() == script.strip()


def test_completion_completes(tmp_path: Path) -> None:
    around = {
        "_ONRECORD_COMPLETE": "bash_complete",
        "COMP_WORDS": "onrecord che",
        "COMP_CWORD": "1",
    }
    assert "check" in said(cwd=tmp_path, env=around).stdout
    around |= {"COMP_WORDS": "onrecord check --stat", "COMP_CWORD": "2"}
    assert "--statistics" in said(cwd=tmp_path, env=around).stdout
    around |= {"COMP_WORDS": "onrecord check --format s", "COMP_CWORD": "3"}
    assert "sarif" in said(cwd=tmp_path, env=around).stdout


def test_completion_of_an_unknown_shell_says_which_are_known(tmp_path: Path) -> None:
    made = said("completion", cwd=tmp_path, env={"SHELL": "/bin/tcsh"})
    assert (made.returncode, "bash, zsh, fish" in made.stderr) == (2, True)


def test_which_changes_concern_a_watch() -> None:
    wanted = ["/d/story.txt", "/d/drafts", "/d/*.md"]
    changed = {
        "/d/story.txt": True,
        "/d/drafts/a/b.html": True,
        "/d/x.md": True,
        "/d/onrecord.toml": True,
        "/d/other.txt": False,
        "/d/drafts2/a.txt": False,
    }
    assert {path: _concerns(path, wanted) for path in changed} == changed


def test_what_a_watch_writes_itself_is_no_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, story = tmp_path / "page.html", tmp_path / "story.txt"
    changes = [{(1, str(page))}, {(2, str(page)), (2, str(story))}, {(2, str(page))}]
    monkeypatch.setattr("watchfiles.watch", lambda *_, **__: iter(changes))
    calls = 0

    def once() -> int:
        nonlocal calls
        calls += 1
        return 1

    assert again.run(once, [str(tmp_path)], [str(page), None]) == 0
    assert calls == 2


def test_watch_needs_files(tmp_path: Path) -> None:
    made = said("check", "-", "--watch", cwd=tmp_path, given=b"x")
    assert (made.returncode, "can't be watched" in made.stderr) == (2, True)


@pytest.mark.system
def test_watch_checks_again_when_the_story_changes(story: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "onrecord",
        "check",
        "story.txt",
        "--watch",
        "--format",
        "concise",
    ]
    with subprocess.Popen(
        command, cwd=story, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
    ) as running:
        assert running.stdout is not None
        seen = _until(running.stdout, "Waiting for changes")
        assert "story.txt:1:1: ANO001" in seen
        for n in range(50):  # the watch begins a moment after the words that say so
            (story / "story.txt").write_text("“We shut,” said Ana Petrov." + " " * n, "utf-8")
            if select.select([running.stdout], [], [], 0.5)[0]:
                break
        assert "ANO001" not in _until(running.stdout, "Waiting for changes")
        running.send_signal(signal.SIGINT)
        assert running.wait(20) == 0


def _until(stream: IO[str], words: str) -> str:
    seen = ""
    for line in stream:
        seen += line
        if words in line:
            break
    return seen
