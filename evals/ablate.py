"""What each hand-written rule and each learned part is worth: the figures without it, one at a
time.

A part stays only where both corpora, or one of them at no cost to the other, are better with it.
Every figure is of the whole analysis of the development parts, in points; a minus says that the
part helps.

    python -m evals.ablate ../shared/bench/data [--only NAME …]
"""

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from onrecord.extract import analyse
from onrecord.extract.attributions import assemble, confidence_filter, nested
from onrecord.extract.engine.pointers import Pointers
from onrecord.extract.people import coreference, mentions
from onrecord.extract.sources import linker
from onrecord.ingest import read_text

from . import bench

Patch = tuple[Any, str, Any]


def _nothing(*args: Any, **kwargs: Any) -> Any:
    return None


def _empty(*args: Any, **kwargs: Any) -> Any:
    return {}


def _no(*args: Any, **kwargs: Any) -> bool:
    return False


def _none_of(*args: Any, **kwargs: Any) -> Iterator[Any]:
    return iter(())


class _Always:
    """A pattern that is found everywhere."""

    def search(self, *args: Any) -> bool:
        return True


PARTS: dict[str, list[Patch]] = {
    "rule: speech relayed in passing": [(nested, "relayed", _none_of)],
    "rule: only where a verb relays": [(nested, "RELAYING", _Always())],
    "rule: bars of confidence": [(confidence_filter, "is_confident", lambda *a: True)],
    "rule: speakers by typography": [(assemble, "find_turns", lambda *a: [])],
    "rule: quotations left over": [(assemble, "_left", lambda *a: [])],
    "rule: the actor is who spoke last": [(linker, "continues_last_speaker", _no)],
    "rule: the holder of a post": [(linker._Linker, "_posted", _nothing)],
    "rule: she is the unnamed last speaker": [(linker._Linker, "_unnamed_goes_on", _nothing)],
    "rule: it is the body opened with": [(linker._Linker, "_opening", _nothing)],
    "rule: the last speaker goes on": [(coreference.Resolver, "_goes_on", _nothing)],
    "rule: nearness of names to pronouns": [(coreference.Resolver, "_written", _empty)],
    "rule: words of kinds": [(linker, "SURE", 0.0)],
    "learned: kinds": [(linker, "SURE", 2.0)],
    "learned: who is a person": [(mentions, "_voiced", _nothing)],
    "learned: descriptions of people": [(linker._Linker, "_meant", _nothing)],
    "learned: bodies described": [(linker._Linker, "_body_meant", _nothing)],
    "learned: names no list knows": [(linker._Linker, "_called", _nothing)],
    "learned: a body is no person": [(linker._Linker, "_no_person", _no)],
    "learned: statements inside": [(Pointers, "inside", lambda *a: [])],
}


@contextmanager
def without(patches: list[Patch]) -> Iterator[None]:
    """The program with some of its parts put out of work."""
    kept = [(owner, name, getattr(owner, name)) for owner, name, _ in patches]
    for owner, name, value in patches:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for owner, name, value in kept:
            setattr(owner, name, value)


def genres(data: Path) -> dict[str, float]:
    """The scorer's figures on the genres."""
    tools, rows = data.resolve().parent, list(bench.records(data / "genres_dev.jsonl.gz"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gold, made = folder / "gold.jsonl", folder / "made.jsonl"
        with gzip.open(data / "genres_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            gold.write_text(lines.read(), encoding="utf-8")
        _write(rows, made)
        report = json.loads(bench.run(tools / "genres_score.py", gold, "--pred", made, "--json"))
    nested_f = _harmonic(report["nested recall"], report["nested precision"])
    return {
        "content": report["F content"],
        "speaker": report["speaker right when found"],
        "e2e": report["e2e F (content and speaker)"],
        "nested": nested_f,
    }


def polnear(data: Path) -> dict[str, float]:
    """The scorer's figures on PolNeAR."""
    tools, rows = data.resolve().parent, list(bench.records(data / "polnear_dev.jsonl.gz"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts, made, ours = (folder / f"{n}.jsonl" for n in ("texts", "made", "ours"))
        with texts.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"id": r["id"], "text": r["text"]}) + "\n" for r in rows)
        _write(rows, made)
        bench.run(tools / "to_polnear.py", made, "--texts", texts, out=ours)
        gold = data.resolve() / "polnear_dev.jsonl.gz"
        report = json.loads(bench.run(tools / "score.py", "--gold", gold, "--pred", ours, "--json"))
    return {"PolNeAR e2e": report["all"]["e2e"]["f1"], "direct": report["direct"]["e2e"]["f1"]}


def _write(rows: list[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            made = msgspec.to_builtins(analyse(read_text(row["text"])))
            file.write(json.dumps({"id": row["id"], **made}) + "\n")


def _harmonic(one: float, two: float) -> float:
    return 2 * one * two / (one + two) if one + two else 0.0


def main() -> int:
    """Print the figures with everything, then what each part's absence changes."""
    parser = argparse.ArgumentParser(description="The figures without each part, one at a time.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", action="append", default=[], help="part of a part's name")
    args = parser.parse_args()
    measures: list[Callable[[], dict[str, float]]] = [
        partial(genres, args.data), partial(polnear, args.data),
    ]  # fmt: skip
    whole = {k: v for measure in measures for k, v in measure().items()}
    print(f"{'':<42}" + "".join(f"{k:>13}" for k in whole))
    print(f"{'everything':<42}" + "".join(f"{v:>13.3f}" for v in whole.values()), flush=True)
    for name, patches in PARTS.items():
        if args.only and not any(part in name for part in args.only):
            continue
        with without(patches):
            now = {k: v for measure in measures for k, v in measure().items()}
        changes = "".join(f"{100 * (now[k] - v):>+13.1f}" for k, v in whole.items())
        print(f"{'without ' + name:<42}{changes}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
