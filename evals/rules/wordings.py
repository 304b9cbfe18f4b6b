"""How many wordings of a contradiction the rules for figures know: invented articles, one figure
changed.

`wordings.txt` holds short articles of ours, each in a true version and one with a single changed
figure, name or quotation. They were written before the rules were mended on any of them. Half of
each kind, by the hash of its words, is `mended on`: what is missed there may be looked at, and the
rules mended. The other half is `set apart`: only its figures are looked at, so they say what to
expect of wordings that nobody tried.

A change counts as found if a rule for its kind speaks, preview rules too, at a place in the changed
sentence or about the headline, and said nothing about the true version; a true version is silent if
no rule that holds figures, names or headline's quotations against each other says anything. Misses
are printed for the first half alone.

    python -m evals.rules.wordings [--engine baseline] [--misses]
"""

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord import Article, Finding, lint, read
from onrecord.extract import Engine, analyse
from onrecord.records import Settings

FILE = Path(__file__).with_name("wordings.txt")
PUBLISHED = "2019-06-14"
HALVES = ("mended on", "set apart")
CODES = {
    "age": ("NUM401", "HED302"),
    "born": ("NUM401",),
    "list": ("NUM402",),
    "count": ("NUM403",),
    "percentage": ("NUM404",),
    "weekday": ("NUM405",),
    "duration": ("NUM406", "NUM409"),
    "headline number": ("HED302",),
    "headline quotation": ("HED301", "QUO203"),
    "spelling": ("NUM408",),
}
SETTINGS = Settings(select=("NUM", "HED301", "HED302", "QUO203"), preview=True)
_CHANGE = re.compile(r"\{([^|{}]*)\|([^|{}]*)\}")


@dataclass(frozen=True)
class Wording:
    """One article as it is right and as it is wrong, and where in the wrong one the change
    stands."""

    kind: str
    half: str
    true: str
    false: str
    at: int


def wordings(text: str | None = None) -> Iterator[Wording]:
    """The articles of the file, kind after kind; the half that each belongs to is settled by its
    words."""
    kind, rows = "", defaultdict[str, list[str]](list)
    for line in (FILE.read_text("utf-8") if text is None else text).splitlines():
        if line.startswith("== "):
            kind = line[3:]
        elif line and not line.startswith("#"):
            rows[kind].append(line)
    for kind, lines in rows.items():
        order = sorted(lines, key=lambda line: hashlib.sha256(line.encode()).digest())
        for line in lines:
            change = _CHANGE.search(line)
            if change is None or len(_CHANGE.findall(line)) > 1:
                raise ValueError(f"{FILE.name}: not one change: {line[:60]}")
            half = HALVES[order.index(line) >= (len(order) + 1) // 2]
            true, false = (_CHANGE.sub(rf"\g<{n}>", line).replace(" ¶ ", "\n\n") for n in (1, 2))
            at = len(line[: change.start()].replace(" ¶ ", "\n\n"))
            yield Wording(kind, half, true, false, at)


def findings(
    text: str, engine: Engine | None
) -> tuple[Sequence[Finding], Sequence[tuple[int, int]]]:
    """What the rules say of an article, and its sentences."""
    title, _, body = text.partition("\n\n")
    row = json.dumps({"id": "x", "title": title, "text": body, "published": PUBLISHED})
    (article,) = [a for a in read(row.encode(), kind="jsonl") if isinstance(a, Article)]
    analysis = analyse(article, engine=engine)
    return lint(analysis, SETTINGS).findings, [(s.start, s.end) for s in analysis.sentences]


def judge(wording: Wording, engine: Engine | None = None) -> tuple[bool, Sequence[Finding]]:
    """Whether the change is found, and what is said of the true version."""
    said, _ = findings(wording.true, engine)
    found, sentences = findings(wording.false, engine)
    start, end = next((s for s in sentences if s[0] <= wording.at < s[1]), (0, 0))
    codes = CODES[wording.kind]
    places = [p for f in found if f.code in codes for p in (f.span, *(r.span for r in f.related))]
    right = any(p.start < end and start < p.end for p in places)
    right = right or any(f.code.startswith("HED") and f.code in codes for f in found)
    return right and not any(f.code in codes for f in said), said


def measure(data: Path, engine: Engine | None = None, misses: bool = False) -> dict[str, float]:
    """The share found of each half and kind, and the share of true versions that are silent.

    `data` is not needed: the wordings are ours and stand in the repository.
    """
    found, total = Counter[str](), Counter[str]()
    for wording in wordings():
        right, said = judge(wording, engine)
        for name in (wording.half, f"{wording.half}, {wording.kind}"):
            total[name] += 1
            found[name] += right
        silent = f"true versions silent, {wording.half}"
        total[silent] += 1
        found[silent] += not said
        if misses and wording.half == HALVES[0] and (said or not right):
            for finding in said:
                print(f"FALSE ALARM {finding.code} {finding.message}")
            print(f"{wording.kind}: {wording.false}".replace("\n\n", " ¶ "))
    order = sorted(total, key=lambda name: (", " in name, name))
    return {name: found[name] / total[name] for name in order}


def main() -> None:
    """Print the table, a kind a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--engine", choices=("model", "baseline"), help="who finds attributions")
    parser.add_argument("--misses", action="store_true", help="print those of the half mended on")
    args = parser.parse_args()
    figures = measure(Path(), args.engine, args.misses)
    count = Counter((w.half, w.kind) for w in wordings())
    print(f"{'kind':<22}{'mended on':>18}{'set apart':>18}")
    for kind in CODES:
        shares = "".join(
            f"{round(figures[f'{half}, {kind}'] * count[half, kind]):>10} of {count[half, kind]:>3}"
            for half in HALVES
        )
        print(f"{kind:<22}{shares}")
    print(f"{'all':<22}" + "".join(f"{figures[half]:>17.3f}" for half in HALVES))
    silent = (figures[f"true versions silent, {half}"] for half in HALVES)
    print(f"{'true versions silent':<22}" + "".join(f"{share:>17.3f}" for share in silent))


if __name__ == "__main__":
    main()
