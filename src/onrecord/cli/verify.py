"""`onrecord verify`: is every quotation really in the transcript?"""

from typing import Any

import click

from ..report.paint import Paint
from . import against, commented, inputs

FORMATS = ("full", "json", "html", "csv", "md", "docx", "sarif")


@click.command("verify", cls=against.Command)
@inputs.paths
@against.options
@click.option("--format", "form", type=click.Choice(FORMATS), default="full", show_default=True)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@inputs.colour
@inputs.about
def command(
    paths: tuple[str, ...], form: str, exit_zero: bool, output: str | None, **options: Any
) -> int:
    """Hold every quotation against transcripts, notes, releases.

    Name the story first, then --against and the files: text, Markdown, HTML, DOCX, PDF with a text
    layer, SRT, VTT, recognisers' JSON, tables. Exits with 1 where a quotation is altered, stitched,
    given to another speaker, a paraphrase, or not found.
    """
    from ..errors import ConfigError
    from ..extract import analyse
    from ..records import Problem
    from ..report import bare
    from ..verifier import FAULTS

    if not options["against"] and not options["speakers"]:
        remedy = "Name the transcript or notes: onrecord verify story.txt --against transcript.txt."
        raise ConfigError("--against", "there is nothing to hold the quotations against.", remedy)
    if form == "docx":
        commented.needs_file(output)
    if "-" in paths and "-" in options["against"]:
        remedy = "Give one of the two as a file."
        raise ConfigError("-", "standard input can't be story and material at once.", remedy)
    inputs.refuse(output, [*paths, *against.files(options)])
    materials = against.Materials(
        options["against"],
        options["speakers"],
        options["tolerate"],
        bare=options["no_text"],
        transcript=options["transcript"],
        index=options["index"],
    )
    articles = inputs.Inputs(
        paths,
        bare=options["no_text"],
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )
    faults, missing, kept = 0, 0, []

    def work(article: Any) -> tuple[Any]:
        made = materials.verdicts(analyse(article, engine=options["engine"]))
        return (bare.verification(made) if made and options["no_text"] else made,)

    for item in articles.each(work):
        if isinstance(item, Problem):
            materials.problems.append(item)
        elif item[0] is None:
            missing += 1
        else:
            faults += sum(verdict.verdict in FAULTS for verdict in item[0].verdicts)
            kept.append(item[0])
    if missing:
        what = "there is nothing left to hold the quotations against."
        materials.say(Problem(where="--against", what=what, remedy="Give a transcript or notes."))
    if kept or form == "json" or not (articles.fatal or missing):
        if form == "docx" and output:
            from ..report import verdicts

            no_text = options["no_text"]
            said = [(v.analysis.article, verdicts.comments(v, no_text=no_text)) for v in kept]
            commented.write(output, said, no_text=no_text)
            return _code(exit_zero, bool(articles.fatal or materials.fatal or missing), faults)
        with inputs.output(output) as out:
            paint = inputs.painted(out, options["when"])
            out.write(_render(form, kept, materials.problems, options["no_text"], paint))
    return _code(exit_zero, bool(articles.fatal or materials.fatal or missing), faults)


def _code(exit_zero: bool, broken: bool, faults: int) -> int:
    if exit_zero:
        return 0
    return 3 if broken else 1 if faults else 0


def _render(form: str, made: list[Any], problems: list[Any], no_text: bool, paint: Paint) -> str:
    from ..report import verdicts

    if form == "full":
        return verdicts.as_text(made, no_text=no_text, paint=paint)
    if form == "json":
        return verdicts.as_json(made, problems, no_text=no_text)
    if form == "csv":
        return verdicts.as_csv(made, no_text=no_text)
    if form == "md":
        return verdicts.as_markdown(made, no_text=no_text)
    from ..linter import lint
    from ..records import Context
    from ..rules import all_rules

    if form == "sarif":
        from ..report import sarif

        rules = [rule for rule in all_rules() if rule.code == "QUO201"]
        lints = [lint(Context(analysis=v.analysis, verdicts=v.verdicts), rules=rules) for v in made]
        return sarif.render(lints, no_text=no_text)
    from ..report import html

    lints = [lint(Context(analysis=v.analysis, verdicts=v.verdicts)) for v in made]
    return html.render_many(lints, verifications=made, no_text=no_text)
