"""Every query and program of the page on corpora runs, on the corpus of the examples."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest

from . import corpus

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "corpora.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", PAGE, re.DOTALL)
PROGRAMS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("docs")
    corpus.run_here([str(ROOT / "examples" / "corpus.jsonl")], made / "DIR", 7)
    return made


@pytest.mark.parametrize("query", QUERIES, ids=lambda q: " ".join(q.split())[:50])
def test_queries(query: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    found = duckdb.execute(query).fetchall()
    if "problems" in query:
        assert found == []
    else:
        assert found
    if "avg" in query:
        assert [row[0] for row in found] == ["Coast Post", "Harbour Star", "The Ledger"]
        assert all(0 <= row[1] <= 1 for row in found)


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_programs(number: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(PROGRAMS[number], names)
    if "words" in names:
        assert set(names["words"]["month"]) == {"2026-01", "2026-02", "2026-03"}
        assert names["words"]["length"].min() > 0


def test_tables_and_columns_are_described() -> None:
    import pyarrow.parquet as pq

    from onrecord.batch.schemas import TABLES

    assert pq is not None
    for table, schema in TABLES.items():
        assert f"| `{table}` |" in PAGE
        for field in schema:
            assert field.metadata[b"description"], f"{table}.{field.name}"


def test_the_notebook_is_one_of_ours() -> None:
    notebook = json.loads((ROOT / "examples" / "corpus.ipynb").read_text("utf-8"))
    text = json.dumps(notebook)
    assert "corpus.jsonl" in text
    assert all(not cell.get("outputs") for cell in notebook["cells"])


@pytest.mark.corpus
@pytest.mark.filterwarnings("ignore")
def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(ROOT / "examples" / "corpus.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    monkeypatch.setenv("ONRECORD_CORPUS_OUT", str(tmp_path / "out"))
    client = NotebookClient(
        notebook, timeout=900, resources={"metadata": {"path": str(ROOT / "examples")}}
    )
    client.execute()
    assert (tmp_path / "out" / "_manifest.jsonl").exists()
