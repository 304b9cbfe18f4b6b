"""Findings as the margin shows them: message, evidence, rule, and the places they point to."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from ..records import Article, Finding
from ..text.places import Places
from ..text.spans import text_of

SHOWN = 6
"""Related places that a note lists; all are marked in the text."""


def notes(
    article: Article, findings: Sequence[Finding], name: str, *, no_text: bool = False
) -> list[dict[str, Any]]:
    """The notes of an article's findings, numbered from 1 in the order of the linter."""
    lines = Places(article)
    blocks = [b.span.start for b in article.blocks]
    made = []
    for number, f in enumerate(findings, 1):
        made.append(
            {
                "number": number,
                "code": f.code,
                "severity": f.severity,
                "line": f.line,
                "fingerprint": f.fingerprint,
                "name": f.name.replace("-", " "),
                "message": "" if no_text else sentence(f.message),
                "anchor": f"{name}-f{number}",
                "evidence": [] if no_text else _evidence(article, f, lines, blocks),
                "by": f.dismissed.by if f.dismissed else "",
                "reason": f.dismissed.reason if f.dismissed else "",
                "more": max(0, len(f.related) - SHOWN),
            }
        )
    return made


def _evidence(
    article: Article, finding: Finding, lines: Places, blocks: Sequence[int]
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The related places, those with one label together."""
    groups: dict[str, list[dict[str, Any]]] = {}
    # Where people at risk are the matter, the place is enough: no name is repeated.
    bare = finding.code.startswith("SEN")
    seen = set()
    for nth, r in enumerate(finding.related[:SHOWN], 1):
        line = lines.line_column(r.span.start)[0]
        if bare and (r.label, line) in seen:
            continue
        seen.add((r.label, line))
        groups.setdefault(r.label, []).append(
            {
                "nth": nth,
                "line": line,
                "block": block_at(blocks, r.span.start),
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
