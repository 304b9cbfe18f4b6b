"""Turns readers' verdicts on findings into each rule's precision, with its interval.

Reads judged.jsonl: `{"rule", "article", "start", "end", "verdict": "right" | "wrong" | "unsure",
"reader"}`, ids and offsets only. A finding counts with the share of its readers who called it
right; those who were unsure don't count. Precision carries a Wilson 95 % interval; agreement is the
share of pairs of readers of one finding who gave the same verdict, unsure ones left out. Writes
`data/precision.json`, which ships with the package and shows on each rule's page.

    python -m evals.rules.precision [--findings FILE…]

With the file that `judge` writes now, only findings that the rules still make are counted: a rule
that was mended on other articles since is measured as it is.
"""

import argparse
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

from .aside import aside
from .newswire import PREFIX

JUDGED = Path(__file__).with_name("judged.jsonl")
WRITTEN = Path(__file__).parents[2] / "src" / "onrecord" / "data" / "precision.json"
POLITICS = (
    f"PolNeAR train, {len(aside('polnear_train') | aside('polnear_train_more'))} articles set aside"
)
WIRE = "Reuters-21578, the unread half of its longer stories"
GENRES = "313 articles of gossip, tabloids, court, sport, business and features"
VERDICTS = ("right", "wrong", "unsure")
Z = 1.959964
"""Standard score of a two-sided 95 % interval."""


def read(path: Path) -> list[dict[str, Any]]:
    """The verdicts. Raises `ValueError` for a line that isn't one, with its number."""
    rows = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        missing = {"rule", "article", "start", "end", "verdict", "reader"} - row.keys()
        if missing or row["verdict"] not in VERDICTS:
            fault = f"no {', '.join(sorted(missing))}" if missing else row["verdict"]
            raise ValueError(f"{path}:{number}: {fault}")
        rows.append(row)
    return rows


def still_made(rows: list[dict[str, Any]], findings: Iterable[Path]) -> list[dict[str, Any]]:
    """The verdicts on findings that stand in files of `judge`."""
    made = [json.loads(line) for f in findings for line in f.read_text("utf-8").splitlines()]
    places = {(f["rule"], f["article"], f["start"], f["end"]) for f in made}
    return [r for r in rows if (r["rule"], r["article"], r["start"], r["end"]) in places]


def _corpus(article: str) -> str:
    if article.startswith("genres/"):
        return GENRES
    return WIRE if article.startswith(PREFIX) else POLITICS


def _part(article: str) -> str:
    """Of which kind of text an article is: what a rule is right on in one, it needn't be in another."""
    return "genres" if article.startswith("genres/") else "news"


def wilson(right: float, number: int) -> tuple[float, float]:
    """Lower and upper end of the 95 % interval of a share (Wilson 1927)."""
    share, square = right / number, Z * Z / number
    middle = share + square / 2
    spread = Z * math.sqrt(share * (1 - share) / number + square / (4 * number))
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)


def score(rows: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Each rule's precision, interval, numbers judged and unsure, and the readers' agreement."""
    given: dict[str, dict[tuple[Any, ...], dict[str, str]]] = defaultdict(dict)
    for row in rows:
        place = (row["article"], row["start"], row["end"])
        given[row["rule"]].setdefault(place, {})[row["reader"]] = row["verdict"]
    figures = {}
    for code, places in sorted(given.items()):
        decided = [[v for v in by.values() if v != "unsure"] for by in places.values()]
        sure = [verdicts for verdicts in decided if verdicts]
        pairs = [a == b for verdicts in sure for a, b in combinations(verdicts, 2)]
        if not sure:
            continue
        right = sum(verdicts.count("right") / len(verdicts) for verdicts in sure)
        low, high = wilson(right, len(sure))
        parts: dict[str, list[float]] = defaultdict(list)
        for place, by in places.items():
            if verdicts := [v for v in by.values() if v != "unsure"]:
                parts[_part(place[0])].append(verdicts.count("right") / len(verdicts))
        figures[code] = {
            "parts": {
                part: {"precision": round(sum(each) / len(each), 3), "judged": len(each)}
                for part, each in sorted(parts.items())
            },
            "precision": round(right / len(sure), 3),
            "low": max(0.0, round(low, 3)),
            "high": round(high, 3),
            "judged": len(sure),
            "unsure": len(decided) - len(sure),
            "read_twice": sum(len(verdicts) > 1 for verdicts in sure),
            "agreement": round(sum(pairs) / len(pairs), 3) if pairs else None,
            "corpus": "; ".join(sorted({_corpus(place[0]) for place in places})),
        }
    return figures


def main() -> int:
    """Print the table and write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--findings", type=Path, nargs="+", help="what `evals.rules.judge --all` wrote now"
    )
    args = parser.parse_args()
    if not JUDGED.exists():
        print(f"no verdicts yet: {JUDGED} is missing. See evals.rules.judge.", file=sys.stderr)
        return 2
    rows = read(JUDGED)
    if args.findings:
        kept = still_made(rows, args.findings)
        print(f"{len(kept)} of {len(rows)} verdicts are on findings that are still made")
        rows = kept
    figures = score(rows)
    for code, f in figures.items():
        print(
            f"{code}  {f['precision']:.2f} ({f['low']:.2f} to {f['high']:.2f})"
            f"  of {f['judged']:2} judged, agreement {f['agreement']} on {f['read_twice']}"
        )
    WRITTEN.write_text(json.dumps(figures, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
