"""Whether a transcript's label and a name in an article mean the same person.

A label that names no one (`Q`, `THE WITNESS`) or a voice without a name can't be told: the answer is
None, and nobody is accused.
"""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from ..records import Material
from .words import _plain as plain

_NOBODY = frozenset(
    "q a question answer speaker moderator host interviewer interviewee reporter journalist press"
    " witness court clerk audience member man woman voice caller narrator announcer operator"
    " unidentified unknown male female participant questioner chair chairman chairwoman chairperson"
    " the president judge counsel defendant plaintiff attorney lawyer officer staff mc presenter"
    " anchor correspondent editor me i we you he she they his her him hers them their all both group"
    " crowd others everyone translator interpreter spokesman spokeswoman spokesperson".split()
)
ASKS = frozenset(("q", "question", "questions", "interviewer", "reporter", "moderator", "host"))
"""Labels of whoever asks, who is not the one that is quoted."""
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir lady lord dame rev reverend sen senator rep representative"
    " gov governor president mayor judge justice gen general col colonel capt captain sgt sergeant"
    " lt lieutenant maj major cmdr commander secretary minister chancellor ambassador councillor"
    " congressman congresswoman congressmember king queen prince princess pope father sister brother"
    " chief sheriff officer detective inspector superintendent director chairman chairwoman speaker"
    " jr sr ii iii iv phd md former vice deputy acting attorney of the and de van von al".split()
)
NEAR = 85
"""Likeness from 0 to 100 (Indel ratio) from which two surnames may be spellings of one."""


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and generic words; empty if it names no one.

    The halves of a double name count one by one: who is one of them in a label is the same.
    """
    parts = [plain(part).removesuffix("'s") for part in re.findall(r"[^\W\d_][\w.'’]*", name)]
    parts = [part.strip("-.'") for part in parts]
    kept = [part for part in parts if part and part not in _TITLES and part not in _NOBODY]
    return kept


def same_person(name: str | None, label: str | None) -> bool | None:
    """True, False, or None where it can't be told."""
    if not name or not label:
        return None
    ours, theirs = name_parts(name), name_parts(label)
    if not ours or not theirs:
        return None
    full_ours, full_theirs = [p for p in ours if len(p) > 1], [p for p in theirs if len(p) > 1]
    if not full_ours or not full_theirs:
        return None
    if ours[-1] == theirs[-1] or full_ours[-1] == full_theirs[-1]:
        first, other = ours[0], theirs[0]
        both = len(ours) > 1 and len(theirs) > 1
        if both and len(first) > 1 and len(other) > 1 and first[0] != other[0]:
            return None  # a nickname, or a relative of the same name
        return True
    if set(full_ours) & set(full_theirs):
        return True
    if fuzz.ratio(full_ours[-1], full_theirs[-1]) >= NEAR:
        return None
    return False


def closed_cast(materials: Iterable[Material]) -> list[str] | None:
    """Everybody whose words are in the materials, or None where that can't be told."""
    cast: list[str] = []
    for material in materials:
        labels = {turn.speaker for turn in material.turns if turn.speaker}
        labels = {label for label in labels if label.casefold() not in ASKS}
        if material.speaker:
            cast.append(material.speaker)
        elif not labels or not all(name_parts(label) for label in labels):
            return None
        cast += labels
    return cast
