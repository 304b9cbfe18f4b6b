"""Which of the people that a phrase names is the one who speaks, if any: "Lowe's office" is nobody.

Reads the phrase and its words for posts; pronouns and unnamed voices are `sources`' business.
"""

import re
from collections.abc import Sequence

from ..data.words import words
from ..records import Span

_LAST = re.compile(r"([\w-]+)(,?) $")
_POSTS = (
    words("sources", "roles") | words("sources", "spokesperson") | words("sources", "individual")
)


def named_in(text: str, span: Span, people: Sequence[tuple[Span, str]]) -> str | None:
    """The id of the person who speaks in a source's span; `people` are mentions with ids, in order."""
    phrase = text[span.start : span.end].strip()
    inside = [(m, p) for m, p in people if span.start <= m.start < span.end]
    if not inside:
        return None
    mention, person = inside[0]
    for later, other in inside[1:]:
        # "the Lowe aide Jon Pell", "Lowe's spokesman Jon Pell": the post's holder speaks.
        before = _LAST.search(text, span.start, later.start)
        if before and before.group(1).lower() in _POSTS and not before.group(2):
            mention, person = later, other
            break
        if "," in text[mention.end : later.start]:
            break
    lead_words = mention.start - span.start
    after = text[mention.end : mention.end + 2]
    if after in ("'s", "’s") and mention.end + 2 < span.end:
        return None  # "Lowe's office": the office speaks
    if re.match(
        r"\s+(?!who\b|and\b|of\b|himself\b|herself\b|the\b)[a-z]",
        text[mention.end : span.end],
    ):
        return None  # "a Lowe campaign advert": the advert speaks
    if re.match(r"\s*(?:the|an?|this|that) ", phrase, re.I) and re.search(
        r"\b(?:to|from|by|with)\s", phrase[:lead_words]
    ):
        return None  # "an e-mail to Lowe"
    lead = phrase[:lead_words]
    if re.search(r"\b(?:like|including|such as)\s", lead):
        return None  # "critics such as Ann Lee": the critics speak
    if re.search(r"\b(?:for|of|to|from|with|at|by|in)\s+(?:\w+\.?\s+){0,2}$", lead):
        return None  # "a spokesman for Hester Lowe"
    return person
