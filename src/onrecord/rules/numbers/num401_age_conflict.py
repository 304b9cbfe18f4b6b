"""
## What it finds
Two ages of one person, each given as the present one, and an age that does not fit the year of birth
and the day of publication.

## Why it matters
A reader can check it, and a court report may name the wrong person by it.

## Fires on
Ann Lee, 41, runs the harbour. ¶ Boats came late. ¶ The money went to Ann Lee, ⟦43⟧, in the end.

The 41-year-old Ann Lee runs the harbour. ¶ Later Ann Lee, ⟦43⟧, went home.

Ann Lee, 41, runs the harbour. The ⟦43-year-old⟧ said that the boats would sail.

At the age of 71, Ann Lee has swum to Rock Bay. ¶ Ann Lee, ⟦74⟧, was cold.

Ann Lee, 59, runs the harbour. ¶ Ann Lee turns ⟦63⟧ next month.

Ann Lee celebrated her 19th birthday in April. ¶ Ann Lee, ⟦21⟧, runs the harbour.

Ann Lee (1934-2019) ran the harbour. ¶ Ann Lee died aged ⟦81⟧.

## Stays silent on
Ann Lee, 41, saw Tom Reed fall. The 43-year-old said that it hurt.

Ann Lee, 41, runs the harbour. ¶ Ann Lee, then 23, had left school.

Ann Lee, 41, runs the harbour. ¶ In 2003 Ann Lee, 23, left school.

Ann Lee, 41, runs the harbour. ¶ When Ann Lee was aged 19 she went to sea.

Ann Lee, 41, and her son Tom Lee, 12, sail.

Ann Lee, 41, hit a cyclist. The 43-year-old said that it hurt.

Ann Lee, 59, runs the harbour. ¶ Ann Lee turns 60 next month.

Ann Lee, 41, runs the harbour. ¶ Ann Lee celebrated her 19th birthday in 1997.

Ann Lee (1934-2019) ran the harbour. ¶ Ann Lee died aged 85.

## Known misses
"The 41-year-old" where the sentence before names more people, or the article gives more ages, and ages at an
event.
"""  # noqa: E501

from collections import defaultdict
from collections.abc import Iterator

from ...query.figures import number, owners, place, stated
from ...records import Analysis, Context, Figure, Hit, Person
from .. import rule
from ._ages import bare, births, died_at, owner_of, past, turned


@rule(
    code="NUM401",
    name="age-conflict",
    message="{name} is {one} here and {other} elsewhere in the article. Ask: which is right?",
    severity="error",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    people = owners(analysis)
    surnames: dict[str, set[str]] = defaultdict(set)
    for person in analysis.people:
        surnames[person.name.split()[-1] if person.name else ""].add(person.id)
    ages: dict[str, list[tuple[Figure, Person]]] = defaultdict(list)
    deaths: dict[str, list[tuple[Figure, Person]]] = defaultdict(list)
    figures = stated(analysis)
    for figure in figures:
        if figure.kind != "age" or figure.unit != "years" or figure.approximate:
            continue
        owner = owner_of(analysis, figure, people, surnames)
        if owner and died_at(analysis, figure):
            deaths[owner.id].append((figure, owner))
        elif owner and not past(analysis, figure):
            ages[owner.id].append((figure, owner))
    for rows in ages.values():
        first, owner = rows[0]
        for figure, _ in rows[1:]:
            loose = turned(analysis, figure) or turned(analysis, first)
            if abs(number(figure) - number(first)) > loose:
                yield _hit(figure, first, owner)
    if len(ages) == 1:
        (((first, owner), *_),) = ages.values()
        for figure in bare(analysis, figures, first, owner):
            if number(figure) != number(first):
                yield _hit(figure, first, owner)
    yield from _born(analysis, figures, ages, deaths)


def _hit(figure: Figure, first: Figure, owner: Person) -> Hit:
    values = {"name": owner.name, "one": f"{number(figure):g}", "other": f"{number(first):g}"}
    return Hit(
        span=figure.span, values=values, related=place(first.span, f"{number(first):g} here")
    )


def _born(
    analysis: Analysis,
    figures: list[Figure],
    ages: dict[str, list[tuple[Figure, Person]]],
    deaths: dict[str, list[tuple[Figure, Person]]],
) -> Iterator[Hit]:
    """Ages that a year of birth and the day of publication, or the year of death, contradict."""
    published = analysis.article.published
    for figure, owner, year, died in births(analysis, figures):
        now = published.year if published else None
        rows = [(age, died or now) for age, _ in deaths.get(owner.id, [])]
        rows += [(age, now) for age, _ in ages.get(owner.id, []) if died is None]
        for age, then in rows:
            if then is None or then - year - number(age) in (0, 1):
                continue
            values = {"name": owner.name, "one": f"{number(age):g}", "other": f"born in {year}"}
            yield Hit(span=age.span, values=values, related=place(figure.span, f"born in {year}"))
