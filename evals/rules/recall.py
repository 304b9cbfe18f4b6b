"""How many of the places where an editor would want a finding the rules find.

`recall.jsonl` holds labels that one reader made by reading 60 training articles of the genres, and
another for RPL501 by reading 40 further ones with unnamed voices: the article, the rule, and the
places (half-open code points) any of which will do. The guide:

- The 60 are the first of `genres_train` by SHA-256 of `"recall" + id`. All of an article is read
  before its first label, without the rules' findings.
- A label is a place where the rule's page, read by a person, asks for a finding; not where the rule
  as it is would make one. Of voices (ANO001, 002, 006, 008) each voice is one label, of whatever
  number of mentions; of ANO010 and SEN701 an article is one.
- OUT603 has no labels: it needs the outlet's name, which these texts don't give. No article has
  a place for SRC109 or SRC115.

`recall.reader2.jsonl` holds another reader's labels of every third of the 60, made without seeing
the first's; `--agreement` sets them side by side. The first read for LAN901 sparsely.

A label is found where a finding of its rule touches a sentence of one of its places; of rules that
speak once an article, where there is one.

    python -m evals.rules.recall ../shared/bench/data [--misses] [--agreement]
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
SECOND = Path(__file__).with_name("recall.reader2.jsonl")
ONCE = frozenset(("ANO010", "SEN701"))
"""Rules that speak once an article, wherever that is."""
CORPUS = "genres_train.jsonl.gz"
Label = dict[str, list[list[int]]]


def labels(path: Path = LABELS) -> dict[str, list[tuple[str, list[list[int]]]]]:
    """The labels of each article: the rule, and the places that will do."""
    found = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
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


def agreement(data: Path) -> Counter[tuple[str, str]]:
    """How many labels of each rule the first reader has, the second, and both, in articles that
    both have read. Two are one where they share a sentence, or their rule speaks once an article."""
    first, second = labels(), labels(SECOND)
    found: Counter[tuple[str, str]] = Counter()
    for row in records(data / CORPUS):
        if row["id"] not in second:
            continue
        analysis = analyse(read_text(row["text"]), engine="baseline")

        def sentences(spans: list[list[int]], of: Analysis = analysis) -> set[int]:
            return {sentence_at(of, start) for start, _ in spans}

        left = [(code, sentences(spans)) for code, spans in second[row["id"]]]
        found.update((code, "second") for code, _ in left)
        for code, spans in first.get(row["id"], []):
            found[code, "first"] += 1
            here = sentences(spans)
            same = (o for o in left if o[0] == code and (code in ONCE or o[1] & here))
            if one := next(same, None):
                left.remove(one)
                found[code, "both"] += 1
    return found


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
    parser.add_argument("--agreement", action="store_true", help="how far two readers agree")
    args = parser.parse_args()
    if args.agreement:
        both = agreement(args.data)
        for code in sorted({code for code, _ in both}):
            counts = (f"{who} {both[code, who]:3}" for who in ("first", "second", "both"))
            print(f"{code:<10}{'  '.join(counts)}")
        return
    rows = list(judged(args.data))
    total, hit = Counter(r[0] for r in rows), Counter(r[0] for r in rows if r[2])
    for code in sorted(total):
        print(f"{code:<10}{hit[code]:4}/{total[code]:<4}{hit[code] / total[code]:.2f}")
        for _, words, _ in [r for r in rows if r[0] == code and args.misses and not r[2]]:
            print(f"          missed: {words}")
    print(f"{'all':<10}{sum(hit.values()):4}/{len(rows):<4}{sum(hit.values()) / len(rows):.2f}")


if __name__ == "__main__":
    main()
