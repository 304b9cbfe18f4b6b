"""Writing files: modes, links and devices stay what they are, faults lose nothing, inputs are
safe."""

import errno
import os
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from onrecord.dismissals.file import Dismissal, add, read_baseline
from onrecord.errors import ConfigError, OutputError
from onrecord.files import refuse, write_bytes, written

OLD, NEW = b"what stood here before, and is longer than what comes", b"what is new"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_follows_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_bytes(tmp_path / "new", NEW)
    finally:
        os.umask(before)
    assert mode(tmp_path / "new") == 0o666 & ~mask
    assert left(tmp_path) == ["new"]


def test_an_old_file_keeps_its_mode_and_a_private_one_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "old"
    path.write_bytes(OLD)
    path.chmod(0o640)
    write_bytes(path, NEW)
    assert (mode(path), path.read_bytes()) == (0o640, NEW)
    write_bytes(tmp_path / "draft", NEW, private=True)
    assert mode(tmp_path / "draft") == 0o600


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    link.symlink_to("real")
    write_bytes(link, OLD)
    write_bytes(link, NEW)
    assert link.is_symlink()
    assert real.read_bytes() == NEW


def test_a_hard_link_is_not_broken(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(OLD)
    two.hardlink_to(one)
    write_bytes(one, NEW)
    assert two.read_bytes() == NEW
    assert one.samefile(two)


def test_a_pipe_and_a_device_are_written_to_and_stay(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_bytes(pipe, NEW)
    assert os.read(reader, 100) == NEW
    assert pipe.is_fifo()
    write_bytes("/dev/null", NEW)
    assert Path("/dev/null").is_char_device()
    with pytest.raises(OutputError, match="the disk is full"):
        write_bytes("/dev/full", NEW)


FAULTS = [
    (errno.ENOSPC, "the disk is full"),
    (errno.EACCES, "permission denied"),
    (errno.EROFS, "can only be read"),
    (errno.EDQUOT, "quota"),
    (errno.EIO, "can't be written"),
]


@pytest.mark.parametrize("call", ["write", "open", "fsync", "replace", "posix_fallocate"])
@pytest.mark.parametrize(("number", "words"), FAULTS)
@pytest.mark.parametrize("linked", [False, True])
def test_a_fault_is_said_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, words: str, linked: bool
) -> None:  # fmt: skip
    path = tmp_path / "kept"
    path.write_bytes(OLD[:4])
    if linked:
        (tmp_path / "other").hardlink_to(path)
    before = left(tmp_path)
    reached = []

    def fails(*_: object, **__: object) -> None:
        reached.append(call)
        raise OSError(number, os.strerror(number))

    said = ""
    with monkeypatch.context() as patch:
        patch.setattr(f"onrecord.files.os.{call}", fails)
        try:
            write_bytes(path, NEW)
        except OutputError as error:
            said = str(error)
    assert bool(said) == bool(reached)
    assert not said or (words in said and str(path) in said)
    lost = linked and call in ("write", "fsync")  # room was made; only the disk's own fault
    assert lost or not said or path.read_bytes() == OLD[:4]
    assert left(tmp_path) == before


def breaks_off(path: Path) -> None:
    with written(path) as file:
        file.write(NEW)
        raise ZeroDivisionError


def test_what_breaks_off_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(OLD)
    with pytest.raises(ZeroDivisionError):
        breaks_off(path)
    assert path.read_bytes() == OLD
    assert left(tmp_path) == ["kept"]


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGTERM"])
def test_a_writer_that_is_killed_leaves_the_old_file(tmp_path: Path, signal: str) -> None:
    path = tmp_path / "kept"
    path.write_bytes(OLD)
    code = (
        "import os, signal, sys; from onrecord.files import written\n"
        "with written(sys.argv[1]) as file:\n"
        "    file.write(b'half'); file.flush(); os.kill(os.getpid(), getattr(signal,"
        " sys.argv[2]))\n"
    )
    made = subprocess.run([sys.executable, "-c", code, str(path), signal], check=False)
    assert made.returncode < 0
    assert path.read_bytes() == OLD


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_somebody_who_may_not_write_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kept"
    path.write_bytes(OLD)
    path.chmod(0o444)
    for folder in (tmp_path, *tmp_path.parents):
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o005)
    code = (
        "import os, sys; os.setgid(65534); os.setuid(65534); from onrecord.files import *\n"
        "for name in sys.argv[1:]:\n"
        "    try: write_bytes(name, b'x')\n"
        "    except Exception as error: print(error)\n"
    )
    names = [str(path), str(tmp_path / "new")]
    source = str(Path(__file__).parents[1] / "src")
    made = subprocess.run(
        [sys.executable, "-c", code, *names], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": source},
    )  # fmt: skip
    if "No module" in made.stderr or "Permission" in made.stderr:
        pytest.skip("the other user can't read the sources")
    assert made.stdout.count("permission denied") == 2, made.stderr
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("way", ["same", "dotted", "link", "hard", "folder", "pattern"])
def test_an_input_is_never_written_over(tmp_path: Path, way: str) -> None:
    story = tmp_path / "story.txt"
    story.write_bytes(OLD)
    output, given = str(story), str(story)
    if way == "dotted":
        output = f"{tmp_path}/./story.txt"
    elif way == "link":
        output = str(tmp_path / "link")
        os.symlink(story, output)
    elif way == "hard":
        output = str(tmp_path / "hard")
        os.link(story, output)
    elif way == "folder":
        given = str(tmp_path)
    elif way == "pattern":
        given = str(tmp_path / "*.txt")
    with pytest.raises(ConfigError, match="one of the inputs"):
        refuse("-o", output, ["other.txt", given])
    refuse("-o", str(tmp_path / "new.txt"), [given])
    refuse("-o", "-", [given])


def entry(number: int) -> Dismissal:
    return Dismissal(fingerprint=f"f{number}", code="ANO001", date=date(2026, 1, 1).isoformat())


def test_many_add_to_one_baseline_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    code = (
        "import sys; from pathlib import Path; from onrecord.dismissals.file import Dismissal,"
        " add\n"
        "for n in range(20):\n"
        "    add(Path(sys.argv[1]), [Dismissal(fingerprint=f'{sys.argv[2]}-{n}', code='ANO001')])\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(4)]
    assert [one.wait() for one in running] == [0, 0, 0, 0]
    assert len(read_baseline(path)) == 80
    assert left(tmp_path) == ["b.json"]


def test_what_is_known_keeps_its_reason_unless_it_is_given_anew(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    add(path, [Dismissal(fingerprint="f1", code="ANO001", reason="first")])
    _, fresh = add(path, [Dismissal(fingerprint="f1", code="ANO001", reason="second"), entry(2)])
    assert (fresh, read_baseline(path)["f1"].reason) == (1, "first")
    add(path, [Dismissal(fingerprint="f1", code="ANO001", reason="third")], anew=True)
    assert read_baseline(path)["f1"].reason == "third"


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 200_000,
        b'{"schema": 1, "dismissed": [NaN]}',
        b"\xff\xfe",
        b'{"a": ' * 200_000,
        b"NaN",
    ],
)
def test_a_hostile_baseline_is_said(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(raw)
    with pytest.raises(ConfigError):
        read_baseline(path)
    with pytest.raises(ConfigError):
        add(path, [entry(1)])
    assert path.read_bytes() == raw
