"""Chromium for the tests of the pages, and axe-core where it is installed (`make axe`)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from onrecord.server import work

from ..server.conftest import Served, serving

CHROMIUM = shutil.which("chromium")
ROOT = Path(__file__).parents[2]
AXE = ROOT / "out" / "axe" / "package" / "axe.min.js"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of its own for each file of tests."""
    if CHROMIUM is None:
        pytest.skip("needs Debian's chromium: apt install chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def app() -> Iterator[Served]:
    """The web app, one for all tests that don't mind each other's articles."""
    pool, patience, work.START = work.Work(), work.START, 600.0
    pool.start()  # so that no test waits for that
    with serving(pool=pool) as served:
        yield served
    pool.close()
    work.START = patience


@pytest.fixture
def visit(browser: Browser) -> Iterator[Page]:
    """A page of a browser that remembers nothing yet; it asks no other host and nothing breaks."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(120_000)  # a machine may have other work
    faults: list[str] = []
    opened.on("pageerror", lambda e: faults.append(str(e)))
    opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
    opened.on("request", lambda r: None if "127.0.0.1" in r.url else faults.append(r.url))
    opened.faults = faults  # type: ignore[attr-defined]
    yield opened
    context.close()
    kept = [f for f in faults if "status of 4" not in f and not f.startswith(("data:", "file:"))]
    assert kept == []


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """What axe-core objects to on a page: a line for each element."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed for the tests: make axe")
    source = AXE.read_text("utf-8")

    def check(page: Page) -> list[str]:
        page.evaluate(source)
        found: dict[str, Any] = page.evaluate("axe.run(document)")
        assert len(found["passes"]) > 15, "axe-core did not look at the page"
        return [
            f"{v['id']} ({v['impact']}): {node['html'][:160]} {node['failureSummary'][:200]}"
            for v in found["violations"]
            for node in v["nodes"]
        ]

    return check
