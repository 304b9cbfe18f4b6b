"""What a change does: every output for some 200 articles, at a revision and in the working tree.

    make diff BASE=main

The two trees are run as a user would run them, `onrecord analyse` and `onrecord check --preview`,
each in a process of its own that sees only that tree's code; what they write is compared field by
field (ids, spans, messages and all) and printed article by article, with counts by rule at the end.
The exit status is 0 where nothing differs, 1 where anything does, 2 where it could not be compared.
The articles are a fixed part of the public corpora where those are there, and always the project's
own examples. Nothing is kept but what BASE wrote, under `out/diff/`, so that the next comparison
with it costs half.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from . import bench

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "out" / "diff"
PARTS = {"polnear_train": 65, "genres_train": 75, "genres_unlabelled": 39, "numhg_dev": 30}
"""How many articles of each corpus are looked at, evenly spread over its file."""
SECTIONS = (
    "findings", "attributions", "sources", "people", "quotes", "sentences", "figures", "problems",
)  # fmt: skip
NUMBERED = ("id", "source_id", "person_id", "parent", "rivals")
"""Fields that only count: they shift where something is put in further up."""
SHOWN = 12
"""Differences of one section of one article that are printed in full."""

Record = Mapping[str, Any]


class CompareError(Exception):
    """A tree could not be run: what it said, for a person to read."""


class Output(NamedTuple):
    """What one tree wrote on one article: its text, and its records by section."""

    text: str
    sections: dict[str, list[Record]]


class Change(NamedTuple):
    """A record that is gone (`after` is null), new (`before` is null), or differs."""

    section: str
    before: Record | None
    after: Record | None

    @property
    def kind(self) -> str:
        """`gone`, `new`, `changed`, or `renumbered` where nothing but ids differs."""
        if self.before is None or self.after is None:
            return "gone" if self.after is None else "new"
        return "renumbered" if _but_for_ids(self.before, self.after) else "changed"


def sample(data: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The articles that are compared, as lines of JSON that onrecord reads."""
    rows: list[dict[str, Any]] = []
    for name, wanted in PARTS.items():
        path = data / f"{name}.jsonl.gz"
        if not path.exists():
            continue
        there = list(bench.records(path))
        count = min(wanted, len(there))
        for number in range(count):
            row = there[number * len(there) // count]
            known = {"id": f"{name}/{row['id']}", "text": row["text"]}
            if name == "polnear_train":
                known |= {"outlet": row["publisher"], "published": row["date"]}
            rows.append(known)
    if limit:
        rows = [rows[n * len(rows) // limit] for n in range(min(limit, len(rows)))]
    own = [*ROOT.glob("examples/*.txt"), *ROOT.glob("tests/golden/**/*.txt")]
    for path in sorted(own):
        if path.name != "findings.txt":
            rows.append({"id": str(path.relative_to(ROOT)), "text": path.read_text("utf-8")})
    return rows


class Tree:
    """One tree's code, run over the sample in a process of its own."""

    def __init__(self, source: Path, texts: Path, folder: Path) -> None:
        self._source, self._texts, self._folder = source, texts, folder
        folder.mkdir(parents=True, exist_ok=True)
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOTH, str(texts), str(folder), str(source)],
            cwd=folder,  # where no configuration of anybody's lies
            env=os.environ | {"PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait(self) -> Path:
        """The folder with what it wrote. Raises `CompareError` where a command broke down."""
        _, said = self._process.communicate()
        if self._process.returncode:
            raise CompareError(f"{self._source} could not be run:\n{said[-2000:]}")
        return self._folder


# Both commands as a user would type them, one after the other; status 3, an input that can't be
# read, is a result like any other.
_BOTH = """
import subprocess, sys
texts, folder, source = sys.argv[1:]
import onrecord
if not onrecord.__file__.startswith(source):
    sys.exit(f"onrecord would be run from {onrecord.__file__}")
for verb, options in (("analyse", ()), ("check", ("--preview", "--fail-on", "error"))):
    with open(f"{folder}/{verb}.jsonl", "wb") as out:
        command = [sys.executable, "-m", "onrecord", verb, texts, "--format", "jsonl", *options]
        done = subprocess.run(command, stdout=out, cwd=folder)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"onrecord {verb} ended with {done.returncode}")
"""


def outputs(folder: Path) -> dict[str, Output]:
    """What a tree wrote, by the articles' ids."""
    made = {}
    for line in bench.records(folder / "analyse.jsonl"):
        sections = {name: list(line.get(name) or ()) for name in SECTIONS}
        sections["sentences"] = [{"span": span} for span in line.get("sentences") or ()]
        if line.get("problem"):
            sections["problems"] = [line["problem"]]
        article = line.get("article") or {}
        made[line["id"]] = Output(article.get("text") or "", sections)
    for line in bench.records(folder / "check.jsonl"):
        there = made.setdefault(line["id"], Output("", {name: [] for name in SECTIONS}))
        there.sections["findings"] = line["findings"]
        there.sections["problems"] += line["problems"]
    return made


def differences(before: Output, after: Output) -> Iterator[Change]:
    """What differs between two outputs for one article, in reading order."""
    left, right = before, after
    if before.text != after.text:  # then offsets mean nothing: compare the words they cut
        left, right = (_worded_output(o) for o in (before, after))
    for section in SECTIONS:
        yield from _pair(section, left.sections[section], right.sections[section])


def _pair(section: str, before: Sequence[Record], after: Sequence[Record]) -> Iterator[Change]:
    """The records of a section that aren't equal, the nearest ones side by side."""
    same = Counter(map(_canonical, before)) & Counter(map(_canonical, after))
    gone, new = _without(before, same), _without(after, same)
    for alike in (_but_for_ids, _same_and_there, _there):
        for old in list(gone):
            other = next((n for n in new if alike(old, n)), None)
            if other is not None:
                gone.remove(old)
                new.remove(other)
                yield Change(section, old, other)
    yield from (Change(section, old, None) for old in gone)
    yield from (Change(section, None, one) for one in new)


def _but_for_ids(old: Record, new: Record) -> bool:
    """Whether two records differ in nothing but numbering."""
    return _unnumbered(old) == _unnumbered(new)


def _same_and_there(old: Record, new: Record) -> bool:
    """Whether two records of one kind and name stand in one place."""
    return all(old.get(k) == new.get(k) for k in ("kind", "name")) and _there(old, new)


def _there(old: Record, new: Record) -> bool:
    """Whether two records, of one rule if they are findings, share a place, or words there."""
    if old.get("code") != new.get("code"):
        return False
    return any(
        a == b or (isinstance(a, list) and a[0] < b[1] and b[0] < a[1])
        for a in _places(old)
        for b in _places(new)
    )


def _places(record: Record) -> list[Any]:
    """Where a record stands: its content, its mentions, or its own span."""
    return list(record.get("content") or record.get("mentions") or [record.get("span")])


def _without(records: Sequence[Record], same: Counter[str]) -> list[Record]:
    """The records but for as many equal ones as `same` counts."""
    left, rest = same.copy(), []
    for record in records:
        key = _canonical(record)
        if left[key] > 0:
            left[key] -= 1
        else:
            rest.append(record)
    return rest


def _canonical(record: Record) -> str:
    return json.dumps(record, sort_keys=True, ensure_ascii=False)


def _unnumbered(record: Record) -> str:
    return _canonical({k: v for k, v in record.items() if k not in NUMBERED})


def _worded_output(output: Output) -> Output:
    """An output with the words of every span in the span's place."""
    drop = ("line", "column", "article_id")

    def worded(value: Any) -> Any:
        if isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value):
            return output.text[value[0] : value[1]]
        if isinstance(value, list):
            return [worded(v) for v in value]
        if isinstance(value, dict):
            return {k: worded(v) for k, v in value.items() if k not in drop}
        return value

    return Output(output.text, {k: worded(v) for k, v in output.sections.items()})


def shown(change: Change, before: str, after: str) -> str:
    """A change on one line, in words a person can look up in the article."""
    old, new = change.before, change.after
    if old is None or new is None:
        sign, record, text = ("+", new, after) if old is None else ("-", old, before)
        assert record is not None
        return f"    {sign} {_described(record, text)}"
    fields = [k for k in {**old, **new} if old.get(k) != new.get(k) and k not in NUMBERED]
    fields += [k for k in NUMBERED if old.get(k) != new.get(k) and k != "id"]
    told = "; ".join(
        f"{k}: {_turned(_value(old.get(k), before), _value(new.get(k), after))}" for k in fields
    )
    return f"    ~ {_described(old, before, brief=True)}  {told or 'renumbered'}"


def _described(record: Record, text: str, brief: bool = False) -> str:
    names = ("code", "id", "severity", "kind", "form", "stance", "name", "title", "source_id")
    words = [str(record[k]) for k in names if record.get(k)]
    if "line" in record:
        words.insert(0, f"{record['line']}:{record['column']}")
    words += [_value(span, text) for span in _places(record)[: 1 if brief else 3] if span]
    words += [str(record[k]) for k in ("message", "what") if record.get(k) and not brief]
    return " ".join(words)


def _turned(old: str, new: str) -> str:
    """Two values side by side; of two long ones alike only where they differ."""
    head = max(0, _first_difference(old, new) - 16)
    tail = max(0, _first_difference(old[::-1], new[::-1]) - 16)
    tail = min(tail, len(old) - head, len(new) - head)
    cut = [v[head : len(v) - tail] for v in (old, new)]
    left, right = ("…" * (head > 0) + v + "…" * (tail > 0) for v in cut)
    return f"{left} → {right}"


def _value(value: Any, text: str) -> str:
    """A field's value, a span with its words, cut where it is long."""
    if isinstance(value, list) and len(value) == 2 and all(type(n) is int for n in value):
        words = " ".join(text[value[0] : value[1]].split())
        return f"“{words if len(words) < 90 else words[:60] + ' … ' + words[-24:]}”"
    if isinstance(value, list):
        return f"[{', '.join(_value(v, text) for v in value)}]"
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"“{value}”"


def report(before: dict[str, Output], after: dict[str, Output], brief: bool) -> Iterator[str]:
    """The lines of the diff; none where nothing differs."""
    tally: Counter[tuple[str, str]] = Counter()
    differing = 0
    for name in before | after:
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            differing += 1
            yield f"{name}: {'only now' if old is None else 'no longer written'}"
            continue
        changes = list(differences(old, new))
        if not changes and old.text == new.text:
            continue
        differing += 1
        if not brief:
            yield from _article(name, old.text, new.text, changes)
        for change in changes:
            record = change.before or change.after or {}
            tally[change.section, change.kind] += 1
            if change.section == "findings":
                tally[record["code"], change.kind] += 1
    if differing:
        yield from _counts(before, after, tally, differing)


def _article(name: str, old: str, new: str, changes: Sequence[Change]) -> Iterator[str]:
    yield f"\n{name}"
    if old != new:
        at = _first_difference(old, new)
        left, right = old[at : at + 60], new[at : at + 60]
        yield f"  text: differs from character {at}: {left!r} → {right!r}"
    for section in SECTIONS:
        mine = [c for c in changes if c.section == section]
        told = [c for c in mine if c.kind != "renumbered"]
        if mine:
            idle = len(mine) - len(told)
            yield f"  {section}" + (f" ({idle} renumbered)" if idle else "")
        yield from (shown(change, old, new) for change in told[:SHOWN])
        if len(told) > SHOWN:
            yield f"    … and {len(told) - SHOWN} more"


def _first_difference(old: str, new: str) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(old), len(new)))


def _counts(
    before: dict[str, Output],
    after: dict[str, Output],
    tally: Counter[tuple[str, str]],
    differing: int,
) -> Iterator[str]:
    """How many differ, by section and by rule."""
    kinds = ("gone", "new", "changed", "renumbered")
    totals = []
    for made in (before, after):
        count: Counter[str] = Counter()
        for output in made.values():
            for section, records in output.sections.items():
                count[section] += len(records)
            count.update(f["code"] for f in output.sections["findings"])
        totals.append(count)
    yield f"\n{differing} of {len(before | after)} articles differ."
    yield f"{'':<14}{'base':>8}{'now':>8}" + "".join(f"{k:>12}" for k in kinds)
    rows: Iterable[str] = [*SECTIONS, *sorted(k for k, _ in tally if k not in SECTIONS)]
    for row in dict.fromkeys(rows):
        if any(tally[row, k] for k in kinds):
            numbers = "".join(f"{tally[row, k] or '':>12}" for k in kinds)
            yield f"{row:<14}{totals[0][row]:>8}{totals[1][row]:>8}{numbers}"


def _base(revision: str, texts: Path, digest: str, folder: Path) -> tuple[Path, Tree | None]:
    """Where a revision's output lies, and the tree that is still writing it."""
    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if found.returncode:
        raise CompareError(f"{revision}: git knows no such revision. Give BASE a branch or commit.")
    commit = found.stdout.strip()
    kept = KEPT / f"{commit[:12]}-{digest[:12]}"
    if (kept / "whole").exists():
        return kept, None
    packed = subprocess.run(
        ["git", "archive", "--format=tar", commit, "src"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return kept, Tree(folder / "src", texts, kept)


def compare(revision: str, data: Path, limit: int | None, brief: bool) -> int:
    """Run both trees over the sample and print what differs: 0 nothing, 1 something."""
    rows = sample(data, limit)
    if not any(row["id"].startswith(tuple(PARTS)) for row in rows):
        print(f"No corpora at {data}: only the project's own articles are compared.")
    written = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    digest = hashlib.sha256(written.encode()).hexdigest()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        texts = folder / "sample.jsonl"
        texts.write_text(written, "utf-8")
        kept, base = _base(revision, texts, digest, folder / "base")
        print(f"{len(rows)} articles, {revision} against the working tree …", flush=True)
        now = Tree(ROOT / "src", texts, folder / "now")
        try:
            if base:
                base.wait()
                (kept / "whole").touch()
        finally:
            written_now = now.wait()
        lines = list(report(outputs(kept), outputs(written_now), brief))
    print("\n".join(lines) if lines else "Nothing differs.")
    return 1 if lines else 0


def main() -> int:
    """The command line of `make diff`."""
    parser = argparse.ArgumentParser(description="What differs from a revision, over 200 articles.")
    parser.add_argument("base", help="the revision to compare with: a branch, a tag, a commit")
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/data"))
    parser.add_argument("--limit", type=int, help="so many articles of the corpora")
    parser.add_argument("--brief", action="store_true", help="only the counts")
    args = parser.parse_args()
    try:
        return compare(args.base, args.data, args.limit, args.brief)
    except CompareError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
