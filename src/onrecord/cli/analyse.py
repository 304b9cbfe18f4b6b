"""`onrecord analyse`: the analysis of articles, for other programs."""

import io
import re
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import click

from ..errors import ConfigError
from . import inputs, resume

FORMATS = ("json", "jsonl", "csv", "webannotation", "brat", "conll")


@click.command("analyse")
@inputs.paths
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="json",
    show_default=True,
)
@inputs.about
@inputs.jobs
def command(paths: tuple[str, ...], form: str, output: str | None, **options: Any) -> int:
    """Write what is found in articles: who says what, and where it stands.

    csv has a row a statement; json and jsonl hold everything, offsets in code points; webannotation
    is W3C JSON-LD, conll CoNLL-U Plus; brat writes a text and its annotations for each article into
    the folder of -o. With -o, jsonl grows beside FILE and goes on when the same command is run
    again after a stop.
    """
    from ..records import Problem
    from ..report import analysis_csv, analysis_json, conll

    folder = _folder(output) if form == "brat" else None
    if folder is None:
        inputs.refuse(output, paths)
    articles = inputs.Inputs(
        paths,
        bare=options["no_text"],
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )

    work = partial(_made, form, options["no_text"], folder)
    kept = []
    asked = {"command": "analyse", **{k: v for k, v in options.items() if k != "jobs"}}
    opened: Any = inputs.output(output) if folder is None else nullcontext(io.StringIO())
    if form == "jsonl":
        opened = resume.lines(output, asked, paths)
    with opened as place:
        out, earlier = place if isinstance(place, tuple) else (place, [])
        if form in ("csv", "conll"):
            out.write(analysis_csv.header() if form == "csv" else conll.header())
        for item in articles.each_analysis(work, options["engine"], options["jobs"], len(earlier)):
            if isinstance(item, str):
                out.write(item)
                continue
            row = item
            if isinstance(item, Problem):
                said = item.fatal and form in ("json", "jsonl")
                row = analysis_json.failure(item) if said else None
            if row is not None and form == "jsonl":
                out.write(analysis_json.line(row))
            elif row is not None:
                kept.append(row)
        if form in ("json", "webannotation"):
            whole = kept[0] if len(kept) == 1 else kept
            out.write(analysis_json.document(whole))
    return 3 if articles.fatal else 0


def _made(form: str, no_text: bool, folder: Path | None, analysis: Any) -> Any:
    """What is written of one article: a row of JSON, or text; for brat files in a folder."""
    from .. import files
    from ..report import analysis_csv, analysis_json, bare, brat, conll, webannotation

    shown = bare.analysis(analysis) if no_text else analysis
    if form == "csv":
        return analysis_csv.rows(shown)
    if form == "conll":
        return conll.document(shown)
    if form == "webannotation":
        return webannotation.collection(shown, no_text=no_text)
    if folder is None:
        return analysis_json.element(analysis, no_text=no_text)
    name = re.sub(r"[^\w.-]+", "_", analysis.article.input).strip("._") or "article"
    stem, number = name, 1
    while (folder / f"{stem}.txt").exists():
        number += 1
        stem = f"{name}-{number}"
    files.write_bytes(folder / f"{stem}.txt", shown.article.text.encode())
    files.write_bytes(folder / f"{stem}.ann", brat.annotations(shown).encode())
    return ""


def _folder(output: str | None) -> Path:
    """The folder that brat's files go into, made if it isn't there, with their configuration.

    Raises `ConfigError` where none is named, or one that holds something.
    """
    from .. import files
    from ..report import brat

    if output in (None, "-"):
        remedy = "Name a folder: -o annotations/."
        raise ConfigError("--format brat", "is written to a folder.", remedy)
    folder = Path(str(output))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise ConfigError("-o", f"{output} isn't empty.", "Name a new folder.")
    except OSError as error:
        raise files.fault(str(output), error) from error
    files.write_bytes(folder / "annotation.conf", brat.configuration().encode())
    return folder
