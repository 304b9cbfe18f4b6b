"""How right each rule was when its findings were judged by reading; measured by
`evals.rules.precision`.

The figures lie in `precision.json` beside this file. A rule that nobody judged has none.
"""

import json
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["figures", "sentence"]


_PARTS = {
    "genres": "gossip, tabloids, court, sport, business and features",
    "news": "politics and newswire",
}


@cache
def figures() -> dict[str, dict[str, Any]]:
    """The measured precision by rule code: `precision`, `low`, `high` (95 %), `judged`,
    `corpus`, and the same of each part ("news", "genres")."""
    path = files("onrecord") / "data" / "precision.json"
    table: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return table


def sentence(code: str) -> str:
    """What was measured of a rule, as a sentence for its page."""
    f = figures().get(code)
    if f is None:
        return "Not yet measured."
    words = (
        f"Precision {f['precision']:.2f} (95 % interval {f['low']:.2f} to {f['high']:.2f}): "
        f"{f['judged']} findings judged by reading ({f['corpus']})."
    )
    if len(parts := f.get("parts", {})) > 1:
        shares = (
            f"{part['precision']:.2f} of {part['judged']} on {_PARTS[name]}"
            for name, part in parts.items()
        )
        words += f" That is {', '.join(shares)}."
    if f.get("read_twice"):
        words += (
            f" {f['read_twice']} were judged twice, the verdicts agreed on {f['agreement']:.0%}."
        )
    return words
