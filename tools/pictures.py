"""Make the screenshots of `docs/images` anew: the shipped example in Chromium.

Run knowingly (`make pictures`), and look at what it made before it is committed.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, ViewportSize, sync_playwright

from onrecord import Analysis, Article, analyse, lint, read
from onrecord.report import html
from onrecord.report.comparison.diff import compare
from onrecord.report.comparison.render import compare_page

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
EXAMPLES = ROOT / "examples"
DESK: ViewportSize = {"width": 1180, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 780}
OTHERS = {
    "page-clean.png": (
        "Ferry repairs done a week early\n\n"
        "The Saltmouth ferry will sail again on Monday, the harbour board said in a statement.\n\n"
        "“The hull is sound and so is the engine,” Priya Nandakumar, the harbour engineer, said."
        " “We took eleven weeks instead of twelve.”\n\n"
        "Hester Lowe, the council leader, thanked the yard. The repairs cost £210,000, according to"
        " the board’s accounts.\n"
    ),
    "page-brief.png": (
        "Two boats damaged in Saltmouth\n\n"
        "Two fishing boats were damaged at Saltmouth on Friday night, police said. A witness said"
        " she had heard a bang. Nobody was hurt.\n"
    ),
    "page-french.png": (
        "Le pont de Port-Annick fermera en mai\n\n"
        "Le maire a déclaré que le pont serait fermé pendant trois mois, et que les habitants de la"
        " ville devraient prendre le bac. Selon un conseiller, personne n’avait été consulté avant"
        " cette décision, que beaucoup regrettent.\n"
    ),
}
"""Invented pieces of other kinds than the example, and what their pictures are called."""


def _evidence(page: Page) -> None:
    page.click("#n1-f3 .head b")
    page.mouse.move(2, 300)  # away from the notes, which answer to being pointed at
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _rule(page: Page) -> None:
    _evidence(page)
    page.click(".note.active .rulelink")
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _chain(page: Page) -> None:
    at = page.locator("#article .s.f[data-m*='›']").first
    at.focus()
    page.keyboard.press("Enter")
    page.evaluate("scrollBy(0, 140)")


def _voice(page: Page) -> None:
    page.click(".fold summary")
    page.click("button.voice >> nth=3")
    page.click(".fold summary")
    page.evaluate("document.querySelector('.sheet').scrollIntoView()")


def _panels(page: Page) -> None:
    page.evaluate("document.querySelector('.panels').scrollIntoView()")


def _phone(page: Page) -> None:
    page.evaluate("document.querySelector('.story').scrollIntoView()")
    page.click("#article .s.f >> nth=0")


PICTURES: dict[str, tuple[ViewportSize, dict[str, Any], Callable[[Page], None] | None]] = {
    "page.png": (DESK, {}, None),
    "reading-evidence.png": (DESK, {}, _evidence),
    "reading-rule.png": (DESK, {}, _rule),
    "reading-chain.png": (DESK, {}, _chain),
    "reading-voice.png": (DESK, {}, _voice),
    "reading-panels.png": (DESK, {}, _panels),
    "reading-dark.png": (DESK, {"color_scheme": "dark"}, _evidence),
    "reading-phone.png": (PHONE, {}, _phone),
}


def main() -> int:
    """Take every picture; nothing is written where Chromium is missing."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("needs Debian's chromium: apt install chromium", file=sys.stderr)
        return 3
    story = _analysis(EXAMPLES / "lighthouse-exclusive.txt", outlet="Harbour Star")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file, compare_file = Path(folder, "page.html"), Path(folder, "compare.html")
        page_file.write_text(html.render(lint(story)), "utf-8")
        compare_file.write_text(_comparison(Path(folder)), "utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (size, options, act) in PICTURES.items():
            opened = browser.new_page(viewport=size, reduced_motion="reduce", **options)
            opened.goto(page_file.as_uri())
            if act:
                act(opened)
            opened.wait_for_timeout(400)
            opened.screenshot(path=IMAGES / name)
            opened.close()
        for name, words in OTHERS.items():
            text_file, other = Path(folder, f"{name}.txt"), Path(folder, f"{name}.html")
            text_file.write_text(words, "utf-8")
            other.write_text(html.render(lint(_analysis(text_file))), "utf-8")
            opened = browser.new_page(viewport=DESK, reduced_motion="reduce")
            opened.goto(other.as_uri())
            opened.screenshot(path=IMAGES / name)
            opened.close()
        opened = browser.new_page(viewport=DESK)
        opened.goto(compare_file.as_uri())
        opened.screenshot(path=IMAGES / "compare.png")
        browser.close()
    return 0


def _comparison(folder: Path) -> str:
    """The shipped report against a later version of it."""
    text = (EXAMPLES / "quay-repairs.txt").read_text("utf-8")
    later = (
        text.replace("nobody loses a boat", "no one loses a single boat")
        .replace("£3.2 million", "£3.6 million")
        .replace("two boats were likely", "three boats were likely")
    )
    (folder / "quay-repairs.txt").write_text(text, "utf-8")
    (folder / "quay-repairs-later.txt").write_text(later, "utf-8")
    one = _analysis(folder / "quay-repairs.txt", input="quay-repairs.txt")
    two = _analysis(folder / "quay-repairs-later.txt", input="quay-repairs-later.txt")
    return compare_page(compare(one, two))


def _analysis(path: Path, **given: Any) -> Analysis:
    return analyse(next(a for a in read(path, **given) if isinstance(a, Article)))


if __name__ == "__main__":
    sys.exit(main())
