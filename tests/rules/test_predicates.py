"""What a word says of somebody in its sentence: subject, denial, and where no predicate stands."""

import pytest

from onrecord.language.en.lexicon import noted
from onrecord.query.predicates import closes, denied, predicate
from onrecord.records import Span


def of(sentence: str, word: str) -> tuple[str, bool] | None:
    start = sentence.index(word)
    found = predicate(sentence, Span(0, len(sentence)), Span(start, start + len(word)))
    return (found.subject, found.denied) if found else None


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Ann Lee is arrogant.", "arrogant", ("person", False)),
        ("She's really, really upset.", "upset", ("person", False)),
        ("Ann Lee isn't exactly thrilled.", "thrilled", ("person", True)),
        ("Ann Lee, who is nervous and proud, left.", "proud", ("person", False)),
        ("I am so happy.", "happy", ("speaker", False)),
        ("It is more than a little rude.", "rude", ("thing", False)),
        ("She wants a captain who is kind.", "kind", ("anybody", False)),
        ("People near Ann are worried.", "worried", ("anybody", False)),
        ("Ann deserves to be happy.", "happy", ("anybody", False)),
        ("The toxic waste was moved.", "toxic", None),
        ("Ann bought a happy dog.", "happy", None),
    ],
)
def test_a_predicate(sentence: str, word: str, expected: tuple[str, bool] | None) -> None:
    assert of(sentence, word) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [("he will never ", True), ("he was not only ", False), ("she kept ", False)],
)
def test_what_is_denied(before: str, expected: bool) -> None:
    assert denied(before) is expected


def test_a_noun_behind_a_word_is_what_it_stands_in_front_of() -> None:
    assert closes(", and so on")
    assert closes(" of her work")
    assert not closes(" old ship")


@pytest.mark.parametrize(
    ("name", "key"),
    [("insults", k) for k in ("traits", "names", "phrases", "deeds", "idioms", "praise")]
    + [("feelings", k) for k in ("states", "verbs")],
)
def test_each_row_says_what_it_is_and_whence(name: str, key: str) -> None:
    rows = noted(name, key)
    assert rows
    assert all(v == v.strip() and v.lower() == v and note for v, note in rows.items())
