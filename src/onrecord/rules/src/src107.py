"""
## What it finds
A quotation of a clause or more that nobody is found to say, within reach of it.

## Why it matters
Readers must be able to tell whose words they read.

## Fires on
The bridge was shut at noon. ⟦"We were told nothing and we saw nothing until the barriers came down."⟧ The traffic went round.

## Stays silent on
[q1 "We were told nothing until the barriers came down,"] [s1 person=Ann_Lee Ann Lee] [c1 said]. [q1 "Then it was dark and everyone went home again."]

The sign read "Bridge closed".

She wrote the song "All the Boats That Never Came Back to Harbour".

## Known misses
A quotation whose speaker stands in the sentence before it, with no verb of speaking, may be reported.

## Options
`words`: the least number of words that is reported (8).
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Quote
from .. import rule
from ..reading import WORD, headline

_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may|might"
    r"|['’](?:s|re|ve|ll|d|m)|n['’]t|[a-z]{3,}ed|get|got|know|think|want|need|go|went|make|made|see|saw|feel|come|came)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:\b(?:song|book|film|movie|novel|album|episode|show|series|play|poem|slogan|sign|banner|chant|titled"
    r"|entitled|called|named|headlined|read|reads|reading|lyrics|motto|hashtag|shirt|hat|paper|essay|article|report)\b\W*)$",
    re.IGNORECASE,
)


@rule(
    code="SRC107",
    name="orphan-quotation",
    message="no speaker was found for this quotation. Ask: who says this?",
    severity="warning",
    standards=("reuters", "spj"),
    scope="all",
    options={"words": 8},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    least = int(context.settings.options.get("SRC107", {}).get("words", 8))
    head = headline(analysis)
    spoken = sorted(span for a in analysis.attributions for span in a.content)
    outer = [q for q in analysis.quotes if q.parent is None]
    covered = False
    for quote, before in zip(outer, [None, *outer], strict=False):
        runs_on = before is not None and before.closed and before.marks[1] is None
        touches = any(s.start < quote.span.end and quote.span.start < s.end for s in spoken)
        covered = touches or (runs_on and covered)
        if covered or (head and quote.span.end <= head.span.end):
            continue
        if _clause(text, quote, least) and not _TITLE.search(
            text, max(0, quote.span.start - 40), quote.span.start
        ):
            yield Hit(span=quote.span)


def _clause(text: str, quote: Quote, least: int) -> bool:
    """Whether a quotation is long enough and has a verb: a title or a name has none."""
    inner = text[quote.inner.start : quote.inner.end]
    found = WORD.findall(inner)
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= least and bool(_VERB.search(inner)) and capitals < 0.6 * len(found)
