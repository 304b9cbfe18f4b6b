"""Corpora: many articles on many processes or machines, into tables.

`batch` gives the tables of an iterable of rows; `onrecord batch` writes those of files into a
folder. `worker` does the work, Arrow in and Arrow out, for whichever engine; `dataset` keeps the
results. Needs the extra `batch`: pip install 'onrecord[batch]'.
"""

import sys
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from ..errors import ConfigError
from ..extras import require
from ..records import Settings

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["batch"]


def batch(
    rows: Iterable[Any],
    *,
    table: Literal["articles", "statements", "sources", "findings", "problems"] = "statements",
    jobs: int = 1,
    no_text: bool = False,
    engine: Literal["model", "baseline"] | None = None,
    settings: Settings | None = None,
    fields: dict[str, str] | None = None,
) -> "Iterator[pa.RecordBatch]":
    """Read articles and yield one of the tables, batch by batch, in the order of the rows.

    `rows` are dictionaries with `text` and, if known, `id`, `title`, `outlet`, `published`, `url`,
    `authors`, `section`, or an Arrow table of such columns; `fields` says what they are called
    instead (`{"text": "body"}`). `jobs` above 1 works in that many processes. A row that can't be
    read is a row of the table `problems` and of no other. The columns are in `batch.schemas`.

    Raises `ConfigError` for a table that doesn't exist, and where pyarrow is not installed.
    """
    require("batch", "onrecord.batch", "pyarrow")
    from . import in_memory, schemas

    if table not in schemas.TABLES:
        raise ConfigError(
            "table", f"there is no {table!r}.", f"One of {', '.join(schemas.TABLES)}."
        )
    made = in_memory.results(
        rows, jobs=jobs, fields=fields or {},
        work={"no_text": no_text, "engine": engine, "settings": settings or Settings()},
    )  # fmt: skip
    return (in_memory.table_of(results, table) for results in made)


class _Callable(ModuleType):
    """This package, which can be called: `onrecord.batch(rows)` is `onrecord.batch.batch(rows)`."""

    def __call__(self, rows: Iterable[Any], **options: Any) -> "Iterator[pa.RecordBatch]":
        return batch(rows, **options)


sys.modules[__name__].__class__ = _Callable
