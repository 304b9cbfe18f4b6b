"""
## What it finds
A number in the headline that the body neither gives nor allows to work out: by rounding or cutting off, as a
word or a part, as a sum or difference, as the years or days between two dates (the day of publication is
one), as so much for each of so many, as one more or one less.

## Why it matters
Most readers see only the headline.

## Fires on
[h Ferry fire kills ⟦17⟧ at Sea Town] ¶ A fire on a ferry killed 12 people on Monday.

[h Bank has ⟦4⟧th quarter loss] ¶ The bank had a loss in the third quarter.

## Stays silent on
[h Ferry fire kills 12 at Sea Town] ¶ A fire on a ferry killed twelve people on Monday.

[h Ferry costs $1.3 million] ¶ The ferry cost $1,284,000 in the end.

[h Ferry fire kills 12 at Sea Town] ¶ A fire on a ferry killed seven men and five women.

[h Half of Sea Town: 50% say no] ¶ About half of those asked said no.

[h Sea Town bank has 4th quarter loss at 1300 GMT] ¶ The bank lost money in the last three months.

[h Mystery as 500 pelicans die] ¶ On the coast 538 pelicans have been found.

[h Ferry ticket costs 250 times as much in Sea Town] ¶ A ticket is $1,000 here, and $4 in Rock Bay.

[h Six-day search for ferry ends] ¶ The ferry was missed on Saturday. It was found on Thursday.

[h Ferry costs town $3 million a day] ¶ The ferry costs the town $100 million a month.

[h 113 hurt on ferry] ¶ All but four of the 117 aboard were hurt.

[h Town pays $14 million to families] ¶ The town pays $7 million to the family of each boy.

[h After 12 years, the ferry is back] ¶ The ferry sank in 2003. It was raised in 2015.

## Known misses
Of 4,668 briefs with a number in the headline it speaks on 8, of which 5 are the headline's own slip; on 1,704
wire articles and 585 political ones it says nothing. What it still gets wrong: sums of many amounts, weights
written in pounds, people who are named and not counted.

A number that stands in the body as the number of something else. Numbers below three, and numbers in names.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.figures import Quoted, number
from ...query.lookup import headline
from ...records import Analysis, Context, Figure, Hit
from .. import rule
from ._number_derivations import NumberDerivations

_PART = re.compile(
    r"(?:[\w]-|[#/:.’']|\b(?:No\.|Prop|Proposition|Title|Route|Flight|Highway|Interstate|Channel"
    r"|Article|Section|Chapter"
    r"|Part|Vol\.|War|Bowl|Apollo|Boeing|Windows|iPhone|Xbox|Area|Pier|Act|Day|Phase|Grade|Class"
    r"|Formula|Season|Episode|Gate"
    r"|Game|Week|Studio|Page|Area|Season|Level|Type|Stage|Category|Tower|Ward|District)[ ])$"
)
_WORDS = re.compile(r"[- ](?:word|letter)s?\b", re.IGNORECASE)
"""A headline that counts the words of a quotation leaves the counting to the reader."""
_PERIOD = re.compile(
    r"(?:st|nd|rd|th)[- ](century|quarter|qtr|half|period|session|congress|circuit|district"
    r"|amendment|street|avenue|floor)\b",
    re.IGNORECASE,
)
"""An ordinal that says which, and counts nothing."""
_WHICH = (
    r"(?:\d(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)[- ]"
)
_CLOCK = re.compile(
    r"(?:[01]\d|2[0-4])[.:]?[0-5]\d (?:gmt|utc|est|edt|cst|pst|pdt|bst|cet|hours|hrs)\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?-i:May)|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? $",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:1[6-9]|20)\d\d")


@rule(
    code="HED302",
    name="headline-number-missing",
    message="the headline's {figure} is not in the body, nor can it be worked out from there. Ask:"
    " where is it from?",
    severity="error",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    head = headline(analysis)
    if head is None or len(analysis.article.blocks) < 2:
        return
    above = [f for f in analysis.figures if f.span.end <= head.span.end]
    if not above:
        return
    quoted, body = Quoted(analysis), NumberDerivations(analysis, head.span.end)
    for figure in above:
        if figure.kind == "date" or quoted.holds(figure.span) or number(figure) < 3:
            continue
        if _WORDS.match(analysis.article.text, figure.span.end) or body.gives(figure):
            continue
        if _named(analysis, figure, head.span.end):
            continue
        shown = analysis.article.text[figure.span.start : figure.span.end]
        yield Hit(span=figure.span, values={"figure": f"“{shown}”"})


def _named(analysis: Analysis, figure: Figure, start: int) -> bool:
    """Whether the number is part of a name, Apollo-11, Prop 8, a year, an hour or a day: nothing
    that is counted.

    A name that has another number in the body, "Chapter 7" above and "Chapter 11" below, is none.
    """
    text, span = analysis.article.text, figure.span
    if figure.unit is None and _YEAR.fullmatch(text, span.start, span.end):
        return True
    if period := _PERIOD.match(text, span.end):
        return not re.search(_WHICH + period.group(1), text[start:], re.IGNORECASE)
    if _CLOCK.match(text, span.start):
        return True
    if _MONTH.search(text[max(0, span.start - 12) : span.start]) and number(figure) <= 31:
        return True
    name = _PART.search(text[max(0, span.start - 14) : span.start])
    if name is None:
        return False
    word = name.group().strip()
    return not (len(word) > 2 and re.search(rf"\b{re.escape(word)} ?\d", text[start:]))
