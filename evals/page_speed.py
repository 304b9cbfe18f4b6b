"""How fast a very long page opens, scrolls and answers: 20,000 words and 1,500 statements in
Chromium.

    python -m evals.page_speed [--statements 1500] [--words 20000]

Prints the milliseconds as JSON: rendering in Python, first contentful paint, the page's script, the
longest frame while it is scrolled from top to bottom, a statement's chain shown, a voice filtered.
The article is made of invented sentences by a fixed seed; nothing of it is a real story.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from onrecord import lint
from onrecord.records import Analysis
from onrecord.report import html
from onrecord.testing import parse

_NOUNS = (
    "harbour quay council ferry crane engineer skipper budget tide warehouse inquiry bridge".split()
)
_VERBS = "closed repaired delayed sold inspected reopened measured flooded painted moved".split()
_NAMES = "Lee Rask Dravick Lowe Nandakumar Aldous Brody Tarn Ivers Quill Osei Marr".split()
_KINDS = (
    "person={0}",
    "organisation={0}",
    "anonymous withheld",
    "group=critics",
    "document=report",
)

SCROLL = """async () => {
  const frames = [];
  const step = innerHeight * 0.9;
  let last = performance.now();
  for (let y = 0; y < document.documentElement.scrollHeight; y += step) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  frames.sort((a, b) => a - b);
  return { frames: frames.length, median: frames[frames.length >> 1], worst: frames[frames.length - 1] };
}"""
ACT = """async ([selector, kind]) => {
  const target = document.querySelector(selector);
  target.scrollIntoView({ block: "center", behavior: "instant" });
  await new Promise(requestAnimationFrame);
  const start = performance.now();
  if (kind === "click") target.click();
  else target.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}"""


def article(statements: int, words: int) -> Analysis:
    """An invented article with so many statements and about so many words, one in ten hearsay."""
    dice = random.Random(1)
    per = max(6, words // statements)
    seen: dict[int, int] = {}
    parts, number, paragraph = ["Harbour inquiry: the day in full"], 1, []
    while number <= statements:
        voice = dice.randrange(60)
        kind = _KINDS[voice % len(_KINDS)].format(f"Ann_{_NAMES[voice % 12]}{voice}")
        shown = _shown(kind, voice)
        kind += f" of={seen[voice]}" if voice in seen else ""
        seen.setdefault(voice, number)
        said = " ".join(_clause(dice) for _ in range(2 if dice.random() < (per - 10) / 7 else 1))
        if dice.random() < 0.1 and number < statements:
            inner = (
                f"[s{number + 1} group=locals in={number} locals] [c{number + 1} say]"
                f" [q{number + 1} in={number} {said}]"
            )
            paragraph.append(
                f"[s{number} {kind} {shown}] [c{number} said] [q{number} that {inner}]."
            )
            number += 2
        else:
            paragraph.append(f"[s{number} {kind} {shown}] [c{number} said] [q{number} “{said}”].")
            number += 1
        if len(paragraph) == 3:
            parts.append(" ".join(paragraph))
            paragraph = []
    parts.append(" ".join(paragraph))
    return parse(" ¶ ".join(filter(None, parts)))[0]


def _shown(kind: str, voice: int) -> str:
    if kind.startswith("person"):
        return f"Ann {_NAMES[voice % 12]}"
    return (
        "A source close to the inquiry"
        if kind.startswith("anonymous")
        else f"The {_NAMES[voice % 12]} Board"
    )


def _clause(dice: random.Random) -> str:
    return f"the {dice.choice(_NOUNS)} was {dice.choice(_VERBS)} by the {dice.choice(_NOUNS)}"


def measure(page: Page, address: str) -> dict[str, Any]:
    """Open a page and use it; milliseconds."""
    page.goto(address, wait_until="load")
    page.wait_for_timeout(500)
    timing = page.evaluate(
        """() => {
          const paint = performance.getEntriesByName("first-contentful-paint")[0];
          const nav = performance.getEntriesByType("navigation")[0];
          return { paint: paint && paint.startTime, ready: nav.domContentLoadedEventEnd, load: nav.loadEventEnd };
        }"""
    )
    return {
        "first contentful paint": round(timing["paint"]),
        "script done": round(timing["ready"]),
        "scroll": {k: round(v, 1) for k, v in page.evaluate(SCROLL).items()},
        "chain shown": round(page.evaluate(ACT, ["#article .s.f", "key"]), 1),
        "voice filtered": round(page.evaluate(ACT, ["button.voice", "click"]), 1),
        "filter cleared": round(page.evaluate(ACT, ["[data-do=clear]", "click"]), 1),
        "evidence drawn": round(page.evaluate(ACT, [".note[data-n] .number", "click"]), 1),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--statements", type=int, default=1500)
    parser.add_argument("--words", type=int, default=20000)
    given = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("needs Debian's chromium: apt install chromium", file=sys.stderr)
        return 3
    analysis = article(given.statements, given.words)
    checked = lint(analysis)
    start = time.perf_counter()
    written = html.render(checked)
    rendered = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "page.html")
        path.write_text(written, "utf-8")
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        found = measure(page, path.as_uri())
        browser.close()
    report = {
        "words": len(analysis.article.text.split()),
        "statements": len(analysis.attributions),
        "voices": len(analysis.sources),
        "findings": len(checked.findings),
        "page, kB": round(len(written.encode()) / 1000),
        "rendered in Python, ms": round(1000 * rendered),
        **found,
    }
    print(json.dumps(report, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
