"""Finding the family that a printing belongs to: what blocks, by shingles; `families` decides.

What is kept in the database of a family are its shingles; its wordings are read from the articles.
"""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from . import tables
from .families import (
    Printing,
    Wording,
    is_weightless,
    least_shared,
    same_utterance,
    shingles_of,
    wording,
    wording_hash,
)

CANDIDATES = 8
"""Families that are held against a printing, those that share the most shingles first."""
WORDINGS = 6
"""Wordings of a family that are looked at, the longest first."""
KEPT = 4000
"""Families whose wordings are kept in memory within a transaction."""
Member = tuple[Wording, int | None]
"""A wording and who is found to speak it."""
_SH = tables.shingles
_P, _A, _S, _SO, _AP = (
    tables.printings, tables.articles, tables.statements, tables.sources, tables.appearances,
)  # fmt: skip
_NEW = insert(tables.families)
_ADD_SHINGLES = insert(_SH)
_ITS_SHINGLES = select(_SH.c.hash).where(
    _SH.c.family_id == bindparam("family"), _SH.c.hash.in_(bindparam("hashes", expanding=True))
)
_SHARED = func.count().label("shared")
_ALIKE = (
    select(_SH.c.family_id, _SHARED)
    .where(_SH.c.hash.in_(bindparam("hashes", expanding=True)))
    .group_by(_SH.c.family_id)
    .order_by(_SHARED.desc(), _SH.c.family_id)
    .limit(CANDIDATES)
)
_EQUAL = (
    select(_P.c.family_id)
    .where(_P.c.wording == bindparam("mark"), _P.c.family_id.is_not(None))
    .limit(1)
)
_EQUAL_OF = (
    _EQUAL.join(_S, _S.c.id == _P.c.statement_id)
    .join(_SO, _SO.c.id == _S.c.source_id)
    .join(_AP, _AP.c.id == _SO.c.appearance_id)
    .where(_AP.c.person_id == bindparam("speaker"))
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


class Weaver:
    """Finds families within one transaction."""

    def __init__(
        self, connection: Connection, number: Callable[..., int], keeps_text: bool
    ) -> None:
        self._to, self._number, self._keeps_text = connection, number, keeps_text
        self._members: OrderedDict[int, list[Member]] = OrderedDict()
        self._woven: dict[tuple[int, int | None], int | None] = {}

    def weave(self, printing: Printing, speaker: int | None) -> int | None:
        """The family of a printing that is about to be added; None for words that are anybody's.

        Such words, and short ones, join only what the same named person said in the same words.
        """
        made = printing.wording
        mark = (wording_hash(made), speaker)
        if mark not in self._woven:
            self._woven[mark] = self._family(made, *mark)
        return self._woven[mark]

    def _family(self, made: Wording, mark: int, speaker: int | None) -> int | None:
        light = is_weightless(made)
        if light and speaker is None:
            return None
        found = self._equal(mark, speaker if light else None)
        if found is not None:
            return found
        shingles = [] if light else shingles_of(made)
        found = self._alike(made, shingles, speaker) if shingles else None
        if found is None:
            found = self._number(tables.families)
            self._to.execute(_NEW, {"id": found})
            self._members[found] = []
            self._keep(found, shingles, set())
        else:
            asked = {"family": found, "hashes": shingles}
            self._keep(found, shingles, set(self._to.execute(_ITS_SHINGLES, asked).scalars()))
        members = self._wordings(found)
        if all(m.forms != made.forms for m, _ in members):
            members.append((made, speaker))
        return found

    def _equal(self, mark: int, speaker: int | None) -> int | None:
        """The family of the very same words; of the same speaker's, where one is given."""
        if speaker is None:
            return self._to.execute(_EQUAL, {"mark": mark}).scalar()
        return self._to.execute(_EQUAL_OF, {"mark": mark, "speaker": speaker}).scalar()

    def _alike(self, made: Wording, shingles: list[int], speaker: int | None) -> int | None:
        rows = self._to.execute(_ALIKE, {"hashes": shingles}).all()
        if not self._keeps_text:
            near = [r.family_id for r in rows if r.shared >= least_shared(shingles)]
            return near[0] if near else None
        best, found = 0.0, None
        for row in rows:
            for member, known in self._wordings(row.family_id):
                differ = None if speaker is None or known is None else speaker != known
                judged = same_utterance(member, made, speakers_differ=differ)
                if judged is not None and judged.share > best:
                    best, found = judged.share, row.family_id
        return found

    def _keep(self, family: int, shingles: list[int], known: set[int]) -> None:
        """Add a wording's shingles to its family's, of which some are known."""
        fresh = [{"hash": h, "family_id": family} for h in shingles if h not in known]
        if fresh:
            self._to.execute(_ADD_SHINGLES, fresh)

    def _wordings(self, family: int) -> list[Member]:
        if family in self._members:
            self._members.move_to_end(family)
            return self._members[family]
        found = members(self._to, family, WORDINGS) if self._keeps_text else []
        self._members[family] = found
        if len(self._members) > KEPT:
            self._members.popitem(last=False)
        return found


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
