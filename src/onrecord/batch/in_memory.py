"""Rows of a program's own, read here or in processes, in their order: what `onrecord.batch`
runs."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import msgspec
import pyarrow as pa

from . import schemas, worker
from .pool import JobError, Pool
from .readers import Fields, from_rows
from .runs import Item

AT_ONCE = 32
"""Rows in a batch of results."""


def results(
    rows: Iterable[Any], *, jobs: int, fields: dict[str, str], work: dict[str, Any]
) -> Iterator[list[pa.RecordBatch]]:
    """The results of the rows, some at a time, in their order."""
    what = worker.Work(**work)
    inputs = from_rows(_dictionaries(rows), Fields(**fields))
    items = (Item(0, index, b"", made) for index, made in enumerate(inputs))
    one_by_one = _here(items, what) if jobs <= 1 else _elsewhere(items, what, jobs)
    while some := list(islice(one_by_one, AT_ONCE)):
        yield some


def table_of(made: list[pa.RecordBatch], table: str) -> pa.RecordBatch:
    """The rows of one table in some results."""
    schema = schemas.TABLES[table]
    parts = [pa.RecordBatch.from_struct_array(m.column(table).flatten()).cast(schema) for m in made]
    whole = pa.Table.from_batches(parts, schema).combine_chunks()
    found = whole.to_batches()
    return found[0] if found else pa.RecordBatch.from_pylist([], schema=schema)


def _dictionaries(rows: Iterable[Any]) -> Iterator[Any]:
    """The rows one by one; an Arrow table or batch gives its own."""
    if isinstance(rows, (pa.Table, pa.RecordBatch)):
        rows = rows.to_batches(64) if isinstance(rows, pa.Table) else [rows]
    for row in rows:
        if isinstance(row, pa.RecordBatch):
            yield from row.to_pylist()
        else:
            yield {"text": row} if isinstance(row, str) else row


def _here(items: Iterable[Item], work: worker.Work) -> Iterator[pa.RecordBatch]:
    for item in items:
        yield worker.work_on(item.batch(), work)


def _elsewhere(items: Iterable[Item], work: worker.Work, jobs: int) -> Iterator[pa.RecordBatch]:
    """The results of a pool of processes, put back in order."""
    pool: Pool[Item] = Pool(jobs, worker.JOB, msgspec.json.encode(work))
    early: dict[int, pa.RecordBatch] = {}
    following = 0
    for item, result in pool.run((item, worker.encode_rows(item.batch())) for item in items):
        if isinstance(result, JobError):
            early[item.index] = worker.failed(item.batch(), str(result))
        else:
            early[item.index] = worker.decode_results(result)
        while following in early:
            yield early.pop(following)
            following += 1
