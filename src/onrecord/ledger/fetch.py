"""Fetching pages politely and safely: what `watch` reads the network with, and nothing else does.

Every address is resolved first; private, loopback and other addresses that are not of the open
network are refused, also behind a redirect, and the connection goes to the very address that was
judged, so that a name can't mean another one meanwhile. robots.txt is kept to, hosts are given time
between requests, sizes and times are bounded, and the User-Agent says who asks.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

import msgspec

from .. import __version__

MAX_BYTES = 5_000_000
"""Of a body, before and after it is unpacked."""
MAX_SECONDS = 30.0
"""For one page, redirects included."""
MAX_REDIRECTS = 5
MAX_DELAY = 60.0
"""Seconds that a robots.txt may ask for between two requests."""
_CHUNK = 65_536


class FetchError(Exception):
    """A page that can't be had: a sentence for people."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a server answered."""

    url: str
    """After redirects."""
    status: int
    body: bytes = b""
    content_type: str = ""
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """One run's fetching.

    `delay` is the seconds between two requests to a host; `contact` an address for its people.
    `allowed` are addresses that are taken although they are private: for tests on loopback, never
    from the command line or a file.
    """

    def __init__(
        self,
        *,
        contact: str | None = None,
        delay: float = 5.0,
        allowed: frozenset[str] = frozenset(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        about = f"; +{contact}" if contact else ""
        self.agent = f"onrecord-watch/{__version__} (news ledger{about})"
        self._delay, self._allowed, self._sleep = delay, allowed, sleep
        self._robots: dict[str, RobotFileParser | None] = {}
        self._asked: dict[str, float] = {}
        self._resting: dict[str, str] = {}

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Page:
        """A page, or a page of status 304 without a body where it hasn't changed.

        Raises `FetchError` for what is refused, forbidden, too large, too slow, or not there.
        """
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if modified:
            headers["If-Modified-Since"] = modified
        return self._follow(url, headers, robots=True)

    def _follow(self, url: str, headers: dict[str, str], *, robots: bool) -> Page:
        until = time.monotonic() + MAX_SECONDS
        for _ in range(MAX_REDIRECTS + 1):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise FetchError(f"{url}: only http and https addresses are fetched.")
            if parts.username or parts.password:
                raise FetchError(f"{parts.hostname}: addresses with a password are not fetched.")
            host = parts.netloc
            if host in self._resting:
                raise FetchError(f"{host}: {self._resting[host]}")
            if robots and not self._may(url):
                raise FetchError(f"{url}: robots.txt asks not to fetch it.")
            self._wait(host)
            page, location = self._ask(url, headers, until)
            if page.status in (301, 302, 303, 307, 308) and location:
                url = urljoin(url, location)
                continue
            if page.status in (429, 503):
                self._resting[host] = "it asks for a rest; left alone for this run."
                raise FetchError(f"{host}: it asks for a rest ({page.status}).")
            if page.status not in (200, 304):
                raise FetchError(f"{url}: the server answered {page.status}.")
            return page
        raise FetchError(f"{url}: it leads on and on ({MAX_REDIRECTS} redirects).")

    def _may(self, url: str) -> bool:
        """Whether the host's robots.txt lets us; one that is out of order forbids all, as
        agreed."""
        parts = urlsplit(url)
        base = f"{parts.scheme}://{parts.netloc}"
        if base not in self._robots:
            self._robots[base] = self._read_robots(base)
        rules = self._robots[base]
        return rules is not None and rules.can_fetch(self.agent, url)

    def _read_robots(self, base: str) -> RobotFileParser | None:
        rules = RobotFileParser()
        try:
            page = self._follow(f"{base}/robots.txt", {}, robots=False)
        except FetchError as error:
            if any(f"answered {code}" in str(error) for code in range(400, 500)):
                rules.parse([])
                return rules
            if isinstance(error.__cause__, _RefusedError) or "not of the open network" in str(
                error
            ):
                raise
            return None
        rules.parse(page.body.decode("utf-8", "replace").splitlines())
        return rules

    def _wait(self, host: str) -> None:
        delay = self._delay
        for base, rules in self._robots.items():
            if rules is not None and base.endswith(f"//{host}"):
                asked = rules.crawl_delay(self.agent)
                delay = max(delay, min(MAX_DELAY, float(asked or 0)))
        last = self._asked.get(host)
        now = time.monotonic()
        if last is not None and now - last < delay:
            self._sleep(delay - (now - last))
        self._asked[host] = time.monotonic()

    def _ask(self, url: str, headers: dict[str, str], until: float) -> tuple[Page, str | None]:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        address = self.resolve(host, port)
        connection = _Connection(host, port, address, secure, _left(until))
        path = urlunsplit(
            ("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), parts.query, "")
        )
        try:
            connection.request(
                "GET",
                path,
                headers={
                    "User-Agent": self.agent,
                    "Accept": "text/html, application/xhtml+xml, application/rss+xml,"
                    " application/atom+xml, application/xml;q=0.9, */*;q=0.5",
                    "Accept-Encoding": "gzip",
                    "Connection": "close",
                    **headers,
                },
            )
            answer = connection.getresponse()
            body = _body(answer, connection, until) if answer.status == 200 else b""
            page = Page(
                url=url,
                status=answer.status,
                body=body,
                content_type=answer.getheader("Content-Type", ""),
                etag=answer.getheader("ETag"),
                modified=answer.getheader("Last-Modified"),
            )
            return page, answer.getheader("Location")
        except TimeoutError as error:
            raise FetchError(f"{url}: no answer within {MAX_SECONDS:.0f} seconds.") from error
        except (OSError, http.client.HTTPException, zlib.error) as error:
            raise FetchError(f"{url}: it can't be fetched ({error}).") from error
        finally:
            connection.close()

    def resolve(self, host: str, port: int) -> str:
        """The address that a host's name means. Raises `FetchError` where one of them is
        private."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host}: there is no such host.") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        for address in addresses:
            if address not in self._allowed and not is_open(address):
                raise FetchError(
                    f"{host}: it leads to {address}, which is not of the open network."
                ) from _RefusedError()
        return addresses[0]


class _RefusedError(Exception):
    """Why a robots.txt could not be read: the host itself is refused."""


def is_open(address: str) -> bool:
    """Whether an address is one of the open network: not private, loopback, link-local,
    reserved."""
    try:
        known: Any = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if known.version == 6:
        inside = known.ipv4_mapped or known.sixtofour
        if inside is None and known in _NAT64:
            inside = ipaddress.ip_address(int(known) & 0xFFFFFFFF)
        if inside is not None:
            return is_open(str(inside))
    return bool(known.is_global) and not known.is_multicast


_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class _Connection(http.client.HTTPConnection):
    """A connection to an address that was judged, for the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, secure: bool, timeout: float) -> None:
        super().__init__(host, port, timeout=timeout)
        self._address, self._secure = address, secure
        self.default_port = 443 if secure else 80

    def connect(self) -> None:
        """Connect to the judged address; the certificate must be the name's."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise FetchError(f"it took more than {MAX_SECONDS:.0f} seconds.")
    return left


def _body(answer: http.client.HTTPResponse, connection: _Connection, until: float) -> bytes:
    """The body within the limits, unpacked."""
    packed = answer.getheader("Content-Encoding", "").strip().casefold()
    if packed not in ("", "identity", "gzip"):
        raise FetchError(f"{connection.host}: packed as {packed!r}, which wasn't asked for.")
    unpack = zlib.decompressobj(wbits=31) if packed == "gzip" else None
    parts: list[bytes] = []
    size = taken = 0
    while True:
        if connection.sock is not None:
            connection.sock.settimeout(_left(until))
        _left(until)
        chunk = answer.read1(_CHUNK)
        if not chunk:
            break
        taken += len(chunk)
        if unpack is not None:
            chunk = unpack.decompress(chunk, MAX_BYTES + 1 - size)
        size += len(chunk)
        if size > MAX_BYTES or taken > MAX_BYTES:
            raise FetchError(f"{connection.host}: larger than {MAX_BYTES // 1_000_000} MB.")
        parts.append(chunk)
    return b"".join(parts)
