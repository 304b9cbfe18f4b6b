"""Unnamed voices: who keeps something back, what counts as the article's explanation of it."""

import pytest

from onrecord.rules.anonymity._unnamed import Groups, Unnamed, described_before
from onrecord.testing import parse

TAIL = " It rained on the quay all day."


def kept(marked: str) -> list[str]:
    """The ids of the voices that keep something back in a marked text."""
    return [s.id for s in Unnamed(parse(marked)[0]).kept_back()]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[s1 anonymous withheld A source] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 anonymous One former aide] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 anonymous A person familiar with the talks] [c1 said] [q1 it closed].", ["s1"]),
        ("[s1 organisation one Harbour Democrat] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 group Officials briefed on the talks] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 group Officials] [c1 said] [q1 it would close].", []),
        ("[s1 anonymous The mayor] [c1 said] [q1 it would close].", []),
        ("[s1 anonymous A resident] [c1 said] [q1 it would close].", []),
        ("[s1 anonymous A top aide] [c1 told] the police [q1 it would close].", []),
        ("[s1 anonymous A top aide] [c1 told] reporters [q1 it would close].", ["s1"]),
        ("[s1 anonymous A top aide] [c1 told] Reuters [q1 it would close].", ["s1"]),
        ("[s1 anonymous A top aide] [c1 told] the Orr Courier [q1 it would close].", []),
        ("[s1 anonymous withheld A source] [c1 told] the Orr Courier [q1 it would close].", []),
        ("[s1 anonymous A top aide] [c1 said] in an e-mail [q1 it would close].", []),
        ("[s1 anonymous An aide to Orr] [c1 said] [q1 it would close].", []),
        ("[s1 anonymous A harbour aide] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 anonymous A harbour official] [c1 said] [q1 it would close].", []),
        ("[s1 anonymous A senior harbour official] [c1 said] [q1 it would close].", ["s1"]),
        ("[q1 It would close], [s1 anonymous withheld Friend] [c1 said].", []),
        ("[s1 anonymous An official who claimed] it [c1 said] [q1 it would close].", []),
        ("[s1 anonymous An official who saw it] [c1 said] [q1 it would close].", ["s1"]),
        ("[s1 anonymous withheld plural Sources] [c1 say] [q1 they will not confirm it].", []),
        ("[s1 anonymous withheld Harbour Insider] [c1 said] [q1 it would close].", []),
    ],
)
def test_who_keeps_something_back(marked: str, expected: list[str]) -> None:
    assert kept(marked + TAIL) == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("He spoke on background.", False),
        ("He spoke on background because talks were going on.", True),
        ("He was not authorised to speak.", True),
        ("Like others, she would be quoted only anonymously.", True),
        ("It rained.", False),
        ("Nothing happened. It rained. Two witnesses asked not to be named.", False),
        ("Nothing happened. It rained. Sources asked not to be named.", False),
        ("Nothing happened. It rained. Sources asked not to be named for fear of reprisals.", True),
    ],
)
def test_what_explains_a_missing_name(behind: str, expected: bool) -> None:
    analysis, _ = parse(f"[s1 anonymous withheld A source] [c1 said] [q1 it closed]. {behind}")
    assert Unnamed(analysis).explained(analysis.sources[0]) is expected


def test_an_official_at_the_top_who_is_named_in_the_next_sentence_is_named() -> None:
    top = "[s1 anonymous A senior Harbour Board official] [c1 said] [q1 it would close]. "
    analysis, _ = parse(top + "[s2 person=Jon_Pell Jon Pell], its clerk, [c2 said] [q2 so].")
    assert Unnamed(analysis).named(analysis.sources[0])
    analysis, _ = parse(
        top + "It rained. It rained. [s2 person=Jon_Pell Jon Pell] [c2 said] [q2 so]."
    )
    assert not Unnamed(analysis).named(analysis.sources[0])


def test_a_friend_who_is_named_below_is_named() -> None:
    said = "[s1 anonymous withheld One friend] [c1 said] [q1 he sang]. [q2 It was late], [c2 said] "
    analysis, _ = parse(said + "[s2 person=Jon_Pell Jon Pell], an old friend.")
    assert Unnamed(analysis).named(analysis.sources[0])
    analysis, _ = parse(said + "[s2 person=Jon_Pell Jon Pell], a plumber.")
    assert not Unnamed(analysis).named(analysis.sources[0])


def test_an_insider_points_back_to_a_description() -> None:
    analysis, _ = parse(
        "One clerk shrugged. [s1 anonymous withheld The insider] [c1 said] [q1 no]."
    )
    assert described_before(analysis, analysis.sources[0])
    analysis, _ = parse(
        "One source shrugged. [s1 anonymous withheld The insider] [c1 said] [q1 no]."
    )
    assert not described_before(analysis, analysis.sources[0])


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("Sources", False),
        ("Two sources", False),
        ("Harbour sources", True),
        ("Sources on the quay", True),
    ],
)
def test_one_of_a_described_group_is_described(group: str, expected: bool) -> None:
    analysis, _ = parse(
        f"[s1 anonymous withheld plural {group}] [c1 said] [q1 it closed]."
        " [s2 anonymous withheld One source] [c2 said] [q2 it was late]."
    )
    assert Groups(analysis).has(analysis.sources[1]) is expected


@pytest.mark.parametrize(
    ("before", "bare", "behind", "expected"),
    [
        ("[s1 group Dealers] [c1 said] [q1 tin fell].", "plural The sources", "", True),
        ("[s1 group Harbour officials] [c1 said] [q1 so].", "One source", "", True),
        ("[s1 group Officials] [c1 said] [q1 so]. It rained. It rained.", "One source", "", False),
        ("Clerks who asked not to be named spoke.", "plural Sources", "", True),
        ("It rained.", "plural Sources", "[s3 anonymous withheld plural Board sources] [c3 said]"
                                         " [q3 so].", True),
        ("It rained.", "plural Sources", "", False),
        ("[s1 group Board sources] [c1 said] [q1 so].", "plural Other sources", "", False),
    ],
)  # fmt: skip
def test_sources_point_to_who_is_described(
    before: str, bare: str, behind: str, expected: bool
) -> None:
    analysis, _ = parse(
        f"{before} [s2 anonymous withheld {bare}] [c2 said] [q2 it was late]. {behind}"
    )
    (source,) = [s for s in analysis.sources if s.kind == "anonymous" and s.mentions[0].start > 0][
        :1
    ]
    assert Groups(analysis).has(source) is expected
