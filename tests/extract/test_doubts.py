"""What is too unsure to be an attribution: acts, not statements."""

import msgspec
import pytest

from onrecord.extract.attributions.confidence_filter import filter_unsure
from onrecord.records import Attribution, Block, Span

TEXT = "Ms. Lowe signed the harbour bill. She said it was late."


def attribution(cue: str, content: str, confidence: float) -> Attribution:
    def span(words: str) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words))

    return Attribution(
        id="a1",
        source=span("Ms. Lowe"),
        cue=span(cue),
        content=(span(content),),
        form="indirect",
        stance="says",
        source_id=None,
        parent=None,
        rivals=(),
        confidence=confidence,
    )


@pytest.mark.parametrize(
    ("cue", "content", "confidence", "stays"),
    [
        ("signed", "the harbour bill", 0.4, False),
        ("signed", "the harbour bill", 0.5, True),
        ("signed", "bill", 0.5, False),
        ("signed", "bill", 0.7, True),
        ("said", "it was late", 0.3, True),
    ],
)
def test_acts_need_to_be_surer_than_statements(
    cue: str, content: str, confidence: float, stays: bool
) -> None:
    assert bool(filter_unsure(TEXT, [attribution(cue, content, confidence)])) is stays


def test_what_stood_inside_a_dropped_one_stands_by_itself() -> None:
    outer = attribution("signed", "the harbour bill", 0.3)
    inner = msgspec.structs.replace(attribution("said", "it was late", 0.9), id="a2", parent="a1")
    (left,) = filter_unsure(TEXT, [outer, inner])
    assert (left.id, left.parent) == ("a1", None)
    both = filter_unsure(TEXT, [msgspec.structs.replace(outer, confidence=0.9), inner])
    assert [(a.id, a.parent) for a in both] == [("a1", None), ("a2", "a1")]


def test_a_subheading_is_cut_off_a_statement() -> None:
    text = "It sank, Lowe said.\nIt was late.\nWhat the plan says\nNobody knows."
    blocks = [
        Block(span=Span(text.index(line), text.index(line) + len(line)), role="paragraph")
        for line in text.split("\n")
    ]
    row = msgspec.structs.replace(
        attribution("said", "it was late", 0.9),
        source=Span(9, 13),
        cue=Span(14, 18),
        content=(Span(0, 7), Span(20, len(text))),
    )
    (left,) = filter_unsure(text, [row], blocks)
    assert [text[s.start : s.end] for s in left.content] == [
        "It sank",
        "It was late.",
        "Nobody knows.",
    ]


def test_to_ask_not_to_be_named_is_no_statement() -> None:
    text = "A clerk, who asked not to be named for fear of losing the job, said it was late."
    content = Span(text.index("not to be"), text.index(", said"))
    row = msgspec.structs.replace(
        attribution("signed", "bill", 0.9), cue=Span(13, 18), source=Span(9, 12), content=(content,)
    )
    inner = msgspec.structs.replace(row, id="a2", parent="a1", content=(Span(50, 56),))
    assert filter_unsure(text, [row, inner]) == ()
