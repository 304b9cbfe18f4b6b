"""A ledger's statements for other tools: JSON Lines, CSV, or Parquet where pyarrow is installed."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from ..extras import require
from . import tables
from .queries import statement_rows
from .records import StatementRow
from .store import Ledger

CHUNK = 2000


def statements(ledger: Ledger) -> Iterator[StatementRow]:
    """Every statement of the ledger in the order of its number, words as they may be shown."""
    s = tables.statements
    last = 0
    while True:
        with ledger.database.reading() as to:
            query = select(s.c.id).where(s.c.id > last).order_by(s.c.id).limit(CHUNK)
            numbers = list(to.execute(query).scalars())
            if not numbers:
                return
            within = s.c.id.between(numbers[0], numbers[-1])
            rows = statement_rows(ledger, to, within, limit=None)
        last = numbers[-1]
        yield from sorted(rows, key=lambda row: row.statement)


def write_parquet(ledger: Ledger, path: Path) -> int:
    """Write the statements as Parquet; how many. Raises `ConfigError` without pyarrow."""
    require("batch", str(path), "pyarrow")
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema(
        [
            ("statement", pa.int64()), ("article", pa.int64()), ("outlet", pa.string()),
            ("published", pa.date32()), ("title", pa.string()), ("url", pa.string()),
            ("words", pa.string()), ("form", pa.string()), ("stance", pa.string()),
            ("speaker", pa.string()), ("kind", pa.string()), ("first_hand", pa.bool_()),
            ("credits", pa.string()), ("family", pa.int64()),
        ]
    )  # fmt: skip
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        chunk: list[StatementRow] = []
        for row in statements(ledger):
            chunk.append(row)
            if len(chunk) == CHUNK:
                writer.write_batch(_batch(pa, schema, chunk))
                count += len(chunk)
                chunk = []
        if chunk:
            writer.write_batch(_batch(pa, schema, chunk))
            count += len(chunk)
    return count


def _batch(pa: object, schema: object, rows: list[StatementRow]) -> object:
    names = StatementRow.__struct_fields__
    columns = {name: [getattr(row, name) for row in rows] for name in names}
    return pa.RecordBatch.from_pydict(columns, schema=schema)  # type: ignore[attr-defined]
