"""
## What it finds
A percentage that the two numbers next to it do not give: "from A to B, up C %", "C % from A to B",
"A of B, or C %".

## Why it matters
Anybody can work it out, and percent and percentage points are easily taken for each other.

## Fires on
The price rose from $200 to $250, up ⟦50%⟧.

Fares went up ⟦20 percent⟧ from 100 to 150.

He won 30 of 120 votes, or ⟦40 percent⟧.

## Stays silent on
The price rose from $200 to $250, up 25%.

Turnout fell from 60 percent to 48 percent, down 20%.

Turnout fell from 60% to 48%, down 12 percentage points.

He won 30 of 120 votes, or 25 percent.

Sales rose from 90 million to 100 million, up 11%.

## Known misses
Numbers in two sentences. Shares of a whole that is not written next to them.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit, Related
from .. import rule
from ..figures import Sentences, number, slack, stated

_UP = re.compile(
    r",?(?: or| and|[ ]?[—–-])?,? ?\(?(?:up|down|or|an?|by|a rise of|a fall of|an increase of"
    r"|a decrease of|an increase|a drop of|a decline of)? (?:about |nearly |some )?$|,? \(?$"
)
_OR = re.compile(
    r"(?: [a-z]+){0,3}(?:, or| or|,| \(|,? [—–-])(?: about| roughly| nearly| some)? ?$"
)
_FROM = re.compile(r"(?: [a-z]+){0,1},? from $")
_POINTED = re.compile(r"\bfrom $")


@rule(
    code="NUM404",
    name="percentage-wrong",
    message="the numbers beside it give {right}, not {given}. Ask: which of them is right?",
    severity="error",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            if figure.kind != "share" or figure.approximate:
                continue
            if figure.unit == "of":
                if n + 1 < len(row):
                    yield from _share(analysis, figure, row[n + 1])
                continue
            if n >= 2:
                yield from _change(analysis, row[n - 2], row[n - 1], figure)
            if n + 2 < len(row):
                yield from _change(analysis, row[n + 1], row[n + 2], figure)


def _change(analysis: Analysis, old: Figure, new: Figure, share: Figure) -> Iterator[Hit]:
    """Hold a change against where it began and where it ended."""
    text = analysis.article.text
    if old.kind not in ("count", "money", "share") or new.kind not in ("count", "money", "share"):
        return
    if new.kind != old.kind and new.unit is not None and old.unit is not None:
        return
    between = text[old.span.end : new.span.start]
    if not re.fullmatch(r"(?: [a-z]+){0,3} to ", between):
        return
    if not _POINTED.search(text, max(0, old.span.start - 8), old.span.start):
        return
    if share.span.start > new.span.end:
        if not _UP.fullmatch(text, new.span.end + 0, share.span.start) and not re.fullmatch(
            r"(?: [a-z]+){0,3}" + _UP.pattern, text[new.span.end : share.span.start]
        ):
            return
    elif not _FROM.fullmatch(text, share.span.end, old.span.start):
        return
    start, end = number(old), number(new)
    if not start or old.approximate or new.approximate:
        return
    if share.unit == "point":
        if old.kind == new.kind == "share":
            yield from _judge(analysis, share, abs(end - start), 0.0, (old, new))
        return
    exact = 100 * abs(end - start) / start
    wide = (
        100 * (slack(analysis, new) + slack(analysis, old) * max(1.0, end / start)) / start
        if slack(analysis, old) < abs(start)
        else 100.0
    )
    if old.kind == "share" and abs(number(share) - abs(end - start)) <= 0.5 and share.unit == "%":
        pass  # percent where points are meant
    yield from _judge(analysis, share, exact, wide, (old, new))


def _share(analysis: Analysis, whole: Figure, share: Figure) -> Iterator[Hit]:
    """Hold a percentage against the "A of B" in front of it."""
    text = analysis.article.text
    if share.kind != "share" or share.unit != "%" or share.approximate or whole.approximate:
        return
    if _OR.fullmatch(text, whole.span.end, share.span.start):
        yield from _judge(analysis, share, number(whole), 0.0, (whole,))


def _judge(
    analysis: Analysis, share: Figure, exact: float, wide: float, shown: tuple[Figure, ...]
) -> Iterator[Hit]:
    given = number(share)
    if abs(given - exact) <= slack(analysis, share) + wide + 0.51:
        return
    yield Hit(
        span=share.span,
        values={"right": f"{exact:.3g}%", "given": f"{given:g}%"},
        related=tuple(Related(f.span, "one of the numbers") for f in shown),
    )
