"""Puts the web app together: the pages, the API, the guard in front, what is said of faults."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from ..errors import OnrecordError
from ..ledger import Ledger
from ..records import Analysis
from . import api, api_docs, ledger_pages, pages, work
from .faults import RequestError, as_json, wants_json
from .guard import Guard
from .shelf import Shelf
from .site import Site


def build(
    *,
    hosts: Sequence[str] = (),
    token: str | None = None,
    shelf: Shelf | None = None,
    first: Sequence[Analysis] = (),
    pool: work.Work | None = None,
    ledger: Ledger | None = None,
    origins: Sequence[str] = (),
) -> ASGIApp:
    """The web app as an ASGI application.

    `hosts` are the names under which it may be called (any, where there are none), `token` what a
    caller must show, `first` the articles that are on the shelf from the start. A `pool` that is
    given is its giver's to close; a `ledger` is shown under /ledger. Pages of `origins` (scheme,
    host and port) may call the API from a browser.
    """
    own, shelf = pool or work.Work(), shelf or Shelf()
    site = Site(shelf, own)
    for analysis in first:
        site.put(analysis)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        if pool is None:
            own.close()

    calls = api.handlers(own)
    routes = [
        *site.routes(),
        *api_docs.routes(calls, token=bool(token)),
    ]
    if ledger is not None:
        routes += ledger_pages.routes(ledger)
    made = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={
            RequestError: _fault,
            OnrecordError: _said,
            HTTPException: _http,
            Exception: _unforeseen,
        },
    )
    return Guard(made, hosts=hosts, token=token, origins=origins)


async def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return as_json(error) if wants_json(request) else pages.fault(error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        fault = RequestError(
            404, request.scope["path"], "there is nothing here.", "Start from the list at /."
        )
    else:
        method = f"{request.method} is not answered here."
        fault = RequestError(error.status_code, request.scope["path"], method, "See /api.")
    made = await _fault(request, fault)
    made.headers.update(error.headers or {})
    return made


async def _unforeseen(request: Request, error: Exception) -> Response:
    remedy = "Please report it; nothing was kept or sent."
    return await _fault(
        request, RequestError(500, "server", f"it broke down ({type(error).__name__}).", remedy)
    )


async def _said(request: Request, error: Exception) -> Response:
    """A fault of files or configuration: a full disk, a broken baseline."""
    assert isinstance(error, OnrecordError)
    return await _fault(request, RequestError(500, error.where, error.what, error.remedy))
