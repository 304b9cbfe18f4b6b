"""The headline panel: its claims, and the sentence of the body for each."""

from onrecord.report.headline import claims, match_headline
from onrecord.report.voices import Voices
from onrecord.testing import parse

STORY = (
    "Mayor calls bridge 'a floating disgrace' as 12 boats sink ¶ [s1 person=Ann_Lee Mayor Ann Lee]"
    " [c1 said]"
    ' [q1 "It is a floating disgrace"]. ¶ The ferry ran late. ¶ [s2 anonymous withheld A source]'
    " [c2 said]"
    " [q2 twelve fishing boats, or perhaps 12 boats in all, went down]."
)


def test_a_headline_falls_into_claims() -> None:
    analysis, _ = parse(STORY)
    text = analysis.article.text
    found = {(kind, text[span.start : span.end].strip()) for span, kind in claims(analysis)}
    assert ("quotation", "a floating disgrace") in found
    assert ("number", "12") in found
    assert ("clause", "as 12 boats sink") in found
    assert any(kind == "clause" and words.startswith("Mayor calls") for kind, words in found)


def test_each_claim_finds_its_sentence_and_what_that_rests_on() -> None:
    analysis, _ = parse(STORY)
    text = analysis.article.text
    by_words = {
        text[m.claim.start : m.claim.end].strip(): m
        for m in match_headline(analysis, Voices(analysis))
    }
    quote = by_words["a floating disgrace"]
    assert quote.basis.words == "Ann Lee, named person"
    assert quote.line == 3
    assert by_words["12"].basis.kind == "anonymous"
    assert {text[s.start : s.end] for s in by_words["12"].shared} == {"12"}


def test_what_the_body_does_not_hold_is_said_to_be_missing() -> None:
    analysis, _ = parse("Pilot 'wept for hours' ¶ The ferry ran late on Monday. ¶ Nobody was hurt.")
    quote = next(m for m in match_headline(analysis, Voices(analysis)) if m.kind == "quotation")
    assert quote.sentence is None
    assert quote.line is None


def test_no_headline_no_claims() -> None:
    analysis, _ = parse("The ferry ran late on Monday, and nobody was hurt.")
    assert match_headline(analysis, Voices(analysis)) == []
