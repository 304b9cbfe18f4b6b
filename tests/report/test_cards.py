"""One concern is one card: what several rules ask of one voice, in the questions and in JSON."""

from onrecord.linter import lint
from onrecord.records import Settings
from onrecord.report import check_json, queries
from onrecord.report.cards import cards
from onrecord.testing import parse

TEXT = (
    "[h The bridge] ¶ [s1 anonymous withheld plural Sources] [c1 said] [q1 the bridge would close]."
    " [s2 anonymous withheld of=1 The source] [c2 added] [q2 that it moves]. ¶ It rained. ¶"
    " [s3 group=critics plural Critics] [c3 say] [q3 the mayor is late]."
)


def test_what_is_asked_of_one_voice_is_one_card() -> None:
    made = lint(parse(TEXT)[0], Settings(preview=True))
    codes = [[f.code for f in card] for card in cards(made)]
    assert ["ANO001", "ANO002", "ANO006", "ANO008"] in codes
    assert sum(map(len, codes)) == len(made.findings)


def test_the_first_finding_of_a_card_names_the_other_codes_in_json() -> None:
    made = lint(parse(TEXT)[0], Settings(preview=True))
    found = {f["code"]: f for f in check_json.article("x", made)["findings"]}
    assert [r["code"] for r in found["ANO001"]["related"] if "code" in r] == [
        "ANO002", "ANO006", "ANO008",
    ]  # fmt: skip
    assert all("code" not in r for r in found["ANO002"]["related"])


def test_questions_on_one_voice_stand_together_and_the_gravest_voice_first() -> None:
    text = queries.render(lint(parse(TEXT)[0], Settings(preview=True)))
    first = text.index("- line 3: ")
    assert text.index("  and: ", first) < text.index(
        "“Critics”" if "“Critics”" in text else "critics"
    )
    assert text.count("- line 3:") < len(text.splitlines())


def test_findings_on_unsure_speakers_can_be_left_out() -> None:
    from msgspec.structs import replace

    analysis = parse(TEXT)[0]
    unsure = tuple(replace(a, speaker_confidence=0.4) for a in analysis.attributions)
    doubtful = replace(analysis, attributions=unsure)
    codes = {f.code for f in lint(doubtful, Settings(sure=0.5)).findings}
    assert not codes & {"ANO001", "ANO006", "SRC101"}
    assert {f.code for f in lint(doubtful).findings} >= {"ANO001"}
