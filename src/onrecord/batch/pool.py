"""Processes that work and can be killed: one job at a time each, a limit for every job.

A job is a function of bytes to bytes that the process looks up by its name, so that nothing but
bytes goes between processes. A job that dies or hangs takes its process with it and nothing else.
What the bytes mean is left to the callers. The process starts from the interpreter, not from the
caller's main module, so a script that calls it needs no guard.
"""

import contextlib
import importlib
import os
import queue
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

CPU_SECONDS = 120.0
"""Processor time that a job may take before its process is ended."""
SLACK = 10.0
"""How many times the processor time may pass on the clock before a job counts as hanging."""
MEMORY = 3_000_000_000
"""Bytes of memory of its own that a process may take, where the system can hold it to that."""
TRIES = 3
"""How often a job is tried whose process dies, before it is given up."""
_LENGTH = struct.Struct("<cQ")
_JOB, _DONE, _BROKE, _READY = b"j", b"d", b"b", b"r"
Key = TypeVar("Key")


class JobError(Exception):
    """A job that gave no result; its text says in a few words why."""


class StartError(Exception):
    """A process that could not even start; its text is the last of what it said."""


class Process:
    """One process with its own memory, started when it is first asked for something.

    `job` is `module:function`; the function takes the bytes of a job and returns bytes. With
    `setup`, the function is called with it once and returns the one that does the jobs.
    """

    def __init__(self, job: str, setup: bytes = b"", cpu_seconds: float = CPU_SECONDS) -> None:
        self._job, self._setup, self._cpu = job, setup, cpu_seconds
        self._child: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._lock = threading.Lock()

    def ask(self, work: bytes) -> bytes:
        """The result of a job. Raises `JobError` where it has none, `StartError` where none can.

        A process that dies is started anew and asked again, for whoever killed it may not have
        meant this job; `TRIES` deaths are enough. One that takes too long is not asked again.
        """
        tries = 0
        while True:
            child = self._started()
            late = threading.Event()
            timer = threading.Timer(self._cpu * SLACK, lambda c=child, e=late: (e.set(), c.kill()))
            timer.daemon = True
            timer.start()
            try:
                assert child.stdin is not None
                assert child.stdout is not None
                _send(child.stdin, _JOB, work)
                kind, body = _receive(child.stdout)
            except (OSError, EOFError, struct.error):
                code = self._ended(child)
                tries += 1
                if self._closed:
                    raise JobError("stopped.") from None
                if late.is_set() or code == -getattr(signal, "SIGPROF", 0):
                    what = f"it took more than {self._cpu:g} seconds of processor time."
                    raise JobError(what) from None
                if tries >= TRIES:
                    raise JobError(_death(code)) from None
                continue
            finally:
                timer.cancel()
            if kind == _BROKE:
                raise JobError(body.decode("utf-8", "replace"))
            return body

    def _started(self) -> subprocess.Popen[bytes]:
        """The running process; started, and heard from, where there is none."""
        deaths = 0
        while True:
            with self._lock:
                if self._closed:
                    raise JobError("stopped.")
                child = self._child
                if child is None:
                    child = self._child = _spawn(self._job, self._setup, self._cpu)
                else:
                    return child
            try:
                assert child.stdout is not None
                kind, body = _receive(child.stdout)
            except (OSError, EOFError, struct.error):
                code = self._ended(child)
                deaths += 1
                if deaths >= 20 or self._closed:
                    raise StartError(_death(code)) from None
                continue
            if kind != _READY:
                self._ended(child)
                raise StartError(body.decode("utf-8", "replace"))
            return child

    def _ended(self, child: subprocess.Popen[bytes]) -> int:
        """The exit status of a process that is not to be used again."""
        with self._lock:
            if self._child is child:
                self._child = None
        return _end(child)

    @property
    def pid(self) -> int | None:
        """The process's number while it runs."""
        child = self._child
        return child.pid if child else None

    def close(self) -> None:
        """End the process at once, whatever it does."""
        with self._lock:
            self._closed = True
            child, self._child = self._child, None
        if child is not None:
            _end(child)


def _end(child: subprocess.Popen[bytes]) -> int:
    """Kill a process and close what leads to it; its exit status."""
    child.kill()
    code = child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    return code


def _death(code: int) -> str:
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        why = ", which mostly means that memory ran out" if name == "SIGKILL" else ""
        return f"the process that read it died {TRIES} times ({name}{why})."
    return f"the process that read it ended {TRIES} times (exit status {code})."


def _spawn(job: str, setup: bytes, cpu_seconds: float) -> subprocess.Popen[bytes]:
    # One thread each: the processes share the cores between them.
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    code = "from onrecord.batch.pool import serve; serve()"
    path = os.pathsep.join(p for p in sys.path if p)
    child = subprocess.Popen(
        [sys.executable, "-P", "-c", code, job, str(cpu_seconds)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **threads, "PYTHONPATH": path},
        process_group=0 if os.name == "posix" else None,  # Ctrl-C is for the parent, who ends us
    )
    assert child.stdin is not None
    with contextlib.suppress(OSError):  # told by the silence that follows
        _send(child.stdin, _JOB, setup)
    return child


def _send(pipe: Any, kind: bytes, body: bytes) -> None:
    pipe.write(_LENGTH.pack(kind, len(body)))
    pipe.write(body)
    pipe.flush()


def _receive(pipe: Any) -> tuple[bytes, bytes]:
    kind, length = _LENGTH.unpack(pipe.read(_LENGTH.size))
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return kind, body


def serve() -> None:
    """What a process does: jobs from standard input, results to standard output, until it
    closes."""
    job, cpu_seconds = sys.argv[1], float(sys.argv[2])
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not speak in between
    _limit_memory()
    try:
        _, setup = _receive(incoming)
        module, _, name = job.partition(":")
        work = getattr(importlib.import_module(module), name)
        if setup:
            work = work(setup)
        _send(outgoing, _READY, b"")
    except (EOFError, struct.error, BrokenPipeError):
        os._exit(0)
    except Exception as error:
        _send(outgoing, _BROKE, f"{type(error).__name__}: {error}".encode())
        os._exit(1)
    with contextlib.suppress(EOFError, struct.error, BrokenPipeError):
        while True:
            _, body = _receive(incoming)
            _send(outgoing, *_worked(work, body, cpu_seconds))
    os._exit(0)


def _worked(work: Callable[[bytes], bytes], body: bytes, cpu_seconds: float) -> tuple[bytes, bytes]:
    """The result of a job, or why there is none. Past its processor time the system ends us."""
    timed = hasattr(signal, "setitimer")
    if timed:
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        return _DONE, work(body)
    except MemoryError:
        return _BROKE, f"it took more than {MEMORY / 1e9:.0f} GB of memory.".encode()
    except Exception as error:
        # Without its message, which may hold words of a draft.
        return (
            _BROKE,
            f"onrecord broke down on it ({type(error).__name__}); please report it.".encode(),
        )
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory() -> None:
    """Hold this process to its memory, and have the system take it before its parent."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if most == resource.RLIM_INFINITY or most > MEMORY:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, most))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("1000")


class Pool(Generic[Key]):
    """Some processes that share a stream of jobs. The results come as they are done."""

    def __init__(
        self, number: int, job: str, setup: bytes = b"", cpu_seconds: float = CPU_SECONDS
    ) -> None:
        self.processes = [Process(job, setup, cpu_seconds) for _ in range(number)]

    def run(
        self, jobs: Iterable[tuple[Key, bytes]], ahead: int = 4
    ) -> Iterator[tuple[Key, bytes | JobError]]:
        """Each job's key with its result or why there is none; raises what `jobs` raises.

        The jobs are taken as they are needed, at most `ahead` for each process.
        """
        waiting: queue.SimpleQueue[tuple[Key, bytes] | None] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[Key, bytes | Exception]] = queue.SimpleQueue()

        def work(process: Process) -> None:
            while (item := waiting.get()) is not None:
                key, body = item
                try:
                    done.put((key, process.ask(body)))
                except Exception as error:
                    done.put((key, error))

        threads = [
            threading.Thread(target=work, args=(process,), daemon=True)
            for process in self.processes
        ]
        for thread in threads:
            thread.start()
        room, running, source = ahead * len(threads), 0, iter(jobs)
        try:
            more = True
            while more or running:
                while more and running < room:
                    job = next(source, None)
                    if job is None:
                        more = False
                        break
                    waiting.put(job)
                    running += 1
                if not running:
                    break
                key, result = done.get()
                running -= 1
                if isinstance(result, Exception) and not isinstance(result, JobError):
                    raise result
                yield key, result
        finally:
            for _ in threads:
                waiting.put(None)
            self.close()

    def close(self) -> None:
        """End all processes at once."""
        for process in self.processes:
            process.close()
