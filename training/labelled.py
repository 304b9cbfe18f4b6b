"""Labels of ours for articles that aren't ours: kept as ids and offsets, joined to the texts again.

    python -m training.labelled LABELS.jsonl … > training/labels/NAME.jsonl

`LABELS.jsonl` are what `labelling/resolve.py` wrote, text and all. What is kept of a speaker is the
place of the name in the article (half-open, code points), or a code where the words don't stand
there: `U1`, `U2` for voices without a name, `N1`, `N2` for the rest; no word of the text remains.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evals.bench import records

HOME = Path(__file__).parent / "labels"
TEXTS = ("genres_unlabelled", "polnear_train")
"""Corpora that the labelled articles are from, below the data's folder."""
KEPT = ("source", "cue", "content", "kind", "stance", "in")


def stripped(row: dict[str, Any]) -> dict[str, Any]:
    """A labelled article without its words."""
    text, codes = row["text"], dict[str, Any]()

    def code(speaker: str | None) -> Any:
        if speaker is None or speaker in codes:
            return speaker and codes[speaker]
        unnamed = re.match(r"U\d+", speaker)
        at = text.lower().find(speaker.lower())
        codes[speaker] = [at, at + len(speaker)] if at >= 0 else f"N{len(codes) + 1}"
        if unnamed:
            codes[speaker] = unnamed.group()
        return codes[speaker]

    told = [
        {name: a[name] for name in KEPT} | {"speaker": code(a["speaker"])}
        for a in row["attributions"]
    ]
    voices = [
        {"speaker": code(v["speaker"]), "withheld": bool(v["withheld"])} for v in row["voices"]
    ]
    return {"id": row["id"], "attributions": told, "voices": voices}


def joined(data: Path, home: Path = HOME) -> dict[str, list[dict[str, Any]]]:
    """The labelled articles with their texts, by the corpus that they are from.

    Speakers are the words at their place again; articles that the data lack are left out.
    """
    labels = {
        row["id"]: row
        for path in sorted(home.glob("*.jsonl"))
        for row in map(json.loads, path.read_text("utf-8").splitlines())
    }
    made: dict[str, list[dict[str, Any]]] = {}
    for name in TEXTS:
        path = data / f"{name}.jsonl.gz"
        found = records(path) if path.exists() else iter(())
        made[name] = [
            _spoken(labels[row["id"]], row["text"]) for row in found if row["id"] in labels
        ]
    return made


def _spoken(row: dict[str, Any], text: str) -> dict[str, Any]:
    def name(speaker: Any) -> Any:
        return text[slice(*speaker)] if isinstance(speaker, list) else speaker

    parts = {
        part: [r | {"speaker": name(r["speaker"])} for r in row[part]]
        for part in ("attributions", "voices")
    }
    return {"id": row["id"], "text": text, **parts}


def _given(paths: list[str]) -> Iterator[dict[str, Any]]:
    for path in paths:
        yield from map(json.loads, Path(path).read_text("utf-8").splitlines())


if __name__ == "__main__":
    for article in _given(sys.argv[1:]):
        print(json.dumps(stripped(article), separators=(",", ":")))
