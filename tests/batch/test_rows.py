"""`onrecord.batch` and the rows of an analysis: the same as the tables."""

import json
import sys
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pytest

import onrecord
from onrecord.batch import schemas
from onrecord.errors import ConfigError

from . import corpus


def test_batches_of_each_table_agree_with_the_rows_of_an_analysis() -> None:
    given = list(corpus.rows(3))
    for table in ("articles", "statements", "sources"):
        made = pa.Table.from_batches(onrecord.batch(given, table=table, engine="baseline"))
        assert made.schema.equals(schemas.TABLES[table])
        expected: list[dict[str, Any]] = []
        for row in given:
            expected += analysis_of(row["id"]).to_rows(table)
        found = made.to_pylist()
        if table == "articles":
            for one, other in zip(found, expected, strict=True):
                assert one.pop("section") in ("news", "sport")
                assert one.pop("findings") == len(onrecord.lint(analysis_of(other["id"])).findings)
                assert other.pop("section") is other.pop("findings") is None
                place = one.pop("place"), other.pop("place")
                assert place == (f"row:{int(one['id'][1:]) + 1}", one["id"])
        assert found == expected
        assert list(found[0]) == [n for n in schemas.TABLES[table].names if n in found[0]]


def analysis_of(name: str) -> onrecord.Analysis:
    row = next(r for r in corpus.rows(3) if r["id"] == name)
    article = next(onrecord.read(json.dumps(row).encode(), kind="json", input=name))
    assert isinstance(article, onrecord.Article)
    return onrecord.analyse(article, engine="baseline")


def test_findings_agree() -> None:
    made = onrecord.lint(analysis_of("a1"))
    table = pa.Table.from_batches(
        onrecord.batch(list(corpus.rows(2))[1:], table="findings", engine="baseline")
    )
    assert table.to_pylist() == made.to_rows()
    assert made.to_rows()


def test_what_the_statements_hold() -> None:
    made = pa.Table.from_batches(onrecord.batch([next(corpus.rows(1))], engine="baseline"))
    rows = made.to_pylist()
    quoted = next(r for r in rows if r["form"] == "direct")
    assert quoted["speaker"] == "Ann Lee"
    assert quoted["gender"] == "female"
    assert quoted["words"].startswith("“January is when the crab is in,”")
    assert (quoted["outlet"], str(quoted["date"])) == ("Harbour Star", "2026-01-10")
    text = corpus.text(0)
    assert text[quoted["start"] : quoted["end"]].startswith("“January")
    assert quoted["spans"][0]["start"] == quoted["start"]
    withheld = next(r for r in rows if r["withheld"])
    assert (withheld["kind"], withheld["speaker"], withheld["gender"]) == ("anonymous", None, None)


def test_processes_keep_the_order_and_problems_their_table() -> None:
    given: list[Any] = [*corpus.rows(5), {"id": "a0", "text": "Twice."}, {"id": "x"}, "Only words."]
    alone = pa.Table.from_batches(onrecord.batch(given, table="articles", engine="baseline"))
    several = pa.Table.from_batches(
        onrecord.batch(given, table="articles", engine="baseline", jobs=2)
    )
    assert alone.equals(several)
    assert alone["id"].to_pylist() == ["a0", "a1", "a2", "a3", "a4", "row:8"]
    problems = pa.Table.from_batches(onrecord.batch(given, table="problems", engine="baseline"))
    said = {r["place"]: r["reason"] for r in problems.to_pylist() if r["fatal"]}
    assert said == {
        "row:6": "the id 'a0' occurs a second time.",
        "row:7": 'has no "text"; it has "id".',
    }


def test_tables_of_arrow_and_columns_of_other_names() -> None:
    table = pa.table({"key": ["k1"], "body": [corpus.text(3)]})
    found = onrecord.batch(
        table, table="articles", engine="baseline", fields={"text": "body", "id": "key"}
    )
    assert [b["id"].to_pylist() for b in found] == [["k1"]]


def test_a_table_that_does_not_exist_and_a_package_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ConfigError, match=r"there is no 'quotes'\. One of articles, statements"):
        onrecord.batch([], table=cast(Any, "quotes"))
    monkeypatch.setattr("onrecord.extras.find_spec", lambda name: None)
    with pytest.raises(
        ConfigError,
        match=r"pyarrow is not installed. Install it: pip install 'onrecord\[batch\]'",
    ):
        onrecord.batch([])


def test_the_package_can_be_called_and_looked_into() -> None:
    package: Any = sys.modules["onrecord.batch"]
    assert cast(Any, onrecord.batch) is package
    assert package.schemas.VERSION == schemas.VERSION == 1
    assert Path(package.__file__).name == "__init__.py"
