"""A server under honest and hostile load for a while: nobody honest is dropped, nothing grows.

`python -m evals.soak --minutes 20`. Starts the real server; some clients check distinct articles,
one asks for `/healthz`, the others attack: half-open connections, bodies that never end, junk,
bombs, endless dots. Prints what was answered, the 50th and 99th percentile of honest checks and of
health, and the memory of the server at a quarter of the time and at the end; ends with 1 where
something failed.
"""

import argparse
import http.client
import io
import json
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GROWTH = 60_000_000
"""Bytes by which the server itself may be larger at the end than after a quarter of the time."""


class Load:
    """A running server, what its clients saw, and when to stop."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.until = port, time.monotonic() + seconds
        self.seen: Counter[str] = Counter()
        self.times: dict[str, list[float]] = {"check": [], "health": []}
        self._lock = threading.Lock()

    def going(self) -> bool:
        """Whether it goes on."""
        return time.monotonic() < self.until

    def count(self, what: str, took: float | None = None) -> None:
        """Count an answer, with its seconds where they matter."""
        with self._lock:
            self.seen[what] += 1
            if took is not None:
                self.times[what.partition(" ")[0]].append(took)

    def ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> int:
        """One request on a connection of its own: the status, 0 where none came."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=150)
        try:
            link.request(method, path, body, {"Content-Type": kind} if kind else {})
            answer = link.getresponse()
            answer.read()
            return answer.status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()


def honest(load: Load, chance: random.Random, story: str) -> None:
    """Check an article that nobody gave before."""
    text = f"{story}\n\nWitness {chance.random()} said: “It is number {chance.randrange(10**9)}.”\n"
    begun = time.monotonic()
    status = load.ask("POST", "/api/check", json.dumps({"text": text}).encode(), "application/json")
    if status == 503:
        time.sleep(1)
        load.count("check told to come again")
    else:
        load.count(f"check {status}", time.monotonic() - begun)


def health(load: Load, chance: random.Random, story: str) -> None:
    """Ask whether it is well."""
    begun = time.monotonic()
    status = load.ask("GET", "/healthz")
    load.count(f"health {status}", time.monotonic() - begun)
    time.sleep(0.2)


def half_open(load: Load, chance: random.Random, story: str) -> None:
    """Hold connections open that say nothing, or half a header."""
    links = []
    for _ in range(100):
        try:
            link = socket.create_connection(("127.0.0.1", load.port), timeout=5)
            link.sendall(chance.choice((b"", b"GET /", b"GET / HTTP/1.1\r\nHost: a")))
            links.append(link)
        except OSError:
            break
    load.count("half-open")
    time.sleep(5)
    for link in links:
        link.close()


def slow_body(load: Load, chance: random.Random, story: str) -> None:
    """Begin a body and never end it."""
    try:
        with socket.create_connection(("127.0.0.1", load.port), timeout=30) as link:
            link.sendall(
                b"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000000\r\n\r\n"
            )
            link.sendall(b" " * chance.randrange(3_000_000))
            link.recv(100)
    except OSError:
        pass
    load.count("slow body")


def bomb(load: Load, chance: random.Random, story: str) -> None:
    """Texts and files that cost more than they weigh."""
    texts = (
        "." * 400_000,
        "he said " * 40_000,
        "A: a\n" * 60_000,
        "“Ann said " * 30_000,
        "x" * 390_000,
    )
    if chance.random() < 0.6:
        body = json.dumps({"text": chance.choice(texts)}).encode()
        status = load.ask("POST", "/api/check", body, "application/json")
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("word/document.xml", b"<w>" + b" " * 100_000_000)
        status = load.ask(
            "POST", "/articles", _form(packed.getvalue()), "multipart/form-data; boundary=x"
        )
    load.count(f"bomb {status}")


def _form(raw: bytes) -> bytes:
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="b.docx"\r\n\r\n'
    return head + raw + b"\r\n--x--\r\n"


def junk(load: Load, chance: random.Random, story: str) -> None:
    """Bytes of no meaning to every path."""
    paths = (
        "/api/check",
        "/api/analyse",
        "/api/verify",
        "/articles",
        "/compare?a=x&b=y",
        "/%00",
        "/",
    )
    kinds = ("application/json", "multipart/form-data; boundary=x", "text/plain", "a" * 900)
    body = chance.randbytes(chance.randrange(20_000))
    load.count(f"junk {load.ask('POST', chance.choice(paths), body, chance.choice(kinds))}")


CLIENTS: tuple[Callable[[Load, random.Random, str], None], ...] = (
    honest, honest, honest, honest, health, half_open, slow_body, slow_body, bomb, junk,
)  # fmt: skip


def resident(pid: int) -> int:
    """Bytes of memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096


def percentile(times: list[float], share: float) -> float:
    """The time that a share of the requests took at most."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def soak(minutes: float) -> bool:
    """Run it; whether all was well."""
    server = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout
    port = int(server.stdout.readline().split(":")[2].split("/")[0])
    load = Load(port, 60 * minutes)
    story = (ROOT / "examples" / "quay-repairs.txt").read_text("utf-8")

    def client(number: int) -> None:
        chance = random.Random(number)
        while load.going():
            CLIENTS[number](load, chance, story)

    threads = [threading.Thread(target=client, args=(n,)) for n in range(len(CLIENTS))]
    for thread in threads:
        thread.start()
    sizes: list[int] = []
    while load.going():
        sizes.append(resident(server.pid))
        time.sleep(min(5.0, 3 * minutes))
    for thread in threads:
        thread.join()
    sizes.append(resident(server.pid))
    well = _report(load, sizes)
    server.send_signal(signal.SIGINT)
    return server.wait(60) == 0 and well


def _report(load: Load, sizes: list[int]) -> bool:
    for what, number in sorted(load.seen.items()):
        print(f"{number:7} {what}")
    for what, times in load.times.items():
        half, most = percentile(times, 0.5), percentile(times, 0.99)
        print(f"{what}: p50 {1000 * half:.0f} ms, p99 {1000 * most:.0f} ms")
    early, end = sizes[len(sizes) // 4], sizes[-1]
    print(f"memory of the server: {early / 1e6:.0f} MB at a quarter, {end / 1e6:.0f} MB at the end")
    dropped: Any = load.seen["check 0"] + load.seen["health 0"]
    broken = sum(n for what, n in load.seen.items() if what.endswith(" 500"))
    print(f"{dropped} honest requests dropped, {broken} answers of 500")
    return not dropped and not broken and end < early + GROWTH


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=20.0)
    return not soak(parser.parse_args().minutes)


if __name__ == "__main__":
    sys.exit(main())
