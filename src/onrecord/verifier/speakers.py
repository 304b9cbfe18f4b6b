"""Whether a transcript's label and a name in an article mean the same person.

A label that names no one (`Q`, `THE WITNESS`) or a voice without a name can't be told: the answer
is None, and nobody is accused. What a bare surname may stand for depends on who else is in the
material.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from ..language.en.lexicon import lexicon
from ..records import Material
from .words import plain

_NOBODY = lexicon("quotations", "nobody")
ASKS = frozenset(("q", "question", "questions", "interviewer", "reporter", "moderator", "host"))
"""Labels of whoever asks, who is not the one that is quoted."""
_TITLES = lexicon("quotations", "titles")
_GROUPS = [frozenset(row.split("/")) for row in lexicon("quotations", "short_names")]
_WOMAN, _MAN = frozenset(("mrs", "ms", "miss", "lady", "dame")), frozenset(("mr", "sir", "lord"))
NEAR = 85
"""Likeness from 0 to 100 (Indel ratio) from which two surnames may be spellings of one."""
_NAME = re.compile(r"[^\W\d_][\w.'’]*")


def name_parts(name: str) -> list[str]:
    """The words of a name without titles and generic words; empty if it names no one.

    The halves of a double name count one by one: who is one of them in a label is the same. A name
    behind a comma ("Lowe, Hester") is put in front.
    """
    name = re.sub(r"\([^()]*\)|\[[^\][]*\]", " ", name)
    last, comma, first = name.partition(",")
    if comma and len(last.split()) <= 2 and 0 < len(first.split()) <= 2:
        name = f"{first} {last}"
    parts = [plain(re.sub(r"[_\d]+", "", p)).removesuffix("'s") for p in _NAME.findall(name)]
    parts = [part.strip("-.'") for part in parts]
    return [part for part in parts if part and part not in _TITLES and part not in _NOBODY]


def same_person(name: str | None, label: str | None) -> bool | None:
    """True, False, or None where it can't be told."""
    if not name or not label:
        return None
    ours, theirs = name_parts(name), name_parts(label)
    full_ours, full_theirs = [p for p in ours if len(p) > 1], [p for p in theirs if len(p) > 1]
    if not full_ours or not full_theirs:
        return None
    if _sexes(name, ours, label, theirs):
        return False
    if len(ours) == 1 or len(theirs) == 1:
        if set(full_ours) & set(full_theirs):
            return True
        return None if _near(full_ours[-1], full_theirs[-1]) else False
    if set(ours) == set(theirs):
        return True
    # Everything behind the first name may be a surname.
    if not set(full_ours[len(ours[0]) > 1 :]) & set(full_theirs[len(theirs[0]) > 1 :]):
        surnames_near = _near(full_ours[-1], full_theirs[-1])
        return None if surnames_near and _first(ours, theirs) is not False else False
    return _first(ours, theirs)


def _near(one: str, two: str) -> bool:
    return bool(fuzz.ratio(one, two) >= NEAR)


def _first(ours: Sequence[str], theirs: Sequence[str]) -> bool | None:
    """Whether two people of one surname have one first name: initials and short forms count."""
    one, two = ours[0], theirs[0]
    if one == two or one in theirs[:-1] or two in ours[:-1]:
        return True
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0] or (None if len(ours) > 2 or len(theirs) > 2 else False)
    if one.startswith(two) or two.startswith(one) or _near(one, two):
        return True
    if any(one in group and two in group for group in _GROUPS):
        return True
    if one[0] != two[0]:
        return False
    known = _first_names()
    return False if one in known and two in known else None


def _first_names() -> frozenset[str]:
    return frozenset(
        name.casefold() for sex in ("female", "male") for name in lexicon("names", sex)
    )


def _sexes(name: str, ours: Sequence[str], label: str, theirs: Sequence[str]) -> bool:
    """Whether a title of one contradicts the other's title or first name."""
    for one, two, parts in ((name, label, theirs), (label, name, ours)):
        first = plain(one).split(" ")[0].strip(".")
        other = plain(two).split(" ")[0].strip(".")
        for title, contrary, sex in ((_WOMAN, _MAN, "male"), (_MAN, _WOMAN, "female")):
            if first not in title:
                continue
            if other in contrary:
                return True
            if len(parts) > 1 and parts[0].capitalize() in lexicon("names", sex):
                same = "female" if sex == "male" else "male"
                return parts[0].capitalize() not in lexicon("names", same)
    return False


class Cast:
    """Who is in a material, so that a bare surname that two of them bear names nobody."""

    def __init__(self, material: Material) -> None:
        self.labels = sorted({t.speaker for t in material.turns if t.speaker})
        self._parts = {label: name_parts(label) for label in self.labels}
        self._text = material.text
        self._bearers: dict[str, bool] = {}
        self._same: dict[tuple[str, str], bool | None] = {}

    def same(self, name: str, label: str) -> bool | None:
        """Whether a label means a person, given who else speaks or is named here."""
        key = (name, label)
        if key not in self._same:
            self._same[key] = self._told(name, label)
        return self._same[key]

    def _told(self, name: str, label: str) -> bool | None:
        same = same_person(name, label)
        parts = self._parts.get(label) or name_parts(label)
        if same and len(parts) == 1 and self._shared(parts[0]):
            return None
        if same and len(name_parts(name)) == 1 and self._shared(name_parts(name)[0]):
            return None
        if same is None and name_parts(name) and parts:
            # Spelled almost alike: somebody else, if the very name stands on another label.
            if any(same_person(name, other) for other in self.labels if other != label):
                return False
        return same

    def _shared(self, surname: str) -> bool:
        """Whether two people here have this surname."""
        if surname not in self._bearers:
            firsts = {p[0] for p in self._parts.values() if len(p) > 1 and p[-1] == surname}
            if len(firsts) < 2:
                found = re.findall(
                    rf"\b([A-Z][^\W\d_]+) {re.escape(surname)}\b", self._text, re.IGNORECASE
                )
                known = _first_names()
                firsts |= {name for one in found if (name := plain(one)) in known}
            one_person = all(
                _first([one, surname], [two, surname]) is not False
                for one, two in pairwise(sorted(firsts))
            )
            self._bearers[surname] = len(firsts) > 1 and not one_person
        return self._bearers[surname]


def voices(material: Material) -> list[int]:
    """A number for each turn: the same for one voice, a new one where another speaks unnamed."""
    names: dict[str, int] = {}
    found: list[int] = []
    fresh, current = 0, 0
    for turn in material.turns:
        if turn.speaker is None:
            if turn.change:
                fresh += 1
                current = fresh
        elif turn.speaker in names:
            current = names[turn.speaker]
        else:
            known = next((n for other, n in names.items() if same_person(other, turn.speaker)), 0)
            if not known:
                fresh += 1
            current = names[turn.speaker] = known or fresh
        found.append(current)
    return found


def closed_cast(materials: Iterable[Material]) -> list[str] | None:
    """Everybody whose words are in the materials, or None where that can't be told."""
    cast: list[str] = []
    for material in materials:
        labels = {turn.speaker for turn in material.turns if turn.speaker}
        labels = {label for label in labels if label.casefold() not in ASKS}
        if material.speaker:
            cast.append(material.speaker)
        elif (
            not labels
            or not all(name_parts(label) for label in labels)
            or any(t.speaker is None and t.change for t in material.turns)
        ):
            return None
        cast += labels
    return cast
