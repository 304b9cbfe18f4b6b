"""Does British typography cost anything? The quotations of real articles, turned into single marks.

Each article of the genres' development part that has double marks is written anew with single ones,
straight and curly, and marks inside quotations as double ones; its quotations must come back whole.
Also the share of quotations of five words and more that no statement with a speaker covers, by the
marks that the articles have themselves, titles of works among them.
"""

import re
import tempfile
from collections import Counter
from pathlib import Path

from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read_text

from . import bench
from .robustness import Edit, changed

CORPUS = "genres_dev.jsonl.gz"
STYLES = {"straight": ("''", '""'), "curly": ("‘’", "“”")}
LONG = 5
_WORD = re.compile(r"\w+")


def british(text: str, style: str) -> tuple[list[Edit], list[tuple[int, int]]]:
    """The edits that give a text single marks, and the spans of its outermost double quotations."""
    single, double = STYLES[style]
    edits: list[Edit] = []
    spans = []
    for quote in find_quotes(text, read_text(text).blocks):
        outer = quote.marks[0] not in "‘’'‚"
        if not quote.marks[0]:
            continue
        new = single if outer else double
        edits.append((quote.span.start, quote.inner.start, new[0]))
        if quote.marks[1]:
            edits.append((quote.inner.end, quote.span.end, new[1]))
            if outer and quote.parent is None:
                spans.append((quote.span.start, quote.span.end))
    taken = {start for start, _, _ in edits}
    if style == "straight":
        edits += [
            (m.start(), m.end(), "'") for m in re.finditer("[‘’]", text) if m.start() not in taken
        ]
    return sorted(edits), spans


def returned(texts: list[str], style: str) -> float:
    """Share of the double quotations that are found whole, when written with single marks."""
    hits = total = 0
    for text in texts:
        edits, spans = british(text, style)
        if not spans:
            continue
        made, moved = changed(text, edits)
        blocks = read_text(made).blocks
        found = {
            (quote.span.start, quote.span.end)
            for quote in find_quotes(made, blocks)
            if quote.parent is None
        }
        total += len(spans)
        hits += sum((moved(start), moved(end)) in found for start, end in spans)
    return hits / total


def unspoken(texts: list[dict[str, str]]) -> dict[str, float]:
    """Share of the longer quotations of the body that no statement with a source covers by half."""
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        _, made = bench.analyse(texts, Path(folder), "model")
        for row in bench.records(made):
            text = row["article"]["text"]
            said = {
                match.start()
                for a in row["attributions"]
                if a["source_id"]
                for start, end in a["content"]
                for match in _WORD.finditer(text, start, end)
            }
            heads = [b["span"][1] for b in row["article"]["blocks"] if b["role"] == "headline"]
            for quote in row["quotes"]:
                words = [m.start() for m in _WORD.finditer(text, *quote["inner"])]
                if quote["parent"] is not None or len(words) < LONG:
                    continue
                if heads and quote["span"][0] < heads[0]:
                    continue
                kind = "single" if quote["marks"][0] in ("‘", "'", "’", "‚") else "double"
                total[kind] += 1
                total[f"{kind} left"] += 2 * sum(w in said for w in words) < len(words)
    return {kind: total[f"{kind} left"] / max(1, total[kind]) for kind in ("single", "double")}


def measure(data: Path) -> dict[str, float]:
    """Quotations returned from single marks, and those that have a speaker, as shares."""
    rows = [{"id": str(r["id"]), "text": str(r["text"])} for r in bench.records(data / CORPUS)]
    texts = [row["text"] for row in rows]
    figures = {f"whole in {style} single marks": returned(texts, style) for style in STYLES}
    left = unspoken(rows)
    return figures | {f"with a speaker, {kind} marks": 1 - share for kind, share in left.items()}
