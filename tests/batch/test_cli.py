"""`onrecord batch` as a user meets it: real processes, real stops."""

import gzip
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from . import corpus

OPTIONS = ("--finder", "baseline", "--shard-size", "5")


def command(*args: Any) -> list[str]:
    return [sys.executable, "-m", "onrecord", "batch", *map(str, args), *OPTIONS]


def run(*args: Any, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command(*args), input=given, capture_output=True, check=False)


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    return list(ds.dataset(out / table, partitioning="hive").to_table().to_pylist())


@pytest.mark.system
def test_any_number_of_processes_makes_the_same_files(tmp_path: Path) -> None:
    path = corpus.jsonl(tmp_path / "in.jsonl", 13)
    first = run(path, "--out", tmp_path / "one", "-j", 1)
    assert first.returncode == 0, first.stderr
    assert b"13 articles, " in first.stdout
    second = run(path, "--out", tmp_path / "three", "-j", 3)
    assert second.returncode == 0
    assert corpus.tree(tmp_path / "one") == corpus.tree(tmp_path / "three")
    again = run(path, "--out", tmp_path / "one")
    assert b"is complete: 13 articles" in again.stdout


@pytest.mark.system
@pytest.mark.parametrize(
    ("sign", "code"), [(signal.SIGKILL, -9), (signal.SIGTERM, 143), (signal.SIGINT, 130)]
)
def test_stopped_and_run_again(tmp_path: Path, sign: int, code: int) -> None:
    path = corpus.jsonl(tmp_path / "in.jsonl", 40)
    out = tmp_path / "out"
    child = subprocess.Popen(
        command(path, "--out", out, "-j", 2), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    while child.poll() is None and not list(out.glob("articles/*/*.parquet")):
        time.sleep(0.02)
    child.send_signal(sign)
    said = child.communicate()[1]
    assert child.returncode == code
    if sign != signal.SIGKILL:
        assert b"stopped. Run the same command again: it goes on." in said
        assert b"Traceback" not in said
    assert not list(out.glob("_manifest.jsonl.*"))
    assert run(path, "--out", out, "-j", 2).returncode == 0
    assert len(rows(out, "articles")) == 40
    assert run(path, "--out", tmp_path / "whole", "-j", 2).returncode == 0
    assert corpus.tree(out) == corpus.tree(tmp_path / "whole")


def test_refused_in_plain_words(tmp_path: Path) -> None:
    path = corpus.jsonl(tmp_path / "in.jsonl", 3)
    out = tmp_path / "out"
    assert run(path, "--out", out).returncode == 0
    made = run(path, "--out", out, "--no-text")
    assert made.returncode == 3
    assert b"other settings: no_text was False, is True. Use the same options." in made.stderr
    assert b"Traceback" not in made.stderr
    missing = run(tmp_path / "none.jsonl", "--out", tmp_path / "none")
    assert missing.returncode == 3
    assert b"1 row in problems, 1 of them inputs that could not be read" in missing.stdout
    assert rows(tmp_path / "none", "problems")[0]["reason"] == "there is no such file."


def test_no_text_leaves_the_words_out(tmp_path: Path) -> None:
    path = corpus.jsonl(tmp_path / "in.jsonl", 4)
    assert run(path, "--out", tmp_path / "out", "--no-text").returncode == 0
    for table in ("articles", "statements", "sources", "findings"):
        found = json.dumps(rows(tmp_path / "out", table), default=str)
        assert rows(tmp_path / "out", table)
        for words in ("crab", "Councillors", "quay", "could change"):
            assert words not in found, table


def test_each_bad_input_is_a_row_in_problems(tmp_path: Path) -> None:
    good = list(corpus.rows(3))
    lines = [
        json.dumps(good[0]).encode(),
        b"{not json",
        json.dumps({"id": "big", "text": "A long word. " * 100_000}).encode(),
        json.dumps(good[0]).encode(),
        json.dumps({"id": "empty", "text": " "}).encode(),
        json.dumps({"id": "none", "body": "x"}).encode(),
        json.dumps(good[1]).encode(),
    ]
    packed = gzip.compress(b"\n".join(lines) + b"\n" + json.dumps(good[2]).encode() + b"\n")
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(packed[:-4])
    out = tmp_path / "out"
    made = run(path, "--out", out)
    assert made.returncode == 3
    assert b"Traceback" not in made.stderr
    assert [r["id"] for r in rows(out, "articles")] == ["a0", "a1", "a2"]
    said = {r["place"].rpartition(":")[2]: r for r in rows(out, "problems") if r["fatal"]}
    assert said["2"]["reason"].startswith("the line is not JSON")
    assert said["3"]["reason"] == "the text has 1,300,000 characters; 400,000 is the most."
    assert said["4"]["reason"] == "the id 'a0' occurs a second time."
    assert said["5"]["reason"] == "the text is empty."
    assert said["6"]["reason"] == 'has no "text"; it has "id", "body".'
    assert said["9"]["reason"].startswith("the compressed file ends early")
    assert said["9"]["place"] == f"{path}:9"
