"""What a word says of somebody in its sentence: who it is said of, whether it is denied, whether it
stands where a judgement or a state stands.

Answers that for rules about opinions and feelings; decides nothing. A word alone tells little: "she
is cruel" runs somebody down, "she was never cruel", "a cruel winter" and "Cruel", a name, don't.
"""

import re
from typing import Literal, NamedTuple

from ..language.en.lexicon import lexicon
from ..records import Span

Subject = Literal["person", "thing", "speaker", "anybody"]

_ADVERBS = (
    r"(?:(?!(?:he|she|they|it|i|we|you|who|that|which|to|of|in|on|at|for|with|his|her|their|my|the"
    r"|him|them|an?)\b)[\w’'-]{1,20},?\s{1,20}){0,4}"
)
_BEING = (
    r"(?:is|are|was|were|be|been|being|am|isn[’']t|aren[’']t|wasn[’']t|weren[’']t|feels?|felt"
    r"|feeling|seems?|seemed|looks?|looked|sounds?|sounded|acts?|acted|acting|gets?|got|getting"
    r"|became|becomes?|becoming|grew|grows|turned|went|stays?|remains?|left|made|makes?|called"
    r"|calls?|considers?|finds?|found|thinks?|labell?ed|branded|dubbed|comes? across as|known as"
    r"|regarded as|seen as|described as|portrayed as|appears?|appeared|ends? up|ended up|being)"
)
_PREDICATE = re.compile(
    rf"(?:(?P<short>[\w.]{{1,40}})[’'](?:s|re|m|d)|(?P<full>[\w.’'-]{{1,40}})\s{{1,20}}[‘'“\"]?"
    rf"(?:(?:[\w-]{{1,20}}ly|also|always|still|now|just|never|not|so|even|has|have|had|will|would"
    rf"|could|can|may|might|must|should|couldn[’']t|can[’']t|won[’']t|wouldn[’']t|has never|ever)"
    rf"\s{{1,20}}){{0,3}}(?P<verb>{_BEING}))"
    rf"\s{{1,20}}(?P<between>(?:(?:an?|the|such|him|her|them|himself|herself|themselves|like|as)"
    rf"\s{{1,20}}){{0,3}}{_ADVERBS}(?:(?:an?|the|such)\s{{1,20}}){{0,2}}{_ADVERBS})$",
    re.IGNORECASE,
)
"""Who or what is, feels, looks … in front of a word, with no other subject between."""
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|hardly|nothing|nobody|no|neither|nor|far from|anything but"
    r"|without|denie[sd]|deny|denying|isn[’']t|wasn[’']t|aren[’']t|weren[’']t|won[’']t|wouldn[’']t"
    r"|doesn[’']t|didn[’']t|don[’']t|can[’']t|couldn[’']t|hasn[’']t|haven[’']t|hadn[’']t)\b",
    re.IGNORECASE,
)
_RESTRICTED = re.compile(r"\bnot (?:only|just|merely|simply)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[;:—–]|,?\s(?:but|because|although|though|while|whereas|so that)\s|[.!?]\s")
_ANYBODY = re.compile(
    r"\b(?:an?|any|some|somebody|someone|anybody|anyone|everyone|people|those|one)\b"
    r"[^,.;]{0,30}\b(?:who|that)[’']?s?\s?(?:[\w’']{1,20}\s){0,2}$",
    re.IGNORECASE,
)
_OF = re.compile(
    r"\b(?:near|around|of|to|with|behind|by|for|about|like|from)\s(?:[\w’'-]{1,30}\s)?$",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"(?:are|were|aren|weren)\b", re.IGNORECASE)
_SPEAKER = frozenset("i we you im we're i'm".split())
_THINGS = lexicon("function_words", "impersonal")
_PRONOUNS = frozenset("he she they you we i who".split())
_OBJECTS = lexicon("function_words", "objects")


_CLOSES = re.compile(
    r"\s{0,20}(?:$|[^\w\s’'-]|[’'](?!\w)|(?:and|or|but|to|with|towards?|when|about|in|at|who|that|by"
    r"|because|as|if|then|than|behind|during|after|before|on|for|from|over|of|lately|now|these|enough"
    r"|again|too|all|right|sometimes|himself|herself|he|she|they|it|the|his|her|their|how|what|so)\b)",
    re.IGNORECASE,
)


class Predicate(NamedTuple):
    """Where a word stands behind a verb of being: who is, and by which verb."""

    subject: Subject
    verb: str
    denied: bool


def clause(text: str, sentence: Span, place: Span) -> str:
    """The words in front of a place, back to where its clause begins."""
    before = text[sentence.start : place.start]
    cuts = [m.end() for m in _CLAUSE.finditer(before)]
    return before[cuts[-1] :] if cuts else before


def closes(after: str) -> bool:
    """Whether no noun follows a word that it could stand in front of: "is proud", "proud of", not
    "proud old ship"."""
    return _CLOSES.match(after) is not None


_DONE_TO = re.compile(
    r"\b(?:is|are|was|were|be|been|being|gets?|got|getting|feels?|felt|feeling|left)\s{1,20}"
    r"(?:[\w-]{1,20}\s{1,20}){0,2}$",
    re.IGNORECASE,
)
_TOLD_THING = re.compile(
    r"\s{1,20}(?:claims?|clauses?|rumou?rs?|scandals?|allegations?|accusations?|row|case|charges?"
    r"|reports?|story|stories)\b",
    re.IGNORECASE,
)


def suffered(before: str) -> bool:
    """Whether the words in front of a participle say that it was done to somebody: "was | hit"."""
    return _DONE_TO.search(before[-120:]) is not None


def of_a_thing(after: str) -> bool:
    """Whether what stands behind a word of wrongdoing is told or written: "a cheating clause"."""
    return _TOLD_THING.match(after) is not None


def denied(before: str) -> bool:
    """Whether the words of a clause in front of a word deny it: "will never cheat"."""
    return bool(_NEGATED.search(_RESTRICTED.sub("", before[-70:])))


def predicate(text: str, sentence: Span, place: Span) -> Predicate | None:
    """How a word is said of somebody behind "is", "feels", "a real …"; None where it isn't."""
    before = clause(text, sentence, place)
    match = _PREDICATE.search(before[-140:])
    if match is None:
        return None
    who = (match.group("short") or match.group("full")).lower()
    around = text[max(sentence.start, place.start - 140) : place.start]
    between = match.group("between")
    if who in _SPEAKER:
        subject: Subject = "speaker"
    elif who in _THINGS and not _ANYBODY.search(around[: len(around) - len(between)]):
        subject = "thing"
    elif (
        who in _OBJECTS
        or who in ("to", "not")
        or (who in ("who", "that") and _ANYBODY.search(_up_to(around, who)))
        or _belongs(around, who, match)
    ):
        subject = "anybody"
    else:
        subject = "person"
    verb = (match.group("verb") or ("is" if who in _PRONOUNS else "’s")).lower()
    return Predicate(subject, verb, denied(match.group()))


def _up_to(around: str, word: str) -> str:
    return around[: around.lower().rfind(word) + len(word)]


def _belongs(around: str, who: str, match: re.Match[str]) -> bool:
    """Whether a name in front of "are" only says near whom others are: "people near Ann are"."""
    front = around[: max(0, around.lower().rfind(f"{who} "))]
    return bool(_PLURAL.match(match.group("verb") or "") and _OF.search(front))
