"""HED302 on NumHG: headline numbers by how their gold derivation says they were made.

Copied, written out, paraphrased and rounded numbers must be left in peace. Then the number is replaced
by one that is neither in the body nor within 10 % of one there, nor a sum or difference of two there: that must be found. Calculated numbers
are reported apart. Bodies have lost their quotation marks, so nothing else is measured on them.

    python -m evals.rules.headlines ../shared/bench/data [--aside]
"""

import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from onrecord import lint
from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.rules import all_rules

from ..bench import records
from .aside import aside

GIVEN = ("Copy", "Trans", "Paraphrase", "Round", "SRound")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def group(op: str) -> str:
    """How a headline's number was made: one of GIVEN, or calculated."""
    steps = set(re.findall(r"[A-Za-z]+(?=\()", op))
    return next(iter(steps)) if len(steps) == 1 and steps <= set(GIVEN) else (
        "Round" if steps and steps <= set(GIVEN) else "calculated"
    )  # fmt: skip


def fires(headline: str, body: str, at: int, rules: list[Any]) -> bool:
    """Whether the rule reports the number that stands at a place in the headline."""
    text = f"{headline.strip()}\n\n{body}"
    made = lint(analyse(read_text(text), engine="baseline"), rules=rules)
    return any(f.span.start - 1 <= at <= f.span.end for f in made.findings)


def other(answer: str, body: str, dice: random.Random) -> str | None:
    """A whole number of the same length that the body neither holds nor comes near to."""
    have = {float(n.replace(",", "")) for n in _NUMBER.findall(body)}
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
        name = group(row["op"])
        total[name] += 1
        silent[name] += not fires(row["headline"], row["text"], at, rules)
        if answer.isdigit() and name in GIVEN and (new := other(answer, row["text"], dice)):
            tried += 1
            caught += fires(row["cloze"].replace("____", new), row["text"], at, rules)
    given = sum(total[n] for n in GIVEN)
    figures = {"silent on given": sum(silent[n] for n in GIVEN) / max(1, given)}
    figures["replaced found"] = caught / max(1, tried)
    return figures | {f"silent on {n}": silent[n] / total[n] for n in sorted(total)}


if __name__ == "__main__":
    for figure, value in measure(Path(sys.argv[1]), "--aside" in sys.argv).items():
        print(f"{figure:<28}{value:.3f}")
