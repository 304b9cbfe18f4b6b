"""The page: its article is the article, nothing gets through unescaped, and it is whole."""

import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import Article, Settings, analyse, lint, read
from onrecord.ingest import read_text
from onrecord.report import html
from onrecord.report.web import Web
from onrecord.testing import parse

HOSTILE = st.text(
    st.sampled_from(list("ab \n\"'“”<>&;{}%\u202e\u200f\t#=/")) | st.characters(codec="utf-8"),
    max_size=120,
)


class _Article(HTMLParser):
    """Collects the text content of #article."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth, self.text = 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.depth or dict(attrs).get("id") == "article":
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= bool(self.depth)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.text += data


def shown(page: str) -> str:
    parser = _Article()
    parser.feed(page)
    return parser.text


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_the_article_is_the_article(words: str) -> None:
    article = read_text(words)
    page = html.render(lint(analyse(article, engine="baseline")))
    assert shown(page) == article.text


def test_statements_are_marked_by_what_they_rest_on() -> None:
    analysis, _ = parse(
        "[s1 anonymous withheld A source] [c1 said] [q1 it would shut]. "
        "[q2 “No,”] [s2 person=Ann_Lee Ann Lee] [c2 said]. [c3 It is said] [q3 that it moves]."
    )
    page = html.render(lint(analysis))
    assert re.search(r"k-anonymous[^>]*>it would shut<", page)
    assert re.search(r"k-person[^>]*>“No,”<", page)
    assert re.search(r"k-nobody[^>]*>that it moves<", page)
    assert "no reason found" in page


def test_markup_in_an_article_stays_text() -> None:
    page = html.render(
        lint(analyse(read_text("<script>alert(1)</script> said <b>so</b>."), engine="baseline"))
    )
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_page_is_one_file() -> None:
    analysis, _ = parse("[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it would shut].")
    page = html.render(lint(analysis))
    assert not re.search(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert not re.search(r"url\((?!#)", page)
    assert not re.search(r"<[^>]+ style=", page)
    assert " onclick" not in page


def test_a_served_page_links_and_posts_to_its_server() -> None:
    analysis, _ = parse("[s1 anonymous withheld A source] [c1 said] [q1 it would shut].")
    made = lint(analysis)
    web = Web(
        rule_url="/rules/",
        dismiss_url="/articles/7/dismiss",
        token="t<k",
        nav=(("Articles", "/"), ("Rules & codes", "/rules")),
    )
    page = html.render(made, web=web)
    assert f'href="/rules/{made.findings[0].code}"' in page
    assert 'action="/articles/7/dismiss"' in page
    assert 'value="t&lt;k"' in page
    assert f'value="{made.findings[0].fingerprint}"' in page
    assert ">Rules &amp; codes</a>" in page
    assert "form-action 'self'" in html.policy(web)
    assert "form-action 'none'" in html.policy()
    assert 'method="post"' not in html.render(made)


def test_what_was_dismissed_is_folded_with_its_reason() -> None:
    source = (
        "# Bridge\n\n<!-- onrecord: ignore ANO002 the desk & lawyer know -->\n“The bridge will"
        " close in May,” a source said.\n"
    )
    (article,) = read(source.encode(), kind="markdown")
    assert isinstance(article, Article)
    made = lint(analyse(article, engine="baseline"), Settings(select=("ANO002",)))
    assert [f.code for f in made.dismissed] == ["ANO002"], made.findings
    folded = (
        html.render(made)
        .partition('<details class="gone set-aside">')[2]
        .partition("</details>")[0]
    )
    assert "<summary>1 dismissed, with its reason</summary>" in folded
    assert "Paragraph 1, ANO002 bare source (by a comment): the desk &amp; lawyer know" in folded
