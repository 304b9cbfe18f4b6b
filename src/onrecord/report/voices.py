"""What a statement rests on: its voice, its kind, and the chain of voices that it came through.

Looks things up once for a whole article, so that a page of a thousand statements costs no more than
its length. Decides nothing about layout.
"""

import re

import msgspec

from ..language.en.lexicon import lexicon
from ..records import Analysis, Attribution, Source, Span
from ..text.spans import text_of

KINDS = {
    "person": ("named person", "●"),
    "spokesperson": ("spokesperson", "◐"),
    "organisation": ("organisation", "■"),
    "document": ("document", "§"),
    "outlet": ("news outlet", "◆"),
    "author": ("the reporter", "◇"),
    "group": ("crowd", "⁂"),
    "anonymous": ("unnamed source", "○"),
    "unknown": ("unclear who", "?"),
    "nobody": ("no source stated", "×"),
}
"""What a statement can rest on, by the source's kind: in the words of the page, and its mark."""
STANCES = {
    "says": "says",
    "denies": "denies",
    "declines": "declines",
    "asks": "asks",
    "believes": "is said to think or feel",
    "intends": "is said to want or plan",
}
_MANY = {
    "says": "say",
    "denies": "deny",
    "declines": "decline",
    "asks": "ask",
    "believes": "are said to think or feel",
    "intends": "are said to want or plan",
}
_ONE = re.compile(r"(?:an?|one|another|every|each|this|that)\b", re.I)
_HEAD_ENDS = re.compile(
    r"\s(?:of|in|on|at|with|close|familiar|who|from|to|for|inside|within|near|briefed|about)\b"
)
_PLURALS = lexicon("people", "many")
_NAMED = frozenset({"person", "spokesperson", "organisation", "outlet", "author"})
PROBABLY = 0.65
"""Confidence of a speaker below which the page and the register say "probably"."""
_WORD = re.compile(r"\w+")
_NOT_A_LEVEL = frozenset({"outlet", "author"})
ATTITUDES = frozenset({"believes", "intends"})
"""Stances of what somebody is said to think or want, by another voice."""


class Basis(msgspec.Struct, frozen=True):
    """What a stretch of the article rests on, in the words of the page."""

    kind: str
    words: str
    """For instance “our sources, unnamed source”."""
    mark: str


OWN = Basis("own", "the story's own words, no source stated", "–")


class Voices:
    """The voices of an analysis, and who relays whom."""

    def __init__(self, analysis: Analysis) -> None:
        self._text = analysis.article.text
        self._sources = {s.id: s for s in analysis.sources}
        self._by_id = {a.id: a for a in analysis.attributions}
        self.names: dict[str, str] = {s.id: describe(self._text, s) for s in analysis.sources}
        self._depths: dict[str, int] = {}
        self._pieces = sorted(
            ((piece, a) for a in analysis.attributions for piece in a.content),
            key=lambda pair: pair[0],
        )

    def source(self, attribution: Attribution) -> Source | None:
        """The voice of a statement; None where none is stated."""
        return self._sources.get(attribution.source_id or "")

    def name(self, attribution: Attribution) -> str:
        """What to call the voice of a statement."""
        return self.names.get(attribution.source_id or "", "no source stated")

    def kind(self, attribution: Attribution) -> str:
        """The kind of a statement's own voice."""
        source = self.source(attribution)
        return source.kind if source else "nobody"

    def chain(self, attribution: Attribution) -> list[Attribution]:
        """The statement and those that it stands in, from the inside out."""
        links = [attribution]
        while (parent := self._by_id.get(links[-1].parent or "")) is not None:
            links.append(parent)
        return links

    def rests_on(self, attribution: Attribution) -> str:
        """The kind that a statement rests on.

        What somebody is said to think or want, by another voice, rests on that other voice.
        """
        return self.kind(self.teller(attribution))

    def teller(self, attribution: Attribution) -> Attribution:
        """The statement of the chain whose voice bears it: not one of which only a mind is told."""
        chain = self.chain(attribution)
        return next((link for link in chain if link.stance not in ATTITUDES), attribution)

    def depth(self, attribution: Attribution) -> int:
        """Hearsay depth: 1 plus the parent's; outlets, the author and attitudes add nothing.

        Nor does a voice that tells of its own words or thoughts.
        """
        known = self._depths.get(attribution.id)
        if known is None:
            known = 1
            for outer in self.chain(attribution)[1:]:
                own = outer.source_id == attribution.source_id
                named = outer.source_id and not own and self.kind(outer) not in _NOT_A_LEVEL
                known += bool(named and outer.stance not in ATTITUDES)
            self._depths[attribution.id] = known
        return known

    def marks(self, attribution: Attribution) -> str:
        """The marks of the chain, outermost voice first, for instance `○›○`."""
        return "›".join(KINDS[self.kind(a)][1] for a in reversed(self.chain(attribution)))

    def says(self, attribution: Attribution) -> str:
        """The verb that goes with the voice as the page calls it: “says”, for several “say”."""
        source = self.source(attribution)
        several = source is not None and is_plural(self.names[source.id], source.kind)
        return (_MANY if several else STANCES)[attribution.stance]

    def words(self, attribution: Attribution) -> str:
        """The chain in a sentence."""
        chain = self.chain(attribution)
        first = chain[0]
        perhaps = "probably " if first.source_id and first.speaker_confidence < PROBABLY else ""
        who = f"{perhaps}{self.name(first)} ({KINDS[self.kind(first)][0]})"
        said = f"{who} {self.says(first)} this"
        if len(chain) > 1:
            said += ", on the word of " + ", on the word of ".join(self.name(a) for a in chain[1:])
        return said

    def basis(self, span: Span) -> Basis:
        """What most of a span rests on: the statement that covers at least half, the innermost."""
        held: dict[str, int] = {}
        for piece, a in self._pieces:
            if piece.start >= span.end:
                break
            if piece.end > span.start:
                shared = min(piece.end, span.end) - max(piece.start, span.start)
                held[a.id] = held.get(a.id, 0) + shared
        half = [self._by_id[i] for i, n in held.items() if 2 * n >= span.end - span.start]
        if not half:
            return OWN
        best = max(half, key=lambda a: (len(self.chain(a)), held[a.id]))
        kind = self.rests_on(best)
        words = self.name(self.teller(best)) if kind != "nobody" else "no source stated"
        kind_words = KINDS[kind][0]
        same = words.casefold() == kind_words.casefold()
        return Basis(kind, words if same else f"{words}, {kind_words}", KINDS[kind][1])


def describe(text: str, source: Source) -> str:
    """What to call a voice: its name, else the article's fullest words for it."""
    if source.name:
        return source.name
    return max((" ".join(text_of(text, m).split()) for m in source.mentions), key=len)


def is_plural(words: str, kind: str) -> bool:
    """Whether what a voice is called takes a verb in the plural: “our sources”, “police”."""
    head = _HEAD_ENDS.split(words.casefold(), maxsplit=1)[0].split()
    if not head or _ONE.match(words):
        return False
    if head[-1] in _PLURALS:
        return True
    return kind not in _NAMED and head[-1].endswith("s") and not head[-1].endswith(("ss", "us"))


def size(text: str, attribution: Attribution) -> int:
    """Words in a statement."""
    return sum(len(_WORD.findall(text, s.start, s.end)) for s in attribution.content)
