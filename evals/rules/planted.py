"""Contradictions planted in PolNeAR's training articles: is exactly the changed place found, and
the original silent?

Two ways. *In place* (`inplace`): an article states one thing twice, and one of the two is changed.
*Put in* (`sentences`): sentences of ours about people whom the article names are put between its
paragraphs; while they agree nothing new may be found, and when one says something else exactly that
must be. A change counts as found if a rule for its kind speaks at the changed place, and no stable
rule says anything else that it did not say before. A kind's originals are silent where the rules
for it say nothing at that place.

Quotations, speakers and reasons are read with the trained model, all else with the baseline:
figures and names don't depend on the engine.

    python -m evals.rules.planted ../shared/bench/data [--misses FILE] [--only KIND]
"""

import argparse
import hashlib
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from onrecord import Article, Finding, lint, read
from onrecord.extract import Engine, analyse
from onrecord.language.en.lexicon import lexicon
from onrecord.records import Analysis
from onrecord.rules import all_rules

from ..bench import records
from .inplace import CODES, changes
from .sentences import MADE, Scene

EACH = 42
"""Changes a kind that is put in, each in an article of its own: three rounds of a list of fourteen
sentences."""
LEARNED = frozenset({"headline quotation", "speaker", "reason"})
"""Kinds that need to know who speaks, so are read with the trained model where the package has
it."""


_ALSO_WORDS = frozenset(
    "April August Charlotte Chelsea Christian Dallas Faith Florence Georgia Grace Grant Hope"
    " Houston Israel"
    " Jackson Jordan Joy June Lincoln Madison Mark May Paris Rich Rose San Santa Sydney Virginia"
    " Will".split()
)


@dataclass(frozen=True)
class Case:
    """One planted contradiction: the article as it was or with agreeing sentences, and changed."""

    kind: str
    codes: tuple[str, ...]
    true: str
    false: str
    true_at: tuple[int, int]
    false_at: tuple[int, int]
    published: str
    form: str


def _article(text: str, published: str) -> Article:
    title, _, body = text.partition("\n")
    row = json.dumps({"id": "x", "title": title, "text": body.strip(), "published": published})
    (article,) = [a for a in read(row.encode(), kind="jsonl") if isinstance(a, Article)]
    return article


def _read(text: str, published: str, kind: str) -> Analysis:
    engine: Engine | None = None if kind in LEARNED else "baseline"
    return analyse(_article(text, published), engine=engine)


def corpus(data: Path) -> Iterator[tuple[str, str, str]]:
    """The articles of the training part whose day is known: id, text, day."""
    for row in records(data / "polnear_train.jsonl.gz"):
        if day := re.search(r"_(\d{4}-\d\d-\d\d)_", row["id"]):
            yield row["id"], row["text"], day.group(1)


def in_place(text: str, published: str, dice: random.Random) -> Iterator[Case]:
    """The changes of what an article itself states twice."""
    for kind, start, end, new in changes(text, int(published[:4]), _given(), dice):
        changed = text[:start] + new + text[end:]
        yield Case(
            kind, CODES[kind], text, changed, (start, end), (start, start + len(new)), published, ""
        )


def put_in(kind: str, turn: int, text: str, published: str, people: list[str]) -> Case | None:
    """An article with sentences of ours in it; none where it has too few people or paragraphs."""
    dice = random.Random(f"{kind} {turn}")
    ends = [m.end() for m in re.finditer(r"[^\n]+", text)]
    quiet = [
        n for n in range(2, len(ends) - 1)
        if not re.search(r"[“”\"]|''", text[ends[n - 1] : ends[n + 1]])
    ]  # fmt: skip
    if len(people) < (4 if kind == "list" else 1) or len(quiet) < 2:
        return None
    code, make = MADE[kind]
    scene = Scene(dice.sample(people, min(6, len(people))), date.fromisoformat(published), dice)
    pair = make(scene, turn)
    one, two = (ends[n] for n in sorted(dice.sample(quiet, 2)))
    first = f"\n\n{pair.first}" if pair.first else ""
    front = text[:one] + first + text[one:two] + "\n\n"
    at = len(front)
    made = [
        (front + said + text[two:], (at, at + len(said))) for said in (pair.again, pair.otherwise)
    ]
    return Case(kind, (code,), made[0][0], made[1][0], made[0][1], made[1][1], published, pair.form)


@cache
def _given() -> frozenset[str]:
    return (lexicon("names", "female") | lexicon("names", "male")) - _ALSO_WORDS


def named(text: str) -> list[str]:
    """The people whom an article names in full by a given name that is no other word as well, with
    a surname of their own, which stands there at least once more, and no age or year of birth
    behind it."""
    full = {m.groups() for m in re.finditer(r"\b([A-Z][a-z]+) ([A-Z][a-z]{3,})\b(?! [A-Z])", text)}
    last = Counter(name[1] for name in full)
    seen = Counter(re.findall(r"\b[A-Z][a-z]{3,}\b", text))
    told = set(re.findall(r"([A-Z][a-z]{3,})(?:,| \() ?(?:aged? )?\d", text))
    told |= set(re.findall(r"([A-Z][a-z]{3,}),? (?:who )?(?:was )?born", text))
    told |= set(re.findall(r"-old [A-Z][a-z]+ ([A-Z][a-z]{3,})", text))
    return [
        f"{first} {surname}"
        for first, surname in sorted(full)
        if first in _given() and last[surname] == 1 and seen[surname] > 1 and surname not in told
    ]


def cases(data: Path, only: str = "") -> Iterator[Case]:
    """All planted contradictions, in an order that hashes give."""
    articles = sorted(corpus(data), key=lambda a: hashlib.sha256(a[0].encode()).digest())
    dice = random.Random(11)
    wanted = [kind for kind in MADE if only in ("", kind)]
    made: Counter[str] = Counter()
    for _, given, published in articles:
        text = _article(given, published).text
        people = named(text)
        for case in in_place(text, published, dice):
            if only in ("", case.kind) and (case.kind not in LEARNED or made[case.kind] < EACH):
                made[case.kind] += 1
                yield case
        for kind in sorted(wanted, key=lambda k: made[k])[:4]:
            if made[kind] >= EACH:
                continue
            if put := put_in(kind, made[kind], text, published, people):
                made[kind] += 1
                yield put


def judge(case: Case, rules: tuple[Any, ...]) -> tuple[bool, bool, list[Finding]]:
    """Whether the change is found and nothing else; whether the original is silent; what is new."""
    before = lint(_read(case.true, case.published, case.kind), rules=rules).findings
    after = lint(_read(case.false, case.published, case.kind), rules=rules).findings
    old = Counter(f.code for f in before)
    silent = not any(f.code in case.codes and _touches(f, case.true_at) for f in before)
    new = []
    for code, number in Counter(f.code for f in after).items():
        if number > old[code]:
            new += [f for f in after if f.code == code]
    right = [f for f in after if f.code in case.codes and _touches(f, case.false_at)]
    others = {f.code for f in new} - set(case.codes)
    return bool(right) and not others, silent, new


def _touches(finding: Finding, place: tuple[int, int]) -> bool:
    """Whether a finding, or evidence that it names, stands at a place."""
    spans = [finding.span, *(r.span for r in finding.related)]
    return any(s.start < place[1] and place[0] < s.end for s in spans)


def measure(data: Path, only: str = "", misses: Path | None = None) -> dict[str, float]:
    """Recall a kind, the share of its originals that are silent, and how many were planted."""
    stable = tuple(rule for rule in all_rules() if rule.status == "stable")
    wanted = {code for codes in CODES.values() for code in codes} | {c for c, _ in MADE.values()}
    rules = tuple(r for r in all_rules() if r in stable or r.code in wanted)
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    quiet: Counter[str] = Counter()
    missed: dict[str, list[str]] = defaultdict(list)
    for case in cases(data, only):
        right, silent, new = judge(case, rules)
        total[case.kind] += 1
        found[case.kind] += right
        quiet[case.kind] += silent
        if not right or not silent:
            row = {
                "kind": case.kind, "found": right, "silent": silent, "form": case.form,
                "new": [f"{f.code} {f.message}" for f in new],
                "text": case.false[max(0, case.false_at[0] - 60) : case.false_at[1] + 120],
            }  # fmt: skip
            missed[case.kind].append(json.dumps(row, ensure_ascii=False))
    if misses:
        misses.write_text("\n".join(row for rows in missed.values() for row in rows), "utf-8")
    figures: dict[str, float] = {}
    for kind in (k for k in (*CODES, *MADE) if total[k]):
        figures[f"{kind} found"] = found[kind] / total[kind]
        figures[f"{kind} silent before"] = quiet[kind] / total[kind]
        figures[f"{kind} planted"] = float(total[kind])
    return figures


def main() -> None:
    """Print the table, a kind a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--only", default="", help="one kind")
    parser.add_argument(
        "--misses", type=Path, help="where to write what was missed; outside the repository"
    )
    args = parser.parse_args()
    figures = measure(args.data, args.only, args.misses)
    print(f"{'kind':<20}{'planted':>9}{'found':>9}{'silent before':>15}")
    for name in [n.removesuffix(" found") for n in figures if n.endswith(" found")]:
        number, share = figures[f"{name} planted"], figures[f"{name} found"]
        print(f"{name:<20}{number:9.0f}{share:9.3f}{figures[f'{name} silent before']:15.3f}")


if __name__ == "__main__":
    main()
