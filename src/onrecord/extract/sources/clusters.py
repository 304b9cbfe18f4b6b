"""The voices of an article in the making, and which earlier one a phrase points back to.

"The agency", "residents", "the source" and "the NHB" go back only to what the article itself has
named; which phrases are put here, and under what name, is `sources`' to say.
"""

import re
from bisect import bisect_left

import msgspec

from ...language.en.lexicon import lexicon
from ...records import Span
from .kinds import Kind
from .organisations import may_mean, plain_outlet

DEFINITE = re.compile(r"(?:the|this|that|these|those|our|his|her|their|its)\b", re.IGNORECASE)
POINTS_BACK = re.compile(
    r"(?:the|this|that|his|her|their)\b|(?:[\w’'-]{1,40} ){0,3}[\w-]{1,40}['’‘]s ", re.IGNORECASE
)
"""What a description begins with that may mean somebody named: "the singer", "Lee's mother"."""
ARTICLE = re.compile(
    r"^(?:(?:some|many|most|several|all|both|few|a (?:few|number|handful)) of\s{1,20})?"
    r"(?:the|a|an|some|many|our|his|her|their|its|these|those(?! who\b)|other)\s{1,20}|^(?:some"
    r"|many|most|several) of\s{1,20}",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"(?:another|a second|a third|a further|a separate|a different|other|one other)\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"one|some|others|a (?:second|third|fourth)", re.IGNORECASE)
_BREAK = re.compile(r"\n+")
MAX_PARAGRAPHS = 15
"""Paragraphs from "insiders" in which "a source" may be one of them; "the source" goes further
back."""
_GENERIC = frozenset("source insider pal".split())
ANY_BODY = lexicon("sources", "any_body")
"""What a body is called once it has been named."""
_WORKS = frozenset("study paper research analysis".split())
"""What one piece of research is called."""
FEW = 20
"""Mentions of outlets back in which one with a name is looked for."""
NEAR = 800
"""Code points back in which "the agency" means the body that spoke last."""


class SourceCluster(msgspec.Struct):
    """A source in the making."""

    key: str
    kind: Kind
    name: str | None = None
    person_id: str | None = None
    mentions: list[Span] = []
    sure: list[float] = []
    description: str = ""
    nested: bool = False


class SourceClusters(dict[str, SourceCluster]):
    """The voices by their keys, in the order of their first mention."""

    def __init__(self, text: str, body: int = 0) -> None:
        """`body` is where the headline ends."""
        super().__init__()
        self._text, self._body = text, body
        self._breaks = [match.start() for match in _BREAK.finditer(text)]
        self._outlets: list[str] = []
        """The keys of outlets as they are mentioned, those by their plain names, and how far."""
        self._plain: dict[str, str] = {}
        self._read = 0

    @property
    def unnamed(self) -> list[SourceCluster]:
        """Those that the article doesn't name, in order."""
        return [voice for voice in self.values() if voice.kind.kind == "anonymous"]

    def meant(self, kind: Kind, low: str, span: Span) -> SourceCluster | None:
        """What "the database" or "the agency" points back to: the last such text, or body
        nearby."""
        if low != kind.head or (kind.kind == "unknown" and low not in ANY_BODY):
            return None
        for voice in reversed(list(self.values())):
            if voice.kind.kind != ("document" if kind.kind == "document" else "organisation"):
                continue
            same = voice.kind.head == kind.head or {voice.kind.head, kind.head} <= _WORKS
            if same and voice.description != low:
                return voice
            near = span.start - voice.mentions[-1].start < NEAR
            named = voice.name and not voice.name.islower()
            if kind.kind == "organisation" and low in ANY_BODY and near:
                if not named:
                    return None
                if may_mean(low, voice.name or ""):
                    return voice
        return None

    def crowd(self, low: str, span: Span) -> SourceCluster | None:
        """Whom a bare "residents" means: "Quay residents" earlier in the same paragraph.

        "The officials" are those two who kept their names back before.
        """
        if DEFINITE.match(self._text, span.start, span.end):
            for hidden in reversed(self.unnamed):
                if hidden.kind.plural and hidden.kind.head == low:
                    return hidden
        for voice in reversed(list(self.values())):
            if voice.kind.kind == "group" and voice.kind.head == low:
                near = self._text[voice.mentions[-1].end : span.start]
                return voice if "\n" not in near and len(near) < 600 else None
        return None

    def outlet(self, name: str | None = None) -> SourceCluster | None:
        """The outlet that goes by a form of a name, or without one the outlet named last."""
        if name is None:
            named = (self[key] for key in reversed(self._outlets[-FEW:]))
            return next((v for v in named if v.name and not v.name.islower()), None)
        for key in self._outlets[self._read :]:
            self._plain.setdefault(plain_outlet(self[key].name or ""), key)
        self._read = len(self._outlets)
        plain = plain_outlet(name)
        return self.get(self._plain.get(plain, "")) if plain else None

    def named(self, low: str) -> Kind | None:
        """The kind of the body or outlet that goes by a name, in small letters, if one does."""
        for kind in ("outlet", "organisation"):
            if voice := self.get(f"{kind}:{low}"):
                return voice.kind
        return None

    def long_form(self, low: str) -> str | None:
        """The key of the longer name used before that initials stand for."""
        for voice in self.values():
            name = voice.key.partition(":")[2]
            if voice.kind.kind not in ("organisation", "outlet") or name == low:
                continue
            if not (voice.name or "")[:1].isupper():
                continue
            parts = re.findall(r"\w{1,40}", voice.name or "")
            initials = "".join(part[0] for part in parts if part[0].isupper())
            if low.replace(".", "") == initials.lower() and len(initials) > 1:
                return voice.key
        return None

    def _paragraphs(self, mention: Span, span: Span) -> int:
        """Paragraphs from a mention to a later one."""
        return bisect_left(self._breaks, span.start) - bisect_left(self._breaks, mention.end)

    def unnamed_voice(self, kind: Kind, phrase: str, span: Span, *, nested: bool) -> SourceCluster:
        """The unnamed voice that a mention belongs to, or a new one.

        A generic word (a source, insiders) goes to the voice that is there, unless it says that it
        is another; a description that differs makes a new voice, unless the article points back
        with a definite word. "A source" many paragraphs on, and each "one", is somebody new. What
        an
        unnamed voice itself relays is a voice apart.
        """
        description = ARTICLE.sub("", phrase.lower(), count=1).rstrip("s")
        generic = description in _GENERIC
        known = [v for v in self.unnamed if v.nested == nested]
        if not DEFINITE.match(phrase):
            known = [v for v in known if self._paragraphs(v.mentions[-1], span) <= MAX_PARAGRAPHS]
        if not (_ANOTHER.match(phrase) or _ONE.fullmatch(phrase)):
            same = [v for v in known if v.description == description]
            latest = sorted(known, key=lambda v: v.mentions[-1])
            if DEFINITE.match(phrase) and description == kind.head.rstrip("s"):
                # "The teacher" is the one told of last, with however many words.
                same = [v for v in latest if v.kind.head.rstrip("s") == description] or same
            if same:
                return same[-1]
            for voice in known:
                # "Teacher calls it a riot": whom only a headline has told of is introduced below.
                headed = voice.mentions[-1].end <= self._body
                if headed and voice.kind.head == kind.head and voice.kind.plural == kind.plural:
                    return voice
            if DEFINITE.match(phrase):
                for voice in reversed(known):
                    if voice.kind.head.rstrip("s") == kind.head.rstrip("s") or generic:
                        return voice
            if generic and kind.withheld:
                for voice in reversed(known):
                    if voice.kind.withheld and voice.kind.head.rstrip("s") in _GENERIC:
                        return voice
        key = f"unnamed:{len(self.unnamed)}"
        return SourceCluster(
            key, kind, mentions=[], sure=[], description=description, nested=nested
        )

    def add(
        self, key: str, kind: Kind, span: Span, *, confidence: float, nested: bool
    ) -> SourceCluster:
        """The voice of a key, made where there is none, with one more mention."""
        if key not in self:
            words = self._text[span.start : span.end].lower()
            description = ARTICLE.sub("", words, count=1).rstrip("s")
            self[key] = SourceCluster(
                key, kind, mentions=[], sure=[], description=description, nested=nested
            )
        if kind.kind == "outlet":
            self._outlets.append(key)
        self[key].mentions.append(span)
        self[key].sure.append(confidence)
        return self[key]
