"""What the rules cost: their time as a share of the analysis, and their time against the length of
a text.

The share is taken over articles as they are, with all rules, preview ones too, in processor time.
For the length, articles are strung together at run time until the text has so many words, up to
200,000; the exponent is the slope of a straight line through the logarithms (least squares): 1 is
linear, 2 quadratic. Rules whose own exponent stands out are named. The bars: a share under 10 %, an
exponent of at most 1.1.

    python -m evals.rules.speed ../shared/bench/data [--engine baseline] [--most 200000] [--plot]

`--plot` draws both against length in docs/images/rules-speed.svg.
"""

import argparse
import math
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from onrecord.extract import Engine, analyse
from onrecord.ingest import read_text
from onrecord.linter import lint
from onrecord.records import Analysis, Context, Hit, Rule, Settings
from onrecord.rules import all_rules

from ..bench import records
from ..plot import drawing, panel

ARTICLES = 60
SIZES = (3_000, 12_000, 50_000, 100_000, 200_000)
SHARE, EXPONENT = 0.10, 1.1
NOTABLE = 0.02
"""Share of the rules' time at full length from which a rule's own exponent is printed."""
PLOT = Path("docs/images/rules-speed.svg")
P = ParamSpec("P")
T = TypeVar("T")


def timed(work: Callable[P, T], *args: P.args, **options: P.kwargs) -> tuple[float, T]:
    """Processor time of a call in seconds, and what came of it."""
    start = time.process_time()
    made = work(*args, **options)
    return time.process_time() - start, made


def share(texts: Sequence[str], engine: Engine | None) -> tuple[float, float]:
    """Seconds of the analysis and of all rules over articles as they are."""
    analyse(read_text(texts[0]), engine=engine)
    lint(analyse(read_text(texts[0]), engine=engine), Settings(preview=True))
    spent, ruled = 0.0, 0.0
    for text in texts:
        article = read_text(text)
        seconds, analysis = timed(analyse, article, engine=engine)
        spent += seconds
        ruled += timed(lint, analysis, Settings(preview=True))[0]
    return spent, ruled


def strung(texts: Sequence[str], words: int) -> str:
    """Articles one after the other, from the first on, until there are so many words."""
    chosen: list[str] = []
    missing = words
    while missing > 0:
        for text in texts:
            parts = text.split(" ")
            chosen.append(" ".join(parts[:missing]))
            missing -= len(parts)
            if missing <= 0:
                break
    return "\n\n".join(chosen)


def slope(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The exponent of time against size, by least squares through the logarithms."""
    xs, ys = [math.log(s) for s in sizes], [math.log(max(s, 1e-6)) for s in seconds]
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((x - mx) * (y - my) for x, y in zip(xs, ys, strict=True)) / sum(
        (x - mx) ** 2 for x in xs
    )


def each(analysis: Analysis) -> dict[str, float]:
    """Seconds of each rule by itself."""
    context = Context(analysis=analysis, settings=Settings(preview=True))
    return {rule.code: timed(_all, rule, context)[0] for rule in all_rules()}


def _all(rule: Rule, context: Context) -> list[Hit]:
    return list(rule.check(context))


def against_length(
    texts: Sequence[str], sizes: Sequence[int], engine: Engine | None
) -> Iterator[dict[str, Any]]:
    """A row a size: words, seconds of the analysis, of the rules together, and of each rule."""
    for size in sizes:
        article = read_text(strung(texts, size))
        spent, analysis = timed(analyse, article, engine=engine)
        ruled, _ = timed(lint, analysis, Settings(preview=True))
        yield {"words": size, "analysis": spent, "rules": ruled, "each": each(analysis)}


def plotted(rows: Sequence[dict[str, Any]]) -> str:
    """The analysis on the left and the rules on the right, each in its own scale of seconds."""
    return drawing(
        *(
            panel([(row["words"], row[part]) for row in rows], f"words: {label}", 600 * n)
            for n, (part, label) in enumerate(
                (("analysis", "the analysis"), ("rules", "all rules"))
            )
        )
    )


def main() -> int:
    """Print both tables; 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--engine", choices=("model", "baseline"), help="who finds attributions")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="words of the longest text")
    parser.add_argument("--plot", action="store_true", help=f"draw it in {PLOT}")
    args = parser.parse_args()
    try:
        code = report(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the tables has gone, `| head`: no bar is known to be missed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def report(args: argparse.Namespace) -> int:
    """Measure, print and draw; 1 if a bar is missed."""
    texts = [str(row["text"]) for row in records(args.data / "polnear_train.jsonl.gz")]
    spent, ruled = share(texts[:: max(1, len(texts) // ARTICLES)], args.engine)
    print(
        f"over {ARTICLES} articles: analysis {spent:.2f} s, rules {ruled:.2f} s:"
        f" {ruled / spent:.1%}"
    )
    rows = []
    print(f"\n{'words':>9}{'analysis':>11}{'rules':>9}{'share':>8}")
    for row in against_length(texts, [s for s in SIZES if s <= args.most], args.engine):
        rows.append(row)
        print(
            f"{row['words']:>9,}{row['analysis']:>10.2f}s{row['rules']:>8.2f}s"
            f"{row['rules'] / row['analysis']:>8.1%}",
            flush=True,
        )
    sizes = [row["words"] for row in rows]
    exponents = {k: slope(sizes, [row[k] for row in rows]) for k in ("analysis", "rules")}
    print(f"{'exponent':>9}{exponents['analysis']:>10.2f} {exponents['rules']:>8.2f}")
    longest = rows[-1]
    print("\nrules that cost most at full length, with their own exponents")
    for code, seconds in sorted(longest["each"].items(), key=lambda pair: -pair[1])[:12]:
        if seconds >= NOTABLE * longest["rules"]:
            print(
                f"  {code}{seconds:>8.2f}s{slope(sizes, [row['each'][code] for row in rows]):>7.2f}"
            )
    if args.plot:
        PLOT.write_text(plotted(rows))
    return int(ruled / spent > SHARE or max(exponents.values()) > EXPONENT)


if __name__ == "__main__":
    sys.exit(main())
