"""`onrecord mcp`: a server for agents, over standard input and output."""

import asyncio
from contextlib import suppress

import click

from ..extras import require


@click.command("mcp")
@click.argument("folders", nargs=-1, metavar="[FOLDER...]")
def command(folders: tuple[str, ...]) -> int:
    """Answer an agent over the Model Context Protocol (standard input and output).

    Tools: check_article, who_speaks, verify_quotations, explain_rule, compare_versions. Files are
    read only from the folders named here; without one, only texts that the agent gives. Needs
    `pip install 'onrecord[mcp]'`.
    """
    require("mcp", "onrecord mcp")
    from ..mcp.folders import Folders
    from ..mcp.server import serve

    with suppress(KeyboardInterrupt):
        asyncio.run(serve(Folders(folders)))
    return 0
