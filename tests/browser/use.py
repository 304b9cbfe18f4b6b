"""What a person does with the web app, for the tests of its pages."""

from pathlib import Path

from playwright.sync_api import Page

EXAMPLES = Path(__file__).parents[2] / "examples"
STORY = (EXAMPLES / "lighthouse-exclusive.txt").read_text("utf-8")
QUAY = (EXAMPLES / "quay-repairs.txt").read_text("utf-8")
SHORT = (
    "Ferry to stop\n\nThe ferry will stop in May, a source said.\n\n"
    "“It leaks,” Ann Lee, the harbour master, said.\n"
)
CHECKED = ".editbar .state:text-matches('^Checked')"


def paste(page: Page, address: str, text: str) -> str:
    """Paste an article; the address of its page."""
    page.goto(address)
    page.fill("#text", text)
    page.click("button.go")
    page.wait_for_selector("#article")
    return page.url


def edit_after(page: Page, words: str) -> None:
    """Begin to edit, the caret behind some words of the text."""
    if page.get_attribute("#article", "contenteditable") is None:
        page.click("button[data-do=edit][aria-pressed]")
    page.evaluate(
        """(words) => {
          const text = document.getElementById("article");
          let left = text.textContent.indexOf(words) + words.length;
          if (left < words.length) throw new Error("no such words");
          const walker = document.createTreeWalker(text, 4);
          while (walker.nextNode() && walker.currentNode.data.length < left) left -= walker.currentNode.data.length;
          getSelection().collapse(walker.currentNode, left);
        }""",
        words,
    )


def text_of(page: Page) -> str:
    """The article's text as the page holds it."""
    return str(page.eval_on_selector("#article", "e => e.textContent"))
