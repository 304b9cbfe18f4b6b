"""Articles of a batch run's Parquet, as input of the ledger.

Reads the table `articles` (`onrecord batch`): texts with their id, outlet, day and address.
Statements are found anew, for the tables don't hold all that a ledger keeps.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..extras import require
from ..ingest import read_text
from ..records import Article, Problem

_ROWS = 256


def is_parquet(path: str) -> bool:
    """Whether a path is a Parquet file, or the folder of a batch run."""
    return path.endswith(".parquet") or bool(_files(Path(path)))


def _files(path: Path) -> list[Path]:
    """The files of the table of articles in a folder, in order."""
    if not path.is_dir():
        return [path] if path.suffix == ".parquet" else []
    inside = path / "articles"
    return sorted((inside if inside.is_dir() else path).rglob("*.parquet"))


def read_articles(path: str) -> Iterator[Article | Problem]:
    """The articles of a Parquet file or a batch run's folder; a problem for what is none.

    Raises `ConfigError` without pyarrow.
    """
    require("batch", path, "pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    for file in _files(Path(path)):
        try:
            table = pq.ParquetFile(file)
            names = set(table.schema_arrow.names)
            if not {"id", "text"} <= names:
                what = "this is not a table of articles: it has no columns id and text."
                yield Problem(where=str(file), what=what, remedy="Give a batch run's folder.")
                continue
            wanted = [n for n in ("id", "text", "url", "outlet", "date", "authors") if n in names]
            for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    yield _article(str(file), row)
        except (OSError, pa.ArrowException) as error:
            what = f"can't be read as Parquet ({str(error).splitlines()[0]})."
            yield Problem(where=str(file), what=what, remedy="Check the file.")


def _article(file: str, row: dict[str, Any]) -> Article | Problem:
    if not row["text"]:
        what = "it holds no text: the run was made with --no-text."
        return Problem(where=f"{file}: {row['id']}", what=what, remedy="Run it with texts.")
    made = read_text(
        row["text"], input=str(row["id"]), outlet=row.get("outlet"), published=row.get("date")
    )
    return msgspec.structs.replace(
        made, url=row.get("url"), authors=tuple(row.get("authors") or ())
    )
