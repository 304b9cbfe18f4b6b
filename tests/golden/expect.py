"""What a golden article says is right, held against what onrecord finds in it.

An article's folder has `article.txt`, the article in marked text as a careful reader marks it;
`findings.txt`, the findings that reader wants, a line each, `line code severity words`; and
`notyet.txt`, what onrecord gets wrong today, a line each in the words of `wrong` (whatever follows
a `#` is for people; `~ ` in front: by so little that a processor's rounding decides). Run
`python -m tests.golden.expect` for what has changed; with `--prune` it takes lines that became
right out of `notyet.txt`. It never adds one: that is done by hand.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from onrecord import Analysis, Attribution, Settings, Source, Span, analyse, lint
from onrecord.testing import parse

HERE = Path(__file__).parent
FOLDERS = sorted(p.parent.name for p in HERE.glob("*/article.txt"))
ENOUGH = 0.5
"""Share of words that two contents must have in common to be the same statement."""


@cache
def expected(folder: str) -> Analysis:
    """The analysis that a careful reader wrote into the article."""
    return parse((HERE / folder / "article.txt").read_text("utf-8"))[0]


@cache
def found(folder: str) -> Analysis:
    """The analysis that onrecord makes of the same article."""
    return analyse(expected(folder).article)


def rows(folder: str, name: str) -> list[str]:
    """The lines of a golden file without what is said to people; none where there is no file."""
    path = HERE / folder / name
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [_row(line) for line in lines if line and not line.startswith("#")]


def wrong(folder: str) -> list[str]:
    """All that onrecord gets wrong in an article, in the words that `notyet.txt` uses."""
    return [*statements(expected(folder), found(folder)), *_findings(folder)]


def _findings(folder: str) -> Iterator[str]:
    """Findings that are missing and findings that nobody wants; preview rules run as well."""
    analysis = found(folder)
    made = lint(analysis, Settings(preview=True))
    assert made.failed == (), made.failed
    text = analysis.article.text
    told = Counter(f"{f.line} {f.code} {f.severity} {_few(text, f.span)}" for f in made.findings)
    right = Counter(rows(folder, "findings.txt"))
    yield from (f"no finding {row}" for row in (right - told).elements())
    yield from (f"unwanted {row}" for row in (told - right).elements())


def statements(right: Analysis, made: Analysis) -> Iterator[str]:
    """Statements missed or invented, or on a wrong voice's word, and voices misdescribed."""
    text = right.article.text
    pairs = _pairs(text, right.attributions, made.attributions)
    voices = _voices(right, made, pairs)
    sources = {s.id: s for s in made.sources}
    numbers = {a.id: a.id.replace("a", "q") for a in right.attributions}
    for attribution in right.attributions:
        key, other = numbers[attribution.id], pairs.get(attribution.id)
        if other is None:
            if attribution.stance not in ("believes", "intends"):
                yield f"{key} missed: {_few(text, attribution.content[0])}"
            continue
        if voices.get(attribution.source_id) != other.source_id:
            voice = sources.get(other.source_id or "")
            told = f"{voice.kind} {voice.name}" if voice else "nobody"
            yield f"{key} voice: {_few(text, attribution.content[0])}  # {told}"
        if attribution.cue and attribution.stance != other.stance:
            yield f"{key} stance"
        outer = pairs.get(attribution.parent or "")
        if (outer.id if outer else None) != other.parent:
            yield f"{key} level"
    taken = {a.id for a in pairs.values()}
    for other in made.attributions:
        if other.id not in taken and other.stance not in ("believes", "intends"):
            yield f"invented: {_few(text, other.content[0])}"
    for source in right.sources:
        if match := sources.get(voices.get(source.id) or ""):
            yield from _described(source, match)


def _described(right: Source, made: Source) -> Iterator[str]:
    """Fields in which a voice is described wrongly; name and title where one is marked."""
    fields = ["kind"]
    fields += ["name"] if right.name or right.kind == "anonymous" else []
    fields += ["title"] if right.title else []
    fields += ["plural", "withheld"] if right.kind == "anonymous" else []
    for field in fields:
        here, there = _folded(getattr(right, field)), _folded(getattr(made, field))
        if here != there and not (field == "title" and here in there):
            yield f"{right.id} {field}  # {getattr(made, field)}"
    if right.reason and not made.reason:
        yield f"{right.id} reason"


def _pairs(
    text: str, right: Sequence[Attribution], made: Sequence[Attribution]
) -> dict[str, Attribution]:
    """The statements that are the same, one to one, by the words of their content."""
    words = {id(a): _words(text, a.content) for a in (*right, *made)}
    close = []
    for n, one in enumerate(right):
        for m, other in enumerate(made):
            left, mine = words[id(one)], words[id(other)]
            common = len(left & mine)
            if common and common / len(left | mine) >= ENOUGH:
                close.append((-common / len(left | mine), n, m))
    pairs: dict[str, Attribution] = {}
    used: set[int] = set()
    for _, n, m in sorted(close):
        if right[n].id not in pairs and m not in used:
            pairs[right[n].id] = made[m]
            used.add(m)
    return pairs


def _voices(
    right: Analysis, made: Analysis, pairs: dict[str, Attribution]
) -> dict[str | None, str | None]:
    """Which voice is which: by kind and name, else by most of their statements."""
    names = {(s.kind, _folded(s.name)): s.id for s in made.sources if s.name}
    chosen: dict[str | None, str | None] = {None: None}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for attribution in right.attributions:
        other = pairs.get(attribution.id)
        if attribution.source_id and other and other.source_id:
            votes[attribution.source_id][other.source_id] += 1
    for source in right.sources:
        if source.name and (source.kind, _folded(source.name)) in names:
            chosen[source.id] = names[source.kind, _folded(source.name)]
    best = sorted(
        ((-count, voice, other) for voice, all_ in votes.items() for other, count in all_.items())
    )
    for _, voice, other_id in best:
        if voice not in chosen and other_id not in chosen.values():
            chosen[voice] = other_id
    return chosen


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {m.start() for s in spans for m in re.compile(r"\w+").finditer(text, s.start, s.end)}


def _few(text: str, span: Span) -> str:
    """The first words of a span, enough to find it."""
    words = text[span.start : span.end].split()
    return " ".join(words[:8])


def _folded(value: str | bool | None) -> str:
    return str(value or "").replace("’", "'").casefold()


def _row(line: str) -> str:
    """A golden line without what it says to people."""
    return line.split("  #")[0].strip()


def changed(folder: str) -> tuple[list[str], list[str]]:
    """What went wrong and is not known to be, and what is known to be wrong and became right."""
    now, given = Counter(map(_row, wrong(folder))), rows(folder, "notyet.txt")
    known = Counter(row for row in given if not row.startswith("~ "))
    either = Counter(row[2:] for row in given if row.startswith("~ "))
    return sorted((now - known - either).elements()), sorted((known - now).elements())


def prune(folder: str, right: Sequence[str]) -> None:
    """Take lines that became right out of `notyet.txt`."""
    path, left = HERE / folder / "notyet.txt", Counter(right)
    kept = []
    for line in path.read_text("utf-8").splitlines():
        row = _row(line)
        if left[row] > 0:
            left[row] -= 1
        else:
            kept.append(line)
    path.write_text("".join(f"{line}\n" for line in kept), "utf-8")


def main() -> int:
    """What has changed in the golden articles; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description="What has changed in the golden articles.")
    parser.add_argument("folders", nargs="*", metavar="GENRE", help="all, unless named")
    parser.add_argument("--prune", action="store_true", help="take out what became right")
    parser.add_argument("--all", action="store_true", help="show everything that is wrong today")
    args = parser.parse_args()
    failed, counts = False, Counter[str]()
    for folder in args.folders or FOLDERS:
        worse, right = changed(folder)
        counts["statements"] += len(expected(folder).attributions)
        counts["findings"] += len(rows(folder, "findings.txt"))
        counts["not yet right"] += len(wrong(folder))
        failed = failed or bool(worse)
        print(*[f"{folder}: now wrong: {row}" for row in worse], sep="\n", end="\n" * bool(worse))
        print(*[f"{folder}: now right: {row}" for row in right], sep="\n", end="\n" * bool(right))
        if args.all:
            print(*[f"{folder}: {row}" for row in wrong(folder)], sep="\n")
        if args.prune and right:
            prune(folder, right)
    print(", ".join(f"{count} {name}" for name, count in counts.items()))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
