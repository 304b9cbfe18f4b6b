"""
## What it finds
"A study", "a report", "a poll" as a source, with no author, body, date or link anywhere near it.

## Why it matters
A reader can look up a named study. "A study found" can't be looked up.

## Fires on
⟦[s1 document A recent study]⟧ [c1 found] [q1 that bridges shake].

## Stays silent on
[s1 document A study by Harbour University] [c1 found] [q1 that bridges shake].

[s1 document A recent study] [c1 found] [q1 that bridges shake]. It was published by the Harbour Institute in May.

[s1 document The report] [c1 said] [q1 that bridges shake].

## Known misses
A study whose author is named more than a paragraph later.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import block_at, first_mention
from ...records import Context, Hit
from .. import rule

_VAGUE = re.compile(
    r"(?:a|an|one|some|several|many|new|recent)(?: (?:new|recent|major|large|small|landmark|latest"
    r"|separate|[a-z]{1,40}ly))* "
    r"(?:study|studies|report|reports|poll|survey|surveys|analysis|research)$|(?:studies"
    r"|research)$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?<![.!?”\"] )(?<!^)\b[A-Z][a-z]{1,40}(?: [A-Z]\w{1,40})+|\b[A-Z]{2,}\b|\b(?:19|20)\d\d\b"
)


@rule(
    code="SRC109",
    name="study-without-identity",
    message="{who} is not identified: no author, body, date or link was found nearby. "
    "Ask: whose study, and when?",
    severity="warning",
    standards=("reuters", "ap"),
    scope="reporter",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    for source in analysis.sources:
        span = first_mention(source)
        if source.kind != "document" or not _VAGUE.match(text[span.start : span.end].strip()):
            continue
        block = blocks[block_at(blocks, span.start)].span
        around = text[block.start : span.start] + " ▪ " + text[span.end : block.end + 300]
        linked = any(block.start <= link.span.start < block.end for link in analysis.article.links)
        if linked or _NAMED.search(around):
            continue
        yield Hit(span=span, values={"who": f"“{text[span.start : span.end]}”"})
