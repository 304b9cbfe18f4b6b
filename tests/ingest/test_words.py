"""The law of reading: every word that a reader of a file would see is in the article, or said to be
left out.

Documents of each format are made of the things that other readers lose; words in must be words out
plus words reported. Every word is its own, so that none can stand for another or come twice.
"""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Article, read
from onrecord.ingest import Kind, read_text

from .pdfs import line_of_pdf, pages_of_pdf

W = 'xmlns:w="urn:w" xmlns:r="urn:r" xmlns:mc="urn:mc"'
ODF = (
    'xmlns:office="urn:o" xmlns:text="urn:t" xmlns:style="urn:s" xmlns:draw="urn:d"'
    ' xmlns:table="urn:tb" xmlns:xlink="urn:x"'
)
Shape = tuple[str, int]
Made = tuple[bytes, set[str], set[str]]
"""A file, the words that are seen, and the words that are seen and may be left out if that is
said."""


def package(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


class Words:
    """Hands out words, each once, and keeps those that are seen."""

    def __init__(self) -> None:
        self.number = 0
        self.seen: set[str] = set()
        self.may_go: set[str] = set()
        self.gone: set[str] = set()

    def take(self, count: int, into: str = "seen") -> str:
        words = [f"word{self.number + n}x" for n in range(count)]
        self.number += count
        getattr(self, into).update(words)
        return " ".join(words)


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words} </w:t></w:r>'


def docx(shapes: list[list[Shape]]) -> Made:
    w, notes, paragraphs = Words(), [], []
    for shape_list in shapes:
        inside, after = "", ""
        for kind, n in shape_list:
            if kind == "insertion":
                inside += f"<w:ins>{run(w.take(n))}</w:ins>"
            elif kind == "deletion":
                w.take(n, "gone")
                inside += "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
            elif kind == "moved":
                words = w.take(n)
                inside += f"<w:moveFrom>{run('gone')}</w:moveFrom><w:moveTo>{run(words)}</w:moveTo>"
            elif kind in ("smartTag", "fldSimple", "hyperlink", "customXml"):
                inside += f"<w:{kind}>{run(w.take(n))}</w:{kind}>"
            elif kind == "control":
                inside += f"<w:sdt><w:sdtPr/><w:sdtContent>{run(w.take(n))}</w:sdtContent></w:sdt>"
            elif kind == "field":
                inside += (
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE'
                    " gone</w:instrText></w:r>"
                    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(w.take(n))}<w:r><w:fldCh'
                    f'ar w:fldCharType="end"/></w:r>'
                )
            elif kind == "box":
                box = f"<w:txbxContent><w:p>{run(w.take(n))}</w:p></w:txbxContent>"
                inside += (
                    f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
                    f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
                )
            elif kind == "footnote":
                notes.append(w.take(n))
                inside += f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>'
            elif kind == "struck":
                inside += run(w.take(n, "may_go"), "<w:strike/>")
            elif kind == "hidden":
                inside += run(w.take(n, "may_go"), "<w:vanish/>")
            elif kind == "table":
                cells = "".join(f"<w:tc><w:p>{run(w.take(n))}</w:p></w:tc>" for _ in range(2))
                after += f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
            else:
                inside += run(w.take(n))
        paragraphs.append(f"<w:p>{inside}</w:p>{after}")
    foot = "".join(
        f'<w:footnote w:id="{n}"><w:p>{run(t)}</w:p></w:footnote>' for n, t in enumerate(notes, 1)
    )
    header = w.take(2, "may_go")
    kinds = {"footnotes": "footnotes.xml", "header": "header1.xml"}
    relations = "".join(
        f'<Relationship Id="{k}" Type="urn:x/{k}" Target="{t}"/>' for k, t in kinds.items()
    )
    return (
        package(
            {
                "word/document.xml": f"<w:document {W}><w:body>{''.join(paragraphs)}</w:body></w:do"
                f"cument>",
                "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
                "word/footnotes.xml": f"<w:footnotes {W}>{foot}</w:footnotes>",
                "word/header1.xml": f"<w:hdr {W}><w:p>{run(header)}</w:p></w:hdr>",
            }
        ),
        w.seen,
        w.may_go,
    )


def odt(shapes: list[list[Shape]]) -> Made:
    w, paragraphs = Words(), []
    for shape_list in shapes:
        inside, after = "", ""
        for kind, n in shape_list:
            if kind in ("insertion", "moved", "control", "smartTag", "customXml"):
                inside += (
                    f"<text:change-start/><text:span>{w.take(n)}</text:span> <text:change-end/>"
                )
            elif kind in ("hyperlink", "field", "fldSimple"):
                tag = "a" if kind == "hyperlink" else "date"
                inside += f"<text:{tag}>{w.take(n)}</text:{tag}> "
            elif kind == "box":
                after += (
                    f"<draw:frame><draw:text-box><text:p>{w.take(n)}</text:p></draw:text-box></draw"
                    f":frame>"
                )
            elif kind == "footnote":
                inside += (
                    f"<text:note><text:note-body><text:p>{w.take(n)}</text:p></text:note-body></tex"
                    f"t:note> "
                )
            elif kind in ("struck", "hidden"):
                inside += f'<text:span text:style-name="S">{w.take(n, "may_go")}</text:span> '
            elif kind == "table":
                cells = "".join(
                    f"<table:table-cell><text:p>{w.take(n)}</text:p></table:table-cell>"
                    for _ in range(2)
                )
                after += f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
            elif kind != "deletion":
                inside += f"{w.take(n)}<text:s/>"
        paragraphs.append(f"<text:p>{inside}</text:p>{after}")
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:dele"
        "tion></text:changed-region></text:tracked-changes>"
    )
    style = (
        '<style:style style:name="S"><style:text-properties'
        ' style:text-line-through-style="solid"/></style:style>'
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{style}</office:automatic-styles>"
        f"<office:body><office:text>{changes}{''.join(paragraphs)}</office:text></office:body></off"
        f"ice:document-content>"
    )
    return (
        package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}),
        w.seen,
        w.may_go,
    )


def rtf(shapes: list[list[Shape]]) -> Made:
    w, made = Words(), ""
    for shape_list in shapes:
        after = ""
        for kind, n in shape_list:
            if kind in ("struck", "hidden"):
                made += f"{{\\{'strike' if kind == 'struck' else 'v'} {w.take(n, 'may_go')} }}"
            elif kind == "deletion":
                made += f"{{\\deleted {w.take(n, 'may_go')} }}"
            elif kind == "footnote":
                made += f"{{\\footnote \\pard {w.take(n)}}} "
            elif kind in ("field", "hyperlink", "fldSimple"):
                made += f'{{\\field{{\\*\\fldinst HYPERLINK "gone"}}{{\\fldrslt {w.take(n)} }}}} '
            elif kind == "box":
                made += f"{{\\shp{{\\*\\shpinst gone{{\\shptxt {w.take(n)}\\par}}}}}}"
            elif kind == "table":
                after += f"\\trowd {w.take(n)}\\cell {w.take(n)}\\cell\\row\\pard "
            else:
                made += f"{{\\b {w.take(n)} }}"
        made += "\\par\n" + after
    head = w.take(2, "may_go")
    return (
        f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0 gone;}}}}{{\\header {head}}}{made}}}".encode(),
        w.seen,
        w.may_go,
    )


def html(shapes: list[list[Shape]]) -> Made:
    w = Words()
    body = ""
    for shape_list in shapes:
        inside, after = w.take(12), ""
        for kind, n in shape_list:
            if kind in ("insertion", "smartTag", "control", "customXml"):
                inside += f" <em>{w.take(n)}</em> "
            elif kind in ("hyperlink", "field"):
                inside += f" <a href='/x'>{w.take(n)}</a> "
            elif kind == "moved":
                inside += f" <q>{w.take(n)}</q> "
            elif kind == "box":
                after += f"<blockquote>{w.take(n)}<footer>{w.take(1)}</footer></blockquote>"
            elif kind == "footnote":
                after += f"<figure><figcaption>{w.take(n)}</figcaption></figure>"
            elif kind == "table":
                after += f"<table><tr><td>{w.take(n)}</td><td>{w.take(n)}</td></tr></table>"
            elif kind == "struck":
                inside += f" <cite>{w.take(n)}</cite> "
            elif kind in ("deletion", "hidden"):
                inside += f" <span hidden>gone</span> {w.take(n)} <!-- gone --> "
            else:
                inside += f" &lt;{w.take(n)} "
        body += f"<p>{inside}.</p>{after}"
    title, menu, foot = w.take(4), w.take(3), w.take(3)
    page = (
        f"<!doctype html><html><head><title>gone</title><script>gone</script></head><body><nav>"
        f"{menu}</nav>"
        f"<main><article><h1>{title}</h1>{body}</article></main><footer>{foot}</footer></body></htm"
        f"l>"
    )
    # Any word of a page may be furniture, as long as it is counted.
    return page.encode(), set(), w.seen


def markdown(shapes: list[list[Shape]]) -> Made:
    w, text = Words(), "---\ntitle: Gone\n---\n\n"
    for shape_list in shapes:
        after = ""
        for kind, n in shape_list:
            if kind == "struck":
                text += f"~~{w.take(n, 'may_go')}~~ "
            elif kind in ("hyperlink", "field", "fldSimple"):
                text += f"[{w.take(n)}](https://a.example/gone) "
            elif kind in ("insertion", "control"):
                text += f"**{w.take(n)}** "
            elif kind == "moved":
                text += f"`{w.take(n)}` "
            elif kind == "footnote":
                after += f"\n\n[^{w.number}]: {w.take(n)}"
            elif kind == "box":
                after += f"\n\n> {w.take(n)}\n> {w.take(1)}"
            elif kind == "table":
                after += (
                    f"\n\n| {w.take(n)} | {w.take(1)} |\n|---|---|\n| {w.take(n)} | {w.take(1)} |"
                )
            elif kind == "hidden":
                text += '{{< figure src="gone" >}} '
            elif kind == "smartTag":
                after += f"\n\n<div>{w.take(n)}</div>"
            else:
                text += f"{w.take(n)} "
        text += f"{after}\n\n"
    return text.encode(), w.seen, w.may_go


def wiki(shapes: list[list[Shape]]) -> Made:
    w, text = Words(), ""
    for shape_list in shapes:
        after = ""
        for kind, n in shape_list:
            if kind in ("insertion", "control"):
                text += f"'''{w.take(n)}''' "
            elif kind == "hyperlink":
                text += f"[https://a.example/gone {w.take(n)}] "
            elif kind in ("field", "fldSimple"):
                text += f"[[Gone|{w.take(n)}]] "
            elif kind == "smartTag":
                text += f"{{{{nowrap|{w.take(n)}}}}} "
            elif kind == "customXml":
                text += f"<span>{w.take(n)}</span>&nbsp;"
            elif kind == "box":
                after += f"\n\n{{{{quote|{w.take(n)}|{w.take(1)}}}}}"
            elif kind == "moved":
                after += f"\n\n== {w.take(n)} ==\n* {w.take(n)}\n* {w.take(1)}"
            elif kind == "footnote":
                text += "<ref>{{cite web|title=gone}}</ref>"
            elif kind == "table":
                after += "\n\n{|\n|-\n| gone || gone\n|}"
            elif kind in ("deletion", "hidden"):
                text += "<!-- gone --> "
            elif kind == "struck":
                text += "<s>gone</s> "
            else:
                text += f"{w.take(n)} "
        text += f"{after}\n\n"
    return text.encode(), w.seen, set()


def mail(shapes: list[list[Shape]]) -> Made:
    w, message = Words(), EmailMessage()
    message["Subject"], message["From"] = w.take(3), "Ann Lee <ann@a.example>"
    message.set_content(w.take(2))
    message.make_mixed()
    for shape_list in shapes:
        part = EmailMessage()
        words = w.take(sum(n for _, n in shape_list))
        kind = shape_list[0][0]
        if kind in ("hyperlink", "field", "table"):
            part.set_content(f"<p>{words}</p>", subtype="html")
        elif kind in ("control", "smartTag"):
            part.set_content(words)
            part.add_alternative(f"<p>{words}</p>", subtype="html")
        elif kind in ("hidden", "deletion", "struck"):
            message.add_attachment("gone", filename="gone.txt")
            w.seen -= {*words.split()}
            continue
        else:
            part.set_content(words, cte="quoted-printable" if kind == "box" else "base64")
        message.attach(part)
    return message.as_bytes(), w.seen, set()


def table(shapes: list[list[Shape]], comma: str) -> Made:
    w, file = Words(), io.StringIO()
    paragraphs = []
    for shape_list in shapes:
        marks = {"box": f'"{comma}', "table": "\n", "moved": '"', "field": comma}
        joined = (w.take(n) + marks.get(kind, " ") for kind, n in shape_list)
        paragraphs.append(" ".join(joined))
    row = {"headline": w.take(3), "text": "\n\n".join(paragraphs), "author": "Ann Lee"}
    writer = csv.DictWriter(file, row, delimiter=comma)
    writer.writeheader()
    writer.writerow(row)
    return file.getvalue().encode(), w.seen, set()


def json_object(shapes: list[list[Shape]]) -> Made:
    w = Words()
    paragraphs = [" ".join(w.take(n) for _, n in shape_list) for shape_list in shapes]
    given = {"title": w.take(3), "text": "\n\n".join(paragraphs), "date": "2026-05-04"}
    return json.dumps(given, ensure_ascii=shapes[0][0][1] > 2).encode(), w.seen, set()


def pdf(shapes: list[list[Shape]]) -> Made:
    w, pages, y = Words(), [b""], 370
    for shape_list in shapes:
        for kind, n in shape_list:
            if kind == "box" or y < 40:
                pages.append(b"")
                y = 370
            x = 60 if kind == "table" else 40
            pages[-1] += line_of_pdf(x, y, w.take(n), 14 if kind == "moved" else 11)
            y -= 14
        y -= 26
    # Lines at a page's edge that are alike on every page are its head, as long as that is said.
    return pages_of_pdf([page or line_of_pdf(40, 370, w.take(1)) for page in pages]), set(), w.seen


def plain(shapes: list[list[Shape]]) -> Made:
    w = Words()
    lines = [" ".join(w.take(n) for _, n in shape_list) for shape_list in shapes]
    text = ("\r\n\r\n" if shapes[0][0][1] > 2 else "\n").join(lines)
    return text.encode("utf-16" if shapes[0][0][1] == 4 else "utf-8"), w.seen, set()


FORMATS: dict[Kind, Callable[[list[list[Shape]]], Made]] = {
    "docx": docx, "odt": odt, "rtf": rtf, "html": html, "markdown": markdown, "wiki": wiki,
    "mail": mail, "csv": lambda shapes: table(shapes, ","), "tsv": lambda shapes: table(shapes, "\t"),
    "json": json_object, "pdf": pdf, "text": plain,
}  # fmt: skip
KINDS = [
    "plain", "insertion", "deletion", "moved", "smartTag", "fldSimple", "hyperlink", "customXml", "control",
    "field", "box", "footnote", "struck", "hidden", "table",
]  # fmt: skip
SHAPES = st.lists(
    st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 4)), min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=40, deadline=None)
@given(SHAPES)
def test_words_in_are_words_out_and_words_reported(kind: Kind, shapes: list[list[Shape]]) -> None:
    raw, seen, may_go = FORMATS[kind](shapes)
    found = list(read(raw, kind=kind))
    articles = [item for item in found if isinstance(item, Article)]
    if not articles:
        # Nothing that is seen, or nothing that is an article, and that is said.
        assert not seen
        assert any(item.fatal for item in found if not isinstance(item, Article))
        return
    (article,) = articles
    out = Counter(re.findall(r"word\d+x", article.text))
    assert not [word for word, number in out.items() if number > 1]
    assert seen <= set(out)
    assert not re.search(r"\bgone\b", article.text)
    reported = [re.match(r"([\d,]+) (?:struck-out )?words?\b", said.what) for said in article.notes]
    number = sum(int(match.group(1).replace(",", "")) for match in reported if match)
    assert number == len(may_go - set(out))


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=15, deadline=None)
@given(SHAPES)
def test_every_place_points_at_its_word(kind: Kind, shapes: list[list[Shape]]) -> None:
    from onrecord.text.places import Places

    if kind not in ("html", "markdown"):
        return
    raw, _, _ = FORMATS[kind](shapes)
    source = raw.decode().split("\n")
    for article in read(raw, kind=kind):
        if isinstance(article, Article):
            places = Places(article)
            for word in re.finditer(r"word\d+x", article.text):
                line, column = places.in_file(word.start())
                assert source[line - 1][column - 1 :].startswith(word.group())


def test_half_an_emoji_in_what_stands_beside_the_text() -> None:
    half = "\\ud83d"
    source = (
        f'{{"title": "Quay {half} closes", "author": "Ann {half}"}}\nThe quay closed on Monday.'
    )
    (made,) = read(source.encode(), kind="markdown", input="quay.md")
    assert isinstance(made, Article)
    assert made.text.startswith("Quay \ufffd closes\n")
    assert made.authors == ("Ann \ufffd",)
    plain = read_text("It rained.", title="Quay \ud83d closes", outlet="Star \ud83d")
    assert plain.text.startswith("Quay \ufffd closes\n")
    assert plain.outlet == "Star \ufffd"
