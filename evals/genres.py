"""Who speaks in articles of other genres than politics: gossip, tabloids, sport, court, business,
features.

Contents, speakers, kinds and statements inside statements by the corpus's own scorer, which lies
beside the data; and what that one doesn't count: named speakers of direct quotations, wrong names,
and whether the confidence of a speaker is what it says (`calibration`).

    python -m evals.genres ../shared/bench/data [--errors]
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from . import bench
from .calibration import CARD, Outcome, error, fitted_on, isotonic
from .labels import Row, words

CORPUS = "genres_dev.jsonl.gz"
SCORED = {
    "F content": "content.f1",
    "precision of contents": "content.precision",
    "recall content": "content.recall",
    "e2e F (content and speaker)": "e2e.f1",
    "speaker right when found": "speaker",
    "kind right when found": "kind",
    "nested recall": "nested.recall",
    "nested precision": "nested.precision",
    "nested speaker right": "nested.speaker",
}
LEAST = 50
"""Speakers behind each step of the table of confidences."""
KEPT = 0.9
"""Share of the statements that are kept, the surest, for "speaker, surest nine tenths"."""
_DIRECT = 0.8


def score(data: Path, *, errors: bool = False) -> tuple[dict[str, float], str]:
    """The figures of the shipped model, and what the scorer prints where errors are asked for."""
    tools = data.resolve().parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = list(bench.records(data / CORPUS))
        gold = folder / "gold.jsonl"
        with gzip.open(data / CORPUS, "rt", encoding="utf-8") as lines:
            gold.write_text(lines.read(), encoding="utf-8")
        texts = ({"id": r["id"], "text": r["text"]} for r in rows)
        _, made = bench.analyse(texts, folder, "model")
        report = json.loads(bench.run(tools / "genres_score.py", gold, "--pred", made, "--json"))
        said = bench.run(tools / "genres_score.py", gold, "--pred", made, "--errors")
        found = {r["id"].split(":")[0]: r for r in bench.records(made)}
    figures = {ours: report[theirs] for theirs, ours in SCORED.items()}
    return figures | _own(rows, found), said if errors else ""


def paired(gold: Row, found: Row) -> Iterator[tuple[Row, Row]]:
    """The statements of an article paired one to one: contents overlap by half (Jaccard)."""
    text = gold["text"]
    left = [(row, words(text, row["content"])) for row in gold["attributions"]]
    right = [(row, words(text, row["content"])) for row in found["attributions"]]
    ranked = sorted(
        (
            (-len(a & b) / len(a | b), i, j)
            for i, (_, a) in enumerate(left)
            for j, (_, b) in enumerate(right)
            if a & b and 2 * len(a & b) >= len(a | b)
        ),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for _, i, j in ranked:
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield left[i][0], right[j][0]


def right_name(label: str, name: str | None) -> bool:
    """Whether a name is the label's: the same last word, and first words that may be one."""
    one, two = (
        list(re.findall(r"[\w’']+", re.sub(r"[’']s\b", "", (n or "").lower())))
        for n in (label, name)
    )
    if not one or not two:
        return False
    if one[-1] == two[-1] and (not one[1:] or not two[1:] or one[0][0] == two[0][0]):
        return True
    return set(one) <= set(two) or set(two) <= set(one)


def outcomes(rows: list[Row], found: dict[str, Row]) -> Iterator[tuple[Row, Row, Row | None, bool]]:
    """Each outermost statement that was found: label, attribution, its source, speaker right or
    not."""
    for gold in rows:
        analysis = found[gold["id"]]
        sources = {s["id"]: s for s in analysis["sources"]}
        for label, row in paired(gold, analysis):
            if label["in"] is not None or label["stance"] in ("believes", "intends"):
                continue
            source = sources.get(row["source_id"] or "")
            kind = source["kind"] if source else None
            right = kind == label["kind"]
            if label["kind"] == "person":
                right = right and right_name(label["speaker"], source and source["name"])
            yield label | {"article": gold["id"]}, row, source, right


def _own(rows: list[Row], found: dict[str, Row]) -> dict[str, float]:
    """Named speakers of direct quotations; wrong names of all; the surest; calibration."""
    count: Counter[str] = Counter()
    sure: list[tuple[float, bool]] = []
    for label, row, source, right in outcomes(rows, found):
        named = bool(source and source["kind"] == "person")
        count["all"] += 1
        count["wrong name"] += named and not right
        count["no name"] += label["kind"] == "person" and not named
        if row["form"] == "direct" and label["kind"] == "person":
            count["direct"] += 1
            count["direct right"] += right
        sure.append((row["speaker_confidence"], right))
    sure.sort(reverse=True)
    kept = sure[: round(KEPT * len(sure))]
    return {
        "direct, named speaker": count["direct right"] / max(1, count["direct"]),
        "1 - wrong names": 1 - count["wrong name"] / max(1, count["all"]),
        "1 - named speakers left unnamed": 1 - count["no name"] / max(1, count["all"]),
        "speaker, surest nine tenths": sum(r for _, r in kept) / max(1, len(kept)),
        "1 - calibration error of the speaker": 1 - error(sure),
    }


def analyses(data: Path) -> tuple[list[Row], dict[str, Row]]:
    """The corpus's rows, and what `onrecord analyse` makes of them."""
    rows = list(bench.records(data / CORPUS))
    with tempfile.TemporaryDirectory() as name:
        texts = ({"id": r["id"], "text": r["text"]} for r in rows)
        _, made = bench.analyse(texts, Path(name), "model")
        return rows, {r["id"].split(":")[0]: r for r in bench.records(made)}


def fit(data: Path) -> None:
    """Fit the table of speakers and write it into the model's card; print its error across halves.

    All articles are fitted on; each half of them by a table of the other says how far it can be
    trusted.
    """
    card = json.loads(CARD.read_text("utf-8"))
    card["calibration"]["speaker"] = {}
    CARD.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    rows, found = analyses(data)
    halves: tuple[list[Outcome], list[Outcome]] = ([], [])
    for label, row, _, right in outcomes(rows, found):
        halves[fitted_on(label["article"])].append((row["speaker_confidence"], right))
    crossed = []
    for one, other in (halves, halves[::-1]):
        table = isotonic(one, LEAST)
        crossed += [(float(np.interp(share, *table)), right) for share, right in other]
    print(f"calibration error of the speaker across halves {error(crossed):.3f}")
    steps, values = isotonic([*halves[0], *halves[1]], LEAST)
    card["calibration"]["speaker"] = {
        "steps": steps, "values": values, "data": CORPUS,
    }  # fmt: skip
    CARD.write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")


def measure(data: Path) -> dict[str, float]:
    """The figures of the shipped model."""
    return score(data)[0]


def main() -> int:
    """Print the figures, and the errors where they are asked for."""
    parser = argparse.ArgumentParser(description="Who speaks in articles of other genres.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    parser.add_argument("--fit", action="store_true", help="fit the confidence of speakers anew")
    args = parser.parse_args()
    if args.fit:
        fit(args.data)
    figures, said = score(args.data, errors=args.errors)
    if said:
        print(said)
    for name, value in figures.items():
        print(f"{name:<40}{value:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
