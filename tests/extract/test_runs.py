"""What is cut off a run of capitals, and what is no person: every case by its example, with and
without it."""

import pytest

from onrecord.extract.people.mentions import RUN
from onrecord.extract.people.runs import CUTS, NO_PERSON, Cut, NoPerson, Run, Words, person_of
from onrecord.ingest import read_text


def last_run(example: str) -> Run:
    article = read_text(example)
    match = list(RUN.finditer(example))[-1]
    return Run.of(example, match.span(), False, False, Words(example, article.blocks))


@pytest.mark.parametrize("case", CUTS, ids=lambda case: case.name)
def test_each_cut_leaves_the_name(case: Cut) -> None:
    run = last_run(case.example)
    assert person_of(run)
    assert " ".join(run.names) == case.left
    without = last_run(case.example)
    found = person_of(without, cuts=[c for c in CUTS if c is not case])
    assert not found or " ".join(without.names) != case.left


@pytest.mark.parametrize("case", NO_PERSON, ids=lambda case: case.name)
def test_each_reason_refuses_alone(case: NoPerson) -> None:
    assert not person_of(last_run(case.example))
    assert person_of(last_run(case.example), no_person=[c for c in NO_PERSON if c is not case])


@pytest.mark.parametrize(
    ("example", "name"),
    [
        ("We Brits", None),
        ("Millions of people", None),
        ("It rained. Ann Lee’s", "Ann Lee"),
        ("He met Assistant Police Chief Ann Lee", "Ann Lee"),
        ("Ann Cook spoke. He met Cook", "Cook"),
    ],
)
def test_runs(example: str, name: str | None) -> None:
    run = last_run(example)
    assert (" ".join(run.names) if person_of(run) else None) == name
