"""Looking people up by place."""

from onrecord.query.lookup import names_in
from onrecord.records import Span
from onrecord.testing import parse


def test_names_inside_a_span_in_order_and_no_pronouns() -> None:
    analysis, _ = parse(
        "Ann Lee and Eve Orr met. [s1 person=Ann_Lee She] [c1 said] [q1 it was late]. Lee left."
    )
    text = analysis.article.text
    first = Span(0, text.index("."))
    assert [text[m.start : m.end] for m, _ in names_in(analysis, first)] == ["Ann Lee", "Eve Orr"]
    rest = Span(first.end, len(text))
    assert "She" not in [
        text[m.start : m.end] for m, p in names_in(analysis, rest) if p.name == "Ann Lee"
    ]
