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
@click.option(
    "--sure",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="P",
    help="Leave out statements whose speaker is less sure than this probability.",
)
@inputs.about
def command(
    paths: tuple[str, ...], form: str, sure: float, output: str | None, **options: Any
) -> int:
    """List who speaks: kind, name, title, statements, share of the attributed words."""
    from ..extract import analyse
    from ..records import Problem
    from ..report import bare, register

    inputs.refuse(output, paths)
    articles = inputs.Inputs(
        paths,
        bare=options["no_text"],
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )

    def work(article: Any) -> Any:
        analysis = analyse(article, engine=options["engine"])
        analysis = bare.analysis(analysis) if options["no_text"] else analysis
        if form == "text":
            return register.as_text(analysis, sure)
        if form == "csv":
            return register.as_csv(analysis, header=False, sure=sure)
        entries = msgspec.to_builtins(register.register(analysis, sure))
        return {"id": article.input, "sources": entries}

    kept = []
    with inputs.output(output) as out:
        if form == "csv":
            out.write(register.header())
        for item in articles.each(work):
            if isinstance(item, str):
                out.write(item)
            elif not isinstance(item, Problem):
                kept.append(item)
        if form == "json":
            out.write(msgspec.json.format(msgspec.json.encode(kept), indent=2).decode() + "\n")
    return 3 if articles.fatal else 0
