"""`onrecord watch`: follow feeds into a ledger."""

import time
from pathlib import Path
from typing import Any

import click

from .ledger import DEFAULT


@click.command("watch")
@click.argument("feeds", metavar="FEEDS.toml")
@click.option(
    "--every", type=click.IntRange(5), metavar="MINUTES", help="Again and again; else once."
)
@click.option(
    "--db", metavar="FILE|URL", default=DEFAULT, show_default=True, envvar="ONRECORD_DB",
    help="The ledger.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["full", "json"]), default="full", show_default=True
)
def command(feeds: str, every: int | None, db: str, form: str) -> int:
    """Read RSS and Atom feeds into the ledger and say what is new: the one verb that uses the
    network.

    Keeps to robots.txt, asks only for what changed, gives hosts time, says who it is, and refuses
    private addresses. Needs onrecord[watch].
    """
    from ..ledger import open_ledger
    from ..ledger.watch import read_feeds, watch

    given = read_feeds(Path(feeds))
    ledger = open_ledger(db, create=True)
    while True:
        made = watch(ledger, given)
        _say(made, form)
        if every is None:
            return 3 if made.problems and not (made.added or made.versions or made.unchanged) else 0
        time.sleep(60 * every)


def _say(made: Any, form: str) -> None:
    from ..ledger import render
    from ..report import visible

    if form == "json":
        click.echo(render.as_json(made), nl=False)
        return
    click.echo(
        f"{made.feeds} feeds, {made.unchanged} unchanged: {made.added} articles added,"
        f" {made.versions} new versions, {made.families} quotations that others had already."
    )
    for title, group in (
        ("Silent changes", made.silent_changes),
        ("One voice, several outlets", made.one_voice),
        ("Other", made.other),
    ):
        if group:
            click.echo(f"{title}:")
        for news in group:
            click.echo(f"  {visible(news.outlet or '-')}: {visible(news.title or news.url)}")
            click.echo(f"    {news.code} {visible(news.message)}")
    for problem in made.problems:
        click.echo(f"note: {visible(problem)}", err=True)
