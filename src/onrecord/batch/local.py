"""The engine of one machine: a number of processes, each with the model loaded once."""

from collections.abc import Iterator

import msgspec

from . import worker
from .pool import JobError, Pool
from .runs import Item, Run, Tick


def run(job: Run, work: worker.Work, jobs: int, tick: Tick) -> None:
    """Read all of a run's inputs with `jobs` processes; `tick` is called after every result."""
    pool: Pool[Item] = Pool(jobs, worker.JOB, msgspec.json.encode(work), work.cpu_seconds)

    def keep(item: Item, result: bytes) -> None:
        job.add((item.shard, item.index, item.digest), result, item.taken)
        tick(job)

    def asked() -> Iterator[tuple[Item, bytes]]:
        for item in job.items():
            batch = item.batch()
            if item.input.content is None:  # nothing to read: only what is wrong
                keep(item, bytes(worker.work_on(batch, work).serialize()))
            else:
                yield item, worker.encode_rows(batch)

    for item, result in pool.run(asked()):
        if isinstance(result, JobError):
            keep(item, bytes(worker.failed(item.batch(), str(result)).serialize()))
        else:
            keep(item, result)
