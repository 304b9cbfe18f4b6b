"""What kind of source a phrase names: a person, a body, a document, a crowd, an unnamed voice.

Reads the phrase itself: its head noun, its number, its capitals. Definitions are
`docs/design.md`'s.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import msgspec

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...records import SourceKind
from ...text.normalise import fold_outlet

_TOKEN = re.compile(r"[\w.&-]{1,40}(?:['’][a-z]{1,40})?")
_OF = re.compile(
    r"\s{1,20}(?:of|for|from|with|in|at|who|whose|that|which|close to|familiar|on|by|about|to"
    r"|inside(?! (?:source|man|woman)s?\b)|within"
    r"|near|among|between|speaking|briefed|involved|working|and|released|filed|published|issued"
    r"|conducted"
    r"|obtained|being|called|posted|provided|reviewed|commissioned|prepared|signed|sent|shared|seen"
    r"|named|like"
    r"|including|such as|after|before|under|over|when|where|during|as|outside|behind|against|has"
    r"|had|is|was)\b|[,(@]"
)
_AGENT = re.compile(r"\w{3,}(?:er|or|ist|ian|eer|ee|man|woman|person|mate)$")
_THING = lexicon("sources", "no_agents")
_NO_AGENT = _THING | {"other", "another", "either", "neither", "member", "committee"}
"""Words that end like an agent and are none."""
_NAMELESS = re.compile(
    r"not (?:to )?be (?:named|identified)|anonym|withheld|unnamed|not authori[sz]ed", re.IGNORECASE
)
_NUMBERS = (
    number_words("two", "ten") + "|several|a (?:few|number|couple|pair|dozen)|some|many"
    r"|multiple|numerous|\d{1,20}"
)
_COUNT = re.compile(rf"(?:{_NUMBERS})\b", re.IGNORECASE)
_MANY = re.compile(
    rf"(?:{_NUMBERS}|majority|plurality|minority|number|chorus|handful|slew|host|dozens|scores"
    rf"|hundreds"
    r"|thousands|millions|couple|percent|per cent|half|third|quarter)",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?:(?:one|an?|the) )?(?:\w{1,40} )?(?:(?:user|account|handle) )?@\w{1,40}", re.IGNORECASE
)
_COUNTED = re.compile(rf"(?:{number_words('one', 'five')}|several|some|many) ", re.IGNORECASE)
_KNOWING = re.compile(
    r"\b(?:familiar with|(?:with )?(?:direct |first-?hand )?knowledge of|briefed on|close to"
    r"|privy to|aware of"
    r"|involved (?:in|with)|who (?:worked|works|have|has|had|was|were|spoke|attended|saw|heard)\b)",
    re.IGNORECASE,
)
_THOSE = re.compile(r"(?:\w{1,40} of )?(?:the|these|those) (?:\w{1,40} )?people", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:[Tt]he )?(?:[A-Z][\w.]{0,40},? ){1,4}(?:and"
    r"|&) (?:[A-Z][\w.]{0,40} ?){1,3}"
)
_PART = re.compile(
    r"(?:(?P<one>one|another|neither|either|none)|\w{1,40}) of (?:them|us|those|these)"
    r"(?: (?:present|who|there|gathered|interviewed|polled)\b.*)?",
    re.IGNORECASE,
)
"""Some of those whom the article has told of."""
_LEADS = re.compile(r"^(?:The|A|An|One|Another|Some|His|Her|Its|Their|Our|This|That|I)\b ?")
_LAW = re.compile(
    r"(?:the )?(?:[A-Z]{1,3}|H\.R\.|S\.|Measures?|Propositions?|Prop\.?|Titles?|Sections?|Articles?"
    r"|Bill|Act"
    r"|(?:Senate|House|Assembly) Bill(?: \([A-Z]{1,40}\))?) (?:\d{1,20}[A-Z]?|[A-Z]{1,2})"
)
_BODIES = lexicon("sources", "bodies")
_TWO = re.compile(rf"(?:the|both|these|those) (?:{number_words('two', 'five')}) ", re.IGNORECASE)
_FOR_BODY = re.compile(
    r"\w{1,40} (?:at|for|with|from) (?:the )?[A-Z]\w{1,40} [A-Z]\w{1,40}", re.ASCII
)
_THOSE_WHO = re.compile(
    r"(?:those|people|anyone|everyone) who\b|the (?:left|right)$|(?:another )?[\d.]{1,40} ?(?:%"
    r"|percent|per cent)",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    rf"\s{{0,20}}(?:the )?(?:{number_words('two', 'ten')}|several|\d{{1,2}}) ", re.IGNORECASE
)
_NO_ONE = frozenset("nobody none anybody anyone".split())
"""No body's name, though a sentence begin with one: "Nobody asked"."""


class Kind(msgspec.Struct, frozen=True):
    """A phrase's kind, its head noun in small letters, and what it says of the identity."""

    kind: SourceKind
    head: str
    withheld: bool = False
    plural: bool = False


def head_of(phrase: str) -> tuple[str, str]:
    """The head noun of a noun phrase, and the phrase as far as it."""
    cut = _OF.search(phrase)
    front = phrase[: cut.start()] if cut and cut.start() > 0 else phrase
    tokens = _TOKEN.findall(front)
    # "sources" in "several of our sources" and in "a number of sources" is what speaks.
    if cut and cut.group().strip() == "of" and tokens and _MANY.fullmatch(tokens[-1]):
        return head_of(re.sub(r"^\s{0,20}of\s{1,20}", "", phrase[cut.start() :]))
    if cut and cut.group().strip() == "and":
        # "Privacy and human rights advocates": the last of the words says who speaks.
        last = _TOKEN.findall(phrase)[-1]
        if last in lexicon("sources", "crowd") or (last.islower() and _plural(last)):
            return last, phrase
    return (tokens[-1] if tokens else phrase.strip()), front


class Phrase(msgspec.Struct, frozen=True):
    """A source phrase, and what the cases below ask of it."""

    text: str
    outlet: str | None
    """The article's own outlet, where it is known."""
    head: str
    front: str
    """The phrase as far as its head noun."""

    @classmethod
    def of(cls, text: str, outlet: str | None) -> "Phrase":
        """The phrase of a text, with its head noun."""
        return cls(text, outlet, *head_of(text))

    @property
    def low(self) -> str:
        """The head noun in small letters."""
        return self.head.lower()

    @property
    def whole(self) -> str:
        """The phrase without the blanks round it."""
        return self.text.strip()

    @property
    def capital(self) -> bool:
        """Whether the head noun has a capital that isn't only the first of the phrase."""
        return self.head[:1].isupper() and not self.text.startswith(self.head)

    @property
    def plural(self) -> bool:
        """Whether the phrase means several."""
        return (_plural(self.low) and not self.head.isupper()) or bool(_COUNT.match(self.whole))

    @property
    def crowd(self) -> bool:
        """Whether the head noun is one for several people."""
        return self.low in lexicon("sources", "crowd")

    @property
    def several(self) -> bool:
        """Whether the phrase means several, of whom none is named."""
        return self.crowd or (self.plural and self.low.endswith("s") and not self.capital)

    @property
    def titled(self) -> bool:
        """Whether the head noun is a name's last word: "Ann Letter"."""
        named = self.head[:1].isupper() and _named(self.front)
        return named and not _COUNTED.match(self.text)


class Case(NamedTuple):
    """A row of the table by which a phrase's kind is told: the first that answers decides."""

    name: str
    example: str
    kind: SourceKind
    """What the example is; a test runs every row."""
    answer: Callable[[Phrase], Kind | None]


def _part_of(p: Phrase) -> Kind | None:
    part = _PART.fullmatch(p.whole)
    if part is None:
        return None
    one = part["one"] is not None
    return Kind("anonymous" if one else "group", "one" if one else "some", False, not one)


def _own_outlet(p: Phrase) -> Kind | None:
    return Kind("outlet", p.low) if p.outlet and own(p.text, p.outlet) else None


def _bodies(p: Phrase) -> Kind | None:
    if p.low not in _BODIES or p.capital:
        return None
    return Kind("organisation" if _TWO.match(p.text) else "group", p.low, False, True)


def _outlet(p: Phrase) -> Kind | None:
    known = p.head in lexicon("sources", "outlets")
    word = p.head[:1].isupper() and p.head in lexicon("sources", "outlet_words")
    return Kind("outlet", p.low) if "News" in p.front.split() or known or word else None


def _papers_or_things(p: Phrase) -> Kind | None:
    if not p.several or p.crowd:
        return None
    one = p.low.removesuffix("s")
    if one in lexicon("sources", "document"):
        return Kind("document", p.low)
    return Kind("unknown", p.low) if _thing(one) else None


def _counted(p: Phrase) -> Kind | None:
    if not p.several:
        return None
    if p.low == "people" and (_KNOWING.search(p.text) or _THOSE.fullmatch(p.whole)):
        return Kind("anonymous", p.low, True, True)
    if _SO_MANY.match(p.text) and p.low != "others":
        return Kind("anonymous", p.low, p.low == "people", True)
    return None


def _somebody_unnamed(p: Phrase) -> Kind | None:
    common = p.head.islower() or _listed(p.low)
    return Kind("anonymous", p.low) if common and _somebody(p.low) and not _named(p.front) else None


def _nameless_group(p: Phrase) -> Kind | None:
    group = p.low in ("group", "coalition", "collective")
    named = re.search(r"[A-Z]", p.front[1:])
    return Kind("group", p.low, False, True) if group and not named else None


def _one(p: Phrase) -> Kind | None:
    one = p.low == "one" or re.fullmatch(r"[A-Z][a-z]{1,40}(?:man|woman)", p.head)
    return Kind("anonymous", p.low) if one else None


def _capitals(p: Phrase) -> Kind | None:
    return Kind("organisation", p.low) if re.search(r"[A-Z]", _LEADS.sub("", p.front)) else None


def _if(test: Callable[[Phrase], object], kind: SourceKind) -> Callable[[Phrase], Kind | None]:
    """A case with one kind for whatever passes a test."""
    return lambda p: Kind(kind, p.low) if test(p) else None


CASES = (
    Case("part of those told of", "two of them", "group", _part_of),
    Case("the article's own outlet", "Harbour Star", "outlet", _own_outlet),
    Case("nobody", "nobody", "unknown", _if(lambda p: p.low in _NO_ONE, "unknown")),
    Case("a law", "Proposition 12", "document", _if(lambda p: _LAW.fullmatch(p.whole), "document")),
    Case("bodies in the plural", "several hospitals", "group", _bodies),
    Case(
        "officials of a body", "officials at Orr County Hospital", "spokesperson",
        lambda p: Kind("spokesperson", p.low, False, True)
        if p.low == "officials" and _FOR_BODY.match(p.text) else None,
    ),
    Case(
        "an account", "user @annlee", "person",
        _if(lambda p: _HANDLE.fullmatch(p.whole), "person"),
    ),
    Case(
        "who hides, friends and pals too", "a close pal", "anonymous",
        lambda p: Kind("anonymous", p.low, True, p.plural)
        if p.low in lexicon("sources", "withheld") else None,
    ),
    Case(
        "who speaks for a body", "a spokeswoman for the club", "spokesperson",
        lambda p: Kind("spokesperson", p.low, False, _plural(p.low))
        if p.low in lexicon("sources", "spokesperson") else None,
    ),
    Case(
        "a document", "a leaked memo", "document",
        _if(lambda p: p.low in lexicon("sources", "document") and not p.titled, "document"),
    ),
    Case("an outlet", "the Westport Gazette", "outlet", _outlet),
    Case(
        "who asked not to be named", "a clerk who asked not to be named", "anonymous",
        lambda p: Kind("anonymous", p.low, True, p.plural) if _NAMELESS.search(p.text) else None,
    ),
    Case(
        "those who", "those who saw it", "group",
        lambda p: Kind("group", p.low, False, True) if _THOSE_WHO.match(p.text) else None,
    ),
    Case(
        "two bodies together", "Orr and Pell", "organisation",
        lambda p: Kind("organisation", p.whole.lower()) if _JOINED.fullmatch(p.whole) else None,
    ),
    Case("papers or things in the plural", "the towers", "unknown", _papers_or_things),
    Case("counted people", "three neighbours", "anonymous", _counted),
    Case(
        "a crowd", "many residents", "group",
        lambda p: Kind("group", p.low, False, True) if p.several else None,
    ),
    Case("somebody by a common noun", "the ferry captain", "anonymous", _somebody_unnamed),
    Case("a group without a name", "a campaign group", "group", _nameless_group),
    Case(
        "a body by a common noun", "the council", "organisation",
        _if(lambda p: p.low in lexicon("sources", "body"), "organisation"),
    ),
    Case("one of a country", "the Irishman", "anonymous", _one),
    Case("anything else in capitals", "Orr Mills", "organisation", _capitals),
)  # fmt: skip
"""Which kind a phrase is: the first case that answers decides, and none is `unknown`."""


def kind_of(phrase: str, outlet: str | None = None) -> Kind:
    """The kind of a source phrase that names no person whom the article knows.

    `outlet` is the name of the article's own outlet, where it is known.
    """
    asked = Phrase.of(phrase, outlet)
    answers = (case.answer(asked) for case in CASES)
    return next((kind for kind in answers if kind), Kind("unknown", asked.low))


def _somebody(low: str) -> bool:
    """Whether a noun means one person: by the lists, WordNet's commonest sense, or its ending."""
    if _listed(low):
        return True
    if low in lexicon("sources", "body") or low in lexicon("nouns", "things"):
        return False
    return low in lexicon("nouns", "people") or bool(_AGENT.fullmatch(low) and low not in _NO_AGENT)


def _listed(low: str) -> bool:
    return low in lexicon("sources", "individual") or low in lexicon("sources", "roles")


def _thing(low: str) -> bool:
    """Whether a noun means no person and no body in any of its senses."""
    if low in _THING:
        return True
    return low in lexicon("nouns", "things") and low not in lexicon("sources", "individual")


def _named(front: str) -> bool:
    """Whether the phrase's last word is a name rather than a common noun."""
    tokens = _TOKEN.findall(front)
    return bool(tokens) and tokens[-1][:1].isupper() and len(tokens) > 1


def _plural(low: str) -> bool:
    if low in lexicon("sources", "plurals"):
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))


def own(phrase: str, outlet: str) -> bool:
    """Whether a phrase names the article's own outlet."""
    return fold_outlet(outlet) in fold_outlet(phrase)
