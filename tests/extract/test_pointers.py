"""What the network says of names and pronouns: probabilities that add up, in the right places."""

import numpy as np

from onrecord.extract.engine.features import find_words
from onrecord.extract.engine.model import load_model
from onrecord.extract.engine.pointers import Pointers, Window


def read(text: str) -> Pointers:
    """What the network says of a text's names and pronouns."""
    pointers = load_model().read(text)[1]
    assert pointers is not None
    return pointers


TEXT = "Ada Voss met Tom Pell in May. She told him that the bridge would close."


def test_probabilities_add_up() -> None:
    pointers = read(TEXT)
    answers = pointers.answers(TEXT.index("She"))
    assert answers is not None
    assert abs(answers.share(0, len(TEXT)) + answers.nobody - 1) < 1e-4
    assert answers.share(TEXT.index("She"), TEXT.index("She") + 3) == 0, "no pronoun is an answer"


def test_a_name_names_a_person() -> None:
    pointers = read(TEXT)
    ada = pointers.names(0, 8)
    bridge = pointers.names(TEXT.index("bridge"), TEXT.index("bridge") + 6)
    assert ada[0] > 0.5 > bridge[0]


def test_no_word_begins_there() -> None:
    pointers = read(TEXT)
    assert pointers.answers(1) is None
    assert pointers.names(3, 3) == (0.0, 0.0, 0.0)


def test_a_pronoun_points_into_an_earlier_window() -> None:
    words = find_words("Ada spoke\nShe left")
    near = np.zeros(24, np.float32)
    who = [np.zeros((3, 4), np.float32), np.zeros((3, 4), np.float32)]
    who[1][1, :2] = (4, 0)  # the query of "She"
    who[0][1, 2:] = (4, 0)  # the key of "Ada"
    named = np.zeros((2, 4), np.float32)
    windows = [
        Window((0, 2), [1, 2], 4, who[0], named),
        Window((2, 4), [1, 2], 4, who[1], named),
    ]
    answers = Pointers(words, windows, near).answers(10)
    assert answers is not None
    assert answers.share(0, 3) > 0.99


def test_an_empty_text_has_no_answers() -> None:
    assert read("").answers(0) is None
