"""
## What it finds
Words of an unnamed voice that other outlets carry too, and in none of them anybody with a name says them:
several stories, one unnamed origin. Needs a ledger: `onrecord check STORY --ledger FILE`.

## Why it matters
A claim looks confirmed when every paper has it. If they all have it from one unnamed voice, or from each
other, it has been said once.

## Fires on
[s1 anonymous withheld A source] [c1 said]: [q1 "⟦[h1 printing outlet=Quay_Post published=2026-03-01 kind=anonymous withheld=yes The mayor has lost the trust of the town]⟧"].

## Stays silent on
[s1 anonymous withheld A source] [c1 said]: [q1 "[h1 printing outlet=Quay_Post speaker=Ann_Lee The mayor has lost the trust of the town]"].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "[h1 printing outlet=Quay_Post kind=anonymous withheld=yes The mayor has lost the trust of the town]"].

[s1 anonymous withheld A source] [c1 said]: [q1 "The mayor has lost the trust of the town"].

## Known misses
Stories that rest on one voice and share no words. Whether the voices are one person is never asked:
onrecord links no unnamed voices; only their words are the same.

## Options
`outlets`: so many outlets, this one included, are several (2).
"""  # noqa: E501

from collections import defaultdict
from collections.abc import Iterator

from ...records import Context, Hit, OtherPrinting, Span
from .. import option, rule

_NAMED = ("person", "organisation", "document", "spokesperson")


@rule(
    code="OUT604",
    name="one-voice-many-outlets",
    message="{count} outlets carry these words ({names}), and nobody with a name says them{first}. "
    "Ask: is there a second source?",
    severity="warning",
    status="preview",
    standards=("wapo", "bbc", "ap"),
    scope="all",
    options={"outlets": 2},
)
def check(context: Context) -> Iterator[Hit]:
    analysis, history = context.analysis, context.history
    if history is None:
        return
    least = option(context, check, "outlets")
    sources = {s.id: s for s in analysis.sources}
    unnamed = [
        (span, a)
        for a in analysis.attributions
        if (s := sources.get(a.source_id or "")) and s.kind == "anonymous" and s.withheld
        for span in a.content
    ]
    groups: dict[Span, list[OtherPrinting]] = defaultdict(list)
    for printing in history.printings:
        groups[printing.quote].append(printing)
    own = (analysis.article.outlet or "").casefold()
    for quote, printings in sorted(groups.items()):
        if not any(s.start <= quote.start < s.end for s, _ in unnamed):
            continue
        if any(p.kind in _NAMED for p in printings):
            continue
        names = sorted({p.elsewhere.outlet for p in printings if p.elsewhere.outlet})
        others = [name for name in names if name.casefold() != own]
        if not others or len(others) + 1 < least or not any(p.withheld for p in printings):
            continue
        day, outlet = min(
            (str(p.elsewhere.published or "9"), p.elsewhere.outlet or "") for p in printings
        )
        yield Hit(
            span=quote,
            values={
                "count": str(len(others) + 1),
                "names": ", ".join(others),
                "first": f"; first in the ledger: {outlet}, {day}" if day != "9" else "",
            },
        )
