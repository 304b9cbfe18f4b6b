"""A statement with its words and its voice looked up: a view on an `Analysis`, which it never
changes.

A property that is a column of `Analysis.to_rows()` has the same value there, but for `parent`,
which is the other statement here and its id there, and `text`, which is called `words` there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from .article import Span

if TYPE_CHECKING:
    from .analysis import Analysis, Attribution, Form, Person, Source, SourceKind, Stance


@dataclass(frozen=True, slots=True, repr=False)
class Statement:
    """What one attribution says and on whose word; `Analysis.statements()` yields them."""

    attribution: "Attribution"
    source: "Source | None"
    """The voice; null where the article states none."""
    person: "Person | None"
    """Who speaks, where the source is a person."""
    analysis: "Analysis" = field(compare=False)
    _others: "Mapping[str, Statement]" = field(compare=False)

    @property
    def id(self) -> str:
        """The attribution's id, unique in its article."""
        return self.attribution.id

    @property
    def text(self) -> str:
        """The words of the statement; parts of an interrupted one are joined by ` … `."""
        return " … ".join(map(self._cut, self.attribution.content))

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where the words stand: code points of the article's text, half-open."""
        return self.attribution.content

    @property
    def speaker(self) -> str | None:
        """The source's name; null where it has none, or where no source is stated."""
        return self.source.name if self.source else None

    @property
    def mention(self) -> str | None:
        """The source as it is called here ("she", "a friend of the couple"), if it is."""
        return self._cut(self.attribution.source) if self.attribution.source else None

    @property
    def cue(self) -> str | None:
        """The words that say that it is said, if there are any."""
        return self._cut(self.attribution.cue) if self.attribution.cue else None

    @property
    def kind(self) -> "SourceKind | None":
        """What kind of source it is; null where none is stated."""
        return self.source.kind if self.source else None

    @property
    def title(self) -> str | None:
        """The source's role, post or relation, as the article gives it."""
        return self.source.title if self.source else None

    @property
    def gender(self) -> Literal["female", "male"] | None:
        """By the pronouns and titles that the article uses of the speaker."""
        if self.source is None or self.source.plural:
            return None
        return self.person.gender if self.person else None

    @property
    def form(self) -> "Form":
        """`direct` between quotation marks, `indirect`, or `mixed`."""
        return self.attribution.form

    @property
    def stance(self) -> "Stance":
        """Whether it is said, denied, declined, asked, believed or intended."""
        return self.attribution.stance

    @property
    def withheld(self) -> bool | None:
        """Whether the article treats the source's identity as withheld; null without a source."""
        return self.source.withheld if self.source else None

    @property
    def confidence(self) -> float:
        """Probability that words and speaker are both right, 0 to 1."""
        return self.attribution.confidence

    @property
    def parent(self) -> "Statement | None":
        """The statement in whose words this one stands."""
        return self._others.get(self.attribution.parent or "")

    def _cut(self, span: Span) -> str:
        return self.analysis.article.text[span.start : span.end]

    def __repr__(self) -> str:
        words = " ".join(self.text.split())
        shown = words if len(words) <= 60 else words[:59] + "…"
        voice = self.speaker or self.mention or "nobody stated"
        return f"<Statement {self.id} {self.kind} {voice!r} {self.stance} {shown!r}>"


def statements(analysis: "Analysis") -> "tuple[Statement, ...]":
    """The attributions of an analysis in their order, each with its words and voice looked up."""
    sources = {source.id: source for source in analysis.sources}
    people = {person.id: person for person in analysis.people}
    made: dict[str, Statement] = {}
    for attribution in analysis.attributions:
        source = sources.get(attribution.source_id or "")
        person = people.get(source.person_id or "") if source else None
        made[attribution.id] = Statement(attribution, source, person, analysis, made)
    return tuple(made.values())
