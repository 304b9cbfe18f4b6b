"""
## What it finds
A quotation that stands in another article in other words, or in somebody else's mouth: a negation lost,
another figure, another name, a word changed. Needs a ledger: `onrecord check STORY --ledger FILE`;
`onrecord ledger trace` shows the whole way.

## Why it matters
Words drift as they are copied. What the second outlet has of the first, the third has of the second, and
nobody asks the speaker again.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "⟦[h1 printing outlet=Quay_Post published=2026-03-01 speaker=Ann_Lee change=negation there=not We will close the harbour this year]⟧"].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "⟦[h1 printing outlet=Quay_Post speaker=Jon_Pell change=speaker there=Jon_Pell here=Ann_Lee We will close the harbour this year]⟧"].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "[h1 printing outlet=Quay_Post speaker=Ann_Lee We will close the harbour this year]"].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "[h1 printing outlet=Quay_Post speaker=Ann_Lee change=left_out tolerated=yes We will close the harbour this year]"].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "[h1 printing outlet=Quay_Post kind=anonymous change=speaker there=anonymous here=Ann_Lee We will close the harbour this year]"].

## Known misses
A translation has other words each time. Somebody who says nearly the same twice is reported like
somebody who is misquoted. Which of the two is right, the ledger can't know. A quotation that is only
shorter there is left alone, and so is one that is given to nobody or to an unnamed voice.
"""  # noqa: E501

from collections.abc import Iterator

from ...records import Context, Hit, OtherPrinting, OtherWords
from .. import rule

_MOST_CHANGES = 3
"""Differences of wording beyond which it is a paraphrase or a translation, worth a note."""


@rule(
    code="QUO206",
    name="quote-differs-across-articles",
    message="{where} has {difference}. Ask: which are the words, and whose?",
    severity="warning",
    status="preview",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    history = context.history
    if history is None:
        return
    seen = set()
    for printing in history.printings:
        changes = _changes(printing)
        if not changes or printing.quote in seen:
            continue
        seen.add(printing.quote)
        bearing = any(c.weight == "meaning" for c in changes)
        yield Hit(
            span=printing.quote,
            values={"where": _where(printing), "difference": _difference(printing, changes[0])},
            severity=None if bearing or len(changes) <= _MOST_CHANGES else "note",
        )


def _changes(printing: OtherPrinting) -> list[OtherWords]:
    """The differences that count, those of sense first."""
    if not printing.quoted:
        return []
    found = [c for c in printing.changes if c.weight != "tolerated"]
    if printing.speaker is None:
        found = [c for c in found if c.kind != "speaker"]
    return sorted(found, key=lambda c: c.weight != "meaning")


def _where(printing: OtherPrinting) -> str:
    elsewhere = printing.elsewhere
    day = f" of {elsewhere.published}" if elsewhere.published else ""
    return f"{elsewhere.outlet or 'another article'}{day}"


def _difference(printing: OtherPrinting, change: OtherWords) -> str:
    if change.kind == "speaker":
        return f"{printing.speaker} say these words"
    there = f"“{change.there}”" if change.there else "nothing"
    here = f"“{change.here}”" if change.here else "nothing"
    return f"{there} where this article has {here} ({change.kind})"
