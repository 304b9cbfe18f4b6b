"""A small run of the fuzzer in every test run, and texts of hypothesis through the whole length."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals import fuzz

KNOWN = fuzz.seeds()
TEXTS = st.lists(st.sampled_from([*fuzz.WORDS, *fuzz.ODD]) | st.text(max_size=8), max_size=60)


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_inputs_of_the_fuzzer(first: int) -> None:
    for number in range(first, first + 20):
        raw, kind = fuzz.make(number, KNOWN)
        fuzz.attempt(raw, kind, "baseline")


@pytest.mark.parametrize("kind", ["text", "markdown", "html", "jsonl"])
def test_what_once_broke_something_goes_through(kind: str) -> None:
    for raw in KNOWN:
        fuzz.attempt(raw, kind, "baseline")


def test_an_input_is_made_of_its_number_alone() -> None:
    assert [fuzz.make(n, KNOWN) for n in range(30)] == [fuzz.make(n, KNOWN) for n in range(30)]


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(TEXTS, st.sampled_from(fuzz.KINDS), st.sampled_from(["", " ", "\n\n"]))
def test_any_text_goes_through(words: list[str], kind: str, between: str) -> None:
    fuzz.attempt(between.join(words).encode("utf-8", "surrogatepass"), kind, "baseline")


@settings(max_examples=100, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.sampled_from(fuzz.KINDS))
def test_any_bytes_are_read_or_a_problem(raw: bytes, kind: str) -> None:
    fuzz.attempt(raw, kind, "baseline")
