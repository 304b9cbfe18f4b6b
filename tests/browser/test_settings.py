"""Settings on the page: checked at once, remembered in the browser only, written as a file."""

import tomllib
from pathlib import Path

from playwright.sync_api import Browser, Page

from ..server.conftest import Served
from .use import STORY, paste


def open_settings(page: Page) -> None:
    page.click("[data-do=settings]")
    page.wait_for_selector("#settings[open]")


def test_a_family_that_is_off_finds_nothing_and_stays_off(visit: Page, app: Served) -> None:
    place = paste(visit, app.url, STORY.replace("two million", "four million"))
    assert visit.locator(".note[data-family=HED]").count() > 0
    open_settings(visit)
    visit.uncheck("label:has-text('Headline') input[type=checkbox]")
    visit.click("text=Check again")
    visit.wait_for_selector(".changes")
    assert visit.locator(".note[data-family=HED]").count() == 0
    visit.goto(place)
    assert visit.locator(".note[data-family=HED]").count() == 0
    assert not visit.is_checked("label:has-text('Headline') input[type=checkbox]")
    paste(visit, app.url, STORY.replace("two million", "five million"))
    assert visit.locator(".note[data-family=HED]").count() == 0, "for the next article too"
    open_settings(visit)
    visit.click("text=Back to the defaults")
    visit.wait_for_selector(".note[data-family=HED]")


def test_another_browser_knows_nothing_of_it(visit: Page, browser: Browser, app: Served) -> None:
    visit.goto(app.url)
    visit.click("summary:has-text('Settings')")
    visit.uncheck("label:has-text('Wording') input")
    visit.reload()
    visit.click("summary:has-text('Settings')")
    assert not visit.is_checked("label:has-text('Wording') input")
    other = browser.new_context()
    page = other.new_page()
    page.goto(app.url)
    page.click("summary:has-text('Settings')")
    assert page.is_checked("label:has-text('Wording') input")
    other.close()


def test_headline_outlet_and_date(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY.replace("two million", "six million"))
    open_settings(visit)
    visit.fill("#set-title", "Singer stays")
    visit.fill("#set-outlet", "Harbour Star")
    visit.fill("#set-published", "2026-05-04")
    visit.click("text=Check again")
    visit.wait_for_selector("h1.headline:text-is('Singer stays')")
    visit.reload()
    assert "Harbour Star" in visit.inner_text(".kicker")
    assert "4 May 2026" in visit.inner_text(".kicker")


def test_the_settings_are_saved_as_a_file(visit: Page, app: Served, tmp_path: Path) -> None:
    visit.goto(app.url)
    visit.click("summary:has-text('Settings')")
    visit.select_option("#set-profile", "wire")
    visit.fill("#set-ignore", "SRC112")
    with visit.expect_download() as waiting:
        visit.click("text=Save as onrecord.toml")
    assert waiting.value.suggested_filename == "onrecord.toml"
    file = tmp_path / "onrecord.toml"
    waiting.value.save_as(file)
    made = tomllib.loads(file.read_text("utf-8"))
    assert made == {"profile": "wire", "ignore": ["SRC112"]}


def test_what_the_rules_do_not_know_is_said_on_the_page(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY.replace("two million", "seven million"))
    open_settings(visit)
    visit.fill("#set-ignore", "ANO999")
    visit.click("text=Check again")
    visit.wait_for_selector(".editbar .state:text-matches('neither a rule nor a family of rules')")
