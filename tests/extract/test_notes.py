"""What an article says of a source: titles, and why a voice counts beyond its title."""

import pytest

from onrecord.extract.people.coreference import Resolver
from onrecord.extract.people.mentions import find_people
from onrecord.extract.sources.linker import find_sources
from onrecord.records import Source
from onrecord.testing import parse


def notes(marked: str) -> tuple[Source, str | None]:
    """The first source of marked text, and the words of its justification."""
    analysis, _ = parse(marked)
    article = analysis.article
    people = find_people(article, analysis.attributions)
    resolver = Resolver(article, people, analysis.sentences, analysis.quotes)
    _, sources = find_sources(article, analysis.attributions, people, resolver, analysis.sentences)
    why = sources[0].justification
    return sources[0], article.text[why.start : why.end] if why else None


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        (
            "[q1 It is late], [c1 said] [s1 person Ann Lowe], policy manager at Quays Together"
            " (QT), a charity.",
            "policy manager at Quays Together (QT)",
        ),
        (
            "[s1 person Sen. Ann Lowe (D-Saltmouth)] [c1 said] [q1 it was late].",
            "Sen. (D-Saltmouth)",
        ),
        (
            "They asked what [s1 person President Ann Lowe] [c1 said]: [q1 it was late].",
            "President",
        ),
        (
            "[q1 It is late], [c1 said] [s1 person Ann Lowe], who described herself as an organizer"
            " of the march.",
            "an organizer of the march",
        ),
        (
            "[s1 person Peter 2X], a community organizer, [c1 said] [q1 it was late].",
            "a community organizer",
        ),
        (
            "The hospital's chief executive, [s1 person Dr. Ann Lowe], [c1 told] staff"
            " [q1 it was late].",
            "The hospital's chief executive",
        ),
        ("[q1 It is late], [c1 said] [s1 person Dr. Ann Lowe].", "Dr."),
        (
            "[s1 person A spokesman for the union, Peter Lowe], [c1 said] [q1 members were angry].",
            "A spokesman for the union",
        ),
        (
            "[s1 person His spokesman, Peter Lowe], [c1 refused to say]"
            " [q1 whether the mayor had left].",
            "His spokesman",
        ),
        ("[q1 It is late], [c1 said] [s1 person Lee's brother, Peter Lowe].", "Lee's brother"),
    ],
)
def test_titles(marked: str, title: str) -> None:
    assert notes(marked)[0].title == title


def test_a_title_alone_is_no_justification() -> None:
    assert (
        notes("[q1 It is late], [c1 said] [s1 person Ann Lowe], director of Two Rivers.")[1] is None
    )


def test_what_goes_on_behind_the_title_is() -> None:
    source, why = notes(
        "[q1 It is late], [c1 said] [s1 person Ann Lowe], director of Two Rivers, a charity that"
        " helps tenants."
    )
    assert source.title == "director of Two Rivers"
    assert why == "a charity that helps tenants"


def test_a_second_apposition_is() -> None:
    _, why = notes(
        "[s1 person Harbour engineer Ann Lowe] [c1 said] [q1 it was late]. Lowe, a former pilot on"
        " the bay, left."
    )
    assert why == "a former pilot on the bay"


def test_the_sentence_that_tells_of_a_person_is_but_nobodys_words_are() -> None:
    said = "[s1 person Ann Lowe] [c1 said] [q1 it was late]. "
    told = "Lowe was one of nine clerks dismissed in May."
    assert notes(said + told)[1] == told
    assert notes(said + "Lowe’s office was one of nine closed in May.")[1] is None
    assert (
        notes(
            said
            + "[q2 Lowe was one of nine clerks dismissed in May], [s2 group critics] [c2 said]."
        )[1]
        is None
    )


@pytest.mark.parametrize(
    ("marked", "occasion"),
    [
        (
            "[s1 person Ann Lowe] [c1 told] the harbour board [q1 it was late].",
            "told the harbour board",
        ),
        (
            "[q1 It was late], [s1 person Ann Lowe] [c1 said] at Monday’s meeting.",
            "said at Monday’s meeting",
        ),
        ("[q1 It was late], [s1 person Ann Lowe] [c1 said] in an interview.", None),
        ("[q1 It was late], [s1 person Ann Lowe] [c1 said] in an email.", None),
        (
            "[q1 It was late], [s1 person Ann Lowe] [c1 wrote] in an email to the clerk.",
            "wrote in an email to the clerk",
        ),
    ],
)
def test_the_occasion_is_where_nothing_else_is(marked: str, occasion: str | None) -> None:
    assert notes(marked)[1] == occasion


def test_how_somebody_is_is_no_title() -> None:
    source, _ = notes(
        "[s1 person Ann Lowe], ever the professional, [c1 said] [q1 it was late]. It rained."
    )
    assert source.title is None
