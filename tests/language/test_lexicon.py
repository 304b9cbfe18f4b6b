"""Every row of every word list: what a row must say, and that somebody asks for its table."""

import json
import re
from pathlib import Path

import pytest

import onrecord
from onrecord.language.en import lexicon
from tools.lexicons import written

PACKAGE = Path(onrecord.__file__).parent
FILES = sorted((PACKAGE / "language" / "en").glob("*.json"))
TABLES = [
    (path.stem, key) for path in FILES for key in json.loads(path.read_text("utf-8")) if key != "about"
]  # fmt: skip


@pytest.mark.parametrize(("name", "key"), TABLES, ids=str)
def test_each_row_says_what_for_and_where_from(name: str, key: str) -> None:
    for row in lexicon.tables(name)[key]:
        assert set(row) in ({"value", "note", "source"}, {"value", "means", "note", "source"}), row
        values = [row["value"]] if isinstance(row["value"], str) else row["value"]
        texts = [*values, *(row[column] for column in row if column != "value")]
        assert all(isinstance(text, str) and text and text == text.strip() for text in texts), row


@pytest.mark.parametrize(("name", "key"), TABLES, ids=str)
def test_no_value_stands_twice(name: str, key: str) -> None:
    values = lexicon.rows(name, key)
    assert len(values) == len(set(values)), sorted(v for v in values if values.count(v) > 1)
    assert lexicon.lexicon(name, key) == set(values)


def test_every_table_is_asked_for() -> None:
    code = "\n".join(p.read_text("utf-8") for p in PACKAGE.rglob("*.py"))
    unasked = [f"{name} {key}" for name, key in TABLES if not re.search(rf"[\"']{key}[\"']", code)]
    assert not unasked


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_have_one_shape(path: Path) -> None:
    tables = json.loads(path.read_text("utf-8"))
    again = written(tables.pop("about"), tables)
    assert path.read_text("utf-8") == again, "python -m tools.lexicons"


def test_what_a_value_stands_for() -> None:
    assert lexicon.meanings("figures", "plurals")["wives"] == "wife"
    assert lexicon.noted("insults", "names")
    assert lexicon.lexicon("function_words", "core", "counted") > lexicon.lexicon(
        "function_words", "core"
    )


def test_long_lists_of_words_stand_there_and_not_in_the_code() -> None:
    """Lists of English with a dozen words or more are tables; a pattern's own words aren't."""
    split = re.compile(r'\(\s*((?:"[^"\n]*"\s*)+)\)?\s*\.split\(\)|"([^"\n]{60,})"\.split\(\)')
    long = []
    for path in PACKAGE.rglob("*.py"):
        if {"en", "ingest", "cli", "report", "batch"} & set(path.parts):
            continue
        for match in split.finditer(path.read_text("utf-8")):
            if len((match[1] or match[2]).split()) > 12:
                long.append(f"{path.name}: {match.group()[:60]}")
    assert not long, "move them into language/en: " + "; ".join(long)
