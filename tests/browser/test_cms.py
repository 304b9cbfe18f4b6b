"""The example of a CMS in Chromium: another origin than the server's, a real text box."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.server.conftest import Served, serving

CMS = Path(__file__).parents[2] / "examples" / "cms"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The CMS's own server."""
    made = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(CMS)))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://localhost:{made.server_address[1]}"
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def up(browser: Browser, site: str) -> Iterator[Served]:
    """onrecord, with a token and for this CMS only."""
    with serving(token="secret", origins=(site,)) as served:
        yield served


@pytest.fixture
def page(browser: Browser, site: str, up: Served) -> Iterator[Page]:
    context = browser.new_context()
    made = context.new_page()
    said: list[str] = []
    made.on("pageerror", lambda error: said.append(str(error)))
    made.goto(f"{site}/?server={up.url}&token=secret")
    made.wait_for_selector("#findings li", timeout=90_000)
    yield made
    assert said == []
    context.close()


def test_findings_stand_beside_the_text_and_select_their_words(page: Page) -> None:
    button = page.locator("#findings button", has_text="a source").first
    button.click()
    selected = page.evaluate(
        "() => { const d = document.getElementById('draft');"
        " return d.value.slice(d.selectionStart, d.selectionEnd); }"
    )
    assert selected == "a source", "behind an emoji, in UTF-16"


def test_an_edit_is_checked_again(page: Page) -> None:
    draft = page.locator("#draft")
    draft.fill("Quay to close\n\nThe quay will close in May, the mayor, Ann Lee, said.")
    page.wait_for_function(
        "() => !document.getElementById('findings').textContent.includes('a source')",
        timeout=90_000,
    )
    draft.fill(
        "Quay to close\n\nThe quay will close in May, an insider said. <img src=x onerror=alert(1)>"
    )
    page.wait_for_selector("#findings button:has-text('an insider')", timeout=90_000)
    assert page.locator("#findings img").count() == 0


def test_another_site_may_not(browser: Browser, site: str, up: Served) -> None:
    page = browser.new_page()
    page.goto(f"{site.replace('localhost', '127.0.0.1')}/?server={up.url}&token=secret")
    page.wait_for_function(
        "() => document.getElementById('state').textContent.includes('No answer')", timeout=90_000
    )
    page.close()
