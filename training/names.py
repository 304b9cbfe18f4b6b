"""The same article with other people: names changed for names of the same gender, everywhere alike.

A network that sees an article many times learns its names by heart; who speaks has to be read from
the sentence. First names change with first names of the gender that the written rules give a
person, last names with last names; the labels, which are by word, hold.
"""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Sequence

from onrecord.extract.engine.features import Wordpieces
from onrecord.extract.people.mentions import find_people
from onrecord.ingest import read_text

from .corpus import Text

LAST = "last"
Parts = dict[str, str]
"""Words of an article's names, and what they are: `female` or `male` first names, `last` names."""


def parts_of(text: str) -> Parts:
    """The first and last names of the people with full names."""
    made: Parts = {}
    for person in find_people(read_text(text)):
        words = [w for w in person.name.split() if len(w) > 2 and w[:1].isupper()]
        if len(words) > 1:
            made.setdefault(words[-1], LAST)
            if person.gender:
                made.setdefault(words[0], person.gender)
    return made


class Renamer:
    """Gives the people of articles one another's names."""

    def __init__(self, articles: Sequence[tuple[Text, str]], pieces: Wordpieces) -> None:
        self._pieces = pieces
        self._parts = {id(text): parts_of(raw) for text, raw in articles}
        pool: dict[str, set[str]] = defaultdict(set)
        for parts in self._parts.values():
            for word, part in parts.items():
                pool[part].add(word)
        self._pool = {part: sorted(words) for part, words in pool.items()}

    def renamed(self, text: Text, draw: random.Random) -> Text:
        """The article with other names; itself where nobody in it has a full name."""
        other: dict[str, str] = {}
        for name, part in self._parts.get(id(text), {}).items():
            new = draw.choice(self._pool[part])
            if new not in other.values():
                other[name] = new
        if not other:
            return text
        capitals = {name.upper(): new.upper() for name, new in other.items()}
        words = []
        for word in text.words:
            for end in ("", "'s", "’s"):
                own = word.text.removesuffix(end) if end else word.text
                given = other.get(own) or capitals.get(own)
                if given and own + end == word.text:
                    words.append(dataclasses.replace(word, text=given + end))
                    break
            else:
                words.append(word)
        return text._replace(words=words, pieces=[self._pieces.of(w.text) for w in words])
