"""Falsified quotations that must not pass, and honest ones that must not be accused, by kind."""

import pytest

from onrecord.ingest.materials import materials_of
from onrecord.records import Material, Verdict
from onrecord.verifier import FAULTS

from .test_verifier import verdicts

CUTS = """LOWE: We did not, whatever the papers say, take the money from the port. The bridge is, in no sense that I would accept, safe for lorries of that weight. We will, if the council agrees in May, pay for all of the berths. The wall, they say, is safe for another ten winters. Everybody here refuses to believe that the tunnel is flooded every night. They claim that the ferry is older than the lighthouse. The harbour, which nobody had looked at in years, is moving towards the sea. We will keep the crane. We will never sell the slipway. The slipway is the heart of this town.

DRAVICK: I do not believe that the pilots were asleep that morning. The pilots were paid in full, which is a lie. We shall open the museum, but only if the roof is mended. If the roof is mended, the choir will sing in the hall. The gulls are gone for good.

LOWE: Thank you all for coming out tonight.
"""
FALSIFIED = [
    '"We did … take the money from the port," Hester Lowe said.',
    '"The bridge is ... safe for lorries of that weight," Hester Lowe said.',
    '"We will … pay for all of the berths," Hester Lowe said.',
    '"The wall … is safe for another ten winters," Hester Lowe said.',
    '"We did take the money from the port," Hester Lowe said.',
    '"We [did] take the money from the port," Hester Lowe said.',
    '"Everybody here … believe that the tunnel is flooded every night," Hester Lowe said.',
    '"The ferry is older than the lighthouse," Hester Lowe said.',
    '"The pilots were asleep that morning," Colm Dravick said.',
    '"The pilots were paid in full," Colm Dravick said.',
    '"We shall open the museum," Colm Dravick said.',
    '"The choir will sing in the hall," Colm Dravick said.',
    '"Take the money from the port," Hester Lowe said.',
    '"We will keep the crane," Hester Lowe said, "because the gulls are gone for good."',
    '"We will keep the crane … are gone for good," Hester Lowe said.',
    '"The gulls are gone for good," said Hester Lowe, who spoke after Colm Dravick.',
]  # fmt: skip
HONEST = [
    '"The harbour … is moving towards the sea," Hester Lowe said.',
    '"We will keep the crane. … The slipway is the heart of this town," Hester Lowe said.',
    '"The slipway is the heart of this town," Hester Lowe said.',
    'Hester Lowe said they did not "take the money from the port".',
    'Colm Dravick said the choir would come only if it was warm: "The choir will sing in the'
    ' hall."',
    '"The gulls are gone for good," Colm Dravick said.',
]


@pytest.mark.parametrize("words", FALSIFIED)
def test_a_falsified_quotation_does_not_pass(words: str) -> None:
    assert any(v.verdict in FAULTS for v in verdicts(words, CUTS))


@pytest.mark.parametrize("words", HONEST)
def test_an_honest_quotation_is_not_accused(words: str) -> None:
    assert not any(v.verdict in FAULTS for v in verdicts(words, CUTS))


def test_a_cut_is_called_one_and_shown_in_full() -> None:
    (verdict,) = verdicts(FALSIFIED[0], CUTS)
    assert (verdict.verdict, verdict.note) == ("altered", "sense cut")
    assert [(c.kind, c.said) for c in verdict.changes] == [
        ("negation", "not, whatever the papers say")
    ]


AMOUNTS = [
    ("We need one million one hundred and eighty two thousand pounds", "1,182,000 pounds", "1,128,000 pounds"),
    ("We need seventy five hundred berths", "7,500 berths", "7,050 berths"),
    ("We need two and a half million pounds", "£2.5m", "£2m"),
    ("We need half a million pounds", "500,000 pounds", "50,000 pounds"),
    ("We need thirty two point five percent", "32.5%", "35.2%"),
    ("We need three thousand four hundred dollars", "$3,400", "$3,040"),
    ("We need the twenty first berth", "the 21st berth", "the 22nd berth"),
    ("We need the nineteen ninety nine wall", "the 1999 wall", "the 1989 wall"),
    ("We need the boats of the nineties", "the boats of the 1990s", "the boats of the 1890s"),
    ("We need it at half past eight", "it at 8:30", "it at 9:30"),
    ("We need it at quarter to nine", "it at 8.45", "it at 9.15"),
    ("We need to be number one", "to be No. 1", "to be No. 2"),
    ("We need ten to twelve boats", "10-12 boats", "10-14 boats"),
    ("We need two thirds of them", "2/3 of them", "1/3 of them"),
    ("We need three pounds fifty", "£3.50", "£35"),
    ("We need five thousand pounds", "£5,000", "$5,000"),
    ("We need a hundred boats", "100 boats", "1,000 boats"),
    ("We need three fifty for it", "350 for it", "530 for it"),
    ("We need minus five degrees", "-5 degrees", "5 degrees"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "same", "other"), AMOUNTS)
def test_amounts(said: str, same: str, other: str) -> None:
    transcript = (
        f"LOWE: {said} before the winter storms come back. No more.\n\nDRAVICK: Yes.\n\nLOWE:"
        f" Good.\n"
    )

    def verdict(amount: str) -> str:
        words = f'"We need {amount} before the winter storms come back," Hester Lowe said.'
        return verdicts(words, transcript)[0].verdict

    assert verdict(same) in ("exact", "trimmed")
    assert verdict(other) == "altered"
    back = transcript.replace(said, f"We need {same}")
    words = f'"{said} before the winter storms come back," Hester Lowe said.'
    assert verdicts(words, back)[0].verdict in ("exact", "trimmed")


SPELLED = [
    ("bulls---", "bullshit"), ("f***ing", "fucking"), ("s**tty", "shitty"), ("cafe\u0301", "caf\u00e9"),
    ("win\u00adter", "winter"), ("co\u2011operation", "co-operation"), ("it\u2032s", "it's"), ("colour", "color"),
    ("traveller", "traveler"), ("analysed", "analyzed"), ("berth", "birth"), ("[expletive]", "bloody"),
]  # fmt: skip


@pytest.mark.parametrize(("quoted", "said"), SPELLED)
def test_spellings_and_masks(quoted: str, said: str) -> None:
    transcript = (
        f"LOWE: Nobody wants this {said} thing on our quay. Next.\n\nDRAVICK: Yes.\n\nLOWE: Good.\n"
    )
    words = f'"Nobody wants this {quoted} thing on our quay," Hester Lowe said.'
    assert verdicts(words, transcript)[0].verdict in ("exact", "trimmed")


TRANSCRIPTS = {
    "otter.txt": "Hester Lowe  0:12  \nThe wall has moved [crosstalk] eleven inches,\nand (laughs)"
                 " nobody told us.\n\nColm Dravick  0:31  \nAsk the fleet.\n\nHester Lowe  1:02\nWe"
                 " vote.\n",
    "rev.txt": "Hester Lowe (00:12):\nThe wall has moved eleven inches,\nand nobody told"
               " us.\n\nColm Dravick (00:31):\nAsk the fleet.\n",
    "zoom.txt": "[Hester Lowe] 14:02:11\nThe wall has moved eleven inches, and nobody told"
                " us.\n\n[Colm Dravick] 14:02:31\nAsk the fleet.\n",
    "zoom.vtt": "WEBVTT\n\n1\n00:00:05.790 --> 00:00:08.000\nHester Lowe: The wall has moved"
                " eleven\n\n2\n00:00:08.000 --> 00:00:10.000\nHester Lowe: inches, and nobody told"
                " us.\n\n3\n00:00:13.000 --> 00:00:15.000\nColm Dravick: Ask the fleet.\n",
    "teams.vtt": "WEBVTT\n\n5a1b2c3d-0000-4444-8888-9a9b9c9d9e9f/12-0\n00:00:03.120 -->"
                 " 00:00:05.880\n<v Hester Lowe>The wall has moved eleven</v>\n\nNOTE Confidence:"
                 " 0.91\n\n5a1b2c3d-0000-4444-8888-9a9b9c9d9e9f/12-1\n00:00:05.880 -->"
                 " 00:00:07.000\n<v Hester Lowe>inches, and nobody told us.</v>\n\n00:00:07.000 -->"
                 " 00:00:09.000\n<v Colm Dravick>Ask the fleet.</v>\n",
    "teams.txt": "0:0:3.120 --> 0:0:5.880\nHester Lowe\nThe wall has moved eleven\n\n0:0:5.880 -->"
                 " 0:0:7.0\nHester Lowe\ninches, and nobody told us.\n\n0:0:7.0 --> 0:0:9.0\nColm"
                 " Dravick\nAsk the fleet.\n\n0:0:9.0 --> 0:0:10.0\nColm Dravick\nNow.\n",
    "court.txt": "\n".join(f"{n:>2}  {line}" for n, line in enumerate("THE COURT:  Go on.|BY MR. HOLLIS:"
                                                            "|Q.  What moved?|MS. LOWE:  The wall"
                                                            " has moved eleven|inches, and nobody"
                                                            " told us.|MR. DRAVICK:  Ask the|fleet."
                                                            "|MS. LOWE:  Yes.|MR. DRAVICK:  No."
                                                            "|THE COURT:  Enough."
                                                            "".split("|"), 1)) + "\n",
    "hansard.txt": "Hester Lowe (Saltmouth East) (Ind): The wall has moved eleven inches, and"
                   " nobody told us.\n\nThe Minister for Quays (Colm Dravick): Ask the"
                   " fleet.\n\nHester Lowe: No.\n",
    "two.vtt": "WEBVTT\n\n00:01.000 --> 00:03.000\n>> HESTER LOWE: The wall has moved eleven"
               " inches, and nobody told us. >> COLM DRAVICK: Ask the fleet.\n\n00:03.000 -->"
               " 00:05.000\n>> HESTER LOWE: Yes.\n",
    "whisper.json": '{"segments":[{"start":0,"end":2,"text":" The wall has moved eleven","speaker":"Hester Lowe"},{"start":2,"end":4,"text":" inches, and nobody told us.","speaker":"Hester Lowe"},{"start":4,"end":5,"text":" Ask the fleet.","speaker":"Colm Dravick"}]}',
    "rev.json": '{"monologues":[{"speaker":"Hester Lowe","elements":[{"type":"text","value":"The wall has moved eleven","ts":0.1,"confidence":0.9},{"type":"punct","value":" "},{"type":"text","value":"inches, and nobody told us.","ts":1.0,"confidence":0.9}]},{"speaker":"Colm Dravick","elements":[{"type":"text","value":"Ask the fleet.","ts":4.0,"confidence":0.9}]}]}',
    "trint.csv": "Time,Speaker,Transcript\n00:00:01,Hester Lowe,The wall has moved"
                 " eleven\n00:00:03,Hester Lowe,\"inches, and nobody told us.\"\n00:00:05,Colm"
                 " Dravick,Ask the fleet.\n",
}  # fmt: skip


def _against(name: str, words: str) -> tuple[Verdict, ...]:
    from onrecord.extract import analyse
    from onrecord.ingest import read_text
    from onrecord.verifier import verify

    found = [m for m in materials_of(TRANSCRIPTS[name].encode(), name) if isinstance(m, Material)]
    story = read_text(f"Quay will close in winter\n\n{words}\n")
    return verify(analyse(story, engine="baseline"), found).verdicts


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_every_flavour_of_transcript(name: str) -> None:
    own = '"The wall has moved eleven inches, and nobody told us," Hester Lowe said.'
    assert _against(name, own)[0].verdict in ("exact", "trimmed")
    swapped = '"Ask the fleet," Hester Lowe said.'
    assert _against(name, swapped)[0].verdict == "speaker differs"


def test_without_names_the_speaker_is_not_compared() -> None:
    verdict = verdicts('"The wall is moving fast," Hester Lowe said.', "The wall is moving fast.")[
        0
    ]
    assert (verdict.verdict, verdict.note) == ("exact", "words exact, speaker not compared")
    assert not verdict.speaker_compared
