"""Puts the web app together: routes, the reading view with the server's addresses, the shelf."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ..config import load
from ..dismissals import file as baseline
from ..errors import OnrecordError
from ..ingest import SUFFIXES
from ..ledger import Ledger
from ..records import Analysis
from ..report import html
from ..report.comparison.render import compare_policy
from ..report.rulepage import rule_html
from ..rules import all_rules
from . import api, jobs, ledger_pages, openapi, pages, work
from .faults import RequestError, as_json, wants_json
from .forms import PASTED, Form, read_form
from .guard import Guard
from .shelf import Item, Shelf


def build(
    *,
    hosts: Sequence[str] = (),
    token: str | None = None,
    shelf: Shelf | None = None,
    first: Sequence[Analysis] = (),
    pool: work.Work | None = None,
    ledger: Ledger | None = None,
) -> ASGIApp:
    """The web app as an ASGI application.

    `hosts` are the names under which it may be called (any, where there are none), `token` what a
    caller must show, `first` the articles that are on the shelf from the start. A `pool` that is
    given is its giver's to close; a `ledger` is shown under /ledger.
    """
    own, shelf = pool or work.Work(), shelf or Shelf()
    app = _App(shelf, own)
    for analysis in first:
        shelf.put(jobs.kept(analysis, app.settings))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        if pool is None:
            own.close()

    calls = api.handlers(own)
    routes = [
        Route("/", app.articles),
        Route("/articles", app.give, methods=["POST"]),
        Route("/articles/{id}", app.article),
        Route("/articles/{id}/export", app.export),
        Route("/articles/{id}/dismiss", app.dismiss, methods=["POST"]),
        Route("/articles/{id}/forget", app.forget, methods=["POST"]),
        Route("/articles/{id}/verify", app.verify_form),
        Route("/articles/{id}/verify", app.verify, methods=["POST"]),
        Route("/compare", app.compare),
        Route("/rules", app.rules),
        Route("/rules/{code}", app.rule),
        Route("/api/check", calls["check"], methods=["POST"]),
        Route("/api/analyse", calls["analyse"], methods=["POST"]),
        Route("/api/verify", calls["verify"], methods=["POST"]),
        Route("/api/rules", calls["rules"]),
        Route("/api/rules/{code}", calls["rule"]),
        Route("/healthz", calls["health"]),
        Route("/openapi.json", _openapi),
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
    return Guard(made, hosts=hosts, token=token)


async def _openapi(request: Request) -> Response:
    return JSONResponse(openapi.document())


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
        fault = RequestError(error.status_code, request.scope["path"], method, "See /openapi.json.")
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


class _App:
    """The handlers of the pages."""

    def __init__(self, shelf: Shelf, pool: work.Work) -> None:
        self._shelf, self._pool = shelf, pool
        self._token = secrets.token_urlsafe(18)
        self.settings = load()

    def _item(self, request: Request) -> Item:
        item = self._shelf.get(request.path_params["id"])
        if item is None:
            remedy = "It may have been forgotten; give it again."
            raise RequestError(404, "article", "this article is not here.", remedy)
        return item

    async def _form(self, request: Request) -> Form:
        """The form, its token checked."""
        form = await read_form(request)
        given = form.fields.get("token", "").encode("utf-8", "replace")
        if not secrets.compare_digest(given, self._token.encode()):
            remedy = "Load the page again."
            raise RequestError(403, "form", "the form is not from this server's page.", remedy)
        return form

    async def _marks(self, item: Item) -> tuple[jobs.Mark, ...]:
        """The article's findings that nobody dismissed; a kept one's are found when first
        wanted."""
        if item.kept.marks is None:
            raw = await self._pool.run(jobs.mark, self._page(item, None))
            marks = msgspec.msgpack.decode(raw, type=tuple[jobs.Mark, ...])
            item.kept = msgspec.structs.replace(item.kept, marks=marks)
        known = self._shelf.dismissed
        return tuple(m for m in item.kept.marks or () if m.fingerprint not in known)

    def _page(self, item: Item, web: html.Web | None) -> jobs.Page:
        """What a worker must have to show an article."""
        known = self._shelf.dismissed
        marks = item.kept.marks or ()
        return jobs.Page(
            analysis=item.kept.analysis,
            settings=self.settings,
            held=item.held,
            dismissed=tuple(known[m.fingerprint] for m in marks if m.fingerprint in known),
            web=web,
        )

    async def _shown(self, item: Item, web: html.Web | None) -> bytes:
        await self._marks(item)
        return await self._pool.run(jobs.page, self._page(item, web))

    async def _row(self, item: Item) -> dict[str, Any]:
        """What the list says of an article."""
        return {
            "id": item.id,
            "title": item.kept.title,
            "words": item.kept.words,
            "findings": len(await self._marks(item)),
        }

    async def articles(self, request: Request) -> Response:
        """The list of articles and the form to give one."""
        rows = [await self._row(item) for item in list(self._shelf)]
        return pages.show(
            "list.html", title="Articles", items=rows, token=self._token, kept=self._shelf.place
        )

    async def give(self, request: Request) -> Response:
        """Take an article in, from the paste box or a file."""
        form = await self._form(request)
        raw, name = form.given()
        outlet = form.fields.get("outlet", "").strip() or None
        published = _date(form.fields.get("published", ""))
        kind = SUFFIXES.get(Path(name).suffix.lower()) if name != PASTED else "text"

        job = jobs.Take(
            raw=raw,
            name=name,
            kind=kind,
            settings=self.settings,
            outlet=outlet,
            published=published,
        )
        found = msgspec.msgpack.decode(
            await self._pool.run(jobs.take, job), type=tuple[jobs.Kept, ...]
        )
        made = [self._shelf.put(kept) for kept in found]
        place = f"/articles/{made[0].id}" if len(made) == 1 else "/"
        return RedirectResponse(place, 303)

    async def article(self, request: Request) -> Response:
        """The reading view."""
        item = self._item(request)
        here = f"/articles/{item.id}"
        web = html.Web(
            dismiss_url=f"{here}/dismiss",
            token=self._token,
            nav=(*pages.NAV, ("Verify quotations", f"{here}/verify")),
            export_url=f"{here}/export",
        )
        answer = HTMLResponse(await self._shown(item, web))
        answer.headers["Content-Security-Policy"] = f"{html.policy(web)}; frame-ancestors 'none'"
        return answer

    async def export(self, request: Request) -> Response:
        """The same page as one file."""
        item = self._item(request)
        answer = HTMLResponse(await self._shown(item, None))
        answer.headers["Content-Security-Policy"] = f"{html.policy()}; frame-ancestors 'none'"
        answer.headers["Content-Disposition"] = 'attachment; filename="onrecord.html"'
        return answer

    async def dismiss(self, request: Request) -> Response:
        """Dismiss a finding, with a reason."""
        item = self._item(request)
        form = await self._form(request)
        reason = form.fields.get("reason", "").strip()
        if not reason:
            raise RequestError(
                422, "reason", "a dismissal needs a reason.", "Say why, in a few words."
            )
        mark = form.fields.get("fingerprint", "")
        found = next((m for m in await self._marks(item) if m.fingerprint == mark), None)
        if found is None:
            raise RequestError(
                404, "finding", "this finding is not here.", "Load the article again."
            )
        entry = baseline.Dismissal(
            fingerprint=mark, code=found.code, article_id=found.article_id, reason=reason[:500],
            date=date.today().isoformat(),
        )  # fmt: skip
        self._shelf.dismiss(entry)
        return RedirectResponse(f"/articles/{item.id}", 303)

    async def forget(self, request: Request) -> Response:
        """Remove an article."""
        item = self._item(request)
        await self._form(request)
        self._shelf.forget(item.id)
        self._pool.forget()
        return RedirectResponse("/", 303)

    async def verify_form(self, request: Request) -> Response:
        """The form to give a transcript."""
        item = self._item(request)
        return pages.show(
            "verify.html", title="Verify", item=item, name=item.kept.title, token=self._token
        )

    async def verify(self, request: Request) -> Response:
        """Hold the article's quotations against what was given."""
        item = self._item(request)
        form = await self._form(request)
        raw, name = form.given()
        speaker = form.fields.get("speaker", "").strip() or None

        job = jobs.Hold(
            analysis=item.kept.analysis, settings=self.settings, raw=raw, name=name, speaker=speaker
        )
        made = msgspec.msgpack.decode(await self._pool.run(jobs.hold, job), type=jobs.Verified)
        item.held = made.held
        item.kept = msgspec.structs.replace(item.kept, marks=made.marks)
        return RedirectResponse(f"/articles/{item.id}", 303)

    async def compare(self, request: Request) -> Response:
        """Two articles side by side, or the form to choose them."""
        names = [request.query_params.get(key) for key in ("a", "b")]
        chosen = [self._shelf.get(name) if name else None for name in names]
        if chosen[0] is None or chosen[1] is None:
            rows = [{"id": i.id, "title": i.kept.title} for i in self._shelf]
            return pages.show("compare.html", title="Compare", items=rows)
        web = html.Web(nav=pages.NAV)
        pair = jobs.Pair(chosen[0].kept.analysis, chosen[1].kept.analysis, web)
        answer = HTMLResponse(await self._pool.run(jobs.compare, pair))
        answer.headers["Content-Security-Policy"] = f"{compare_policy(web)}; frame-ancestors 'none'"
        return answer

    async def rules(self, request: Request) -> Response:
        """The catalogue."""
        return pages.show("rules.html", title="Rules", rules=all_rules())

    async def rule(self, request: Request) -> Response:
        """A rule's page."""
        code = request.path_params["code"].upper()
        rule = next((r for r in all_rules() if r.code == code), None)
        if rule is None:
            raise RequestError(404, code, "no rule has this code.", "The list is at /rules.")
        return pages.show(
            "rule.html", title=f"{rule.code} {rule.name}", rule=rule, page=rule_html(code)
        )


def _date(value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise RequestError(
            422, "published", f"{value!r} is no date.", "Give it as YYYY-MM-DD."
        ) from error
