"""`-j`, and `-o` that goes on: long runs of analyse and check."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from .batch import corpus


def command(*args: Any) -> list[str]:
    return [sys.executable, "-m", "onrecord", *map(str, args), "--engine", "baseline"]


def run(*args: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*args), capture_output=True, check=False)


def texts(tmp_path: Path, number: int) -> Path:
    """Articles as JSON Lines, one of them unreadable."""
    path = corpus.jsonl(tmp_path / "in.jsonl", number)
    lines = path.read_text("utf-8").splitlines()
    lines[2] = "{no json"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def test_processes_change_nothing_in_the_output(tmp_path: Path) -> None:
    path = texts(tmp_path, 8)
    for name, *options in (("analyse", "--format", "jsonl"), ("check", "--format", "json")):
        alone = run(name, path, *options)
        several = run(name, path, *options, "-j", 2)
        assert alone.stdout == several.stdout
        assert alone.returncode == several.returncode == 3
        assert alone.stderr == several.stderr
        assert b"no json" not in several.stderr


def stopped(tmp_path: Path, *args: Any) -> Path:
    """A run that is killed when it has written some lines; the file that they stand in."""
    child = subprocess.Popen(command(*args), stderr=subprocess.DEVNULL)
    parts: list[Path] = []
    while child.poll() is None:
        parts = list(tmp_path.glob("out.jsonl.*.part"))
        if parts and parts[0].read_bytes().count(b"\n") >= 4:
            break
        time.sleep(0.01)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert len(parts) == 1
    return parts[0]


def test_analyse_goes_on_after_a_kill(tmp_path: Path) -> None:
    path, out = texts(tmp_path, 60), tmp_path / "out.jsonl"
    args = ("analyse", path, "--format", "jsonl", "-o", out)
    part = stopped(tmp_path, *args)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.jsonl", part.name]
    with part.open("ab") as file:
        file.write(b'{"id": "torn')
    kept = part.read_bytes().count(b"\n")
    again = run(*args)
    assert again.returncode == 3
    assert f"going on behind the {kept} lines".encode() in again.stderr
    assert sorted(os.listdir(tmp_path)) == ["in.jsonl", "out.jsonl"]
    whole = run("analyse", path, "--format", "jsonl", "-o", tmp_path / "whole.jsonl")
    assert whole.returncode == 3
    assert out.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert len(out.read_bytes().splitlines()) == 60


def test_check_goes_on_with_the_same_options_only(tmp_path: Path) -> None:
    path, out = corpus.jsonl(tmp_path / "in.jsonl", 60), tmp_path / "out.jsonl"
    part = stopped(tmp_path, "check", path, "--format", "jsonl", "-o", out)
    other = run("check", path, "--format", "jsonl", "-o", out, "--no-text")
    assert b"is left of a run with other options or inputs" in other.stderr
    assert part.exists()
    assert out.exists()
    again = run("check", path, "--format", "jsonl", "-o", out)
    assert again.returncode == 1  # for what stands in the lines that were written before, too
    assert not part.exists()
    assert [json.loads(line)["id"] for line in out.read_bytes().splitlines()] == [
        f"a{n}" for n in range(60)
    ]
    assert out.read_bytes() == run("check", path, "--format", "jsonl").stdout
