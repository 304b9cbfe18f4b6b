"""`onrecord lsp`: the language server, over standard input and output."""

import os
import sys

import click

from ..extras import require


@click.command("lsp")
@click.option(
    "--tcp", metavar="PORT", type=click.IntRange(1, 65535), help="Listen on this machine."
)
def command(tcp: int | None) -> int:
    """Serve an editor: findings as you type, who speaks, what a statement rests on.

    An editor starts it and speaks to it over standard input and output; docs/editors.md has the
    settings of VS Code, Neovim, Helix and Zed. Needs onrecord[lsp].
    """
    require("lsp", "onrecord lsp")
    from ..integrations.lsp.server import make

    server = make()
    try:
        if tcp:
            server.start_tcp("127.0.0.1", tcp)
        else:
            # The editor has its own end of the pipe: whatever a library prints goes to the log.
            out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
            server.start_io(sys.stdin.buffer, out)
    finally:
        server.stop()
    return 0
