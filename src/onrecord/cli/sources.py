"""`onrecord sources`: who speaks in an article, how much, and what is said of them."""

from typing import Any

import click
import msgspec

from . import inputs


@click.command("sources")
@inputs.paths
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
)
@inputs.about
def command(paths: tuple[str, ...], form: str, output: str | None, **options: Any) -> int:
    """List who speaks: kind, name, title, statements, share of the attributed words."""
    from ..extract import analyse
    from ..records import Problem
    from ..report import register

    inputs.refuse(output, paths)
    articles = inputs.Inputs(
        paths,
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )
    kept = []
    first = True
    with inputs.output(output) as out:
        for item in articles:
            if isinstance(item, Problem):
                continue
            analysis = analyse(item, engine=options["engine"])
            if form == "text":
                out.write(register.as_text(analysis))
            elif form == "csv":
                out.write(register.as_csv(analysis, header=first))
            else:
                entries = msgspec.to_builtins(register.register(analysis))
                kept.append({"id": item.input, "sources": entries})
            first = False
        if form == "json":
            out.write(msgspec.json.format(msgspec.json.encode(kept), indent=2).decode() + "\n")
    return 3 if articles.fatal else 0
