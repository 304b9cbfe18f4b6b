"""How the pages look: widths, zoom, colours, sizes, weight; and axe on every state of them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ..server.conftest import Served
from .use import STORY, paste

PATHS = ("/", "/help", "/compare", "/rules", "VIEW")
SMALLEST = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const look = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    if (pseudo && (style.content === "none" || style.content === "normal" || style.content === '""')) return;
    if (parseFloat(style.fontSize) < 13) found.push([element.tagName, element.className.toString(), pseudo || "", style.fontSize]);
  };
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, .patterns")) continue;
    look(element);
  }
  for (const element of document.querySelectorAll("body *")) for (const pseudo of ["::before", "::after"]) look(element, pseudo);
  return found;
}"""


@pytest.fixture(scope="module")
def view(browser: Browser, app: Served) -> str:
    page = browser.new_page()
    place = paste(page, app.url, STORY)
    page.close()
    return place


def address(app: Served, view: str, path: str) -> str:
    return view if path == "VIEW" else app.url + path


@pytest.mark.parametrize("width", [390, 720, 820, 1440])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_cut_off(
    browser: Browser, app: Served, view: str, path: str, width: int
) -> None:
    """720 is 1,440 at a zoom of 200 %."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address(app, view, path))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_smaller_than_13_pixels(
    browser: Browser, app: Served, view: str, path: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address(app, view, path))
    assert page.evaluate(SMALLEST) == []
    page.close()


def test_there_is_one_right_edge(browser: Browser, view: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(view)
    edges = page.evaluate(
        """[".mast", ".share", ".sheet", ".panels", "footer"].map((s) =>
          Math.round(document.querySelector(s).getBoundingClientRect().right))"""
    )
    assert len(set(edges)) == 1, edges
    page.close()


def test_forced_colours_leave_the_marks(browser: Browser, view: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(view)
    page.keyboard.press("j")
    lines: dict[str, Any] = page.evaluate(
        """Object.fromEntries(["person", "anonymous", "group"].map((kind) => {
          const e = document.querySelector(`#article .k-${kind}`);
          return [kind, getComputedStyle(e).textDecorationStyle];
        }))"""
    )
    assert lines == {"person": "solid", "anonymous": "wavy", "group": "dashed"}
    active = "getComputedStyle(document.querySelector('.note.active')).outlineStyle"
    assert page.evaluate(active) == "solid"
    page.close()


def test_a_page_without_its_article_is_under_300_kb(browser: Browser, app: Served) -> None:
    page = browser.new_page()
    place = paste(page, app.url, "Nothing\n\nIt rained.\n")
    assert len(page.request.get(place).body()) < 300_000
    exported = page.request.get(f"{place}/export")
    assert len(exported.body()) < 300_000
    assert not re.search(r"https?://", exported.text().partition("</style>")[2][:200])
    page.close()


def _editing(page: Page) -> None:
    page.click("button[data-do=edit][aria-pressed]")


def _rule(page: Page) -> None:
    page.keyboard.press("j")
    page.click(".note.active .rulelink")
    page.wait_for_selector("dialog.page[open] h2")


def _settings(page: Page) -> None:
    page.click("[data-do=settings]")


def _tour(page: Page) -> None:
    page.click(".tools [data-do=tour]")
    page.wait_for_selector("dialog.tour[open]")


def _voices(page: Page) -> None:
    page.click(".fold summary")
    page.click("button.voice >> nth=1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("act", [_editing, _rule, _settings, _tour, _voices])
def test_axe_objects_to_nothing(
    browser: Browser,
    view: str,
    axe: Callable[[Page], list[str]],
    scheme: str,
    act: Callable[[Page], None],
) -> None:
    page = browser.new_page(
        viewport={"width": 1280, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto(view)
    act(page)
    assert axe(page) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/help", "/compare"])
def test_axe_objects_to_nothing_elsewhere(
    browser: Browser, app: Served, axe: Callable[[Page], list[str]], scheme: str, path: str
) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(app.url + path)
    assert axe(page) == []
    page.close()
