"""The grammar of speech relayed in passing, on sentences of ours."""

import time

import pytest

from onrecord.extract.attributions.reported_speech import clip_clause, relayed
from onrecord.records import Span


def seen(text: str) -> list[tuple[str, str, str]]:
    def of(span: Span | None) -> str:
        return text[span.start : span.end] if span else ""

    found = relayed(text, Span(0, len(text)))
    return [(of(f.source), of(f.cue), of(f.content[0])) for f in found]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("that she said the pier was safe", "she", "said", "the pier was safe"),
        ("he proudly states that he pays no harbour dues as he likes", "he", "states",
         "that he pays no harbour dues as he likes"),
        ("the same quay that Lowe claims he will rebuild", "Lowe", "claims", "he will rebuild"),
        ("he had instructed staff to check the locks", "he", "instructed", "to check the locks"),
        ("and she let them know that the gates were shut", "she", "let them know",
         "that the gates were shut"),
        ("the council's request to close the lane was heard", "the council's", "request",
         "to close the lane was heard"),
        ("a request from fishermen in Orrin to reopen the lock", "fishermen in Orrin", "request",
         "to reopen the lock"),
        ("an internal review shows no one checked the chain", "an internal review", "shows",
         "no one checked the chain"),
        ("the readers' polls that showed her ahead", "the readers' polls", "showed", "her ahead"),
        ("she will make this promise to you: We will reopen the pier", "she", "make this promise",
         "We will reopen the pier"),
        ("To quote Ada Voss ‘the tide waits’.", "Ada Voss", "To quote", "‘the tide waits’"),
        ("some speculated about his return", "some", "speculated about", "his return"),
        ("what he calls “a swamp” than anything", "he", "calls", "“a swamp”"),
    ],
)  # fmt: skip
def test_who_says_what(text: str, source: str, cue: str, content: str) -> None:
    assert (source, cue, content) in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lowe's comments are making people angry",
        "they call me up within the hour",
        "he was called a hero by the crew",
        "she laughed it off as banter",
        "Lowe shows his boat to visitors",
        "three states and the islands pay more",
        "no board would reject it if they only understood it",
        "the court shouldn’t weigh in on the race",
    ],
)
def test_what_only_looks_like_it(text: str) -> None:
    assert seen(text) == []


def test_a_content_ends_with_its_clause() -> None:
    text = "the lack of funds and is fine with that"
    assert clip_clause(text, Span(0, len(text))) == Span(0, len("the lack of funds"))
    text = "that the lack of funds, and the rest, remain; so be it"
    assert clip_clause(text, Span(0, len(text))).end == text.index(";")


@pytest.mark.cost
@pytest.mark.parametrize(
    "tile", ["the ", "Ann ", "and he ", "many of the old ", "said that ", "a’s claim "]
)
def test_time_grows_with_length_alone(tile: str) -> None:
    def took(times: int) -> float:
        text = tile * times + "said it was so"
        began = time.perf_counter()
        list(relayed(text, Span(0, len(text))))
        return time.perf_counter() - began

    took(10)
    assert took(2000) < 80 * max(took(100), 0.004)
