"""
## What it finds
"Can reveal", "has learned", "it is understood", "reportedly" in the reporter's own words, with no
source in the same sentence or the next.

## Why it matters
A newsroom that says it has learned something asks to be believed on its own word. Readers are owed
where it comes from.

## Fires on
The Star ⟦can reveal⟧ that the bridge will close. It was built in 1904.

⟦It is understood⟧ that the bridge will close. It was built in 1904.

## Stays silent on
The Star can reveal that the bridge will close. [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it was unsafe].

The bridge will close, the Star can reveal, [s1 document=Harbour_Board a letter from the Harbour Board] [c1 shows] [q1 that it is unsafe].

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the mayor reportedly knew].

## Known misses
Sources that come more than a sentence later.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_LEARNED = re.compile(
    r"\b(?:can (?:exclusively )?(?:reveal|disclose)|has (?:exclusively )?learn(?:ed|t)|(?:it is|it's) understood"
    r"|reportedly|understands that)\b",
    re.IGNORECASE,
)


@rule(
    code="ANO010",
    name="newsroom-has-learned",
    message="“{words}” without a source in this sentence or the next. Ask: from whom?",
    severity="note",
    standards=("npr", "ap"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, sentences = analysis.article.text, analysis.sentences
    starts = [s.start for s in sentences]
    sourced = sorted(
        a.source.start
        for a in analysis.attributions
        if a.source and a.cue and not _LEARNED.search(text, a.cue.start, a.cue.end)
    )
    for match in _LEARNED.finditer(text):
        n = max(0, bisect_right(starts, match.start()) - 1)
        end = sentences[min(n + 1, len(sentences) - 1)].end
        first = bisect_right(sourced, sentences[n].start - 1)
        if first < len(sourced) and sourced[first] < end:
            continue
        yield Hit(span=Span(*match.span()), values={"words": match.group()})
