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

## Stays silent on
Ann Lee, 41, saw Tom Reed fall. The 43-year-old said that it hurt.

Ann Lee, 41, runs the harbour. ¶ Ann Lee, then 23, had left school.

Ann Lee, 41, runs the harbour. ¶ In 2003 Ann Lee, 23, left school.

Ann Lee, 41, runs the harbour. ¶ When Ann Lee was aged 19 she went to sea.

Ann Lee, 41, and her son Tom Lee, 12, sail.

## Known misses
"The 41-year-old" where the sentence before names more people, or the article gives more ages, and ages that an event's year tells.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from ...records import Analysis, Context, Figure, Hit, Person, Span
from .. import rule
from ..figures import bare_ages, number, owners, part, place, sentence_of, stated

_PAST = re.compile(
    r"\b(?:then|when|was|were|had been|at the time|at the age|at age|died|dead|killed|born|ago|late|years? old at"
    r"|turn(?:s|ed|ing)?|birthday|(?:1[89]|20)\d\d)\b",
    re.IGNORECASE,
)
_JUST = re.compile(
    r" (?:in [A-Z][a-z]+|on [A-Z][a-z]+(?: \d\d?)?|last (?:week|month)|this (?:week|month|year)|earlier this \w+)(?=[,.]| (?!\d))"
)
_BORN = re.compile(r",? (?:who )?(?:was )?\(?born (?:(?:in|on) )?$")


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
    figures = stated(analysis)
    for figure in figures:
        owner = people.get(figure.of) if figure.kind == "age" and figure.of else None
        if owner is None or figure.of is None or figure.unit != "years" or figure.approximate:
            continue
        called = analysis.article.text[figure.of.start : figure.of.end]
        last = owner.name.split()[-1]
        if " " not in called and (called != last or len(surnames[last]) > 1):
            continue  # a first name, or a surname that two people share
        if not _past(analysis, figure.span):
            ages[owner.id].append((figure, owner))
    for rows in ages.values():
        first, owner = rows[0]
        for figure, _ in rows[1:]:
            loose = _turned(analysis, figure) or _turned(analysis, first)
            if abs(number(figure) - number(first)) > loose:
                yield _hit(figure, first, owner)
    if len(ages) == 1:
        (((first, owner), *_),) = ages.values()
        for figure in bare_ages(analysis, figures, first, owner):
            if number(figure) != number(first):
                yield _hit(figure, first, owner)
    yield from _born(analysis, figures, ages)


def _hit(figure: Figure, first: Figure, owner: Person) -> Hit:
    values = {"name": owner.name, "one": f"{number(figure):g}", "other": f"{number(first):g}"}
    return Hit(
        span=figure.span, values=values, related=place(first.span, f"{number(first):g} here")
    )


def _past(analysis: Analysis, span: Span) -> bool:
    """Whether the words around an age speak of another time."""
    text, sentence = analysis.article.text, sentence_of(analysis, span)
    before = text[max(sentence.start, span.start - 60) : span.start]
    if before.endswith("who turned ") and _JUST.match(text, span.end):
        before = before.removesuffix("turned ")
    return bool(_PAST.search(before) or _PAST.match(text, span.end + 1))


def _turned(analysis: Analysis, age: Figure) -> bool:
    """Whether an age is that of the last birthday, or the next: a year may lie between it and another."""
    return analysis.article.text[max(0, age.span.start - 7) : age.span.start].endswith("turned ")


def _born(
    analysis: Analysis, figures: list[Figure], ages: dict[str, list[tuple[Figure, Person]]]
) -> Iterator[Hit]:
    """Ages that a year of birth and the day of publication contradict."""
    published, text = analysis.article.published, analysis.article.text
    if published is None:
        return
    ends = {m.end: p for p in analysis.people for m in p.mentions}
    for figure in figures:
        year = part(figure, "year") if figure.kind == "date" and not figure.unit else None
        match = _BORN.search(text, max(0, figure.span.start - 30), figure.span.start)
        owner = ends.get(match.start()) if match and year else None
        if owner is None or year is None:
            continue
        for age, _ in ages.get(owner.id, []):
            if published.year - year - number(age) not in (0, 1):
                yield Hit(
                    span=age.span,
                    values={
                        "name": owner.name,
                        "one": f"{number(age):g}",
                        "other": f"born in {year}",
                    },
                    related=place(figure.span, f"born in {year}"),
                )
