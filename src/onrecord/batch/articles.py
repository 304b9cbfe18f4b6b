"""Articles to analyses in processes of their own: what `-j` of the other commands runs.

Needs no Arrow: articles and analyses go between processes as MessagePack.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from ..extract import analyse
from ..ingest import read_text
from ..records import Analysis, Article, Problem
from .pool import JobError, Pool

JOB = "onrecord.batch.articles:prepare"


def prepare(setup: bytes) -> Callable[[bytes], bytes]:
    """The job of a process: `setup` names the engine, a job is an article, its result the
    analysis."""
    engine: Any = msgspec.json.decode(setup)
    analyse(read_text("It rained."), engine=engine)  # the model is loaded before the first article

    def job(body: bytes) -> bytes:
        article = msgspec.msgpack.decode(body, type=Article)
        return msgspec.msgpack.encode(analyse(article, engine=engine))

    return job


def analysed(
    items: Iterable[Article | Problem],
    engine: Any,
    jobs: int,
    failed: Callable[[Problem], None] = lambda _: None,
) -> Iterator[tuple[Article | Problem, Analysis | None]]:
    """Each item in its order, articles with their analysis, from `jobs` processes.

    An article on which its process ended is a fatal `Problem` in its place, told to `failed`.
    """
    if jobs <= 1:
        for item in items:
            yield item, None if isinstance(item, Problem) else analyse(item, engine=engine)
        return
    pool: Pool[int] = Pool(jobs, JOB, msgspec.json.encode(engine))
    held: dict[int, Article] = {}
    ready: dict[int, tuple[Article | Problem, Analysis | None]] = {}

    def asked() -> Iterator[tuple[int, bytes]]:
        for number, item in enumerate(items):
            if isinstance(item, Problem):
                ready[number] = item, None
            else:
                held[number] = item
                yield number, msgspec.msgpack.encode(item)

    following = 0
    for number, result in pool.run(asked()):
        article = held.pop(number)
        if isinstance(result, JobError):
            remedy = "Read it by itself, or leave it out."
            problem = Problem(where=article.input, what=str(result), remedy=remedy)
            failed(problem)
            ready[number] = problem, None
        else:
            ready[number] = article, msgspec.msgpack.decode(result, type=Analysis)
        while following in ready:
            yield ready.pop(following)
            following += 1
    for number in sorted(ready):
        yield ready[number]
