"""Voices: which mentions are one source, what kind it is, and what the article says of it."""

import msgspec
import pytest

from onrecord.extract import analyse
from onrecord.extract.people.coreference import Resolver
from onrecord.extract.people.mentions import find_people
from onrecord.extract.sources.kinds import CASES, Case, Phrase, kind_of
from onrecord.extract.sources.linker import find_sources
from onrecord.extract.sources.organisations import antecedent, speaking
from onrecord.ingest import read_text
from onrecord.records import Analysis, Attribution, Source, Span
from onrecord.testing import parse


def voices(marked: str, outlet: str | None = None) -> tuple[Analysis, tuple[Source, ...]]:
    """The sources of marked text, found anew; only the attributions of the marks are used."""
    analysis, _ = parse(marked, outlet=outlet)
    bare: list[Attribution] = [
        msgspec.structs.replace(a, source_id=None) for a in analysis.attributions
    ]
    article = analysis.article
    people = find_people(article, bare)
    resolver = Resolver(article, people, analysis.sentences, analysis.quotes)
    rows, sources = find_sources(article, bare, people, resolver, analysis.sentences)
    assert {r.source_id for r in rows} - {None} <= {s.id for s in sources}
    spans = [m for s in sources for m in s.mentions]
    assert len(spans) == len(set(spans))
    return analysis, sources


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("an insider", "anonymous"),
        ("a source close to the couple", "anonymous"),
        ("a resident", "anonymous"),
        ("The midwife", "anonymous"),
        ("A Westport midwife", "anonymous"),
        ("A close friend of the prince", "anonymous"),
        ("One of them", "anonymous"),
        ("one", "anonymous"),
        ("Some of those present", "group"),
        ("Midwives", "group"),
        ("A majority of voters", "group"),
        ("Another 19 percent", "group"),
        ("the towers", "unknown"),
        ("the tariffs", "unknown"),
        ("Flitter", "organisation"),
        ("three people familiar with the plan", "anonymous"),
        ("a spokesman for the Harbour Board", "spokesperson"),
        ("Nobody", "unknown"),
        ("critics", "group"),
        ("many", "group"),
        ("those who spoke", "group"),
        ("Privacy and human rights advocates", "group"),
        ("the Harbour Board", "organisation"),
        ("Quays and Harbour Protection", "organisation"),
        ("the report", "document"),
        ("the Harbour Spending database", "document"),
        ("Harbour Star", "outlet"),
    ],
)
def test_kinds(phrase: str, kind: str) -> None:
    assert kind_of(phrase, "Harbour Star").kind == kind


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_has_an_example_that_it_decides(case: Case) -> None:
    asked = Phrase.of(case.example, "Harbour Star")
    first = next(one for one in CASES if one.answer(asked))
    assert first is case, first.name
    assert kind_of(case.example, "Harbour Star").kind == case.kind


def test_withheld_is_not_merely_unnamed() -> None:
    assert kind_of("an insider").withheld
    assert kind_of("an inside source").withheld
    assert kind_of("three people with knowledge of the talks").withheld
    assert not kind_of("a resident").withheld


def test_a_named_voice_keeps_its_full_name_through_pronouns() -> None:
    _, (source,) = voices(
        "Ann Lowe left. [s1 person She] [c1 said] [q1 it was late]. "
        "[s2 person Lowe] [c2 added] [q2 that it rained]."
    )
    assert (source.kind, source.name, len(source.mentions)) == ("person", "Ann Lowe", 2)


def test_unnamed_mentions_that_the_article_links_are_one_voice() -> None:
    _, (source,) = voices(
        "[s1 anonymous An insider] [c1 said] [q1 it was late]. "
        "[s2 anonymous The source] [c2 went on]: [q2 it rained]. "
        "[s3 anonymous Our source] [c3 said] [q3 all was well]."
    )
    assert (source.kind, source.name, source.withheld) == ("anonymous", None, True)
    assert len(source.mentions) == 3


def test_the_officials_are_those_two_who_kept_their_names_back() -> None:
    _, sources = voices(
        "[s1 anonymous plural withheld Two officials who asked not to be named] [c1 said]"
        " [q1 he will go]. ¶"
        " [s2 anonymous plural The officials] [c2 said] [q2 he is tired]."
    )
    assert [(s.kind, len(s.mentions)) for s in sources] == [("anonymous", 2)]


def test_another_source_is_a_second_voice() -> None:
    _, sources = voices(
        "[s1 anonymous A source] [c1 said] [q1 it was late]. "
        "[s2 anonymous Another source] [c2 said] [q2 it rained]."
    )
    assert len(sources) == 2


def test_a_crowd_is_no_voice_of_an_insider() -> None:
    _, sources = voices(
        "[s1 anonymous An insider] [c1 said] [q1 it was late]. [s2 group Many] [c2 think] [q2 so]."
    )
    assert [s.kind for s in sources] == ["anonymous", "group"]


def test_the_outlet_itself_is_one_source() -> None:
    _, sources = voices(
        "[q1 The bridge shut], [s1 outlet Harbour Star] [c1 can reveal]. "
        "[s2 outlet The Harbour Star] [c2 revealed] [q2 that it fell].",
        outlet="Harbour Star",
    )
    assert [(s.kind, s.name) for s in sources] == [("outlet", "Harbour Star")]


def test_a_post_stands_for_the_one_who_holds_it() -> None:
    _, (source,) = voices(
        "[s1 person City Attorney Ann Lowe] [c1 said] [q1 it was late]. "
        "[s2 anonymous The city attorney] [c2 said] [q2 it rained]."
    )
    assert source.name == "Ann Lowe"
    assert source.title == "City Attorney"


def test_an_advert_is_not_the_person_whom_it_is_about() -> None:
    _, sources = voices(
        "Ann Lowe ran. According to [s1 document an Ann Lowe campaign advert], [q1 taxes rose]."
    )
    assert [s.kind for s in sources] != ["person"]


def test_a_spokesperson_without_a_body_speaks_for_the_last_one() -> None:
    _, sources = voices(
        "[s1 organisation Saltmouth Harbour Board] [c1 said] [q1 it was late]. "
        "[q2 It rained], [s2 spokesperson a spokesman] [c2 said]."
    )
    assert [(s.kind, s.name) for s in sources][-1] == ("spokesperson", "Saltmouth Harbour Board")


def test_the_reason_ends_where_the_sentence_goes_on() -> None:
    analysis, (source,) = voices(
        "[s1 anonymous A clerk], who asked not to be named because she feared for her job, "
        "[c1 said] [q1 it was late]."
    )
    assert source.reason
    text = analysis.article.text[source.reason.start : source.reason.end]
    assert text == "asked not to be named because she feared for her job"


def test_no_source_stays_none() -> None:
    analysis, _ = parse("[c1 It is believed] [q1 that it fell].")
    article, sentences = analysis.article, analysis.sentences
    resolver = Resolver(article, (), sentences, analysis.quotes)
    rows, sources = find_sources(article, analysis.attributions, (), resolver, sentences)
    assert rows[0].source_id is None
    assert sources == ()


def test_a_former_post_and_fewer_words_still_name_the_holder() -> None:
    _, (source,) = voices(
        "[s1 person Former Harbour Commissioner Ann Lowe] [c1 said] [q1 it was late]. "
        "[s2 anonymous The former commissioner] [c2 said] [q2 it rained]."
    )
    assert source.name == "Ann Lowe"


def test_critics_such_as_somebody_are_a_crowd() -> None:
    _, (source,) = voices("[s1 group Critics such as Ann Lowe] [c1 said] [q1 it was late].")
    assert source.kind == "group"


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("SB 1015", "document"),
        ("a statement from the Quay Board", "organisation"),
        ("Measure FF", "document"),
        ("One Tweet", "document"),
        ("a draft of the letter", "document"),
        ("52 percent of 170 readers", "group"),
        ("the two countries", "organisation"),
        ("local governments", "group"),
        ("the group that stormed the quay", "group"),
        ("Officials at the Harbour Board", "spokesperson"),
        ("harbour officials", "group"),
        ("several crew members", "anonymous"),
        ("one user @quaywatcher", "person"),
        ("HNS", "organisation"),
    ],
)
def test_kinds_of_laws_bodies_without_names_and_handles(phrase: str, kind: str) -> None:
    assert kind_of(speaking(phrase)).kind == kind


def test_the_agency_and_the_database_point_back() -> None:
    _, sources = voices(
        "[s1 document The Harbour Safety database] [c1 shows] [q1 wrecks are common]. "
        "[s2 document The database] [c2 found] [q2 most were old]. "
        "[s3 organisation At least one agency, the Quay Commission], [c3 said] [q3 it knew]. "
        "[s4 organisation The agency] [c4 noted] [q4 no deaths]."
    )
    assert [(s.name, len(s.mentions)) for s in sources] == [
        ("Harbour Safety database", 2),
        ("Quay Commission", 2),
    ]


def test_an_abbreviation_keeps_the_kind_of_the_long_name() -> None:
    _, (source,) = voices(
        "[s1 outlet Harbour News Service] [c1 reported] [q1 it sank]. "
        "[s2 outlet HNS] [c2 said] [q2 it was old]."
    )
    assert source.kind == "outlet"


def test_the_spokesperson_is_the_one_who_spoke() -> None:
    _, (source,) = voices(
        "[s1 spokesperson A spokesperson for Quay Lines] [c1 said] [q1 all is well]. The Harbour"
        " Board"
        " met. [s2 spokesperson The spokesperson] [c2 added] [q2 it is safe]."
    )
    assert (source.name, len(source.mentions)) == ("Quay Lines", 2)


def test_a_deputy_does_not_hold_the_post_itself() -> None:
    _, sources = voices(
        "Deputy Mayor Ann Lowe arrived. [s1 anonymous The mayor] [c1 said] [q1 nothing is wrong]."
    )
    assert [s.kind for s in sources] == ["anonymous"]


def test_a_handle_is_a_name() -> None:
    _, (source,) = voices("[s1 person One user @quaywatcher] [c1 said] [q1 it sank].")
    assert (source.kind, source.name) == ("person", "@quaywatcher")


@pytest.mark.parametrize(
    ("text", "before"),
    [
        (
            "That visit triggered a letter from the Harbour Board that",
            "a letter from the Harbour Board",
        ),
        ("But it is ahead in its analysis, which", "its analysis"),
        ("They met at Ada Voss’s Department of Quays, which", "Ada Voss’s Department of Quays"),
    ],
)
def test_what_a_relative_word_refers_back_to(text: str, before: str) -> None:
    start = text.rindex(" ") + 1
    assert antecedent(text, Span(start, len(text))) == before


def test_a_statement_from_somebody_is_somebody_speaking() -> None:
    _, (source,) = voices(
        "Ann Lowe left. [s1 person A statement from Ann Lowe] [c1 said] [q1 it sank]."
    )
    assert source.name == "Ann Lowe"


def test_a_bare_crowd_is_the_crowd_of_the_paragraph() -> None:
    _, (source,) = voices(
        "[s1 group Quay and harbour residents] [c1 say] [q1 it is loud]. "
        "[s2 group Residents] [c2 want] [q2 it to stop]."
    )
    assert (source.name, len(source.mentions)) == ("Quay and harbour residents", 2)


@pytest.mark.parametrize(
    ("between", "again"),
    [("", True), ("Another researcher left. ", False), ("\n\nThe bay froze.\n\n", False)],
)
def test_the_researcher_is_who_has_just_spoken(between: str, again: bool) -> None:
    _, sources = voices(
        "[s1 person Ann Lowe] [c1 said] [q1 it was late]. "
        + between
        + "[s2 anonymous The researcher] [c2 added] [q2 it rained]."
    )
    assert (len(sources) == 1) is again


def test_a_site_is_its_bodys_voice_and_a_persons_site_is_not() -> None:
    _, (source,) = voices(
        "The Quay Board met. According to [s1 organisation the board’s website], [q1 it sank]."
    )
    assert (source.kind, source.name) == ("organisation", "Quay Board")
    _, (source,) = voices(
        "Ann Lowe left. According to [s1 document Ann Lowe’s website], [q1 it sank]."
    )
    assert (source.kind, source.person_id) == ("document", None)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[s1 organisation The city of Marne] [c1 said] [q1 it would sue] Harbour Airlines. "
            "[q2 It has no case], [c2 said] [s2 spokesperson a spokesman for the airline].",
            ("spokesperson", "Harbour Airlines"),
        ),
        (
            "[s1 organisation Marne Council] [c1 said] [q1 it was late]. "
            "[q2 It rained], [c2 said] [s2 spokesperson a spokesman for the airline].",
            ("spokesperson", "airline"),
        ),
        (
            "[s1 spokesperson A spokesman for Coast Rail] [c1 said] [q1 it was late]. "
            "[q2 It rained], [s2 organisation the company] [c2 said].",
            ("organisation", "Coast Rail"),
        ),
    ],
)
def test_a_spokesman_speaks_for_the_body_that_is_meant(
    marked: str, expected: tuple[str, str]
) -> None:
    _, sources = voices(marked)
    assert (sources[-1].kind, sources[-1].name) == expected


def test_it_is_the_body_that_the_statement_opens_with() -> None:
    _, (source,) = voices(
        "[q1 Orr Mills Company will close in May], [s1 organisation it] [c1 said]."
    )
    assert (source.kind, source.name) == ("organisation", "Orr Mills Company")


def test_a_pronoun_in_the_same_paragraph_is_the_unnamed_voice_that_spoke() -> None:
    _, (source,) = voices(
        "Ann Lowe left. ¶ [s1 spokesperson A county spokeswoman] [c1 said] [q1 it was late]. "
        "[q2 “It rained,”] [s2 person she] [c2 said]."
    )
    assert (source.kind, len(source.mentions)) == ("spokesperson", 2)


def test_a_description_that_somebody_named_may_fit_keeps_the_pronoun_open() -> None:
    _, sources = voices(
        "Ann Lowe left. [s1 anonymous The former senator] [c1 said] [q1 it was late]. "
        "[q2 It rained], [s2 person she] [c2 said]."
    )
    assert sources[-1].name == "Ann Lowe"


def test_a_pronoun_goes_on_with_the_last_speaker_where_nobody_else_is_named() -> None:
    _, sources = voices(
        "[q1 “It is late,”] [c1 said] [s1 person Peter Lowe]. The quay has a map of the harbour. "
        "[q2 It rained], [s2 person he] [c2 said]. John Moss left."
    )
    assert [(s.name, len(s.mentions)) for s in sources] == [("Peter Lowe", 2)]


def test_nobody_is_a_pronoun_before_they_are_introduced() -> None:
    _, sources = voices(
        "The sea rose. ¶ [s1 anonymous A friend of the prince] [c1 said] [q1 “[s2 person He]"
        " [c2 told] me [q2 in=1 it rained]”]. "
        "¶ The book came out. ¶ Peter Holm wrote it. He lives in Marne."
    )
    assert "Peter Holm" not in [s.name for s in sources]


def test_i_in_a_quotation_is_its_speaker_though_named_behind_it() -> None:
    _, (source,) = voices(
        "[q1 “[s2 person I] [c2 told] my husband [q2 in=1 it rained],”] [c1 said]"
        " [s1 person Anna Bell]."
    )
    assert (source.name, len(source.mentions)) == ("Anna Bell", 2)


def test_the_officials_are_the_two_officials() -> None:
    _, (source,) = voices(
        "[s1 anonymous Two officials] [c1 said] [q1 it was late]. "
        "[s2 group The officials] [c2 added] [q2 that it rained]."
    )
    assert (source.kind, source.plural, len(source.mentions)) == ("anonymous", True, 2)


def test_a_report_goes_on_under_its_name() -> None:
    _, (source,) = voices(
        "[s1 document A report by the Orr Institute] [c1 says] [q1 it was late]. "
        "[s2 document The report, published in March,] [c2 says] [q2 it rained]."
    )
    assert source.name == "report by the Orr Institute"


def test_a_mrs_is_no_man_of_her_surname() -> None:
    _, sources = voices(
        "President Bill Lowe left. [s1 person Mrs. Lowe] [c1 said] [q1 it was late]."
    )
    assert [s.name for s in sources] == ["Lowe"]


def test_a_bill_with_a_surname_is_no_law() -> None:
    _, (source,) = voices(
        "[s1 person Orr's attorney, Bill Tasker], [c1 said] [q1 it was late]. [s2 person Tasker]"
        " [c2 left]."
    )
    assert (source.name, source.title) == ("Bill Tasker", "Orr's attorney")


def test_a_town_with_a_given_name_is_nobody() -> None:
    _, (source,) = voices(
        "[s1 person Mayor Bill Lowe] [c1 said] [q1 it was late]. "
        "In Chelsea, [s2 anonymous the mayor] [c2 said] [q2 it rained]."
    )
    assert (source.name, len(source.mentions)) == ("Bill Lowe", 2)


def test_one_is_called_by_where_one_comes_from() -> None:
    _, (source,) = voices(
        "[s1 person Peter Lowe] [c1 said] [q1 it was late]. [s2 person The Welshman] [c2 said]"
        " [q2 it rained]."
    )
    assert (source.name, len(source.mentions)) == ("Peter Lowe", 2)


def test_a_body_is_named_without_what_it_is() -> None:
    _, (source,) = voices("[s1 organisation Ferry operator BlueLine] [c1 said] [q1 it was late].")
    assert source.name == "BlueLine"


def test_a_shortened_pronoun_is_one() -> None:
    _, (source,) = voices(
        "[q1 “[s2 person I’ve] [c2 told] them [q2 in=1 it rained],”] [c1 said]"
        " [s1 person Anna Bell]."
    )
    assert (source.name, len(source.mentions)) == ("Anna Bell", 2)


def heard(text: str) -> list[str | None]:
    """The source's id of each statement, in order."""
    analysis = analyse(read_text(text), engine="baseline")
    return [a.source_id for a in analysis.attributions if a.parent is None]


def test_one_and_another_are_two() -> None:
    text = 'It rained.\n\n"It was never safe here," said one.\n\n"It was safe for years," said one.'
    first, second = heard(text)
    assert first != second


@pytest.mark.parametrize(("gap", "same"), [(2, True), (20, False)])
def test_sources_far_below_are_not_the_insiders_above(gap: int, same: bool) -> None:
    filler = "The tide turned again.\n\n" * gap
    text = f'Insiders said: "It is late."\n\n{filler}Sources said: "It is shut now."'
    first, second = heard(text)
    assert (first == second) is same
