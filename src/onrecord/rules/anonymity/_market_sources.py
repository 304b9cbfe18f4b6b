"""People of a trade who speak of their market: "trade sources", "banking and shipping sources", and
those who stand for them.

Agencies call dealers, brokers and exporters so by the dozen; nobody has promised them anything.
Answers for the rules on unnamed sources whether a voice is one of them; decides nothing.
"""

import re

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...records import Analysis, Source

_COUNTED = re.compile(
    rf"(?:at least |about |the )?(?:{number_words('two', 'ten')}|\d{{1,20}})\b",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\b(?:sources?|insiders?)\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:close to|familiar with|knowledge of|briefed|involved|privy|inside|within|at the meeting"
    r"|senior|top)\b",
    re.IGNORECASE,
)
_RANK = re.compile(r"\b(?:senior|top) ", re.IGNORECASE)
_DEALERS = re.compile(
    r"\b(?:dealers|traders|brokers|bankers|analysts|economists|exporters|importers|growers"
    r"|producers|refiners|shippers|underwriters"
    r"|merchants|millers|arbitrageurs|investors|operators)\b",
    re.IGNORECASE,
)


class Trades:
    """The trade's people of one article, looked up once."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.article.text
        crowds = [s for s in analysis.sources if self._crowd(s)]
        first = [s.mentions[0].start for s in crowds]
        self._since = min(first, default=None)
        self._copy = bool(crowds) or any(
            s.kind == "group" and _DEALERS.search(self._text, m.start, m.end)
            for s in analysis.sources
            for m in s.mentions
        )

    def has(self, source: Source) -> bool:
        """Whether a voice is the trade, or one of its people in copy in which the trade speaks.

        A bare "one source" counts where such a crowd has spoken before.
        """
        if self._crowd(source):
            return True
        if source.reason is not None or not self._copy:
            return False
        told = [w for m in source.mentions if not _bare(w := self._words(m.start, m.end))]
        if told:
            one = not source.plural  # a senior one is one of them; senior sources leak
            return all(_of_trade(_RANK.sub("", words) if one else words) for words in told)
        first = source.mentions[0]
        if self._since is None:  # "the sources" behind "dealers and analysts said" are those
            return self._words(first.start, first.end).lower().startswith("the ")
        return self._since < first.start

    def _words(self, start: int, end: int) -> str:
        return self._text[start:end]

    def _crowd(self, source: Source) -> bool:
        """Whether a voice is called "trade sources", in the plural and not counted."""
        if source.kind != "anonymous" or not source.withheld or source.reason is not None:
            return False
        plural = [
            self._words(m.start, m.end)
            for m in source.mentions
            if re.search(r"\b(?:sources|insiders)\b", self._words(m.start, m.end), re.IGNORECASE)
        ]
        told = [w for w in plural if not _bare(w)]
        return bool(told) and all(_of_trade(w) and not _COUNTED.match(w) for w in told)


def _bare(phrase: str) -> bool:
    return re.fullmatch(
        r"(?:(?:an?|one|another|some|other|the)\s{1,20})*(?:sources?|insiders?|they|he"
        r"|she)\W{0,40}", phrase.strip(), re.I
    ) is not None  # fmt: skip


def _of_trade(phrase: str) -> bool:
    """Whether the words before "sources" name a trade or a market, and none of them an office."""
    head = _HEAD.search(phrase)
    if head is None or _NEAR.search(phrase):
        return False
    before = phrase[: head.start()].lower()
    if re.search(r"\bcentral[ -]bank|\bworld bank", before):
        return False
    tokens = set(re.findall(r"[\w-]{1,40}", before))
    return bool(tokens & lexicon("sources", "trade")) and not tokens & lexicon("sources", "office")
