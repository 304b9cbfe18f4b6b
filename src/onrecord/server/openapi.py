"""The OpenAPI document, made of the records that the API reads and writes."""

import ast
import inspect
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import msgspec

from .. import __version__, records
from ..config import profiles, standards
from ..report.comparison import diff
from ..rules import MOST, all_rules
from . import answers, api, asked
from .answers import AnalyseAnswer, CheckAnswer, CompareAnswer, VerifyAnswer
from .api import ProfileRow, RuleRow, StandardRow
from .asked import (
    AnalyseRequest,
    BatchRequest,
    CheckRequest,
    CompareRequest,
    VerifyRequest,
)


class Error(msgspec.Struct, frozen=True):
    """What went wrong: where, what, and what to do."""

    where: str
    what: str
    remedy: str


class ErrorAnswer(msgspec.Struct, frozen=True):
    """The one shape of every error."""

    error: Error


class Rules(msgspec.Struct, frozen=True):
    """The catalogue of rules."""

    rules: list[RuleRow]


class Profiles(msgspec.Struct, frozen=True):
    """The profiles and the standards that can be asked for."""

    profiles: list[ProfileRow]
    standards: list[StandardRow]


class Health(msgspec.Struct, frozen=True):
    """The server answers."""

    status: str
    version: str


class Operation(NamedTuple):
    """A path of the API: what is asked, what is answered."""

    path: str
    summary: str
    answer: Any
    request: Any = None
    page: bool = False
    """Whether it answers HTML to who accepts that."""
    example: dict[str, Any] | None = None


_EXAMPLE = (
    "Quay to close\n\nThe quay will close in May, a source said. "
    "“It is not safe,” said Priya Nandakumar, the harbour master."
)
OPERATIONS = (
    Operation(
        "/api/check", "Check an article: its findings, and what they point to.", CheckAnswer,
        CheckRequest, page=True,
        example={"text": _EXAMPLE, "units": "utf-16", "include": ["text", "excerpts"]},
    ),
    Operation(
        "/api/batch", "Check several articles; one that can't be read costs no other.",
        CheckAnswer, BatchRequest, example={"articles": [{"id": "quay-1", "text": _EXAMPLE}]},
    ),
    Operation(
        "/api/analyse", "Say who says what in an article.", AnalyseAnswer, AnalyseRequest,
        example={"html": "<p>The quay will close in May, a source said.</p>"},
    ),
    Operation(
        "/api/verify", "Hold an article's quotations against transcripts or notes.", VerifyAnswer,
        VerifyRequest, page=True,
        example={
            "text": _EXAMPLE,
            "against": [{"name": "interview", "text": "NANDAKUMAR: It is really not safe."}],
        },
    ),
    Operation(
        "/api/compare", "Say what two articles or versions have in common and what changed.",
        CompareAnswer, CompareRequest, page=True,
        example={
            "first": {"text": _EXAMPLE}, "second": {"text": _EXAMPLE.replace("May", "June")},
        },
    ),
    Operation("/api/rules", "List the rules.", Rules),
    Operation("/api/rules/{code}", "Explain a rule, with its page.", RuleRow),
    Operation("/api/profiles", "List profiles and standards.", Profiles),
    Operation("/healthz", "Say whether the server is alive; wants no token.", Health),
)  # fmt: skip
FAULTS = {
    "400": "The request itself is malformed.",
    "401": "The server wants its token, and it isn't there or isn't right.",
    "403": "The request comes from a site that is not allowed.",
    "408": "The body came in too slowly.",
    "413": "The body or the article is too large.",
    "415": "The body is not JSON.",
    "421": "The server goes by another name.",
    "422": "The body isn't what is asked for, or holds no article.",
    "500": "The server broke down on it; no word of the article is said.",
    "503": "Too much is waiting, or the work took too long; see Retry-After.",
}
_BY_GET = ("400", "401", "421", "500", "503")


@cache
def document(token: bool = False) -> dict[str, Any]:
    """The OpenAPI 3.1 document; `token` says whether this server wants one."""
    types = [o.request for o in OPERATIONS if o.request]
    types += [o.answer for o in OPERATIONS]
    shown, components = msgspec.json.schema_components(
        [*types, ErrorAnswer], ref_template="#/components/schemas/{name}"
    )
    schemas = dict(zip([*types, ErrorAnswer], shown, strict=True))
    _describe(components)
    _narrow(components)
    error = _content(schemas[ErrorAnswer])
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        method = "post" if one.request else "get"
        answers = _content(schemas[one.answer])
        if one.page:
            answers["text/html"] = {"schema": {"type": "string"}}
        operation: dict[str, Any] = {
            "operationId": one.path.strip("/").replace("/", "_").replace("{", "").rstrip("}"),
            "summary": one.summary,
            "responses": {"200": {"description": "The answer.", "content": answers}},
        }
        if one.request:
            body = _content(schemas[one.request])
            body["application/json"]["example"] = one.example
            operation["requestBody"] = {"required": True, "content": body}
        if "{" in one.path:
            operation["parameters"] = [
                {
                    "name": "code", "in": "path", "required": True,
                    "schema": {"type": "string", "minLength": 1}, "example": "ANO001",
                }
            ]  # fmt: skip
            operation["responses"]["404"] = {"description": "No such rule.", "content": error}
        for status in FAULTS if one.request else _BY_GET:
            operation["responses"][status] = _fault(status, error)
        if one.path == "/healthz":
            operation["security"] = []
            del operation["responses"]["401"]
        paths[one.path] = {method: operation}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": __version__,
            "description": "On whose word does every statement in a news article stand?",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}] if token else [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that `onrecord serve --token` was started with.",
                }
            },
        },
    }


def _fault(status: str, error: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"description": FAULTS[status], "content": error}
    if status == "503":
        made["headers"] = {
            "Retry-After": {
                "description": "Seconds after which to try again.", "schema": {"type": "integer"},
            }
        }  # fmt: skip
    return made


def _describe(components: dict[str, Any]) -> None:
    """Put what the records' sources say of each field into its schema."""
    for name, schema in components.items():
        places = (answers, asked, api, diff, records, records.analysis)
        found = next((getattr(m, name) for m in places if hasattr(m, name)), None)
        for field, words in _field_notes(found) if found else ():
            if field in schema.get("properties", ()):
                schema["properties"][field]["description"] = words


def _field_notes(record: type) -> Iterator[tuple[str, str]]:
    """The fields of a record, its bases' first, with the strings that stand under them."""
    for kind in reversed(record.__mro__):
        try:
            source = textwrap.dedent(inspect.getsource(kind))
        except (OSError, TypeError):  # made by msgspec, or built in
            continue
        body = ast.parse(source).body[0]
        statements = body.body if isinstance(body, ast.ClassDef) else []
        for before, after in pairwise(statements):
            if (
                isinstance(before, ast.AnnAssign)
                and isinstance(before.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                yield before.target.id, " ".join(str(after.value.value).split())


def _narrow(components: dict[str, Any]) -> None:
    """Say in the schemas what only the catalogue knows: codes, profiles, standards, options."""
    codes = [rule.code for rule in all_rules()]
    families = {code.rstrip("0123456789") for code in codes}
    fields = components["CheckRequest"]["properties"]
    for name in ("select", "ignore", "extend_select"):
        fields[name]["items"] = {
            "type": "string",
            "pattern": _in_any_case({"ALL", *families, *codes}),
        }
    fields["standard"]["items"] = {"type": "string", "enum": sorted(standards())}
    fields["profile"]["anyOf"] = [{"enum": sorted(profiles())}, {"type": "null"}]
    fields["severity"]["propertyNames"] = {"pattern": _one_of(codes)}
    fields["options"] = {
        **{k: v for k, v in fields["options"].items() if k != "additionalProperties"},
        "properties": {rule.code: _options(rule.options) for rule in all_rules() if rule.options},
        "additionalProperties": {"type": "object", "maxProperties": 0},
        "propertyNames": {"pattern": _one_of(codes)},
    }
    for schema in components.values():
        if {"text", "html", "blocks", "kind"} <= schema.get("properties", {}).keys():
            schema["oneOf"] = [
                {"required": [name], "properties": {name: {"not": {"type": "null"}}}}
                for name in ("text", "html", "blocks")
            ]
            given = next(f for f in schema["properties"]["blocks"]["anyOf"] if "items" in f)
            given["contains"] = {"properties": {"text": {"pattern": r"\S"}}}


def _in_any_case(codes: Iterable[str]) -> str:
    """A pattern of codes, their letters small or large: JSON Schema's patterns know no flags."""
    shapes = ("".join(f"[{c}{c.lower()}]" if c.isalpha() else c for c in code) for code in codes)
    return f"^({'|'.join(sorted(shapes))})$"


def _one_of(codes: Iterable[str]) -> str:
    return f"^({'|'.join(sorted(codes))})$"


def _options(defaults: dict[str, Any]) -> dict[str, Any]:
    """The schema of a rule's options: each of its default's type."""

    def one(default: Any) -> dict[str, Any]:
        if isinstance(default, list):
            return {"type": "array", "items": {"type": "string"}, "default": default}
        return {"type": "integer", "minimum": -MOST, "maximum": MOST, "default": default}

    return {
        "type": "object",
        "properties": {name: one(value) for name, value in defaults.items()},
        "additionalProperties": False,
    }


def _content(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
