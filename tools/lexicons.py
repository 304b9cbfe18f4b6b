"""Writes the word lists of `language/en` in one shape: a row to a line, long rows wrapped.

    python -m tools.lexicons

What the files hold says `onrecord.language.en.lexicon`.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "onrecord" / "language" / "en"
WIDTH = 100
Row = Mapping[str, str | Sequence[str]]


def written(about: str, tables: Mapping[str, Sequence[Row]]) -> str:
    """The JSON of a file of word lists."""
    parts = [f' "about": {_json(about)}']
    parts += [
        f" {_json(key)}: [\n" + ",\n".join(_row(row) for row in rows) + "\n ]"
        for key, rows in tables.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _row(row: Row) -> str:
    line = f"  {_json(row)}"
    if isinstance(row["value"], str) or len(line) <= WIDTH:
        return line
    rest = {key: value for key, value in row.items() if key != "value"}
    lines = [f'  {_json(rest)[:-1]}, "value": [', "   "]
    for n, value in enumerate(row["value"]):
        word = f" {_json(value)}" + ("," if n < len(row["value"]) - 1 else "")
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("   ")
        lines[-1] += word
    return "\n".join(lines) + "]}"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Write every file anew."""
    for path in sorted(FOLDER.glob("*.json")):
        tables = json.loads(path.read_text("utf-8"))
        path.write_text(written(tables.pop("about"), tables), "utf-8")
        print(f"{path.name}: {len(tables)} tables")
    return 0


if __name__ == "__main__":
    sys.exit(main())
