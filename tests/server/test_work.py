"""The workers: what hangs, swells or crashes costs one process, is said, and nothing else stops."""

import asyncio
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from onrecord.server.faults import RequestError
from onrecord.server.work import Work

from . import joblist
from .joblist import Asked

SECRET = "xylophone"


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work(workers=1, seconds=20.0, memory=300_000_000)
    yield made
    made.close()


def done(work: Work, job: Callable[[Asked], bytes], words: str = "") -> bytes:
    return asyncio.run(work.run(job, Asked(words)))


def fault(work: Work, job: Callable[[Asked], bytes]) -> RequestError:
    with pytest.raises(RequestError) as caught:
        done(work, job, SECRET)
    return caught.value


def test_a_worker_is_used_again(work: Work) -> None:
    first, second = done(work, joblist.echo, "a").split(), done(work, joblist.echo, "b").split()
    assert first[0] == second[0]
    assert int(first[0]) != os.getpid()
    assert (first[1], second[1]) == (b"a", b"b")


@pytest.mark.parametrize("job", [joblist.hang, joblist.spin])
def test_what_hangs_is_ended_and_said(job: Any) -> None:
    work = Work(workers=1, seconds=1.0)
    try:
        pid = int(done(work, joblist.echo).split()[0])
        said = fault(work, job)
        assert (said.status, said.what) == (503, "not done after 1 seconds.")
        assert said.wait
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        assert int(done(work, joblist.echo).split()[0]) != pid
    finally:
        work.close()


@pytest.mark.parametrize(
    ("job", "status", "words"),
    [
        (joblist.swell, 413, "more memory"),
        (joblist.crash, 500, "signal 11"),
        (joblist.breaks, 500, "ValueError"),
    ],
)
def test_what_breaks_down_is_said_without_its_words(
    work: Work, capfd: pytest.CaptureFixture[str], job: Any, status: int, words: str
) -> None:
    said = fault(work, job)
    assert said.status == status
    assert words in said.what
    assert done(work, joblist.echo, "again").endswith(b"again")
    shown = capfd.readouterr()
    assert SECRET not in str(vars(said)) + shown.out + shown.err


def test_a_worker_that_died_idle_is_replaced(work: Work) -> None:
    pid = int(done(work, joblist.echo).split()[0])
    os.kill(pid, 9)
    time.sleep(0.2)
    assert int(done(work, joblist.echo).split()[0]) != pid


def test_to_forget_ends_every_process_that_has_seen_anything(work: Work) -> None:
    pid = int(done(work, joblist.echo, SECRET).split()[0])
    work.forget()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert int(done(work, joblist.echo).split()[0]) != pid


def test_no_room_and_no_server(work: Work) -> None:
    assert fault(Work(queue=0), joblist.echo).status == 503
    work.close()
    assert fault(work, joblist.echo).status == 503


def test_no_worker_outlives_its_server() -> None:
    work = Work(workers=1)
    pid = int(done(work, joblist.echo).split()[0])
    work.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
