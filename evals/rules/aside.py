"""Sets articles aside for judging rules, before the rules are written.

The ids are chosen by hash and kept in aside.json, so that nobody reads or tunes on these articles
by mistake. PolNeAR train articles on which findings of earlier rules were read are left out.

The list `polnear_train_more` was set aside later, for rules too rare for 120 articles: those that
neither the table of volume (its first 500 by hash) nor anybody who mended a style rule had looked
at by then. The rules of figures had been run on them, and three false alarms mended, so for those
rules it is not unread.

    python -m evals.rules.aside ../shared/bench/data
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from ..bench import records

LIST = Path(__file__).with_name("aside.json")
ARTICLES, HEADLINES = 120, 1000
READ_STEP, READ_NUMBER = 7, 90
"""Every seventh article, up to the ninetieth, was read while SRC108 and SRC115 were written."""


def choose(data: Path) -> dict[str, list[str]]:
    """The ids set aside, a list a corpus; the later list is kept as it stands."""
    articles = [str(row["id"]) for row in records(data / "polnear_train.jsonl.gz")]
    unread = set(articles) - set(articles[READ_STEP - 1 :: READ_STEP][:READ_NUMBER])
    headlines = {str(row["id"]) for row in records(data / "numhg_dev.jsonl.gz")}
    return {
        "polnear_train": sorted(sorted(unread, key=_hash)[:ARTICLES]),
        "polnear_train_more": sorted(aside("polnear_train_more")),
        "numhg_dev": sorted(sorted(headlines, key=_hash)[:HEADLINES], key=int),
    }


def aside(corpus: str) -> frozenset[str]:
    """The ids of a corpus that are set aside."""
    lists: dict[str, Any] = json.loads(LIST.read_text("utf-8"))
    return frozenset(lists[corpus])


def _hash(name: str) -> str:
    return hashlib.sha256(f"set aside for judging: {name}".encode()).hexdigest()


if __name__ == "__main__":
    LIST.write_text(json.dumps(choose(Path(sys.argv[1])), indent=0) + "\n", "utf-8")
