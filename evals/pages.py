"""Articles out of 34 real pages of 27 outlets: title, body, date against the gold.

A title is right when it equals the gold one, case, spaces and marks folded, or one contains the
other whole. Body: F1 over words as multisets, the mean over pages that onrecord takes for English.
A date is right on the gold day (or the day before or after it, for time zones).
"""

import gzip
import re
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

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


def measure(data: Path, say: bool = False) -> dict[str, float]:
    """Shares of titles and dates that are right, and the mean F1 of bodies."""
    titles, bodies, dates = [], [], []
    folder = data / "pages"
    for gold in bench.records(folder / "gold.jsonl.gz"):
        with tempfile.NamedTemporaryFile(suffix=".html") as page:
            page.write(gzip.decompress((folder / gold["file"]).read_bytes()))
            page.flush()
            article = next(
                (a for a in onrecord.read(page.name) if isinstance(a, onrecord.Article)), None
            )
        blocks = article.blocks if article else ()
        text = article.text if article else ""
        heading = next((b.span for b in blocks if b.role == "headline"), Span(0, 0))
        title, body = text[heading.start : heading.end], text[heading.end :]
        titles.append(same_title(gold["title"], title))
        score = f1(gold["text"], body)
        if article is None or article.language == "en":
            bodies.append(score)
        right = None
        if gold["date"]:
            day = date.fromisoformat(gold["date"][:10])
            found = article.published if article else None
            right = found is not None and abs((found - day).days) <= 1
            dates.append(right)
        if say:
            language = article.language if article else None
            print(
                f"{gold['file']:<42} title {titles[-1]!s:<6} body {score:.2f} date {right} {language}"
            )
    return {
        "title": sum(titles) / len(titles),
        "body.f1": sum(bodies) / len(bodies),
        "date": sum(dates) / len(dates),
    }
