"""Lookups for rules about voices: unnamed ones, sentences, words shown."""

from onrecord.query.voices import mentioned, pattern, sentence_at, shown, unnamed, within
from onrecord.records import Span
from onrecord.testing import parse


def test_unnamed_voices_speak_to_the_article_and_are_withheld() -> None:
    analysis, _ = parse(
        "[q1 The chief, [s2 anonymous withheld insiders] [c2 say] [q2 in=1 is gone]],"
        " [s1 anonymous withheld a source] [c1 said]. [s3 anonymous A resident] [c3 said]"
        " [q3 it rained]."
    )
    assert [s.id for s in unnamed(analysis)] == ["s1"]


def test_a_span_is_cut_at_its_sentences() -> None:
    analysis, _ = parse("The bridge is shut. The ferry runs. Nobody came.")
    text = analysis.article.text
    assert sentence_at(analysis, text.index("ferry")) == 1
    parts = within(analysis, Span(text.index("is shut"), text.index("runs")))
    assert [text[p.start : p.end].strip() for p in parts] == ["is shut.", "The ferry"]


def test_words_are_shown_on_one_line() -> None:
    assert shown("a\n  source said", Span(0, 10)) == "“a source”"


def test_people_mentioned_are_those_with_names() -> None:
    analysis, _ = parse("[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it rained].")
    assert [p.name for _, p in mentioned(analysis.people, Span(0, 30))] == ["Ann Lee"]


def test_patterns_match_whole_words() -> None:
    assert pattern("offences").search("He stole it.")
    assert not pattern("offences").search("A stolen bicycle.")
