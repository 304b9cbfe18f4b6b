"""The page in Chromium, as a person uses it: hover, keyboard, a voice, print, no network."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from onrecord import Article, Context, Material, analyse, lint, read, read_materials, verify
from onrecord.report import html

CHROMIUM = shutil.which("chromium")
EXAMPLE = Path(__file__).parents[2] / "examples" / "lighthouse-exclusive.txt"
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs Debian's chromium: apt install chromium"
)


@pytest.fixture(scope="module")
def article() -> Article:
    return next(a for a in read(EXAMPLE, outlet="Harbour Star") if isinstance(a, Article))


@pytest.fixture(scope="module")
def page(article: Article, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(html.render(lint(analyse(article))), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        errors: list[str] = []
        opened.errors = errors  # type: ignore[attr-defined]
        opened.on("console", lambda m: errors.append(m.text))
        opened.on("pageerror", lambda e: errors.append(str(e)))
        opened.goto(path.as_uri())
        yield opened
        browser.close()


def test_the_article_is_the_article_and_nothing_is_blocked(page: Page, article: Article) -> None:
    assert page.eval_on_selector("#article", "e => e.textContent") == article.text
    assert page.errors == []  # type: ignore[attr-defined]


def test_the_style_applies_under_the_policy(page: Page) -> None:
    style = page.eval_on_selector(".k-anonymous", "e => getComputedStyle(e).textDecorationStyle")
    assert style == "wavy"


def test_a_statement_shows_its_chain_on_hover_and_focus(page: Page) -> None:
    page.hover("#article .s.k-anonymous >> nth=0")
    page.wait_for_selector(".card:visible")
    assert "unnamed source" in page.inner_text(".card")
    assert page.locator("#article .s.hot").count() > 3
    page.keyboard.press("Tab")  # from here on the keyboard drives
    page.focus("#article .s.f.k-person >> nth=0")
    assert "named person" in page.inner_text(".card")
    page.keyboard.press("Escape")
    assert not page.is_visible(".card")


def test_a_voice_shows_only_what_it_says(page: Page, article: Article) -> None:
    page.click(".fold summary")
    page.click("button.voice >> nth=0")
    assert page.get_attribute("button.voice >> nth=0", "aria-pressed") == "true"
    assert page.locator("#article .s.on").count() > 3
    assert page.locator(".text.dim").count() == 1
    hidden = page.locator("#article .b.off")
    assert hidden.count() > 3
    assert not hidden.first.is_visible()
    assert page.eval_on_selector("#article", "e => e.textContent") == article.text
    assert "Only" in page.inner_text(".filter")
    page.keyboard.press("Escape")
    assert page.locator(".s.on").count() == 0


def test_findings_and_their_places_link_to_each_other(page: Page) -> None:
    for number in range(1, page.locator(".note[data-n]").count() + 1):
        assert page.locator(f"#n1-f{number}").count() == 1
        assert page.locator(f"#n1-r{number}").count() == 1


def test_nothing_is_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_panel_of_quotations(page: Page, tmp_path: Path) -> None:
    folder = EXAMPLE.parent
    story = next(a for a in read(folder / "quay-repairs.txt") if isinstance(a, Article))
    found = read_materials([folder / "quay-council-transcript.txt"])
    made = verify(story, [m for m in found if isinstance(m, Material)])
    checked = lint(Context(analysis=made.analysis, verdicts=made.verdicts))
    path = tmp_path / "panel.html"
    path.write_text(html.render_many([checked], verifications=[made]), "utf-8")
    assert page.context.browser is not None
    opened = page.context.browser.new_page()
    opened.set_viewport_size({"width": 390, "height": 844})
    opened.goto(path.as_uri())
    fault = opened.locator(".quotations .fault")
    assert fault.count() == 1
    assert fault.locator("del").inner_text() == "I don't think anybody"
    assert fault.locator("ins").inner_text() == "nobody"
    wide = opened.evaluate("document.documentElement.scrollWidth")
    opened.close()
    assert wide <= 390


STORY = """Harbour to close

“We will close the harbour in May,” Ann Lee said. “Nobody asked the crews,” Bo Winter said.

“The crane is safe,” Ann Lee said. “I was there at six,” Bo Winter said.
"""
NOTES = """LEE: We will not close the harbour in May. The crane is safe.

WINTER: Everybody asked the crews. I was there at six.
"""


@pytest.fixture
def held(page: Page, tmp_path: Path) -> Iterator[Page]:
    """The page of a story that was held against notes, two of four quotations changed."""
    (tmp_path / "story.txt").write_text(STORY, "utf-8")
    (tmp_path / "notes.txt").write_text(NOTES, "utf-8")
    story = next(a for a in read(tmp_path / "story.txt") if isinstance(a, Article))
    notes = [m for m in read_materials([tmp_path / "notes.txt"]) if isinstance(m, Material)]
    made = verify(story, notes)
    checked = lint(Context(analysis=made.analysis, verdicts=made.verdicts))
    path = tmp_path / "held.html"
    path.write_text(html.render_many([checked], verifications=[made]), "utf-8")
    assert page.context.browser is not None
    opened = page.context.browser.new_page()
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def test_one_goes_from_fault_to_fault(held: Page) -> None:
    at = held.locator(".held .where")
    assert at.inner_text() == "2 to answer"
    held.click(".held [data-held='1']")
    assert at.inner_text() == "1 of 2"
    assert "active" in (held.locator(".quotations .fault").nth(0).get_attribute("class") or "")
    held.keyboard.press("j")
    assert at.inner_text() == "2 of 2"
    held.keyboard.press("j")
    assert at.inner_text() == "2 of 2"
    held.keyboard.press("k")
    assert at.inner_text() == "1 of 2"
    assert held.locator(".note.active").count() == 0


def test_a_fault_is_answered_or_dismissed_and_all_go_into_a_table(held: Page) -> None:
    first, second = held.locator(".quotations .fault").all()
    first.locator("[data-held=dismiss]").click()
    assert first.locator(".answered").is_hidden()  # a dismissal has a reason
    first.locator("[name=answer]").fill("=the notes say “not”, and so does the tape")
    first.locator("[data-held=dismiss]").click()
    assert first.locator(".answered").inner_text().startswith("Dismissed: =the notes say")
    assert held.locator(".held .where").inner_text() == "1 to answer"
    second.locator("[name=answer]").fill("heard it myself")
    second.locator("[name=answer]").press("Enter")
    assert second.locator(".answered").inner_text().startswith("Answered: heard it myself")
    held.reload()
    assert first.locator(".answered").inner_text().startswith("Dismissed: =the notes say")
    with held.expect_download() as coming:
        held.click("[data-held=save]")
    table = Path(coming.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["verdict"].split(":")[0] for row in rows] == [
        "altered",
        "altered",
        "exact",
        "exact",
    ]
    assert rows[0]["answer"] == "'=the notes say “not”, and so does the tape"
    assert [row["dismissed"] for row in rows] == ["yes", "", "", ""]
    assert rows[0]["speaker"] == "Ann Lee"
    assert "not" in rows[0]["passage"]
    first.locator("[data-held=undo]").click()
    assert first.locator(".answered").is_hidden()
    assert first.locator("[name=answer]").is_visible()
