"""Comments in a DOCX: at the findings' words, and nothing else in the file touched."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from onrecord import Article, Span, analyse, lint, read
from onrecord.report import docx

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = {"styles": "styles", "footnotes": "footnotes", "settings": "settings", "header1": "header"}


def package(body: str, *, footnotes: str = "", declaration: str = "UTF-8") -> bytes:
    """A DOCX as a word processor might write it, with parts that nobody may touch."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KINDS}.{kind}+xml"/>'
        for name, kind in PARTS.items()
    )
    parts = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{KINDS}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELS}"><Relationship Id="rId1" Type="{TYPE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELS}">'
        + "".join(
            f'<Relationship Id="rId{n}" Type="{TYPE}/{kind}" Target="{name}.xml"/>'
            for n, (name, kind) in enumerate(PARTS.items(), 1)
        )
        + "</Relationships>",
        "word/document.xml": f"{head.replace('UTF-8', declaration)}<w:document {SPACE}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"{head}<w:styles {SPACE}><w:style w:type='paragraph'  w:styleId=\"Odd\"><w:name w:val='odd'/></w:style></w:styles>",
        "word/settings.xml": f"{head}<w:settings {SPACE}><w:trackRevisions/></w:settings>",
        "word/header1.xml": f"{head}<w:hdr {SPACE}><w:p><w:r><w:t>Draft</w:t></w:r></w:p></w:hdr>",
        "word/footnotes.xml": f"{head}<w:footnotes {SPACE}>{footnotes}</w:footnotes>",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in parts.items():
            out.writestr(name, text.encode(declaration if name == "word/document.xml" else "utf-8"))
    return buffer.getvalue()


def run(words: str, properties: str = "", kind: str = "t") -> str:
    return f'<w:r w:rsidR="00A1"><w:rPr>{properties}<w:sz w:val="24"/></w:rPr><w:{kind} xml:space="preserve">{escape(words)}</w:{kind}></w:r>'


def article_of(raw: bytes) -> Article:
    (article,) = read(raw, kind="docx", input="draft.docx")
    assert isinstance(article, Article)
    return article


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def commented(raw: bytes) -> list[tuple[str, str, str]]:
    """Author, commented words and comment, as another reader of the file finds them."""
    document = Document(io.BytesIO(raw))
    found = []
    for comment in document.comments:
        words, inside = [], False
        for element in document.element.iter():
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if name.startswith("commentRange") and element.get(f"{{{W}}}id") == str(
                comment.comment_id
            ):
                inside = name == "commentRangeStart"
            elif name == "t" and inside:
                words.append(element.text or "")
            elif name == "tab" and inside:
                words.append("\t")
        assert (
            len(document.element.xpath(f"//w:r/w:commentReference[@w:id='{comment.comment_id}']"))
            == 1
        )
        found.append((comment.author, "".join(words), comment.text))
    return found


def noted(raw: bytes, *words: str) -> bytes:
    """The file with a comment at the first of each of the words, all else checked."""
    article = article_of(raw)
    notes = []
    for wanted in words:
        at = article.text.index(wanted)
        notes.append(docx.Note(Span(at, at + len(wanted)), f"about {wanted}"))
    made = docx.annotated(raw, article, notes)
    assert made is not None
    assert article_of(made).text == article.text
    before, after = parts(raw), parts(made)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed <= {
        "word/document.xml",
        "word/comments.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    }
    return made


BODY = (
    f"<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr>{run('Ferry & quay “to close”')}</w:p>"
    f"<w:p>{run('A senior ')}{run('harbour', '<w:b/>')}{run(' official said the 🚢 ferry would close, ')}"
    f'<w:ins w:id="7" w:author="Ada" w:date="2026-01-02T03:04:05Z">{run("adding that nobody knew why")}</w:ins>'
    f'<w:del w:id="8" w:author="Ada" w:date="2026-01-02T03:04:05Z">{run("gone", kind="delText")}</w:del>{run(".")}</w:p>'
    f'<w:p><w:r><w:t>One run</w:t><w:tab/><w:t>of several pieces.</w:t><w:br/><w:t>And more.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    f"<w:tbl><w:tr><w:tc><w:p>{run('A cell says more.')}</w:p></w:tc></w:tr></w:tbl>"
)
FOOTNOTES = f'<w:footnote w:id="2"><w:p>{run("A note that an insider gave.")}</w:p></w:footnote>'


@pytest.mark.parametrize(
    "words",
    [
        "senior", "A senior harbour official", "harbour", "rbo", "🚢", "ferry would", "nobody knew",
        "close, adding", "Ferry & quay", "“to close”", "run", "pieces", "cell says", "why.",
    ],
)  # fmt: skip
def test_comments_stand_at_the_words(words: str) -> None:
    made = noted(package(BODY, footnotes=FOOTNOTES), words)
    assert commented(made) == [("onrecord", words, f"about {words}")]


def test_many_comments_on_one_run_and_across_paragraphs() -> None:
    raw = package(BODY, footnotes=FOOTNOTES)
    words = [
        "senior",
        "A senior",
        "official",
        "official said the 🚢",
        "close, adding that",
        "run of several",
        "And more.",
    ]
    made = noted(raw, *words)
    found = [(author, " ".join(said.split())) for author, said, _ in commented(made)]
    assert found == [("onrecord", w) for w in words]
    article = article_of(raw)
    start, end = article.text.index("knew why"), article.text.index("One run") + 7
    over = docx.annotated(raw, article, [docx.Note(Span(start, end), "both")])
    assert over is not None
    assert commented(over)[0][1] == "knew why.One run"


def test_what_stands_between_the_marks_is_the_file_as_it_was() -> None:
    raw = package(f"<w:p>{run('One & two 🚢 three said four.')}</w:p>")
    new = parts(noted(raw, "two 🚢", "said"))["word/document.xml"].decode()
    parted = '</w:t></w:r>{}<w:r w:rsidR="00A1"><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">'
    for n in (0, 1):
        start = f'<w:commentRangeStart w:id="{n}"/>'
        mark = f'<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="{n}"/></w:r>'
        for piece in (
            parted.format(start),
            parted.format(f'<w:commentRangeEnd w:id="{n}"/>{mark}'),
        ):
            assert piece in new
            new = new.replace(piece, "")
    assert new == parts(raw)["word/document.xml"].decode()


def test_a_note_s_comment_hangs_on_its_mark() -> None:
    made = noted(package(BODY, footnotes=FOOTNOTES), "insider")
    root = etree.fromstring(parts(made)["word/document.xml"])
    start = root.find(f".//{{{W}}}commentRangeStart")
    assert start is not None
    after = start.getnext()
    assert after is not None
    assert after.find(f"{{{W}}}footnoteReference") is not None


def test_a_text_box_s_comment_hangs_on_its_paragraph() -> None:
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('Boxed words here.')}</w:p></w:txbxContent></w:pict></w:r>"
    made = noted(package(f"<w:p>{run('Before. ')}{box}{run(' After.')}</w:p>"), "Boxed", "After")
    assert [words for _, words, _ in commented(made)] == ["Boxed words here.", "After"]
    root = etree.fromstring(parts(made)["word/document.xml"])
    assert not root.xpath("//w:txbxContent//w:commentRangeStart", namespaces={"w": W})


def test_comments_of_others_stay_and_numbers_go_on() -> None:
    document = Document()
    paragraph = document.add_paragraph("Nobody at the quay would say.")
    document.add_comment(paragraph.runs, text="Really?", author="Bo")
    buffer = io.BytesIO()
    document.save(buffer)
    made = noted(buffer.getvalue(), "quay")
    assert [(author, words) for author, words, _ in commented(made)] == [
        ("Bo", "Nobody at the quay would say."), ("onrecord", "quay"),
    ]  # fmt: skip


def test_another_encoding_and_entities() -> None:
    for declaration in ("UTF-16", "UTF-8"):
        made = noted(
            package(
                f"<w:p>{run('Fish & chips “said” café &#8217; ok')}</w:p>", declaration=declaration
            ),
            "chips",
            "café",
        )
        assert [words for _, words, _ in commented(made)] == ["chips", "café"]


def test_strict_and_damaged_files_are_left_alone() -> None:
    raw = package(BODY)
    article = article_of(raw)
    notes = [docx.Note(Span(0, 5), "so")]
    assert docx.annotated(raw[:-100], article, notes) is None
    assert docx.annotated(b"PK\x03\x04 rubbish", article, notes) is None
    strict = raw
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        for name, data in parts(strict).items():
            out.writestr(
                name, data.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            )
    assert docx.annotated(buffer.getvalue(), article, notes) is None


@pytest.mark.parametrize("words", ["\u00a0  <b", "  \u00a0<b", " \u00a0 <b", "\u00a0 \u00a0  <b"])
def test_blanks_of_two_sorts_before_the_words(words: str) -> None:
    raw = package(f"<w:p>{run(words)}</w:p>")
    (article,) = read(raw, kind="docx", input="draft.docx")
    assert isinstance(article, Article)
    made = docx.annotated(raw, article, [docx.Note(Span(0, 1), "x")])
    assert made is not None
    assert [said for _, said, _ in commented(made)] == ["<"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text("ab &<\u00a0“é🚢\t-", min_size=1, max_size=8), min_size=1, max_size=4),
        min_size=1,
        max_size=3,
    ),
    st.data(),
)
def test_any_words_of_any_runs(shapes: list[list[str]], data: st.DataObject) -> None:
    raw = package("".join(f"<w:p>{''.join(map(run, shape))}</w:p>" for shape in shapes))
    (article,) = read(raw, kind="docx", input="draft.docx")
    if not isinstance(article, Article):
        return
    spans = []
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(article.text) - 1))
        end = data.draw(st.integers(start + 1, len(article.text)))
        if article.text[start].strip() and article.text[end - 1].strip():
            spans.append(Span(start, end))
    made = docx.annotated(raw, article, [docx.Note(span, "x") for span in spans])
    assert made is not None
    assert article_of(made).text == article.text
    for span, (_, words, _) in zip(spans, commented(made), strict=True):
        assert "".join(words.split()) == "".join(article.text[span.start : span.end].split())


def test_an_article_of_another_kind_becomes_a_document() -> None:
    text = "Quay to close\n\nThe ferry is doomed, a senior official said.\n\n“It is over,” a source close to the board said."
    (article,) = read(text.encode(), kind="text", input="story.txt")
    assert isinstance(article, Article)
    made = lint(analyse(article, engine="baseline"))
    assert made.findings
    raw = docx.made_anew([(article, docx.notes(made))])
    assert [p.text for p in Document(io.BytesIO(raw)).paragraphs] == text.split("\n\n")
    for finding, (author, words, said) in zip(made.findings, commented(raw), strict=True):
        assert author == "onrecord"
        assert words == text[finding.span.start : finding.span.end]
        assert said.startswith(f"{finding.code} {finding.name}")
        assert finding.message in said


@pytest.mark.system
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't there")
def test_libreoffice_opens_it_with_the_comments_in_place(tmp_path: Path) -> None:
    words = ["senior", "🚢 ferry", "nobody knew", "cell says"]
    (tmp_path / "checked.docx").write_bytes(noted(package(BODY, footnotes=FOOTNOTES), *words))
    for form in ("pdf", "odt"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / "checked.docx")],
            check=True, capture_output=True, timeout=300,
        )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "checked.odt") as archive:
        content = etree.fromstring(archive.read("content.xml"))
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    said = ["".join(note.itertext()) for note in content.iter(f"{office}annotation")]
    assert [any(f"about {w}" in s for s in said) for w in words] == [True] * 4
    assert all("onrecord" in s for s in said)
    (page,) = read((tmp_path / "checked.pdf").read_bytes(), kind="pdf", input="checked.pdf")
    assert isinstance(page, Article)
    assert "harbour official said" in page.text
