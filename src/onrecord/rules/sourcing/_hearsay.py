"""Whether what one voice says on the word of another is hearsay: that the inner one has spoken, the
outer one has no name.

Answers that for rules of the family SRC; decides nothing. Which voices stand in which is the
extraction's to find.
"""

import re

from ...language.en.verbs import SPEECH_CUE
from ...records import Attribution

_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|quot\w{1,40}|explain\w{0,40}|stat(?:e|es|ed"
    r"|ing)|claim(?:s|ed|ing)?|den(?:y|ies|ied|ying)|describ\w{1,40}|express\w{0,40}|jok\w{1,40}"
    r"|ask(?:s|ed|ing)?|warn\w{0,40}|promis\w{1,40}|admit\w{0,40}|assur\w{1,40}|confid\w{1,40}"
    r"|remark\w{0,40}|repl(?:y|ies|ied)|answer\w{0,40}|wr(?:ite|ites|ote)|notic\w{1,40}"
    r"|believ\w{1,40}|learn\w{0,40}|hear[ds]?|according to)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"\b(?:that|how|why)\b|[\"“‘]|{SPEECH_CUE.pattern}", re.IGNORECASE)
"""What makes a saying of "declared", "insisted" or "complained", which are deeds with a noun behind
them."""
_NO_SAYING = re.compile(
    r"\b(?:suggest|reveal|add|show|accus|call|point|disclos|continu|shar|acknowledg"
    r"|indicat)\w{0,40}\b",
    re.IGNORECASE,
)
_UNSAID = re.compile(
    r"\b(?:should|must|will|would|could|might|may|can|cannot|not|never|if|whether|unless)\b"
    r"|n['’]t\b|['’]ll\b"
    r"|\bto (?!(?:have|me|you|him|her|us|them|the|an?|(?-i:[A-Z]\w{0,40}))\b)[a-z]{1,40}",
    re.IGNORECASE,
)
"""Words between a voice and its verb, or right before both, by which nothing has been said yet."""
_CONDITION = re.compile(r"\b(?:if|unless|whether|when|until|once) $", re.IGNORECASE)
_HABIT = re.compile(
    r"\b(?:whatever|everything|anything|all|what|things|whenever|every time|the way|as)(?:"
    r" that)? $",
    re.IGNORECASE,
)
"""In front of what somebody says at any time: "does whatever she says"."""
_COMMENTING = re.compile(r"\b(?:comment|react|respond)\w{0,40}\b", re.IGNORECASE)
_NAMED = re.compile(r",\s{1,20}[A-Z][\w.’'-]{1,40} (?:[A-Z][\w.’'-]{0,40} ?){1,3}$")
_NAME_BEHIND = re.compile(r",\s{1,20}[A-Z][\w.’'-]{1,40} [A-Z][\w.’'-]{1,40},")
_NOTHING = re.compile(r"(?:almost |next to )?(?:nothing|little|no )", re.IGNORECASE)
_WHOSE = re.compile(r"[’']s(?:\s\S?|\W)?$")
_HE_IS = re.compile(r"(?:s?he|it|who|that)[’']s\b", re.IGNORECASE)
"""He has, not his: "he's assured her"."""
_SURE = 0.35
"""Least confidence of the inner attribution; nested ones are less sure than others."""


def said(text: str, attribution: Attribution) -> bool:
    """Whether the inner voice speaks or notices: what it shows, does or keeps quiet about is no
    word of its."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or attribution.confidence < _SURE:
        return False
    first = attribution.content[0]
    if _NO_SAYING.search(text, cue.start, cue.end) or _NOTHING.match(text, first.start):
        return False
    words = text[source.start : source.end + 2]
    if _WHOSE.search(words) and not _HE_IS.match(words):
        return False  # "Ann Lee's claims"
    if _SAYING.search(text, cue.start, cue.end):
        return True
    return bool(
        SPEECH_CUE.search(text, cue.start, cue.end)
        and _CLAUSE.search(text, cue.end, max(cue.end, first.start + 6))
    )


def unsaid(text: str, attribution: Attribution) -> bool:
    """Whether somebody is to say something, or may, and has not."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None:
        return False
    if _HABIT.search(text[max(0, source.start - 14) : source.start]):
        return True
    if source.end > cue.start:
        return bool(_UNSAID.search(text, max(0, cue.start - 12), cue.end))
    return bool(
        _UNSAID.search(text, source.end, cue.end)
        or _CONDITION.search(text[max(0, source.start - 9) : source.start])
    )


def told(text: str, outer: Attribution) -> bool:
    """Whether the outer voice has a name after all, or only comments on what others report."""
    source, cue = outer.source, outer.cue
    if source is None:
        return False
    named = _NAMED.search(text[source.start : source.end]) or _NAME_BEHIND.match(text, source.end)
    return bool(named or (cue and _COMMENTING.search(text, cue.start, cue.end)))
