"""Names that are a slip of one letter apart, for the rule that asks which spelling is right.

A surname behind a title that nobody bears, and a long first name spelled in two ways. Where the
same first name stands before both, the rule itself compares.
"""

import re
from itertools import islice

from rapidfuzz.distance import OSA

from ...language.en.lexicon import lexicon
from ...records import Analysis, Span

SIC = re.compile(r"(?:['’]s)?,? [\[(]sic[\])]")
FULL = re.compile(r"\b([A-Z][a-z]{1,40}) ((?:[A-Z]['’]|Mc|Mac)?[A-Z][a-zÀ-ž]{3,})(?![\w-])")
MOST = 40
"""Surnames of one first name that are compared."""
SHORT = 5
"""Letters of the longer surname below which one letter's difference is often another name."""
LONG = 6
"""Letters from which a surname behind a title is compared with another, and, one more, a first
name."""
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sgt|Sergeant|Capt|Captain|Councillor|Cllr|Sen|Senator|Gov"
    r"|Governor|Judge|Professor|Coach|Mayor)\.? "
    r"([A-Z][a-zÀ-ž]{3,})(?![\w-]| [A-Z])"
)


def drift(one: str, other: str) -> bool:
    """Whether two surnames are a slip of one letter apart, and not singular and plural, or a place
    and its people."""
    low, high = sorted((one, other), key=len)
    if len(high) < SHORT or high in (low + "s", low + "n") or one.lower() == other.lower():
        return False
    return OSA.distance(one.lower(), other.lower(), score_cutoff=1) == 1


def titled(analysis: Analysis) -> list[tuple[Span, Span]]:
    """A surname behind a title that nobody bears, and the only one a letter from it that somebody
    does."""
    text = analysis.article.text
    full = {
        m.group(2): Span(*m.span())
        for m in reversed(list(FULL.finditer(text)))
        if not _TITLED.match(text, m.start())
    }
    for match in islice(_TITLED.finditer(text), MOST):
        name = match.group(1)
        near = [k for k in islice(full, MOST) if len(name) >= LONG and drift(name, k)]
        if name not in full and len(near) == 1 and not SIC.match(text, match.end()):
            return [(Span(*match.span(1)), full[near[0]])]
    return []


def firsts(analysis: Analysis) -> list[tuple[Span, Span]]:
    """A long first name spelled in two ways before one surname: the one that no list of names has,
    and the other."""
    text, seen = analysis.article.text, dict[str, dict[str, Span]]()
    known = lexicon("names", "female") | lexicon("names", "male")
    for match in FULL.finditer(text):
        seen.setdefault(match.group(2), {}).setdefault(match.group(1), Span(*match.span()))
    found = []
    for names in seen.values():
        if len(names) != 2:
            continue
        (one, here), (other, there) = names.items()
        alike = min(len(one), len(other)) > LONG and (
            drift(one, other) or _single(one) == _single(other)
        )
        alike = alike and not other.startswith(one) and not one.startswith(other)
        if alike and len({one, other} & known) == 1:
            found.append((here, there) if other in known else (there, here))
    return found


def _single(name: str) -> str:
    """A name with its doubled letters single: one "l", or two, is the commonest slip."""
    return re.sub(r"(.)\1", r"\1", name.lower())
