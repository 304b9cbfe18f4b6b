"""What a quotation leaves out of a sentence, read for what turns its sense.

An ellipsis between sentences is everyday work; one inside a sentence may swallow a "not", an "if",
a "they say" or a "which is a lie", and so may a quotation that begins late or stops early. Clauses
that are left out whole ("which nobody had looked at") turn nothing, and neither does what the story
says in its own words around the quotation.
"""

import re
from collections.abc import Callable

from ..language.en.lexicon import lexicon
from ..records import ChangeKind

NEGATIONS = lexicon("quotations", "negations")
EDGE = 14
"""Words before and behind a quotation that are read, within its sentence."""
LONGEST = 40
"""Words of a passage that are read at each of its ends."""


def _any_of(key: str) -> str:
    return "|".join(sorted(lexicon("quotations", key), key=lambda row: (-len(row), row)))


_OPENERS = lexicon("quotations", "openers")
_TURNING = _any_of("turning")
_IF = _any_of("conditions")
_SAYS = _any_of("reporting")
_FALSE = (
    r"(?:(?:simply|just|all|plainly|utterly|absolutely|of course|completely|an? (?:\w+ )?)? ?)"
    rf"(?:{_any_of('falsehoods')})\b"
)
_WHO = (
    r"(?:they|he|she|people|some|others|many|critics|opponents|everyone|everybody|someone|somebody"
    r"|(?:the|my|our|their|his|her"
    r"|some|these|those) (?:\w+ )?\w+)"
)
_ATTRIBUTION = (
    rf"(?:{_WHO} (?:\w+ )?(?:{_SAYS})\b|according to|allegedly|supposedly|reportedly|(?:i|we) (?:am"
    rf"|was|are|were|have been) told"
    r"|would have (?:you|us) believe|so called)"
)
_HARMLESS = re.compile(
    r"\b(?:if (?:you like|i may|you will|anything|i remember|i am honest|you ask me|not|only|any"
    r"|you want|i can)|(?:as|what|even|wonder|know"
    r"|see|ask|asked|and) if|(?:whatever|whoever|no matter what|despite what|unlike what"
    r"|regardless of what) [^,]*"
    r"|not only|no doubt|not least|no longer|nothing but|of course not|why not|or not"
    r"|whether or not|not just|not merely|without (?:a )?doubt"
    r"|do not (?:worry|forget|get me wrong)|you know|too (?:many|much|long))\b"
)
_INSIDE: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    ("reversal", re.compile(rf"\b(?:is|was|are|were|be) {_FALSE}|\b(?:{_TURNING})\b")),
    ("condition", re.compile(rf"\b(?:{_IF})\b")),
    ("attribution", re.compile(rf"\b{_ATTRIBUTION}")),
)
_BEFORE: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    (
        "negation",
        re.compile(
            r"(?:\b(?:not|never|no|hardly|barely|scarcely|without|neither|nobody|nothing|no one)"
            r"|\b(?:not|never|hardly) (?:really |even |ever |for a moment |quite )?(?:think|believe"
            r"|say|said|mean|claim|accept|agree|know|see"
            r"|expect|imagine|suppose|promise|true|the case|right|correct|fair to say|as if|suggest"
            r"|suggesting|saying|convinced|sure)"
            r"(?: for a moment)?(?: ,)?(?: that)?"
            rf"|\b(?:nobody|no one|none of us|hardly anyone|nothing) (?:\w+ )?(?:{_SAYS})(?:"
            rf" that)?)$"
        ),
    ),
    (
        "reversal",
        re.compile(
            r"\b(?:(?:refuse|refused|refuses|decline|declined|fail|failed|pretend|pretended|unable"
            r"|too \w+|forgot) to"
            r"|(?:deny|denied|denies|dispute|disputes|disputed|doubt|doubts|doubted|reject the \w+"
            r"|rejected the \w+|wrong|false|untrue|a lie"
            r"|nonsense|absurd|ridiculous|mistaken|lying|a myth|pretend|refuse to (?:accept|believe"
            r"|say|admit))"
            r"(?: to (?:say|claim|suggest|think|believe))?(?: if (?:i|we) said)?(?: that)?"
            r"|far from|anything but|instead of|rather than)$"
        ),
    ),
    ("attribution", re.compile(rf"\b{_ATTRIBUTION}(?: us| me| you)?(?: ,)?(?: that)?(?: ,)?$")),
    (
        "condition",
        re.compile(rf"(?:^|, |and |but )(?:{_IF})\b(?!.*\b(?:but|and) (?:i|we)\b).*,(?: then)?$"),
    ),
)
_BEHIND: tuple[tuple[ChangeKind, re.Pattern[str]], ...] = (
    (
        "negation",
        re.compile(
            r"not\b(?! (?:only|least|just|because|even))|(?:, )?(?:nothing of the sort"
            r"|i do not think)"
        ),
    ),
    (
        "reversal",
        re.compile(
            rf"(?:[,.] )?(?:(?:which|and|but|all of which) )?(?:that |this |it |all )?(?:is|was"
            rf"|would be) {_FALSE}"
            rf"|(?:[,.] )(?:and |but )?(?:that|this|it) (?:is|was) (?:a |an )?(?:what (?:they|he"
            rf"|she|people|the)\b|their \w+\b|{_FALSE})"
            r"|(?:, )?(?:my foot|only it does not|except it does not|i wish)\b"
        ),
    ),
    ("condition", re.compile(rf"(?:, )?(?:but |and )?(?:only )?(?:{_IF})\b")),
    ("attribution", re.compile(rf"(?:, )?(?:or so |as |at least |so |is what )?{_ATTRIBUTION}")),
)


def read_inside(flow: str) -> ChangeKind | None:
    """What turns the sense in words left out of the middle of a sentence; None if nothing does."""
    flow = _HARMLESS.sub("", flow)
    kept, opened = [], False
    for word in flow.split():
        if word in (",", ";"):
            opened = False
        elif word in _OPENERS:
            opened = True
        if not opened:
            kept.append(word)
    main = " ".join(kept)
    if NEGATIONS.intersection(kept):
        return "negation"
    for kind, pattern in _INSIDE:
        if pattern.search(main):
            return kind
    for kind, pattern in (_INSIDE[0], _INSIDE[2]):
        if kind == "attribution" and pattern.search(flow) and "as" in flow.split():
            return kind
        if kind == "reversal" and re.search(rf"\b(?:is|was) {_FALSE}", flow):
            return kind
    return None


def read_before(flow: str, *, clause: bool) -> ChangeKind | None:
    """What turns the sense right before a quotation's first word, within its sentence.

    `clause` tells whether the quotation is a clause of its own: of a fragment, whose sentence the
    reporter wrote, only a negation is read.
    """
    for kind, pattern in _BEFORE:
        if (clause or kind in ("negation", "reversal")) and pattern.search(flow):
            return kind if not _HARMLESS.search(flow[-24:]) else None
    return None


def read_behind(flow: str, *, clause: bool) -> ChangeKind | None:
    """The same right behind its last word."""
    if _HARMLESS.match(flow.removeprefix(", ")):
        return None
    for kind, pattern in _BEHIND:
        if (clause or kind in ("negation", "reversal")) and pattern.match(flow):
            return kind
    return None


_STORY: dict[str, re.Pattern[str]] = {
    "negation": re.compile(
        r"\b(?:not|never|no|nobody|nothing|neither|nor|without|hardly|den(?:y|ied|ies|ying)"
        r"|rejected?|refus\w+|doubt\w*|dismiss\w+|rul(?:e|ed|ing) out"
        r"|disput\w+|far from|unlikely|stopp?(?:ed|ing)? short|cannot)\b|n['’]t\b",
        re.IGNORECASE,
    ),
    "condition": re.compile(
        r"\b(?:if|unless|provid\w+|condition\w*|as long as|so long as|until|depend\w*|assum\w+"
        r"|subject to|in case|whether|only)\b",
        re.IGNORECASE,
    ),
    "attribution": re.compile(
        r"\b(?:told (?:her|him|them|me|us)|was told|were told|heard|claim\w*|accord\w+|alleg\w+"
        r"|reported\w*|rumou?r\w*|suggestion\w*|others|quot\w+"
        r"|supposed\w*|relay\w*|they (?:say|said))\b",
        re.IGNORECASE,
    ),
}
_STORY["reversal"] = re.compile(
    _STORY["negation"].pattern
    + r"|\b(?:lie|lies|lying|false|untrue|nonsense|rubbish|wrong|mock\w*|sarcas\w+|iron\w+|refus\w+"
    r"|declin\w+|fail\w*|pretend\w*)\b",
    re.IGNORECASE,
)


def said_around(kind: ChangeKind, around: str) -> bool:
    """Whether the story's own words around a quotation carry what it leaves out."""
    pattern = _STORY.get(kind)
    return bool(pattern and pattern.search(around))


def read_gap(
    flow: Callable[[int, int], str], stops: list[int], first: int, last: int
) -> ChangeKind | None:
    """What turns the sense in a half-open range of words that were left out.

    `flow` gives words as they are compared, commas between them; `stops` are the numbers of the
    words, inside the range or at its end, before which a sentence ends. Of whole sentences left out
    nothing is read but whether the first takes back what was said before.
    """
    if not stops:
        if last - first > 2 * LONGEST:
            return read_inside(flow(first, first + LONGEST)) or read_inside(
                flow(last - LONGEST, last)
            )
        return read_inside(flow(first, last))
    tail = flow(first, min(stops[0], first + EDGE))
    if tail and (found := read_behind(tail, clause=True)):
        return found
    if not tail:
        after = flow(stops[0], min(last, stops[0] + EDGE))
        if after and _BEHIND[1][1].match(f". {after}"):
            return "reversal"
    head = flow(max(stops[-1], last - EDGE), last)
    return read_before(head, clause=True) if head else None
