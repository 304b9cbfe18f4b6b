"""OUT601 on pages with links, which marked text can't write."""

from msgspec.structs import replace

from onrecord.linter import lint
from onrecord.records import Link, Settings, Span
from onrecord.testing import parse

TEXT = (
    "It rained. ¶ The bridge is shut, [s1 outlet=Harbour_Gazette the Harbour Gazette] [c1 reported]"
    " [q1 that it shakes]."
)
ONLY = Settings(select=("OUT601",))


def severities(place: str, outlet: str | None = None) -> list[str]:
    """What the rule says where a link stands on some words of the text."""
    analysis = parse(TEXT, outlet=outlet)[0]
    start = analysis.article.text.index(place)
    link = Link(span=Span(start, start + len(place)), href="https://example.org/")
    linked = replace(analysis, article=replace(analysis.article, links=(link,)))
    return [f.severity for f in lint(linked, ONLY).findings]


def test_another_outlet_without_a_link_is_a_note() -> None:
    assert severities("rained") == ["note"]


def test_a_link_in_its_paragraph_is_enough() -> None:
    assert severities("reported") == []


def test_the_outlet_itself_needs_no_link() -> None:
    assert severities("rained", outlet="Harbour Gazette") == []


def test_a_text_without_links_is_no_page() -> None:
    assert lint(parse(TEXT)[0], ONLY).findings == ()
