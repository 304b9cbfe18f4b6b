"""Materials: kinds of file, speaker labels, and what can't be read."""

import io
from pathlib import Path

import pypdf
import pytest

from onrecord.ingest.materials import material, read_materials
from onrecord.ingest.turns import find_turns, seconds
from onrecord.records import Material, Problem


def read(path: Path | str) -> tuple[list[Material], list[Problem]]:
    found = list(read_materials([path]))
    return (
        [m for m in found if isinstance(m, Material)],
        [p for p in found if isinstance(p, Problem)],
    )


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("LOWE: Good morning.\n\nDRAVICK: Is it?\n\nLOWE: It is.", ["LOWE", "DRAVICK", "LOWE"]),
        ("Hester Lowe: Good morning.\nColm Dravick: Is it?\nHester Lowe: Yes.", ["Hester Lowe", "Colm Dravick", "Hester Lowe"]),
        ("Q: Why?\nA: Because.\nQ: Since when?\nA: May.", ["Q", "A", "Q", "A"]),
        ("[Lowe] Good morning.\n[Dravick] Is it?\n[Lowe] Yes.", ["Lowe", "Dravick", "Lowe"]),
        ("Lowe, H. — Good morning.\nDravick, C. — Is it?\nLowe, H. — Yes.", ["Lowe, H.", "Dravick, C.", "Lowe, H."]),
        (">> LOWE: Good morning.\n>> DRAVICK: Is it?\n>> LOWE: Yes.", ["LOWE", "DRAVICK", "LOWE"]),
        ("[00:01:02] Lowe: Good morning.\n[00:01:05] Dravick: Is it?\n[00:01:09] Lowe: Yes.", ["Lowe", "Dravick", "Lowe"]),
        ("Hester Lowe  0:05\nGood morning.\n\nColm Dravick  0:09\nIs it?\n\nHester Lowe "
         " 0:12\nYes.", ["H"
                                                            "e"
                                                            "s"
                                                            "t"
                                                            "e"
                                                            "r"
                                                            " "
                                                            "Lowe", "Colm Dravick", "Hester Lowe"]),
        ("SPEAKER 1: Good morning.\nSPEAKER 2: Is it?\nSPEAKER 1: Yes.", ["SPEAKER 1", "SPEAKER 2", "SPEAKER 1"]),
        ("**Lowe:** Good morning.\n\n**Dravick:** Is it?\n\n**Lowe:** Yes.", ["Lowe", "Dravick", "Lowe"]),
    ],
)  # fmt: skip
def test_labels(text: str, speakers: list[str]) -> None:
    assert [turn.speaker for turn in find_turns(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "The plan has two parts: a wall and a road.\nIt will cost more than last year.",
        "Note: bring a coat.\nThe meeting is at nine.\nDate: 5 May.",
        "Hester Lowe spoke first.\nNobody else did.",
    ],
)
def test_prose_has_no_labels(text: str) -> None:
    assert find_turns(text) == ()


def test_turns_hold_what_is_said() -> None:
    text = "LOWE (rising): Good morning.\nAll of you.\n\nDRAVICK: Is it?\n\nLOWE: Yes.\n"
    said = [text[t.span.start : t.span.end] for t in find_turns(text)]
    assert said == ["Good morning.\nAll of you.", "Is it?", "Yes."]


def test_clock() -> None:
    assert seconds("1:02:03.5") == 3723.5
    assert seconds("0:05") == 5
    assert seconds("none") is None


def test_subtitles_keep_times_and_voices(tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Hester Lowe>The wall is\nmoving now\n\n"
        "00:05.000 --> 00:06.000\n<v Colm Dravick>So it is.\n\n"
        "00:07.000 --> 00:08.000\n<v Hester Lowe>Yes.\n"
    )
    (made,), problems = read(path)
    assert problems == []
    assert [(t.speaker, t.time) for t in made.turns] == [
        ("Hester Lowe", 1.0),
        ("Colm Dravick", 5.0),
        ("Hester Lowe", 7.0),
    ]
    assert made.text[made.turns[0].span.start : made.turns[0].span.end].split() == [
        "The", "wall", "is", "moving", "now",
    ]  # fmt: skip


def test_broken_times_are_said_and_words_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text(
        "1\n00:00:01,000 --> 00:00:04,000\nThe wall is moving.\n\n"
        "2\n00:xx:05 --> nowhere\nSo it is.\n\n3\n00:00:09,000 --> 00:00:10,000\nYes.\n"
    )
    (made,), (problem,) = read(path)
    assert "broken time" in problem.what
    assert not problem.fatal
    assert "The wall is moving." in made.text
    assert "So it is." in made.text


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text on each page, none where it is empty."""
    writer = pypdf.PdfWriter()
    for text in pages:
        page = writer.add_blank_page(300, 200)
        if text:
            font = pypdf.generic.DictionaryObject(
                {
                    pypdf.generic.NameObject("/Type"): pypdf.generic.NameObject("/Font"),
                    pypdf.generic.NameObject("/Subtype"): pypdf.generic.NameObject("/Type1"),
                    pypdf.generic.NameObject("/BaseFont"): pypdf.generic.NameObject("/Helvetica"),
                }
            )
            page[pypdf.generic.NameObject("/Resources")] = pypdf.generic.DictionaryObject(
                {
                    pypdf.generic.NameObject("/Font"): pypdf.generic.DictionaryObject(
                        {pypdf.generic.NameObject("/F1"): font}
                    )
                }
            )
            stream = pypdf.generic.DecodedStreamObject()
            stream.set_data(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET".encode())
            page[pypdf.generic.NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("The wall is moving.", "Nobody is at risk."))
    (made,), problems = read(path)
    assert problems == []
    assert [(t.page, made.text[t.span.start : t.span.end]) for t in made.turns] == [
        (1, "The wall is moving."),
        (2, "Nobody is at risk."),
    ]


def test_pdf_without_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf("", ""))
    made, (problem,) = read(path)
    assert made == []
    assert problem.fatal
    assert "no text layer" in problem.what
    assert "text recognition" in problem.remedy


def test_encrypted_pdf_says_so(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("Secret.")))
    writer.encrypt("open sesame", algorithm="RC4-128")
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        writer.write(file)
    made, (problem,) = read(path)
    assert made == []
    assert "encrypted" in problem.what


@pytest.mark.parametrize(
    ("name", "raw", "word"),
    [
        ("a.pdf", b"%PDF-1.4 rubbish", "can't be read"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"\x80\x01\x02" * 500, "not text"),
        ("a.docx", b"PK\x03\x04 rubbish", "can't be read"),
        ("a.srt", b"   \n", "empty"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, name: str, raw: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    made, problems = read(path)
    assert made == []
    assert any(word in p.what and p.fatal and p.remedy for p in problems)


def test_a_file_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.ingest.materials.LIMIT", 100)
    path = tmp_path / "a.txt"
    path.write_text("word " * 100)
    made, (problem,) = read(path)
    assert made == []
    assert "larger than" in problem.what


def test_folders_patterns_and_missing_files(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("The wall is moving.")
    (tmp_path / "notes" / "b.md").write_text("# Notes\n\nSo it is.")
    (tmp_path / "notes" / "c.png").write_bytes(b"\x89PNG")
    made, (note,) = read(tmp_path / "notes")
    assert [Path(m.name).name for m in made] == ["a.txt", "b.md"]
    assert not note.fatal
    assert len(read(str(tmp_path / "notes" / "*.txt"))[0]) == 1
    for path in ("nowhere.txt", "no*where.txt", "empty"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        made, (problem,) = read(str(tmp_path / path))
        assert made == []
        assert problem.fatal


def test_another_language_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Die Mauer bewegt sich seit zwei Wintern, und ich werde nicht auf den dritten warten."
        " Wenn wir jetzt handeln, verliert niemand ein Boot, und der Hafen bleibt offen für alle."
    )
    (made,), (note,) = read(path)
    assert made.text
    assert "language" in note.what
    assert not note.fatal


def test_jsonl_gives_a_material_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id":"one","text":"The wall moves."}\nrubbish\n{"id":"two","text":"No."}\n')
    made, problems = read(path)
    assert [m.name for m in made] == ["one", "two"]
    assert len(problems) == 1


def test_material_of_a_string() -> None:
    assert material("LOWE: Yes.\nDRAVICK: No.\nLOWE: Yes.").turns[1].speaker == "DRAVICK"
