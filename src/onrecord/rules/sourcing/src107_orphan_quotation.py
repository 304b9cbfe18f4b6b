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

Ann Lee put it so: "We were told nothing until the barriers came down and it was dark."

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge was shut]. "We were told nothing until the barriers came down and it was dark."

The board met "to hear why the barriers had come down before anybody was told of it".

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "We were told nothing."] ¶ "Then the barriers came down and it was dark and everyone went home." ¶ "They came back when it was light and the tide had gone out again."

Ann Lee gave no thanks. ¶ [q1 "The bridge has its own “Bridge Bill,” which is new,"] [c1 said] [s1 person=Ann_Lee she]. ¶ "We were told nothing and we saw nothing until the barriers came down."

Ann Lee rang the board. "Is the bridge open?" Pause. "Then we were told nothing until the barriers came down, were we."

"We were told nothing and we saw nothing until the barriers came down." ¶ Ann Lee, Orr Harbour Club.

[q1 "The quay is shut,"] [s1 person=Ann_Lee Ann Lee] [c1 said]. ¶ Was it ever open before she came to it? ¶ [q1 "We were told nothing and we saw nothing until the barriers came down."]

## Known misses
A quotation that stands after what somebody else says is taken for theirs, so a change of speaker with no name is not
seen here. Of quotations that follow one another, only the first is reported. Quoted words inside the reporter's own sentence are left alone.

## Options
`words`: the least number of words that is reported (8).
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import WORD, block_at, headline
from ...records import Attribution, Context, Hit, Quote
from ...text.spans import SpanIndex
from .. import option, rule

_SAID = re.compile(rf"\s{{0,20}}[–—(\[-]|{SPEECH_CUE.pattern}", re.IGNORECASE)
_SIGNED = re.compile(
    r"[–—-]|[A-Z][\w.’'-]{1,40} [A-Z][\w.’'-]{1,40}, [A-Z][^.\n]{3,60}\.?[\"”]?$"
    r"|[A-Z][\w.’'-]{1,40} (?:[A-Z][\w.’'-]{1,40} ?){1,3}[,.]?\s{0,20}$",
    re.MULTILINE,
)

_TALK = re.compile(
    r"\b(?:hint(?:s|ed)?|open(?:ed|s|ing)? up|spoke|speaks|speaking|interview(?:ed|s)?|statement"
    r"|post(?:s"
    r"|ed)?|caption(?:ed)?|tweet(?:s|ed)?|letter|e-?mail(?:s|ed)?|messages?|read(?:s|ing)?"
    r"|sings?|sang"
    r"|lyrics|quote[sd]?|comment(?:s|ed)?|reveal\w{0,5}|talk(?:s|ed|ing)?|discuss\w{0,5}"
    r"|address\w{0,3}"
    r"|video|clip|transcript|speech|slam(?:s|med)|praise[sd]?|thank(?:s|ed)|joke[sd]?)\b",
    re.IGNORECASE,
)
"""Words of talk in front of a quotation that lead to it, where no verb of saying does."""
_PAUSE = 3
"""Words between two quotations that do not end the first: "Pause.", "And then:"."""
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may"
    r"|might"
    r"|['’](?:s|re|ve|ll|d|m)|n['’]t|[a-z]{3,}ed|get|got|know|think|want|need|go|went|make|made|see"
    r"|saw|feel|come|came)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?:\b(?:song|book|film|movie|novel|album|episode|show|series|play|poem|slogan|sign|banner"
    r"|chant|titled"
    r"|entitled|called|named|headlined|read|reads|reading|lyrics|motto|hashtag|shirt|hat|paper"
    r"|essay|article|report)\b\W{0,40})$",
    re.IGNORECASE,
)


@rule(
    code="SRC107",
    name="orphan-quotation",
    message="no speaker was found for this quotation. Ask: who says this?",
    severity="warning",
    status="preview",
    standards=("reuters", "spj"),
    scope="all",
    options={"words": 8},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    least = option(context, check, "words")
    head, blocks = headline(analysis), analysis.article.blocks
    spoken = SpanIndex((span, a) for a in analysis.attributions for span in a.content)
    outer = [q for q in analysis.quotes if q.parent is None]
    covered = False
    for quote, before in zip(outer, [None, *outer], strict=False):
        runs_on = before is not None and before.closed and before.marks[1] is None
        touches = any(_near(context, quote, a) for _, a in spoken.at(quote.span))
        between = text[before.span.end : quote.span.start] if before else ""
        follows = before is not None and len(between.split()) <= _PAUSE
        n = block_at(blocks, quote.span.start)
        if n and quote.span.start == blocks[n].span.start:  # one speech in two paragraphs
            follows = follows or text[blocks[n - 1].span.start] in "\"“‘'"
        covered = touches or ((runs_on or follows) and covered)
        if covered or follows or _led(context, quote) or (head and quote.span.end <= head.span.end):
            continue
        if n and text[blocks[n - 1].span.end - 1] not in ".!?:…”\"’'":
            continue  # the page broke a quotation's lines into paragraphs
        if _clause(text, quote, least) and not _TITLE.search(
            text, max(0, quote.span.start - 40), quote.span.start
        ):
            yield Hit(span=quote.span)


def _near(context: Context, quote: Quote, attribution: Attribution) -> bool:
    """Whether the voice of an attribution, its verb or more of its words stand by a quotation.

    By it is from the paragraph before to the one behind, and above the questions of an interview: a
    reader doesn't look further for a speaker.
    """
    text, blocks = context.analysis.article.text, context.analysis.article.blocks
    n = block_at(blocks, quote.span.start)
    first = max(0, n - 1)
    while first and text[blocks[first].span.end - 1] == "?":
        first -= 1
    start, end = blocks[first].span.start, blocks[min(len(blocks) - 1, n + 1)].span.end
    places = [s for s in (attribution.source, attribution.cue) if s is not None]
    places += [
        s
        for s in attribution.content
        if not (s.start < quote.span.end and quote.span.start < s.end)
    ]
    return not places or any(start <= s.start < end for s in places)


def _clause(text: str, quote: Quote, least: int) -> bool:
    """Whether a quotation is long enough and has a verb: a title or a name has none."""
    inner = text[quote.inner.start : quote.inner.end]
    found = WORD.findall(inner)
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= least and bool(_VERB.search(inner)) and capitals < 0.6 * len(found)


def _led(context: Context, quote: Quote) -> bool:
    """Whether a quotation is led to by words, is part of a sentence, or has a speaker in reach.

    In reach are its own paragraph, what comes after it in the sentence, and the paragraph before.
    """
    analysis = context.analysis
    text, blocks = analysis.article.text, analysis.article.blocks
    before = text[: quote.span.start].rstrip()[-1:]
    opens = text[quote.inner.start : quote.inner.start + 1].isupper() and before in ".!?\"”’'…"
    if not opens:
        return True
    n = block_at(blocks, quote.span.start)
    reach = blocks[n - 1].span.start if n else 0
    after = min(blocks[n].span.end, quote.span.end + 80)
    if _SAID.search(text, quote.span.end, after):
        return True
    if n + 1 < len(blocks) and _SIGNED.match(text, blocks[n + 1].span.start):
        return True
    told = SPEECH_CUE.search(text, reach, quote.span.start) or _TALK.search(
        text, reach, quote.span.start
    )
    return told is not None or any(
        a.source and reach <= a.source.start < blocks[n].span.end for a in analysis.attributions
    )
