"""The work behind a request, off the event loop: two at a time, a bounded queue, a time limit.

All requests share one loaded model.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import msgspec

from ..errors import OnrecordError
from ..extract import analyse
from ..ingest import Kind, read
from ..ingest.materials import materials_of
from ..linter import lint
from ..records import Analysis, Article, Context, Lint, Material, Problem, Settings, Verification
from ..verifier import verify
from .faults import RequestError

Made = TypeVar("Made")
LONGEST = 400_000
"""Code points of an article that is analysed while somebody waits."""
QUEUE = 64
TIME = 60.0
"""Seconds for one request's work."""


class Work:
    """A pool of threads with a bounded queue."""

    def __init__(self, threads: int = 2, queue: int = QUEUE, seconds: float = TIME) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="onrecord")
        self._room, self._seconds = queue, seconds
        self._busy = 0

    async def run(self, job: Callable[[], Made]) -> Made:
        """The result of a job. Raises `RequestError` where there is no room or it takes too long."""
        if self._busy >= self._room:
            raise RequestError(
                503, "server", "too much is waiting already.", "Try again in a moment.", wait=2
            )
        self._busy += 1
        future = self._pool.submit(job)
        future.add_done_callback(lambda _: setattr(self, "_busy", self._busy - 1))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._seconds)
        except TimeoutError:
            remedy = "Try again later, or use the command line."
            raise RequestError(503, "server", f"not done after {self._seconds:.0f} seconds.", remedy, wait=30) from None  # fmt: skip
        except OnrecordError as error:
            raise RequestError(422, error.where, error.what, error.remedy) from error
        except RequestError:
            raise
        except Exception as error:
            # Without its message and its traceback, which may hold words of a draft.
            what = f"it broke down ({type(error).__name__})."
            raise RequestError(500, "server", what, "Please report it; nothing was sent.") from None

    def close(self) -> None:
        """End the pool; what waits is dropped."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def articles(raw: bytes, kind: Kind | None, name: str, **given: object) -> list[Article]:
    """The articles in bytes. Raises `RequestError` with the problem where there is none."""
    found: list[Article] = []
    problem: Problem | None = None
    for item in read(raw, kind=kind, input=name, **given):  # type: ignore[arg-type]
        if isinstance(item, Problem):
            problem = problem or item
        elif len(item.text) > LONGEST:
            what = f"the article has {len(item.text):,} characters; {LONGEST:,} is the most here."
            raise RequestError(413, name, what, "Use the command line for long texts.")
        else:
            found.append(item)
    if not found:
        stated = problem or Problem(
            where=name, what="there is no article in it.", remedy="Paste a text."
        )
        raise RequestError(422, stated.where, stated.what, stated.remedy)
    return found


def look(article: Article) -> Analysis:
    """The analysis of an article."""
    return analyse(article)


def materials(raw: bytes, name: str, speaker: str | None) -> list[Material]:
    """The materials in bytes, all one speaker's if so given. Raises `RequestError` where there is none."""
    found = list(materials_of(raw, name))
    read_ones = [m for m in found if isinstance(m, Material)]
    if not read_ones:
        nothing = Problem(where=name, what="there is nothing in it.", remedy="Paste a transcript.")
        stated = next((p for p in found if isinstance(p, Problem)), nothing)
        raise RequestError(422, stated.where, stated.what, stated.remedy)
    return [msgspec.structs.replace(m, speaker=speaker) if speaker else m for m in read_ones]


def check(
    analysis: Analysis, settings: Settings, materials: list[Material]
) -> tuple[Lint, Verification | None]:
    """The findings, and the verdicts where there are materials."""
    verification = verify(analysis, materials) if materials else None
    verdicts = verification.verdicts if verification else None
    context = Context(analysis=analysis, settings=settings, verdicts=verdicts)
    return lint(context), verification
