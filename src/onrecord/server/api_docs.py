"""The API's addresses, its OpenAPI document, and a page that a person reads it on.

The page is made of the same document that programs read; it needs no script and no other host.
"""

import json
from functools import cache
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ..report.html import digest
from . import openapi, pages
from .api import Handler


def routes(calls: dict[str, Handler], *, token: bool) -> list[Route]:
    """The routes of the API; `token` says whether the server wants one."""

    async def document(request: Request) -> Response:
        return JSONResponse(openapi.document(token))

    async def docs(request: Request) -> Response:
        address = f"{request.url.scheme}://{request.headers['host']}"
        values = {**_reference(token), "address": address, "token": token}
        answer = pages.show(
            "api.html", title="API", own_style=Markup(pages.source("api.css")), **values
        )
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src {digest(pages.style())}"
            f" {digest(pages.source('api.css'))}; base-uri 'none'; form-action 'none';"
            " frame-ancestors 'none'"
        )
        return answer

    made = [
        Route(
            one.path,
            calls[_handler(one.path)],
            methods=["POST"] if one.request else ["GET"],
        )
        for one in openapi.OPERATIONS
    ]
    return [*made, Route("/openapi.json", document), Route("/api", docs)]


def _handler(path: str) -> str:
    """The handler of a path: `/api/rules/{code}` is answered by `rule`."""
    if path == "/healthz":
        return "health"
    return "rule" if "{" in path else path.rpartition("/")[2]


@cache
def _reference(token: bool) -> dict[str, Any]:
    """The document as the template shows it: operations with their examples, records, errors."""
    document = openapi.document(token)
    schemas = document["components"]["schemas"]
    operations = []
    for one in openapi.OPERATIONS:
        operations.append(
            {
                "method": "POST" if one.request else "GET",
                "path": one.path,
                "summary": one.summary,
                "request": one.request.__name__ if one.request else None,
                "answer": one.answer.__name__,
                "page": one.page,
                "example": json.dumps(one.example, ensure_ascii=False) if one.example else None,
            }
        )
    records = [
        {"name": name, "about": _flat(schema.get("description", "")), "fields": _fields(schema)}
        for name, schema in sorted(schemas.items())
        if "properties" in schema
    ]
    return {"operations": operations, "records": records, "faults": openapi.FAULTS}


def _fields(schema: dict[str, Any]) -> list[dict[str, Any]]:
    wanted = set(schema.get("required", ()))
    return [
        {
            "name": name,
            "kind": _kind(field),
            "about": field.get("description", ""),
            "required": name in wanted,
            "default": json.dumps(field["default"]) if "default" in field else "",
        }
        for name, field in schema["properties"].items()
    ]


def _kind(schema: dict[str, Any]) -> str:
    """A schema in a few words: `string`, `list of Finding`, `"a" or "b"`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        values = [json.dumps(value) for value in schema["enum"]]
        return " or ".join(values) if len(values) <= 12 else f"{values[0]}, {values[1]} …"
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        if "prefixItems" in schema:
            return f"[{', '.join(map(_kind, schema['prefixItems']))}]"
        return f"list of {_kind(schema['items'])}" if schema.get("items") else "list"
    return str(schema.get("format") or schema.get("type") or "anything")


def _flat(words: str) -> str:
    return " ".join(words.split())
