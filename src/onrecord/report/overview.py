"""What a story rests on, at a glance: shares of the attributed words, and a lane for each voice."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..records import Analysis
from .register import Entry
from .voices import KINDS, Voices, size

SHOWN = 10
"""Voices that are shown before the reader asks for all."""
PLURALS = {
    "person": "named people",
    "spokesperson": "spokespeople",
    "organisation": "organisations",
    "document": "documents",
    "outlet": "news outlets",
    "author": "the reporter’s own account",
    "group": "crowds",
    "anonymous": "unnamed sources",
    "unknown": "voices not made clear",
    "nobody": "nobody stated",
}


def overview(analysis: Analysis, entries: Sequence[Entry], voices: Voices) -> dict[str, Any]:
    """The figures of the page's opening: counts, shares by kind, and where each voice speaks."""
    text = analysis.article.text
    words: Counter[str] = Counter()
    for a in analysis.attributions:
        if a.parent is None:
            words[voices.rests_on(a)] += size(text, a)
    total = sum(words.values())
    shares, at = [], 0.0
    for kind, count in sorted(words.items(), key=lambda pair: (-pair[1], pair[0])):
        percent = 100 * count / total if total else 0.0
        shares.append(
            {
                "kind": kind,
                "mark": KINDS[kind][1],
                "words": PLURALS[kind],
                "percent": f"{percent:.0f}%" if percent >= 1 else "under 1%",
                "x": round(at, 2),
                "w": round(percent, 2),
            }
        )
        at += percent
    return {
        "statements": len(analysis.attributions),
        "voices": len(entries),
        "second_hand": sum(voices.depth(a) > 1 for a in analysis.attributions),
        "words": total,
        "shares": shares,
        "rows": _rows(analysis, entries, voices),
        "more": max(0, len(entries) - SHOWN),
    }


def _rows(analysis: Analysis, entries: Sequence[Entry], voices: Voices) -> list[dict[str, Any]]:
    """A row for each voice: its lane in hundredths of the article's length, its two bars."""
    length = max(1, len(analysis.article.text))
    spans: dict[str, list[tuple[float, float, str]]] = {e.source: [] for e in entries}
    for a in analysis.attributions:
        if a.source_id in spans:
            for s in a.content:
                wide = max(0.5, round(100 * (s.end - s.start) / length, 2))
                spans[a.source_id].append((round(100 * s.start / length, 2), wide, a.id))
    rows = []
    for number, e in enumerate(entries):
        heard = e.words + e.second_hand
        rows.append(
            {
                "entry": e,
                "mark": KINDS[e.kind][1],
                "kind_words": KINDS[e.kind][0],
                "percent": f"{100 * e.share:.0f}%",
                "share": round(100 * e.share, 2),
                "bars": spans[e.source],
                "first": round(100 * e.words / heard, 1) if heard else 0.0,
                "more": number >= SHOWN,
            }
        )
    return rows
