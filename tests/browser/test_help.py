"""The guided look at the page, and the help page with its marked paragraph."""

from playwright.sync_api import Page

from ..server.conftest import Served
from .use import STORY, paste


def test_five_steps_are_offered_once_and_dismissed(visit: Page, app: Served) -> None:
    place = paste(visit, app.url, STORY)
    visit.click(".offer >> text=How to read this page")
    said = []
    for n in range(1, 6):
        assert visit.inner_text(".tour [role=status]") == f"{n} of 5"
        said.append(visit.inner_text(".tour li:not([hidden])"))
        assert visit.locator(".toured").count() == 1
        if n < 5:
            visit.keyboard.press("Enter")
    assert len(set(said)) == 5
    visit.keyboard.press("Escape")
    assert visit.locator("dialog.tour[open], .toured, .offer").count() == 0
    visit.goto(place)
    assert visit.locator(".offer").count() == 0
    visit.click(".tools [data-do=tour]")
    assert visit.locator("dialog.tour[open]").count() == 1


def test_the_help_page_shows_a_marked_paragraph(visit: Page, app: Served) -> None:
    visit.goto(f"{app.url}/help")
    picture = visit.locator(".picture .text")
    assert picture.locator(".s.k-person").count() > 0
    assert picture.locator(".s.k-anonymous").count() > 0
    assert picture.locator(".s.d2").count() > 0
    assert picture.locator(".ref").count() == 1
    style = visit.eval_on_selector(
        ".picture .k-anonymous", "e => getComputedStyle(e).textDecorationStyle"
    )
    assert style == "wavy"
