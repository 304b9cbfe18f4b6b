"""Who speaks, held against labels made by reading: kind, person's name, nested attributions.

The labels (`labels/README.md`) are two readers' answers on articles of PolNeAR's development part.
Counted are the labelled sources of attributions that were found: contents whose words overlap by
half or more (Jaccard), with a source that shares a word. Figures are the mean over both readers.
"""

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from . import bench

CORPUS = "polnear_dev.jsonl.gz"
LABELS = Path(__file__).parent / "labels"
READERS = ("reader1", "reader2")
ATTITUDES = ("believes", "intends")
Row = dict[str, Any]
Spans = Iterable[Sequence[int]]


def words(text: str, spans: Spans) -> frozenset[int]:
    """The words of some spans, by the offset of their first character."""
    return frozenset(a + m.start() for a, b in spans for m in re.finditer(r"\w+", text[a:b]))


def pairs(text: str, gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """Attributions paired one to one, the best overlap of contents first, sources sharing a
    word."""
    sides = [[(row, words(text, row["content"])) for row in rows] for rows in (gold, found)]
    ranked = sorted(
        (
            (len(a & b) / len(a | b), i, j)
            for i, (_, a) in enumerate(sides[0])
            for j, (_, b) in enumerate(sides[1])
            if a & b and 2 * len(a & b) >= len(a | b)
        ),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    paired = []
    for _, i, j in ranked:
        if i in used[0] or j in used[1] or not _same_source(text, gold[i], found[j]):
            continue
        used[0].add(i)
        used[1].add(j)
        paired.append((gold[i], found[j]))
    return paired


def _same_source(text: str, gold: Row, found: Row) -> bool:
    if not gold["source"] or not found["source"]:
        return False
    source = gold["source"]
    spans = source if isinstance(source[0], list) else [source]
    return bool(words(text, spans) & words(text, [found["source"]]))


def same_name(label: str, name: str | None) -> bool:
    """Whether two full names are one person's: the same last word, and the same first word."""
    a, b = ([w.lower() for w in re.findall(r"[\w'’-]+", n or "")] for n in (label, name))
    for side in (a, b):
        if len(side) > 2 and side[-1] in ("jr", "sr", "ii", "iii", "iv"):
            side.pop()
    return bool(a and b) and a[-1] == b[-1] and a[0] == b[0]


def read(reader: str, what: str = "") -> dict[str, list[Row]]:
    """One reader's labels by article; `what` is "" or "nested"."""
    name = f"polnear_dev.{reader}{'.' if what else ''}{what}.jsonl"
    rows: dict[str, list[Row]] = {}
    for row in bench.records(LABELS / name):
        rows.setdefault(row["article"], []).append(row)
    return rows


class Tally:
    """Counts over the labelled articles, for one reader."""

    def __init__(self) -> None:
        self.kinds: Counter[tuple[str, str]] = Counter()
        """(the reader's kind, the kind found)."""
        self.names: Counter[bool] = Counter()
        self.nested: Counter[str] = Counter()
        self.labelled = 0
        self.misses: list[str] = []

    def add(self, gold: Row, analysis: Row, labels: list[Row], nested: list[Row]) -> None:
        """Count one article."""
        text = gold["text"]
        sources = {s["id"]: s for s in analysis["sources"]}
        outer = [a for a in analysis["attributions"] if a["parent"] is None]
        by_place = {(a["content"][0][0], a["content"][0][1]): a for a in gold["attributions"]}
        rows = [row | {"label": label} for label in labels
                if (row := by_place.get((label["start"], label["end"])))]  # fmt: skip
        self.labelled += len(rows)
        for row, made in pairs(text, rows, outer):
            label, source = row["label"], sources.get(made["source_id"])
            kind = source["kind"] if source else "none"
            said = text[made["source"][0] : made["source"][1]]
            self.kinds[label["kind"], kind] += 1
            if label["kind"] != kind:
                self.misses.append(f"{label['kind']} as {kind}: {said}")
            if label["kind"] == "person" and label["name"]:
                name = text[label["name"][0] : label["name"][1]]
                right = source is not None and same_name(name, source["name"])
                self.names[right] += 1
                if not right and kind == "person" and source:
                    self.misses.append(f"{name} as {source['name']}: {said}")
        inner = [
            a
            for a in analysis["attributions"]
            if a["parent"] is not None and a["stance"] not in ATTITUDES
        ]
        self.nested["right"] += len(pairs(text, nested, inner))
        self.nested["gold"] += len(nested)
        self.nested["found"] += len(inner)

    def figures(self) -> dict[str, float]:
        """The shares that are pinned."""
        total = sum(self.kinds.values())
        both = self.nested["gold"] + self.nested["found"]
        return {
            "found": total / self.labelled,
            "kind": sum(n for (a, b), n in self.kinds.items() if a == b) / total,
            "person's name": self.names[True] / self.names.total(),
            "nested.f1": 2 * self.nested["right"] / both if both else 0.0,
        }

    def table(self) -> str:
        """The confusion table: the reader's kinds in rows, onrecord's in columns."""
        kinds = sorted({k for pair in self.kinds for k in pair})
        lines = [f"{'label / found':<14}" + "".join(f"{k[:11]:>13}" for k in kinds)]
        for row in kinds:
            cells = "".join(f"{self.kinds[row, k] or '.':>13}" for k in kinds)
            lines.append(f"{row:<14}{cells}")
        return "\n".join(lines)


def tallies(data: Path, analyses: Iterable[Row]) -> dict[str, Tally]:
    """Both readers' counts for analyses of the development part (objects with `id`)."""
    made = {row["id"]: row for row in analyses}
    gold = {row["id"]: row for row in bench.records(data / CORPUS)}
    out = {}
    for reader in READERS:
        labels, nested = read(reader), read(reader, "nested")
        out[reader] = Tally()
        for article, rows in labels.items():
            out[reader].add(gold[article], made[article], rows, nested.get(article, []))
    return out


def agreement() -> dict[str, float]:
    """How far the two readers agree: kind, and name where both see a person with a name."""
    first, second = (
        {(r["article"], r["start"], r["end"]): r for rows in read(reader).values() for r in rows}
        for reader in READERS
    )
    both = [(first[k], second[k]) for k in first if k in second]
    named = [(a, b) for a, b in both if a["name"] and b["name"]]
    return {
        "readers.kind": sum(a["kind"] == b["kind"] for a, b in both) / len(both),
        "readers.name": sum(a["name"] == b["name"] for a, b in named) / len(named),
    }


def measure(data: Path) -> dict[str, float]:
    """The mean figures over both readers, and the readers' agreement."""
    labelled = set(read(READERS[0]))
    with tempfile.TemporaryDirectory() as name:
        texts = (
            {"id": r["id"], "text": r["text"]}
            for r in bench.records(data / CORPUS)
            if r["id"] in labelled
        )
        _, made = bench.analyse(texts, Path(name), "model")
        counted = tallies(data, list(bench.records(made))).values()
    figures = [tally.figures() for tally in counted]
    return {k: sum(f[k] for f in figures) / len(figures) for k in figures[0]} | agreement()


def main() -> None:
    """Print figures, confusion tables and what is wrong, for analyses that were made before."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder of the corpora")
    parser.add_argument("analyses", type=Path, help="`onrecord analyse --format jsonl` of them")
    args = parser.parse_args()
    for reader, tally in tallies(args.data, map(json.loads, args.analyses.open())).items():
        print(reader, {k: round(v, 3) for k, v in tally.figures().items()}, dict(tally.nested))
        print(tally.table())
        print(*tally.misses, sep="\n")
    print({k: round(v, 3) for k, v in agreement().items()})


if __name__ == "__main__":
    main()
