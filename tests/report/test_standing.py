"""The sentence at the top: the weakest footing that anything in the story has."""

import pytest

from onrecord import analyse
from onrecord.ingest import read_text
from onrecord.report.overview import standing
from onrecord.report.voices import Voices, is_plural
from onrecord.testing import parse

NAMED = "[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it would shut]."
PAPER = "[s2 document=report A report] [c2 found] [q2 rust in every girder]."


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("The ferry ran late.", "No statements found."),
        (NAMED, "Everything rests on one voice, Ann Lee."),
        (f"{NAMED} {PAPER}", "Everything rests on named people and documents."),
        (
            f"{NAMED} [s2 organisation=Board The Board] [c2 said] [q2 so]. "
            f"{PAPER.replace('2', '3')}",
            "Everything rests on named people, organisations and documents.",
        ),
        (
            "[s1 anonymous withheld A friend] [c1 said] [q1 they row]."
            " [s2 of=1 She] [c2 said] [q2 it is over].",
            "Both statements rest on one unnamed voice, “a friend”.",
        ),
        (
            f"{NAMED} [s2 anonymous withheld A friend] [c2 said] [q2 they row].",
            "One of two statements rests on one unnamed voice, “a friend”.",
        ),
        (
            f"{NAMED} [c2 It is said] [q2 that the tide turned].",
            "One of two statements has no stated source.",
        ),
        (
            f"{NAMED} [s2 group=critics Critics] [c2 say] [q2 it leaks].",
            "One of two statements rests on one crowd, “critics”.",
        ),
        (
            f"{NAMED} [s2 unknown They] [c2 said] [q2 it leaks].",
            "One of two statements has a source that isn’t clear.",
        ),
    ],
)
def test_the_weakest_footing_is_said(source: str, words: str) -> None:
    analysis, _ = parse(source)
    assert standing(analysis, Voices(analysis)) == words


def test_what_is_not_english_is_not_judged() -> None:
    french = (
        "Le maire a déclaré que le pont serait fermé pendant trois mois, et que les habitants de la"
        " ville devraient prendre le bac. Selon un conseiller, personne n'avait été consulté avant"
        " cette décision, que beaucoup regrettent."
    )
    analysis = analyse(read_text(french), engine="baseline")
    said = standing(analysis, Voices(analysis))
    assert said == "Not judged: this doesn’t look like English."


@pytest.mark.parametrize(
    ("words", "kind", "several"),
    [
        ("our sources", "anonymous", True),
        ("A source close to the singers", "anonymous", False),
        ("sources close to the singer", "anonymous", True),
        ("police", "organisation", True),
        ("United Nations", "organisation", False),
        ("Ann Rees", "person", False),
        ("the actress", "anonymous", False),
        ("many", "group", True),
        ("court papers", "document", True),
    ],
)
def test_a_verb_agrees_with_what_a_voice_is_called(words: str, kind: str, several: bool) -> None:
    assert is_plural(words, kind) is several
