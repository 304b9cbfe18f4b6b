"""
## What it finds
A version of an article that changes a quotation, a figure, a source or the sense of the headline of the
version before, without a note that says so. Needs a ledger that holds the earlier version: `onrecord
check STORY --ledger FILE`; `onrecord ledger diff` shows everything that changed.

## Why it matters
Whoever read the first version doesn't know that it was wrong, and whoever quoted it quotes it still.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "⟦[h1 version change=quotation before=We_will_not_close_it after=We_will_close_it We will close it]⟧"].

The bridge cost ⟦[h1 version change=figure before=40_million after=45_million 45 million]⟧ pounds.

## Stays silent on
The bridge cost [h1 version change=figure noted=yes before=40_million after=45_million 45 million] pounds.

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "[h1 version change=quotation light=yes before=We_shall_close_it We will close it]"].

The bridge cost 45 million pounds.

## Known misses
Reworded sentences without quotation or figure, and quotations that are gone altogether, which may have
been cut for room. A live page changes all day, and each change is reported.
"""  # noqa: E501

from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule

_CALLED = {
    "quotation": "the quotation",
    "figure": "the figure",
    "source": "the source",
    "headline": "the headline",
}


@rule(
    code="COR801",
    name="silent-change",
    message="{what} was “{before}” in the version{day} before, and nothing says that it was"
    " changed. "
    "Ask: does the reader have to know?",
    severity="warning",
    standards=("ap", "bbc", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    versions = context.history.versions if context.history else ()
    if not versions or versions[0].noted:
        return
    day = versions[0].elsewhere.published
    for change in versions[0].changes:
        if change.span is not None and change.after and change.bearing:
            yield Hit(
                span=change.span,
                values={
                    "what": _CALLED[change.kind],
                    "before": change.before,
                    "day": f" of {day}" if day else "",
                },
                severity="note" if change.kind == "headline" else None,
            )
