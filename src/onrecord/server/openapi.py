"""The OpenAPI document, made of the records that the API reads and writes."""

from functools import cache
from typing import Any

import msgspec

from .. import __version__
from ..records import Analysis, Finding, Verdict
from .api import RuleRow
from .jobs import CheckRequest, Draft, VerifyRequest


class Error(msgspec.Struct, frozen=True):
    """What went wrong: where, what, and what to do."""

    where: str
    what: str
    remedy: str


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The one shape of every error."""

    error: Error


class CheckedArticle(msgspec.Struct, frozen=True):
    """An article's findings."""

    id: str
    findings: list[Finding]
    problems: list[Error]


class CheckAnswer(msgspec.Struct, frozen=True):
    """What `onrecord check --format json` writes."""

    schema: int
    articles: list[CheckedArticle]


class VerifiedArticle(msgspec.Struct, frozen=True):
    """The verdicts on an article's quotations."""

    id: str
    materials: list[str]
    verdicts: list[Verdict]


class VerifyAnswer(msgspec.Struct, frozen=True):
    """What `onrecord verify --format json` writes."""

    schema: int
    articles: list[VerifiedArticle]
    problems: list[Error]


class Rules(msgspec.Struct, frozen=True):
    """The catalogue."""

    rules: list[RuleRow]


class Health(msgspec.Struct, frozen=True):
    """The server answers."""

    status: str
    version: str


_ASKED = {"/api/check": CheckRequest, "/api/analyse": Draft, "/api/verify": VerifyRequest}
_ANSWERS: dict[str, Any] = {
    "/api/check": CheckAnswer,
    "/api/analyse": Analysis,
    "/api/verify": VerifyAnswer,
    "/api/rules": Rules,
    "/api/rules/{code}": RuleRow,
    "/healthz": Health,
}
_FAULTS = {
    "400": "The request itself is malformed.",
    "403": "The request comes from another site.",
    "408": "The body came in too slowly.",
    "413": "The body or the article is too large.",
    "415": "The body is not JSON.",
    "422": "The body isn't what is asked for, or holds no article.",
    "503": "Too much is waiting, or the work took too long; see Retry-After.",
}


@cache
def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    types = [*_ASKED.values(), *_ANSWERS.values(), ErrorAnswer]
    shown, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    schemas = dict(zip(types, shown, strict=True))
    error = _content(schemas[ErrorAnswer])
    paths: dict[str, Any] = {}
    for path, answer in _ANSWERS.items():
        operation: dict[str, Any] = {
            "operationId": path.strip("/").replace("/", "_").replace("{", "").replace("}", ""),
            "summary": (answer.__doc__ or "").split("\n")[0],
            "responses": {
                "200": {"description": "The answer.", "content": _content(schemas[answer])}
            },
        }
        if path in _ASKED:
            body = {"required": True, "content": _content(schemas[_ASKED[path]])}
            operation["requestBody"] = body
            for code, words in _FAULTS.items():
                operation["responses"][code] = {"description": words, "content": error}
        elif "{" in path:
            operation["parameters"] = [
                {"name": "code", "in": "path", "required": True, "schema": {"type": "string"}}
            ]
            operation["responses"]["404"] = {"description": "No such rule.", "content": error}
        paths[path] = {"post" if path in _ASKED else "get": operation}
    return {
        "openapi": "3.1.0",
        "info": {"title": "onrecord", "version": __version__},
        "paths": paths,
        "components": {"schemas": components},
    }


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
