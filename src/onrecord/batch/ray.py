"""The engine past one machine: Ray Data reads, actors work, and this process keeps the results.

One task reads the inputs, on the machine that the run was started on; actors on all machines do the
same work as the processes of one machine, each with a killable process of its own; the results come
back as Arrow tables and go into the same shards. What a lost machine had is read again.
"""

import contextlib
import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, DataContext, Datasource, ReadTask
from ray.data.block import BlockMetadata
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from ..errors import ConfigError, OutputError
from . import schemas, worker
from .pool import JobError, Process
from .readers import Reader
from .runs import End, Kept, Run, Tick, shards

BLOCK_BYTES = 100_000
"""Bytes of inputs that one actor is given at a time: some twenty articles."""
PASSES = 3
"""How often the inputs are gone through where results have been lost."""
_RESULTS = pa.schema(
    [
        ("shard", pa.int32()),
        ("index", pa.int32()),
        ("digest", pa.binary()),
        ("form", pa.string()),
        ("result", pa.large_binary()),
    ]
)
_END, _LAST = "end of shard", "end"


class Inputs(Datasource):
    """The inputs of a run as a source of Ray Data; those whose results are there are left out."""

    def __init__(self, inputs: Reader, size: int, kept: Kept) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._inputs, self._size, self._kept = inputs, size, kept

    def get_name(self) -> str:
        """What Ray's own pages call it."""
        return "onrecord"

    def estimate_inmemory_data_size(self) -> int | None:
        """Bytes of the inputs, if that is known."""
        return self._inputs.total or None

    def get_read_tasks(self, parallelism: int, *_: Any, **__: Any) -> list[ReadTask]:
        """One task, for the inputs are a stream."""
        inputs, size, kept = self._inputs, self._size, self._kept
        metadata = BlockMetadata(
            num_rows=None, size_bytes=self._inputs.total or None, exec_stats=None, input_files=None
        )
        return [ReadTask(lambda: _blocks(inputs, size, kept), metadata, schemas.ROWS)]


def _blocks(inputs: Reader, size: int, kept: Kept) -> Iterator[pa.Table]:
    """The inputs that are to be read, some at a time, and the ends of shards among them."""
    rows: list[dict[str, Any]] = []
    taken = number = 0
    for found in shards(inputs, size):
        if isinstance(found, End):
            number += 1
            rows.append(_special(found.shard, found.inputs, _END, found.digest.encode()))
        elif not kept.has(found):
            rows.append(found.row())
            taken += len(found.input.content or b"") + 500
        if taken >= BLOCK_BYTES:
            yield pa.Table.from_pylist(rows, schema=schemas.ROWS)
            rows, taken = [], 0
    rows.append(_special(0, number, _LAST, msgspec.json.encode(dict(inputs.skipped))))
    yield pa.Table.from_pylist(rows, schema=schemas.ROWS)


def _special(shard: int, index: int, form: str, content: bytes) -> dict[str, Any]:
    row = dict.fromkeys(schemas.ROWS.names)
    return {**row, "shard": shard, "index": index, "form": form, "content": content, "problems": []}


class Actor:
    """A worker of Ray: a process that it asks, and that can be killed without it."""

    def __init__(self, setup: bytes, cpu_seconds: float) -> None:
        self._process = Process(worker.JOB, setup, cpu_seconds)

    def __call__(self, table: pa.Table) -> pa.Table:
        """The results of a table of inputs."""
        made: dict[str, list[Any]] = {name: [] for name in _RESULTS.names}
        for number in range(table.num_rows):
            batch = table.slice(number, 1).combine_chunks().to_batches()[0]
            row = {
                name: batch.column(name)[0].as_py() for name in ("shard", "index", "digest", "form")
            }
            for name, value in row.items():
                made[name].append(value)
            special = row["form"] in (_END, _LAST)
            made["result"].append(
                batch.column("content")[0].as_py() if special else self._ask(batch)
            )
        return pa.Table.from_pydict(made, schema=_RESULTS)

    def _ask(self, batch: pa.RecordBatch) -> bytes:
        # Of its own memory, for a slice would send the whole table along.
        alone = pa.RecordBatch.from_pylist(batch.to_pylist(), schema=schemas.ROWS)
        try:
            return self._process.ask(worker.encode_rows(alone))
        except JobError as error:
            return bytes(worker.failed(alone, str(error)).serialize())


def run(job: Run, work: worker.Work, jobs: int | None, tick: Tick, address: str | None) -> None:
    """Read all of a run's inputs on a Ray cluster with `jobs` actors, else one for each core.

    Without `address` a cluster of this machine is started and ended. Raises `ConfigError` where
    there is no cluster, `OutputError` where results stay away.
    """
    with _cluster(address):
        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        cores = max(int(resources.get("CPU", 1)), 1)
        for _ in range(PASSES):
            _pass(job, work, jobs or cores, tick)
            if job.whole:
                return
            job.renew()
        raise OutputError(
            str(job.data.folder),
            f"Ray has lost results {PASSES} times.",
            "Look at the cluster's state, then run the same command again: it goes on.",
        )


@contextlib.contextmanager
def _cluster(address: str | None) -> Iterator[None]:
    """A connection to a cluster: the program's own, the one at an address, or one started here."""
    if ray.is_initialized():
        yield
        return
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-ray-")))
        _start(address, home)
        stack.callback(ray.shutdown)
        yield


def _start(address: str | None, home: Path) -> None:
    said: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        if address is not None:
            ray.init(address=address, **said)
        else:
            with _alone(home):
                ray.init(include_dashboard=False, **said)
    except Exception as error:  # Ray has no class of its own for most of these
        why = " ".join(str(error).split())[:200]
        if address is None:
            raise ConfigError(
                "--engine ray", f"Ray could not be started ({why})", "Try again."
            ) from error
        what = f"there is no Ray cluster at {address!r} ({why})."
        raise ConfigError("--address", what, "Start one with: ray start --head.") from error


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let Ray start without asking the network where it is; `home` must last as long as Ray does.

    With usage statistics off as well, its head process asks the addresses at which clouds tell a
    machine about itself which cloud it is on (`ray/_common/usage/usage_lib.py`), unless the home
    folder holds the configuration that Ray's cluster launcher leaves there: so it is given one.
    """
    before = os.environ.get("HOME")
    (home / "ray_bootstrap_config.yaml").write_text("{}\n", "utf-8")
    os.environ["HOME"] = str(home)
    try:
        yield
    finally:
        if before is None:
            del os.environ["HOME"]
        else:
            os.environ["HOME"] = before


@contextlib.contextmanager
def _context() -> Iterator[None]:
    """Ray Data's settings for this run: small blocks, no bars, results as they come."""
    context = DataContext.get_current()
    before = context.target_max_block_size, context.enable_progress_bars
    context.target_max_block_size, context.enable_progress_bars = BLOCK_BYTES, False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        context.target_max_block_size, context.enable_progress_bars = before


def _pass(job: Run, work: worker.Work, actors: int, tick: Tick) -> None:
    """Go through the inputs once."""
    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    with _context(), warnings.catch_warnings():
        # The named parameters that are to take its place don't all exist in the oldest Ray we run
        # on.
        warnings.filterwarnings("ignore", message=".*ray_remote_args.* is deprecated")
        rows = ray.data.read_datasource(
            Inputs(job.inputs, job.size, job.kept),
            override_num_blocks=1,
            num_cpus=0,
            ray_remote_args={"scheduling_strategy": here},
        )
        results = rows.map_batches(
            Actor,
            fn_constructor_args=(msgspec.json.encode(work), work.cpu_seconds),
            compute=ActorPoolStrategy(min_size=1, max_size=actors, initial_size=actors),
            batch_format="pyarrow",
            batch_size=None,
            num_cpus=1,
        )
        for table in results.iter_batches(batch_size=None, batch_format="pyarrow"):
            for row in table.to_pylist():
                _keep(job, row)
                tick(job)


def _keep(job: Run, row: dict[str, Any]) -> None:
    """What a result is for."""
    if row["form"] == _END:
        job.end(End(row["shard"], row["index"], row["result"].decode()))
    elif row["form"] == _LAST:
        job.number = row["index"]
        job.inputs.skipped.update(msgspec.json.decode(row["result"], type=dict[str, int]))
    else:
        job.add((row["shard"], row["index"], row["digest"]), row["result"])
