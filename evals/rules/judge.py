"""Writes down what the rules find on the articles set aside, for people to judge by reading.

Runs every rule, preview ones too, over the PolNeAR articles of aside.json (both lists) and writes
up to fifty findings a rule, chosen by hash, one JSON object a line: the rule, the article, the
place, the message and the words around it. The file holds other people's sentences, so it belongs
outside the repository; only verdicts (ids and offsets) come back, into judged.jsonl, for
`precision`.

    python -m evals.rules.judge ../shared/bench/data --out /somewhere/findings.jsonl

With `--texts` other articles take their place: see `newswire`.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from onrecord.linter import lint
from onrecord.records import Analysis, Finding, Settings, Span

from ..bench import records
from .aside import aside

MOST = 50
"""Findings a rule."""
AROUND = 400
"""Code points of context on each side, lengthened to whole paragraphs where these are short."""
REPOSITORY = Path(__file__).parents[2]


def analyses(data: Path, kept: Path | None = None, texts: Path | None = None) -> Iterator[Analysis]:
    """Analyses of the articles set aside, or of `texts`; `kept` is a file that holds them from run
    to run."""
    if kept and kept.exists():
        with kept.open("rb") as lines:
            yield from (msgspec.json.decode(line, type=Analysis) for line in lines)
        return
    from onrecord.extract import analyse
    from onrecord.ingest import read_text

    names = aside("polnear_train") | aside("polnear_train_more")
    rows = (r for r in records(data / "polnear_train.jsonl.gz") if r["id"] in names)
    if texts:
        rows = (json.loads(line) for line in texts.read_text("utf-8").splitlines())
    made = []
    for row in rows:
        made.append(analyse(read_text(row["text"], input=row["id"])))
        yield made[-1]
    if kept:
        kept.write_bytes(b"".join(msgspec.json.encode(a) + b"\n" for a in made))


def findings(made: Iterable[Analysis], most: int | None = MOST) -> dict[str, list[dict[str, Any]]]:
    """Up to fifty findings of each rule (or `most`; None is all), as rows for a reader."""
    rows = defaultdict(list)
    for analysis in made:
        result = lint(analysis, Settings(preview=True))
        for problem in result.failed:
            print(f"{analysis.article.input}: {problem.where}: {problem.what}", file=sys.stderr)
        for finding in result.findings:
            rows[finding.code].append(_row(analysis, finding))
    return {code: sorted(found, key=_hash)[:most] for code, found in sorted(rows.items())}


def _row(analysis: Analysis, finding: Finding) -> dict[str, Any]:
    text = analysis.article.text
    return {
        "rule": finding.code,
        "article": analysis.article.input,
        "start": finding.span.start,
        "end": finding.span.end,
        "severity": finding.severity,
        "message": finding.message,
        "context": _context(analysis, finding.span),
        "related": [
            {
                "label": r.label,
                "start": r.span.start,
                "end": r.span.end,
                "context": _context(analysis, r.span, 120),
            }
            for r in finding.related[:4]
        ],
        "headline": text[: text.find("\n")],
    }


def _context(analysis: Analysis, span: Span, around: int = AROUND) -> str:
    """The words around a place, which stands in ⟦ ⟧."""
    text = analysis.article.text
    start, end = max(0, span.start - around), min(len(text), span.end + around)
    for block in analysis.article.blocks:
        if block.span.start <= span.start < block.span.end and len(text) > 0:
            start = min(start, max(block.span.start, span.start - 2 * around))
            end = max(end, min(block.span.end, span.end + 2 * around))
    return f"{text[start : span.start]}⟦{text[span.start : span.end]}⟧{text[span.end : end]}"


def _hash(row: dict[str, Any]) -> str:
    name = f"judged: {row['rule']} {row['article']} {row['start']} {row['end']}"
    return hashlib.sha256(name.encode()).hexdigest()


def main() -> int:
    """Write the file for the readers, and say how much of it there is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the corpora")
    parser.add_argument("--out", type=Path, required=True, help="a file outside the repository")
    parser.add_argument("--all", action="store_true", help="every finding, for `precision`")
    parser.add_argument("--kept", type=Path, help="analyses kept from run to run; outside as well")
    parser.add_argument("--texts", type=Path, help="other articles: JSON Lines with id and text")
    args = parser.parse_args()
    for path in (args.out, args.kept, args.texts):
        if path and path.resolve().is_relative_to(REPOSITORY):
            parser.error(f"{path} lies in the repository, and the file holds other people's text")
    chosen = findings(analyses(args.data, args.kept, args.texts), None if args.all else MOST)
    with args.out.open("w", encoding="utf-8") as file:
        for rows in chosen.values():
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    for code, rows in chosen.items():
        print(f"{code}  {len(rows):3} to judge")
    return 0


if __name__ == "__main__":
    sys.exit(main())
