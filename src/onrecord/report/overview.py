"""What a story rests on, at a glance: shares of the attributed words, and a lane for each voice."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from ..language.en.counting import SMALL
from ..linter import judges
from ..records import Analysis, Attribution
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
    "nobody": "no stated source",
}
_BODIES = {**PLURALS, "outlet": "other outlets’ reports"}
_CAPITAL = re.compile(r"^(?:An?|The|Our|One|Some|Many|Several)\b")
_NUMBERS = {n: word for word, n in SMALL.items() if n <= 12} | {0: "no"}


def standing(analysis: Analysis, voices: Voices) -> str:
    """What the story stands on, in one sentence: the weakest footing that anything in it has.

    Unnamed voices come before statements without a source, these before crowds; where there is none
    of them, the kinds of voices that bear it all.
    """
    if not judges(analysis.article):
        return "Not judged: this doesn’t look like English."
    by_kind: dict[str, list[Attribution]] = {}
    for a in analysis.attributions:
        by_kind.setdefault(voices.rests_on(a), []).append(a)
    total = len(analysis.attributions)
    if not total:
        return "No statements found."
    for kind in ("anonymous", "nobody", "group", "unknown"):
        if kind in by_kind:
            return _weak(kind, by_kind[kind], total, voices)
    tellers = {voices.teller(a).source_id for a in analysis.attributions}
    if len(tellers) == 1:
        only = voices.teller(analysis.attributions[0])
        return f"Everything rests on one voice, {voices.name(only)}."
    kinds = [_BODIES[kind] for kind in PLURALS if kind in by_kind]
    return f"Everything rests on {listed(kinds)}."


def _weak(kind: str, found: list[Attribution], total: int, voices: Voices) -> str:
    """How many statements have a weak footing, and which."""
    number = len(found)
    some = f"{counted(number).capitalize()} of {counted(total)} statements"
    few = {1: "The only statement", 2: "Both statements"}
    whole = few.get(total, f"All {counted(total)} statements")
    subject, one = whole if number == total else some, number == 1
    if kind == "nobody":
        return f"{subject} {'has' if one else 'have'} no stated source."
    if kind == "unknown":
        return f"{subject} {'has' if one else 'have'} a source that isn’t clear."
    tellers = {voices.teller(a).source_id: voices.name(voices.teller(a)) for a in found}
    several = len(tellers) > 1
    noun = {"anonymous": "unnamed voice", "group": "crowd"}[kind] + "s" * several
    name = _CAPITAL.sub(lambda m: m.group().lower(), next(iter(tellers.values())))
    called = "" if several else f", “{name}”"
    return f"{subject} {'rests' if one else 'rest'} on {counted(len(tellers))} {noun}{called}."


def counted(number: int) -> str:
    """A number as a sentence has it: small ones in words."""
    return _NUMBERS.get(number, str(number))


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: “a, b and c”."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


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
        "standing": standing(analysis, voices),
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
