"""Giving articles: the example, several files, what is refused, another language, two to compare."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from ..server.conftest import Served, serving
from .use import EXAMPLES, QUAY, STORY, paste, text_of

FRENCH = (
    "Le pont fermera en mai\n\nLe maire a déclaré que le pont serait fermé pendant trois mois, et que"
    " les habitants de la ville devraient prendre le bac. Selon un conseiller, personne n'avait été"
    " consulté avant cette décision, que beaucoup regrettent.\n"
)


def test_the_start_says_what_it_is_and_opens_an_example(visit: Page) -> None:
    with serving() as fresh:
        visit.goto(fresh.url)
        assert "Nothing leaves this machine" in visit.inner_text(".lead")
        assert "forgotten when the server ends" in visit.inner_text("main")
        visit.click("text=Open an example")
        visit.wait_for_selector("#article")
        assert text_of(visit) == STORY


def test_several_files_become_a_list_by_concern(visit: Page) -> None:
    with serving() as fresh:
        visit.goto(fresh.url)
        files = [EXAMPLES / "quay-repairs.txt", EXAMPLES / "lighthouse-exclusive.txt"]
        visit.set_input_files("#file", files)
        visit.click("button.go")
        visit.wait_for_selector(".shelf tbody tr >> nth=1")
        rows = visit.locator(".shelf tbody tr")
        assert "EXCLUSIVE" in rows.nth(0).inner_text()
        cells = rows.nth(0).locator("td").all_inner_texts()
        assert cells[0] == "523"
        assert cells[1].endswith("%")
        assert int(cells[2]) > 5
        visit.click(".shelf thead >> text=Name")
        assert visit.locator("[aria-sort]").inner_text().startswith("Name")
        visit.click(".shelf thead >> text=Words")
        first = visit.locator(".shelf tbody td >> nth=0").inner_text()
        visit.click(".shelf thead >> text=Words")
        assert visit.locator(".shelf tbody td >> nth=0").inner_text() != first


def test_a_file_that_is_dropped_is_read(visit: Page, app: Served) -> None:
    visit.goto(app.url)
    visit.evaluate(
        """(words) => {
          const given = new DataTransfer();
          given.items.add(new File([words], "dropped.txt", { type: "text/plain" }));
          document.querySelector("form.give").dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
        }""",
        QUAY.replace("14 weeks", "15 weeks"),
    )
    visit.wait_for_selector("#article")
    assert "15 weeks" in text_of(visit)


@pytest.mark.parametrize("script", [True, False])
def test_what_is_refused_is_still_there(browser: Browser, app: Served, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    page.goto(app.url)
    page.fill("#text", "A draft nobody should lose.")
    page.fill("#outlet", "Quay Post")
    page.click("summary:has-text('Settings')")
    page.fill("[name=ignore]", "ANO999")
    page.click("button.go")
    page.wait_for_selector(".faults:visible")
    assert "neither a rule nor a family of rules" in page.inner_text(".faults")
    assert page.input_value("#text") == "A draft nobody should lose."
    assert page.input_value("#outlet") == "Quay Post"
    context.close()


def test_what_is_not_english_is_not_judged(visit: Page, app: Served) -> None:
    paste(visit, app.url, FRENCH)
    assert visit.inner_text(".deck") == "Not judged: this doesn’t look like English."
    assert visit.inner_text(".headrow h2") == "Not judged"
    assert visit.locator(".share, .fold").count() == 0


def test_two_files_are_compared(visit: Page, app: Served, tmp_path: Path) -> None:
    other = tmp_path / "later.txt"
    other.write_text(QUAY.replace("nobody loses a boat", "few lose a boat"), "utf-8")
    paste(visit, app.url, QUAY)
    visit.goto(f"{app.url}/compare")
    visit.select_option("#a", "")
    visit.click("button.go")
    visit.wait_for_selector(".faults:visible >> text=missing")
    visit.set_input_files("#file_a", EXAMPLES / "quay-repairs.txt")
    visit.set_input_files("#file_b", other)
    visit.click("button.go")
    visit.wait_for_selector("text=Statement by statement")
    assert visit.locator("ins").count() > 0


def test_a_saved_page_is_called_after_its_article(visit: Page, app: Served) -> None:
    paste(visit, app.url, QUAY)
    with visit.expect_download() as waiting:
        visit.click("text=Save as one file")
    name = waiting.value.suggested_filename
    assert name == "saltmouth-council-votes-to-close-fish-quay-for-repairs.html"


def test_paper_has_no_navigation(visit: Page, app: Served) -> None:
    paste(visit, app.url, QUAY)
    visit.emulate_media(media="print")
    for selector in (".pages", ".tools", ".stepper", ".offer", ".settings", ".editbar"):
        assert not visit.locator(selector).first.is_visible(), selector
    assert visit.locator(".deck").is_visible()
