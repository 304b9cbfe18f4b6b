"""How many of the places where an editor would want a finding the rules find.

`recall.jsonl` holds 143 labels that one reader made by reading 60 training articles of the genres: the
article, the rule, and the places (half-open code points) any of which will do. The guide:

- The 60 are the first of `genres_train` by SHA-256 of `"recall" + id`. All of an article is read
  before its first label, without the rules' findings.
- A label is a place where the rule's page, read by a person, asks for a finding; not where the rule
  as it is would make one. Of voices (ANO001, 002, 006, 008) each voice is one label, of whatever
  number of mentions; of ANO010 and SEN701 an article is one.
- OUT603 has no labels: it needs the outlet's name, which these texts don't give. No article has
  a place for SRC109 or SRC115.

A label is found where a finding of its rule touches a sentence of one of its places; of rules that
speak once an article, where there is one.

    python -m evals.rules.recall ../shared/bench/data [--misses]
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from onrecord import analyse, lint, read_text
from onrecord.query.voices import sentence_at
from onrecord.records import Analysis, Finding, Settings

from ..bench import records

LABELS = Path(__file__).with_name("recall.jsonl")
ONCE = frozenset(("ANO010", "SEN701"))
"""Rules that speak once an article, wherever that is."""
CORPUS = "genres_train.jsonl.gz"
Label = dict[str, list[list[int]]]


def labels() -> dict[str, list[tuple[str, list[list[int]]]]]:
    """The labels of each article: the rule, and the places that will do."""
    found = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        row = json.loads(line)
        found[row["article"]].append((row["code"], row["spans"]))
    return found


def judged(data: Path) -> Iterator[tuple[str, str, bool]]:
    """Each label's rule, the words at its first place, and whether it is found."""
    wanted = labels()
    for row in records(data / CORPUS):
        if row["id"] not in wanted:
            continue
        analysis = analyse(read_text(row["text"], input=row["id"]))
        made = lint(analysis, Settings(preview=True)).findings
        for code, spans in wanted[row["id"]]:
            same = [f for f in made if f.code == code]
            found = any(code in ONCE or _touched(analysis, f, spans) for f in same)
            yield code, " ".join(row["text"][spans[0][0] : spans[0][1]].split()), found


def _touched(analysis: Analysis, finding: Finding, spans: list[list[int]]) -> bool:
    places = [finding.span, *(r.span for r in finding.related)]
    said = {sentence_at(analysis, place.start) for place in places}
    return bool(said & {sentence_at(analysis, start) for start, _ in spans})


def measure(data: Path) -> dict[str, float]:
    """Recall of each rule that has labels, and of all."""
    total: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for code, _, found in judged(data):
        for name in (code, "all"):
            total[name] += 1
            hit[name] += found
    return {name: hit[name] / total[name] for name in sorted(total)}


def main() -> None:
    """Print the recall of each rule, and what is missed where that is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--misses", action="store_true", help="print the places that are missed")
    args = parser.parse_args()
    rows = list(judged(args.data))
    total, hit = Counter(r[0] for r in rows), Counter(r[0] for r in rows if r[2])
    for code in sorted(total):
        print(f"{code:<10}{hit[code]:4}/{total[code]:<4}{hit[code] / total[code]:.2f}")
        for _, words, _ in [r for r in rows if r[0] == code and args.misses and not r[2]]:
            print(f"          missed: {words}")
    print(f"{'all':<10}{sum(hit.values()):4}/{len(rows):<4}{sum(hit.values()) / len(rows):.2f}")


if __name__ == "__main__":
    main()
