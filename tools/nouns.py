"""Writes `language/en/nouns.json`: common nouns by whom or what they mean, from a WordNet 3.0
database.

    python -m tools.nouns FOLDER        # with data.noun and index.noun, as in Debian's wordnet-base

A noun is one of `people` if its commonest sense is a person, of `maybe` if one of its first three
senses is a person or one of its first two a group of people, and of `things` if none of its senses
is either and the sense-tagged texts behind WordNet hold it. Names and nouns of several words are
left out. WordNet's licence, which goes with the words, is in `language/en/nouns.LICENSE`.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from .lexicons import written

PERSON, GROUP = 18, 14
"""Numbers of WordNet's lexicographer files."""
WRITTEN = Path(__file__).parents[1] / "src" / "onrecord" / "language" / "en" / "nouns.json"
NOTES = {
    "people": "nouns whose first sense is a person",
    "maybe": "nouns of which a later sense is a person",
    "things": "nouns no sense of which is a person",
}
PROVENANCE = (
    "WordNet 3.0, Copyright 2006 by Princeton University; see nouns.LICENSE. Made by"
    " tools/nouns.py."
)


def senses(folder: Path) -> Iterator[tuple[str, list[int], bool]]:
    """Nouns with the lexicographer files of their senses, commonest first, and whether texts hold
    them."""
    files: dict[str, int] = {}
    names: set[tuple[str, str]] = set()
    for line in _lines(folder / "data.noun"):
        fields = line.split(" ")
        files[fields[0]] = int(fields[1])
        count = int(fields[3], 16)
        for word in fields[4 : 4 + 2 * count : 2]:
            if word != word.lower():
                names.add((word.lower(), fields[0]))
    for line in _lines(folder / "index.noun"):
        fields = line.split()
        first = 4 + int(fields[3])
        tagged, offsets = int(fields[first + 1]), fields[first + 2 :]
        kept = [files[o] for o in offsets if (fields[0], o) not in names]
        if kept and re.fullmatch(r"[a-z][a-z-]{2,}", fields[0]):
            yield fields[0], kept, tagged > 0


def _lines(path: Path) -> Iterator[str]:
    """The lines of a database file after its licence."""
    with path.open(encoding="utf-8") as lines:
        yield from (line for line in lines if not line.startswith("  "))


def sort(folder: Path) -> dict[str, list[str]]:
    """The three lists, each in order."""
    lists: dict[str, list[str]] = {"people": [], "maybe": [], "things": []}
    for word, files, tagged in senses(folder):
        if files[0] == PERSON:
            lists["people"].append(word)
        elif PERSON in files[:3] or GROUP in files[:2]:
            lists["maybe"].append(word)
        elif tagged and PERSON not in files and GROUP not in files:
            lists["things"].append(word)
    return {key: sorted(found) for key, found in lists.items()}


def main() -> int:
    """Write the file, and say how much is in it."""
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "data.noun").exists():
        print(
            "usage: python -m tools.nouns FOLDER (one with data.noun and index.noun)",
            file=sys.stderr,
        )
        return 2
    lists = sort(Path(sys.argv[1]))
    tables = {
        key: [{"value": found, "note": NOTES[key], "source": "WordNet 3.0"}]
        for key, found in lists.items()
    }
    WRITTEN.write_text(written(PROVENANCE, tables), "utf-8")
    for key, found in lists.items():
        print(f"{key}: {len(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
