"""Whether what stands before a quotation says who speaks."""

import pytest

from onrecord.query.lookup import source_of
from onrecord.rules.sourcing._introductions import introduced
from onrecord.testing import parse

QUOTE = (
    "[q9 “The bridge moves in the wind.”]"
    " [c9 said] [s9 person=Jon_Pell title=head_of_the_Orr_Club Jon Pell], head of the Orr Club."
)


@pytest.mark.parametrize(
    ("before", "known"),
    [
        ("The rain fell.", False),
        ("Jon Pell came late.", True),
        ("Jon Pelll came late.", True),
        ("The lawyer shook his head.", True),
        ("The Orr Club met at noon.", True),
        ("The Ferry Club met at noon.", False),
        ("“Is it safe?” somebody called.", True),
        ("[q1 “It is old,”] [s1 person=Jon_Pell of=9 he] [c1 said].", True),
        ("Ann Lee came. [q1 “It is old,”] [s1 person=Ann_Lee she] [c1 said].", False),
    ],
)
def test_a_speaker_is_introduced(before: str, known: bool) -> None:
    analysis, _ = parse(f"It was noon. The board sat down. The sea was calm. {before} ¶ {QUOTE}")
    *earlier, last = analysis.attributions
    voice = source_of(analysis, last)
    assert voice is not None
    assert introduced(analysis, last, voice, earlier[-1:]) is known


def test_a_body_is_known_by_one_word_to_whoever_speaks_for_it() -> None:
    analysis, _ = parse(
        "It was noon. The sea was calm. The Pell campaign wants none of it. ¶"
        " [q1 “The bridge moves in the wind.”]"
        " [c1 said] [s1 person=Ann_Lee Ann Lee], a spokeswoman for the Pell campaign."
    )
    last = analysis.attributions[-1]
    voice = source_of(analysis, last)
    assert voice is not None
    assert introduced(analysis, last, voice, [])
