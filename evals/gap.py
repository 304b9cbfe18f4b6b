"""Pronouns on GAP: which of two named people a pronoun stands for, from raw text.

Each snippet is read like an article, its people are found, and the person that the pronoun is
resolved to is compared with the two names given. Counts are the corpus's own: every name is one
yes-or-no question, and F1 is given overall, by gender of the pronoun, and as feminine to masculine.

The shipped network was trained on these items: what the gate prints of it is a floor for changes,
not a measure of pronouns never seen. That needs two networks that each saw half of the items
(`FOLDS=1 make train`), each asked about the other half:

    python -m evals.gap ../shared/bench/data --homes out/training/home0 out/training/home1
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from onrecord.extract.engine.model import Model, load_model
from onrecord.extract.people.coreference import Resolver
from onrecord.extract.people.mentions import find_people
from onrecord.extract.segment.quotes import find_quotes
from onrecord.extract.segment.sentences import find_sentences
from onrecord.ingest import read_text
from onrecord.records import Person, Span

from . import bench

CORPORA = ("gap_development.jsonl.gz", "gap_validation.jsonl.gz")


def answer(row: dict[str, Any], engine: Model) -> tuple[bool, bool]:
    """Whether the pronoun is taken to mean name A, and name B."""
    article = read_text(row["Text"])
    text = article.text
    quotes = find_quotes(text, article.blocks)
    pointers = engine.read(text, quotes)[1]
    people = find_people(article, pointers=pointers)
    sentences = find_sentences(text, article.blocks)
    resolver = Resolver(article, people, sentences, quotes, pointers)
    start = int(row["Pronoun-offset"])
    found, _ = resolver.resolve(Span(start, start + len(row["Pronoun"])))
    person = next((p for p in people if p.id == found), None)
    return _is(person, row, "A"), _is(person, row, "B")


def _is(person: Person | None, row: dict[str, Any], name: str) -> bool:
    """Whether one of a person's mentions overlaps a given name."""
    start = int(row[f"{name}-offset"])
    end = start + len(row[name])
    return person is not None and any(m.start < end and start < m.end for m in person.mentions)


def count(rows: Iterable[dict[str, Any]], engine: Model) -> dict[str, Counter[str]]:
    """True and false positives and misses, by the pronoun's gender."""
    counts = {"masculine": Counter[str](), "feminine": Counter[str]()}
    for row in rows:
        gender = "feminine" if row["Pronoun"].lower() in ("she", "her", "hers") else "masculine"
        for name, said in zip("AB", answer(row, engine), strict=True):
            true = str(row[f"{name}-coref"]).upper() == "TRUE"
            key = "hit" if said and true else "false" if said else "missed" if true else "rest"
            counts[gender][key] += 1
    return counts


def f1(counts: Counter[str]) -> float:
    """Harmonic mean of precision and recall, as a share."""
    wrong = counts["false"] + counts["missed"]
    return 2 * counts["hit"] / (2 * counts["hit"] + wrong) if counts["hit"] else 0.0


def fold_of(row: dict[str, Any], folds: int = 2) -> int:
    """The fold of an item: by the page it was taken from, so that no page is in two."""
    return sum(str(row["URL"]).encode()) % folds


def figures(counts: dict[str, Counter[str]]) -> dict[str, float]:
    """F1 overall, by gender, and the ratio of feminine to masculine."""
    masculine, feminine = f1(counts["masculine"]), f1(counts["feminine"])
    return {
        "f1": f1(counts["masculine"] + counts["feminine"]),
        "masculine.f1": masculine,
        "feminine.f1": feminine,
        "ratio": feminine / masculine if masculine else 0.0,
    }


def items(data: Path) -> list[dict[str, Any]]:
    """All given items."""
    return [row for name in CORPORA for row in bench.records(data / name)]


def measure(data: Path) -> dict[str, float]:
    """The shipped network on all given items, which it was trained on."""
    return figures(count(items(data), load_model()))


def out_of_fold(data: Path, homes: Sequence[Path]) -> dict[str, float]:
    """Each network on the items of the fold that it was trained without."""
    total = {"masculine": Counter[str](), "feminine": Counter[str]()}
    for fold, home in enumerate(homes):
        rows = [row for row in items(data) if fold_of(row, len(homes)) == fold]
        for key, counts in count(rows, Model(home)).items():
            total[key] += counts
    return figures(total)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Pronouns on GAP, out of fold.")
    parser.add_argument("data", type=Path)
    parser.add_argument(
        "--homes", type=Path, nargs="+", required=True, help="folders of the folds' models"
    )
    args = parser.parse_args()
    for name, value in out_of_fold(args.data, args.homes).items():
        print(f"{name:<16}{value:.3f}")
