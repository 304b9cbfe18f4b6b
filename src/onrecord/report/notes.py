"""Findings as the page lists them: by voice, each with its message, evidence, rule and places.

Places are called by their paragraph, whose number stands beside the text; the numbers of the file's
lines are the terminal's.
"""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ..records import Analysis, Article, Finding
from ..text.spans import text_of
from .queries import ARTICLE, source_of, voice_of
from .voices import KINDS

SHOWN = 6
"""Related places that a note lists; all are marked in the text."""
FAMILIES = {
    "ANO": "Unnamed sources",
    "COR": "Corrections",
    "HED": "Headline",
    "LAN": "Wording",
    "NUM": "Numbers",
    "OUT": "Other outlets",
    "QUO": "Quotations",
    "RPL": "Right of reply",
    "SEN": "People at risk",
    "SRC": "Sourcing",
}
"""The concern of each family of rules, in the words of the page."""
SEVERITIES = {"error": ("▲", "serious"), "warning": ("△", "worth asking"), "note": ("–", "minor")}
"""Mark and words of each severity."""


def notes(
    analysis: Analysis, findings: Sequence[Finding], name: str, *, no_text: bool = False
) -> list[dict[str, Any]]:
    """The notes of an article's findings, numbered from 1 in the order of the linter."""
    article = analysis.article
    blocks = [b.span.start for b in article.blocks]
    labels = paragraphs(article)
    made = []
    for number, f in enumerate(findings, 1):
        block = block_at(blocks, f.span.start)
        source = source_of(analysis, f)
        made.append(
            {
                "number": number,
                "code": f.code,
                "severity": f.severity,
                "line": f.line,
                "place": labels[block] if labels else "the text",
                "block": block,
                "fingerprint": f.fingerprint,
                "name": f.name.replace("-", " "),
                "message": "" if no_text else sentence(f.message),
                "anchor": f"{name}-f{number}",
                "evidence": [] if no_text else _evidence(article, f, labels, blocks),
                "by": f.dismissed.by if f.dismissed else "",
                "reason": f.dismissed.reason if f.dismissed else "",
                "more": max(0, len(f.related) - SHOWN),
                "family": f.code[:3],
                "concern": FAMILIES.get(f.code[:3], f.code[:3]),
                "mark": SEVERITIES[f.severity][0],
                "severity_words": SEVERITIES[f.severity][1],
                "voice": voice_of(analysis, f, no_text=no_text),
                "kind": source.kind if source else "article",
            }
        )
    return made


def by_voice(made: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The notes in groups, one for each voice and in it one for each concern.

    Both in the order of their first note; what belongs to no voice comes last.
    """
    groups: dict[str, dict[str, Any]] = {}
    for note in made:
        kind = note["kind"]
        mark = KINDS[kind][1] if kind in KINDS else ""
        group = groups.setdefault(
            note["voice"], {"voice": note["voice"], "kind": kind, "mark": mark, "concerns": {}}
        )
        group["concerns"].setdefault(note["concern"], []).append(note)
    ordered = sorted(groups.values(), key=lambda group: bool(group["voice"] == ARTICLE))
    return [{**group, "concerns": list(group["concerns"].items())} for group in ordered]


def concerns(made: Sequence[dict[str, Any]]) -> list[tuple[str, str, int]]:
    """The families that fired: key, concern, how often; the commonest first."""
    counts: dict[str, int] = {}
    for note in made:
        counts[note["family"]] = counts.get(note["family"], 0) + 1
    rows = [(key, FAMILIES.get(key, key), n) for key, n in counts.items()]
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def paragraphs(article: Article) -> list[str]:
    """What each block is called: “the headline”, “paragraph 3”; headlines are not counted."""
    made, number = [], 0
    for block in article.blocks:
        number += block.role != "headline"
        made.append("the headline" if block.role == "headline" else f"paragraph {number}")
    return made


def _evidence(
    article: Article, finding: Finding, labels: Sequence[str], blocks: Sequence[int]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The related places, those with one label together."""
    groups: dict[str, list[dict[str, Any]]] = {}
    # Where people at risk are the matter, the place is enough: no name is repeated.
    bare = finding.code.startswith("SEN")
    seen = set()
    for nth, r in enumerate(finding.related[:SHOWN], 1):
        block = block_at(blocks, r.span.start)
        if bare and (r.label, block) in seen:
            continue
        seen.add((r.label, block))
        groups.setdefault(r.label, []).append(
            {
                "nth": nth,
                "place": labels[block] if labels else "the text",
                "block": block,
                "words": "" if bare else short(text_of(article.text, r.span)),
            }
        )
    return list(groups.items())


def block_at(starts: Sequence[int], offset: int) -> int:
    """The number of the block, from 0, that an offset stands in."""
    return max(0, bisect_right(starts, offset) - 1)


def sentence(words: str) -> str:
    """A message with a capital letter in front."""
    return words[:1].upper() + words[1:]


def short(words: str, width: int = 90) -> str:
    """Words on one line, cut to a width in characters."""
    words = " ".join(words.split())
    if len(words) <= width:
        return words
    return words[: width - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
