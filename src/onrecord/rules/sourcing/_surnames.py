"""Whether a capitalised word that speaks is a surname without its first name: no plural, no firm,
no half of a full name.

Answers that for rules of the family SRC; decides nothing.
"""

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon

_OPENERS = lexicon("people", "before_surnames")
"""Words that begin a sentence before a name, and titles that everybody has."""


_ISSUED = re.compile(
    r"(?:['’]s)? (?:\w{1,40} )?(?:polls?|surveys?|reports?|stud(?:y|ies)|data|research|index"
    r"|\d{1,20})\b"
    r"|[^.\n]{0,60}\b(?:its|itself)\b"
    r"|(?:['’]s)? (?:news agency|agency|newspaper|daily|magazine|website|group|spokes\w{1,40})\b"
    r"|(?:/| and | & )[A-Z][\w.-]{1,40}(?: [A-Z][\w.-]{1,40})* (?:Inc|Corp|Cos?|Ltd|Plc|PLC|LLC"
    r"|LLP)\b"
)
_FIRST = re.compile(r"([A-Z][\w.’'-]{0,40})[\"”’']? $")
_LAST = re.compile(r" [A-Z]\w{1,40}")


def no_surname(text: str, name: str) -> bool:
    """Whether a name is a common word, a thing's name, or part of a longer one somewhere in the
    text."""
    return _common(name, text) or _thing(text, name) or _full(text, name)


def _common(name: str, text: str) -> bool:
    """Whether a capital is only a sentence's: a word for people, or one that stands in small
    letters elsewhere."""
    low = name.lower()
    people = (
        lexicon("sources", key) for key in ("crowd", "individual", "roles", "withheld", "body")
    )
    return (
        any(low in found for found in people)
        or any(True for n in {low, low.removesuffix("s")} for _ in _places(text, n))
        or low.endswith(("sters", "ists", "ians", "eurs", "bank"))
    )


def _places(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands as a word of its own."""
    at, size = text.find(name), len(name)
    while at >= 0:
        if not (text[at - 1 : at].isalnum() or text[at + size : at + size + 1].isalnum()):
            yield at, at + size
        at = text.find(name, at + size)


def _thing(text: str, name: str) -> bool:
    """Whether a name is a body's or a book's: it has polls, reports and chapters, and is called
    "it"."""
    return any(
        text[max(0, start - 4) : start] in ("the ", "The ") or _ISSUED.match(text, end)
        for start, end in _places(text, name)
    )


def _full(text: str, name: str) -> bool:
    """Whether another name stands right before a surname or behind it, somewhere: "Jon Pell", "Pell
    Orr"."""
    for start, end in _places(text, name):
        before = _FIRST.search(text[max(0, start - 40) : start])
        if _LAST.match(text, end) or (before and before.group(1).lower() not in _OPENERS):
            return True
    return False
