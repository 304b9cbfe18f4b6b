"""The HTTP API for CMS builders: the command line's answers over HTTP, every error in one shape.

What is asked is read here, what is answered is made in a worker (`answers`). Who accepts HTML has
the page that the command line would write.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from .. import __version__
from ..config import load, profiles, standards, with_profile
from ..errors import ConfigError
from ..records import Rule, Settings
from ..report import html
from ..report.comparison.render import compare_policy
from ..rules import all_rules, page, select
from . import answers, work
from .asked import (
    AnalyseRequest,
    BatchRequest,
    Check,
    CheckRequest,
    Compare,
    CompareRequest,
    Draft,
    Verify,
    VerifyRequest,
)
from .faults import RequestError

Asked = TypeVar("Asked")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]
AT_ONCE = 2
"""Articles of one batch that are worked on at a time, so that others get their turn."""


class RuleRow(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of the catalogue; `page` is Markdown, in `/api/rules/{code}` only."""

    code: str
    name: str
    severity: str
    status: str
    scope: str
    standards: tuple[str, ...]
    options: dict[str, Any]
    page: str | None = None


class ProfileRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bundle of settings."""

    name: str
    about: str


class StandardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A body whose rules can be asked for, and what it publishes, in our words."""

    key: str
    about: str


async def asked(request: Request, kind: type[Asked]) -> Asked:
    """The request's body as a record. Raises `RequestError` (415, 422) where it isn't one."""
    declared = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if declared != "application/json":
        remedy = "Send JSON with Content-Type: application/json."
        raise RequestError(
            415, "Content-Type", f"{declared or 'nothing'!r} is not read here.", remedy
        )
    try:
        return msgspec.json.decode(await request.body(), type=kind)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$")
        where = place.rstrip("`").lstrip(".") or "body"
        raise RequestError(422, where, f"{what}.", "See /api.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError(422, "body", f"this is not JSON ({error}).", "See /api.") from error


def wants_page(request: Request) -> bool:
    """Whether HTML is accepted rather than JSON; who doesn't say has JSON."""
    best = {"html": 0.0, "json": 0.0}
    for part in request.headers.get("accept", "*/*").split(","):
        kind, *given = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for one in given:
            if one.startswith("q="):
                try:
                    quality = float(one[2:])
                except ValueError:
                    quality = 0.0
        for name, kinds in (
            ("html", ("text/html", "application/xhtml+xml", "text/*")),
            ("json", ("application/json", "application/*", "*/*")),
        ):
            if kind in kinds:
                best[name] = max(best[name], quality)
    return best["html"] > best["json"]


def _one_form(draft: Draft, where: str = "") -> None:
    """Raises `RequestError` (422) unless a draft has one of `text`, `html` and `blocks`."""
    forms = [name for name in ("text", "html", "blocks") if getattr(draft, name) is not None]
    if len(forms) != 1:
        what = f"{' and '.join(forms)} are given." if forms else "there is no article in it."
        place = where + (forms[0] if forms else "text")
        raise RequestError(422, place, what, 'Give one of "text", "html" and "blocks".')


def _whole(value: Any) -> Any:
    """A number as JSON means it: 8.0 is a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _settings(given: CheckRequest, where: str = "") -> Settings:
    """The server's settings with what a request says on top, for outlets too.

    Raises `RequestError` (422) for a code, profile or standard that does not exist.
    """

    options = {code: {k: _whole(v) for k, v in own.items()} for code, own in given.options.items()}

    def changed(own: Settings) -> Settings:
        changes = {
            "select": given.select, "ignore": given.ignore, "preview": given.preview,
            "standard": given.standard,
        }  # fmt: skip
        made = msgspec.structs.replace(
            own,
            **{k: v for k, v in changes.items() if v},
            extend_select=(*own.extend_select, *given.extend_select),
            severity={**own.severity, **given.severity},
            options={**own.options, **options},
        )
        return made if given.profile is None else with_profile(made, given.profile)

    for code in (*given.select, *given.ignore, *given.extend_select):
        if not code:
            remedy = "GET /api/rules lists them all."
            raise RequestError(422, f"{where}select", "a code is empty.", remedy)
    try:
        settings = load()
        outlets = {name: changed(own) for name, own in settings.outlets.items()}
        settings = msgspec.structs.replace(changed(settings), outlets=outlets)
        select(all_rules(), settings)
    except ConfigError as error:
        remedy = error.remedy.replace("`onrecord rule` lists all", "GET /api/rules lists all")
        place = where + error.where.removeprefix("--")
        raise RequestError(422, place, error.what, remedy) from error
    return settings


def handlers(pool: work.Work) -> dict[str, Handler]:
    """The handlers by name."""

    async def check(request: Request) -> Response:
        given = await asked(request, CheckRequest)
        _one_form(given)
        shown = wants_page(request)
        made = await pool.run(answers.check, Check(given, _settings(given), shown))
        return _page(made, html.policy()) if shown else _json(answers.document([made]))

    async def batch(request: Request) -> Response:
        given = await asked(request, BatchRequest)
        room = asyncio.Semaphore(AT_ONCE)
        jobs = []
        for n, draft in enumerate(given.articles):
            _one_form(draft, f"articles[{n}].")
            jobs.append(Check(draft, _settings(draft, f"articles[{n}].")))

        async def one(job: Check) -> bytes:
            try:
                async with room:
                    return await pool.run(answers.check, job)
            except RequestError as fault:  # one article never costs another
                return answers.failed(job.asked.id, fault)

        return _json(answers.document(await asyncio.gather(*map(one, jobs))))

    async def analyse(request: Request) -> Response:
        given = await asked(request, AnalyseRequest)
        _one_form(given)
        return _json(await pool.run(answers.analyse, given))

    async def verify(request: Request) -> Response:
        given = await asked(request, VerifyRequest)
        _one_form(given)
        shown = wants_page(request)
        made = await pool.run(answers.verify, Verify(given, shown))
        return _page(made, html.policy()) if shown else _json(made)

    async def compare(request: Request) -> Response:
        given = await asked(request, CompareRequest)
        _one_form(given.first, "first.")
        _one_form(given.second, "second.")
        shown = wants_page(request)
        made = await pool.run(answers.compare, Compare(given, shown))
        return _page(made, compare_policy()) if shown else _json(made)

    async def rules(request: Request) -> Response:
        return _encoded({"rules": [_row(rule) for rule in all_rules()]})

    async def rule(request: Request) -> Response:
        code = request.path_params["code"].upper()
        found = next((r for r in all_rules() if r.code == code), None)
        if found is None:
            raise RequestError(
                404, code, "no rule has this code.", "GET /api/rules lists them all."
            )
        return _encoded(_row(found, page(code)))

    async def bundles(request: Request) -> Response:
        return _encoded(
            {
                "profiles": [ProfileRow(name=k, about=v["about"]) for k, v in profiles().items()],
                "standards": [StandardRow(key=k, about=v) for k, v in standards().items()],
            }
        )

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": __version__})

    return {
        "check": check, "batch": batch, "analyse": analyse, "verify": verify, "compare": compare,
        "rules": rules, "rule": rule, "profiles": bundles, "health": health,
    }  # fmt: skip


def _row(rule: Rule, text: str | None = None) -> RuleRow:
    return RuleRow(
        code=rule.code, name=rule.name, severity=rule.severity, status=rule.status,
        scope=rule.scope, standards=rule.standards, options=rule.options, page=text,
    )  # fmt: skip


def _json(raw: bytes) -> Response:
    return Response(raw, media_type="application/json", headers={"Vary": "Accept"})


def _encoded(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _page(raw: bytes, policy: str) -> Response:
    answer = HTMLResponse(raw, headers={"Vary": "Accept"})
    answer.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'none'"
    return answer
