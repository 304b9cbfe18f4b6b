"""What somebody does with a statement: says, denies, declines, asks, believes or intends it.

Decided by the cue's main word alone; the lists are ours, made from the cues of political news.
"""

import re

from ...records import Stance

_STEMS: tuple[tuple[Stance, str], ...] = (
    ("denies", r"den(?:y|ies|ied|ying|ial)|disput|reject|rebut|refut|dismiss|disavow|repudiat"),
    (
        "declines",
        r"declin(?:e|es|ed|ing)\b|refus|would ?n[o']t (?:say|comment|discuss|confirm)"
        r"|did ?n[o']t (?:respond|reply|comment|return)|not (?:respond|comment)",
    ),
    (
        "asks",
        r"ask(?:s|ed|ing)?\b|question|wonder|inquir|enquir|quer(?:y|ied)|request|plead|beg(?:s"
        r"|ged)?\b"
        r"|order|demand|urg|instruct|call(?:s|ed|ing)? (?:for|on)",
    ),
    (
        "intends",
        r"plan|intend|intent|want|hop(?:e|es|ed|ing)\b|decid|decision|aim|vow|pledg|promis|threaten"
        r"|seek|sought|try|tries|tried|trying|refrain|willing|eager|prepar|commit|propos|agreed? to"
        r"|vot(?:e|es|ed|ing)\b|prefer|would like|wish",
    ),
    (
        "believes",
        r"believ|belief|think|thought|feel|felt|fear|worr|expect|support|oppos|consider|view"
        r"|hold|regard|assum|suspect|doubt|know|knew|see(?:s|n)?\b|saw\b|perceiv|favou?r|lik(?:e|es"
        r"|ed)\b"
        r"|concern|convinc|hate|love|understand|understood|appear|seem|realis|realiz|anticipat"
        r"|backs?\b"
        r"|backed|endors|blam|trust|disagree|agree|satisf|confiden|optimis|imagin|anger|angry"
        r"|remember",
    ),
)
_SAYS = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|told|tell(?:s|ing)?|wr(?:ite|ites|ote)|tweet|add(?:s|ed)\b"
    r"|according)",
    re.IGNORECASE,
)
_PATTERNS = tuple((name, re.compile(rf"\b(?:{stems})", re.IGNORECASE)) for name, stems in _STEMS)


def stance(cue: str, content: str = "") -> Stance:
    """What the words of a cue do with the content: `says` where nothing speaks for another."""
    for name, pattern in _PATTERNS[:2]:
        if pattern.search(cue):
            return name
    if _SAYS.search(cue):
        return "says"
    for name, pattern in _PATTERNS[2:]:
        if pattern.search(cue):
            return name
    return "says"
