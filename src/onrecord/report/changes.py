"""What has come, gone and moved between two checks of one article that was edited in between.

A finding is the same where its fingerprint is, else where the rule and the words are. Which of the
two checks is better, this doesn't say.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from ..records import Analysis, Finding, Lint
from ..text.spans import text_of
from .notes import block_at, paragraphs


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in one of the checks: its rule, and where it stands or stood."""

    number: int
    """In the later check, from 1; 0 where it is gone."""
    code: str
    name: str
    place: str
    before: str = ""
    """Of a moved one: where it stood."""


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between a first check and a later one."""

    new: frozenset[str] = frozenset()
    """Fingerprints of the later check's findings that the first did not have."""
    gone: tuple[Seen, ...] = ()
    moved: tuple[Seen, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.new or self.gone or self.moved)

    @property
    def words(self) -> str:
        """The counts in words: “1 new, 2 gone, 1 moved”."""
        counts = ((len(self.new), "new"), (len(self.gone), "gone"), (len(self.moved), "moved"))
        return ", ".join(f"{n} {what}" for n, what in counts if n)


def changes(first: Lint, later: Lint) -> Changes:
    """What differs between a check and a later one of the same article, edited."""
    left = list(first.findings)
    pairs: dict[int, Finding] = {}
    for key in (_exact, _alike):
        keyed: dict[Any, list[Finding]] = {}
        for f in left:
            keyed.setdefault(key(first.analysis, f), []).append(f)
        for n, f in enumerate(later.findings):
            same = keyed.get(key(later.analysis, f))
            if n not in pairs and same:
                pairs[n] = same.pop(0)
                left.remove(pairs[n])
    then, now = _Where(first.analysis), _Where(later.analysis)
    moved = [
        Seen(number=n + 1, code=f.code, name=_name(f), place=now.of(f), before=then.of(pairs[n]))
        for n, f in enumerate(later.findings)
        if n in pairs and then.of(pairs[n]) != now.of(f)
    ]
    return Changes(
        new=frozenset(f.fingerprint for n, f in enumerate(later.findings) if n not in pairs),
        gone=tuple(Seen(number=0, code=f.code, name=_name(f), place=then.of(f)) for f in left),
        moved=tuple(moved),
    )


def _exact(_: Analysis, finding: Finding) -> str:
    return finding.fingerprint


def _alike(analysis: Analysis, finding: Finding) -> tuple[str, str]:
    return finding.code, text_of(analysis.article.text, finding.span)


def _name(finding: Finding) -> str:
    return finding.name.replace("-", " ")


class _Where:
    """The paragraphs of an article, by offset."""

    def __init__(self, analysis: Analysis) -> None:
        self._starts: Sequence[int] = [b.span.start for b in analysis.article.blocks]
        self._labels = paragraphs(analysis.article) or ["the text"]

    def of(self, finding: Finding) -> str:
        """What the paragraph of a finding is called."""
        return self._labels[block_at(self._starts, finding.span.start)]
