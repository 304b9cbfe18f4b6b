"""What each format's reader makes of what others lose, and that no file costs more than it may."""

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

import pytest

from onrecord import Article, Problem, read
from onrecord.ingest import Kind
from onrecord.text.places import Places, display_name

from .pdfs import line_of_pdf, pages_of_pdf, stream_of_pdf

FILL = (
    "<p>The harbour at Wexcombe has needed a new wall since the storms took forty metres of the old"
    " one.</p>"
)


def one(raw: bytes, name: str = "-", kind: Kind | None = None, **given: object) -> Article:
    (article,) = [a for a in read(raw, input=name, kind=kind, **given) if isinstance(a, Article)]  # type: ignore[arg-type]
    return article


def problem(raw: bytes, name: str = "-", kind: Kind | None = None) -> Problem:
    (said,) = [p for p in read(raw, input=name, kind=kind) if isinstance(p, Problem) and p.fatal]
    return said


def page(body: str, head: str = "") -> bytes:
    return (
        f"<html><head>{head}</head><body><article><h1>Quay to"
        f" shut</h1>{FILL * 3}{body}</article></body></html>"
    ).encode()


def test_a_mail_is_an_article() -> None:
    raw = (
        b"From: Ida Moss <ida@a.example>\nSubject: Quay to shut\nDate: Wed, 04 Mar 2026 10:00:00"
        b" +0000\n"
        b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"The board said =E2=80=9Cnever again=E2=80=9D to=\n it.\n"
    )
    article = one(raw, "a.eml")
    assert article.text == "Quay to shut\n\nThe board said “never again” to it."
    assert (article.authors, str(article.published)) == (("Ida Moss",), "2026-03-04")


def test_a_mail_of_several_parts_loses_none() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Quay to shut"
    mail.set_content("See below.")
    mail.make_mixed()
    page = EmailMessage()
    page.set_content(
        "<p>The <a href='https://a.example/wall'>wall</a> has moved.</p>", subtype="html"
    )
    mail.attach(page)
    mail.add_attachment("BEGIN:VCALENDAR", subtype="calendar", filename="a.ics")
    article = one(mail.as_bytes(), "a.eml")
    assert article.text == "Quay to shut\n\nSee below.\n\nThe wall has moved."
    (link,) = article.links
    assert article.text[link.span.start : link.span.end] == "wall"
    assert any("1 attachment was left out" in said.what for said in article.notes)


def test_a_form_that_only_points_to_another_is_passed_over() -> None:
    mail = EmailMessage()
    mail["Subject"] = "Quay to shut"
    mail.set_content("Your program can't show this.")
    words = "<p>The wall has moved eleven centimetres in two winters, the board says.</p>"
    mail.add_alternative(words, subtype="html")
    assert one(mail.as_bytes(), "a.eml").text.endswith("two winters, the board says.")


def test_pages_that_are_all_alike_are_kept() -> None:
    slips = [line_of_pdf(40, 370, f"Ticket {n} of the ferry") for n in range(1, 4)]
    assert one(pages_of_pdf(slips), "a.pdf").text.split("\n\n")[0].startswith("Ticket 1")


def test_a_row_is_an_article_and_points_into_its_table() -> None:
    article = one(b'headline,body\n"Quay","One line.\nHe said ""no"" twice."\n', "w.csv")
    assert article.text == 'Quay\n\nOne line.\nHe said "no" twice.'
    assert display_name(article) == "w.csv:2"
    assert Places(article).in_file(article.text.index("twice"))[0] == 3


def test_lines_of_json_point_into_their_file_behind_escapes() -> None:
    line = (
        '{"text": "skip"}\n{"id": "a2", "title": "Quay", "text": "He said \\"no\\".\\n\\nThen'
        ' \\ud83d\\ude00 went."}\n'
    )
    article = [
        a for a in read(gzip.compress(line.encode()), input="w.jsonl.gz") if isinstance(a, Article)
    ][1]
    assert display_name(article) == "w.jsonl.gz:2 (a2)"
    at = article.text.index("went")
    row, column = Places(article).in_file(at)
    assert line.split("\n")[row - 1][column - 1 :].startswith("went")
    assert Places(article).line_column(at) == (5, 8)


@pytest.mark.parametrize("key", ["body_xhtml", "content_html", "articleBody"])
def test_markup_in_a_field_is_read_as_markup(key: str) -> None:
    value = {
        "headline": "Quay",
        key: "<p>&#8220;Never,&#8221; <a href='/k'>Ida Moss</a> said.</p><p>So it is.</p>",
    }
    article = one(json.dumps(value).encode(), "a.json")
    assert article.text == "Quay\n\n“Never,” Ida Moss said.\n\nSo it is."
    assert any("HTML" in said.what for said in article.notes)


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'Quay to shut'\ndate: 2026-03-04\nauthors:\n  - Ida Moss\n---\n",
        '+++\ntitle = "Quay to shut"\ndate = 2026-03-04\nauthor = "Ida Moss"\n+++\n',
        '{"title": "Quay to shut", "date": "2026-03-04", "author": "Ida Moss"}\n',
        "Title: Quay to shut\nAuthor: Ida Moss\nDate: 4 March 2026\n",
    ],
)
def test_front_matter_says_what_it_says_of_the_article(front: str) -> None:
    article = one(f'{front}\nIt *shuts*. {{{{< figure alt="none" >}}}}\n'.encode(), "a.md")
    assert article.text == "Quay to shut\n\nIt shuts."
    assert (article.authors, str(article.published)) == (("Ida Moss",), "2026-03-04")


def test_a_page_keeps_what_a_reader_sees_between_its_paragraphs() -> None:
    body = (
        "<p>Ida Moss said: <q>We <q>will</q> wait.</q></p>"
        "<p><a href='/x'>The board denied that anybody had been told of it in the spring.</a></p>"
        "<blockquote>Nobody asked us.<footer>Jon Pell</footer></blockquote>"
        "<p>SEE MORE: A ferry sinks in the north</p><p>It shuts in May, and the fleet will go"
        " elsewhere until then.</p>"
    )
    text = one(page(body), "a.html").text
    for words in (
        "“We ‘will’ wait.”",
        "denied that anybody",
        "Nobody asked us.",
        "Jon Pell",
        "It shuts in May",
    ):
        assert text.count(words) == 1
    assert "SEE MORE" not in text


def test_a_page_says_sane_things_of_itself() -> None:
    stated = {
        "@type": "NewsArticle", "headline": "Search title", "datePublished": "0001-01-01T00:00:00Z",
        "publisher": {"name": "lantern"},
    }  # fmt: skip
    head = (
        f'<meta property="og:site_name" content="The Lantern"><script'
        f' type="application/ld+json">{json.dumps(stated)}</script>'
    )
    article = one(page("", head), "a.html")
    assert article.text.startswith("Quay to shut\n")
    assert (article.outlet, article.published) == ("The Lantern", None)


def test_labels_mean_what_browsers_take_them_for() -> None:
    raw = page("<p>“We can’t wait,” Ida Moss said of the café.</p>", '<meta charset="iso-8859-1">')
    assert "“We can’t wait,”" in one(raw.decode().encode("cp1252"), "a.html").text
    odd = page("<p>Caf\xe9.</p>", '<meta charset="undefined">').decode().encode("latin-1")
    assert "Café" in one(odd, "a.html").text


def test_garbled_letters_are_said_and_repaired_on_request() -> None:
    raw = "Quay to shut\n\nIda Moss said it wasnâ€™t so, and that the cafÃ© would stay.\n".encode()
    said = [p.what for p in read(raw, kind="text") if isinstance(p, Problem)]
    assert any("garbled" in what for what in said)
    assert "wasn't so" in one(raw, kind="text", repair=True).text.replace("’", "'")


def test_an_export_of_an_archive_is_its_articles() -> None:
    part = (
        "Document {0}\n\nQuay {1}\n\nIda Moss\n4 March 2026\n\nIt rained on the quay for the whole"
        " of that day.\n\n"
    )
    text = part.format("AAAAAA0020260304", "shuts") + part.format("AAAAAA0020260305", "opens")
    found = [a for a in read(text.encode(), input="f.txt") if isinstance(a, Article)]
    assert [a.text.split("\n")[0] for a in found] == ["Quay shuts", "Quay opens"]
    assert Places(found[1]).in_file(0) == (12, 1)


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n<html>", "WARC"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Office"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture"),
        (b"PAR1" + b"\0" * 99, "Parquet"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello", "subtitles"),
    ],
)
def test_what_is_not_read_is_called_what_it_is(raw: bytes, what: str) -> None:
    said = problem(raw)
    assert what in said.what
    assert said.remedy


def _docx(document: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def test_bombs_are_counted_while_they_unpack() -> None:
    assert "unpacks" in problem(_docx(b" " * 60_000_000), kind="docx").what
    lying = bytearray(_docx(b" " * 60_000_000))
    at = lying.find(b"PK\x01\x02")
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert problem(bytes(lying), kind="docx").fatal
    entities = (
        b'<!DOCTYPE x [<!ENTITY a "b">]><w:document xmlns:w="urn:w"><w:body>&a;</w:body></w:documen'
        b"t>"
    )
    assert "entities" in problem(_docx(entities), kind="docx").what
    assert "larger" in problem(gzip.compress(b"word " * 5_000_000), "a.txt.gz").what


def test_depth_loses_no_word() -> None:
    raw = b"<html><body>" + b"<div>" * 5000 + FILL.encode() + b"</div>" * 5000
    article = one(raw, "a.html")
    assert "forty metres" in article.text
    assert any("deeper" in said.what for said in article.notes)
    assert problem(b"[" * 100_000, "a.json").fatal
    assert problem(b"{\\rtf1" + b"{" * 9000, "a.rtf").fatal


def test_a_pdf_has_paragraphs_and_no_running_heads() -> None:
    head = line_of_pdf(40, 395, "HARBOUR BOARD", 8)
    first = (
        head
        + line_of_pdf(40, 370, "Quay to shut", 18)
        + line_of_pdf(40, 340, "Ida Moss said the wall has moved eleven centi-")
    )
    first += (
        line_of_pdf(40, 326, "metres in two winters, and that the long-")
        + line_of_pdf(40, 312, "standing plan of the board was never told to")
        + line_of_pdf(40, 5, "Page 1 of 2", 8)
    )
    second = (
        head
        + line_of_pdf(40, 340, "the fleet.")
        + line_of_pdf(40, 300, "A long-standing row goes on.")
        + line_of_pdf(40, 5, "Page 2 of 2", 8)
    )
    article = one(pages_of_pdf([first, second]), "a.pdf")
    assert article.text == (
        "Quay to shut\n\nIda Moss said the wall has moved eleven centimetres in two winters, and"
        " that the"
        " long-standing plan of the board was never told to the fleet.\n\nA long-standing row goes"
        " on."
    )
    assert Places(article).in_file(article.text.index("goes on"))[0] == 2
    assert any("12 words in page headers" in said.what for said in article.notes)


def test_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [
        "The wall has moved eleven",
        "centimetres in two winters,",
        "and nobody told the fleet",
        "about it until last week.",
    ]
    right = [
        "Berths at Port Annick are",
        "free for all of the boats",
        "until the divers have done",
        "with the southern wall.",
    ]
    rows = [
        line_of_pdf(40, 180 - 14 * n, a, 10) + line_of_pdf(220, 180 - 14 * n, b, 10)
        for n, (a, b) in enumerate(zip(left, right, strict=True))
    ]
    text = " ".join(one(pages_of_pdf([b"".join(rows)]), "a.pdf").text.split())
    assert text == " ".join([*left, *right])


def test_forms_that_name_each_other_cost_no_more_than_they_may(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("onrecord.ingest.pdf.STEPS", 5000)
    forms = [
        stream_of_pdf(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
            % (5 + n),
        )
        for n in range(8)
    ]
    forms.append(
        stream_of_pdf(line_of_pdf(1, 1, "lol"), b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    )
    raw = pages_of_pdf([b"/X Do "], b"/XObject<</X 4 0 R>>", tuple(forms))
    assert "draws more" in problem(raw, "a.pdf").what


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.wiki"])
def test_a_text_longer_than_any_article_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.ingest.documents.ARTICLE_CHARS", 1000)
    words = "It rained all day. " * 100
    raw = json.dumps({"text": words}).encode() if name.endswith("json") else words.encode()
    said = problem(raw, name)
    assert said.what.endswith("characters; 1,000 is the most.")


TOLD = "".join(
    f"<p>The harbour board said in part {n} that the quay would be shut in May, and that the fleet"
    " had been told of it in good time.</p>"
    for n in "abcd"
)


def shown(page: str) -> tuple[Article, list[str]]:
    """The article of a page and its blocks' words."""
    (article,) = [a for a in read(page.encode(), kind="html") if isinstance(a, Article)]
    return article, [article.text[b.span.start : b.span.end] for b in article.blocks]


def test_words_struck_out_of_a_page() -> None:
    """A reader sees that they are taken back: they are none of the text, and that is said."""
    words = (
        "The board voted <del>nine</del> <ins>eight</ins> to <s>two</s> three on Thursday night."
    )
    article, blocks = shown(f"<article><h1>Quay to close</h1>{TOLD}<p>{words}</p>{TOLD}</article>")
    assert "The board voted eight to three on Thursday night." in blocks
    assert "2 struck-out words left out." in [n.what for n in article.notes]
    marked = "# Quay\n\nThe vote was <s>nine</s> eight.\n\n<p>It was <del>two</del> three.</p>\n"
    row = '{"text": "<p>The vote was <s>nine</s> eight.</p><p>It was <s>two</s> three.</p>"}'
    for article in (one(marked.encode(), kind="markdown"), one(row.encode(), kind="json")):
        assert "The vote was eight.\n\nIt was three." in article.text
        assert "2 struck-out words left out." in [n.what for n in article.notes]


def test_what_a_page_has_read_aloud_or_marks_notes_with() -> None:
    """Words for a screen reader and the marks of notes are inside no sentence."""
    words = (
        "The board<sup><a href='#n1'>1</a></sup> met in <a href='/h'>the hall<span class='sr-only'>"
        " (opens in a new window)</span></a> on Thursday night, 40m<sup>2</sup> of it."
    )
    _, blocks = shown(f"<article><h1>Quay to close</h1>{TOLD}<p>{words}</p>{TOLD}</article>")
    assert "The board met in the hall on Thursday night, 40m2 of it." in blocks


def test_elements_side_by_side_are_words_apart() -> None:
    """A kicker and its headline, or a name and its time, are set apart by style alone."""
    page = (
        "<article><h1><span>Exclusive</span><span>Quay to close in May</span></h1>"
        f"<p><span class='drop'>T</span><span>he board</span> and <b>Mac</b><b>Donald</b> met.</p>{TOLD}"
    )
    _, blocks = shown(page)
    assert blocks[:2] == ["Exclusive Quay to close in May", "The board and MacDonald met."]


def test_a_year_or_a_posts_day_is_no_day_of_publication() -> None:
    post = (
        "<blockquote class='twitter-tweet'><p>We lost the wall.</p>&mdash; Hanne Quill (@hq)"
        " <a href='https://twitter.com/hq/status/1'>March 3, 2025</a></blockquote>"
    )
    page = f"<article><h1>Quay to close</h1>{TOLD}{post}{TOLD}</article><footer>© 2025 Harbour Star</footer>"
    assert shown(page)[0].published is None
    dated = page.replace("</h1>", "</h1><time datetime='2025-01-01'>1 January 2025</time>")
    assert str(shown(dated)[0].published) == "2025-01-01"


def test_menus_are_none_of_what_was_extracted() -> None:
    """A menu that repeats the headline is no part of the article."""
    crumbs = (
        "<header><nav><a href='/'>Home</a> <a href='/e'>Quay to close in the month of May</a></nav>"
    )
    page = f"<article>{crumbs}<h1>Quay to close in the month of May</h1></header>{TOLD}</article>"
    assert shown(page)[1][0] == "Quay to close in the month of May"
    assert not any("Home" in words for words in shown(page)[1])


def test_fields_that_hold_parts() -> None:
    """Words under a field's own fields, and in its list of blocks."""
    parts = [{"type": "p", "text": "The board voted."}, {"type": "quote", "data": {"text": "No."}}]
    for body in (parts, {"blocks": parts}, {"content": "The board voted.\n\nNo."}):
        (article,) = read(json.dumps({"headline": "Quay", "body": body}).encode(), kind="json")
        assert isinstance(article, Article)
        assert article.text == "Quay\n\nThe board voted.\n\nNo."
    inner = {"article": {"title": "Quay", "author": "Ida Moss", "text": "The board voted."}}
    (article,) = read(json.dumps(inner).encode(), kind="json")
    assert isinstance(article, Article)
    assert (article.text, article.authors) == ("Quay\n\nThe board voted.", ("Ida Moss",))


def test_words_in_fields_that_nobody_reads_are_named() -> None:
    fields = {"title": "Quay", "text": "The board voted on Tuesday.", "standfirst": "The sea has won.",
              "summary": "The board voted", "slug": "quay", "html": "<b>The</b> board voted on Tuesday."}  # fmt: skip
    (article,) = read(json.dumps(fields).encode(), kind="json")
    assert isinstance(article, Article)
    said = [n.what for n in article.notes]
    assert said == ['left out what these fields hold: "standfirst" (4 words).']


def test_stray_bytes_among_utf8_and_marks_of_a_macintosh() -> None:
    words = "Quay to close\n\nThe café owner said: “We can’t wait – not now.” It cost £5 and €6.\n"
    both = words.encode() + words.encode("cp1252")
    for raw in (both, words.encode("mac_roman"), words.encode("cp1252")):
        article = next(a for a in read(raw, kind="text") if isinstance(a, Article))
        assert set(article.text) == set(words)


def test_one_document_of_an_archive() -> None:
    """What the archive states of it stands between headline and text, and its mark is no words."""
    export = (
        "Quay to close in May\nHarbour Star\n4 March 2026\n310 words\n\nThe board voted to shut the"
        " quay in May, said Mara Kesting.\n\nDocument HARSTA0020260304\n"
    )
    (article,) = read(export.encode(), kind="text")
    assert isinstance(article, Article)
    assert [b.role for b in article.blocks] == ["headline", *["byline"] * 3, "paragraph"]
    assert "HARSTA" not in article.text
    assert not article.notes


def test_a_drop_capital_and_a_formula_of_word() -> None:
    """The capital belongs to the next paragraph; a formula is no text, and that is said."""
    space = 'xmlns:w="urn:w" xmlns:m="urn:m"'
    body = (
        '<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>he board voted: </w:t></w:r><m:oMath><m:r><m:t>a = b</m:t></m:r></m:oMath>"
        "<w:r><w:t>so it said.</w:t></w:r></w:p>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>"
        )
    article = one(file.getvalue(), kind="docx", title="Quay to close")
    assert article.text == "Quay to close\n\nThe board voted: so it said."
    assert [n.what for n in article.notes] == ["3 words in formulas left out."]


def test_a_saved_page_without_a_name_and_a_feed() -> None:
    """A page saved by a browser begins as a mail; a feed is none of the pages that it lists."""
    told = (
        b"<p>The harbour board at Wexcombe voted on Tuesday to shut the old quay in =\nMay.</p>" * 4
    )
    saved = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://star.example/a\nSubject: Quay\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\n'
        b"Content-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
        b"<html><body><article><h1>Quay to shut</h1>" + told + b"</article></body></html>\n--b--\n"
    )
    assert one(saved).text.startswith("Quay to shut\n\nThe harbour board at Wexcombe voted")
    feed = b'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Star</title></channel></rss>'
    assert problem(feed, kind="html").what.startswith("this is a feed (RSS or Atom)")


def test_a_numbered_paragraph_of_odt() -> None:
    space = 'xmlns:office="urn:o" xmlns:text="urn:t"'
    body = "<text:p>The board voted.</text:p><text:numbered-paragraph><text:p>It met.</text:p></text:numbered-paragraph>"
    content = f"<office:document-content {space}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    assert one(file.getvalue()).text == "The board voted.\n\nIt met."
