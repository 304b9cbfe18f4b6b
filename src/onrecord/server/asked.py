"""What programs ask of the HTTP API: the records that requests are read as.

A field that isn't here is refused. The OpenAPI document is made of these records, docstrings
included.
"""

from datetime import date
from typing import Annotated, Any, Literal

import msgspec

from ..records import Role, Settings, Severity
from ..text.units import UnitName

Words = Annotated[str, msgspec.Meta(pattern=r"\S")]
"""A text that isn't blank."""
Language = Annotated[str, msgspec.Meta(pattern="^[a-z]{2}$")]
Included = Literal["text", "excerpts", "analysis"]
TOGETHER = 50
"""Articles of one request to /api/batch."""


class AgainstText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A transcript, notes or an earlier article, as text."""

    text: Words
    name: str = "material"
    speaker: str | None = None
    """Whose words all of it is."""


class GivenBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A paragraph, headline or caption as the editing program keeps it."""

    text: str
    role: Role = "paragraph"
    id: str | None = None
    """What the editing program calls it; findings come back with it."""


class Draft(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article: one of `text`, `html` and `blocks`, and what the words may not say."""

    text: Words | None = None
    """The words, read as `kind` says. Lines are paragraphs; the first may be the headline."""
    html: Words | None = None
    """The HTML of the body, all of which is the article; a whole page is read without its
    furniture."""
    blocks: Annotated[tuple[GivenBlock, ...], msgspec.Meta(min_length=1)] | None = None
    """The paragraphs one by one."""
    kind: Literal["text", "markdown", "html"] = "text"
    """What `text` is."""
    id: str = "-"
    """What the answer calls it."""
    title: str | None = None
    """The headline, where the words have none."""
    outlet: str | None = None
    """Who publishes it: the server's settings for this outlet hold."""
    published: date | None = None
    """YYYY-MM-DD."""
    language: Language | None = None
    """ISO 639-1; else it is told from the words. Only English (`en`) is judged."""


class AnalyseRequest(Draft, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article to analyse: who says what."""

    units: UnitName = "code points"
    """What spans count: JavaScript's strings count `utf-16`."""


class CheckRequest(AnalyseRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article to check, the rules that are wanted, and what to hold its quotations against.

    What is not given is as the server's own settings have it.
    """

    select: tuple[str, ...] = ()
    """Only these rules, by code or the beginning of a code."""
    ignore: tuple[str, ...] = ()
    """Not these; of select and ignore the longer one wins."""
    extend_select: tuple[str, ...] = ()
    """These as well."""
    preview: bool = False
    """Preview rules too."""
    profile: str | None = None
    """A bundle of settings: see /api/profiles."""
    standard: tuple[str, ...] = ()
    """Only rules of these bodies: see /api/profiles."""
    severity: dict[str, Severity] = {}
    """Another severity, by code."""
    options: dict[str, dict[str, Any]] = {}
    """Options of rules, by code: see /api/rules."""
    against: tuple[AgainstText, ...] = ()
    """What to hold the quotations against."""
    include: tuple[Included, ...] = ("text",)
    """What comes with the findings: the `text` that spans point into with its blocks, `excerpts`
    (each finding's words), the `analysis` (who says what)."""


class VerifyRequest(AnalyseRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article and what to hold its quotations against."""

    against: Annotated[tuple[AgainstText, ...], msgspec.Meta(min_length=1)]
    transcript: Literal["auto", "asr", "human"] = "auto"
    """Whether a machine wrote the materials down from sound (`asr`)."""


class CompareRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two articles, or an earlier and a later version of one."""

    first: Draft
    second: Draft


class BatchRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Several articles to check, each as for /api/check."""

    articles: Annotated[tuple[CheckRequest, ...], msgspec.Meta(min_length=1, max_length=TOGETHER)]


class Check(msgspec.Struct, frozen=True):
    """A request to check, and the settings that hold for it."""

    asked: CheckRequest
    settings: Settings
    page: bool = False
    """Whether the reading view is wanted in place of JSON."""


class Verify(msgspec.Struct, frozen=True):
    """A request to verify."""

    asked: VerifyRequest
    page: bool = False


class Compare(msgspec.Struct, frozen=True):
    """A request to compare."""

    asked: CompareRequest
    page: bool = False
