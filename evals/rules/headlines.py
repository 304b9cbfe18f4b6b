"""HED302 on NumHG: headline numbers by how their gold derivation says they were made.

Copied, written out, paraphrased and rounded numbers must be left in peace. Then the number is
replaced by one that is neither in the body, in digits or in words, nor within 10 % of one there,
nor a sum or difference of two there: that must be found. Calculated numbers are reported apart.
Bodies have lost their quotation marks, so nothing else is measured on them.

    python -m evals.rules.headlines ../shared/bench/data [--aside]
"""

import json
import random
import re
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from onrecord import Article, lint, read
from onrecord.extract import analyse
from onrecord.rules import all_rules

from ..bench import records
from .aside import aside

GIVEN = ("Copy", "Trans", "Paraphrase", "Round", "SRound")
_SMALL = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen"
        " seventeen eighteen nineteen twenty".split(), start=1
    )
} | {
    word: 10 * n
    for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety hundred".split(), start=3)
} | {"dozen": 12}  # fmt: skip
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def group(op: str) -> str:
    """How a headline's number was made: one of GIVEN, or calculated."""
    steps = set(re.findall(r"[A-Za-z]+(?=\()", op))
    return next(iter(steps)) if len(steps) == 1 and steps <= set(GIVEN) else (
        "Round" if steps and steps <= set(GIVEN) else "calculated"
    )  # fmt: skip


def fires(headline: str, body: str, published: str | None, at: int, rules: list[Any]) -> bool:
    """Whether the rule reports the number that stands at a place in the headline."""
    row = {"id": "x", "title": headline.strip(), "text": body, "published": published}
    (article,) = [a for a in read(json.dumps(row).encode(), kind="jsonl") if isinstance(a, Article)]
    made = lint(analyse(article, engine="baseline"), rules=rules)
    return any(f.span.start - 1 <= at <= f.span.end for f in made.findings)


def day(date: str | None) -> str | None:
    """The day of a brief, "Sep 25, 2016", as ISO writes it; null where there is none."""
    try:
        return datetime.strptime((date or "").strip()[:12].strip(), "%b %d, %Y").date().isoformat()
    except ValueError:
        return None


def other(answer: str, body: str, dice: random.Random) -> str | None:
    """A whole number of the same length that the body neither holds nor comes near to."""
    have = {float(n.replace(",", "")) for n in _NUMBER.findall(body)}
    low = body.lower()
    have |= {float(n) for word, n in _SMALL.items() if re.search(rf"\b{word}\b", low)}
    have |= {
        float(_SMALL[tens] + _SMALL[ones]) for tens, ones in re.findall(r"\b([a-z]+ty)-([a-z]+)\b", low)
        if tens in _SMALL and ones in _SMALL
    }  # fmt: skip
    size = len(answer.replace(",", ""))
    pairs = {a + b for a in have for b in have} | {abs(a - b) for a in have for b in have}
    for _ in range(40):
        value = dice.randint(max(3, 10 ** (size - 1)), 10**size - 1)
        if value not in pairs and all(abs(value - v) > max(1, 0.1 * v) for v in have):
            return str(value)
    return None


def measure(data: Path, inside: bool = True, limit: int = 1000) -> dict[str, float]:
    """Shares of headlines that are silent as they are, and found out when changed."""
    chosen = aside("numhg_dev")
    rules = [rule for rule in all_rules() if rule.code == "HED302"]
    total: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    dice, tried, caught, seen = random.Random(7), 0, 0, 0
    for row in records(data / "numhg_dev.jsonl.gz"):
        if (str(row["id"]) in chosen) != inside or "____" not in row["cloze"] or seen >= limit:
            continue
        seen += 1
        answer, at = str(row["answer"]), row["cloze"].index("____")
        name, when = group(row["op"]), day(row["date"])
        total[name] += 1
        silent[name] += not fires(row["headline"], row["text"], when, at, rules)
        if answer.isdigit() and name in GIVEN and (new := other(answer, row["text"], dice)):
            tried += 1
            changed = row["cloze"].replace("____", new)
            caught += fires(changed, row["text"], when, at, rules)
    given = sum(total[n] for n in GIVEN)
    figures = {"silent on given": sum(silent[n] for n in GIVEN) / max(1, given)}
    figures["silent on all"] = sum(silent.values()) / max(1, seen)
    figures["replaced found"] = caught / max(1, tried)
    return figures | {f"silent on {n}": silent[n] / total[n] for n in sorted(total)}


if __name__ == "__main__":
    for figure, value in measure(Path(sys.argv[1]), "--aside" in sys.argv).items():
        print(f"{figure:<28}{value:.3f}")
