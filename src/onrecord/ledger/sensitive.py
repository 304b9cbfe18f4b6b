"""What the ledger never repeats outside an article's own text: children's names, private addresses.

Finds where in an article they stand, and blanks them in whatever is shown, indexed or kept
elsewhere.
"""

import re
from collections.abc import Iterable, Sequence

from ..language.en.lexicon import lexicon
from ..linter import lint
from ..records import Analysis, Context, Span
from ..rules import all_rules

BLANKS = {"child": "[child]", "address": "[address]"}
Stretch = tuple[int, int, str]
"""Start, end, and what stands there: `child` or `address`."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LEAST = 2
"""Letters from which on a part of a child's name is looked for by itself."""
_CONTACT = tuple(rule for rule in all_rules() if rule.code == "SEN704")


def find_sensitive(analysis: Analysis, children: Sequence[str]) -> list[Stretch]:
    """Where children are named and private addresses, numbers and plates stand, in order.

    `children` are what `child_names` finds.
    """
    text = analysis.article.text
    found = [(s.start, s.end, "child") for s in _children(text, children)]
    context = Context(analysis=analysis)
    found += [(f.span.start, f.span.end, "address") for f in lint(context, rules=_CONTACT).findings]
    kept: list[Stretch] = []
    for start, end, kind in sorted(found):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]), kept[-1][2])
        elif text[start:end].strip():
            kept.append((start, end, kind))
    return kept


def child_names(analysis: Analysis) -> list[str]:
    """The words of children's names that no grown-up in the article bears, the longest first."""
    text = analysis.article.text
    grown: set[str] = set()
    young: set[str] = set()
    for person in analysis.people:
        spoken = [person.name, *(text[m.start : m.end] for m in person.mentions)]
        names = {w for said in spoken for w in _WORD.findall(said) if w[0].isupper()}
        (young if person.minor else grown).update(w for w in names if len(w) >= _LEAST)
    return sorted(young - grown - _PRONOUNS, key=lambda w: (-len(w), w))


_PRONOUNS = lexicon("people", "pronouns")


def _children(text: str, names: Sequence[str]) -> Iterable[Span]:
    """Every place where the text has a word of a child's name."""
    if not names:
        return
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    for match in pattern.finditer(text):
        yield Span(*match.span())


def blanked(text: str, stretches: Sequence[Stretch] | None, start: int = 0, end: int = -1) -> str:
    """A stretch of a text with what is sensitive in it blanked, and the rest as it stands."""
    end = len(text) if end < 0 else end
    if not stretches:
        return text[start:end]
    out, last = [], start
    for left, right, kind in stretches:
        if right > start and left < end:
            out += [text[last : max(left, start)], BLANKS[kind]]
            last = min(right, end)
    return "".join([*out, text[last:end]])


def overlaps(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether anything sensitive stands in a stretch."""
    return any(left < end and start < right for left, right, _ in stretches)


def scrubbed(words: str, names: Sequence[str]) -> str | None:
    """Words without children's names; None where nothing is left."""
    if not names:
        return words
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    left = pattern.sub(BLANKS["child"], words)
    return left if left.replace(BLANKS["child"], "").strip(" ,.;:-") else None
