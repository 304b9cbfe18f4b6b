"""Articles out of 34 real pages of 27 outlets: title, body, date against the gold.

A title is right when it is the gold one or the one that the page shows in a heading of the first
level like it, case, spaces and marks folded, or one contains the other whole; `title.stated` counts
the gold one only, which on four pages is what the publisher tells machines and shows nobody. Body:
F1 over words as multisets, the mean over pages that onrecord takes for English, with the share of
the gold's words that are kept and of the article's words that are the gold's. On 200 generated
pages every word is its own: `generated.lost` is the share that is neither in the article nor
counted among what was left out. A date is right on the gold day (or the day before or after it, for
time zones).
"""

import gzip
import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lxml import html

import onrecord
from onrecord import Span
from onrecord.text.normalise import fold_text

from . import bench


def words(text: str) -> Counter[str]:
    """The words of a text, folded, with their numbers."""
    return Counter(re.findall(r"\w+", fold_text(text)))


def f1(gold: str, found: str) -> float:
    """Harmonic mean of precision and recall over words as multisets."""
    left, right = words(gold), words(found)
    shared = sum((left & right).values())
    return 2 * shared / max(1, sum(left.values()) + sum(right.values()))


def same_title(gold: str, found: str) -> bool:
    """Whether two titles are one, or one contains the other whole."""
    left, right = (" ".join(re.findall(r"\w+", fold_text(t))) for t in (gold, found))
    return bool(left and right) and (left in right or right in left)


def shown(source: bytes, title: str) -> list[str]:
    """The headings of the first level on a page that share half of their words with its title."""
    found = [" ".join(h.text_content().split()) for h in html.fromstring(source).iter("h1")]
    want = words(title)
    return [h for h in found if sum((words(h) & want).values()) * 2 >= min(sum(want.values()), sum(words(h).values())) > 0]  # fmt: skip


def generated(pages: int = 200) -> float:
    """Of the words of generated pages, the share that nobody tells of; every word stands once."""
    chance, lost, total = random.Random(21), 0, 0
    for _ in range(pages):
        number = iter(range(10_000))

        def some(least: int, most: int, number: Iterator[int] = number) -> str:
            return " ".join(f"word{next(number)}x" for _ in range(chance.randint(least, most)))

        parts = []
        for _ in range(chance.randint(3, 12)):
            parts.append(
                chance.choice(
                    [
                        f"<p>{some(12, 40)} <q>{some(2, 9)}</q> {some(2, 9)}.</p>",
                        f"<p><a href='/a'>{some(9, 20)}.</a></p>",
                        f"<blockquote><p>{some(8, 20)}.</p><footer>{some(2, 4)}</footer></blockquot"
                        f"e>",
                        f"<p>{some(12, 30)}:</p><ul><li>{some(3, 9)}</li><li>{some(3, 9)}</li></ul>"
                        f"",
                        f"<figure><img src=x><figcaption>{some(4, 9)}</figcaption></figure>",
                        f"<h2>{some(3, 6)}</h2><p>{some(20, 40)}.</p>",
                        f"<div class='related'><a href='/r'>{some(4, 9)}</a></div>",
                        f"<p>{some(10, 30)} <em>{some(1, 3)}</em>,"
                        f" <cite>{some(1, 3)}</cite>.</p>{some(6, 12)}.",
                    ]
                )
            )
        page = (
            f"<html><body><nav><a href='/'>{some(1, 5)}</a></nav><main><article><h1>{some(4, 9)}</h"
            f"1>"
            f"{''.join(parts)}</article></main><footer>{some(2, 9)}</footer></body></html>"
        )
        there = set(re.findall(r"word\d+x", page))
        total += len(there)
        for article in onrecord.read(page.encode(), kind="html"):
            if isinstance(article, onrecord.Article):
                said = [re.match(r"([\d,]+) words? of the page", n.what) for n in article.notes]
                count = sum(int(m.group(1).replace(",", "")) for m in said if m)
                lost += abs(len(there - set(re.findall(r"word\d+x", article.text))) - count)
            elif article.fatal:
                pass  # nothing was read, and that is said
    return lost / total


def measure(data: Path, say: bool = False) -> dict[str, float]:
    """Shares of titles and dates that are right, and the mean F1 of bodies."""
    titles, stated, bodies, dates = [], [], [], []
    kept, right_words = [], []
    folder = data / "pages"
    for gold in bench.records(folder / "gold.jsonl.gz"):
        with tempfile.NamedTemporaryFile(suffix=".html") as page:
            source = gzip.decompress((folder / gold["file"]).read_bytes())
            page.write(source)
            page.flush()
            article = next(
                (a for a in onrecord.read(page.name) if isinstance(a, onrecord.Article)), None
            )
        blocks = article.blocks if article else ()
        text = article.text if article else ""
        heading = next((b.span for b in blocks if b.role == "headline"), Span(0, 0))
        title, body = text[heading.start : heading.end], text[heading.end :]
        stated.append(same_title(gold["title"], title))
        titles.append(stated[-1] or any(same_title(h, title) for h in shown(source, gold["title"])))
        score = f1(gold["text"], body)
        if article is None or article.language == "en":
            bodies.append(score)
            want, have = words(gold["text"]), words(body)
            shared = sum((want & have).values())
            kept.append(shared / max(1, sum(want.values())))
            right_words.append(shared / max(1, sum(have.values())))
        right = None
        if gold["date"]:
            day = date.fromisoformat(gold["date"][:10])
            found = article.published if article else None
            right = found is not None and abs((found - day).days) <= 1
            dates.append(right)
        if say:
            language = article.language if article else None
            print(
                f"{gold['file']:<42} title {titles[-1]!s:<6} body {score:.2f} date {right}"
                f" {language}"
            )
    return {
        "title": sum(titles) / len(titles),
        "title.stated": sum(stated) / len(stated),
        "body.kept": sum(kept) / len(kept),
        "body.right": sum(right_words) / len(right_words),
        "generated.lost": generated(),
        "body.f1": sum(bodies) / len(bodies),
        "date": sum(dates) / len(dates),
    }
