"""Editing in place: marks stay, the text is checked again, what changed is shown, undo, keeping."""

from playwright.sync_api import Dialog, Page, Route

from ..server.conftest import Served
from .use import CHECKED, SHORT, edit_after, paste, text_of


def test_what_is_typed_is_checked_and_what_is_new_is_shown(visit: Page, app: Served) -> None:
    paste(visit, app.url, SHORT)
    edit_after(visit, "harbour master, said.")
    visit.keyboard.type(" Critics say nobody was asked.")
    assert visit.locator("#article .s.k-person").count() > 0, "marks stay while somebody types"
    assert text_of(visit) == SHORT.replace(
        "master, said.", "master, said. Critics say nobody was asked."
    )
    visit.wait_for_selector(CHECKED)
    assert "new" in visit.inner_text(".changes summary >> nth=0")
    assert visit.locator(".note .tag").count() > 0
    assert "not kept" in visit.inner_text(".editbar .state")
    before = visit.evaluate(
        "() => { const at = getSelection().getRangeAt(0).cloneRange();"
        " at.setStart(document.getElementById('article'), 0); return at.toString() }"
    )
    assert before.endswith("Critics say nobody was asked."), "the caret stays"


def test_a_mended_place_is_gone_and_undoing_brings_it_back(visit: Page, app: Served) -> None:
    paste(visit, app.url, SHORT.replace("May", "June"))
    before = visit.locator(".note[data-n]").count()
    edit_after(visit, "a source")
    for _ in "a source":
        visit.keyboard.press("Backspace")
    visit.keyboard.type("Bo Rask, the owner,")
    visit.wait_for_selector(CHECKED)
    assert "gone" in visit.inner_text(".changes summary >> nth=0")
    assert visit.locator(".note[data-n]").count() < before
    for _ in range(30):
        visit.keyboard.press("Control+z")
    assert text_of(visit) == SHORT.replace("May", "June")
    visit.wait_for_selector(".changes", state="detached")
    assert visit.locator(".note[data-n]").count() == before
    assert "not kept" not in visit.inner_text(".editbar .state")
    visit.keyboard.press("Control+Shift+z")
    assert text_of(visit) != SHORT.replace("May", "June")


def test_paragraphs_are_parted_and_joined(visit: Page, app: Served) -> None:
    text = SHORT.replace("May", "July")
    paste(visit, app.url, text)
    count = visit.locator("#article .b").count()
    edit_after(visit, "in July,")
    visit.keyboard.press("Enter")
    assert text_of(visit) == text.replace("in July, a", "in July,\n\n a")
    assert visit.locator("#article .b").count() == count + 1
    visit.keyboard.press("Enter")
    visit.keyboard.type("One more.")
    assert "in July,\n\n\n\nOne more. a source" in text_of(visit)
    for _ in range(3):
        visit.keyboard.press("Control+z")
    assert text_of(visit) == text
    assert visit.locator("#article .b").count() == count
    visit.keyboard.press("Home")
    visit.keyboard.press("Backspace")
    assert text_of(visit) == text.replace("stop\n\nThe", "stopThe")
    visit.keyboard.press("Control+z")
    assert text_of(visit) == text


def test_pasting_brings_words_and_no_markup(visit: Page, app: Served) -> None:
    text = SHORT.replace("May", "August")
    paste(visit, app.url, text)
    edit_after(visit, "in August")
    visit.evaluate(
        """() => {
          const given = new DataTransfer();
          given.setData("text/plain", " or <b>later</b>");
          given.setData("text/html", " or <b id=bad>later</b>");
          const event = new InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer: given, bubbles: true, cancelable: true });
          const range = getSelection().getRangeAt(0);
          Object.defineProperty(event, "getTargetRanges", { value: () => [range] });
          document.getElementById("article").dispatchEvent(event);
        }"""
    )
    assert "in August or <b>later</b>, a source" in text_of(visit)
    assert visit.locator("#bad").count() == 0


def test_leaving_asks_until_the_version_is_kept(visit: Page, app: Served) -> None:
    place = paste(visit, app.url, SHORT.replace("May", "March"))
    edit_after(visit, "in March")
    visit.keyboard.type(" or April")
    visit.wait_for_selector(CHECKED)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    visit.on("dialog", answer)
    visit.goto(place)
    assert asked == ["beforeunload"]
    assert "March or April" in text_of(visit), "the draft is still in the server's memory"
    visit.click(".editbar >> text=Keep this version")
    visit.wait_for_selector(".editbar", state="hidden")
    visit.goto(place)
    assert asked == ["beforeunload"]
    assert "March or April" in text_of(visit)
    assert visit.locator(".editbar").is_hidden()


def test_the_first_version_comes_back(visit: Page, app: Served) -> None:
    text = SHORT.replace("May", "October")
    paste(visit, app.url, text)
    edit_after(visit, "in October")
    visit.keyboard.type(" or never")
    visit.wait_for_selector(CHECKED)
    visit.click(".editbar >> text=Back to the first version")
    visit.wait_for_selector(".editbar .state:text-is('Checked')")
    assert text_of(visit) == text


def test_nothing_typed_is_lost_where_the_server_does_not_answer(visit: Page, app: Served) -> None:
    paste(visit, app.url, SHORT.replace("May", "spring"))
    visit.route("**/draft", _refuse)
    edit_after(visit, "in spring")
    visit.keyboard.type(" at last")
    visit.wait_for_selector(".editbar .state:text-matches('does not answer')")
    assert "in spring at last" in text_of(visit)
    visit.faults.clear()  # type: ignore[attr-defined]  # the browser says that it was refused


def _refuse(route: Route) -> None:
    route.abort()
