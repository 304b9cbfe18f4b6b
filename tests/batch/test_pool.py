"""Processes that do the work: each fault costs the job that made it, and no other."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from onrecord.batch import pool
from onrecord.batch.pool import JobError, Pool, Process, StartError

ECHO = "tests.batch.jobs:echo"


def asked(process: Process, work: bytes) -> str:
    try:
        return process.ask(work).decode().partition(" ")[2]
    except JobError as error:
        return f"! {error}"
    finally:
        if work.startswith(b"end"):
            process.close()


def test_a_job_that_raises_says_its_kind_and_not_its_words() -> None:
    process = Process(ECHO)
    first = process.pid
    assert asked(process, b"raise") == "! onrecord broke down on it (ValueError); please report it."
    running = process.pid
    assert first is None
    assert asked(process, b"print") == ""
    assert asked(process, b"say hello") == "hello"
    assert process.pid == running
    process.close()


def test_a_job_that_kills_its_process_is_tried_again_and_given_up(tmp_path: Path) -> None:
    process = Process(ECHO)
    assert asked(process, b"die").startswith("! the process that read it died 3 times (SIGKILL")
    assert asked(process, b"exit") == "! the process that read it ended 3 times (exit status 7)."
    assert asked(process, f"once {tmp_path / 'mark'}".encode()) == str(tmp_path / "mark")
    process.close()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs interval timers")
def test_a_job_that_takes_too_long_is_ended() -> None:
    process = Process(ECHO, cpu_seconds=0.3)
    assert asked(process, b"spin") == "! it took more than 0.3 seconds of processor time."
    assert asked(process, b"sleep") == "! it took more than 0.3 seconds of processor time."
    assert asked(process, b"say on") == "on"
    process.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs RLIMIT_DATA")
def test_a_job_that_takes_all_memory_fails_by_itself() -> None:
    process = Process(ECHO)
    assert asked(process, b"eat") == "! it took more than 3 GB of memory."
    assert asked(process, b"say on") == "on"
    process.close()


def test_a_process_that_cannot_start_says_why() -> None:
    with pytest.raises(StartError, match="RuntimeError: no model here"):
        Process("tests.batch.jobs:broken", b"x").ask(b"")
    process = Process("tests.batch.jobs:prepared", b"set up, ")
    assert process.ask(b"asked") == b"set up, asked"
    process.close()


def test_processes_killed_from_outside_cost_nothing() -> None:
    made: Pool[int] = Pool(2, ECHO)
    found: dict[int, bytes | JobError] = {}
    killed = 0
    for key, result in made.run(((n, f"say {n}".encode()) for n in range(60)), ahead=2):
        found[key] = result
        if key % 6 == 0:
            pid = made.processes[key // 6 % 2].pid
            if pid:
                os.kill(pid, signal.SIGKILL)
                killed += 1
    assert killed >= 5
    assert sorted(found) == list(range(60))
    for n, result in found.items():
        assert isinstance(result, bytes)
        assert result.endswith(f" {n}".encode())


def test_a_pool_takes_no_more_than_it_needs_and_ends_its_processes() -> None:
    taken = 0

    def jobs() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield taken, b"say"

    made: Pool[int] = Pool(1, ECHO)
    stream = made.run(jobs(), ahead=3)  # type: ignore[arg-type]
    next(stream)
    assert taken <= 4
    pid = made.processes[0].pid
    assert pid
    stream.close()  # type: ignore[attr-defined]
    for _ in range(200):
        if not _runs(pid):
            break
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_limits_are_what_the_pages_say() -> None:
    assert (pool.CPU_SECONDS, pool.MEMORY, pool.TRIES) == (120.0, 3_000_000_000, 3)
