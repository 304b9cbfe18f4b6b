"""What stands before every request: host, token, origin, size, and the headers of every answer.

Plain ASGI, so that a body that is too large or too slow is refused while it comes in.
"""

import asyncio
import hmac
from collections.abc import Sequence
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import pages
from .faults import RequestError, as_json, wants_json

LARGEST = 5_000_000
"""Bytes of a request's body."""
SLOWEST = 20.0
"""Seconds in which a body must have come in."""
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
COOKIE = "onrecord"


class Guard:
    """Lets through what may pass."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str], token: str | None) -> None:
        self._app, self._hosts, self._token = app, frozenset(hosts), token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, then pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", pages.plain_policy())
            await send(message)

        try:
            answer = self._admit(request)
            if answer is not None:
                await answer(scope, receive, headed)
                return
            await self._app(scope, await _whole(request.headers, receive), headed)
        except RequestError as fault:
            shown = as_json(fault) if wants_json(request) else pages.fault(fault)
            await shown(scope, receive, headed)

    def _admit(self, request: Request) -> Response | None:
        """Raises `RequestError` for what may not pass; an answer where there is one already."""
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if self._hosts and host.lower() not in self._hosts:
            raise RequestError(421, "Host", f"this server is not {host or 'unnamed'!r}.", "Use the address it printed.")  # fmt: skip
        if self._token and request.url.path != "/healthz":
            given = parse_qs(request.url.query).get("token", [""])[0]
            if request.method == "GET" and given and self._right(given):
                answer = RedirectResponse(request.url.path, 303)
                answer.set_cookie(COOKIE, given, httponly=True, samesite="strict")
                return answer
            bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not self._right(bearer) and not self._right(_cookie(request)):
                raise RequestError(401, "token", "this server wants its token.", "Open the address it printed, or send Authorization: Bearer TOKEN.")  # fmt: skip
        if request.method not in ("GET", "HEAD"):
            _same_origin(request)
        return None

    def _right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())


def _cookie(request: Request) -> str:
    jar = SimpleCookie(request.headers.get("cookie", ""))
    return jar[COOKIE].value if COOKIE in jar else ""


def _same_origin(request: Request) -> None:
    """Raises `RequestError` for a form or script of another site."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    if site not in ("none", "same-origin") or (origin and urlsplit(origin).netloc != host):
        raise RequestError(403, "Origin", "the request comes from another site.", "Send it from this server's own pages, or without an Origin.")  # fmt: skip


async def _whole(headers: Headers, receive: Receive) -> Receive:
    """The request's body, read within the limits, to be handed on in one piece."""
    too_large = RequestError(413, "body", f"larger than {LARGEST // 1_000_000} MB.", "Send one article at a time.")  # fmt: skip
    if (
        headers.get("content-length", "0").isdigit()
        and int(headers.get("content-length", "0")) > LARGEST
    ):
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(SLOWEST):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    break
                parts.append(message.get("body", b""))
                size += len(parts[-1])
                if size > LARGEST:
                    raise too_large
                if not message.get("more_body"):
                    break
    except TimeoutError:
        raise RequestError(
            408, "body", f"not whole after {SLOWEST:.0f} seconds.", "Send it faster."
        ) from None
    body: Message = {"type": "http.request", "body": b"".join(parts), "more_body": False}
    sent = False

    async def again() -> Message:
        nonlocal sent
        if not sent:
            sent = True
            return body
        return await receive()

    return again
