"""
## What it finds
The outlet cites its own earlier report as support, with no other source in the same sentence. The
outlet's name has to be known: given with `--outlet`, or read off the page.

## Why it matters
A report isn't a second source for itself.

## Fires on
[outlet Harbour Star] ⟦The Harbour Star revealed last week⟧ that the bridge would close.

## Stays silent on
[outlet Harbour Star] The Harbour Gazette revealed last week that the bridge would close.

[outlet Harbour Star] The Harbour Star revealed last week that the bridge would close, and [s1 person=Ann_Lee Ann Lee] [c1 confirmed] [q1 that it will].

The Harbour Star revealed last week that the bridge would close.

## Known misses
"As we reported", where no name stands.
"""  # noqa: E501

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_VERB = (
    r"(?:has |had |have |can |first |previously |exclusively |earlier |already |today |this week )*"
    r"(?:revealed?|reported|disclosed|broke|told readers|exposed|published|uncovered)"
    r"(?: (?:last|earlier|on|in|that|this|yesterday|previously|exclusively)\b(?: (?:week|month|year"
    r"|day|\w{1,40}day))?)?"
)


@rule(
    code="OUT603",
    name="self-citation",
    message="{outlet} cites its own report, and no other source stands in the sentence. "
    "Ask: on whose word did that report stand?",
    severity="note",
    scope="reporter",
    standards=("bbc", "wapo"),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, outlet = analysis.article.text, analysis.article.outlet
    if not outlet:
        return
    name = re.sub(
        r"^the\s{1,20}|\.(?:com|co\.uk|org|net)$", "", outlet.strip(), flags=re.IGNORECASE
    )
    pattern = re.compile(
        rf"(?:\b[Tt]he )?\b{re.escape(name)}(?:\.(?:com|co\.uk|org|net))?\s{{1,20}}{_VERB}",
        re.IGNORECASE,
    )
    starts = [s.start for s in analysis.sentences]
    by_id = {s.id: s for s in analysis.sources}
    for match in pattern.finditer(text):
        n = max(0, bisect_right(starts, match.start()) - 1)
        sentence = analysis.sentences[n]
        others = [
            a
            for a in analysis.attributions
            if a.source
            and sentence.start <= a.source.start < sentence.end
            and not (match.start() <= a.source.start < match.end())
            and (by_id[a.source_id].kind if a.source_id in by_id else "") != "outlet"
        ]
        if not others:
            yield Hit(span=Span(*match.span()), values={"outlet": outlet})
