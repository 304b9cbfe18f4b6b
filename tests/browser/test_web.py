"""The web app as a person uses it: paste, look, dismiss, export, verify, compare, phone,
keyboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from onrecord.dismissals.file import read_baseline
from onrecord.server.shelf import Shelf

from ..server.conftest import Served, serving

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = (EXAMPLES / "lighthouse-exclusive.txt").read_text("utf-8")
QUAY = (EXAMPLES / "quay-repairs.txt").read_text("utf-8")
PHONE: ViewportSize = {"width": 390, "height": 780}


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web") / "dismissed.json"


@pytest.fixture(scope="module")
def up(baseline: Path) -> Iterator[Served]:
    with serving(shelf=Shelf(baseline=baseline)) as served:
        yield served


@pytest.fixture
def page(browser: Browser, up: Served) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1180, "height": 900})
    faults: list[str] = []
    asked: list[str] = []
    opened.on("console", lambda m: faults.append(m.text))
    opened.on("pageerror", lambda e: faults.append(str(e)))
    opened.on("request", lambda r: asked.append(r.url))
    opened.goto(up.url)
    yield opened
    opened.close()
    assert faults == []
    assert all(url.startswith((up.url, "data:", "about:", "file:")) for url in asked)


def paste(page: Page, up: Served, text: str) -> str:
    """Paste an article; the address of its page."""
    page.goto(up.url)
    page.fill("#text", text)
    page.click("button.go")
    page.wait_for_selector("#article")
    return page.url


def test_paste_the_example_and_open_the_view(page: Page, up: Served) -> None:
    paste(page, up, STORY)
    assert page.eval_on_selector("#article", "e => e.textContent") == STORY
    assert page.locator(".note[data-n]").count() > 3
    page.click(".fold summary")
    page.click("button.voice >> nth=0")
    assert page.locator("#article .s.on").count() > 2, "the page's script runs under the policy"
    page.click("nav.pages >> text=Articles")
    assert page.locator(".shelf tbody tr").count() == 1
    assert "523" in page.inner_text(".shelf tbody tr")


def test_by_keyboard_alone(page: Page, up: Served) -> None:
    page.focus("#text")
    page.keyboard.insert_text(QUAY)
    for _ in range(9):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "go":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#article")


def test_a_file_is_opened(page: Page, up: Served) -> None:
    page.set_input_files("#file", EXAMPLES / "quay-repairs.txt")
    page.click("button.go")
    page.wait_for_selector("#article")
    assert "Saltmouth" in page.inner_text("h1")


def test_dismiss_a_finding(page: Page, up: Served, baseline: Path) -> None:
    paste(page, up, STORY)
    gone = page.locator(".note[data-n]").first
    mark = gone.locator("input[name=fingerprint]").get_attribute("value")
    gone.locator(".head b").click()
    gone.locator("summary").click()
    gone.locator("input[name=reason]").fill("Cleared by the lawyer & the “desk”.")
    gone.locator("form button").click()
    page.wait_for_selector(".note.dismissed")
    entry = read_baseline(baseline)[str(mark)]
    assert entry.reason == "Cleared by the lawyer & the “desk”."
    page.click(".note.dismissed >> text=Undo")
    page.wait_for_selector(".note.dismissed", state="detached")
    assert mark not in read_baseline(baseline)


def test_a_rule_has_a_page_of_its_own(page: Page, up: Served) -> None:
    page.goto(f"{up.url}/rules/ANO001")
    assert re.match(r"[A-Z]{3}\d{3}", page.inner_text("h1"))
    assert page.locator("blockquote mark").count() > 0


def test_verify_against_a_transcript(page: Page, up: Served) -> None:
    place = paste(page, up, QUAY)
    page.click("text=Verify quotations")
    page.set_input_files("#file", EXAMPLES / "quay-council-transcript.txt")
    page.click("button.go")
    page.wait_for_selector(".quotations")
    assert page.url == place
    assert page.locator(".quotations > li").count() > 2
    assert "quay-council-transcript.txt" in page.inner_text(".quotations")


def test_compare_two_versions(page: Page, up: Served) -> None:
    paste(page, up, QUAY)
    paste(
        page, up, QUAY.replace("nobody loses a boat", "few lose a boat").replace("22 ve", "12 ve")
    )
    page.goto(f"{up.url}/compare")
    page.click("button.go")  # the two latest are chosen
    page.wait_for_selector("text=Statement by statement")
    facts = page.inner_text("main")
    assert "reworded" in facts
    assert re.search(r"[1-9]\d* quotations? changed", facts), facts[:400]


def test_the_export_opens_without_a_server(page: Page, up: Served, tmp_path: Path) -> None:
    paste(page, up, STORY)
    with page.expect_download() as waiting:
        page.click("text=Save as one file")
    file = tmp_path / "page.html"
    waiting.value.save_as(file)
    page.context.set_offline(True)
    page.goto(file.as_uri())
    assert page.eval_on_selector("#article", "e => e.textContent") == STORY
    page.context.set_offline(False)


@pytest.mark.parametrize("path", ["/", "/rules", "/rules/ANO001", "/compare"])
def test_on_a_phone_nothing_is_cut_off(page: Page, up: Served, path: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(up.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/", "/rules", "/rules/ANO001", "/compare", "VIEW", "VIEW/verify"]
)
def test_axe_objects_to_nothing(
    page: Page, up: Served, axe: Callable[[Page], list[str]], path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(path.replace("VIEW", paste(page, up, QUAY)) if "VIEW" in path else up.url + path)
    assert axe(page) == []


def test_forget(page: Page, up: Served) -> None:
    place = paste(page, up, STORY)
    page.goto(up.url)
    count = page.locator(".shelf tbody tr").count()
    page.click(".shelf button >> nth=0")
    page.wait_for_url(f"{up.url}/")
    assert page.locator(".shelf tbody tr").count() == count - 1
    answer = page.request.get(place)
    assert answer.status == 404
