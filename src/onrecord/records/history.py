"""What other articles say of what an article says: filled in by the ledger, read by rules.

Plain facts with their places in this article; whether one is worth a finding is a rule's to say.
"""

from datetime import date
from typing import Literal

import msgspec

from .article import Span

VersionedKind = Literal["headline", "quotation", "figure", "source"]


class Elsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """Another article of the ledger."""

    article: int
    outlet: str | None = None
    published: date | None = None
    url: str | None = None
    title: str | None = None


class OtherWords(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between words there and here: the kinds of `verify`, and `speaker`."""

    kind: str
    weight: Literal["meaning", "wording", "tolerated"]
    there: str
    here: str


class OtherPrinting(msgspec.Struct, frozen=True, kw_only=True):
    """The same utterance in another article."""

    quote: Span
    """In this article: from the first word to the last, without marks."""
    elsewhere: Elsewhere
    words: str
    """As they stand there."""
    quoted: bool = True
    speaker: str | None = None
    kind: str | None = None
    """Of the source there; null where nobody is found to say them."""
    withheld: bool = False
    credits: str | None = None
    """The outlet that the other article has them from."""
    earlier: bool = True
    """Whether the other article is known to be no younger than this one."""
    copy: bool = False
    """Whether the two articles are near copies of one text."""
    changes: tuple[OtherWords, ...] = ()


class VersionedChange(msgspec.Struct, frozen=True, kw_only=True):
    """What this version changed of an earlier one."""

    kind: VersionedKind
    before: str
    after: str
    """Empty where it is gone."""
    span: Span | None = None
    """In this article; null for what is gone."""
    bearing: bool = True
    """Whether the change is one of sense: a negation, a figure, a name, a speaker."""


class EarlierVersion(msgspec.Struct, frozen=True, kw_only=True):
    """An earlier version of this very article."""

    elsewhere: Elsewhere
    noted: bool = False
    """Whether this version says that it was corrected, updated or clarified."""
    changes: tuple[VersionedChange, ...] = ()


class OtherFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure of the same person or thing in another article."""

    span: Span
    """The figure in this article."""
    elsewhere: Elsewhere
    kind: str
    """`age`, `born`, or a figure's kind."""
    of: str
    """Whose or what's: a person's name, a counted noun."""
    here: str
    """As written, and as a number."""
    there: str
    value: float
    other: float
    approximate: bool = False
    years: float | None = None
    """Years from the other article to this one, where both have a date."""


class Relay(msgspec.Struct, frozen=True, kw_only=True):
    """What this article has from another outlet, and on whom it stands in that outlet's own
    article."""

    span: Span
    """Where this article names the outlet as its source."""
    outlet: str
    elsewhere: Elsewhere
    kind: str
    """Of the source there."""
    withheld: bool = False
    words: str = ""


class History(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger holds on what an article says."""

    printings: tuple[OtherPrinting, ...] = ()
    versions: tuple[EarlierVersion, ...] = ()
    """The latest first."""
    figures: tuple[OtherFigure, ...] = ()
    relays: tuple[Relay, ...] = ()
