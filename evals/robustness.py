"""Does another typography cost anything? The same articles with marks, capitals and spaces changed.

A third of PolNeAR's development part, chosen by the digest of the id, is analysed as it is and in
each variant; the labels move along with the text. A figure is the change of the F1 of content and
source against the articles as they are: -0.03 is three points lost. For the odd mark, what is found
outside the first paragraph is also counted by itself.
"""

import hashlib
import re
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from . import bench
from .calibration import scorer, spans

CORPUS = "polnear_dev.jsonl.gz"

Edit = tuple[int, int, str]
"""A stretch of the text (half-open, code points) and what stands there instead."""
_MARKS = re.compile(r"[“”\"]|''|``")


def chosen(name: str) -> bool:
    """Whether an article is among the third that is used."""
    return hashlib.sha256(f"robustness: {name}".encode()).digest()[0] % 3 == 0


def _pairs(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Opening and closing double marks that belong together, as the scorer pairs them: by the
    line."""
    pairs = []
    for line in re.finditer(r"[^\n]+", text):
        marks = [m.span() for m in _MARKS.finditer(text, *line.span())]
        if len(marks) % 2 == 0:
            pairs += list(zip(marks[::2], marks[1::2], strict=True))
    return pairs


def _marked(opening: str, closing: str) -> Callable[[str], list[Edit]]:
    def edits(text: str) -> list[Edit]:
        return [
            edit
            for left, right in _pairs(text)
            if "'" not in closing or "'" not in text[left[1] : right[0]]
            for edit in ((*left, opening), (*right, closing))
        ]

    return edits


def _unclosed(text: str) -> list[Edit]:
    """A fifth of the closing marks lost."""
    return [(*right, "") for n, (_, right) in enumerate(_pairs(text)) if n % 5 == 4]


def _headline(text: str) -> list[Edit]:
    end = text.find("\n") if "\n" in text else len(text)
    return [(0, end, text[:end].lower())]


def _lines(text: str) -> list[Edit]:
    return [(m.start(), m.end(), "\n\n\n\n") for m in re.finditer(r"\n+", text)]


def _spaces(text: str) -> list[Edit]:
    return [
        (m.start(), m.end(), "\u00a0") for n, m in enumerate(re.finditer(" ", text)) if n % 7 == 3
    ]


def _odd(text: str) -> list[Edit]:
    """An opening mark before a word in the middle of the first paragraph after the headline."""
    start = text.find("\n") + 1
    space = text.find(" ", start + 40)
    return [(space + 1, space + 1, "“")] if space > 0 else []


VARIANTS: dict[str, Callable[[str], list[Edit]]] = {
    "straight": _marked('"', '"'),
    "curly": _marked("“", "”"),
    "doubled": _marked("''", "''"),
    "single": _marked("‘", "’"),
    "closing marks lost": _unclosed,
    "headline without capitals": _headline,
    "blank lines": _lines,
    "no-break spaces": _spaces,
    "odd mark": _odd,
}


def changed(text: str, edits: list[Edit]) -> tuple[str, Callable[[int], int]]:
    """The text with its edits, and where an offset of the old text stands in the new one."""
    made, at = [], 0
    places, moves = [0], [0]
    for start, end, new in sorted(edits):
        made += [text[at:start], new]
        at = end
        places.append(end)
        moves.append(moves[-1] + len(new) - (end - start))
    made.append(text[at:])

    def moved(offset: int) -> int:
        return offset + moves[bisect_right(places, offset) - 1]

    return "".join(made), moved


def _variant(
    rows: list[dict[str, Any]], edit: Callable[[str], list[Edit]]
) -> Iterator[dict[str, Any]]:
    for row in rows:
        text, moved = changed(row["text"], edit(row["text"]))
        labels = [
            {
                role: [[moved(a), moved(b)] for a, b in label[role]]
                for role in ("source", "cue", "content")
            }
            for label in row["attributions"]
        ]
        yield {"id": row["id"], "text": text, "attributions": labels}


def _counts(rows: list[dict[str, Any]], data: Path) -> tuple[float, float]:
    """F1 of content and source, and the same without what touches the first two lines.

    Direct or not is no question here, so that marks which the scorer can't read don't count.
    """
    tool = scorer(data.resolve().parent / "score.py")
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        texts = ({"id": r["id"], "text": r["text"]} for r in rows)
        _, made = bench.analyse(texts, Path(name), "model")
        for row, analysis in zip(rows, bench.records(made), strict=True):
            article = tool.Article(row["text"])
            ours = [spans(a) for a in analysis["attributions"] if a["parent"] is None]
            second = row["text"].find("\n", row["text"].find("\n") + 2)
            for part, least in (("all", 0), ("rest", second)):
                want = article.prepare([a for a in row["attributions"] if _first(a) >= least])
                have = article.prepare([a for a in ours if _first(a) >= least])
                pairs = tool.pair_up(article, want, have, "strict")["e2e"]
                total[f"{part} hit"] += len(pairs)
                total[f"{part} size"] += sum(bool(a["content"]) for a in [*want, *have])
    whole, rest = (2 * total[f"{p} hit"] / max(1, total[f"{p} size"]) for p in ("all", "rest"))
    return whole, rest


def _first(attribution: dict[str, Any]) -> int:
    return min((a for a, _ in attribution["content"]), default=0)


def measure(data: Path) -> dict[str, float]:
    """The change of F1 for each variant, as a share."""
    rows = [r for r in bench.records(data / CORPUS) if chosen(str(r["id"]))]
    plain, rest = _counts(rows, data)
    figures = {"as they are": plain}
    for name, edit in VARIANTS.items():
        whole, after = _counts(list(_variant(rows, edit)), data)
        figures[name] = whole - plain
        if name == "odd mark":
            figures["odd mark, rest of the article"] = after - rest
    return figures
