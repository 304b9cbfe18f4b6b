"""Figures of a corpus: counted by hand here, and what they can't tell stands beside them."""

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from onrecord.batch.report import as_csv, as_html, as_json, report
from onrecord.batch.report import count as counting
from onrecord.batch.report.measures import COUNTS, MEASURES, counted, is_official, is_public
from onrecord.batch.schemas import TABLES
from onrecord.errors import OutputError

from . import corpus


def table(name: str, *rows: dict[str, Any]) -> Any:
    import pyarrow as pa

    blank = dict.fromkeys(TABLES[name].names)
    return pa.Table.from_pylist([{**blank, **row} for row in rows], schema=TABLES[name])


def said(article: str, kind: str | None, **more: Any) -> dict[str, Any]:
    return {"article_id": article, "kind": kind, "length": 10, "form": "indirect", **more}


def test_counts_by_hand() -> None:
    articles = table("articles", {"id": "a"}, {"id": "b"})
    statements = table(
        "statements",
        said("a", "person", gender="female", title="Mayor of Saltmouth", form="direct"),
        said("a", "person", gender="male", title="head of sales", length=30),
        said("a", "person", title="President"),
        said("a", "anonymous", withheld=True),
        said("a", "person", gender="female", parent="a1"),  # inside another: not counted
        said("b", "organisation", speaker="Ministry of Fisheries"),
        said("b", "organisation", speaker="Harbour Foods"),
        said("b", "group"),
        said("b", "document"),
        said("b", None),
    )
    sources = table(
        "sources",
        {"article_id": "a", "kind": "person", "gender": "female", "statements": 1},
        {"article_id": "a", "kind": "person", "gender": "male", "statements": 1},
        {"article_id": "a", "kind": "person", "gender": "male", "statements": 0},
    )
    made = counted(articles, statements, sources)
    first, second = (dict(zip(COUNTS, row.astype(int).tolist(), strict=True)) for row in made)
    assert first == {
        "statements": 4, "sourced": 4, "unsourced": 0, "people": 4, "named": 3, "withheld": 1,
        "women": 1, "gendered": 2, "ungendered": 1, "women voices": 1, "gendered voices": 2,
        "women words": 10, "gendered words": 40, "bodies": 0, "documents": 0, "officials": 2,
        "placed": 3, "direct": 1,
    }  # fmt: skip
    assert second["statements"] == 5
    assert (second["bodies"], second["officials"], second["placed"]) == (2, 1, 2)
    assert (second["people"], second["named"], second["documents"]) == (1, 0, 1)
    assert second["unsourced"] == 1


@pytest.mark.parametrize(
    "title",
    [
        "mayor of Saltmouth", "Deputy Mayor", "a police officer", "Sen.", "spokesman for the council",
        "director of the city's fire department", "President", "secretary of state", "county sheriff",
    ],
)  # fmt: skip
def test_officials(title: str) -> None:
    assert is_official(title)


@pytest.mark.parametrize(
    "title",
    ["head of sales", "president of the rowing club", "chairman of Harbour Foods", "a fisherman",
     "statesman-like actor", "his mother", "chief executive", "director of the film"],
)  # fmt: skip
def test_no_officials(title: str) -> None:
    assert not is_official(title)


def test_public_bodies() -> None:
    assert is_public("Port Annick Police")
    assert is_public("Ministry of Fisheries")
    assert not is_public("Harbour Foods")


def test_intervals_of_the_bootstrap_are_those_of_theory() -> None:
    generator = np.random.default_rng(1)
    women = generator.binomial(4, 0.3, 2000)
    counts = np.stack([women, np.full(2000, 4)], axis=1)
    weights = np.ones((1 + counting.REPLICATES, 2000))
    weights[1:] = np.random.default_rng(2).poisson(1.0, (counting.REPLICATES, 2000))
    sums = weights @ counts
    low, high = counting._interval(sums[1:, 0] / sums[1:, 1])
    error = (0.3 * 0.7 / 8000) ** 0.5
    share = women.sum() / 8000
    assert low == pytest.approx(share - 1.96 * error, abs=0.3 * error)
    assert high == pytest.approx(share + 1.96 * error, abs=0.3 * error)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    corpus.run_here([str(corpus.jsonl(folder / "in.jsonl", 30))], folder / "out", 7)
    return folder / "out"


def test_groups_sum_to_the_whole(data: Path) -> None:
    made = report(data)
    whole = made.groups[0]
    assert (made.articles, made.complete, made.unread) == (30, True, 0)
    for by in ("outlet", "section", "month"):
        parts = [g for g in made.groups if g.by == by]
        assert len(parts) == {"outlet": 2, "section": 2, "month": 3}[by]
        assert sum(g.articles for g in parts) == 30
        for m in MEASURES:
            assert sum(g.measures[m.name].count for g in parts) == whole.measures[m.name].count
    for group in made.groups:
        for share in group.measures.values():
            if share.low is not None and share.high is not None and share.share is not None:
                assert 0 <= share.low <= share.share <= share.high <= 1
    one, other = (g for g in made.groups if g.by == "outlet")
    for name, difference in one.rest.items():
        value = difference.value
        if value is not None:
            assert value == pytest.approx(-(other.rest[name].value or 0), abs=2e-4)
    assert {s.name for s in made.speakers} == set(corpus.PEOPLE)
    assert report(data) == made


def test_formats(data: Path) -> None:
    made = report(data)
    value = json.loads(as_json(made))
    assert value["schema"] == 1
    assert set(value["measures"]) == {m.name for m in MEASURES}
    assert len(value["caveats"]) >= 5
    rows = list(csv.DictReader(io.StringIO(as_csv(made))))
    assert len(rows) == len(made.groups) * len(MEASURES)
    women = next(r for r in rows if r["by"] == "all" and r["measure"] == "women")
    share = value["groups"][0]["measures"]["women"]
    assert (float(women["share"]), int(women["of"])) == (share["share"], share["of"])


def test_the_page_says_all_in_words(data: Path) -> None:
    page = html.unescape(as_html(report(data)))
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "://" not in page
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert "articles of 2 outlets, 1" in re.sub(r"\s+", " ", text)
    for words in ("Harbour Star", "Coast Post", "95 % interval", "never guessed from a name"):
        assert words in text
    assert all(
        'aria-label="' in svg or "aria-hidden" in svg for svg in re.findall("<svg[^>]*>", page)
    )


def test_an_outlets_name_is_text_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl"
    rows = [{**row, "outlet": "<b>=Star</b>"} for row in corpus.rows(2)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    corpus.run_here([str(path)], tmp_path / "out", 5)
    assert "<b>=Star" not in as_html(report(tmp_path / "out"))


def test_what_is_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no data set of onrecord's"):
        report(tmp_path)
