"""Serving the app over HTTP: the socket, and limits that the protocol itself must keep.

A connection that has sent no whole header in time is closed, and of many such the oldest goes
first, so that half-open ones can't keep others out.
"""

import asyncio
import errno
import socket
from collections import OrderedDict
from typing import Any, ClassVar

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..errors import ConfigError

HEADER = 10.0
"""Seconds in which a request's header must have come in whole."""
HALF_OPEN = 400
"""Connections that may be without one at a time."""
HEADER_SIZE = 32_000
"""Bytes of a request's header."""


class Protocol(H11Protocol):
    """HTTP/1.1 with a time limit on headers."""

    _waiting: ClassVar["OrderedDict[Protocol, asyncio.TimerHandle]"] = OrderedDict()
    """Connections without a whole header, the oldest first."""

    def connection_made(self, transport: Any) -> None:
        """A new connection."""
        super().connection_made(transport)
        self._await_header()

    def data_received(self, data: bytes) -> None:
        """Some bytes of a request."""
        before = self.cycle
        super().data_received(data)
        if self.cycle is not before:
            self._header_came()

    def on_response_complete(self) -> None:
        """A request is answered; the next one's header has the same time, idle time included."""
        super().on_response_complete()
        if not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete):
            self._await_header()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._header_came()
        super().connection_lost(exc)

    def _await_header(self) -> None:
        self._header_came()
        while len(self._waiting) >= HALF_OPEN:
            next(iter(self._waiting))._give_up()
        self._waiting[self] = self.loop.call_later(HEADER, self._give_up)

    def _header_came(self) -> None:
        timer = self._waiting.pop(self, None)
        if timer:
            timer.cancel()

    def _give_up(self) -> None:
        self._header_came()
        if not self.transport.is_closing():
            self.transport.abort()


def config(app: ASGIApp, **options: Any) -> uvicorn.Config:
    """How the app is served; nothing is logged but that it can't start."""
    settings: dict[str, Any] = {
        "http": Protocol, "ws": "none", "lifespan": "on", "log_level": "critical",
        "access_log": False, "server_header": False, "proxy_headers": False,
        "timeout_keep_alive": 5, "timeout_graceful_shutdown": 5,
        "h11_max_incomplete_event_size": HEADER_SIZE,
    }  # fmt: skip
    return uvicorn.Config(app, **{**settings, **options})


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens at an address. Raises `ConfigError` where it can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(2048)
        made.set_inheritable(False)
    except OSError as error:
        made.close()
        raise _refused(host, port, error) from error
    return made


def _refused(host: str, port: int, error: OSError) -> ConfigError:
    if error.errno == errno.EADDRINUSE:
        remedy = "Name another with --port; --port 0 takes a free one."
        return ConfigError("--port", f"{port} is in use by another program.", remedy)
    if error.errno == errno.EACCES:
        remedy = "Name one from 1024 on with --port."
        return ConfigError("--port", f"{port} needs rights that you don't have.", remedy)
    what = f"there is no such address here ({error.strerror or error})."
    return ConfigError("--host", f"{host!r}: {what}", "Name an address of this machine.")


def more_files() -> None:
    """Let this process have as many open files and connections as the system allows it."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = min(hard, 8192) if hard != resource.RLIM_INFINITY else 8192
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ImportError, ValueError, OSError):
        return  # then with what there is
