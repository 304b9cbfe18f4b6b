"""Whether words that keep a name back say why: "asked not to be named" is a condition, "because …"
behind it a reason.

Answers that for the rules on unnamed sources. Which voice a reason is for is `unnamed`'s to say,
whether it is an empty one a rule's.
"""

import re
from collections.abc import Iterator

from ...query.voices import sentence_at
from ...records import Analysis, Span

CONDITION = re.compile(
    r"\banonym(?:ity|ous(?:ly)?)\b|\bnot (?:want(?:ing)? |wish(?:ing)? |willing "
    r"|asking )?(?:to )?(?:be|being) (?:publicly |further )?(?:named|identified|quoted)\b"
    r"|\bnot for attribution\b|\b(?:on|deep) background\b|\boff the record\b"
    r"|\b(?:his|her|their|whose) (?:real |full )?names? (?:not |is |are |was |were |has been "
    r"|have been |being )*(?:be )?(?:used|withheld|published|printed|given|changed)\b"
    r"|\b(?:declin|refus|prefer|ask|want|wish)(?:ed|ing|s|es|red|ring)?(?: not)? to (?:give|provide"
    r"|be|remain)(?: (?:his|her|their|publicly|further))? "
    r"(?:names?|named|identified|unnamed)\b|\bwithh(?:eld|olding) (?:his|her|their"
    r"|the) (?:\w{1,40} )?names?\b"
    r"|(?:\bnot|n[’']t) (?:naming|identifying)\b",
    re.IGNORECASE,
)
"""Words by which an article says that a name is kept back."""
_REASON = re.compile(
    r"(?:\bnot|n[’']t)\s{1,20}(?:\w{1,40}\s{1,20})?authori[sz]ed\b|\bunauthori[sz]ed to\b"
    r"|\black(?:s|ed|ing)? (?:the )?(?:authority|authori[sz]ation|permission)\b"
    r"|\bfear(?:s|ed|ing)? (?:of |for )?(?:(?:his|her|their|the|any|legal|political"
    r"|professional) )*"
    r"(?:reprisals?|retaliation|retribution|losing|los[st]|job|jobs|safety|lives|life|careers?"
    r"|punishment|repercussions?|consequences|being)\b"
    r"|\bintimidated\b|\bafraid (?:of|to)\b|(?:\bnot|n[’']t) (?:allowed|permitted|supposed|free"
    r"|cleared|meant) to (?:speak|talk|discuss|comment|brief)\b",
    re.IGNORECASE,
)
"""Words that are a reason by themselves, where they stand beside a voice."""
_BESIDE = re.compile(
    r"\breprisals?\b|\bretaliat\w{1,40}|\bjeopardi[sz]\w{1,40}|\bsensitiv(?:e|ity)\b"
    r"|\bconfidential\w{0,40}\b"
    r"|\bnot (?:been |yet |yet been )?(?:made public|public|announced|finali[sz]ed)\b",
    re.IGNORECASE,
)
"""Words that are a reason in one sentence with those that keep the name back."""
_NEXT = re.compile(
    r"(?:[,)]|\s)+(?:because|as|since|so|to|for|when|while|until|before|pending|lest|given|under"
    r"|citing|saying|fearing|wary|afraid"
    r"|discussing|describing|talking|speaking about|in (?:order|line|keeping|accordance|case"
    r"|exchange for)|due to|owing to|out of|ahead of|on (?:the )?grounds)\b",
    re.IGNORECASE,
)
"""What begins a reason right behind the words that keep the name back."""
_LATER = re.compile(
    r"(?:,?\s{1,20}(?!(?:said|says|told|adds|added|noted|but|and|he|she"
    r"|they)\b)[\w’'-]{1,40}){1,7}?,?\s{1,20}"
    r"(?:because|for fear|fearing|citing|so as|so (?:that )?(?:he|she|they)|in order|due to"
    r"|owing to|out of|given|lest|to (?:discuss|describe|speak|talk|protect|avoid))\b",
    re.IGNORECASE,
)
"""A reason a few words further on: "not to be named in this story because …"."""
_BEFORE = re.compile(
    r"\s{0,20}(?:Because|Since|As|Fearing|Citing|Given|Afraid|Wary|Out of|To"
    r"|For)\b"
)
_GOES_ON = re.compile(r"[“\"]?(?:The (?:source|official|person|man|woman)|He|She|They)\b")


def conditions(text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """The places where a text says that a name is kept back, or why it is."""
    stop = len(text) if end is None else end
    for found in (CONDITION, _REASON):
        for match in found.finditer(text, start, stop):
            yield Span(*match.span())


def says_why(analysis: Analysis, place: Span) -> bool:
    """Whether the words that keep a name back at a place are given with a reason.

    It stands behind them, opens their sentence, or follows as "She was not authorised to speak".
    """
    text = analysis.article.text
    n = sentence_at(analysis, place.start)
    sentence = analysis.sentences[n]
    if _REASON.search(text, sentence.start, sentence.end):
        return True
    beside = _BESIDE.search(text, sentence.start, sentence.end) is not None
    for match in CONDITION.finditer(text, sentence.start, sentence.end):
        if beside or _NEXT.match(text, match.end(), sentence.end):
            return True
        if _LATER.match(text, match.end(), sentence.end):
            return True
        if _BEFORE.match(text, sentence.start, match.start()):
            return True
    if n + 1 >= len(analysis.sentences):
        return False
    after = analysis.sentences[n + 1]
    if not _GOES_ON.match(text, after.start, after.end):
        return False
    return _REASON.search(text, after.start, after.end) is not None
