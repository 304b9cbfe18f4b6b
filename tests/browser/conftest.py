"""Chromium for the tests of the pages, and axe-core where it is installed (`make axe`)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

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
