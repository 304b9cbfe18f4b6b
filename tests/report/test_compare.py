"""Two versions side by side: what is in both, what changed, and that nothing is lost on the way."""

import json

from hypothesis import given
from hypothesis import strategies as st

from onrecord.report.comparison import render as comparison
from onrecord.report.comparison.diff import compare, counts, match, word_diff
from onrecord.report.web import Web
from onrecord.testing import parse
from onrecord.text.normalise import fold_typography

ONE = (
    'Quay to shut ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 "The quay will shut for 14 weeks"].'
    " ¶ [s2 anonymous withheld A source] [c2 said] [q2 the crew knew nothing of any plan]."
    " ¶ [s3 organisation=Harbour_Board The Harbour Board] [c3 said]"
    " [q3 it would sell three of its boats]."
)
TWO = (
    'Quay to shut ¶ [s1 person=Ann_Lee Lee] [c1 said] [q1 "The quay will shut for 16 weeks"].'
    " ¶ [s2 person=Bo_Rask Bo Rask] [c2 said] [q2 the crew knew nothing of any plan]."
    " ¶ [s3 document=report A report] [c3 found] [q3 rust in every single girder of the crane]."
)


def test_what_is_in_both_and_what_changed() -> None:
    made = compare(parse(ONE)[0], parse(TWO)[0])
    by_status = {p.status: p for p in made.pairs}
    assert counts(made) == {
        "same": 0, "reworded": 1, "other voice": 1, "only first": 1, "only second": 1,
        "quotations changed": 1, "figures changed": 1,
    }  # fmt: skip
    changed = by_status["reworded"]
    assert changed.quotation
    assert ("first", "14 ") in changed.parts
    assert ("second", "16 ") in changed.parts
    assert by_status["only first"].first is not None
    assert by_status["only first"].first.voice == "Harbour Board"
    (figure,) = made.figures
    assert "14" in " ".join(figure.before)
    assert "16" in " ".join(figure.after)


def test_an_article_is_like_itself() -> None:
    analysis, _ = parse(ONE)
    made = compare(analysis, analysis)
    assert {p.status for p in made.pairs} == {"same"}
    assert made.figures == ()


def test_the_report_reads_without_colour_and_keeps_words_back() -> None:
    made = compare(parse(ONE)[0], parse(TWO)[0])
    text = comparison.as_text(made)
    assert "[-14-] {+16+} weeks" in text
    assert "1 reworded, 1 with another voice" in text
    hidden = comparison.as_text(made, no_text=True) + comparison.as_json(made, no_text=True)
    assert "weeks" not in hidden
    assert "Rask" not in hidden
    assert json.loads(comparison.as_json(made))["counts"]["quotations changed"] == 1


def test_the_page_shows_both_sides_and_escapes_them() -> None:
    evil, _ = parse(
        '[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 "<script>alert(1)</script> is fine"].'
    )
    page = comparison.compare_page(compare(parse(ONE)[0], evil), web=Web(nav=(("Articles", "/"),)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page
    assert '<a href="/">Articles</a>' in page
    assert "Harbour Board" in page


def test_what_is_added_at_the_end_keeps_its_distance() -> None:
    parts = word_diff("from 6 January", "from 6 January so that divers can")
    assert "".join(words for _, words in parts) == "from 6 January so that divers can"


WORDS = st.text(st.sampled_from(list("ab .,“”'1")), max_size=40)


@given(WORDS, WORDS)
def test_a_word_diff_holds_both_sides(first: str, second: str) -> None:
    parts = word_diff(first, second)
    for words, other in ((first, "second"), (second, "first")):
        shown = "".join(text for kind, text in parts if kind != other)
        assert _straight(shown) == _straight(words)


def _straight(words: str) -> str:
    """Without spaces, and with marks of one kind the same: these are no difference."""
    return "".join(words.replace("“", '"').replace("”", '"').replace("’", "'").split())


def test_typography_is_no_change() -> None:
    for one, two in (
        ("\"We can't wait - it won't stand\"", "“We can’t wait – it won’t stand”"),
        ("Well... no", "Well… no"),
        ("caf\u00e9", "cafe\u0301"),
        ("the re\u00adport", "the report"),
    ):
        assert fold_typography(one) == fold_typography(two)


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8))
def test_nothing_is_paired_twice(first: list[str], second: list[str]) -> None:
    pairs = match(first, second)
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    for words in set(first) & set(second):
        n = min(first.count(words), second.count(words))
        assert sum(first[a] == words == second[b] for a, b in pairs) >= n
