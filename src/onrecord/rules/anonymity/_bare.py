"""Unnamed voices of whom an article says nothing: "a source", "our insider", and no more.

Answers for the rules on unnamed sources whether a voice is described anywhere; decides nothing.
"""

import re
from functools import cache

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...query.voices import sentence_at
from ...records import Analysis, Source, Span
from ._unnamed import Groups, described_before

_BEFORE = (
    rf"(?:an?|the|one|our|its|some|several|{number_words('two', 'five')}|many|multiple|numerous"
    r"|other|another|different|second|third|fourth|separate|anonymous|unnamed|unidentified|reliable"
    r"|trusted|trustworthy|credible|good|but|and|now|well-placed|exclusive)"
)
_ACTOR = re.compile(r"(?:they|he|she)$", re.IGNORECASE)
_BEHIND = re.compile(
    r",?\s{1,20}(?:close to|familiar with|in|at|inside|within|with|who (?:works?|is|was|has"
    r"|had)|from|near|briefed)\b",
)
_THE = re.compile(r"the\b", re.IGNORECASE)
_ANOTHER = re.compile(r"(?:an?|another|one|some|several|two|three|other)\b|\w{1,40}s$", re.I)
"""What opens a mention that presents somebody, instead of pointing back."""


def undescribed(analysis: Analysis, groups: Groups, source: Source) -> Span | None:
    """The first mention of a voice of whom nothing is said; None where somebody is described.

    "A pal" behind "a source" presents somebody anew: it says nothing of the source, whoever wrote
    or read it thinks of one person.
    """
    text = analysis.article.text
    first, *more = source.mentions
    if source.title or not _bare(text, first):
        return None
    if not all(_bare(text, m) or _presents(text, m) for m in more):
        return None
    if described_before(analysis, source) or groups.has(source) or _same(analysis, source):
        return None
    return first


@cache
def _nobody() -> re.Pattern[str]:
    """A mention that describes nobody: whose source somebody is, of all outlets, tells nothing."""
    nouns = "|".join(sorted(lexicon("sources", "undescribed"), key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?:(?:{_BEFORE}|[\w-]{{2,40}}\.(?:com|net|org|co\.uk)[’']s)\s{{1,20}})*(?:{nouns})"
        r"(?:\s{1,20}exclusive to\b.{0,40})?\W{0,40}$",
        re.IGNORECASE,
    )


def _bare(text: str, mention: Span) -> bool:
    """Whether a mention, and what follows it at once, describes nobody."""
    words = text[mention.start : mention.end]
    if _ACTOR.match(words):
        return True
    if not _nobody().match(words):
        return False
    return not _BEHIND.match(text, mention.end, mention.end + 40)


def _presents(text: str, mention: Span) -> bool:
    return _ANOTHER.match(text, mention.start, mention.end) is not None


def _same(analysis: Analysis, source: Source) -> bool:
    """Whether a voice that is met as "the informant" is the unnamed one who has just spoken."""
    text, first = analysis.article.text, source.mentions[0]
    if not _THE.match(text, first.start):
        return False
    near = analysis.sentences[max(0, sentence_at(analysis, first.start) - 2)].start
    return any(
        near <= m.start < first.start
        for s in analysis.sources
        if s.kind == "anonymous" and s.id != source.id
        for m in s.mentions
    )
