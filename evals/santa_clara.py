"""Sourced statements on the development articles of the Santa Clara benchmark, by its scorer.

Statements found, their source's type and name (end to end), title and justification; neighbouring
statements of one source in a paragraph count as one.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from . import bench

CORPUS = "scu_dev.jsonl.gz"


def score(data: Path, engine: str) -> dict[str, float]:
    """F1 of the benchmark's measures for one engine."""
    tools = data.resolve().parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gold = list(bench.records(data / CORPUS))
        plain = folder / "gold.jsonl"
        plain.write_text("".join(json.dumps(row) + "\n" for row in gold), encoding="utf-8")
        texts = ({"id": r["id"], "text": r["text"]} for r in gold)
        _, made = bench.analyse(texts, folder, engine)
        rows = folder / "predictions.jsonl"
        bench.run(tools / "to_scu.py", made, out=rows)
        out = bench.run(tools / "scu_score.py", plain, rows, "--merge", "--json")
    return flatten(json.loads(out), engine)


def flatten(report: dict[str, Any], engine: str) -> dict[str, float]:
    """The figures that are pinned, out of all that the scorer reports."""
    strict = report["strict"]
    return {
        f"{engine}.statements.f1": strict["f1"],
        f"{engine}.end to end.f1": strict["end_to_end"]["f1"],
        f"{engine}.type": strict["type_acc"],
        f"{engine}.name": strict["name_acc"],
        f"{engine}.title.f1": strict["title"]["f1"],
        f"{engine}.justification.f1": strict["justification"]["f1"],
    }


def measure(data: Path) -> dict[str, float]:
    """The figures of both engines."""
    return score(data, "baseline") | score(data, "model")
