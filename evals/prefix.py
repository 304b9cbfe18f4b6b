"""Does later text change who spoke before? Articles cut at the ends of paragraphs, and whole.

For some prefixes of each article the speakers of its statements are held against those of the whole
article. A statement counts where both have it (the same first piece of content). What may change: a
voice without a name that is named further down. What may never happen is a pronoun that comes to
mean somebody first named later.

    python -m evals.prefix ../shared/bench/data
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.records import Analysis, Attribution

from . import bench

CORPUS = "genres_dev.jsonl.gz"
ARTICLES, CUTS = 30, 2
"""Articles that are looked at, and prefixes of each."""
_PRONOUNS = frozenset("he she him her they it".split())


def speaker(analysis: Analysis, row: Attribution) -> tuple[str | None, str | None]:
    """Kind and name of a statement's speaker."""
    for source in analysis.sources:
        if source.id == row.source_id:
            return source.kind, source.name
    return None, None


def same(one: tuple[str | None, str | None], two: tuple[str | None, str | None]) -> bool:
    """Whether two speakers may be one: a fuller name for a shorter one is no change."""
    if one[0] != two[0]:
        return False
    a, b = ((name or "").lower() for name in (one[1], two[1]))
    return a == b or a in b or b in a


def prefixes(text: str, draw: random.Random) -> Iterator[str]:
    """Some prefixes that end with a paragraph, each of a quarter of the text or more."""
    ends = [n for n, c in enumerate(text) if c == "\n" and len(text) / 4 < n < len(text) - 200]
    for end in sorted(draw.sample(ends, min(CUTS, len(ends)))):
        yield text[:end].rstrip()


def changes(text: str, draw: random.Random) -> Iterator[str]:
    """What became of each statement of some prefixes in the whole text."""
    whole = analyse(read_text(text))
    by_place = {a.content[0].start: a for a in whole.attributions}
    for part in prefixes(text, draw):
        cut = analyse(read_text(part))
        for row in cut.attributions:
            after = by_place.get(row.content[0].start)
            if after is None or row.source is None or after.source != row.source:
                continue
            before, now = speaker(cut, row), speaker(whole, after)
            said = part[row.source.start : row.source.end].lower()
            if same(before, now):
                yield "same"
            elif said in _PRONOUNS and now[0] == "person" and _named_later(whole, after, len(part)):
                yield "pronoun of somebody named later"
            elif before[0] in ("anonymous", "unknown") and now[0] == "person":
                yield "named further down"
            else:
                yield "changed"


def _named_later(whole: Analysis, row: Attribution, end: int) -> bool:
    source = next(s for s in whole.sources if s.id == row.source_id)
    person = next((p for p in whole.people if p.id == source.person_id), None)
    return person is not None and person.mentions[0].start >= end


def measure(data: Path) -> dict[str, float]:
    """The share of speakers that later text leaves alone."""
    draw, count = random.Random(1), Counter[str]()
    for row in list(bench.records(data / CORPUS))[:ARTICLES]:
        count.update(changes(row["text"], draw))
    total = max(1, count.total())
    return {
        "speakers that later text leaves alone": 1 - count["changed"] / total,
        "pronouns never of somebody named later": 1
        - count["pronoun of somebody named later"] / total,
        "named further down": count["named further down"] / total,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Does later text change who spoke before?")
    parser.add_argument("data", type=Path)
    for name, value in measure(parser.parse_args().data).items():
        print(f"{name:<44}{value:.4f}")
    sys.exit(0)
