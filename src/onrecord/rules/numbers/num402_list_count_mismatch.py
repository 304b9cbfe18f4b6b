"""
## What it finds
A list that does not have as many members as the number before it says, and parts that do not add up to
the whole: men and women, guns, money. Shares of one whole that come to more than 100, more votes than members.

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

⟦Five⟧ people were hurt when a cart hit a tree: two passengers, the driver and a cyclist.

The chief gave ⟦four⟧ reasons: the cost, the weather and the lack of staff.

The ⟦four⟧ singers – tenor Jon Pell, cook Tom Reed and pilot Ida Fox – met at sea.

Police found ⟦50⟧ guns in the cellar: 25 rifles and 15 pistols.

Lee won ⟦52 percent⟧ of the vote to Pell's 58 percent.

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

Four people were hurt when a cart hit a tree: two passengers, the driver and a cyclist.

Two boys, 11 and 15, fell. Three children, ages 4, 7 and 15, saw it.

Lee won 52 percent of the vote to Pell's 48 percent.

The three winners, Ann Lee, Jon Pell and Tom Reed, came.

They sailed to three cities, Sea Town, Ohio, Rock Bay, Maine, and Hill End, Texas.

In the poll, 60 percent of the men support the bridge and 55 percent of the women oppose it.

## Known misses
Lists of sentences, lists whose members have commas or "and" in them, shares of a whole that are not for and
against.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.figures import Sentences, number, sentence_of, stated
from ...records import Analysis, Context, Figure, Hit, Related, Span
from .. import rule
from ._lists import listed, parts, told
from ._sums import opposed, over_all, summed, voted

_PEOPLE = lexicon("figures", "kin")


@rule(
    code="NUM402",
    name="list-count-mismatch",
    message="{said} here, and the list that belongs to it has {found}. Ask: who or what is"
    " missing?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            if figure.kind == "share" and (over := opposed(analysis, row[n : n + 2])):
                yield _hit(row[n], "A whole", f"{over[0]:g}%", over[1])
            elif found := summed(analysis, row, n) or voted(analysis, row, n):
                yield _hit(figure, f"“{number(figure):g}”", f"{found[0]:g}", found[1])
                continue
            whole = figure.kind == "count" and not figure.approximate
            if not whole or not 2 <= number(figure) <= 30:
                continue
            rest = row[n + 1 :]
            found = _ages(analysis, figure, rest) or listed(analysis, figure)
            found = found or told(analysis, figure, any(f.kind == "count" for f in row[:n]))
            if not found:
                end = sentence_of(analysis, figure.span).end
                found = parts(analysis.article.text, figure, rest, end)
            if found and found[0] != number(figure):
                yield _hit(figure, f"“{number(figure):g}”", f"{found[0]:g}", found[1])
        if more := over_all(analysis, row):
            yield _hit(more[1][0], "A whole", f"{more[0]:g}%", more[1][-1].span)


def _hit(figure: Figure, said: str, found: str, span: Span) -> Hit:
    label = f"together {found}" if said == "A whole" else f"the list: {found}"
    return Hit(
        span=figure.span, values={"said": said, "found": found}, related=(Related(span, label),)
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
        if not re.fullmatch(r"(?:,|:|;| [—–-])?(?: and)? ?(?:[A-Z][\w’'-]{1,40} )*", gap):
            break
        listed.append(age)
        at = max(age.of.end, age.span.end)
    if len(listed) < 2:
        return None
    after = text[at : sentence_of(analysis, figure.span).end]
    if not re.match(r"[.!?]|,? and [a-z-]{1,40} [a-z]{1,40}s\b|[,;]? [—–-] |\)?$", after):
        return None
    return len(listed), Span(
        min(listed[0].of.start, listed[0].span.start) if listed[0].of else 0, at
    )
