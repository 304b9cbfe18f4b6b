"""What the ledger answers: plain immutable records, one a question; nothing here computes."""

from datetime import date, datetime
from typing import Any

import msgspec

SCHEMA = 1
"""Version of the JSON that `onrecord ledger` writes."""


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between a printing and an earlier one: the kinds of `verify`, and
    `speaker`."""

    kind: str
    weight: str
    said: str
    """The earlier printing's words."""
    quoted: str
    """This printing's words."""


class PrintingRow(msgspec.Struct, frozen=True, kw_only=True):
    """Words that an article prints as somebody's."""

    printing: int
    family: int | None
    statement: int | None
    article: int
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    version: int
    words: str | None
    """Null in a ledger without texts."""
    quoted: bool
    """Whether they stand in quotation marks."""
    speaker: str | None
    person: int | None
    kind: str | None
    """Of the source; null where nobody is found to say them."""
    speaker_title: str | None
    withheld: bool
    credits: str | None
    """The outlet that the article takes them over from, where it says so."""
    changes: tuple[Drift, ...] | None = None
    """Against the earliest printing of the family; null where that can't be told."""
    nearest: int | None = None
    """The earlier printing whose words are nearest: what it was probably taken from."""
    drift: tuple[Drift, ...] | None = None
    """Against the nearest one."""


class FamilyRow(msgspec.Struct, frozen=True, kw_only=True):
    """The same words in several places."""

    family: int
    words: str | None
    """Of the earliest printing."""
    first: int
    first_outlet: str | None
    first_published: date | None
    printings: int
    outlets: int
    wordings: int
    texts: int
    """Texts behind it, near copies counted as one."""
    speakers: tuple[str, ...]
    unnamed: int
    """Printings that give the words to somebody without a name."""
    kinds: tuple[str, ...]
    """Kinds of change in it."""
    standing: str
    """`on record`, `spokesperson`, `unnamed`, `nobody`: the best that any printing gives."""


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation followed from outlet to outlet: printings, earliest first."""

    schema: int = SCHEMA
    query: str
    printings: tuple[PrintingRow, ...]
    families: tuple[FamilyRow, ...]


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of somebody's."""

    statement: int
    article: int
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    words: str | None
    form: str
    stance: str
    speaker: str | None
    kind: str | None
    first_hand: bool
    """False where the article has it from somebody else, an outlet or another speaker."""
    credits: str | None
    family: int | None = None


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a body across articles."""

    person: int
    name: str | None
    kind: str
    aliases: tuple[str, ...]
    titles: tuple[str, ...]
    articles: int
    first: date | None
    last: date | None
    outlets: tuple[str, ...]
    lowest_score: float | None
    """Of the links that made one person of several articles' names."""
    statement_count: int
    statements: tuple[StatementRow, ...]


class Who(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody of a name, and what they said, the latest first."""

    schema: int = SCHEMA
    query: str
    people: tuple[PersonRow, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph that holds the words searched for, and who speaks in it."""

    article: int
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    role: str
    start: int
    end: int
    words: str
    speakers: tuple[str, ...]
    statements: tuple[int, ...]


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, the best first."""

    schema: int = SCHEMA
    query: str
    hits: tuple[Hit, ...]


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """Words that several articles carry, those of most outlets first."""

    schema: int = SCHEMA
    claims: tuple[FamilyRow, ...]


class OutletRow(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger holds of an outlet."""

    outlet: str
    articles: int
    statements: int
    unnamed: int
    """Statements on the word of somebody whose name is withheld."""
    self_cited: int
    """Statements that are credited to the outlet itself."""


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """How much a ledger holds."""

    schema: int = SCHEMA
    ledger: str
    revision: str
    keeps_text: bool
    articles: int
    versions: int
    """Articles that are later versions of another."""
    purged: int
    outlets: int
    people: int
    bodies: int
    sources: int
    unnamed_sources: int
    statements: int
    printings: int
    families: int
    families_of_several: int
    """Families with printings in more than one article."""
    first: date | None
    last: date | None
    bytes: int | None
    by_outlet: tuple[OutletRow, ...]


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the ledger."""

    article: int
    digest: str
    story: int
    version: int
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    input: str | None
    added: datetime
    purged: date | None


class VersionChange(msgspec.Struct, frozen=True, kw_only=True):
    """What a version changed: a quotation, a figure, a source or the headline."""

    kind: str
    """`quotation`, `figure`, `source`, `headline`, `statement`."""
    before: str
    after: str
    start: int | None = None
    """Where it stands in the later version, in code points; null for what is gone."""
    end: int | None = None
    changes: tuple[Drift, ...] = ()


class VersionDiff(msgspec.Struct, frozen=True, kw_only=True):
    """What one version of an article changed of another."""

    first: ArticleRow
    second: ArticleRow
    noted: bool
    """Whether the later version says that it was corrected, updated or clarified."""
    changes: tuple[VersionChange, ...]


class Diff(msgspec.Struct, frozen=True, kw_only=True):
    """The versions of an article and what each changed of the one before."""

    schema: int = SCHEMA
    versions: tuple[ArticleRow, ...]
    diffs: tuple[VersionDiff, ...]


Row = dict[str, Any]
