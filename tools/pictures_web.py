"""Make the screenshots of the web app in `docs/images` anew: a real server, Chromium, the examples.

Run knowingly (`make pictures`), and look at what it made before it is committed.
"""

import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Page, ViewportSize, sync_playwright

from onrecord.server.app import build
from onrecord.server.work import Work

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
EXAMPLES = ROOT / "examples"
DESK: ViewportSize = {"width": 1180, "height": 780}
PHONE: ViewportSize = {"width": 390, "height": 780}
PASTED = ("lighthouse-exclusive", "quay-repairs")


@contextmanager
def _serving(pool: Work) -> Iterator[str]:
    """A server's address, for as long as it is wanted."""
    config = uvicorn.Config(build(pool=pool), port=0, log_level="error", access_log=False)
    socket = config.bind_socket()
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    server.should_exit = True
    thread.join()


def _list(page: Page) -> None:
    page.wait_for_selector(".shelf tbody tr")


def _verify(page: Page) -> None:
    page.click("text=Saltmouth")
    page.click("text=Verify quotations")
    page.fill("#text", (EXAMPLES / "quay-council-transcript.txt").read_text("utf-8"))


def _verified(page: Page) -> None:
    _verify(page)
    page.click("button.go")
    page.wait_for_selector(".quotations")
    page.evaluate("document.querySelector('.quotations').closest('section').scrollIntoView()")


def _edited(page: Page) -> None:
    page.click("text=Saltmouth")
    page.click("text=Not now")
    page.click("button[data-do=edit]")
    page.evaluate(
        """() => {
          const block = document.querySelectorAll("#article .b")[4];
          getSelection().selectAllChildren(block);
          getSelection().collapseToEnd();
        }"""
    )
    page.keyboard.type(" An official who works on the quay said it would never open again.")
    page.wait_for_selector(".changes", timeout=120_000)
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _settings(page: Page) -> None:
    page.click("text=EXCLUSIVE")
    page.click("[data-do=settings]")


def _help(page: Page) -> None:
    page.click("text=Help")


PICTURES: dict[str, tuple[ViewportSize, dict[str, Any], Callable[[Page], None]]] = {
    "web-list.png": (DESK, {}, _list),
    "web-list-dark.png": (DESK, {"color_scheme": "dark"}, _list),
    "web-list-phone.png": (PHONE, {}, _list),
    "web-edited.png": (DESK, {}, _edited),
    "web-settings.png": (DESK, {}, _settings),
    "web-help.png": (DESK, {}, _help),
    "web-verified.png": (DESK, {}, _verified),
}


def main() -> int:
    """Take every picture; nothing is written where Chromium is missing."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("needs Debian's chromium: apt install chromium", file=sys.stderr)
        return 3
    pool = Work()
    pool.start()
    with _serving(pool) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name in PASTED:
            page = browser.new_page()
            page.set_default_timeout(120_000)
            page.goto(address)
            page.fill("#text", (EXAMPLES / f"{name}.txt").read_text("utf-8"))
            page.click("button.go")
            page.wait_for_selector("#article")
            page.close()
        for name, (size, options, act) in PICTURES.items():
            page = browser.new_page(
                viewport=size, locale="en-GB", reduced_motion="reduce", **options
            )
            page.set_default_timeout(120_000)
            page.goto(f"{address}/")
            act(page)
            page.wait_for_timeout(300)
            page.screenshot(path=IMAGES / name)
            page.close()
        browser.close()
    pool.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
