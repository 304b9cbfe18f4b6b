"""
## What it finds
The same thing counted twice, with two numbers: the same noun in the same words, followed by the same
verb, or all that a body has of it ("the council has 12 members", "the 14-member council").

## Why it matters
One number is old or wrong. Where two sources differ, the article should say so.

## Fires on
The fire killed five people. ¶ Boats came late. ¶ The fire killed ⟦seven⟧ people on Monday.

Twelve passengers were hurt. ¶ The ferry was old. ¶ The harbour chief says ⟦14⟧ passengers were hurt.

The flood left nine people dead. ¶ Boats came late. ¶ Officials said ⟦11⟧ people died in the flood.

Police arrested 14 protesters. ¶ Boats came late. ¶ The ⟦16⟧ arrested protesters were let go.

Six people died in the fire. ¶ Boats came late. ¶ Neighbours mourned the ⟦eight⟧ people who died in the fire.

The council has 12 members. ¶ Boats came late. ¶ Two of the council's ⟦14⟧ members left.

A class of 26 pupils was lost. ¶ Boats came late. ¶ The ⟦28⟧ pupils slept in a barn.

## Stays silent on
The fire killed five people. ¶ The flood killed seven people.

About 12 passengers were hurt. ¶ At first 14 passengers were hurt.

Six people died in the fire. ¶ Boats came late. ¶ Neighbours mourned two people who died in the fire.

The council has 12 members. ¶ Three members of the council left.

The council has 12 members. ¶ The harbour council has 14 members.

A class of 26 pupils was lost. ¶ Two were found. ¶ The 24 pupils slept in a barn.

A class of 26 pupils was lost. ¶ The 28 pupils of another class came.

Five people were hurt on Monday. ¶ Seven people were hurt on Tuesday.

## Known misses
The same thing in other words, numbers of rough things, and all that is said of two days or places.
"""  # noqa: E501

import re
from collections import defaultdict
from collections.abc import Iterator

from ...query.figures import number, place, sentence_of, stated
from ...records import Analysis, Context, Figure, Hit
from .. import rule
from ._counted_entities import OTHERS, comparable, counted, meant_again

_LATER = re.compile(
    r"\b(?:at first|initially|earlier|previous\w{0,40}|now|later|rose|risen|since|more|another"
    r"|other|additional|last|first"
    r"|second|latest|new|next|revised|update\w{0,40}|then|before|after|until|by|per|each|every|than"
    r"|least|most|up to|only"
    r"|meanwhile|elsewhere|but|while|or|ago|year|years|week|month|day|were also|separate\w{0,40}"
    r"|nationwide|total|in all"
    r"|not|no|if|could|would|may|might|another)\b",
    re.IGNORECASE,
)


@rule(
    code="NUM403",
    name="count-conflict",
    message="{one} here, {other} elsewhere in the article. Ask: which number holds?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    seen: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in stated(analysis):
        if figure.kind != "count" or figure.approximate or number(figure) < 2:
            continue
        key = counted(analysis.article.text, figure)
        if key:
            seen[key].append(figure)
    told = set()
    for rows in seen.values():
        first = rows[0]
        values = {number(f) for f in rows}
        if len(values) != 2 or len(rows) > 4:
            continue
        for figure in rows[1:]:
            if number(figure) != number(first) and not _apart(analysis, first, figure):
                told.add(figure.span)
                yield _hit(figure, first)
                break
    for figure, first in again(analysis):
        if figure.span not in told:
            yield _hit(figure, first)


def _hit(figure: Figure, first: Figure) -> Hit:
    return Hit(
        span=figure.span,
        values={"one": f"{number(figure):g}", "other": f"{number(first):g}"},
        related=place(first.span, f"{number(first):g} here"),
    )


def again(analysis: Analysis) -> Iterator[tuple[Figure, Figure]]:
    """Counts that take up the only other count of their noun, "26 pupils … the 28 pupils", and
    differ from it.

    None where the difference is a number of the article too: some have been told apart, "two were
    found".
    """
    text, by_noun = analysis.article.text, defaultdict[str, list[Figure]](list)
    values = {number(f) for f in analysis.figures if f.kind in ("count", "age", "share")}
    inside = {f.span for f in stated(analysis)}
    for figure in analysis.figures:
        if figure.kind == "count" and comparable(figure):
            by_noun[figure.unit or ""].append(figure)
    for rows in by_noun.values():
        if len(rows) != 2 or any(f.approximate or f.span not in inside for f in rows):
            continue
        first, figure = rows
        one, other = number(first), number(figure)
        if min(one, other) < 2 or one == other or abs(one - other) in values:
            continue
        if meant_again(text, first) or not meant_again(text, figure):
            continue
        if other > one * 3 or one > other * 3 or _apart(analysis, first, figure, OTHERS):
            continue
        yield figure, first


def _apart(analysis: Analysis, one: Figure, other: Figure, signs: re.Pattern[str] = _LATER) -> bool:
    """Whether words around the two counts speak of different times, places or kinds."""
    text = analysis.article.text
    first, second = (sentence_of(analysis, f.span) for f in (one, other))
    if first == second:
        return True
    words = [text[s.start : s.end].removeprefix("A total of ") for s in (first, second)]
    if any(signs.search(w) for w in words):
        return True
    when = [
        {
            str(f.value)
            for f in analysis.figures
            if f.kind == "date" and s.start <= f.span.start < s.end
        }
        for s in (first, second)
    ]
    where = [set(re.findall(r"\b(?:in|at|near|from) (?:the )?([A-Z]\w{1,40})", w)) for w in words]
    return bool(
        (when[0] and when[1] and when[0] != when[1])
        or (where[0] != where[1] and where[0] and where[1])
    )
