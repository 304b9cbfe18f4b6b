"""
## What it finds
A post on a social network as the source, of whose poster the article tells neither name nor handle nor what is known of them.

## Why it matters
Anybody can post anything under any name. An agency asks that a post be described by what is known of who posted it.

## Fires on
⟦One Twitter user⟧ [c1 wrote]: [q1 "The bridge shook like a boat."]

⟦A Facebook post⟧ [c1 said] [q1 the bridge would close].

## Stays silent on
One Twitter user, @orrferry, [c1 wrote]: [q1 "The bridge shook like a boat."]

A Facebook post by Ann Lee [c1 said] [q1 the bridge would close].

The board [c1 said] in a Facebook post [q1 that the bridge would close].

## Known misses
Posts that are called neither post nor tweet nor comment. Names of posters that stand in the next sentence.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.voices import sentence_at
from ...records import Context, Hit, Related, Span
from .. import rule

_POST = re.compile(
    r"\b(?P<who>(?:one|another|an?|some|many|several|other)\s{1,20}(?:\w{1,40}\s{1,20})"
    r"{0,2}?(?:(?:Twitter|Facebook|Instagram|Reddit|TikTok|YouTube|social media|X|internet"
    r"|Weibo)\s{1,20}"
    r"(?:users?|posts?|comments?|commenters?|accounts?|followers?)|tweets?|commenters?"
    r"|netizens?))\s{1,20}(?:\w{1,40}ly\s{1,20}|also\s{1,20}|even\s{1,20})?"
    r"(?:said|says|wrote|writes|read|reads|tweeted|posted|claimed|claims|quipped|joked|asked|added"
    r"|called|complained|argued|showed|shows)\b",
    re.IGNORECASE,
)
_KNOWN = re.compile(
    r"@\w{1,40}|\b(?:by|from|named|called|of)\s{1,20}(?:\w{1,40}\s{1,20}){0,2}[A-Z]\w{1,40}"
    r"|,\s{1,20}[A-Z]\w{1,40} [A-Z]\w{1,40}"
)


@rule(
    code="SRC111",
    name="social-post-unverified",
    message="{who}: neither name nor handle was found, nor what is known of the poster. Ask: who"
    " posted this?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("reuters",),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    found = []
    for match in _POST.finditer(text):
        sentence = analysis.sentences[sentence_at(analysis, match.start())]
        rest = text[sentence.start : match.start()] + " " + text[match.end("who") : sentence.end]
        if not _KNOWN.search(rest):
            found.append(Span(*match.span("who")))
    if found:
        yield Hit(
            span=found[0],
            values={"who": f"“{text[found[0].start : found[0].end]}”"},
            related=tuple(Related(s, "another one") for s in found[1:]),
        )
