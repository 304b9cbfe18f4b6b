"""Unnamed voices that keep something back: who they are, whether the article says why, or describes
them.

Answers what the rules on unnamed sources ask of the text around a mention; decides nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ...language.en.counting import number_words
from ...query.lookup import STATED, headline, outermost, statements
from ...query.voices import sentence_at, speaks_directly
from ...records import Analysis, Attribution, Source, Span
from ._market_sources import Trades
from ._reasons import CONDITION, conditions, says_why
from ._told_other_outlet import TOLD, to_newsroom, told_other_outlet

_OFFICE = (
    r"(?:aides?|advis[eo]rs?|strategists?|staffers?|operatives?|officials?|diplomats?|consultants?"
    r"|bundlers?|allies|ally|associates?)"
)
_POST = re.compile(r"\b(?:officials?|diplomats?|consultants?)\b", re.IGNORECASE)
_RANKED = re.compile(
    r"\b(?:senior|top|former|ex|high-level|high-ranking|ranking|veteran|long-?time|key"
    r"|administration|White House|campaign"
    r"|intelligence|security|law enforcement)\b|\bwho (?!(?:also |later )?(?:said|says|claimed"
    r"|claims|told|added|asked|declined|refused|spoke|requested|wanted|wished)\b)|\b(?:close to"
    r"|familiar with|knowledge|briefed|(?<!not )involved|privy)\b",
    re.IGNORECASE,
)
"""What tells somebody on the inside from the officials, diplomats and aides who answer for their
house any day."""
_KNOWING = (
    r"(?:person|people|individuals?|someone|lawyers?|executives?|employees?|Republicans?"
    r"|Democrats?)"
    r"(?:,? (?:who is|who are|who was|who were))? (?:(?:directly|deeply|intimately) )?"
    r"(?:close to|familiar with|with (?:direct |first-?hand )?knowledge|briefed on|involved in"
    r"|privy to)"
)
_INSIDER = re.compile(
    rf"(?:an?|one|another|yet another|{number_words('two', 'five')}) (?:[\w.’'&-]{{1,40}} ){{0,6}}?"
    rf"(?:{_OFFICE}(?=$|,| (?:who|with|close|familiar|in|at|to|for|of|from|involved|briefed"
    rf"|working)\b)|{_KNOWING})",
    re.IGNORECASE,
)
"""Somebody on the inside, told apart from a crowd by "a", "one", "another" or a number."""
_PARTISAN = re.compile(
    r"(?:an?|one|another|yet another) (?:[\w.’'-]{1,40} ){0,5}(?:Republican|Democrat)(?=$|,| (?:who"
    r"|with|close|familiar|in|involved|briefed)\b)"
)
_INFORMED = re.compile(
    rf"(?:(?:senior|top|several|multiple|current and former|former"
    rf"|[A-Z][\w.’'-]{{0,40}}) ){{0,4}}(?i:{_OFFICE}|lawyers|executives|Republicans|Democrats)"
    r" (?:familiar with|with (?:direct |first-?hand )?knowledge|briefed on|involved in|privy to)\b"
)
"""Officials "familiar with" something: a crowd by its form, people kept back by its meaning."""
_EARLIER = re.compile(
    r"\s{1,20}(?:this|last) (?:year|month|spring|summer|autumn|fall|winter)\b|\s{1,20}in (?:\d{4}"
    r"|(?:Janu|Febru)ary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)\b"
)
_NOTHING = re.compile(
    r"(?:that )?(?:they|he|she|it|we) (?:will|would|can|could|do|does|did)(?: not|n[’']t"
    r"|not) (?:confirm|comment|say|discuss|disclose|reveal)\b",
    re.IGNORECASE,
)
_SURNAME = re.compile(r"(?:Source|Insider|Friend|Pal|Person)")
"""One word in the singular, without an article, with a capital: somebody's name."""
_TITLE = re.compile(r"(?:The )?(?:[A-Z]\w{1,40} )+(?:Insider|Source|Friend|Confidante?)s?$")
_SPOKE = re.compile(
    r"\b(?:said|says|added|adds|acknowledged|conceded|confided|explained|argued|recalled|predicted"
    r"|insisted|described|put it"
    r"|countered|complained|noted|warned|joked|quipped|emphasi[sz]ed|maintained|contended|stressed"
    r"|griped|confirmed|blasted|fretted)\b"
    r"|\baccording to\b",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:in (?:an? |the |one )?(?:\w{1,40} )?(?:e-?mails?|statement|speech|memo|memoir|book|tweet"
    r"|post|letter|video|filing|documents?|report)\b"
    r"|(?:on|via|to) (?:Facebook|Instagram|Twitter|Reddit|social media)|tweet\w{0,40}|tributes?"
    r"|hashtag|post(?:ed|s) on"
    r"|testif\w{1,40}|news conference|press conference|at the (?:podium|microphone|hearing|rally))",
    re.IGNORECASE,
)
_QUESTIONED = re.compile(
    r"\s{1,20}(?:\w{1,40} )?(?:told|tells) (?:the )?(?:FBI|police|agents|investigators|prosecutors"
    r"|court|committee)\b"
)
_HANDLE = re.compile(r"@\w{2,}|tweet[-_]author")
_ALL = re.compile(
    r"\b(?:like (?:all|others|many|most|several)|all (?:of )?(?:the|whom|those|of)"
    r"|most (?:of )?(?:the|whom|those)|both of whom)\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(r"(?:[\w.’'-]{1,40} ){1,3}[A-Z][\w.’'-]{1,40}(?:,| (?:said|told|says)\b)")
"""A full name with a post behind it, or a verb of saying."""
_SUMMARY = 500
"""Code points at the top of an article in which "an official" may be named further down."""
_HEAD = re.compile(
    rf"\b(?:{_OFFICE}|sources?|insiders?|friends?|pals?|confidant(?:e?s?)|informants?|tipsters?"
    rf"|people|person|Republicans?|Democrats?)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]|''[^']*''")
_MYSELF = re.compile(r"\b(?:I|[Mm]y|me)\b")
_BEHIND = re.compile(r",? (?:an?|the|one|another|his|her|their) [^.,;\n]{0,60}")
_MEMBER = re.compile(
    r"(?:one|a (?:second|third|fourth)|two|some|several|the) (?:sources?|insiders?)\b|sources\b",
    re.IGNORECASE,
)
_OTHER = re.compile(r"(?:another|other|separate)\b", re.IGNORECASE)
_THE = re.compile(r"the (?:sources?|insiders?)\b", re.IGNORECASE)
_BARE = re.compile(
    rf"(?:(?:{number_words('two', 'five')}|several|many|some|the|an?|one) )?"
    r"(?:sources?|insiders?|they|he|she)",
    re.IGNORECASE,
)
_ONE = re.compile(r"one (?:source|insider)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:sources|insiders)$", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"(?<!multiple )(?<!several )(?<!numerous )(?<!two )(?<!three )\b(?!multiple|several|numerous"
    r"|two|three|four|many|our|the|some)[\w’'-]{1,40} (?:sources|insiders)\b"
    r"|\b(?:sources|insiders) (?:who|with|in|at|close|familiar|inside|on|briefed|from|involved)\b",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"\b(?:one|an?|another)\s{1,20}(?:[\w.’'&-]{1,40} ){0,4}(?:aide|advis[eo]r|strategist|staffer"
    r"|operative|official|diplomat|employee|worker|member|clerk"
    r"|lawyer|engineer|officer|executive|manager|consultant|friend|relative|neighbou?r|colleague"
    r"|source|insider|person)\b(?P<more>[^.,;]{0,40})",
    re.IGNORECASE,
)


class Unnamed:
    """The unnamed voices of one analysis; what the whole article says of them is read once."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis, self._text = analysis, analysis.article.text
        full = [p for p in analysis.people if " " in p.name and p.name[:1].isupper()]
        self._names = sorted(m for p in full for m in p.mentions)
        self._first = {p.mentions[0].start for p in full}
        self._friends = any(
            "friend" in _heads(m.group())
            for p in full
            if (m := _BEHIND.match(self._text, p.mentions[0].end))
        )
        self._lowest = max(
            (s.mentions[0].start for s in analysis.sources if s.kind in ("person", "spokesperson")),
            default=-1,
        )
        self._covered = self._groups()
        self._trades = Trades(analysis)

    def _groups(self) -> set[str] | None:
        """Words for groups of whom the article says why they have no names; None for all voices."""
        found: set[str] = set()
        for source in self._analysis.sources:
            if source.reason is not None and says_why(self._analysis, source.reason):
                found |= self._said(source)
        seen: set[int] = set()
        for place in conditions(self._text):
            n = sentence_at(self._analysis, place.start)
            if n in seen:
                continue  # the sentence was read whole
            seen.add(n)
            sentence = self._analysis.sentences[n]
            words = self._text[sentence.start : sentence.end]
            if _ALL.search(words):
                return None  # one condition for everybody, as in a survey
            if not says_why(self._analysis, place):
                continue
            crowds = [m.group().lower() for m in _HEAD.finditer(words)]
            found |= {_single(c) for c in crowds if c.endswith("s") or c == "people"}
        return found

    def _said(self, source: Source) -> set[str]:
        """The nouns that a voice is called by, in the singular."""
        return {h for m in source.mentions for h in _heads(self._text[m.start : m.end])}

    def kept_back(self) -> Iterator[Source]:
        """The unnamed voices that speak to the article on its matter and whom it does not name.

        Sources and insiders, and aides, officials, advisers and people "familiar with" something
        that are told apart; never a spokesman, a crowd, a passer-by, or a post whose holder is
        known.
        """
        for source in self._analysis.sources:
            if not outermost(self._analysis, source) or self.named(source):
                continue
            first = self._first_below(source)
            if "friend" in self._said(source) and self._own_tale(source):
                continue
            if _SURNAME.fullmatch(first):
                continue
            if self._trades.has(source) or self._told_others(source):
                continue
            if self._told_nothing(source):
                continue
            if (
                source.kind == "anonymous"
                and source.withheld
                and speaks_directly(self._analysis, source)
            ):
                if not _TITLE.fullmatch(first) and not _in_public(self._analysis, source):
                    yield source
            elif source.kind in ("anonymous", "organisation", "group") and self._insider(source):
                yield source

    def _first_below(self, source: Source) -> str:
        """What a voice is first called below the headline, where words have a title's capitals."""
        head = headline(self._analysis)
        below = head.span.end if head else 0
        mention = next((m for m in source.mentions if m.start >= below), source.mentions[0])
        return self._text[mention.start : mention.end]

    def _told_others(self, source: Source) -> bool:
        """Whether a voice spoke to other newsrooms only."""
        said = [a for a in statements(self._analysis, source) if a.parent is None]
        outlet = self._analysis.article.outlet
        return bool(said) and all(told_other_outlet(self._text, a, outlet) for a in said)

    def _told_nothing(self, source: Source) -> bool:
        """Whether a voice only says that it will not say: "sources say they will not confirm
        it"."""
        said = [a for a in statements(self._analysis, source) if a.parent is None]
        starts = (self._text[a.content[0].start : a.content[0].end] for a in said)
        return bool(said) and all(_NOTHING.match(words) for words in starts)

    def _own_tale(self, source: Source) -> bool:
        """Whether the writer tells of friends of his or her own, as letters and columns do."""
        n = sentence_at(self._analysis, source.mentions[0].start)
        sentences = self._analysis.sentences
        end = sentences[min(n + 2, len(sentences) - 1)].end
        around = self._text[sentences[max(0, n - 1)].start : end]
        return _MYSELF.search(_QUOTED.sub(" ", around)) is not None

    def _insider(self, source: Source) -> bool:
        """Whether a voice is an insider of whom nobody said that the name is kept back."""
        text, first = self._text, source.mentions[0]
        lead = re.search(
            r"\b(?:an?|one|another)\s{1,20}$", text[max(0, first.start - 12) : first.start]
        )
        phrase = (lead.group() if lead else "") + text[first.start : first.end]
        shape = {"organisation": _PARTISAN, "group": _INFORMED}.get(source.kind, _INSIDER)
        if not shape.match(phrase) or _any_day(phrase):
            return False
        if len(source.mentions) == 1 and first.start < _SUMMARY and self._lowest > first.end:
            return False  # whoever speaks by name below may be the official at the top
        near = bisect_left(self._names, first)
        while near < len(self._names) and self._names[near].start <= first.end + 2:
            if _apposed(text, first, self._names[near]):
                return False
            near += 1
        outlet = self._analysis.article.outlet
        spoken = [a for a in statements(self._analysis, source) if _to_the_press(text, a, outlet)]
        return bool(spoken) and not _in_public(self._analysis, source)

    def named(self, source: Source) -> bool:
        """Whether the article names the voice close by, or a friend where friends speak."""
        if self._friends and "friend" in self._said(source):
            return True
        mention = source.mentions[0]
        after = sentence_at(self._analysis, mention.start) + 1
        if mention.start < _SUMMARY and self._holder(mention, after):
            return True
        if after >= len(self._analysis.sentences) or not _leads(self._text, mention):
            return False
        return self._analysis.sentences[after].start in self._first

    def _holder(self, mention: Span, after: int) -> bool:
        """Whether an official at the top is named below: who speaks in the next sentence, or the
        one behind, of the same house."""
        text, sentences = self._text, self._analysis.sentences
        phrase = text[mention.start : mention.end]
        if after >= len(sentences) or not re.search(rf"\b{_OFFICE}\b", phrase, re.IGNORECASE):
            return False
        end = sentences[min(after + 1, len(sentences) - 1)].end
        house = set(re.findall(r"\b[A-Z][\w.]{1,40}", phrase)) - {"Senior", "The", "One", "Another"}
        for name in self._first:
            if sentences[after].start <= name < end and _INTRODUCED.match(text, name):
                told = text[max(0, name - 60) : name + 90]
                if name < sentences[after].end or any(word in told for word in house):
                    return True
        return False

    def explained(self, source: Source) -> bool:
        """Whether the article says why a voice, or the group that it is of, has no name.

        That the source asked for it, or spoke "on condition of anonymity", is no reason.
        """
        if self._covered is None or self._said(source) & self._covered:
            return True
        if source.reason is not None and says_why(self._analysis, source.reason):
            return True
        sentences = self._analysis.sentences
        contents = (c for a in statements(self._analysis, source) for c in a.content)
        for place in (*source.mentions, *contents):
            n = sentence_at(self._analysis, place.start)
            end = sentences[min(n + 1, len(sentences) - 1)].end
            for found in conditions(self._text, sentences[max(0, n - 1)].start, end):
                if says_why(self._analysis, found):
                    return True
        return False


def _any_day(phrase: str) -> bool:
    """Whether a phrase is for one who answers for a house: "a board official", "an aide to
    Pell"."""
    if _RANKED.search(phrase):
        return False
    bare = re.fullmatch(r"(?:an?|one|another) aides?", phrase.strip(), re.IGNORECASE)
    return bool(bare or _POST.search(phrase) or re.search(r"\baides? to\b", phrase, re.IGNORECASE))


def _heads(phrase: str) -> set[str]:
    return {_single(m.group()) for m in _HEAD.finditer(phrase)}


def _single(word: str) -> str:
    low = word.lower()
    return {"allies": "ally", "people": "person"}.get(low, low.removesuffix("s"))


def _leads(text: str, mention: Span) -> bool:
    """Whether a mention begins its paragraph, as the summary of an item does."""
    return (
        text[max(0, mention.start - 4) : mention.start].rstrip(" ").endswith("\n")
        or not mention.start
    )


def _apposed(text: str, mention: Span, name: Span) -> bool:
    """Whether a name stands inside a mention behind a comma, or right behind the mention."""
    if name.end <= mention.end:
        return "," in text[mention.start : name.start]
    return re.fullmatch(r",?\s{0,20}", text[mention.end : name.start]) is not None


def _to_the_press(text: str, attribution: Attribution, outlet: str | None) -> bool:
    """Whether an attribution's words were said to the article, and not to another newsroom."""
    if attribution.parent is not None or attribution.cue is None or attribution.confidence < 0.5:
        return False
    if attribution.stance not in STATED:
        return False
    cue = attribution.cue
    if _EARLIER.match(text, cue.end) or told_other_outlet(text, attribution, outlet):
        return False
    if TOLD.search(text, cue.start, cue.end):
        return to_newsroom(text, cue.end)
    return _SPOKE.search(text, cue.start, cue.end) is not None


def _in_public(analysis: Analysis, source: Source) -> bool:
    """Whether a voice speaks in the open: in a post, a tribute, a filing, with its handle shown."""
    text = analysis.article.text
    for mention in source.mentions:
        sentence = analysis.sentences[sentence_at(analysis, mention.start)]
        around = Span(
            max(sentence.start, mention.start - 120), min(sentence.end, mention.end + 160)
        )
        if _QUESTIONED.match(text, mention.end) or _PUBLIC.search(
            _QUOTED.sub(" ", text[around.start : around.end])
        ):
            return True
        if _HANDLE.search(
            text, mention.start, min(len(text), sentence.end + 120, mention.end + 400)
        ):
            return True
    return False


def described_before(analysis: Analysis, source: Source) -> bool:
    """Whether "the insider", "the source" points back to somebody whom the text before
    describes."""
    text = analysis.article.text
    for mention in source.mentions[:1]:
        phrase = text[max(0, mention.start - 4) : mention.end]
        if not re.search(r"\b(?:the|this|that)\s", phrase, re.IGNORECASE):
            continue
        n = sentence_at(analysis, mention.start)
        start = analysis.sentences[max(0, n - 2)].start
        for match in _POSTED.finditer(text, start, mention.start):
            plain = re.fullmatch(
                r"(?:one|an?|another)\s{1,20}(?:source|insider|person)",
                match.group()[: match.start("more") - match.start()].strip(),
                re.IGNORECASE,
            )
            if not plain:
                return True
    return False


class Groups:
    """Whom "sources", "the sources" and "one source" of an article may be of, looked up once."""

    def __init__(self, analysis: Analysis) -> None:
        text = analysis.article.text
        self._analysis, self._text = analysis, text
        self._crowds: list[int] = []
        self._described: list[int] = []
        self._spoke: list[int] = []
        for source in analysis.sources:
            if source.kind not in ("group", "anonymous"):
                continue
            if all(_BARE.fullmatch(text, m.start, m.end) for m in source.mentions):
                continue
            self._spoke.extend(m.start for m in source.mentions)
            if any(_DESCRIBED.search(text, m.start, m.end) for m in source.mentions):
                self._described.append(source.mentions[0].start)
                if source.kind == "group" or source.plural:
                    self._crowds.append(source.mentions[0].start)
        self._spoke.sort()
        condition = CONDITION.search(text)
        self._condition = condition.start() if condition else len(text)

    def has(self, source: Source) -> bool:
        """Whether "one source", "sources", "a third source" are of people whom the article
        describes.

        Those called sources before; for a plural also those in the two sentences behind ("sources
        said … board
        sources said"), and people who spoke on a condition. "The sources" are whoever spoke before
        without a
        name, and so is "one source" right behind them.
        """
        text, first = self._text, source.mentions[0]
        if _OTHER.match(text, first.start):
            return False
        sentences = self._analysis.sentences
        n = sentence_at(self._analysis, first.start)
        if _SEVERAL.search(text, first.start, first.end):
            near = sentences[min(n + 2, len(sentences) - 1)].end
            if self._condition < first.start or any(d < near for d in self._described[:1]):
                return True
        elif _MEMBER.match(text, first.start) and any(c < first.start for c in self._crowds[:1]):
            return True
        last = bisect_left(self._spoke, first.start) - 1
        if last < 0:
            return False
        if _THE.match(text, first.start):
            return True
        close = self._spoke[last] >= sentences[max(0, n - 1)].start
        return close and _ONE.match(text, first.start) is not None
