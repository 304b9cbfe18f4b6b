"""
## What it finds
A list that does not have as many members as the number before it says, and parts that do not add up to
the whole: men and women, or those for and those against.

## Why it matters
Somebody is missing, or somebody is counted twice.

## Fires on
They have ⟦four⟧ children, Tilda, eight, Bram, seven, and one-year-old Juno.

The council named ⟦three⟧ winners: Ann Lee, Jon Pell, Tom Reed and Ida Fox.

The storm killed ⟦12⟧ people, seven men and six women.

The storm killed ⟦five⟧ people, three women and one man.

⟦Five⟧ people died in the crash, three women and one man.

Of the ⟦20⟧ passengers, 12 were women and nine were men.

The team won ⟦nine⟧ medals: four gold, three silver and one bronze.

Ann Lee, Jon Pell and Tom Reed are the ⟦four⟧ winners.

The law has ⟦four⟧ aims: lower taxes, better schools and safer streets.

In the poll, ⟦60 percent⟧ support the bridge and 55 percent oppose it.

## Stays silent on
The dead were five children, four women and three men.

They have three children, Tilda, eight, Bram, seven, one-year-old Juno, and two pets.

The council named three winners: Ann Lee, Jon Pell and Tom Reed.

The council named four winners, including Ann Lee and Jon Pell.

The storm killed 12 people, seven men and five women.

The storm killed 12 people, seven men, four women, and a child.

Of the 20 passengers, 12 were women and six were children.

The team won nine medals: four gold, three silver and two bronze.

The party named four leaders: Tom Reed, Ida Fox and Govs. Ann Lee and Jon Pell.

The three winners, Ann Lee, Jon Pell and Tom Reed, came.

They sailed to three cities, Sea Town, Ohio, Rock Bay, Maine, and Hill End, Texas.

In the poll, 60 percent of the men support the bridge and 55 percent of the women oppose it.

## Known misses
Lists of sentences, lists whose members have commas or "and" in them, shares of a whole that are not for and
against.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit, Related, Span
from .. import rule
from ..figures import Sentences, number, sentence_of, slack, stated
from ..lists import listed, parts

_FOR = re.compile(
    r" (?:of [a-z ]{3,30} )?(?:said they )?(?:supports?|supported|favou?r(?:ed)?|approved?|voted for|backed|back)\b"
)
_AGAINST = re.compile(
    r" (?:said they )?(?:opposed?|disapproved?|voted against|were against|are against|rejected)\b"
)
_GAP = re.compile(r"(?:,| and| while| but| with)(?: about| some)? $")
_PEOPLE = frozenset(
    "child son daughter boy girl grandchild kid sibling brother sister person victim man woman".split()
)


@rule(
    code="NUM402",
    name="list-count-mismatch",
    message="{said} here, and the list that belongs to it has {found}. Ask: who or what is missing?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            if figure.kind == "share":
                yield from _over(analysis, row[n : n + 2])
            whole = figure.kind == "count" and not figure.approximate
            if not whole or not 2 <= number(figure) <= 30:
                continue
            found = _ages(analysis, figure, row[n + 1 :]) or listed(analysis, figure)
            if not found:
                end = sentence_of(analysis, figure.span).end
                found = parts(analysis.article.text, figure, row[n + 1 :], end)
            if found and found[0] != number(figure):
                yield Hit(
                    span=figure.span,
                    values={"said": f"“{number(figure):g}”", "found": f"{found[0]:g}"},
                    related=(Related(found[1], f"the list: {found[0]:g}"),),
                )


def _over(analysis: Analysis, pair: list[Figure]) -> Iterator[Hit]:
    """Those for and those against, in one sentence, who come to more than all."""
    text = analysis.article.text
    if len(pair) < 2 or any(f.kind != "share" or f.unit != "%" or f.approximate for f in pair):
        return
    one, two = pair
    gap, total = text[one.span.end : two.span.start], number(one) + number(two)
    if total > 100 + slack(analysis, one) + slack(analysis, two) and _FOR.match(gap):
        joined = len(gap) < 100 and not set(gap) & set(".;:") and _GAP.search(gap)
        if joined and _AGAINST.match(text, two.span.end):
            yield Hit(
                span=one.span,
                values={"said": "A whole", "found": f"{total:g}%"},
                related=(Related(two.span, f"together {total:g}%"),),
            )


def _ages(analysis: Analysis, figure: Figure, rest: list[Figure]) -> tuple[float, Span] | None:
    """Names with ages right behind the counted noun, one after the other."""
    text, at, listed = analysis.article.text, figure.of.end if figure.of else 0, []
    if figure.unit not in _PEOPLE or figure.of is None:
        return None
    for age in rest:
        if age.kind != "age" or age.of is None:
            break
        start = min(age.of.start, age.span.start)
        gap = text[at:start]
        if not re.fullmatch(r"(?:,|:|;| [—–-])?(?: and)? ?(?:[A-Z][\w’'-]+ )*", gap):
            break
        listed.append(age)
        at = max(age.of.end, age.span.end)
    if len(listed) < 2:
        return None
    after = text[at : sentence_of(analysis, figure.span).end]
    if not re.match(r"[.!?]|,? and [a-z-]+ [a-z]+s\b|[,;]? [—–-] |\)?$", after):
        return None
    return len(listed), Span(
        min(listed[0].of.start, listed[0].span.start) if listed[0].of else 0, at
    )
