"""An edited article: what was known of its paragraphs stays; the settings of the page."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from onrecord import Article, Settings, read
from onrecord.config import load
from onrecord.server.choices import Choices, as_toml, families, settings
from onrecord.server.drafts import Recheck, edited
from onrecord.server.faults import RequestError
from onrecord.text.spans import text_of

PAGE = (
    b"# Quay to close\n\nBy Ann Lee\n\nThe [report](https://quay.example/report) came out on Monday."
    b"\n\n<!-- onrecord: ignore ANO002 the desk knows -->\nA source said it would close.\n"
)


@pytest.fixture
def article() -> Article:
    (found,) = read(PAGE, kind="markdown")
    assert isinstance(found, Article)
    head, line, *rest = found.blocks
    byline = msgspec.structs.replace(line, role="byline")
    return msgspec.structs.replace(found, blocks=(head, byline, *rest))


def draft(article: Article, text: str | None = None, **more: object) -> Article:
    given = Recheck(analysis=b"", text=text, settings=Settings(), **more)  # type: ignore[arg-type]
    return edited(article, given)


def test_an_unchanged_article_is_itself(article: Article) -> None:
    assert draft(article) is article
    assert draft(article, article.text) == article


def test_roles_links_and_comments_go_with_their_paragraphs(article: Article) -> None:
    text = article.text.replace("By Ann Lee", "By Ann Lee\n\nIt rained.").replace(
        "Quay", "Old quay"
    )
    made = draft(article, text)
    words = {text_of(text, b.span): b.role for b in made.blocks}
    assert words["Old quay to close"] == "headline"
    assert words["By Ann Lee"] == "byline"
    assert words["It rained."] == "paragraph"
    (link,) = made.links
    assert text_of(text, link.span) == "report"
    (comment,) = made.comments
    assert comment.before is not None
    assert text[comment.before :].startswith("A source said")
    assert made.id != article.id
    assert all(made.text[b.span.start : b.span.end].strip() for b in made.blocks)


def test_a_headline_typed_apart_takes_the_headlines_place(article: Article) -> None:
    made = draft(article, title="Quay stays  open")
    assert made.text.startswith("Quay stays open\n\nBy Ann Lee")
    assert made.blocks[0].role == "headline"


def test_what_is_no_article_is_said(article: Article) -> None:
    with pytest.raises(RequestError, match="nothing left"):
        draft(article, " \n ")
    with pytest.raises(RequestError, match="characters"):
        draft(article, "word " * 100_000)


def test_choices_lie_on_top_of_the_configuration() -> None:
    base = Settings(ignore=("SRC112",))
    made = settings(base, Choices(off=("LAN",), ignore="ano002, HED301", profile="wire"))
    assert made.ignore[:4] == ("SRC112", "LAN", "ANO002", "HED301")
    assert made.profile == "wire"
    assert settings(base, None) is base
    with pytest.raises(RequestError) as fault:
        settings(base, Choices(ignore="ANO999"))
    assert fault.value.status == 422
    assert "ANO999" in fault.value.where


def test_the_file_says_what_the_page_says(tmp_path: Path) -> None:
    chosen = Choices(
        profile="wire", standard="ap", off=(families()[0],), ignore="SRC112", preview=True
    )
    text = as_toml(chosen, 'Harbour "Star"')
    assert tomllib.loads(text)["ignore"] == [families()[0], "SRC112"]
    (tmp_path / "onrecord.toml").write_text(text, "utf-8")
    assert load(tmp_path) == settings(Settings(), chosen)
    (tmp_path / "onrecord.toml").write_text(as_toml(None, ""), "utf-8")
    assert load(tmp_path) == Settings()
