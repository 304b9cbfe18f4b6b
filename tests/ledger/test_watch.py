"""Following feeds: polite and safe, against servers that the tests run on loopback."""

import gzip
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from onrecord.errors import ConfigError
from onrecord.ledger import Ledger
from onrecord.ledger import fetch as fetching
from onrecord.ledger.fetch import Fetcher, FetchError, is_open
from onrecord.ledger.queries import stats, who
from onrecord.ledger.watch import Feed, Feeds, read_feeds, watch

PAGE = """<!doctype html><html><head><title>Harbour to close</title>
<meta property="og:site_name" content="Harbour Star"></head><body><article><h1>Harbour to close</h1>
<p>Ann Lee, the mayor of Port Sel, said: "We will not close the harbour of Port Sel this year."</p>
<p>The council met for four hours on Monday and heard from fishermen, from pilots and from the owners of
the cranes, who had come in large numbers and stayed until the end of the meeting at midnight.</p>
<p>The storm wrecked 12 boats at the harbour of Port Sel, the harbour master told the meeting.</p>
</article></body></html>"""


class Handler(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes]]] = {}
    asked: ClassVar[list[tuple[str, str, str]]] = []

    def do_GET(self) -> None:
        known = self.headers.get("If-None-Match", "")
        self.asked.append((self.path, self.headers["User-Agent"], known))
        status, headers, body = self.pages.get(self.path, (404, {}, b"nothing"))
        if known and headers.get("ETag") == known:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    Handler.pages, Handler.asked = {}, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def fetcher() -> Fetcher:
    return Fetcher(
        contact="https://desk.example/bot", delay=1, allowed=frozenset({"127.0.0.1"}),
        sleep=lambda _: None,
    )  # fmt: skip


def feed(site: str, *paths: str) -> bytes:
    items = "".join(
        f"<item><link>{site}{p}</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate></item>"
        for p in paths
    )
    return f"<rss version='2.0'><channel><title>Star</title>{items}</channel></rss>".encode()


def test_new_articles_are_added_and_a_silent_change_is_told(site: str, file_ledger: Ledger) -> None:
    Handler.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/feed": (200, {"ETag": '"1"'}, feed(site, "/a", "/private/b")),
        "/a": (200, {"ETag": '"a1"', "Content-Type": "text/html"}, PAGE.encode()),
        "/private/b": (200, {}, PAGE.encode()),
    }
    feeds = Feeds(feeds=(Feed(url=f"{site}/feed"),))
    began = datetime(2026, 3, 2, 9)
    made = watch(file_ledger, feeds, fetcher=fetcher(), now=lambda: began)
    assert (made.added, made.versions) == (1, 0)
    assert [p for p in made.problems if "robots.txt asks" in p]
    assert "/private/b" not in [path for path, _, _ in Handler.asked]
    agents = {agent for _, agent, _ in Handler.asked}
    assert len(agents) == 1
    assert "onrecord-watch/" in agents.pop()
    (person,) = who(file_ledger, "Ann Lee").people
    assert person.outlets == ("Harbour Star",)

    made = watch(file_ledger, feeds, fetcher=fetcher(), now=lambda: began)
    assert (made.unchanged, made.added) == (1, 0)
    assert ("/feed", '"1"') in [(path, known) for path, _, known in Handler.asked]

    Handler.pages["/feed"] = (200, {"ETag": '"2"'}, feed(site, "/a"))
    changed = PAGE.replace("will not close", "will close").encode()
    Handler.pages["/a"] = (200, {"ETag": '"a2"', "Content-Type": "text/html"}, changed)
    later = began + timedelta(hours=7)
    made = watch(file_ledger, feeds, fetcher=fetcher(), now=lambda: later)
    assert (made.added, made.versions) == (0, 1)
    assert [news.code for news in made.silent_changes] == ["COR801"]
    assert stats(file_ledger).versions == 1


def test_private_addresses_are_refused(site: str) -> None:
    with pytest.raises(FetchError, match="not of the open network"):
        Fetcher().get(f"{site}/feed")
    port = site.rpartition(":")[2]
    for host in (
        "127.0.0.2",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0.0.0.0",
        "169.254.169.254",
    ):
        with pytest.raises(FetchError, match="not of the open network"):
            fetcher().get(f"http://{host}:{port}/")
    assert Handler.asked == []
    for scheme in ("file:///etc/passwd", "ftp://host.example/x", "http://a:b@host.example/"):
        with pytest.raises(FetchError):
            fetcher().get(scheme)


def test_private_addresses_are_refused_behind_a_redirect(site: str) -> None:
    Handler.pages = {
        "/away": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
        "/round": (302, {"Location": "/round"}, b""),
    }
    with pytest.raises(FetchError, match=r"169\.254\.169\.254, which is not of the open"):
        fetcher().get(f"{site}/away")
    with pytest.raises(FetchError, match="leads on and on"):
        fetcher().get(f"{site}/round")


def test_the_connection_goes_to_the_address_that_was_judged(
    site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that means an open address first and a private one a moment later gains nothing."""
    asked: list[str] = []
    answers = iter(["192.0.2.1", "127.0.0.1"])

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(2, 1, 6, "", (next(answers), port))]

    went: list[object] = []

    def connect(address: object, timeout: object = None, **_: object) -> None:
        went.append(address)
        raise ConnectionRefusedError("closed")

    monkeypatch.setattr(fetching, "is_open", lambda address: address == "192.0.2.1")
    monkeypatch.setattr("socket.getaddrinfo", resolve)
    monkeypatch.setattr("socket.create_connection", connect)
    with pytest.raises(FetchError):
        Fetcher()._follow("http://rebind.example/", {}, robots=False)
    assert asked == ["rebind.example"]
    assert went == [("192.0.2.1", 80)]


def test_large_and_packed_pages_are_cut_off(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 10_000)
    packed = {"Content-Encoding": "gzip"}
    Handler.pages = {
        "/large": (200, {}, b"x" * 20_000),
        "/bomb": (200, packed, gzip.compress(b"x" * 1_000_000)),
        "/small": (200, packed, gzip.compress(b"hello")),
        "/odd": (200, {"Content-Encoding": "br"}, b"x"),
    }
    for path in ("/large", "/bomb", "/odd"):
        with pytest.raises(FetchError):
            fetcher().get(site + path)
    assert fetcher().get(f"{site}/small").body == b"hello"


def test_a_slow_server_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "MAX_SECONDS", -1.0)
    with pytest.raises(FetchError, match="took more than"):
        fetcher()._follow(f"{site}/x", {}, robots=False)


def test_hosts_are_given_time(site: str) -> None:
    Handler.pages = {
        "/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 9\n"),
        "/a": (200, {}, b"a"),
        "/busy": (429, {}, b""),
    }
    slept: list[float] = []
    one = Fetcher(delay=2, allowed=frozenset({"127.0.0.1"}), sleep=slept.append)
    one.get(f"{site}/a")
    one.get(f"{site}/a")
    assert [round(s) for s in slept] == [9, 9]
    with pytest.raises(FetchError, match="asks for a rest"):
        one.get(f"{site}/busy")
    with pytest.raises(FetchError, match="left alone"):
        one.get(f"{site}/a")


def test_a_robots_file_out_of_order_forbids_all(site: str) -> None:
    Handler.pages = {"/robots.txt": (500, {}, b""), "/a": (200, {}, b"a")}
    with pytest.raises(FetchError, match=r"robots\.txt"):
        fetcher().get(f"{site}/a")


@pytest.mark.parametrize(
    "address",
    ["10.1.2.3", "192.168.0.1", "172.16.0.1", "127.0.0.1", "169.254.1.1", "100.64.0.1", "224.0.0.1",
     "::1", "fe80::1%eth0", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
     "0.0.0.0", "nonsense"],
)  # fmt: skip
def test_addresses_that_are_not_open(address: str) -> None:
    assert not is_open(address)


def test_open_addresses() -> None:
    assert is_open("8.8.8.8")
    assert is_open("2606:4700::1111")


def test_the_configuration(tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text('delay = 2\n[[feeds]]\nurl = "https://star.example/rss"\noutlet = "Star"\n')
    assert read_feeds(file) == Feeds(
        feeds=(Feed(url="https://star.example/rss", outlet="Star"),), delay=2
    )
    for text in ("feeds = 3", "[[feeds]]\nadress = 'x'", "feeds = []", "= 1"):
        file.write_text(text)
        with pytest.raises(ConfigError):
            read_feeds(file)
    with pytest.raises(ConfigError, match="can't be read"):
        read_feeds(tmp_path / "none.toml")
