"""The other side of `work`: a process that does one job after the other until its input ends.

Its standard input and output carry frames: eight bytes of length, then MessagePack. It limits its
own memory, ends itself when a job outlives its time even if nobody is left to end it, and says
nothing else to anybody: what libraries print may hold words of a draft.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import IO, Any, get_type_hints

import msgspec

from ..errors import OnrecordError
from .faults import RequestError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

GRACE = 5
"""Seconds after the parent's own limit at which a worker ends itself."""
MOST = 500
"""Jobs after which a worker is replaced by a fresh one."""
SWELL = 300_000_000
"""Bytes that a worker may have grown by between jobs before it is replaced."""


class Call(msgspec.Struct, frozen=True):
    """A job to do: the function's module and name, and what it takes, as MessagePack."""

    module: str
    name: str
    given: bytes


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a job: bytes, or a fault to be said, or the kind of error that broke it."""

    made: bytes = b""
    fault: tuple[int, str, str, str] | None = None
    """Status, where, what, remedy."""
    broke: str = ""
    last: bool = False
    """Whether the worker ends after this."""


def write_frame(stream: IO[bytes], value: Call | Reply) -> None:
    """Send a frame."""
    raw = msgspec.msgpack.encode(value)
    stream.write(len(raw).to_bytes(8, "big"))
    stream.write(raw)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes | None:
    """The next frame, or None where the other side has ended."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    raw = stream.read(size)
    return raw if len(raw) == size else None


def main(memory: int, seconds: float, *, loud: bool = False) -> None:
    """Do jobs. `memory` is how many bytes one may take beyond what the model needs."""
    out = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 1)
    if not loud:
        os.dup2(null, 2)
    if hasattr(os, "nice"):
        os.nice(5)  # whoever answers requests comes first
    write_frame(out, _attempt(_get_ready))
    _limit(memory)
    before, done = _resident(), 0
    while (raw := read_frame(sys.stdin.buffer)) is not None:
        call = msgspec.msgpack.decode(raw, type=Call)
        _alarm(seconds + GRACE)
        reply = _attempt(lambda call=call: _do(call))  # type: ignore[misc]
        _alarm(0)
        done += 1
        last = done >= MOST or _resident() > before + SWELL
        write_frame(out, msgspec.structs.replace(reply, last=last))
        del raw, call, reply
        if last:
            break


def _get_ready() -> bytes:
    from ..extract.engine.model import load_model

    load_model()
    importlib.import_module("onrecord.server.jobs")
    return b""


def _do(call: Call) -> bytes:
    job = getattr(importlib.import_module(call.module), call.name)
    hints = get_type_hints(job)
    kind = next(type_ for name, type_ in hints.items() if name != "return")
    made = job(msgspec.msgpack.decode(call.given, type=kind))
    assert isinstance(made, bytes)
    return made


def _attempt(job: Callable[[], bytes]) -> Reply:
    """What a job gave. Of an unforeseen error only its kind: its message may hold a draft's
    words."""
    try:
        return Reply(made=job())
    except RequestError as error:
        return Reply(fault=(error.status, error.where, error.what, error.remedy))
    except OnrecordError as error:
        return Reply(fault=(422, error.where, error.what, error.remedy))
    except Exception as error:
        if os.environ.get("ONRECORD_DEBUG"):
            sys.excepthook(*_parts(error))
        return Reply(broke=type(error).__name__)


def _parts(error: Exception) -> Any:
    return type(error), error, error.__traceback__


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)  # the default action ends the process


def _limit(memory: int) -> None:
    pages = _pages(0)
    if resource is not None and pages:
        most = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold a draft


def _resident() -> int:
    return _pages(1) * (resource.getpagesize() if resource is not None else 0)


def _pages(field: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[field])
    except OSError:
        return 0
