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

from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from ...records import Context, Hit, Person
from .. import rule
from ..figures import place, sentence_of

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
    alike: dict[str, list[Person]] = defaultdict(list)
    for person in analysis.people:
        parts = person.name.split()
        if len(parts) == 2:
            alike[parts[0]].append(person)
    for people in alike.values():
        for n, first in enumerate(people[:20]):
            for other in people[n + 1 : 20]:
                if not _drift(first.name.split()[1], other.name.split()[1]):
                    continue
                few, many = sorted((other, first), key=lambda p: len(p.mentions))
                if any(
                    sentence_of(analysis, a) == sentence_of(analysis, b)
                    for a in few.mentions[:20]
                    for b in many.mentions[:20]
                ):
                    continue  # told apart in one breath: two people
                yield Hit(
                    span=few.mentions[0],
                    values={"one": few.name, "other": many.name},
                    related=place(many.mentions[0], f"“{many.name}” here"),
                )


def _drift(one: str, other: str) -> bool:
    """Whether two surnames are a slip of one letter apart, and not singular and plural."""
    low, high = sorted((one, other), key=len)
    if len(high) < SHORT or high == low + "s" or one.lower() == other.lower():
        return False
    return OSA.distance(one.lower(), other.lower(), score_cutoff=1) == 1
