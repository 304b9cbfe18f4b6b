"""`onrecord serve`: the reading view and the HTTP API on this machine."""

import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from ..errors import ConfigError
from . import inputs

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("serve")
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--token", metavar="TEXT", help="What callers must show; `auto` makes one up.")
@click.option(
    "--allow-origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Let pages of this origin call the API, for instance https://cms.example:8080.",
)
@click.option("--keep", metavar="FOLDER", help="Keep articles there; else they are forgotten.")
@click.option("--baseline", metavar="FILE", help="Where dismissals are kept; `check` reads it too.")
@click.option("--ledger", metavar="FILE|URL", help="Show this ledger's pages under /ledger.")
@click.option("--outlet", metavar="NAME", help="Who publishes the articles given here.")
def command(paths: tuple[str, ...], host: str, port: int, token: str | None, **options: Any) -> int:
    """Read articles in a browser; nothing leaves this machine.

    Articles named here are on the list from the start. An address other than loopback needs a
    token.
    """
    import uvicorn

    from ..extract import analyse
    from ..records import Problem
    from ..server import serving
    from ..server.app import build
    from ..server.shelf import Shelf
    from ..server.work import Work

    if token == "auto":
        token = secrets.token_urlsafe(18)
    if host not in LOOPBACK and not token:
        remedy = "Add --token auto, and give the address only to those who may read the drafts."
        raise ConfigError("--host", f"{host} can be reached from other machines.", remedy)
    origins = [_origin(given) for given in options["origins"]]
    keep, baseline = options["keep"], options["baseline"]
    inputs.refuse(None, paths, baseline=baseline)
    shelf = Shelf(Path(keep) if keep else None, Path(baseline) if baseline else None)
    socket = serving.bind(host, port)
    articles = inputs.Inputs(paths, outlet=options["outlet"]) if paths else ()
    first = [analyse(item) for item in articles if not isinstance(item, Problem)]
    serving.more_files()
    ledger = None
    if options["ledger"]:
        from ..ledger import open_ledger

        ledger = open_ledger(options["ledger"])
    pool = Work()
    try:
        app = build(
            hosts=LOOPBACK if host in LOOPBACK else (),
            token=token,
            shelf=shelf,
            first=first,
            pool=pool,
            ledger=ledger,
            origins=origins,
        )
        pool.start()
        shown = f"[{host}]" if ":" in host else host
        tail = f"?token={token}" if token else ""
        click.echo(f"Reading at http://{shown}:{socket.getsockname()[1]}/{tail}  (Ctrl-C ends it)")
        if ledger is not None:
            click.echo(f"The ledger at  http://{shown}:{socket.getsockname()[1]}/ledger{tail}")
        with suppress(KeyboardInterrupt):  # Ctrl-C is how it is meant to end
            uvicorn.Server(serving.config(app)).run(sockets=[socket])
    finally:
        pool.close()
        socket.close()
    return 0


def _origin(given: str) -> str:
    """An origin as a browser writes it. Raises `ConfigError` for what is none."""
    parts, port = urlsplit(given.strip()), None
    with suppress(ValueError):
        port = parts.port
    host = parts.hostname
    if parts.scheme not in ("http", "https") or not host or parts.path.strip("/") or parts.query:
        what = f"{given!r} is no origin, and * is not taken: any page could call then."
        remedy = "Name the CMS's own, as in its address bar: https://cms.example or http://localhost:3000."
        raise ConfigError("--allow-origin", what, remedy)
    shown = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}[parts.scheme]
    return f"{parts.scheme}://{shown}" + (f":{port}" if port and port != usual else "")
