"""Running onrecord's command line over a corpus and a scorer over what it wrote.

The scorers lie beside the corpora and are not ours, so they are run, not imported.
"""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def run(*command: str | Path, out: Path | None = None) -> str:
    """What a Python script or module prints; its own errors end the run in words.

    The output goes to `out`, if that is given, and an empty string is returned.
    """
    words = [sys.executable, *map(str, command)]
    if out:
        with out.open("w", encoding="utf-8") as file:
            subprocess.run(words, check=True, stdout=file)
        return ""
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def analyse(texts: Iterable[dict[str, str]], folder: Path, engine: str) -> tuple[Path, Path]:
    """Analyse texts (`id`, `text`) through the command line: paths of the texts, the analyses."""
    given, made = folder / "texts.jsonl", folder / f"analyses-{engine}.jsonl"
    with given.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in texts)
    run("-m", "onrecord", "analyse", given, "--format", "jsonl", "--engine", engine, out=made)
    return given, made
