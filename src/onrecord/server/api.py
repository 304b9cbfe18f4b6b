"""The HTTP API for CMS builders: the command line's JSON over HTTP, every error in one shape."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .. import __version__
from ..config import load
from ..errors import ConfigError
from ..records import Rule, Settings
from ..rules import all_rules, page, select
from . import jobs, work
from .faults import RequestError
from .jobs import CheckRequest, Draft, VerifyRequest

Asked = TypeVar("Asked")
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


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
        raise RequestError(422, where, f"{what}.", "See /openapi.json.") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise RequestError(
            422, "body", f"this is not JSON ({error}).", "See /openapi.json."
        ) from error


def _settings(given: CheckRequest) -> Settings:
    """Raises `RequestError` (422) for a code that no rule has."""
    changes = {"select": given.select, "ignore": given.ignore, "preview": given.preview}
    settings = msgspec.structs.replace(load(), **{k: v for k, v in changes.items() if v})
    try:
        select(all_rules(), settings)
    except ConfigError as error:
        raise RequestError(422, error.where, error.what, error.remedy) from error
    return settings


def handlers(pool: work.Work) -> dict[str, Handler]:
    """The handlers by name."""

    async def check(request: Request) -> Response:
        given = await asked(request, CheckRequest)
        job = jobs.Check(given, _settings(given))
        return Response(await pool.run(jobs.check, job), media_type="application/json")

    async def analyse(request: Request) -> Response:
        given = await asked(request, Draft)
        return Response(await pool.run(jobs.analyse, given), media_type="application/json")

    async def verify(request: Request) -> Response:
        given = await asked(request, VerifyRequest)
        if not given.against:
            what = "there is nothing to hold it against."
            raise RequestError(422, "against", what, "Give a transcript's text.")
        return Response(await pool.run(jobs.verify, given), media_type="application/json")

    async def rules(request: Request) -> Response:
        return _json({"rules": [_row(rule) for rule in all_rules()]})

    async def rule(request: Request) -> Response:
        code = request.path_params["code"].upper()
        found = next((r for r in all_rules() if r.code == code), None)
        if found is None:
            raise RequestError(
                404, code, "no rule has this code.", "GET /api/rules lists them all."
            )
        return _json(_row(found, page(code)))

    async def health(request: Request) -> Response:
        return JSONResponse({"status": "ok", "version": __version__})

    return {
        "check": check, "analyse": analyse, "verify": verify, "rules": rules, "rule": rule,
        "health": health,
    }  # fmt: skip


def _row(rule: Rule, text: str | None = None) -> RuleRow:
    return RuleRow(
        code=rule.code, name=rule.name, severity=rule.severity, status=rule.status,
        scope=rule.scope, standards=rule.standards, options=rule.options, page=text,
    )  # fmt: skip


def _json(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")
