"""The list of findings: by voice and concern, in view, next and previous, dismissed in place."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from onrecord import Article, Finding, Lint, Settings, Span, analyse, lint, read
from onrecord.ingest import read_text
from onrecord.report import html

from ..server.conftest import Served
from .use import SHORT, STORY, paste


def numbers(page: Page) -> list[str]:
    return page.locator(".note[data-n]:not([hidden]) .number").all_inner_texts()


def test_j_and_k_go_through_the_list_as_it_stands(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY)
    order = numbers(visit)
    visit.keyboard.press("j")
    assert visit.inner_text(".note.active .number") == order[0]
    visit.keyboard.press("j")
    assert visit.inner_text(".note.active .number") == order[1]
    assert visit.inner_text(".stepper .where") == f"2 of {len(order)}"
    assert visit.locator("#article .lit").count() > 0
    visit.keyboard.press("k")
    assert visit.inner_text(".note.active .number") == order[0]
    visit.focus(".note.active .number")
    visit.keyboard.press("ArrowDown")
    assert visit.evaluate("document.activeElement.textContent") == order[1]
    visit.click("[data-do=previous]")
    assert visit.inner_text(".note.active .number") == order[0]


def test_the_list_stays_in_view_and_its_places_are_numbered(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY)
    visit.evaluate("document.querySelector('.panels').scrollIntoView({ block: 'end' })")
    visit.evaluate("document.querySelectorAll('#article .b')[9].scrollIntoView()")
    box = visit.locator(".headrow").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 200
    header = visit.locator(".mast").bounding_box()
    assert header is not None
    assert header["y"] == 0, "the header stays"
    for note in visit.locator(".note[data-n]").all():
        place = note.locator(".head .code").text_content() or ""
        ref = visit.locator(f"#article .ref[data-n='{note.get_attribute('data-n')}']")
        shown = ref.evaluate("e => e.closest('.b').dataset.p || null")
        assert f"paragraph {shown}" in place if shown else "the headline" in place


def test_one_concern_alone(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY)
    everything = len(numbers(visit))
    visit.click(".families button[data-family=HED]")
    assert 0 < len(numbers(visit)) < everything
    assert set(visit.locator(".note:not([hidden])").evaluate_all(
        "all => all.map(e => e.dataset.family)"
    )) == {"HED"}  # fmt: skip
    visit.keyboard.press("Escape")
    assert len(numbers(visit)) == everything


def test_severity_is_a_mark_with_words_for_who_cannot_see_it(visit: Page, app: Served) -> None:
    paste(visit, app.url, STORY)
    head = visit.locator(".note.warning .head").first
    assert head.locator(".severity").inner_text() == "△"
    assert "worth asking" in (head.text_content() or "")
    assert not re.search(r"\bwarning\b", head.inner_text())


def test_a_dismissal_keeps_the_place_shows_its_reason_and_is_undone(
    visit: Page, app: Served
) -> None:
    place = paste(visit, app.url, STORY.replace("two million", "three million"))
    before = numbers(visit)
    visit.click(".note[data-n='5'] .head b")
    down = visit.evaluate("scrollY")
    visit.click(".note.active .dismiss summary")
    visit.fill(".note.active [name=reason]", "a figure of speech")
    visit.press(".note.active [name=reason]", "Enter")
    visit.wait_for_selector(".note.dismissed")
    assert visit.evaluate("scrollY") == down
    assert "Dismissed: a figure of speech" in visit.inner_text(".note.dismissed")
    assert visit.inner_text(".headrow .count") == str(len(before) - 1)
    visit.click(".note.dismissed >> text=Undo")
    visit.wait_for_selector(".note.dismissed", state="detached")
    visit.goto(place)
    assert numbers(visit) == before


def test_the_last_finding_can_be_dismissed_too_and_comes_back(visit: Page, app: Served) -> None:
    place = paste(visit, app.url, SHORT.replace("May", "winter"))
    for n in range(len(numbers(visit))):
        visit.click(".note:not(.dismissed) >> nth=0 >> .head b")
        visit.click(".note.active .dismiss summary")
        visit.fill(".note.active [name=reason]", f"reason {n}")
        visit.click(".note.active .dismiss button")
        visit.wait_for_selector(f".note.dismissed >> nth={n}")
    assert visit.inner_text(".headrow .count") == "0"
    visit.goto(place)
    assert visit.inner_text(".headrow h2") == "Nothing to ask"
    visit.click(".set-aside summary")
    assert "reason 0" in visit.inner_text(".set-aside")
    visit.click(".set-aside button >> nth=0")
    visit.wait_for_selector(".note[data-n]")


def test_why_it_matters_opens_beside_the_text(visit: Page, app: Served) -> None:
    place = paste(visit, app.url, STORY)
    visit.keyboard.press("j")
    visit.click(".note.active .rulelink")
    visit.wait_for_selector("dialog.page[open]")
    assert "Why it matters" in visit.inner_text("dialog.page")
    assert visit.url == place
    text = visit.locator("#article").bounding_box()
    page = visit.locator("dialog.page").bounding_box()
    assert text is not None
    assert page is not None
    assert text["x"] + text["width"] <= page["x"] + 1, "the text stays whole"
    visit.keyboard.press("Escape")
    assert visit.locator("dialog.page[open]").count() == 0
    assert visit.evaluate("document.activeElement.className") == "rulelink"


def test_500_findings_come_in_pages(browser: Browser, tmp_path: Path) -> None:
    words = "Quay news\n\n" + "\n\n".join(f"Gull {n} sat on rail {n} all day." for n in range(500))
    analysis = analyse(read_text(words), engine="baseline")
    text = analysis.article.text

    def finding(n: int) -> Finding:
        at = text.index(f"Gull {n} ")
        return Finding(
            code="SRC101", name="crowd-source", severity="warning", span=Span(at, at + 4), line=1,
            column=1, message=f"gull {n}", fingerprint=f"{n:016}", article_id=analysis.article.id,
        )  # fmt: skip

    many = Lint(analysis=analysis, findings=tuple(finding(n) for n in range(500)))
    path = tmp_path / "many.html"
    path.write_text(html.render(many), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(path.as_uri())
    assert len(numbers(page)) == 50
    assert "1 to 50 of 500" in page.inner_text(".pager")
    page.click(".pager >> text=Later")
    assert numbers(page)[0] == "51"
    page.click(".pager >> text=Earlier")
    for _ in range(51):
        page.keyboard.press("j")
    assert page.inner_text(".note.active .number") == "51"
    page.close()


def test_on_a_phone_the_arrows_stay_and_show_the_note(browser: Browser, app: Served) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 780}, reduced_motion="reduce")
    paste(page, app.url, STORY)
    page.click("[data-do=next]")
    page.wait_for_selector(".card:visible")
    first = page.inner_text(".card")
    page.click("[data-do=next]")
    assert page.inner_text(".card") != first
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


def test_a_clean_article_looks_clean(browser: Browser, tmp_path: Path) -> None:
    (found,) = read(b'Ferry late\n\n"It was late," said Ann Lee, the master.\n', kind="text")
    assert isinstance(found, Article)
    path = tmp_path / "clean.html"
    path.write_text(html.render(lint(analyse(found), Settings(select=("ANO001",)))), "utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(path.as_uri())
    assert page.inner_text(".headrow h2") == "Nothing to ask"
    assert page.locator(".families, .stepper, .note, .group").count() == 0
    assert page.inner_text(".deck").startswith("Everything rests on")
    page.close()
