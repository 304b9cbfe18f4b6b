"""`onrecord report`: what a data set says of who is quoted, as a page or as figures."""

from pathlib import Path

import click

from ..extras import require
from . import inputs


@click.command("report")
@click.argument("folder", metavar="DIR")
@click.option(
    "--format", "form", type=click.Choice(["html", "json", "csv"]), default="html",
    show_default=True,
)  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write to a file.")
def command(folder: str, form: str, output: str | None) -> int:
    """Report on a data set of `onrecord batch`: who is quoted and how much, named against unnamed,
    women and men, organisations, officials, by outlet, section and month, with intervals.
    """
    require("batch", "onrecord report", "pyarrow")
    from ..batch.report import as_csv, as_html, as_json, report

    made = report(Path(folder))
    render = {"html": as_html, "json": as_json, "csv": as_csv}[form]
    with inputs.output(output) as out:
        out.write(render(made))
    return 0
