"""How many findings an ordinary political article gets: the table of volume.

Runs the stable rules (and apart from that all of them) over articles of the training part of
PolNeAR that are not set aside, and prints findings an article: quartiles, and the rules that speak
most.

    python -m evals.rules.volume ../shared/bench/data --articles 300 [--kept FILE]
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import mean, quantiles

import msgspec

from onrecord.linter import lint
from onrecord.records import Analysis, Settings

from ..bench import records
from .aside import aside


def analyses(data: Path, number: int, kept: Path | None = None) -> Iterator[Analysis]:
    """Analyses of articles chosen by hash; `kept` is a file that already holds analyses."""
    if kept and kept.exists():
        with kept.open("rb") as lines:
            yield from (msgspec.json.decode(x, type=Analysis) for x in islice(lines, number))
        return
    from onrecord.extract import analyse
    from onrecord.ingest import read_text

    names = aside("polnear_train") | aside("polnear_train_more")
    rows = [r for r in records(data / "polnear_train.jsonl.gz") if r["id"] not in names]
    rows.sort(key=lambda r: hashlib.sha256(r["id"].encode()).hexdigest())
    for row in rows[:number]:
        yield analyse(read_text(row["text"], input=row["id"]))


def table(made: Iterable[Analysis]) -> Iterator[str]:
    """The lines of the table: findings an article, by severity, then by rule."""
    stable, every = [], []
    by_rule: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    for analysis in made:
        found = lint(analysis).findings
        stable.append(len(found))
        every.append(len(lint(analysis, Settings(preview=True)).findings))
        by_rule.update(f.code for f in found)
        articles.update({f.code for f in found})
        severities.update(f.severity for f in found)
    yield f"{'findings an article':<24}{'lower':>8}{'median':>8}{'upper':>8}{'mean':>8}{'most':>8}"
    for name, counts in (("stable rules", stable), ("with preview rules", every)):
        low, middle, high = quantiles(counts, n=4)
        row = f"{low:8.1f}{middle:8.1f}{high:8.1f}{mean(counts):8.1f}{max(counts):8}"
        yield f"{name:<24}{row}"
    shares = ", ".join(f"{n / len(stable):.2f} {s}s" for s, n in severities.most_common())
    yield f"\nOf the stable ones an article has on average {shares} ({len(stable)} articles).\n"
    yield f"{'rule':<10}{'findings':>10}{'articles':>10}"
    for code, number in by_rule.most_common():
        yield f"{code:<10}{number:10}{articles[code]:10}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--articles", type=int, default=300, help="how many articles")
    parser.add_argument("--kept", type=Path, help="a file of analyses, JSON Lines")
    args = parser.parse_args()
    print("\n".join(table(analyses(args.data, args.articles, args.kept))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
