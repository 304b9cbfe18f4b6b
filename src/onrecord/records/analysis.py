"""What extraction finds in an article: quotations, people, attributions, sources, figures."""

from typing import Any, Literal

import msgspec

from .article import Article, Span
from .statements import Statement, statements

SCHEMA = 1
"""Version of the JSON that `onrecord analyse` and `onrecord check` write."""

SourceKind = Literal[
    "person", "organisation", "spokesperson", "anonymous", "group", "document", "outlet",
    "author", "unknown",
]  # fmt: skip

Form = Literal["direct", "indirect", "mixed"]

Stance = Literal["says", "denies", "declines", "asks", "believes", "intends"]

FigureKind = Literal["age", "date", "duration", "count", "share", "money"]


class Quote(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A quotation by its typography alone, at most one paragraph long."""

    span: Span
    """With its marks."""
    inner: Span
    """Without its marks."""
    marks: tuple[str, str | None]
    """The opening mark, and the closing one or null."""
    closed: bool
    """True also where the newspaper convention explains a missing closing mark."""
    parent: int | None = None
    """Index of the quotation that this one stands in."""


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Somebody named or described in the article, whether or not they speak."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    gender: Literal["female", "male"] | None = None
    minor: bool | None = None


class Attribution(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A statement and whose word it is on: source, cue (the saying) and content."""

    id: str
    source: Span | None
    """The mention next to the statement; null where none is stated, never invented."""
    cue: Span | None
    content: tuple[Span, ...]
    form: Form
    stance: Stance
    source_id: str | None = None
    parent: str | None = None
    """The attribution in whose content this one stands."""
    rivals: tuple[str, ...] = ()
    """Ids of other people whom the mention fits as well."""
    confidence: float
    """Probability that content and source are both right, three decimals."""
    speaker_confidence: float = 1.0
    """Probability that `source_id` is who speaks, where the content is right; three decimals."""


class Source(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One voice in the article."""

    id: str
    kind: SourceKind
    name: str | None = None
    title: str | None = None
    """Role, post or relation, as the article gives it."""
    person_id: str | None = None
    mentions: tuple[Span, ...]
    reason: Span | None = None
    """Where the article says why the identity is withheld."""
    justification: Span | None = None
    """Where the article says why this voice counts here."""
    contact: Span | None = None
    """Where the article says that they declined, did not respond, could not be reached."""
    withheld: bool = False
    plural: bool = False
    confidence: float


class Figure(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A typed number: a date is `{year?, month?, day?, weekday?}`, the rest a number and a unit."""

    span: Span
    kind: FigureKind
    value: float | dict[str, int]
    """A date's weekday counts from Monday, 0. A relative date is a distance: `{"years": 1}`."""
    unit: str | None = None
    """Age: years, months. Duration: seconds … decades. Money: the currency. Share: % or point.
    Count: the counted noun in the singular, a measure (km), or null. Date: null, or what a
    distance counts from, `published` or `text`."""
    approximate: bool = False
    of: Span | None = None
    """What it is a figure of: a person's mention, the counted noun."""
    resolved: dict[str, int] | None = None
    """A relative date, as far as the publication date or an earlier year settles it."""


class Model(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Which engine made an analysis."""

    name: str
    version: str


class Analysis(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that extraction found in one article: what rules see and the ledger stores."""

    article: Article
    sentences: tuple[Span, ...]
    quotes: tuple[Quote, ...]
    people: tuple[Person, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    figures: tuple[Figure, ...]
    model: Model
    schema: int = SCHEMA

    def to_rows(
        self, table: Literal["articles", "statements", "sources"] = "statements"
    ) -> list[dict[str, Any]]:
        """The rows that a corpus's table has of this article, a dictionary each.

        `articles` has one, whose `section` and `findings` only a run over a corpus knows.
        """
        from . import rows

        if table == "articles":
            return [rows.article_row(self)]
        return rows.source_rows(self) if table == "sources" else rows.statement_rows(self)

    def statements(self) -> tuple[Statement, ...]:
        """The attributions in their order, each with its words and its voice looked up."""
        return statements(self)

    def _repr_html_(self) -> str:
        """For notebooks."""
        from . import notebook

        return notebook.analysis(self)

    def __repr__(self) -> str:
        counts = f"{len(self.attributions)} attributions, {len(self.sources)} sources"
        return f"<Analysis {self.article.input!r} {counts}>"
