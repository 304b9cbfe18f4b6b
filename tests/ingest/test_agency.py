"""What news agencies send: ninjs, NewsML-G2, NITF."""

import json
from pathlib import Path
from typing import get_args

import pytest

from onrecord import Article, Problem, read
from onrecord.cli.inputs import KINDS
from onrecord.ingest.kinds import Kind
from onrecord.text.places import Places

NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = (
    '<inlineXML contenttype="application/nitf+xml"><nitf><head><title>No.</title></head><body>'
    "<body.head><hedline><hl1>Quay to close</hl1></hedline></body.head><body.content>\n"
    "<p>The quay will close, a source said.</p>\n<p>“It is not safe,” said Lee &amp; Hale.</p>\n"
    "</body.content></body></nitf></inlineXML>"
)
XHTML = (
    '<inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><head><title>No.</title></head><body>'
    "<p>The wall stands, a source said.</p></body></html></inlineXML>"
)
PLAIN = "<inlineData contenttype='text/plain'>It rained.\n\nIt snowed, a source said.</inlineData>"
PICTURE = '<remoteContent href="http://wire.example/1.jpg"/>'


def item(content: str, headline: str = "Quay to close") -> str:
    return (
        f'<newsItem {NAR} guid="urn:x:1">\n<itemMeta><provider literal="Harbour Wire"/>'
        "<versionCreated>2026-03-04T10:00:00Z</versionCreated><title>slug</title></itemMeta>\n"
        f"<contentMeta><by>By Ann Lee and Tom Hale</by><headline>{headline}</headline>"
        f'<language tag="en-GB"/></contentMeta>\n<contentSet>{content}</contentSet></newsItem>'
    )


def articles(source: str, **given: str) -> list[Article]:
    found = list(read(source.encode(), **given))  # type: ignore[arg-type]
    assert not [p for p in found if isinstance(p, Problem) and p.fatal], found
    return [a for a in found if isinstance(a, Article)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (NITF, "The quay will close, a source said.\n\n“It is not safe,” said Lee & Hale."),
        (XHTML, "The wall stands, a source said."),
        (PLAIN, "It rained.\n\nIt snowed, a source said."),
    ],
)
def test_newsml(content: str, text: str) -> None:
    (article,) = articles(item(content))
    assert article.text == f"Quay to close\n\n{text}"
    assert article.blocks[0].role == "headline"
    assert article.authors == ("Ann Lee", "Tom Hale")
    assert (article.outlet, str(article.published)) == ("Harbour Wire", "2026-03-04")
    assert article.language == "en"


@pytest.mark.parametrize("content", [NITF, XHTML])
def test_every_word_of_newsml_is_found_in_the_file(content: str) -> None:
    source = '<?xml version="1.0"?>\n' + item(content)
    (article,) = articles(source)
    line, column = Places(article).in_file(article.text.index("a source"))
    assert source.split("\n")[line - 1][column - 1 :].startswith("a source said")


def test_a_message_of_several_items_on_one_line() -> None:
    inside = item(NITF) + item(PICTURE) + item(XHTML, "Wall stands")
    source = f"<newsMessage {NAR}><itemSet>{inside}</itemSet></newsMessage>"
    found = articles(source, input="wire.xml")
    assert [a.text.split("\n")[0] for a in found] == ["Quay to close", "Wall stands"]
    assert "close" in found[0].text
    assert "stands" in found[1].text
    assert [a.path for a in found] == ["wire.xml", "wire.xml"]
    assert "1 item without" in found[0].notes[0].what


def test_nitf_by_itself() -> None:
    inside = NITF.partition(">")[2].removesuffix("</inlineXML>")
    (article,) = articles('<?xml version="1.0"?>' + inside)
    assert article.text.startswith("Quay to close\n\nThe quay will close")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (f"<newsItem {NAR}><a>", "not well-formed"),
        (f"<newsItem {NAR}><contentSet/></newsItem>", "no item"),
        (item(PICTURE), "no item"),
        (f'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]>{item(PLAIN.replace("It", "&x;"))}', ""),
    ],
)
def test_what_is_no_newsml_is_said(source: str, said: str) -> None:
    found = list(read(source.encode(), kind="newsml"))
    assert all(said in one.what for one in found if isinstance(one, Problem) and one.fatal)
    assert not any("root:" in one.text for one in found if isinstance(one, Article))
    assert not said or isinstance(found[-1], Problem)


def ninjs(**more: object) -> str:
    return json.dumps(
        {
            "uri": "urn:wire:1", "language": "en-GB", "versioncreated": "2026-03-04T10:00:00Z",
            "by": "Ann Lee", "infosources": [{"name": "Harbour Wire"}],
            "headlines": [{"role": "alt", "value": "Alt"}, {"role": "main", "value": "Quay to close"}],
            "bodies": [
                {"role": "caption", "value": "A quay."},
                {"role": "main", "contenttype": "text/plain", "value": "The quay. A source said."},
                {"role": "richtext", "contenttype": "application/xhtml+xml",
                 "value": "<p>The quay will close.</p><p>So a source said.</p>"},
            ],
            **more,
        }
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["ninjs", "json"])
def test_ninjs(kind: str) -> None:
    (article,) = articles(ninjs(), kind=kind)
    assert article.text == "Quay to close\n\nThe quay will close.\n\nSo a source said."
    assert (article.outlet, article.authors) == ("Harbour Wire", ("Ann Lee",))
    assert (str(article.published), article.language) == ("2026-03-04", "en")
    assert article.url is None, "an urn is no address"
    (other,) = articles(ninjs(uri="https://wire.example/1"), kind=kind)
    assert other.url == "https://wire.example/1"


def test_the_first_version_of_ninjs() -> None:
    (article,) = articles(
        ninjs(
            headlines=None,
            bodies=None,
            headline="Quay to close",
            body_text="It will, a source said.",
        ),
        kind="ninjs",
    )
    assert article.text == "Quay to close\n\nIt will, a source said."


def test_what_is_no_ninjs_is_said(tmp_path: Path) -> None:
    (problem,) = read(b'{"text": "It will close."}', kind="ninjs")
    assert isinstance(problem, Problem)
    assert "no ninjs" in problem.what


def test_the_command_line_names_every_kind() -> None:
    assert get_args(Kind) == KINDS
