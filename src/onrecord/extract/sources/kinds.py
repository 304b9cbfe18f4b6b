"""What kind of source a phrase names: a person, a body, a document, a crowd, an unnamed voice.

Reads the phrase itself: its head noun, its number, its capitals. Definitions are
`docs/design.md`'s.
"""

import re

import msgspec

from ...language.en.counting import number_words
from ...language.en.lexicon import lexicon
from ...records import SourceKind
from ..people.clusters import Gender

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
_THING = frozenset(
    "paper computer number letter newspaper order offer answer server power water weather summer"
    " winter"
    " center centre theater theatre chapter register matter factor error mirror motor sector tower"
    " poster"
    " banner employee-handbook degree fee coffee tree list"
    " filter corner border river folder header trailer tracker browser flyer teaser order door"
    " floor"
    " tariff camera sensor vaccine device system price market plan measure attack"
    " effort event".split()
)
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
_BODIES = frozenset(
    "countries nations states governments companies agencies firms groups organizations"
    " organisations"
    " universities schools hospitals counties cities courts unions banks".split()
)
_TWO = re.compile(rf"(?:the|both|these|those) (?:{number_words('two', 'five')}) ", re.IGNORECASE)
_FOR_BODY = re.compile(
    r"\w{1,40} (?:at|for|with|from) (?:the )?[A-Z]\w{1,40} [A-Z]\w{1,40}", re.ASCII
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


def kind_of(phrase: str, outlet: str | None = None) -> Kind:
    """The kind of a source phrase that names no person whom the article knows.

    `outlet` is the name of the article's own outlet, where it is known.
    """
    if part := _PART.fullmatch(phrase.strip()):
        one = part["one"] is not None
        return Kind("anonymous" if one else "group", "one" if one else "some", False, not one)
    head, front = head_of(phrase)
    low = head.lower()
    capital = head[:1].isupper() and not phrase.startswith(head)
    hidden = bool(_NAMELESS.search(phrase))
    plural = (_plural(low) and not head.isupper()) or bool(_COUNT.match(phrase.strip()))
    if outlet and own(phrase, outlet):
        return Kind("outlet", low)
    if low in _NO_ONE:
        return Kind("unknown", low)
    if _LAW.fullmatch(phrase.strip()):
        return Kind("document", low)
    if low in _BODIES and not capital:
        return Kind("organisation" if _TWO.match(phrase) else "group", low, False, True)
    if low == "officials" and _FOR_BODY.match(phrase):
        return Kind("spokesperson", low, False, True)
    if _HANDLE.fullmatch(phrase.strip()):
        return Kind("person", low)
    if low in lexicon("sources", "withheld"):
        # "friends" and "pals" are hidden people as well as sources and insiders.
        return Kind("anonymous", low, True, plural)
    if low in lexicon("sources", "spokesperson"):
        return Kind("spokesperson", low, False, _plural(low))
    titled = head[:1].isupper() and _named(front) and not _COUNTED.match(phrase)
    if low in lexicon("sources", "document") and not titled:
        return Kind("document", low)
    if (
        "News" in front.split()
        or head in lexicon("sources", "outlets")
        or (head[:1].isupper() and head in lexicon("sources", "outlet_words"))
    ):
        return Kind("outlet", low)
    if hidden:
        return Kind("anonymous", low, True, plural)
    if re.match(
        r"(?:those|people|anyone|everyone) who\b|the (?:left|right)$|(?:another )?[\d.]{1,40} ?(?:%"
        r"|percent|per cent)",
        phrase,
        re.IGNORECASE,
    ):
        return Kind("group", low, False, True)
    if _JOINED.fullmatch(phrase.strip()):
        return Kind("organisation", phrase.strip().lower())  # two bodies, neither of them alone
    if low in lexicon("sources", "crowd") or (plural and low.endswith("s") and not capital):
        return _several(phrase, low)
    return _by_head(head, front)


def _several(phrase: str, low: str) -> Kind:
    """The kind of a phrase in the plural: counted people, a crowd, or papers and things."""
    if low not in lexicon("sources", "crowd") and _singular(low) in lexicon("sources", "document"):
        return Kind("document", low)
    if low not in lexicon("sources", "crowd") and _thing(_singular(low)):
        return Kind("unknown", low)
    counted = re.match(
        rf"\s{{0,20}}(?:the )?(?:{number_words('two', 'ten')}|several|\d{{1,2}}) ",
        phrase, re.IGNORECASE,
    )  # fmt: skip
    if low == "people" and (_KNOWING.search(phrase) or _THOSE.fullmatch(phrase.strip())):
        return Kind("anonymous", low, True, True)
    if counted and low != "others":
        return Kind("anonymous", low, low == "people", True)
    return Kind("group", low, False, True)


def _by_head(head: str, front: str) -> Kind:
    """The kind of a phrase by its head noun, where that is no crowd: somebody, or a body."""
    low = head.lower()
    if (head.islower() or _listed(low)) and _somebody(low) and not _named(front):
        return Kind("anonymous", low)
    if low in ("group", "coalition", "collective") and not re.search(r"[A-Z]", front[1:]):
        return Kind("group", low, False, True)  # a group that has no name
    if low in lexicon("sources", "body"):
        return Kind("organisation", low)
    if low == "one" or re.fullmatch(r"[A-Z][a-z]{1,40}(?:man|woman)", head):
        return Kind("anonymous", low)
    if re.search(r"[A-Z]", _LEADS.sub("", front)):
        return Kind("organisation", low)
    return Kind("unknown", low)


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


def _singular(low: str) -> str:
    return low.removesuffix("s")


def _named(front: str) -> bool:
    """Whether the phrase's last word is a name rather than a common noun."""
    tokens = _TOKEN.findall(front)
    return bool(tokens) and tokens[-1][:1].isupper() and len(tokens) > 1


def _plural(low: str) -> bool:
    if low in (
        "people",
        "many",
        "some",
        "few",
        "others",
        "several",
        "men",
        "women",
        "most",
        "spokespeople",
    ):
        return True
    return low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))


def own(phrase: str, outlet: str) -> bool:
    """Whether a phrase names the article's own outlet."""
    return _folded(outlet) in _folded(phrase)


def gender_of_noun(head: str) -> Gender | None:
    """The gender that a noun for a person tells: female for "actress" and "widow", none for
    "singer"."""
    low = head.lower().removeprefix("ex-").removeprefix("step").removeprefix("grand")
    if low in lexicon("sources", "female") or low.endswith("woman"):
        return "female"
    return "male" if low in lexicon("sources", "male") or low.endswith("man") else None


def _folded(name: str) -> str:
    return re.sub(r"\.(?:com|co|uk|org|net)\b|^the\s|\W", "", name.lower())
