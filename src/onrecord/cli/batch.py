"""`onrecord batch`: a corpus into tables, on all cores; stopped and run again, it goes on."""

import os
import signal
from typing import Any

import click

from ..errors import ConfigError
from ..extras import require
from . import check
from .progress import Progress

FIELDS = ("text", "title", "id", "date", "outlet", "section")


def _fields(function: Any) -> Any:
    for name in reversed(FIELDS):
        function = click.option(
            f"--{name}-field", metavar="NAME", help=f"The column or key that holds the {name}."
        )(function)
    return function


@click.command("batch")
@click.argument("paths", nargs=-1, required=True, metavar="IN...|-")
@click.option("--out", required=True, metavar="DIR", help="The folder of the data set.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes.  [default: cores]"
)
@_fields
@click.option(
    "--input-format",
    type=click.Choice(["jsonl", "csv", "tsv", "parquet", "warc"]),
    help="What the inputs are, where their names don't tell.",
)
@click.option("--outlet", metavar="NAME", help="Who publishes what doesn't say it.")
@click.option("--no-text", is_flag=True, help="Keep the articles' words out of the tables.")
@check.rule_options
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", show_default=True,
    help="Processes of this machine, or a Ray cluster.",
)  # fmt: skip
@click.option("--address", metavar="ADDR", help="Of the Ray cluster; without it, one is started.")
@click.option("--finder", type=click.Choice(["model", "baseline"]), help="What finds attributions.")
@click.option("--shard-size", type=click.IntRange(1), default=1000, show_default=True, metavar="N")
@click.option(
    "--max-chars", type=click.IntRange(1), default=400_000, show_default=True, metavar="N",
    help="A longer article is a problem.",
)  # fmt: skip
@click.option(
    "--max-seconds", type=click.FloatRange(0.1), default=120.0, show_default=True, metavar="S",
    help="Processor time for an article.",
)  # fmt: skip
def command(paths: tuple[str, ...], out: str, jobs: int | None, **options: Any) -> int:
    """Read a corpus into a Parquet data set: JSON Lines (.gz, .zst), CSV, TSV, Parquet, WARC,
    files, folders, patterns.

    DIR gets a folder for each of the tables articles, statements, sources, findings and problems.
    What can't be read is a row in problems. Stopped in whatever way, run the same command again:
    it goes on. Ends with 3 if something could not be read.
    """
    require("batch", "onrecord batch")
    if options["engine"] == "ray":
        require("ray", "--engine ray")
    elif options["address"]:
        raise ConfigError("--address", "only Ray has addresses.", "Add --engine ray.")
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return _run(paths, out, jobs, options)
    except KeyboardInterrupt:
        click.echo("onrecord: stopped. Run the same command again: it goes on.", err=True)
        return 130
    except _Terminated:
        click.echo("onrecord: stopped. Run the same command again: it goes on.", err=True)
        return 143


class _Terminated(BaseException):
    """SIGTERM came."""


def _terminated(*_: object) -> None:
    raise _Terminated


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _run(paths: tuple[str, ...], out: str, jobs: int | None, options: dict[str, Any]) -> int:
    from pathlib import Path

    import msgspec

    from ..batch import dataset, readers, runs, worker

    given = {name: options[f"{name}_field"] for name in FIELDS}
    work = worker.Work(
        engine=options["finder"],
        outlet=options["outlet"],
        no_text=options["no_text"],
        max_chars=options["max_chars"],
        cpu_seconds=options["max_seconds"],
        settings=check.settings_of({**options, "fail_on": None}),
    )
    reader = readers.Reader(paths, readers.Fields(**given), options["input_format"], beside=out)
    settings = {
        **msgspec.to_builtins(work),
        "shard_size": options["shard_size"],
        "input_format": options["input_format"],
        **{f"{name}_field": value for name, value in given.items()},
    }
    header = dataset.header(settings, reader.files, reader.sizes)
    with dataset.Dataset(Path(out), header) as data:
        if data.summary is None:
            run = runs.Run(reader, data, options["shard_size"])
            progress = Progress()

            def tick(run: Any) -> None:
                share = min(run.taken / run.total, 1.0) if run.total else None
                progress.show(run.done, run.new, share)

            try:
                if options["engine"] == "ray":
                    from ..batch import ray

                    ray.run(run, work, jobs, tick, options["address"])
                else:
                    from ..batch import local

                    local.run(run, work, jobs or _cores(), tick)
            finally:
                progress.end()
            with data.faults():
                said = data.complete(dict(reader.skipped))
            click.echo(f"{out}: {runs.summary_sentence(said)}")
        else:
            said = data.summary
            click.echo(f"{out} is complete: {runs.summary_sentence(said)}")
    return 3 if said["unread"] else 0
