"""Comments in an article's source that dismiss a finding: `<!-- onrecord: ignore ANO001 reason
-->`.

Reads what ingest kept of them and says which findings they set aside, and which comments do
nothing: no reason, no such rule, nothing to dismiss. The comment counts for the block that it
stands in, or else for the next one.
"""

import re
from collections.abc import Sequence

import msgspec

from ..records import Article, Comment, Dismissed, Finding, Problem

_SHAPE = re.compile(r"ignore(?![\w-])(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_CODE = re.compile(r"[,\s]{0,20}([A-Z]{3}\d{0,3}|ALL)(?![\w-])")
EXAMPLE = "Write <!-- onrecord: ignore ANO001 why it is right as it stands -->."


def dismiss(
    article: Article, findings: Sequence[Finding], known: Sequence[str]
) -> tuple[list[Finding], list[Finding], list[Problem]]:
    """The findings that stand, those that comments set aside, and the comments that do nothing.

    `known` is every rule's code, for telling a wrong code from an unneeded comment.
    """
    kept = list(findings)
    gone: list[Finding] = []
    problems = []
    for comment in article.comments:
        codes, reason = _parse(comment.text)
        fault = _fault(codes, reason, known)
        if fault is None:
            hit = [f for f in kept if _meant(article, comment, codes, f)]
            kept = [f for f in kept if f not in hit]
            why = Dismissed(by="comment", reason=reason)
            gone += [msgspec.structs.replace(f, dismissed=why) for f in hit]
            if hit:
                continue
            fault = (
                "dismisses nothing: no such finding stands in the paragraph it belongs to",
                ("Remove it, or move it in front of the paragraph."),
            )
        problems.append(_problem(article, comment, *fault))
    return kept, sorted(gone, key=lambda f: (f.span, f.code)), problems


def _parse(text: str) -> tuple[list[str], str]:
    """Codes and reason of a comment's words; no codes where it isn't of the right shape."""
    match = _SHAPE.match(text.strip())
    if match is None:
        return [], ""
    rest, codes = match.group("rest"), []
    while code := _CODE.match(rest):
        codes.append(code.group(1))
        rest = rest[code.end() :]
    return codes, " ".join(rest.split()).strip(" :,–—-")


def _fault(codes: list[str], reason: str, known: Sequence[str]) -> tuple[str, str] | None:
    if not codes:
        return "is not understood", EXAMPLE
    for code in codes:
        if code != "ALL" and not any(k.startswith(code) for k in known):
            return f"names {code}, which no rule has", "`onrecord rule` lists all."
    if not reason:
        return "gives no reason, so it dismisses nothing", EXAMPLE
    return None


def _meant(article: Article, comment: Comment, codes: Sequence[str], finding: Finding) -> bool:
    block = next((b.span for b in article.blocks if b.span.start == comment.before), None)
    if block is None or not block.start <= finding.span.start < block.end:
        return False
    return any(code == "ALL" or finding.code.startswith(code) for code in codes)


def _problem(article: Article, comment: Comment, what: str, remedy: str) -> Problem:
    place = "at the end"
    if comment.before is not None:
        words = article.text[comment.before :].split(None, 5)[:5]
        place = f"before “{' '.join(words)} …”"
    shown = " ".join(comment.text.split())[:60]
    return Problem(
        where=article.input,
        what=f"the comment “onrecord: {shown}” {place} {what}.",
        remedy=remedy,
        fatal=False,
    )
