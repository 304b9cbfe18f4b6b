"""`onrecord compare`: what do two articles, or two versions, have in common, and what changed?"""

from typing import Any

import click

from . import inputs

FORMATS = ("full", "json", "html")


@click.command("compare")
@click.argument("first", metavar="A")
@click.argument("second", metavar="B")
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@inputs.about
def command(first: str, second: str, form: str, output: str | None, **options: Any) -> int:
    """Compare two articles or two versions: statements in both, only in one, changed.

    Each of A and B is a file with one article, or - for standard input. Exits with 0 whether or not
    they differ, with 3 where one can't be read.
    """
    from ..errors import ConfigError
    from ..extract import analyse
    from ..report.comparison import render as comparison
    from ..report.comparison.diff import compare

    if first == second == "-":
        remedy = "Give one of the two as a file."
        raise ConfigError("-", "standard input can't be both articles at once.", remedy)
    inputs.refuse(output, (first, second))
    pair = [_article(path, options) for path in (first, second)]
    if pair[0] is None or pair[1] is None:
        return 3
    made = compare(*(analyse(article, engine=options["engine"]) for article in pair))
    render = {
        "full": comparison.as_text,
        "json": comparison.as_json,
        "html": comparison.compare_page,
    }[form]
    with inputs.output(output) as out:
        out.write(render(made, no_text=options["no_text"]))
    return 0


def _article(path: str, options: dict[str, Any]) -> Any:
    """The one article of a path, or None where there is none; every problem is said."""
    from ..records import Article, Problem

    given = {
        "title": options["title"],
        "outlet": options["outlet"],
        "published": inputs.as_date(options["published"]),
    }
    found = [
        item
        for item in inputs.Inputs([path], bare=options["no_text"], **given)
        if isinstance(item, Article)
    ]
    if len(found) > 1:
        what = f"there are {len(found)} articles here; the first is compared."
        remedy = "Give each article a file of its own."
        inputs.say(Problem(where=path, what=what, remedy=remedy, fatal=False))
    return found[0] if found else None
