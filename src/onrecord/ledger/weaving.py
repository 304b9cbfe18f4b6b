"""Finding the family that a printing belongs to: what blocks, by shingles; `families` decides.

What is kept in the database of a family are its shingles; its wordings are read from the articles.
"""

from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from . import tables
from .families import Printing, Wording, least_shared, same_utterance, shingles_of, wording
from .rows import Rows, by_hundreds

CANDIDATES = 8
"""Families that are held against a printing, those that share the most shingles first."""
WORDINGS = 6
"""Wordings of a family that are looked at, the longest first."""
KEPT = 20_000
"""Families whose wordings are remembered from one batch to the next."""
MOST_REMEMBERED = 200_000
"""Wordings of which the family is remembered from one batch to the next."""
Member = tuple[Wording, int | None]
"""A wording and who is found to speak it."""
_SH = tables.shingles
_P, _A, _S, _SO, _AP = (
    tables.printings, tables.articles, tables.statements, tables.sources, tables.appearances,
)  # fmt: skip
_KEYS: Any = bindparam("keys", expanding=True)
_ALIKE = select(_SH.c.hash, _SH.c.family_id).where(_SH.c.hash.in_(_KEYS))
_EQUAL = (
    select(_P.c.wording, func.min(_P.c.family_id))
    .where(_P.c.wording.in_(_KEYS), _P.c.family_id.is_not(None))
    .group_by(_P.c.wording)
)
_EQUAL_OF = (
    select(_P.c.wording, _AP.c.person_id, func.min(_P.c.family_id))
    .join(_S, _S.c.id == _P.c.statement_id)
    .join(_SO, _SO.c.id == _S.c.source_id)
    .join(_AP, _AP.c.id == _SO.c.appearance_id)
    .where(_P.c.wording.in_(_KEYS), _P.c.family_id.is_not(None), _AP.c.person_id.is_not(None))
    .group_by(_P.c.wording, _AP.c.person_id)
)
_FIRST = (
    select(func.min(_P.c.id))
    .where(_P.c.family_id == bindparam("family"))
    .group_by(_P.c.wording)
    .order_by(func.max(_P.c.words).desc())
    .limit(bindparam("most"))
)
_MEMBERS = (
    select(_P.c.parts, _A.c.text, _AP.c.person_id)
    .join(_A, _A.c.id == _P.c.article_id)
    .outerjoin(_S, _S.c.id == _P.c.statement_id)
    .outerjoin(_SO, _SO.c.id == _S.c.source_id)
    .outerjoin(_AP, _AP.c.id == _SO.c.appearance_id)
    .where(_P.c.id.in_(_FIRST))
    .order_by(_P.c.words.desc(), _P.c.id)
)
"""Made once: making a question takes longer than answering it."""


class Woven:
    """What the ledger was asked of its families; right as long as only whoever holds it writes."""

    def __init__(self) -> None:
        self.of_words: dict[int, int] = {}
        """Families by the hashes of wordings."""
        self.of_anybody: set[int] = set()
        """Wordings that are anybody's of which all families are known."""
        self.of_voice: dict[tuple[int, int], int] = {}
        """Families by wordings that are anybody's, and who says them."""
        self.members: OrderedDict[int, list[Member]] = OrderedDict()

    def trim(self) -> None:
        """Forget what was not needed for longest."""
        while len(self.members) > KEPT:
            self.members.popitem(last=False)
        if len(self.of_words) + len(self.of_voice) > MOST_REMEMBERED:
            self.of_words.clear()
            self.of_anybody.clear()
            self.of_voice.clear()


class Weaver:
    """Finds families within one transaction, of printings that were asked for by `load`."""

    def __init__(
        self,
        connection: Connection,
        number: Callable[..., int],
        rows: Rows,
        woven: Woven,
        keeps_text: bool,
    ) -> None:
        self._to, self._number, self._rows = connection, number, rows
        self._woven, self._keeps_text = woven, keeps_text
        self._families: dict[int, set[int]] = {}

    def load(self, printings: Iterable[Printing]) -> None:
        """Ask for every family that some printings may be of, in a few questions."""
        woven = self._woven
        fresh = {
            p.mark: p for p in printings
            if p.mark not in (woven.of_anybody if p.light else woven.of_words)
        }  # fmt: skip
        light = {mark for mark, p in fresh.items() if p.light}
        woven.of_anybody |= light
        for marks in by_hundreds(fresh.keys() - light):
            for mark, family in self._to.execute(_EQUAL, {"keys": marks}):
                woven.of_words[mark] = family
        for marks in by_hundreds(light):
            for mark, speaker, family in self._to.execute(_EQUAL_OF, {"keys": marks}):
                woven.of_voice[mark, speaker] = family
        unseen = fresh.keys() - light - woven.of_words.keys()
        hashes = {h for mark in unseen for h in fresh[mark].shingles}
        self._families.update((h, set()) for h in hashes)
        for some in by_hundreds(hashes):
            for one, family in self._to.execute(_ALIKE, {"keys": some}):
                self._families[one].add(family)

    def weave(self, printing: Printing, speaker: int | None) -> int | None:
        """The family of a printing that is about to be added; None for words that are anybody's.

        Such words, and short ones, join only what the same named person said in the same words.
        """
        woven = self._woven
        if printing.light:
            if speaker is None:
                return None
            voice = (printing.mark, speaker)
            if voice not in woven.of_voice:
                woven.of_voice[voice] = self._new()
            return woven.of_voice[voice]
        if printing.mark not in woven.of_words:
            woven.of_words[printing.mark] = self._join(printing, speaker)
        return woven.of_words[printing.mark]

    def _join(self, printing: Printing, speaker: int | None) -> int:
        """The family of words that were not printed before in the same form."""
        found = self._alike(printing, speaker)
        if found is None:
            found = self._new()
        fresh = [h for h in printing.shingles if found not in self._families.setdefault(h, set())]
        for shingle in fresh:
            self._families[shingle].add(found)
        self._rows.add(_SH, [{"hash": h, "family_id": found} for h in fresh])
        members = self._wordings(found)
        if all(m.forms != printing.wording.forms for m, _ in members):
            members.append((printing.wording, speaker))
        return found

    def _new(self) -> int:
        family = self._number(tables.families)
        self._rows.add(tables.families, [{"id": family}])
        self._woven.members[family] = []
        return family

    def _alike(self, printing: Printing, speaker: int | None) -> int | None:
        shared = Counter(f for h in printing.shingles for f in self._families.get(h, ()))
        ranked = sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:CANDIDATES]
        if not self._keeps_text:
            least = least_shared(printing.shingles)
            return next((family for family, count in ranked if count >= least), None)
        best, found = 0.0, None
        for family, _ in ranked:
            for member, known in self._wordings(family):
                differ = None if speaker is None or known is None else speaker != known
                judged = same_utterance(member, printing.wording, speakers_differ=differ)
                if judged is not None and judged.share > best:
                    best, found = judged.share, family
        return found

    def _wordings(self, family: int) -> list[Member]:
        kept = self._woven.members
        if family in kept:
            kept.move_to_end(family)
            return kept[family]
        kept[family] = members(self._to, family, WORDINGS) if self._keeps_text else []
        return kept[family]


def members(connection: Connection, family: int, most: int) -> list[Member]:
    """A family's wordings, each once, the longest first."""
    rows = connection.execute(_MEMBERS, {"family": family, "most": most})
    return [(wording(words_of(row.text, row.parts)), row.person_id) for row in rows if row.text]


def words_of(text: str, parts: Any) -> str:
    """The words of kept spans as one line."""
    return " ".join(" ".join(text[start:end].split()) for start, end in parts)


def rebuild_shingles(connection: Connection, family: int) -> None:
    """Make a family's shingles anew from the wordings that are left in it."""
    sh = tables.shingles
    connection.execute(sh.delete().where(sh.c.family_id == family))
    hashes = {h for made, _ in members(connection, family, 10_000) for h in shingles_of(made)}
    if hashes:
        rows = [{"hash": h, "family_id": family} for h in sorted(hashes)]
        connection.execute(insert(sh), rows)


def join_families(connection: Connection, kept: int, gone: int) -> None:
    """Make one family of two."""
    p, sh = tables.printings, tables.shingles
    connection.execute(update(p).where(p.c.family_id == gone).values(family_id=kept))
    connection.execute(sh.delete().where(sh.c.family_id == gone))
    connection.execute(tables.families.delete().where(tables.families.c.id == gone))
    rebuild_shingles(connection, kept)
