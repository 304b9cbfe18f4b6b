"""Contradictions planted in PolNeAR's training articles: is exactly the changed place found, and the original silent?

An article is eligible where its text states something twice, found here by plain patterns that share
nothing with the rules. Weekday: a weekday stands with its date, in or near the year of publication, and the calendar
agrees; it becomes the next day. Age: one full name has the same age behind it twice, between commas; the second grows by
three. Spelling: a known person's first and last name stand together at least three times; two letters of the
last one's surname change places. Lists, percentages, durations and quotations are not planted yet.

    python -m evals.rules.planted ../shared/bench/data
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from onrecord import Article, lint, read
from onrecord.extract import analyse
from onrecord.rules import all_rules

from ..bench import records

CODES = {"weekday": "NUM405", "age": "NUM401", "spelling": "NUM408"}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = re.compile(rf"\b({'|'.join(_DAYS)}), ([A-Z][a-z]{{2,8}})\.? (\d{{1,2}})\b(?:, (\d{{4}}))?")
_AGE = re.compile(r"\b([A-Z][a-z]+ [A-Z][a-z]+), (\d\d), ")
_NAME = re.compile(r"\b([A-Z][a-z]{2,}) ([A-Z][a-z]{5,})\b")
Change = tuple[str, int, int, str]


def changes(text: str, year: int, people: frozenset[str], dice: random.Random) -> Iterator[Change]:
    """At most one change a kind: its kind, the place that changes, what stands there then."""
    for day in _DAY.finditer(text):
        try:
            when = datetime.strptime(
                f"{day.group(2)[:3]} {day.group(3)} {day.group(4) or year}", "%b %d %Y"
            )
        except ValueError:
            continue
        if _DAYS[when.weekday()] == day.group(1):
            yield "weekday", *day.span(1), _DAYS[(when.weekday() + 1) % 7]
            break
    ages: dict[tuple[str, str], list[re.Match[str]]] = defaultdict(list)
    for age in _AGE.finditer(text):
        ages[age.groups()].append(age)  # type: ignore[index]
    for twice in ages.values():
        if len(twice) > 1:
            yield "age", *twice[1].span(2), str(int(twice[1].group(2)) + 3)
            break
    names: dict[str, list[re.Match[str]]] = defaultdict(list)
    for name in _NAME.finditer(text):
        names[name.group()].append(name)
    for name, places in names.items():
        if len(places) > 2 and name in people:
            last = places[-1]
            word = last.group(2)
            at = [n for n in range(1, len(word) - 2) if word[n] != word[n + 1]]
            if at:
                n = dice.choice(at)
                yield "spelling", *last.span(2), word[:n] + word[n + 1] + word[n] + word[n + 2 :]
                break


def _article(text: str, published: str | None) -> Article:
    row = json.dumps({"id": "x", "text": text} | ({"published": published} if published else {}))
    (article,) = [a for a in read(row.encode(), kind="jsonl") if isinstance(a, Article)]
    return article


def measure(data: Path) -> dict[str, float]:
    """Recall a kind, the share of originals that are silent, and how many were planted."""
    rules: list[Any] = [rule for rule in all_rules() if rule.code in CODES.values()]
    dice = random.Random(11)
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    articles = silent = 0
    for row in records(data / "polnear_train.jsonl.gz"):
        day = re.search(r"_(\d{4}-\d\d-\d\d)_", row["id"])
        if day is None:
            continue
        analysis = analyse(_article(row["text"], day.group(1)), engine="baseline")
        before = {f.code for f in lint(analysis, rules=rules).findings}
        articles, silent = articles + 1, silent + (not before)
        people = frozenset(p.name for p in analysis.people)
        text = analysis.article.text
        for kind, start, end, new in changes(text, int(day.group(1)[:4]), people, dice):
            changed = analyse(
                _article(text[:start] + new + text[end:], day.group(1)), engine="baseline"
            )
            made = lint(changed, rules=rules).findings
            planted[kind] += 1
            hit = [f for f in made if f.code == CODES[kind] and f.code not in before]
            found[kind] += bool(hit) and {f.code for f in made} <= before | {CODES[kind]}
    figures = {f"{kind} found": found[kind] / planted[kind] for kind in CODES if planted[kind]}
    figures |= {f"{kind} planted": float(planted[kind]) for kind in CODES}
    return figures | {"originals silent": silent / max(1, articles)}


if __name__ == "__main__":
    for figure, value in measure(Path(sys.argv[1])).items():
        print(f"{figure:<24}{value:8.3f}")
