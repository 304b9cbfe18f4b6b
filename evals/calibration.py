"""Is a confidence of 0.8 right eight times in ten? A reliability table on PolNeAR's development
part.

The table of steps in the model's card is fitted (isotonic regression by pooling adjacent violators)
on all articles; `--fit` says how far each half of them, chosen by the digest of their ids, is
served by a table of the other. An attribution is right where the corpus has one with the same
content (Jaccard of half or more) and the same source (strict rule). Nested ones, which the corpus
doesn't annotate alike, are left out.
"""

import argparse
import hashlib
import importlib.util
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import numpy as np

from onrecord.extract.attributions.assemble import build
from onrecord.extract.engine.model import load_model
from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read_text

from . import bench

CORPUS = "polnear_dev.jsonl.gz"
BINS = 10
CARD = Path(__file__).parents[1] / "src" / "onrecord" / "models" / "en" / "card.json"

Outcome = tuple[float, bool]
"""An attribution's confidence, and whether it was right."""


def fitted_on(name: str) -> bool:
    """Whether an article belongs to the half that the table is fitted on."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def outcomes(data: Path, *, fit: bool, half: bool | None = None) -> list[Outcome]:
    """The model's outermost attributions, in all articles or in one half of them.

    For the fit they are the network's own, with those that are too unsure to be kept (`doubts`).
    """
    tool = scorer(data.resolve().parent / "score.py")
    rows = [
        r for r in bench.records(data / CORPUS) if half is None or fitted_on(str(r["id"])) == half
    ]
    found: list[Outcome] = []
    for row, ours in zip(rows, _raw(rows) if fit else _shown(rows), strict=True):
        article = tool.Article(row["text"])
        want = article.prepare(row["attributions"])
        have = article.prepare([spans(a) for a in ours])
        right = set(tool.pair_up(article, want, have, "strict")["e2e"].values())
        found += [(a["confidence"], n in right) for n, a in enumerate(ours)]
    return found


def _raw(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """What the network finds in each text before anything is left out."""
    for row in rows:
        article = read_text(row["text"])
        quotes = find_quotes(article.text, article.blocks)
        made = build(article.text, article.blocks, quotes, load_model())
        yield [msgspec.to_builtins(a) for a in made if a.parent is None]


def _shown(rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """What `onrecord analyse` shows of each text."""
    with tempfile.TemporaryDirectory() as name:
        texts = ({"id": r["id"], "text": r["text"]} for r in rows)
        _, made = bench.analyse(texts, Path(name), "model")
        for analysis in bench.records(made):
            yield [a for a in analysis["attributions"] if a["parent"] is None]


def scorer(path: Path) -> ModuleType:
    """The corpus's scorer, which lies beside it."""
    spec = importlib.util.spec_from_file_location("polnear_scorer", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def spans(attribution: dict[str, Any]) -> dict[str, Any]:
    """An attribution of ours in the scorer's form."""
    return {
        "source": [attribution["source"]] if attribution["source"] else [],
        "cue": [attribution["cue"]] if attribution["cue"] else [],
        "content": attribution["content"],
    }


def table(found: Sequence[Outcome]) -> list[tuple[float, float, int]]:
    """For each tenth of the scale that is used: mean confidence, share right, how many."""
    rows = []
    for n in range(BINS):
        inside = [o for o in found if min(int(o[0] * BINS), BINS - 1) == n]
        if inside:
            mean = sum(c for c, _ in inside) / len(inside)
            rows.append((mean, sum(r for _, r in inside) / len(inside), len(inside)))
    return rows


def error(found: Sequence[Outcome]) -> float:
    """Expected calibration error: the mean distance of confidence and share right over the
    tenths."""
    return sum(abs(mean - right) * n for mean, right, n in table(found)) / max(1, len(found))


def isotonic(found: Sequence[Outcome], least: int = 100) -> tuple[list[float], list[float]]:
    """Steps and values of the rising function that fits best, each value of `least` outcomes or
    more."""
    blocks: list[list[float]] = []  # mean confidence, share right, count
    ordered = sorted(found)
    for start in range(0, len(ordered), least):
        part = ordered[start : start + least]
        count = float(len(part))
        blocks.append([sum(c for c, _ in part) / count, sum(r for _, r in part) / count, count])
        while len(blocks) > 1 and blocks[-2][1] >= blocks[-1][1]:
            (x1, y1, n1), (x2, y2, n2) = blocks[-2], blocks.pop()
            n = n1 + n2
            blocks[-1] = [(x1 * n1 + x2 * n2) / n, (y1 * n1 + y2 * n2) / n, n]
    return [round(b[0], 4) for b in blocks], [round(b[1], 4) for b in blocks]


def fit(data: Path) -> None:
    """Fit the table on all articles and write it into the model's card; print its error across
    halves."""
    card = json.loads(CARD.read_text("utf-8"))
    kept = card["calibration"]
    card["calibration"] = {}
    CARD.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    halves = [outcomes(data, fit=True, half=half) for half in (True, False)]
    crossed = []
    for one, other in (halves, halves[::-1]):
        table = isotonic(one)
        crossed += [(float(np.interp(share, *table)), right) for share, right in other]
    print(f"expected calibration error across halves {error(crossed):.3f}")
    steps, values = isotonic([*halves[0], *halves[1]])
    card["calibration"] = {"steps": steps, "values": values, "data": CORPUS} | {
        name: table for name, table in kept.items() if name == "speaker"
    }
    CARD.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def measure(data: Path) -> dict[str, float]:
    """One minus the expected calibration error on what is shown."""
    return {"1 - expected calibration error": 1 - error(outcomes(data, fit=False))}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Print the reliability table, or fit anew.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", action="store_true", help="write the steps into the card")
    args = parser.parse_args()
    if args.fit:
        fit(args.data)
    held = outcomes(args.data, fit=False)
    for mean, right, count in table(held):
        print(f"confidence {mean:.2f}  right {right:.2f}  {count:5d}")
    print(f"expected calibration error {error(held):.3f} of {len(held)}")
