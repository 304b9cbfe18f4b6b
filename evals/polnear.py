"""Attributions on the development part of PolNeAR, by the corpus's scorer, for each engine.

Content: the words of two contents overlap by half or more (Jaccard). End to end (e2e): the source
is right as well, by the strict rule. Direct: contents at least 80 % inside quotation marks.
"""

import json
import tempfile
from pathlib import Path

from . import bench

CORPUS = "polnear_dev.jsonl.gz"


def score(data: Path, engine: str) -> dict[str, float]:
    """F1 of contents, of exact contents and end to end, for one engine."""
    tools = data.resolve().parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = ({"id": r["id"], "text": r["text"]} for r in bench.records(data / CORPUS))
        given, made = bench.analyse(texts, folder, engine)
        rows = folder / "predictions.jsonl"
        bench.run(tools / "to_polnear.py", made, "--texts", given, out=rows)
        gold = data.resolve() / CORPUS
        report = json.loads(bench.run(tools / "score.py", "--gold", gold, "--pred", rows, "--json"))
    return {
        f"{engine}.{part}.{kind}.f1": report[part][kind]["f1"]
        for part in ("all", "direct")
        for kind in ("content", "exact", "e2e")
    } | {f"{engine}.all.source accuracy": report["all"]["source_accuracy"]}


def measure(data: Path) -> dict[str, float]:
    """The figures of both engines."""
    return score(data, "baseline") | score(data, "model")
