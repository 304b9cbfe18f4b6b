"""What changed between two checks of an article that was edited in between."""

from onrecord import Lint, Settings, lint
from onrecord.report.changes import changes
from onrecord.testing import parse

FIRST = "[s1 anonymous withheld A source] [c1 said] [q1 the quay would close]."
OTHER = "[s2 anonymous withheld An insider] [c2 said] [q2 nobody had asked]."


def checked(source: str) -> Lint:
    return lint(parse(source)[0], Settings(select=("ANO001",)))


def test_nothing_changes_where_nothing_was_edited() -> None:
    found = changes(checked(FIRST), checked(FIRST))
    assert not found.any
    assert found.words == ""


def test_what_comes_is_new_and_what_goes_is_gone() -> None:
    found = changes(checked(FIRST), checked(f"{FIRST} ¶ {OTHER}"))
    assert (len(found.new), len(found.gone), len(found.moved)) == (1, 0, 0)
    back = changes(checked(f"{FIRST} ¶ {OTHER}"), checked(FIRST))
    assert [f.code for f in back.gone] == ["ANO001"]
    assert back.gone[0].place == "paragraph 2"
    assert back.words == "1 gone"


def test_a_finding_that_an_edit_pushes_down_has_moved() -> None:
    found = changes(checked(FIRST), checked(f"It rained all day. ¶ {FIRST}"))
    (moved,) = found.moved
    assert (moved.before, moved.place, moved.number) == ("paragraph 1", "paragraph 2", 1)
    assert not found.new
    assert not found.gone


def test_the_same_words_in_a_rewritten_sentence_are_the_same_finding() -> None:
    later = FIRST.replace("the quay would close", "the quay would soon close")
    assert not changes(checked(FIRST), checked(later)).any
