"""`onrecord analyse`: the analysis of articles, for other programs."""

from typing import Any

import click

from . import inputs, resume


@click.command("analyse")
@inputs.paths
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv"]),
    default="json",
    show_default=True,
)
@inputs.about
@inputs.jobs
def command(paths: tuple[str, ...], form: str, output: str | None, **options: Any) -> int:
    """Write what is found in articles: who says what, and where it stands.

    csv has a row a statement; json and jsonl hold everything, offsets in code points. With -o,
    jsonl grows beside FILE and goes on when the same command is run again after a stop.
    """
    from ..records import Problem
    from ..report import analysis_csv, analysis_json, bare

    inputs.refuse(output, paths)
    articles = inputs.Inputs(
        paths,
        bare=options["no_text"],
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )

    def work(made: Any) -> Any:
        if form == "csv":
            return analysis_csv.rows(bare.analysis(made) if options["no_text"] else made)
        return analysis_json.element(made, no_text=options["no_text"])

    kept = []
    asked = {"command": "analyse", **{k: v for k, v in options.items() if k != "jobs"}}
    opened = resume.lines(output, asked, paths) if form == "jsonl" else inputs.output(output)
    with opened as place:
        out, earlier = place if isinstance(place, tuple) else (place, [])
        if form == "csv":
            out.write(analysis_csv.header())
        for item in articles.each_analysis(work, options["engine"], options["jobs"], len(earlier)):
            if isinstance(item, str):
                out.write(item)
                continue
            row = item
            if isinstance(item, Problem):
                row = analysis_json.failure(item) if item.fatal and form != "csv" else None
            if row is not None and form == "jsonl":
                out.write(analysis_json.line(row))
            elif row is not None:
                kept.append(row)
        if form == "json":
            whole = kept[0] if len(kept) == 1 else kept
            out.write(analysis_json.document(whole))
    return 3 if articles.fatal else 0
