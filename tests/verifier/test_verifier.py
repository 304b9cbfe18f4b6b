"""Verdicts on quotations: one line a case, the words ours."""

import pytest

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.ingest.materials import material
from onrecord.records import Verdict
from onrecord.verifier import TOLERANCES, verify

TRANSCRIPT = """LOWE: We will close the quay in January, um, because the wall is moving. I do not want anybody to lose a boat.

Q: Will you pay the fishermen?

LOWE: We have spent twenty-five thousand pounds on this already. It's not a question of money, it is a question of the colour of the water. You know, I think, I think the harbour can be saved and nobody should panic about it at all.

DRAVICK: January is when the crab is in. Close it in April and you'd hear no complaint from me. We came to see whether their boats were safe.
"""


def verdicts(words: str, transcript: str = TRANSCRIPT, **options: object) -> tuple[Verdict, ...]:
    """The verdicts on the quotations of a line of story, by the baseline engine: it is quick."""
    story = read_text(f"Quay will close in winter\n\n{words}\n")
    analysis = analyse(story, engine="baseline")
    return verify(analysis, [material(transcript, name="t")], **options).verdicts  # type: ignore[arg-type]


CASES = [
    ('"We will close the quay in January," Hester Lowe said.', "exact"),
    ('“It’s not a question of money,” Hester Lowe said.', "exact"),
    ('"We will close the quay in January because the wall is moving," Lowe said.', "trimmed"),
    ('"[T]he wall is moving," Hester Lowe said.', "trimmed"),
    ('"The harbor can be saved," Hester Lowe said.', "trimmed"),
    ('"We have spent £25,000 on this already," Hester Lowe said.', "trimmed"),
    ('"We have spent 25,000 pounds on this already," Hester Lowe said.', "trimmed"),
    ('"We have spent [a fortune] on this already," Hester Lowe said.', "trimmed"),
    ('"It is not a question of money … the harbour can be saved," Lowe said.', "trimmed"),
    ('"It is not a question of money ... the harbour can be saved," Lowe said.', "trimmed"),
    ('"I think the harbour can be saved," Hester Lowe said.', "exact"),
    ('"It is not a question of money," Lowe said, "it is a question of the colour of the water."', "trimmed"),
    ('"I want anybody to lose a boat," Hester Lowe said.', "altered"),
    ('"I think the harbour can be ruined and nobody should panic," Lowe said.', "altered"),
    ('"We have spent 35,000 pounds on this already," Hester Lowe said.', "altered"),
    ('"We will close the quay because the wall is moving," Hester Lowe said.', "altered"),
    ('"We might close the quay in January," Hester Lowe said.', "altered"),
    ('"We will close the quay because nobody should panic about it at all," Lowe said.', "stitched"),
    ('"January is when the crab is in," Hester Lowe said.', "speaker differs"),
    ('"January is when the crab is in," Colm Dravick said.', "exact"),
    ('"The crabs come in January," Colm Dravick said.', "paraphrase in quotation marks"),
    ('"Every gull in this town is under arrest," Hester Lowe said.', "not found"),
    ('"It was a disaster for the seals," Maria Plum said.', "speaker not in the material"),
    ('She called it a "fiasco" in the hall.', "too short to tell"),
    ('"We came to see whether there boats were safe," Colm Dravick said.', "trimmed"),
    ('"Close it in April and you would hear no complaint," Colm Dravick said.', "trimmed"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_verdict(words: str, expected: str) -> None:
    assert [v.verdict for v in verdicts(words)] == [expected]


def test_changes_say_what_they_bear() -> None:
    def kinds(words: str) -> list[tuple[str, str, str, str]]:
        return [(c.kind, c.weight, c.said, c.quoted) for c in verdicts(words)[0].changes]

    assert kinds('"I want anybody to lose a boat," Lowe said.') == [
        ("negation", "meaning", "do not", "")
    ]
    assert kinds('"We have spent 35,000 pounds on this already," Lowe said.') == [
        ("number", "meaning", "twenty-five thousand", "35,000")
    ]
    assert kinds('"We might close the quay in January," Lowe said.') == [
        ("modal", "meaning", "will", "might")
    ]


def test_a_negation_cut_off_is_no_trimming() -> None:
    transcript = "LOWE: The council will not pay. We do.\n\nDRAVICK: No.\n\nLOWE: Next.\n"
    assert verdicts('"The council will," Lowe said.', transcript)[0].verdict == "altered"


def test_both_places_are_given() -> None:
    verdict = verdicts('He waited. "January is when the crab is in," Colm Dravick said.')[0]
    place = verdict.places[0]
    assert verdict.line == 3
    assert TRANSCRIPT[place.span.start : place.span.end] == "January is when the crab is in"
    assert (place.material, place.line, place.speaker) == ("t", 7, "DRAVICK")
    assert place.after.startswith(". Close it in April")


def test_headline_is_verified_too() -> None:
    story = read_text("Lowe: 'the wall is falling down fast'\n\nThe quay will close, she said.\n")
    made = verify(analyse(story, engine="baseline"), [material(TRANSCRIPT)])
    assert [v.line for v in made.verdicts] == [1]


@pytest.mark.parametrize("name", TOLERANCES)
def test_a_tolerance_can_be_left_out(name: str) -> None:
    words = {
        "contractions": '"It is not a question of money," Lowe said.',
        "numbers": '"We have spent 25,000 pounds on this already," Lowe said.',
        "spelling": '"The harbor can be saved," Lowe said.',
        "disfluencies": '"close the quay in January because the wall is moving," Lowe said.',
        "homophones": '"We came to see whether there boats were safe," Dravick said.',
    }[name]
    assert verdicts(words)[0].verdict == "trimmed"
    others = [t for t in TOLERANCES if t != name]
    assert verdicts(words, tolerate=others)[0].verdict == "altered"


def test_an_unknown_tolerance_is_named() -> None:
    with pytest.raises(ValueError, match="lisp"):
        verdicts('"We will close the quay," Lowe said.', tolerate=["lisp"])


def test_a_speaker_tied_to_a_material() -> None:
    notes = material(
        "The wall is moving and I will not wait.", name="n", speaker="Priya Nandakumar"
    )
    for name, expected in (("Hester Lowe", "speaker differs"), ("Priya Nandakumar", "exact")):
        story = read_text(f'Quay will close\n\n"The wall is moving," {name} said.\n')
        made = verify(analyse(story, engine="baseline"), [notes])
        assert [v.verdict for v in made.verdicts] == [expected]


def test_of_equal_places_the_speakers_own_is_taken() -> None:
    transcript = "LOWE: The wall is moving.\n\nDRAVICK: The wall is moving.\n\nLOWE: Yes, it is.\n"
    assert verdicts('"The wall is moving," Colm Dravick said.', transcript)[0].verdict == "exact"
    assert verdicts('"The wall is moving," Hester Lowe said.', transcript)[0].verdict == "exact"


def test_without_materials_or_quotations() -> None:
    assert verdicts("Nobody spoke.") == ()
    story = read_text('Quay to close\n\n"The wall is moving," Hester Lowe said.\n')
    made = verify(analyse(story, engine="baseline"), [])
    assert [v.verdict for v in made.verdicts] == ["speaker not in the material"]


@pytest.mark.cost
def test_long_material_costs_no_more_than_its_length() -> None:
    import time

    words = '"We will close the quay in January," Hester Lowe said.'
    seconds = []
    for times in (20, 200):
        start = time.perf_counter()
        verdicts(words, TRANSCRIPT * times)
        seconds.append(time.perf_counter() - start)
    assert seconds[1] < 30 * seconds[0] + 0.5


def test_the_public_name_is_the_function() -> None:
    import onrecord
    import onrecord.verifier

    assert onrecord.verify is onrecord.verifier.verify
    story = read_text('Quay to close\n\n"January is when the crab is in," Colm Dravick said.\n')
    analysis = onrecord.analyse(story, engine="baseline")
    made = onrecord.verify(analysis, [material(TRANSCRIPT)])
    assert [v.verdict for v in made.verdicts] == ["exact"]
