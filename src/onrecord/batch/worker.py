"""The work itself, Arrow in and Arrow out: inputs as they were read become rows of every table.

The same function serves a process of this machine and an actor of Ray. It knows nothing of folders
or shards; an input that can't be read or analysed becomes a row in `problems`.
"""

from collections.abc import Callable
from typing import Any

import msgspec
import pyarrow as pa

from ..config import for_outlet
from ..extract import analyse
from ..ingest import read
from ..linter import lint
from ..records import Article, Context, Problem, Settings, rows
from . import schemas

JOB = "onrecord.batch.worker:prepare"
"""What a process is told to do."""
MAX_CHARS = 400_000
"""Code points of an article's text; a longer one is no article and is named in problems."""


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """What every article of a run is read with; part of the manifest."""

    engine: str | None = None
    """What finds attributions: the model where there is one, else the patterns."""
    outlet: str | None = None
    """Who publishes what doesn't say it."""
    no_text: bool = False
    max_chars: int = MAX_CHARS
    cpu_seconds: float = 120.0
    settings: Settings = Settings()
    """What the rules are called with."""


def prepare(setup: bytes) -> Callable[[bytes], bytes]:
    """The job of a process: `setup` is a `Work` in JSON; rows and results are serialised
    batches."""
    work = msgspec.json.decode(setup, type=Work)
    if work.engine != "baseline":
        _warm(work)

    def job(body: bytes) -> bytes:
        return bytes(work_on(decode_rows(body), work).serialize())

    return job


def _warm(work: Work) -> None:
    """Load the model before the first article's time runs."""
    article = next(iter(read(b"It rained.", kind="text")))
    assert isinstance(article, Article)
    lint(analyse(article, engine=work.engine))  # type: ignore[arg-type]


def encode_rows(batch: pa.RecordBatch) -> bytes:
    """A batch of `schemas.ROWS` as bytes."""
    return bytes(batch.serialize())


def decode_rows(body: bytes) -> pa.RecordBatch:
    """A batch of `schemas.ROWS` from its bytes."""
    return pa.ipc.read_record_batch(pa.py_buffer(body), schemas.ROWS)


def decode_results(body: bytes) -> pa.RecordBatch:
    """A batch of `schemas.RESULTS` from its bytes."""
    return pa.ipc.read_record_batch(pa.py_buffer(body), schemas.RESULTS)


def work_on(batch: pa.RecordBatch, work: Work) -> pa.RecordBatch:
    """The rows of every table for each input of a batch, in its order."""
    return pa.RecordBatch.from_pylist(
        [_result(row, work) for row in batch.to_pylist()], schema=schemas.RESULTS
    )


def failed(batch: pa.RecordBatch, reason: str) -> pa.RecordBatch:
    """The results of inputs on which the work itself ended, each with the reason in problems."""
    remedy = "Read it by itself with: onrecord analyse."
    made = []
    for row in batch.to_pylist():
        problem = Problem(where=row["place"], what=reason, remedy=remedy)
        lost = rows.problem_row(problem, row["id"])
        made.append(_tables(row, problems=[*row["problems"], lost]))
    return pa.RecordBatch.from_pylist(made, schema=schemas.RESULTS)


def _tables(row: dict[str, Any], **tables: list[rows.Row]) -> dict[str, Any]:
    empty: dict[str, list[rows.Row]] = {name: [] for name in schemas.TABLES}
    return {"shard": row["shard"], "index": row["index"], **empty, **tables}


def _result(row: dict[str, Any], work: Work) -> dict[str, Any]:
    """The tables' rows for one input."""
    problems: list[rows.Row] = list(row["problems"])
    tables = _tables(row, problems=problems)
    if row["content"] is None:
        accounted = bool(problems)
    else:
        _read(row, tables, work)
        accounted = bool(tables["articles"]) or any(p["fatal"] for p in problems)
    if not accounted:  # whatever a reader leaves out without a word must not be lost without one
        lost = Problem(where=row["place"], what="no article was found in it.", remedy="Look at it.")
        problems.append(rows.problem_row(lost, row["id"]))
    return tables


def _read(row: dict[str, Any], tables: dict[str, Any], work: Work) -> None:
    """Add what an input's content holds to its rows."""
    name, problems = row["id"], tables["problems"]
    said: list[Problem] = []
    for found in read(row["content"], kind=row["form"] or None, input=name, outlet=work.outlet):
        item = _bounded(found, row["place"], work.max_chars)
        notes = [item] if isinstance(item, Problem) else [n for n in item.notes if n not in said]
        for note in notes:
            said.append(note)
            # A reader may know a place inside the input; what it doesn't know is where that stood.
            where = note.where if note.where not in (name, row["place"]) else row["place"]
            problems.append(rows.problem_row(msgspec.structs.replace(note, where=where), name))
        if isinstance(item, Article):
            url = item.url or row["url"]
            _add(tables, msgspec.structs.replace(item, input=name, url=url), row, work)


def _bounded(item: Article | Problem, place: str, most: int) -> Article | Problem:
    """The article, or a problem where its text is longer than any article's."""
    if isinstance(item, Problem) or len(item.text) <= most:
        return item
    return Problem(
        where=place,
        what=f"the text has {len(item.text):,} characters; {most:,} is the most.",
        remedy="Cut it into articles, or raise --max-chars.",
    )


def _add(tables: dict[str, Any], article: Article, row: dict[str, Any], work: Work) -> None:
    analysis = analyse(article, engine=work.engine)  # type: ignore[arg-type]
    made = lint(Context(analysis=analysis, settings=for_outlet(work.settings, article.outlet)))
    no_text = work.no_text
    tables["articles"].append(
        rows.article_row(analysis, no_text=no_text)
        | {"place": row["place"], "section": row["section"], "findings": len(made.findings)}
    )
    tables["statements"] += rows.statement_rows(analysis, no_text=no_text)
    tables["sources"] += rows.source_rows(analysis, no_text=no_text)
    tables["findings"] += rows.finding_rows(made, no_text=no_text)
    for problem in made.failed:  # named by their rule, which says nothing of where
        here = msgspec.structs.replace(
            problem, where=row["place"], what=f"{problem.where}: {problem.what}"
        )
        tables["problems"].append(rows.problem_row(here, article.input))
