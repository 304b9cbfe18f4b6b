"""Other genres: how many of GUM's attribution relations are found, by genre.

GUM marks who says, thinks or knows something in discourse trees of fiction, speeches, letters,
court records and more. Found means that an attribution of ours, nested ones counted, shares half of
the words of the content (Jaccard), or all words of its cue and half of the content's. No floor
hangs on it.

    python -m evals.gum ../shared/bench/data
"""

import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from . import bench

CORPUS = "gum_other_genres.jsonl.gz"
_WORD = re.compile(r"\w+")


def _words(text: str, spans: list[list[int]]) -> set[int]:
    return {m.start() for a, b in spans for m in _WORD.finditer(text, a, b)}


def found(text: str, relation: dict[str, Any], ours: list[dict[str, Any]]) -> bool:
    """Whether one of our attributions is this relation."""
    content = _words(text, relation["content"])
    cue = _words(text, relation["cue_tokens"])
    for attribution in ours:
        have = _words(text, attribution["content"])
        shared = len(content & have)
        if 2 * shared >= len(content | have):
            return True
        own = attribution["cue"] and _words(text, [attribution["cue"]]) & cue
        if own and 2 * shared >= len(content):
            return True
    return False


def recall(data: Path) -> dict[str, tuple[int, int]]:
    """Relations found and relations, by genre."""
    hits: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    rows = [r for r in bench.records(data / CORPUS) if r["attributions"]]
    with tempfile.TemporaryDirectory() as name:
        texts = ({"id": r["id"], "text": r["text"]} for r in rows)
        _, made = bench.analyse(texts, Path(name), "model")
        for row, analysis in zip(rows, bench.records(made), strict=True):
            for relation in row["attributions"]:
                all_[row["genre"]] += 1
                hits[row["genre"]] += found(row["text"], relation, analysis["attributions"])
    return {genre: (hits[genre], number) for genre, number in all_.most_common()}


def measure(data: Path) -> dict[str, float]:
    """Recall over all genres."""
    table = recall(data)
    return {"recall": sum(h for h, _ in table.values()) / sum(n for _, n in table.values())}


if __name__ == "__main__":
    for genre, (hits, number) in recall(Path(sys.argv[1])).items():
        print(f"{genre:<14}{hits:>5} of {number:<5}{hits / number:>6.2f}")
