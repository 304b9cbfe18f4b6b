"""Puts the web app together: routes, the reading view with the server's addresses, the shelf."""

import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ..config import load
from ..dismissals import file as baseline
from ..extract.engine.model import load_model
from ..ingest import SUFFIXES
from ..linter import lint
from ..records import Analysis, Context, Lint
from ..report import html
from ..report.comparison.diff import compare
from ..report.comparison.render import compare_page, compare_policy
from ..report.rulepage import rule_html
from ..rules import all_rules
from . import api, openapi, pages, work
from .faults import RequestError, as_json, wants_json
from .guard import Guard
from .shelf import Item, Shelf

PASTED = "pasted text"
"""What a text from the paste box is called where a file has its name."""


def build(
    *,
    hosts: Sequence[str] = (),
    token: str | None = None,
    shelf: Shelf | None = None,
    first: Sequence[Analysis] = (),
    pool: work.Work | None = None,
) -> ASGIApp:
    """The web app as an ASGI application.

    `hosts` are the names under which it may be called (any, where there are none), `token` what a
    caller must show, `first` the articles that are on the shelf from the start.
    """
    shelf, pool = shelf or Shelf(), pool or work.Work()
    for analysis in first:
        shelf.put(analysis)
    app = _App(shelf, pool)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        load_model()
        yield
        pool.close()

    calls = api.handlers(pool)
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
    return Starlette(
        routes=routes,
        lifespan=lifespan,
        middleware=[Middleware(Guard, hosts=hosts, token=token)],
        exception_handlers={RequestError: _fault, HTTPException: _http, Exception: _unforeseen},
    )


async def _openapi(request: Request) -> Response:
    return JSONResponse(openapi.document())


async def _fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestError)
    return as_json(error) if wants_json(request) else pages.fault(error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        fault = RequestError(
            404, request.url.path, "there is nothing here.", "Start from the list at /."
        )
    else:
        method = f"{request.method} is not answered here."
        fault = RequestError(error.status_code, request.url.path, method, "See /openapi.json.")
    made = await _fault(request, fault)
    made.headers.update(error.headers or {})
    return made


async def _unforeseen(request: Request, error: Exception) -> Response:
    remedy = "Please report it; nothing was kept or sent."
    return await _fault(
        request, RequestError(500, "server", f"it broke down ({type(error).__name__}).", remedy)
    )


class Form(NamedTuple):
    """What a form gives: its fields, and a file by name and bytes."""

    fields: dict[str, str]
    file: tuple[str, bytes] | None

    def given(self) -> tuple[bytes, str]:
        """The bytes and the name of what was given: the file, else the pasted text."""
        if self.file:
            return self.file[1], self.file[0]
        text = self.fields.get("text", "")
        if not text.strip():
            remedy = "Paste a text or choose a file."
            raise RequestError(422, "text", "there is nothing in it.", remedy)
        return text.replace("\r\n", "\n").encode("utf-8", "surrogatepass"), PASTED


class _App:
    """The handlers of the pages."""

    def __init__(self, shelf: Shelf, pool: work.Work) -> None:
        self._shelf, self._pool = shelf, pool
        self._token = secrets.token_urlsafe(18)
        self._settings = load()

    def _item(self, request: Request) -> Item:
        item = self._shelf.get(request.path_params["id"])
        if item is None:
            remedy = "It may have been forgotten; give it again."
            raise RequestError(404, "article", "this article is not here.", remedy)
        return item

    async def _form(self, request: Request) -> Form:
        """The form, its token checked."""
        async with request.form(max_files=1, max_fields=20, max_part_size=5_000_000) as form:
            file = form.get("file")
            upload = None
            if isinstance(file, UploadFile) and file.filename:
                upload = (Path(file.filename).name, await file.read())
            fields = {k: v for k, v in form.items() if isinstance(v, str)}
        if not secrets.compare_digest(fields.get("token", "").encode(), self._token.encode()):
            remedy = "Load the page again."
            raise RequestError(403, "form", "the form is not from this server's page.", remedy)
        return Form(fields, upload)

    def _lint(self, item: Item) -> Lint:
        verdicts = item.verification.verdicts if item.verification else None
        made = lint(Context(analysis=item.analysis, settings=self._settings, verdicts=verdicts))
        return baseline.apply(made, self._shelf.dismissed)

    def _row(self, item: Item) -> dict[str, Any]:
        """What the list says of an article."""
        return {
            "id": item.id,
            "title": _title(item.analysis),
            "words": len(item.analysis.article.text.split()),
            "findings": len(self._lint(item).findings),
        }

    async def articles(self, request: Request) -> Response:
        """The list of articles and the form to give one."""
        items = list(self._shelf)
        rows = await self._pool.run(lambda: [self._row(item) for item in items])
        return pages.show(
            "list.html", title="Articles", items=rows, token=self._token, kept=self._shelf.kept
        )

    async def give(self, request: Request) -> Response:
        """Take an article in, from the paste box or a file."""
        form = await self._form(request)
        raw, name = form.given()
        outlet = form.fields.get("outlet", "").strip() or None
        published = _date(form.fields.get("published", ""))
        kind = SUFFIXES.get(Path(name).suffix.lower()) if name != PASTED else "text"

        def _job() -> list[Analysis]:
            found = work.articles(raw, kind, name, outlet=outlet, published=published)
            return [work.look(article) for article in found[:20]]

        made = [self._shelf.put(analysis) for analysis in await self._pool.run(_job)]
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
        text = await self._pool.run(
            lambda: html.render(self._lint(item), verification=item.verification, web=web)
        )
        answer = HTMLResponse(text)
        answer.headers["Content-Security-Policy"] = f"{html.policy(web)}; frame-ancestors 'none'"
        return answer

    async def export(self, request: Request) -> Response:
        """The same page as one file."""
        item = self._item(request)
        text = await self._pool.run(
            lambda: html.render(self._lint(item), verification=item.verification)
        )
        answer = HTMLResponse(text)
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
        found = next((f for f in self._lint(item).findings if f.fingerprint == mark), None)
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
        return RedirectResponse("/", 303)

    async def verify_form(self, request: Request) -> Response:
        """The form to give a transcript."""
        item = self._item(request)
        return pages.show(
            "verify.html", title="Verify", item=item, name=_title(item.analysis), token=self._token
        )

    async def verify(self, request: Request) -> Response:
        """Hold the article's quotations against what was given."""
        item = self._item(request)
        form = await self._form(request)
        raw, name = form.given()
        speaker = form.fields.get("speaker", "").strip() or None

        def _job() -> Any:
            return work.check(item.analysis, self._settings, work.materials(raw, name, speaker))[1]

        item.verification = await self._pool.run(_job)
        return RedirectResponse(f"/articles/{item.id}", 303)

    async def compare(self, request: Request) -> Response:
        """Two articles side by side, or the form to choose them."""
        names = [request.query_params.get(key) for key in ("a", "b")]
        chosen = [self._shelf.get(name) if name else None for name in names]
        if chosen[0] is None or chosen[1] is None:
            rows = [{"id": i.id, "title": _title(i.analysis)} for i in self._shelf]
            return pages.show("compare.html", title="Compare", items=rows)
        one, two = chosen[0].analysis, chosen[1].analysis
        web = html.Web(nav=pages.NAV)
        text = await self._pool.run(lambda: compare_page(compare(one, two), web=web))
        answer = HTMLResponse(text)
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


def _title(analysis: Analysis) -> str:
    article = analysis.article
    block = article.blocks[0].span if article.blocks else None
    words = article.text[block.start : block.end] if block else article.input
    if len(words) <= 90:
        return words
    return words[:88].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + " …"


def _date(value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise RequestError(
            422, "published", f"{value!r} is no date.", "Give it as YYYY-MM-DD."
        ) from error
