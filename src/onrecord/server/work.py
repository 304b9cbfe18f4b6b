"""The work behind a request, in processes that can be ended: a few of them, a bounded queue,
limits.

Each worker (`worker.main`) holds one model and does one job at a time. A job that takes too long,
or more memory than it may, costs its worker, which is replaced; the answer says so. Nothing of an
article is kept on this side but the bytes that go through.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import msgspec

from ..errors import ModelError, OnrecordError
from .faults import RequestError, busy
from .worker import Call, Reply, read_frame, write_frame

Given = TypeVar("Given", bound=msgspec.Struct)
QUEUE = 64
TIME = 60.0
"""Seconds for one request's work."""
PATIENCE = 60.0
"""Seconds that a request waits for its turn."""
MEMORY = 1_500_000_000
"""Bytes that a worker may take beyond what it needs to start."""
START = 120.0
"""Seconds in which a worker must have started."""
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from onrecord.server.worker import main;"
    " main(int(sys.argv[2]), float(sys.argv[3]), loud=bool(int(sys.argv[4])))"
)
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"}


class Work:
    """Workers with a bounded queue; may be used from any thread and any event loop."""

    def __init__(
        self, workers: int = 2, queue: int = QUEUE, seconds: float = TIME, memory: int = MEMORY
    ) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="onrecord")
        self._room, self._seconds, self._memory = queue, seconds, memory
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._busy = 0
        self._era = 0
        self._closed = False

    def start(self) -> None:
        """Start the first worker. Raises `OnrecordError` where there is no model to work with."""
        self._give_back(self._take())

    async def run(self, job: Callable[[Given], bytes], given: Given) -> bytes:
        """What a job gives, a function of a module.

        Raises `RequestError` where there is no room, where it takes too long or too much memory,
        and
        where it breaks down.
        """
        call = Call(job.__module__, job.__name__, msgspec.msgpack.encode(given))
        with self._lock:
            if self._busy >= self._room:
                raise busy()
            self._busy += 1
        try:
            future = self._threads.submit(self._do, call, time.monotonic() + PATIENCE)
        except RuntimeError:
            self._done()
            raise RequestError(503, "server", "it is ending.", "Start it again.") from None
        future.add_done_callback(lambda _: self._done())
        return await asyncio.wrap_future(future)

    def forget(self) -> None:
        """Replace every worker, so that no process has seen what was given until now."""
        with self._lock:
            self._era += 1
            old, self._idle = self._idle, []
        for worker in old:
            self._end(worker)
        if old:
            with suppress(RuntimeError):
                self._threads.submit(self._warm)

    def close(self) -> None:
        """End the workers; what waits is dropped."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            self._end(worker)

    def _done(self) -> None:
        with self._lock:
            self._busy -= 1

    def _warm(self) -> None:
        with suppress(OnrecordError, RequestError):
            self._give_back(self._take())

    def _do(self, call: Call, until: float) -> bytes:
        """Have a worker do a job; in a thread of the pool."""
        if time.monotonic() > until:
            raise busy(10)
        try:
            worker = self._take()
        except OnrecordError as error:
            raise RequestError(500, error.where, error.what, error.remedy) from None
        reply = worker.ask(call, self._seconds)
        if reply is None:
            late, status = worker.late, self._end(worker)
            raise _ended(late, status, self._seconds)
        if reply.last:
            self._end(worker)
        else:
            self._give_back(worker)
        if reply.fault:
            raise RequestError(*reply.fault)
        if reply.broke == "MemoryError":
            raise _too_much()
        if reply.broke:
            raise _broken(reply.broke)
        return reply.made

    def _take(self) -> "_Worker":
        """A worker that is ready, an idle one or a new one."""
        while True:
            with self._lock:
                worker = self._idle.pop() if self._idle else None
            if worker is None:
                break
            if worker.alive():
                return worker
            self._end(worker)
        worker = _Worker(self._memory, self._seconds, self._era)
        self._all.add(worker)
        try:
            if self._closed:
                raise RequestError(503, "server", "it is ending.", "Start it again.")
            worker.get_ready()
        except BaseException:
            self._end(worker)
            raise
        return worker

    def _give_back(self, worker: "_Worker") -> None:
        with self._lock:
            if worker.era == self._era and not self._closed:
                self._idle.append(worker)
                return
        self._end(worker)

    def _end(self, worker: "_Worker") -> int:
        self._all.discard(worker)
        return worker.end()


class _Worker:
    """One process: what it is asked, and how it is ended."""

    def __init__(self, memory: int, seconds: float, era: int) -> None:
        self.era, self.late = era, False
        loud = "ONRECORD_DEBUG" in os.environ
        arguments = [json.dumps(sys.path), str(memory), str(seconds), str(int(loud))]
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if loud else subprocess.DEVNULL,
            env={**os.environ, **_ENVIRONMENT},
            start_new_session=True,  # Ctrl-C is for the server, which then ends its workers
        )
        assert self._process.stdin
        assert self._process.stdout
        self._in, self._out = self._process.stdin, self._process.stdout

    def get_ready(self) -> None:
        """Wait until it can work. Raises `ModelError` where it can't."""
        with self._limited(START):
            reply = self._reply()
        if reply is None or reply.broke:
            raise ModelError("server", "a worker could not be started.", "Install onrecord anew.")
        if reply.fault:
            raise ModelError(*reply.fault[1:])

    def ask(self, call: Call, seconds: float) -> Reply | None:
        """The reply to a call; None where the process ended instead, `late` where it took too
        long."""
        with self._limited(seconds), suppress(OSError):
            write_frame(self._in, call)
            return self._reply()
        return None

    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def end(self) -> int:
        """End the process, and say how it ended."""
        with suppress(OSError):
            self._process.kill()
        for stream in (self._in, self._out):
            with suppress(OSError):
                stream.close()
        return self._process.wait()

    def _reply(self) -> Reply | None:
        try:
            raw = read_frame(self._out)
            return msgspec.msgpack.decode(raw, type=Reply) if raw is not None else None
        except (OSError, ValueError, msgspec.DecodeError):
            return None

    def _limited(self, seconds: float) -> "_Limit":
        return _Limit(self, seconds)

    def too_late(self) -> None:
        """End the process, for its time is over."""
        self.late = True
        with suppress(OSError):
            self._process.kill()


class _Limit:
    """A time limit on a worker: it is killed when the time is over, and so its pipe ends."""

    def __init__(self, worker: _Worker, seconds: float) -> None:
        self._timer = threading.Timer(seconds, worker.too_late)
        self._timer.daemon = True

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _ended(late: bool, status: int, seconds: float) -> RequestError:
    if late or status == -getattr(signal, "SIGALRM", 0):
        remedy = "Try again later, or use the command line."
        return RequestError(
            503, "server", f"not done after {seconds:.0f} seconds.", remedy, wait=30
        )
    if status in (-signal.SIGABRT, -signal.SIGKILL):
        return _too_much()
    return _broken(f"signal {-status}" if status < 0 else f"exit status {status}")


def _too_much() -> RequestError:
    what = "this takes more memory than a request may."
    return RequestError(413, "server", what, "Use the command line.")


def _broken(kind: str) -> RequestError:
    # Without its message and its traceback, which may hold words of a draft.
    return RequestError(500, "server", f"it broke down ({kind}).", "Please report it; nothing was"
                                                            " sent.")  # fmt: skip
