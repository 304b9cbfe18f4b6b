"""A small corpus of ours for the tests: invented people and places, read with the patterns
alone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from onrecord.batch import dataset, readers, runs, worker

PEOPLE = ("Ann Lee", "Tobias Wrenfield", "Mara Kesting", "Odell Fairbrook", "Petra Osmund")


def text(number: int) -> str:
    """The text of an article."""
    first, second = PEOPLE[number % 5], PEOPLE[(number + 2) % 5]
    return (
        f"Council votes to shut quay {number}\n\nCouncillors voted on Tuesday to shut the fish"
        f" quay,"
        f" the council said.\n\n“January is when the crab is in,” {first} said. “Nobody asked us.”"
        f" She"
        f" left.\n\nMr. {second}, a spokesman for the harbour, said that the quay would reopen in"
        f" {number % 7 + 2} months.\n\nSources said the date could change.\n"
    )


def rows(number: int) -> Iterator[dict[str, Any]]:
    """So many articles with what is known of them."""
    for n in range(number):
        yield {
            "id": f"a{n}",
            "text": text(n),
            "outlet": ("Harbour Star", "Coast Post")[n % 2],
            "published": f"2026-0{n % 3 + 1}-1{n % 9}",
            "section": ("news", "sport")[n % 3 == 0],
        }


def jsonl(path: Path, number: int) -> Path:
    """The articles as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows(number)), "utf-8")
    return path


QUICK = worker.Work(engine="baseline")
_KNOWN: dict[tuple[int, str], bytes] = {}


def result(item: runs.Item) -> bytes:
    """What a worker makes of an input, worked out once for all tests."""
    key = item.index, repr(item.digest)
    if key not in _KNOWN:
        _KNOWN[key] = bytes(worker.work_on(item.batch(), QUICK).serialize())
    made = worker.decode_results(_KNOWN[key])
    shard = pa.array([item.shard], pa.int32())
    return bytes(made.set_column(0, made.schema.field("shard"), shard).serialize())


def run_here(
    paths: list[str], out: Path, size: int, step: Callable[[], None] = lambda: None
) -> dict[str, Any]:
    """A whole run in this process, without a pool: what an engine does at the least."""
    reader = readers.Reader(paths, beside=str(out))
    header = dataset.header({"shard_size": size}, reader.files, reader.sizes)
    with dataset.Dataset(out, header) as data:
        if data.summary is None:
            run = runs.Run(reader, data, size)
            for item in run.items():
                step()
                run.add((item.shard, item.index, item.digest), result(item))
            data.complete(dict(reader.skipped))
        assert data.summary is not None
        return data.summary


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {
        str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }
