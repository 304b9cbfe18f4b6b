"""The reading view as a person uses it: chains by keyboard, evidence, rules, print, phone, dark."""

import io
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from urllib.parse import parse_qs

import pypdf
import pytest
from playwright.sync_api import Browser, Page, Route

from onrecord import Analysis, Article, Lint, analyse, lint, read
from onrecord.ingest import read_text
from onrecord.report import html
from onrecord.report.comparison.diff import compare
from onrecord.report.comparison.render import compare_page
from onrecord.report.voices import KINDS
from onrecord.report.web import Web
from onrecord.testing import parse

EXAMPLES = Path(__file__).parents[2] / "examples"
Axe = Callable[[Page], list[str]]
EVERY_KIND = (
    "Harbour to shut ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the harbour would shut]."
    " [s2 spokesperson=Board A spokesman for the Board] [c2 said] [q2 nobody had been asked]."
    " [s3 organisation=Harbour_Board The Harbour Board] [c3 said] [q3 it would sell its boats]."
    " [s4 document=report A report] [c4 found] [q4 rust in every girder]."
    " [s5 outlet=Harbour_Star The Harbour Star] [c5 reported] [q5 that the crane had moved]."
    " [s6 author I] [c6 saw] [q6 two gulls on the rail]. [s7 group=critics Critics] [c7 say]"
    " [q7 it leaks]."
    " [s8 anonymous withheld A source] [c8 said] [q8 the mayor knew]. [s9 unknown They] [c9 said]"
    " [q9 it rained]."
    " [c10 It is said] [q10 that the tide turned]."
)


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    found = read(EXAMPLES / "lighthouse-exclusive.txt", outlet="Harbour Star")
    return analyse(next(a for a in found if isinstance(a, Article)))


@pytest.fixture(scope="module")
def checked(analysis: Analysis) -> Lint:
    return lint(analysis)


@pytest.fixture(scope="module")
def file(checked: Lint, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("reading") / "page.html"
    path.write_text(html.render(checked), "utf-8")
    return path.as_uri()


@pytest.fixture
def page(browser: Browser, file: str) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    opened.on("console", lambda m: faults.append(m.text))
    opened.on("pageerror", lambda e: faults.append(str(e)))
    opened.goto(file)
    yield opened
    opened.close()
    assert faults == []


def test_a_chain_of_hearsay_is_followed_by_keyboard(page: Page) -> None:
    at = page.locator("#article .s.f[data-m*='›']").first
    at.focus()
    page.keyboard.press("Enter")
    voices = page.locator(".card button.voice")
    names = voices.all_inner_texts()
    assert len(names) > 1
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == voices.nth(0).text_content()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == voices.nth(1).text_content()
    outer = voices.nth(1).get_attribute("data-voice")
    page.keyboard.press("Enter")
    assert page.locator(f"tr[data-voice={outer}] button[aria-pressed=true]").count() == 1
    assert page.is_visible(".filter")
    page.keyboard.press("Escape")
    assert not page.is_visible(".filter")
    assert page.locator("#article .b.off").count() == 0


def test_escape_gives_the_focus_back_and_arrows_go_on(page: Page) -> None:
    stops = page.locator("#article .s.f")
    stops.nth(2).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    here = "document.activeElement.dataset.a"
    assert page.evaluate(here) == stops.nth(2).get_attribute("data-a")
    page.keyboard.press("ArrowRight")
    assert page.evaluate(here) == stops.nth(3).get_attribute("data-a")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(here) == stops.nth(2).get_attribute("data-a")


def test_a_note_shows_its_evidence_and_its_rule(page: Page, checked: Lint) -> None:
    number, finding = next((n, f) for n, f in enumerate(checked.findings, 1) if len(f.related) > 1)
    page.click(f"#n1-f{number} .head b")
    assert page.locator("#article .e.lit").count() >= len(finding.related)
    page.click(f"#n1-f{number} a[data-e='{number}.1']")
    assert page.locator("#article .at").count() == 1
    page.click(f"#n1-f{number} .rulelink")
    assert "Why it matters" in page.inner_text("dialog.page[open]")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_the_summary_is_copied_as_text(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("text=Copy summary")
    page.wait_for_selector("text=Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("EXCLUSIVE: ")
    assert "Who speaks" in copied
    assert "no verdict on its truth" in copied


def test_the_export_needs_no_network(browser: Browser, file: str) -> None:
    context = browser.new_context(offline=True)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda r: asked.append(r.url))
    opened.goto(file)
    opened.click(".fold summary")
    opened.click("button.voice >> nth=0")
    assert opened.locator("#article .on").count() > 3
    assert asked == [file]
    context.close()


def test_it_prints_on_two_pages_with_the_chains(page: Page) -> None:
    page.click(".fold summary")
    page.click("button.voice >> nth=0")  # what is filtered on the screen is whole on paper
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(paper.pages) <= 2
    words = " ".join(sheet.extract_text() for sheet in paper.pages)
    assert "At second hand" in words
    assert "insiders" in words
    assert "Copy summary" not in words
    assert "a long winter" in words


def test_a_phone(browser: Browser, file: str, checked: Lint) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    opened = context.new_page()
    opened.goto(file)
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    opened.tap("#article .s.f.k-person >> nth=0")
    assert "named person" in opened.inner_text(".card")
    assert opened.locator(".card").bounding_box()["width"] == 390  # type: ignore[index]
    opened.keyboard.press("Escape")
    opened.tap("#article .ref >> nth=1")
    assert checked.findings[1].message[1:] in opened.inner_text(".card")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_has_nothing_to_say(
    browser: Browser, file: str, axe: Axe, scheme: str, width: int
) -> None:
    opened = browser.new_page(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    opened.goto(file)
    assert axe(opened) == []
    opened.click("#article .s.f >> nth=0")
    opened.wait_for_selector(".card:visible")
    assert axe(opened) == []
    opened.keyboard.press("Escape")
    opened.click(".rules summary >> nth=0")
    assert axe(opened) == []
    opened.close()


def test_axe_has_nothing_to_say_on_a_comparison(
    browser: Browser, axe: Axe, analysis: Analysis, tmp_path: Path
) -> None:
    path = tmp_path / "compare.html"
    path.write_text(compare_page(compare(analysis, parse(EVERY_KIND)[0])), "utf-8")
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    opened.goto(path.as_uri())
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    assert axe(opened) == []
    opened.close()


def test_axe_has_nothing_to_say_on_several_articles(
    browser: Browser, axe: Axe, checked: Lint, tmp_path: Path
) -> None:
    path = tmp_path / "two.html"
    path.write_text(html.render_many([checked, lint(parse(EVERY_KIND)[0])]), "utf-8")
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(path.as_uri())
    assert axe(opened) == []
    opened.click("section[data-name=n2] button.voice >> nth=0")
    assert opened.locator("#article-n2 .on").count() > 0
    assert opened.locator("#article-n1 .on").count() == 0
    opened.close()


HOSTILE = (
    "A\u00a0line\twith  spaces\n  and \u202emore\u202c\n\n\n“<i>Ünïcode 👩‍🚀” said Ann Lee.\n"
    " \n&amp; the end\r\n",
    "\n\n  lead \n\n",
    "<script>document.title='broken'</script> \"x\" said </div></p><p id=article>",
)


@pytest.mark.parametrize("words", HOSTILE)
def test_the_text_is_the_text_in_a_browser(browser: Browser, words: str, tmp_path: Path) -> None:
    article = read_text(words)
    path = tmp_path / "hostile.html"
    path.write_text(html.render(lint(analyse(article, engine="baseline"))), "utf-8", newline="")
    opened = browser.new_page()
    opened.goto(path.as_uri())
    assert opened.eval_on_selector("#article", "e => e.textContent") == article.text
    assert opened.title() != "broken"
    opened.close()


def test_dark_mode_is_dark(browser: Browser, file: str) -> None:
    opened = browser.new_page(color_scheme="dark")
    opened.goto(file)
    assert opened.evaluate("getComputedStyle(document.documentElement).backgroundColor") == (
        "rgb(22, 21, 19)"
    )
    opened.close()


@pytest.fixture
def kinds(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A page that has a statement of every kind."""
    path = tmp_path / "kinds.html"
    path.write_text(html.render(lint(parse(EVERY_KIND)[0])), "utf-8")
    opened = browser.new_page(device_scale_factor=2)
    opened.goto(path.as_uri())
    yield opened
    opened.close()


def test_kinds_differ_without_colour(kinds: Page) -> None:
    looks = kinds.evaluate(
        """[...document.querySelectorAll("#article .s.f")].map((e) => {
          const s = getComputedStyle(e);
          return [e.dataset.m, s.textDecorationStyle + s.textDecorationThickness];
        })"""
    )
    assert len(looks) == len(KINDS)
    assert len({mark for mark, _ in looks}) == len(KINDS)
    assert len({line for _, line in looks}) >= 5


def test_the_fills_differ_in_greyscale(kinds: Page, browser: Browser) -> None:
    chips = kinds.locator(".legend .chip")
    assert chips.count() == len(KINDS)
    grey = browser.new_page()
    rows = []
    for n in range(chips.count()):
        data = chips.nth(n).screenshot()
        rows.append(
            grey.evaluate(
                """async (bytes) => {
                  const map = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
                  const canvas = new OffscreenCanvas(40, 20).getContext("2d");
                  canvas.drawImage(map, 0, 0);
                  const p = canvas.getImageData(0, 0, 40, 20).data;
                  return Array.from({ length: 800 }, (_, i) => 0.2126 * p[4*i] + 0.7152 * p[4*i+1] + 0.0722 * p[4*i+2]);
                }""",
                list(data),
            )
        )
    for one, two in combinations(rows, 2):
        apart = sum(abs(a - b) for a, b in zip(one, two, strict=True)) / len(one)
        assert apart > 12, "two fills look alike in grey"
    grey.close()


def test_a_finding_is_dismissed_with_a_reason(browser: Browser, checked: Lint) -> None:
    web = Web(dismiss_url="/articles/1/dismiss", token="secret")
    served = html.render(checked, web=web)
    posted: list[dict[str, list[str]]] = []

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(parse_qs(route.request.post_data or ""))
            route.fulfill(status=200, content_type="application/json", body="{}")
        else:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=served)

    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.route("http://localhost/**", answer)
    opened.goto("http://localhost/articles/1")
    opened.click("#n1-f2 .head b")
    opened.click("#n1-f2 .dismiss summary")
    opened.fill("#n1-f2 input[name=reason]", "the desk knows who it is")
    opened.click("#n1-f2 .dismiss button")
    opened.wait_for_selector("#n1-f2.dismissed")
    finding = checked.findings[1]
    assert posted == [
        {
            "token": ["secret"],
            "fingerprint": [finding.fingerprint],
            "code": [finding.code],
            "reason": ["the desk knows who it is"],
        }
    ]
    opened.close()
