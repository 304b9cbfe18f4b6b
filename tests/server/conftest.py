"""A real server on loopback for the tests that are about standing up to what comes in."""

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
import uvicorn

from onrecord.server import guard
from onrecord.server import serving as serving_
from onrecord.server.app import build
from onrecord.server.work import Work

HOSTS = ("127.0.0.1", "localhost")
Answer = tuple[int, dict[str, str], bytes]


class Served:
    """A server that is up: its port, and how to ask it something."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """One request on a connection of its own; header names have underscores for hyphens."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            named = {key.replace("_", "-"): value for key, value in headers.items()}
            link.request(method, path, body, named)
            answer = link.getresponse()
            got = {key.lower(): value for key, value in answer.getheaders()}
            return answer.status, got, answer.read()
        finally:
            link.close()

    def api(self, path: str, value: Any) -> tuple[int, Any]:
        """A call of the API: the status and the JSON."""
        status, _, body = self.ask(
            "POST", path, json.dumps(value).encode(), Content_Type="application/json"
        )
        return status, json.loads(body)

    def token(self) -> str:
        """The token of the forms."""
        found = re.search(rb'name="token" value="([^"]+)"', self.ask("GET", "/")[2])
        assert found
        return found.group(1).decode()

    def form(self, path: str, fields: dict[str, Any], **headers: str) -> Answer:
        """Post a form as a browser does; a value of name and bytes is a file."""
        mark = "----onrecordtest"
        parts = []
        for name, value in fields.items():
            head, raw = f'form-data; name="{name}"', value
            if isinstance(value, tuple):
                head, raw = f'{head}; filename="{value[0]}"', value[1]
            raw = raw.encode() if isinstance(raw, str) else raw
            parts.append(
                f"--{mark}\r\nContent-Disposition: {head}\r\n\r\n".encode() + raw + b"\r\n"
            )
        body = b"".join(parts) + f"--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        return self.ask("POST", path, body, **{"Content_Type": kind, **headers})


@contextmanager
def serving(**options: Any) -> Iterator[Served]:
    """A server in a thread, for as long as it is wanted."""
    options.setdefault("hosts", HOSTS)
    socket = serving_.bind("127.0.0.1", 0)
    config = serving_.config(build(**options))
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield Served(socket.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(20)
        socket.close()


@pytest.fixture(scope="session")
def pool() -> Iterator[Work]:
    """Workers that all tests share, for each takes seconds to start."""
    made = Work()
    yield made
    made.close()


@pytest.fixture
def start(pool: Work) -> Callable[..., Any]:
    """Start a server with options of the test's own."""
    return partial(serving, pool=pool)


@pytest.fixture(scope="module")
def served(pool: Work) -> Iterator[Served]:
    """A server that waits no longer than two seconds for a body."""
    patience, guard.SLOWEST = guard.SLOWEST, 2.0
    with serving(pool=pool) as up:
        yield up
    guard.SLOWEST = patience
