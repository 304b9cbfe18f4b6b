"""The protocol: tools with their schemas, over standard input and output.

Answers are structured, with the same JSON as text behind a notice for clients that only read text.
Work is done by the web server's workers, so that no article brings the server down.
"""

import asyncio
from functools import cache
from typing import Any

import msgspec

from .. import __version__
from ..errors import OnrecordError
from ..server.faults import RequestError
from ..server.work import Work
from . import tools
from .folders import Folders

INSTRUCTIONS = (
    "onrecord says on whose word the statements of a news article stand, on this machine, without"
    f" a network. It never says whether something is true. {tools.NOTICE}"
)


@cache
def schemas() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """The input and output schema of every tool, each whole in itself."""
    return {t.name: (_whole(t.takes), _whole(t.answers)) for t in tools.TOOLS}


def _whole(record: Any) -> dict[str, Any]:
    """A record's JSON Schema with an object at its root, as the protocol wants it."""
    schema = msgspec.json.schema(record)
    own = schema["$ref"].rpartition("/")[2]
    return {**schema["$defs"][own], "$defs": schema["$defs"]}


def build(folders: Folders, pool: Work) -> Any:
    """The server of the `mcp` library, for any of its transports."""
    from mcp import types
    from mcp.server.lowlevel import Server

    known = {tool.name: tool for tool in tools.TOOLS}

    async def list_tools(context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description + _about_files(tool, folders),
                    input_schema=schemas()[tool.name][0],
                    output_schema=schemas()[tool.name][1],
                    annotations=types.ToolAnnotations(
                        read_only_hint=True,
                        destructive_hint=False,
                        idempotent_hint=True,
                        open_world_hint=False,
                    ),
                )
                for tool in tools.TOOLS
            ]
        )

    async def call_tool(context: Any, params: Any) -> types.CallToolResult:
        try:
            tool = known.get(params.name)
            if tool is None:
                names = ", ".join(known)
                raise OnrecordError(params.name, "there is no such tool.", f"There are: {names}.")
            raw = await _answer(tool, params.arguments or {}, folders, pool)
        except (OnrecordError, RequestError) as error:
            said = f"{error.where}: {error.what} {error.remedy}".strip()
            return types.CallToolResult(
                content=[types.TextContent(text=tools.quoted(said).quoted)], is_error=True
            )
        text = raw.decode()
        if tool.job is not None:
            text = f"{tools.NOTICE}\n{text}"
        return types.CallToolResult(
            content=[types.TextContent(text=text)], structured_content=msgspec.json.decode(raw)
        )

    return Server(
        "onrecord",
        version=__version__,
        title="onrecord",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def _answer(
    tool: tools.Tool, arguments: dict[str, Any], folders: Folders, pool: Work
) -> bytes:
    try:
        given = msgspec.convert(arguments, type=tool.takes)
    except msgspec.ValidationError as error:
        remedy = "See the tool's input schema."
        raise OnrecordError(tool.name, f"{error}.", remedy) from None
    if tool.job is None:
        return msgspec.json.encode(tools.explain(given))
    asked = await asyncio.to_thread(tools.asked_of, given, folders)
    return await pool.run(tool.job, asked)


def _about_files(tool: tools.Tool, folders: Folders) -> str:
    if tool.job is None:
        return ""
    return f" Files are read from: {folders.shown}." if folders else " Give texts; no file is read."


async def serve(folders: Folders) -> None:
    """Serve one client over standard input and output until it goes."""
    from mcp.server.stdio import stdio_server

    pool = Work()
    server = build(folders, pool)
    try:
        async with stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    finally:
        pool.close()
