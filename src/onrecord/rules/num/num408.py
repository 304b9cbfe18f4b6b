"""
## What it finds
One person's surname spelled in two ways, one letter apart, behind the same first name.

## Why it matters
A misspelled name is the commonest correction, and a search for the person misses the article.

## Fires on
Martin Hendry runs the harbour. ¶ The boats were late, and ⟦Martin Hendrey⟧ knew it.

## Stays silent on
Martin Hendry runs the harbour. ¶ Martin Hendry knew it.

Martin Hendry and his cousin Martin Hendrey run the harbour.

## Known misses
A surname on its own, first names, and names that are more than a letter apart.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from ...data.words import words
from ...records import Context, Hit, Span
from .. import rule
from ..figures import place

_SIC = re.compile(r"(?:['’]s)?,? [\[(]sic[\])]")
_FULL = re.compile(r"\b([A-Z][a-z]+) ((?:[A-Z]['’]|Mc|Mac)?[A-Z][a-zÀ-ž]{3,})(?![\w-])")
MOST = 40
"""Surnames of one first name that are compared."""
SHORT = 5
"""Letters of the longer surname below which one letter's difference is often another name."""


@rule(
    code="NUM408",
    name="name-spelling-drift",
    message="“{one}” here, “{other}” elsewhere in the article. Ask: how is the name spelled?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    starts = [s.start for s in analysis.sentences]
    for first, surnames in _names(context).items():
        rare = sorted(surnames, key=lambda s: (len(surnames[s]), -surnames[s][0].start))
        for n, few in enumerate(rare[:MOST]):
            for many in reversed(rare[n + 1 : MOST]):
                if not _drift(few, many):
                    continue
                ours, theirs = surnames[few], surnames[many]
                breath = {bisect_right(starts, s.start) for s in ours}
                if breath & {bisect_right(starts, s.start) for s in theirs}:
                    continue  # told apart in one breath: two people
                yield Hit(
                    span=ours[0],
                    values={"one": f"{first} {few}", "other": f"{first} {many}"},
                    related=place(theirs[0], f"“{first} {many}” here"),
                )
                break


def _names(context: Context) -> dict[str, dict[str, list[Span]]]:
    """The places of full names, by first name and surname: people's, and what looks like one's."""
    analysis, text = context.analysis, context.analysis.article.text
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    given = words("names", "female") | words("names", "male")
    for match in _FULL.finditer(text):
        if match.group(1) in given:
            found[match.group(1)][match.group(2)].append(Span(*match.span()))
    for person in analysis.people:
        parts = person.name.split()
        if len(parts) > 1:
            full = [m for m in person.mentions if text[m.start : m.end].startswith(parts[0])]
            found[parts[0]][parts[-1]] += full
    return {
        first: {
            last: sorted(set(places))
            for last, places in row.items()
            if places and not any(_SIC.match(text, p.end) for p in places)
        }
        for first, row in found.items()
    }


def _drift(one: str, other: str) -> bool:
    """Whether two surnames are a slip of one letter apart, and not singular and plural, or a place and its people."""
    low, high = sorted((one, other), key=len)
    if len(high) < SHORT or high in (low + "s", low + "n") or one.lower() == other.lower():
        return False
    return OSA.distance(one.lower(), other.lower(), score_cutoff=1) == 1
