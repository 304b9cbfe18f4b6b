"""The folder of results: whatever stops a run, the finished data set is the same to the byte."""

import errno
import os
import random
import signal
import warnings
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest

from onrecord.batch import dataset
from onrecord.errors import OutputError

from . import corpus


def dying(paths: list[str], out: Path, size: int, steps: int, torn: bool) -> bool:
    """A run in a process of its own that is killed after so many steps; whether it came to its end.

    A step is a result kept, a file forced to disk, or one moved. `torn` has the last result half
    written.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside threads
        child = os.fork()
    if child == 0:
        left = steps

        def step(*_: Any) -> None:
            nonlocal left
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def before(function: Any) -> Any:
            def call(*args: Any) -> Any:
                step()
                return function(*args)

            return call

        keep = dataset.Journal.add

        def add(self: Any, index: int, digest: bytes, result: bytes) -> None:
            if torn and left <= 1:
                keep(self, index, digest, result)
                self._file.truncate(self._path.stat().st_size - 40)
            step()
            keep(self, index, digest, result)

        try:
            dataset.os.fsync = before(os.fsync)  # type: ignore[attr-defined]
            dataset.os.replace = before(os.replace)  # type: ignore[attr-defined]
            dataset.Journal.add = add  # type: ignore[method-assign]
            corpus.run_here(paths, out, size)
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return not os.WIFSIGNALED(status)


@pytest.mark.system
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 22))]
    corpus.run_here(paths, tmp_path / "whole", 5)
    expected = corpus.tree(tmp_path / "whole")
    chance, kills, number = random.Random(4), 0, 0
    while kills < 100:
        number += 1
        out = tmp_path / f"killed{number}"
        while not dying(paths, out, 5, chance.randint(1, 22), chance.random() < 0.5):
            kills += 1
        assert corpus.tree(out) == expected


def test_the_size_of_shards_leaves_the_rows_as_they_are(tmp_path: Path) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 12))]
    for size in (1, 5, 100):
        corpus.run_here(paths, tmp_path / str(size), size)
    for table in ("articles", "statements", "sources", "findings", "problems"):
        found = [
            ds.dataset(tmp_path / size / table, partitioning="hive").to_table().drop(["shard"])
            for size in ("1", "5", "100")
        ]
        assert found[0].equals(found[1])
        assert found[0].equals(found[2])
        assert table == "problems" or found[0].num_rows >= 12


def test_a_full_disk_is_said_and_the_run_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 12))]
    corpus.run_here(paths, tmp_path / "whole", 5)
    full = OSError(errno.ENOSPC, "No space left on device")
    for name, at in (("replace", 3), ("fsync", 4), ("fsync", 9)):
        calls = 0
        real = getattr(os, name)

        def failing(*args: Any, at: int = at, real: Any = real) -> Any:
            nonlocal calls
            calls += 1
            if calls >= at:
                raise full
            return real(*args)

        monkeypatch.setattr(f"{dataset.__name__}.os.{name}", failing)
        with pytest.raises(OutputError, match=r"the disk is full\. Make room, then run the same"):
            corpus.run_here(paths, tmp_path / "out", 5)
        monkeypatch.undo()
    corpus.run_here(paths, tmp_path / "out", 5)
    assert corpus.tree(tmp_path / "out") == corpus.tree(tmp_path / "whole")


def begun(tmp_path: Path) -> list[str]:
    """A run that stopped after seven inputs."""
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 12))]
    left = iter(range(7))

    def step() -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.run_here(paths, tmp_path / "out", 5, step)
    return paths


def test_only_what_is_missing_is_read_again(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    read = []
    corpus.run_here(paths, tmp_path / "out", 5, lambda: read.append(1))
    assert len(read) == 5


def test_other_settings_are_refused_with_what_differs(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    with pytest.raises(OutputError, match=r"other settings: shard_size was 5, is 6\. Use the same"):
        corpus.run_here(paths, tmp_path / "out", 6)


def test_another_version_is_refused(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    manifest = tmp_path / "out" / dataset.MANIFEST
    for change in (('"tables":1', '"tables":0'), ('"onrecord":"', '"onrecord":"0.0.')):
        was = manifest.read_text("utf-8")
        manifest.write_text(was.replace(*change), "utf-8")
        with pytest.raises(
            OutputError, match=r"it was begun with .*; this is .* Give a new|version"
        ):
            corpus.run_here(paths, tmp_path / "out", 5)
        manifest.write_text(was, "utf-8")


def test_other_inputs_are_refused(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    more = [*paths, str(corpus.jsonl(tmp_path / "more.jsonl", 2))]
    with pytest.raises(OutputError, match=r"other inputs: 1 files of .* then, 2 of"):
        corpus.run_here(more, tmp_path / "out", 5)
    path = Path(paths[0])
    path.write_text(path.read_text("utf-8").replace("quay 1\\n", "quay 7\\n"), "utf-8")
    with pytest.raises(OutputError, match="inputs have changed since shard 0 was written"):
        corpus.run_here(paths, tmp_path / "out", 5)


def test_inputs_changed_in_an_open_shard_are_read_again(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    path = Path(paths[0])
    path.write_text(path.read_text("utf-8").replace("quay 6\\n", "quay 7\\n"), "utf-8")
    corpus.run_here(paths, tmp_path / "out", 5)
    corpus.run_here(paths, tmp_path / "whole", 5)
    assert corpus.tree(tmp_path / "out") == corpus.tree(tmp_path / "whole")


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 2))]
    out = tmp_path / "out"
    out.mkdir()
    (out / "letters.txt").write_text("Dear Ann")
    with pytest.raises(OutputError, match="isn't empty"):
        corpus.run_here(paths, out, 5)
    assert corpus.tree(out) == {"letters.txt": b"Dear Ann"}
    (out / dataset.MANIFEST).write_text('{"name": "mine"}\n')
    with pytest.raises(OutputError, match="is not of an onrecord data set"):
        corpus.run_here(paths, out, 5)


def test_a_shard_that_was_changed_is_said(tmp_path: Path) -> None:
    paths = begun(tmp_path)
    next((tmp_path / "out" / "statements").rglob("*.parquet")).write_bytes(b"")
    with pytest.raises(OutputError, match=r"statements/shard=00000/part-0\.parquet is missing or"):
        corpus.run_here(paths, tmp_path / "out", 5)


def test_two_runs_into_one_folder(tmp_path: Path) -> None:
    paths = [str(corpus.jsonl(tmp_path / "in.jsonl", 2))]

    def second() -> None:
        with pytest.raises(OutputError, match="another onrecord is writing"):
            corpus.run_here(paths, tmp_path / "out", 5)

    corpus.run_here(paths, tmp_path / "out", 5, second)
