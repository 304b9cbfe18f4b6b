"""The figures panel: dates in order, ages by person, contradictions marked."""

import msgspec

from onrecord import Analysis, Figure, Finding, Person, Related, Span
from onrecord.report.timeline import panel
from onrecord.report.voices import Voices
from onrecord.testing import parse

TEXT = (
    "Ann Lee, 41, sold the quay in 2019. [s1 person=Bo_Rask Bo Rask] [c1 said]"
    " [q1 she had bought it on 3 May 2004]."
    " Lee, who is 44, kept nine boats."
)


def story() -> Analysis:
    analysis, _ = parse(TEXT)
    text = analysis.article.text

    def at(words: str, start: int = 0) -> Span:
        place = text.index(words, start)
        return Span(place, place + len(words))

    lee, again = at("Ann Lee"), at("Lee", 20)
    figures = (
        Figure(span=at("41"), kind="age", value=41, unit="year", of=lee),
        Figure(span=at("2019"), kind="date", value={"year": 2019}),
        Figure(span=at("3 May 2004"), kind="date", value={"year": 2004, "month": 5, "day": 3}),
        Figure(span=at("44"), kind="age", value=44, unit="year", of=again),
        Figure(span=at("nine"), kind="count", value=9, unit="boats"),
    )
    people = (*analysis.people, Person(id="p9", name="Ann Lee", mentions=(lee, again)))
    return msgspec.structs.replace(analysis, figures=figures, people=people)


def finding(analysis: Analysis) -> Finding:
    one, two = analysis.figures[0].span, analysis.figures[3].span
    return Finding(
        code="NUM401", name="age-conflict", severity="error", span=one, line=1, column=1, message="two ages",
        related=(Related(two, "another age"),), fingerprint="0" * 16, article_id=analysis.article.id,
    )  # fmt: skip


def test_dates_stand_in_order_with_what_they_rest_on() -> None:
    analysis = story()
    made = panel(analysis, (), Voices(analysis))
    assert made is not None
    assert [d.when for d in made.dates] == ["3 May 2004", "2019"]
    assert [d.basis.kind for d in made.dates] == ["person", "own"]
    places = [x for x, _ in made.marks]
    assert places == sorted(places)
    assert all(0 <= x <= 1000 for x in places)


def test_ages_are_grouped_by_person_and_contradictions_marked() -> None:
    analysis = story()
    made = panel(analysis, (finding(analysis),), Voices(analysis))
    assert made is not None
    ((whose, items),) = made.ages
    assert whose == "Ann Lee"
    assert [i.words for i in items] == ["41", "44"]
    assert [i.findings for i in items] == [(1,), (1,)]
    assert all(not d.findings for d in made.dates)
    assert made.others[0][0] == "Counts"


def test_no_figures_no_panel() -> None:
    analysis, _ = parse("Nobody came.")
    bare = msgspec.structs.replace(analysis, figures=())
    assert panel(bare, (), Voices(bare)) is None
