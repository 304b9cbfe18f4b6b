"""
## What it finds
A list that does not have as many members as the number before it says, and parts that do not add up to
the whole.

## Why it matters
Somebody is missing, or somebody is counted twice.

## Fires on
They have ⟦four⟧ children, Tilda, eight, Bram, seven, and one-year-old Juno.

The council named ⟦three⟧ winners: Ann Lee, Jon Pell, Tom Reed and Ida Fox.

The storm killed ⟦12⟧ people, seven men and six women.

## Stays silent on
They have three children, Tilda, eight, Bram, seven, one-year-old Juno, and two pets.

The council named three winners: Ann Lee, Jon Pell and Tom Reed.

The council named four winners, including Ann Lee and Jon Pell.

The storm killed 12 people, seven men and five women.

## Known misses
Shares of one whole that come to more than 100 %.

Lists whose members have no capital letter, lists of sentences, lists that begin before their number.
"""

import re
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit, Related, Span
from .. import rule
from ..figures import Sentences, number, sentence_of, stated

_OPEN = re.compile(r"(?P<mark>: | [—–-] |, )")
_SOME = re.compile(
    r"\b(?:including|includ\w+|among|such as|like|e\.g|other|others|another|more|and [a-z]+ others|both|with|or"
    r"|etc|as well|who|whom|which|whose|that|but|not|respectively|respective|plus|their|his|her|a|an|from|of)\b"
)
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St)\. )?(?:[A-Z][\w’'.-]*+ ?){1,4}(?:, \d\d?|, [a-z]+(?:-[a-z]+)?|\(\d\d?\))?"
)
_PEOPLE = frozenset(
    "child son daughter boy girl grandchild kid sibling brother sister person victim man woman".split()
)
_KINDS = ({"man", "woman", "child"}, {"boy", "girl"}, {"adult", "child"}, {"son", "daughter"},
          {"brother", "sister"}, {"man", "woman", "boy", "girl"})  # fmt: skip


@rule(
    code="NUM402",
    name="list-count-mismatch",
    message="{said} here, and the list that follows has {found}. Ask: who or what is missing?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    for row in Sentences(analysis, stated(analysis)).rows:
        for n, figure in enumerate(row):
            whole = figure.kind == "count" and figure.of is not None and not figure.approximate
            if not whole or not 2 <= number(figure) <= 30 or figure.of is None:
                continue
            found = _ages(analysis, figure, row[n + 1 :]) or _names(analysis, figure)
            found = found or _parts(analysis, figure, row[n + 1 :])
            if found and found[0] != number(figure):
                yield Hit(
                    span=figure.span,
                    values={"said": f"“{number(figure):g}”", "found": f"{found[0]:g}"},
                    related=(Related(found[1], f"the list: {found[0]:g}"),),
                )


def _ages(analysis: Analysis, figure: Figure, rest: list[Figure]) -> tuple[float, Span] | None:
    """Names with ages right behind the counted noun, one after the other."""
    text, at, listed = analysis.article.text, figure.of.end if figure.of else 0, []
    if figure.unit not in _PEOPLE:
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


def _names(analysis: Analysis, figure: Figure) -> tuple[float, Span] | None:
    """Capitalised names between a colon or dash and the end of the sentence, joined by "and"."""
    text, end = analysis.article.text, sentence_of(analysis, figure.span).end
    mark = _OPEN.match(text, figure.of.end if figure.of else end)
    if not mark or mark.group("mark") == ", ":
        return None
    rest = text[mark.end() : end].rstrip(".!?\"”’' ")
    if len(rest) > 400 or ";" in rest or _SOME.search(rest):
        return None
    items = [i for i in re.split(r", and |, & |, | and | & ", rest) if i]
    if len(items) < 2 or " and " not in rest or not all(_NAME.fullmatch(i) for i in items):
        return None
    return len(items), Span(mark.end(), mark.end() + len(rest))


def _parts(analysis: Analysis, figure: Figure, rest: list[Figure]) -> tuple[float, Span] | None:
    """Counts of kinds that together make the counted whole: men and women, boys and girls."""
    text, at, parts = analysis.article.text, figure.of.end if figure.of else 0, []
    for count in rest:
        if count.kind != "count" or count.of is None or count.approximate:
            break
        if not re.fullmatch(r"(?:,|:| [—–-]| \()?(?: and)? ?", text[at : count.span.start]):
            break
        parts.append(count)
        at = count.of.end
    units = {p.unit or "" for p in parts}
    if len(parts) < 2 or len(units) < len(parts) or figure.unit in units:
        return None
    if not any(units <= kinds for kinds in _KINDS) or not re.match(
        r"[.!?),;]|$", text[at : at + 1]
    ):
        return None
    return sum(number(p) for p in parts), Span(parts[0].span.start, at)
