"""Notes in the margin: evidence grouped, and no name repeated where people at risk are the
matter."""

from onrecord import Finding, Related, Span
from onrecord.report.notes import notes, short
from onrecord.testing import parse

TEXT = "Tilda is eight. Bram is seven.\n\nElin is five."


def made(code: str) -> list[tuple[str, list[dict[str, object]]]]:
    analysis, _ = parse(TEXT)
    text = analysis.article.text

    def at(word: str) -> Span:
        return Span(text.index(word), text.index(word) + len(word))

    finding = Finding(
        code=code, name="minor-identified", severity="note", span=at("Tilda"), line=1, column=1,
        message="a child is named", fingerprint="0" * 16, article_id=analysis.article.id,
        related=tuple(Related(at(name), "another child") for name in ("Tilda", "Bram", "Elin")),
    )  # fmt: skip
    (note,) = notes(analysis, (finding,), "n1")
    assert note["message"] == "A child is named"
    evidence: list[tuple[str, list[dict[str, object]]]] = note["evidence"]
    return evidence


def test_evidence_of_one_kind_stands_together() -> None:
    ((label, places),) = made("SRC101")
    assert label == "another child"
    assert [(p["place"], p["words"]) for p in places] == [
        ("paragraph 1", "Tilda"),
        ("paragraph 1", "Bram"),
        ("paragraph 2", "Elin"),
    ]


def test_no_name_of_people_at_risk_is_repeated() -> None:
    ((_, places),) = made("SEN701")
    assert [(p["place"], p["words"]) for p in places] == [("paragraph 1", ""), ("paragraph 2", "")]


def test_words_are_cut_between_words() -> None:
    assert short("one two  three, four", 12) == "one two…"
    assert short("one two", 12) == "one two"
