"""What a statement rests on: chains, attitudes, and the registers that count them."""

from onrecord import Span
from onrecord.report.overview import overview
from onrecord.report.register import register
from onrecord.report.voices import Voices
from onrecord.testing import parse

CHAIN = (
    "[s1 anonymous withheld A source] [c1 said] [q1 that [s2 group=neighbours in=1 neighbours]"
    " [c2 say]"
    " [q2 in=1 he shouts at the gulls] all day]. [s3 person=Ann_Lee Ann Lee] [c3 said]"
    " [q3 he does not]."
)


def test_a_chain_runs_from_the_inside_out() -> None:
    analysis, _ = parse(CHAIN)
    voices = Voices(analysis)
    inner = next(a for a in analysis.attributions if a.parent)
    assert [voices.name(a) for a in voices.chain(inner)] == ["neighbours", "A source"]
    assert voices.marks(inner) == "○›⁂"
    assert voices.depth(inner) == 2
    assert voices.words(inner) == "neighbours (crowd) say this, on the word of A source"


def test_what_somebody_is_said_to_feel_rests_on_who_says_so() -> None:
    analysis, _ = parse(
        "[s1 anonymous withheld A source] [c1 said] [q1 that [s2 person=Ann_Lee in=1 Lee]"
        " [c2 feels]"
        " [q2 in=1 that the harbour was sold]]."
    )
    voices = Voices(analysis)
    inner = next(a for a in analysis.attributions if a.parent)
    assert inner.stance == "believes"
    assert voices.kind(inner) == "person"
    assert voices.rests_on(inner) == "anonymous"


def test_the_basis_of_a_stretch_is_the_statement_that_covers_it() -> None:
    analysis, _ = parse(
        "The bridge shut. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it would open]."
    )
    voices = Voices(analysis)
    text = analysis.article.text
    at = text.index("it would open")
    assert voices.basis(Span(at, at + 13)).words == "Ann Lee, named person"
    assert voices.basis(Span(0, 16)).kind == "own"


def test_shares_add_up_and_lanes_lie_inside() -> None:
    analysis, _ = parse(CHAIN)
    voices = Voices(analysis)
    facts = overview(analysis, register(analysis), voices)
    assert abs(sum(s["w"] for s in facts["shares"]) - 100) < 0.1
    assert facts["second_hand"] == 1
    neighbours = next(r for r in facts["rows"] if r["entry"].kind == "group")
    assert neighbours["first"] == 0.0
    for row in facts["rows"]:
        for left, width, _ in row["bars"]:
            assert 0 <= left <= 100
            assert width > 0
