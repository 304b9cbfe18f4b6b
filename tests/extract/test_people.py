"""People without a model: short forms, namesakes, titles, and what must not become a person."""

import time

import pytest

from onrecord.extract import analyse
from onrecord.extract.people.coreference import Resolver
from onrecord.extract.people.mentions import find_people
from onrecord.extract.segment.quotes import find_quotes
from onrecord.extract.segment.sentences import find_sentences
from onrecord.ingest import read_text
from onrecord.records import Person, Span


def people(text: str, title: str | None = None) -> dict[str, Person]:
    return {p.name: p for p in find_people(read_text(text, title=title))}


def mentions(text: str, name: str) -> list[str]:
    return [text[m.start : m.end] for m in people(text)[name].mentions]


def meant(text: str, pronoun: str) -> str | None:
    """The name of the person that the last such pronoun stands for."""
    article = read_text(text)
    found = find_people(article)
    sentences = find_sentences(text, article.blocks)
    resolver = Resolver(article, found, sentences, find_quotes(text, article.blocks))
    start = text.rindex(pronoun)
    person, _ = resolver.resolve(Span(start, start + len(pronoun)))
    return next((p.name for p in found if p.id == person), None)


def test_full_name_surname_and_first_name_are_one_person() -> None:
    text = "Ann Lowe spoke first. Lowe left early. Ann was tired, Lowe’s aide said."
    assert mentions(text, "Ann Lowe") == ["Ann Lowe", "Lowe", "Ann", "Lowe"]


def test_two_people_with_one_surname_stay_two() -> None:
    assert set(people("Ann Lowe met her brother. Peter Lowe waited for Ann Lowe.")) == {
        "Ann Lowe", "Peter Lowe",
    }  # fmt: skip


def test_names_one_letter_apart_stay_two() -> None:
    assert set(people("They have two children, Ella, 9, and Elsa, 7.")) == {"Ella", "Elsa"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr. Dravick paid. He left.", "Dravick"),
        ("Gov. Ann Lowe signed it.", "Ann Lowe"),
        ("Saltmouth Deputy Police Chief Ann Lowe spoke.", "Ann Lowe"),
        ("Assistant harbour master Peter O’Neill spoke.", "Peter O’Neill"),
        ("Anne-Marie Lowe, 41, spoke.", "Anne-Marie Lowe"),
        ("Peter van der Meer, 41, spoke.", "Peter van der Meer"),
    ],
)
def test_names_are_found_without_their_titles(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Board met on Monday. It approved the plan.",
        "Saltmouth Council said it would pay.",
        "He flew to New York in March and to London in April.",
        "DDR was his game. He played it daily.",
        "Critics said he was wrong. Nobody heard her.",
    ],
)
def test_bodies_and_places_are_not_people(text: str) -> None:
    assert people(text) == {}


def test_a_headline_in_capitals_gives_no_junk() -> None:
    title = "Real Reason Why Ann Lowe Won't Leave The Harbour"
    assert set(people("Ann Lowe won't leave, she said.", title)) == {"Ann Lowe"}


def test_gender_comes_from_titles_before_names() -> None:
    assert people("Mrs. Sam Dravick spoke.")["Sam Dravick"].gender == "female"
    assert people("Sir Ashley Dravick spoke.")["Ashley Dravick"].gender == "male"


def test_children_are_minors() -> None:
    found = people("They have two children, Ella, 9, and Peter, 21.")
    assert found["Ella"].minor
    assert found["Peter"].minor is None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ann Lowe met Peter Dravick. She paid.", "She", "Ann Lowe"),
        ("Ann Lowe met Peter Dravick. Then his aide paid.", "his", "Peter Dravick"),
        ("Peter Hay left. In his last year, Paul Dravick won.", "his", "Paul Dravick"),
        ("The bridge closed. She paid.", "She", None),
        ("Peter Dravick left. She paid.", "She", None),
    ],
)
def test_pronouns(text: str, pronoun: str, name: str | None) -> None:
    assert meant(text, pronoun) == name


@pytest.mark.cost
def test_time_grows_with_length_not_with_its_square() -> None:
    def seconds(times: int) -> float:
        article = read_text("Ann Lowe met Peter Dravick, 41, and he told her of it.\n\n" * times)
        best = []
        for _ in range(3):
            start = time.process_time()
            find_people(article)
            best.append(time.process_time() - start)
        return min(best)

    assert seconds(1600) < 12 * seconds(400)


def test_a_month_or_a_post_hides_no_name() -> None:
    assert "Theresa May" in people("Prime Minister Theresa May spoke.")
    assert "John Pell" in people("Secretary of State John Pell spoke.")


def test_an_object_in_the_same_clause_is_somebody_else() -> None:
    assert people("Sen. Zarb Okun met with her.")["Zarb Okun"].gender is None


def test_a_preposition_at_a_sentence_s_start_is_no_given_name() -> None:
    assert "To Sharp" not in people("Ann Sharp left. To Sharp, who ran it, it was late, she said.")


def test_a_suffix_keeps_its_stop_and_the_post_behind_it() -> None:
    text = "Ann Pell Jr., the mayor, said it would close."
    analysis = analyse(read_text(text), engine="baseline")
    (person,) = analysis.people
    assert [text[m.start : m.end] for m in person.mentions] == ["Ann Pell Jr."]
    assert [s.title for s in analysis.sources] == ["the mayor"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tarvo Helt, age 47, spoke.", "Tarvo Helt"),
        ("Tarvo Helt, now 47, spoke.", "Tarvo Helt"),
        ("Tarvo Helt (47) spoke.", "Tarvo Helt"),
        ("Tarvo Helt (1934-2019) sang.", "Tarvo Helt"),
        ("The 47-year-old Tarvo Helt spoke.", "Tarvo Helt"),
        ("It was the 47-year-old bus driver Tarvo Helt.", "Tarvo Helt"),
        ("Sixteen-year-old Tarvo Helt kept his title.", "Tarvo Helt"),
        ("Actors Tarvo Helt and Ann Lowe met.", "Tarvo Helt"),
        ("Cleaner Beryl Lowe, 59, spoke.", "Beryl Lowe"),
        ("Tarvo Helt runs the harbour.\n\nHelt, aged 47, sails.", "Tarvo Helt"),
    ],
)
def test_an_age_or_what_they_do_shows_a_person_at_the_first_naming(text: str, name: str) -> None:
    assert name in people("The pier\n\n" + text)


@pytest.mark.parametrize(
    "text",
    [
        "Unlike Helt, the harbour is calm. Helt, 47, sails.",
        "Everything Helt says is noted. Helt, 47, sails.",
        "The Veterans Affairs office is shut.",
    ],
)
def test_a_surname_elsewhere_makes_no_name_of_any_word_before_it(text: str) -> None:
    assert not {
        n for n in people(text) if n.split()[0] in ("Unlike", "Everything", "Affairs", "Veterans")
    }


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Ulla von Brandt", "Von Brandt"),
        ("Hanne van der Loo", "Van der Loo"),
        ("Flora da Silva Junior", "Da Silva Junior"),
        ("Carlos De la Osa", "De la Osa"),
    ],
)
def test_a_particle_has_a_capital_where_it_opens_the_short_form(full: str, short: str) -> None:
    text = f"{full}, the harbour chief, said the quay would close. {short} said it was sad."
    (person,) = analyse(read_text(text)).people
    assert person.name == full
    assert [text[m.start : m.end] for m in person.mentions] == [full, short]


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Boris Johnston left. John said so. John, 41, is his clerk.", "John", "Boris Johnston"),
        ("Steve Martins left. Mary, 41, said that she was his clerk.", "Mary", "Steve Martins"),
        ("Pamela Anderton left. Andy, 41, said that he was her clerk.", "Andy", "Pamela Anderton"),
    ],
)
def test_a_given_name_is_short_for_no_surname(text: str, name: str, other: str) -> None:
    found = people(text)
    assert name in found
    assert name not in mentions(text, other)


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mary Lowe, a human rights lawyer, spoke.", "Mary Lowe", "female"),
        ("Ombudsman Mary Lowe spoke.", "Mary Lowe", "female"),
        ("They had met the woman, David Pell said.", "David Pell", "male"),
        ("Pell’s sister, Noah Lowe, spoke. Jon Pell left.", "Noah Lowe", "female"),
        ("Noah Lowe, the mother of two, spoke.", "Noah Lowe", "female"),
    ],
)
def test_nouns_of_kin_tell_a_gender_and_no_others(text: str, name: str, gender: str) -> None:
    assert people(text)[name].gender == gender
