"""Figures of a data set: counts and shares with intervals, for all of it and group by group.

Intervals are 95 % percentile intervals of a bootstrap over articles (Efron, 1979), for statements
of one article are not independent of each other. The weights are Poisson's (Hanley and MacGibbon,
2006), so that a corpus of any size is read shard by shard, and of a fixed seed, so that the same
data set gives the same report. Memory grows with the groups shown, not with the articles.
"""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ...errors import OutputError
from .. import schemas
from ..dataset import MANIFEST
from .measures import COUNTS, MEASURES, counted

REPLICATES = 400
"""Bootstrap replicates."""
SEED = 1979
MOST = {"outlet": 40, "section": 30, "month": 120}
"""Groups shown of each kind: the largest; months the latest."""
SPEAKERS = 50
"""Named speakers listed."""
_PRUNE = 1_000_000


class Share(msgspec.Struct, frozen=True):
    """A measure in one group."""

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class Difference(msgspec.Struct, frozen=True):
    """By how much a group's share is above that of all other articles, in points of the share."""

    value: float | None
    low: float | None
    high: float | None


class Group(msgspec.Struct, frozen=True):
    """The articles of one outlet, section or month, or all."""

    by: str
    value: str | None
    articles: int
    statements: int
    measures: dict[str, Share]
    rest: dict[str, Difference] = {}
    """Against all other articles."""


class Speaker(msgspec.Struct, frozen=True):
    """A named person, by the name as written: namesakes are one, spellings are several."""

    name: str
    articles: int
    statements: int
    words: int


class Report(msgspec.Struct, frozen=True):
    """All figures of a data set."""

    dataset: str
    complete: bool
    articles: int
    statements: int
    unread: int
    first: str | None
    last: str | None
    groups: list[Group]
    speakers: list[Speaker]
    replicates: int = REPLICATES
    left: dict[str, int] = {}
    """Groups of each kind that are not shown."""


def report(folder: Path) -> Report:
    """The figures of a data set. Raises `OutputError` where the folder holds none."""
    said = _manifest(folder)
    sizes: dict[str, Counter[Any]] = {by: Counter() for by in MOST}
    speakers: dict[str, list[int]] = {}
    dates: list[Any] = []
    number = 0
    for articles, statements, _ in _shards(folder):
        number += articles.num_rows
        for by, values in _keys(articles).items():
            sizes[by].update(v for v in values if v is not None)
        dates = _span(dates, articles)
        _speak(speakers, statements)
    shown = {by: _largest(by, sizes[by]) for by in MOST}
    totals = _totals(folder, shown)
    sizes["all"] = Counter({None: number})
    groups = list(_groups(totals, sizes))
    whole = groups[0]
    return Report(
        dataset=str(folder),
        complete=any(line.get("complete") for line in said),
        articles=number,
        statements=whole.statements,
        unread=sum(line.get("unread", 0) for line in said if "shard" in line),
        first=str(min(dates)) if dates else None,
        last=str(max(dates)) if dates else None,
        groups=groups,
        speakers=_most(speakers),
        left={by: len(sizes[by]) - len(shown[by]) for by in MOST},
    )


def _manifest(folder: Path) -> list[dict[str, Any]]:
    try:
        lines = (folder / MANIFEST).read_bytes().splitlines()
        said = [msgspec.json.decode(line) for line in lines]
        version = said[0]["tables"]
    except (OSError, msgspec.DecodeError, IndexError, KeyError, TypeError) as error:
        raise OutputError(
            str(folder),
            "there is no data set of onrecord's.",
            "Name what `onrecord batch --out` made.",
        ) from error
    if version != schemas.VERSION:
        what = f"its tables have version {version}; this onrecord reads {schemas.VERSION}."
        raise OutputError(str(folder), what, "Use the onrecord that made it, or make it anew.")
    return said


def _shards(folder: Path) -> Iterator[tuple[pa.Table, pa.Table, pa.Table]]:
    """Articles, statements and sources of each shard, the columns that are counted."""
    columns = {
        "articles": ["id", "outlet", "section", "date"],
        "statements": [
            "article_id", "parent", "kind", "gender", "title", "speaker", "form", "withheld",
            "length",
        ],
        "sources": ["article_id", "kind", "gender", "statements"],
    }  # fmt: skip
    for path in sorted((folder / "articles").glob("shard=*")):
        yield tuple(
            pq.ParquetFile(folder / table / path.name / "part-0.parquet").read(columns=names)
            for table, names in columns.items()
        )


def _keys(articles: pa.Table) -> dict[str, list[str | None]]:
    """Outlet, section and month of each article."""
    dates = articles["date"].to_pylist()
    return {
        "outlet": articles["outlet"].to_pylist(),
        "section": articles["section"].to_pylist(),
        "month": [d.strftime("%Y-%m") if d else None for d in dates],
    }


def _span(dates: list[Any], articles: pa.Table) -> list[Any]:
    """The first and the last date so far."""
    dates = dates + [d for d in articles["date"].to_pylist() if d is not None]
    return [min(dates), max(dates)] if dates else []


def _largest(by: str, sizes: Counter[Any]) -> list[str]:
    """The groups that are shown, in order: the latest months, the largest of the others."""
    if by == "month":
        return sorted(sizes)[-MOST[by] :]
    return sorted(sizes, key=lambda value: (-sizes[value], value))[: MOST[by]]


def _speak(speakers: dict[str, list[int]], statements: pa.Table) -> None:
    """Count named speakers; the rarest are forgotten where there are too many."""
    seen: set[tuple[str, str]] = set()
    names = ("kind", "speaker", "article_id", "length", "parent")
    for kind, name, article, length, parent in zip(
        *(statements[n].to_pylist() for n in names), strict=True
    ):
        if kind != "person" or not name or parent:
            continue
        counts = speakers.setdefault(name, [0, 0, 0])
        counts[0] += (name, article) not in seen
        counts[1] += 1
        counts[2] += length
        seen.add((name, article))
    if len(speakers) > _PRUNE:
        for name in [n for n, counts in speakers.items() if counts[0] == 1]:
            del speakers[name]


def _most(speakers: dict[str, list[int]]) -> list[Speaker]:
    ordered = sorted(speakers.items(), key=lambda item: (-item[1][0], -item[1][1], item[0]))
    return [Speaker(name, *counts) for name, counts in ordered[:SPEAKERS]]


def _totals(folder: Path, shown: dict[str, list[str]]) -> dict[tuple[str, str | None], Any]:
    """For all and each group: sums of the counts, as they are (row 0) and resampled (the
    others)."""
    totals: dict[tuple[str, str | None], Any] = {
        ("all", None): np.zeros((1 + REPLICATES, len(COUNTS)))
    }
    for by, values in shown.items():
        for value in values:
            totals[by, value] = np.zeros((1 + REPLICATES, len(COUNTS)))
    for number, (articles, statements, sources) in enumerate(_shards(folder)):
        counts = counted(articles, statements, sources)
        weights = np.ones((1 + REPLICATES, len(counts)))
        weights[1:] = np.random.default_rng([SEED, number]).poisson(1.0, (REPLICATES, len(counts)))
        totals["all", None] += weights @ counts
        for by, keys in _keys(articles).items():
            where: dict[str, list[int]] = {}
            for at, key in enumerate(keys):
                if key is not None:
                    where.setdefault(key, []).append(at)
            for value, places in where.items():
                if (by, value) in totals:
                    totals[by, value] += weights[:, places] @ counts[places]
    return totals


def _groups(
    totals: dict[tuple[str, str | None], Any],
    sizes: dict[str, Counter[Any]],
) -> Iterator[Group]:
    whole = totals["all", None]
    for (by, value), sums in totals.items():
        rest = {
            m.name: _difference(_shares(sums, m), _shares(whole - sums, m))
            for m in MEASURES
            if by == "outlet" and len(sizes["outlet"]) > 1
        }
        yield Group(
            by=by,
            value=value,
            articles=sizes[by][value],
            statements=int(sums[0, COUNTS.index("statements")]),
            measures={m.name: _share(sums, m) for m in MEASURES},
            rest=rest,
        )


def _shares(sums: Any, measure: Any) -> Any:
    above, below = sums[:, COUNTS.index(measure.above)], sums[:, COUNTS.index(measure.below)]
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)


def _share(sums: Any, measure: Any) -> Share:
    shares = _shares(sums, measure)
    low, high = _interval(shares[1:])
    return Share(
        count=int(sums[0, COUNTS.index(measure.above)]),
        of=int(sums[0, COUNTS.index(measure.below)]),
        share=None if np.isnan(shares[0]) else round(float(shares[0]), 4),
        low=low,
        high=high,
    )


def _difference(ours: Any, others: Any) -> Difference:
    by = ours - others
    low, high = _interval(by[1:])
    return Difference(None if np.isnan(by[0]) else round(float(by[0]), 4), low, high)


def _interval(values: Any) -> tuple[float | None, float | None]:
    """The 2.5th and 97.5th percentile; none where most replicates have nothing to divide by."""
    good = values[~np.isnan(values)]
    if len(good) < 0.9 * len(values):
        return None, None
    low, high = np.percentile(good, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)
