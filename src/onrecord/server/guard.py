"""What stands before every request: host, token, origin, size, and the headers of every answer.

Plain ASGI around the whole app, so that a body that is too large or too slow is refused while it
comes in, and no answer leaves without its headers.
"""

import asyncio
import hmac
from collections.abc import Callable, Sequence
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import pages
from .faults import RequestError, as_json, busy, is_api, wants_json

LARGEST = 5_000_000
"""Bytes of a request's body."""
TOGETHER = 60_000_000
"""Bytes of all bodies that are coming in, beyond the first of each."""
FREE = 65_536
"""Bytes of each body that don't count, so that small requests always get in."""
AT_ONCE = 400
"""Requests that are answered at a time."""
SLOWEST = 20.0
"""Seconds in which a body must have come in."""
DRAIN = 2.0
"""Seconds in which what a refused sender still sends is taken in, so that it hears the answer."""
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
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Allow-Private-Network": "true",
    "Access-Control-Max-Age": "600",
}
"""What a browser is told that asks whether a page of another origin may call."""


class Guard:
    """Lets through what may pass, and puts its headers on every answer."""

    def __init__(
        self, app: ASGIApp, hosts: Sequence[str], token: str | None, origins: Sequence[str] = ()
    ) -> None:
        self._app, self._hosts, self._token = app, frozenset(hosts), token
        self._origins = frozenset(origins)
        self._incoming = 0
        self._open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check a request, then pass it on; whatever breaks, the answer is one of ours."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def headed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", pages.plain_policy())
                if self._origins and is_api(request):
                    headers.add_vary_header("Origin")
                    if self._allowed(request):
                        headers.update(_shared(request.headers["origin"]))
            await send(message)

        request = Request(scope)
        self._open += 1
        try:
            answer = self._admit(request)
            if answer is not None:
                await answer(scope, receive, headed)
                return
            await self._pass(request, receive, headed)
        except RequestError as fault:
            await _refuse(request, receive, headed, fault)
        except Exception as error:  # neither the log nor the answer gets its message
            if not started:
                what = f"it broke down ({type(error).__name__})."
                remedy = "Please report it; nothing was kept or sent."
                await _refuse(request, receive, headed, RequestError(500, "server", what, remedy))
        finally:
            self._open -= 1

    async def _pass(self, request: Request, receive: Receive, send: Send) -> None:
        """Pass a request on with its whole body."""
        counted = 0

        def count(size: int) -> None:
            """Draw what a body of a size takes of the room of all."""
            nonlocal counted
            more = max(0, size - FREE) - counted
            if self._incoming + more > TOGETHER:
                raise busy()
            counted += more
            self._incoming += more

        try:
            body = await _whole(request.headers, receive, count)
        finally:
            self._incoming -= counted
        await self._app(request.scope, body, send)

    def _admit(self, request: Request) -> Response | None:
        """Raises `RequestError` for what may not pass; an answer where there is one already."""
        path = request.scope["path"]
        if self._open > AT_ONCE and path != "/healthz":
            raise busy()
        given = request.headers.getlist("host")
        host = _host(given[0]) if len(given) == 1 else None
        if host is None:
            what = "the request names no host, or an odd one."
            raise RequestError(400, "Host", what, "Use the address it printed.")
        if self._hosts and host not in self._hosts:
            what = f"this server is not {host or 'unnamed'!r}."
            raise RequestError(421, "Host", what, "Use the address it printed.")
        if request.method == "OPTIONS" and is_api(request) and self._allowed(request):
            return Response(status_code=204, headers=PREFLIGHT)  # comes before any token
        if self._token and path != "/healthz":
            query = request.scope["query_string"].decode("latin-1")
            shown = parse_qs(query, max_num_fields=50).get("token", [""])[0]
            if request.method == "GET" and shown and self._right(shown):
                answer = RedirectResponse(quote(path), 303)
                answer.set_cookie(COOKIE, shown, httponly=True, samesite="strict")
                return answer
            bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
            if not self._right(bearer) and not self._right(_cookie(request)):
                raise RequestError(
                    401,
                    "token",
                    "this server wants its token.",
                    "Open the address it printed, or send Authorization: Bearer TOKEN.",
                )
        if request.method not in ("GET", "HEAD"):
            if not (is_api(request) and self._allowed(request)):
                _same_origin(request)
        return None

    def _allowed(self, request: Request) -> bool:
        """Whether a request comes from a page that may call the API."""
        return request.headers.get("origin") in self._origins

    def _right(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), (self._token or "").encode())


def _shared(origin: str) -> dict[str, str]:
    """The headers that let a page of an origin read an answer; cookies count for nothing there."""
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Retry-After",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }


def _host(given: str) -> str | None:
    """The name of a `Host` header without its port; None where it is no such thing."""
    try:
        parts = urlsplit(f"//{given}")
        parts.port  # noqa: B018 (raises for what is no port)
    except ValueError:
        return None
    if not given.isascii() or parts.path or parts.query or parts.fragment or "@" in given:
        return None
    return (parts.hostname or "").lower() or None


async def _refuse(request: Request, receive: Receive, send: Send, fault: RequestError) -> None:
    """Answer with a fault; what is still on its way is taken in, else its sender hears nothing."""
    shown = as_json(fault) if wants_json(request) else pages.fault(fault)

    async def held(message: Message) -> None:
        if message["type"] == "http.response.body" and not message.get("more_body"):
            await send({**message, "more_body": True})
            await _drain(receive)
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(message)

    await shown(request.scope, receive, held if request.method not in ("GET", "HEAD") else send)


async def _drain(receive: Receive) -> None:
    left = 2 * LARGEST
    try:
        async with asyncio.timeout(DRAIN):
            while left > 0:
                message = await receive()
                if message["type"] != "http.request" or not message.get("more_body"):
                    return
                left -= len(message.get("body", b""))
    except TimeoutError:
        return


def _cookie(request: Request) -> str:
    try:
        jar = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[COOKIE].value if COOKIE in jar else ""


def _same_origin(request: Request) -> None:
    """Raises `RequestError` for a form or script of another site."""
    site = request.headers.get("sec-fetch-site", "none")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    try:
        other = bool(origin) and urlsplit(origin or "").netloc != host
    except ValueError:
        raise RequestError(
            400,
            "Origin",
            "the request names an odd origin.",
            "Send it from this server's own pages, or without an Origin.",
        ) from None
    if site not in ("none", "same-origin") or other:
        raise RequestError(
            403,
            "Origin",
            "the request comes from another site.",
            "Send it from this server's own pages, or without an Origin.",
        )


async def _whole(headers: Headers, receive: Receive, count: Callable[[int], None]) -> Receive:
    """The request's body, read within the limits, to be handed on in one piece.

    `count` is told its size as it grows, and raises where all bodies together are too large.
    """
    what = f"larger than {LARGEST // 1_000_000} MB."
    too_large = RequestError(413, "body", what, "Send one article at a time.")
    declared = headers.get("content-length", "0")
    if len(declared) > 12 or (
        declared.isascii() and declared.isdecimal() and int(declared) > LARGEST
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
                count(size)
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
