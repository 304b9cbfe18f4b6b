"""
## What it finds
A reason for anonymity that says nothing: "to speak freely", "because the matter is sensitive".

## Why it matters
A reader learns from a reason what the source risks. A reason that fits everybody tells nothing.

## Fires on
[s1 anonymous withheld A source], ⟦[r1 who asked not to be named so as to speak freely]⟧, [c1 said] [q1 the bridge would close].

## Stays silent on
[s1 anonymous withheld A source], [r1 who asked not to be named because she feared for her job], [c1 said] [q1 the bridge would close].

[s1 anonymous withheld A source] [c1 said] [q1 the bridge would close].

## Known misses
Reasons that are as empty in other words.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...records import Context, Hit
from .. import rule

_EMPTY = re.compile(
    r"\b(?:speak|talk|discuss \w{1,40})\b[^.;]{0,30}?\b(?:freely|candidly|openly|frankly)\b"
    r"|\bsensitiv\w{1,40}",
    re.IGNORECASE,
)
_SUBSTANCE = re.compile(
    r"\b(?:fear|afraid|not authori[sz]ed|reprisal|retaliat|safety|job|employer|court|legal|minor)",
    re.IGNORECASE,
)


@rule(
    code="ANO003",
    name="anonymity-reason-empty",
    message="The reason given for anonymity, “{reason}”, would fit anybody. "
    "Ask: what does this source risk?",
    severity="note",
    status="preview",
    standards=("nyt", "ap"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    for source in context.analysis.sources:
        if source.reason is None:
            continue
        reason = text[source.reason.start : source.reason.end]
        if _EMPTY.search(reason) and not _SUBSTANCE.search(reason):
            yield Hit(span=source.reason, values={"reason": reason})
