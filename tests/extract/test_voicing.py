"""What the network heard, against what words alone say: kinds, names, and whom a phrase means."""

from collections.abc import Sequence

import msgspec
import numpy as np
import pytest

from onrecord import analyse, read_text
from onrecord.extract.engine.features import find_words
from onrecord.extract.engine.pointers import KINDS, Pointers, Window
from onrecord.extract.engine.voicing import heard
from onrecord.extract.people.coreference import Resolver
from onrecord.extract.people.mentions import find_people
from onrecord.extract.sources.linker import find_sources
from onrecord.extract.sources.organisations import initials
from onrecord.records import SourceKind, Span
from onrecord.report.register import register
from onrecord.report.voices import Voices
from onrecord.testing import parse


def hearing(text: str, kind: SourceKind, score: float = 5.0) -> Pointers:
    """A network that hears every word as one kind of voice, and points nowhere."""
    words = find_words(text)
    voice = np.zeros((len(words), len(KINDS) + 1), np.float32)
    voice[:, KINDS.index(kind)] = score
    window = Window(
        (0, len(words)), list(range(1, len(words) + 1)), len(words) + 2,
        np.zeros((len(words) + 1, 4), np.float32), np.zeros((len(words), 4), np.float32),
        voice=voice,
    )  # fmt: skip
    return Pointers(words, [window], np.zeros(24, np.float32))


def kinds(marked: str, kind: SourceKind) -> Sequence[tuple[str, str | None]]:
    """Kind and name of the voices of marked text, where the network hears one kind everywhere."""
    analysis, _ = parse(marked)
    bare = [msgspec.structs.replace(a, source_id=None) for a in analysis.attributions]
    pointers = hearing(analysis.article.text, kind)
    people = find_people(analysis.article, bare, pointers)
    resolver = Resolver(analysis.article, people, analysis.sentences, analysis.quotes, pointers)
    made = find_sources(analysis.article, bare, people, resolver, analysis.sentences)[1]
    return [(s.kind, s.name) for s in made]


FIRM = "[s1 unknown Bell Marrow] [c1 said] [q1 it would pay]. Bell Marrow has a mill."


@pytest.mark.parametrize(
    ("kind", "name"),
    [("organisation", "Bell Marrow"), ("outlet", "Bell Marrow"), ("person", "Bell Marrow")],
)
def test_a_name_is_what_it_is_heard_as(kind: SourceKind, name: str) -> None:
    assert kinds(FIRM, kind) == [(kind, name)]


def test_shares_add_up() -> None:
    text = "Ada Voss said that the bridge would close."
    shares, withheld = hearing(text, "person").kinds(Span(0, 8))
    assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
    assert 0 <= withheld <= 1
    said = heard(hearing(text, "person"), Span(0, 8))
    assert said is not None
    assert said.kind == "person"
    assert heard(None, Span(0, 8)) is None


def test_initials_stand_for_the_one_name_that_fits() -> None:
    text = "The Harbour Safety Board met. The HSB said no. The Hill Sports Bureau said yes."
    assert initials(text) == {}
    assert initials(text.split("The Hill")[0]) == {"HSB": "Harbour Safety Board"}


def test_own_thoughts_are_first_hand() -> None:
    analysis, _ = parse(
        "[s1 person=Ada_Voss Ada Voss] [c1 said] [q1 that [s2 of=1 she] [c2 knew]"
        " [q2 in=1 the bridge would close]]."
    )
    voices = Voices(analysis)
    assert {voices.depth(a) for a in analysis.attributions} == {1}


def test_unsure_speakers_can_be_left_out() -> None:
    analysis = analyse(read_text("Rain\n\n“It rained,” said Ada Voss. “A lot,” he said."))
    rows = tuple(
        msgspec.structs.replace(a, speaker_confidence=0.9 if n == 0 else 0.3)
        for n, a in enumerate(analysis.attributions)
    )
    doubted = msgspec.structs.replace(analysis, attributions=rows)
    every = sum(e.statements for e in register(doubted))
    assert sum(e.statements for e in register(doubted, 0.5)) == 1 <= every


STORY = """Bridge to close

Ada Voss runs the ferry at Quillon. "It will be a long winter," she said.

Tom Pell, a baker, said trade would fall. He said he might close on Mondays.

A woman who crosses every day said she had not been told. "Nobody asked," she said.

Mara Quist, who leads the council, said the work could not wait. She said it would take a year."""


def test_later_paragraphs_leave_earlier_speakers_alone() -> None:
    whole = speakers(STORY)
    blocks = STORY.split("\n\n")
    for n in range(2, len(blocks)):
        part = speakers("\n\n".join(blocks[:n]))
        assert part
        for source, who in part.items():
            assert whole.get(source, who) == who, source


def speakers(text: str) -> dict[int, tuple[str, str | None]]:
    """Kind and name of the voice of each statement, by where its source stands."""
    made = analyse(read_text(text))
    sources = {s.id: s for s in made.sources}
    return {
        a.source.start: (sources[a.source_id].kind, sources[a.source_id].name)
        for a in made.attributions
        if a.source and a.source_id
    }
