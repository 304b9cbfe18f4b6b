"""The records that pass between the stages: plain and immutable; nothing here computes.

Every offset counts code points in `Article.text`; every span is half-open."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

import msgspec

SCHEMA = 1
"""Version of the JSON that `onrecord analyse` and `onrecord check` write."""

Role = Literal[
    "headline", "standfirst", "byline", "dateline", "paragraph", "caption", "correction", "quote"
]
SourceKind = Literal[
    "person", "organisation", "spokesperson", "anonymous", "group", "document", "outlet",
    "author", "unknown",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["says", "denies", "declines", "asks", "believes", "intends"]
FigureKind = Literal["age", "date", "duration", "count", "share", "money"]
Severity = Literal["error", "warning", "note"]
Status = Literal["preview", "stable", "deprecated"]
Scope = Literal["reporter", "attributed", "all"]
VerdictKind = Literal[
    "exact", "trimmed", "altered", "stitched", "speaker differs", "paraphrase in quotation marks",
    "not found", "too short to tell", "speaker not in the material",
]  # fmt: skip
ChangeKind = Literal[
    "negation", "number", "name", "modal", "wording", "left out", "ellipsis", "brackets",
    "contractions", "numbers", "spelling", "disfluencies", "homophones",
]  # fmt: skip


class Span(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A stretch of `Article.text`: code points, half-open; `[start, end]` in JSON."""

    start: int
    end: int


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, headline or caption: in order, disjoint, only white space between."""

    span: Span
    role: Role
    origin: str | None = None
    """XPath of the element that the block was read from, where there was one."""


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A hyperlink in the article: where its words stand and what it points to."""

    span: Span
    href: str


class Comment(msgspec.Struct, frozen=True):
    """A comment to onrecord in the source of a text: `ignore CODE reason`."""

    text: str
    """What follows `onrecord:`."""
    before: int | None
    """Start of the block that it stands in or in front of; null where the text has none."""


class Article(msgspec.Struct, frozen=True, kw_only=True):
    """One article as it was read. The only owner of text, which is never rewritten."""

    id: str
    """First 16 hexadecimal digits of the SHA-256 of the UTF-8 text."""
    input: str
    """What the input calls it: its `id`, else the path as given, `-`, or `path:LINE`."""
    text: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    url: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    language: str | None = None
    """ISO 639-1 code, or null where the text is too short to tell."""
    raw_digest: str
    """SHA-256 of the bytes that were read, in hexadecimal."""
    extractor: str
    """What made text of the bytes: a name and a version."""
    comments: tuple[Comment, ...] = ()
    """Comments to onrecord in the source of the text, never part of it."""
    wraps: tuple[int, ...] = ()
    """Spaces in the text where the input broke a line inside a paragraph: offsets in order."""


class Quote(msgspec.Struct, frozen=True, kw_only=True):
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


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody named or described in the article, whether or not they speak."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    gender: Literal["female", "male"] | None = None
    minor: bool | None = None


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
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


class Source(msgspec.Struct, frozen=True, kw_only=True):
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


class Figure(msgspec.Struct, frozen=True, kw_only=True):
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


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a material that has one speaker, page or time."""

    span: Span
    speaker: str | None = None
    """As the label gives it; null where there is none."""
    page: int | None = None
    """Of a PDF, from 1."""
    time: float | None = None
    """Where a subtitle begins, in seconds."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """A transcript, notes, a press release, an earlier article: what quotations are held against."""

    name: str
    """The path as given, `-`, or the id of a line of JSON."""
    text: str
    turns: tuple[Turn, ...] = ()
    """In order and disjoint; empty where nothing is known but the text."""
    speaker: str | None = None
    """Whose words the whole material is, where the user said so."""
    raw_digest: str
    """SHA-256 of the bytes that were read, in hexadecimal."""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a material the words of a quotation stand."""

    material: str
    span: Span
    """Code points of the material's text, half-open."""
    line: int
    page: int | None = None
    time: float | None = None
    speaker: str | None = None
    text: str
    """The words there."""
    before: str = ""
    """Some words before them, and after them."""
    after: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between a quotation and its material."""

    kind: ChangeKind
    weight: Literal["meaning", "wording", "tolerated"]
    story: Span
    """Of the article; empty where words were left out."""
    source: Span
    """Of the material; empty where words were put in."""
    said: str
    """The material's words."""
    quoted: str
    """The article's words."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What holding a quotation against the material showed."""

    quote: Span
    """The quotation in the article with its marks; the first half of a joined one."""
    parts: tuple[Span, ...]
    """The quotations that make it, with their marks: two where the attribution stands between."""
    verdict: VerdictKind
    speaker: str | None = None
    """Whom the article has say it; null where it names nobody."""
    places: tuple[Place, ...] = ()
    """Where the words, or the nearest ones, stand: one for each piece."""
    changes: tuple[Change, ...] = ()
    matched: float
    """Share of the quotation's words that stand in the material in their order, from 0 to 1."""
    line: int
    """Of the quotation's start in the article, from 1."""


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Which engine made an analysis."""

    name: str
    version: str


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
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


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The verdicts on one article's quotations, in order."""

    analysis: Analysis
    verdicts: tuple[Verdict, ...]
    materials: tuple[str, ...]
    """Names of the materials."""
    schema: int = SCHEMA


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the user asked for; `config` reads it, rules and reports only look at it."""

    select: tuple[str, ...] = ()
    """Codes or prefixes of codes; empty means the default rules."""
    ignore: tuple[str, ...] = ()
    preview: bool = False
    fail_on: Severity = "warning"
    severity: dict[str, Severity] = {}
    """Severity overrides by code."""
    options: dict[str, dict[str, Any]] = {}
    """Options of rules, by code."""
    extend_select: tuple[str, ...] = ()
    """Codes that run besides the selected ones."""
    standard: tuple[str, ...] = ()
    """Only rules of these bodies run."""
    profile: str | None = None
    accepted: tuple[str, ...] = ()
    loaded: tuple[str, ...] = ()
    """The house's own lists: descriptions of sources it accepts, words it holds loaded."""
    outlets: dict[str, "Settings"] = {}
    """Settings for articles of one outlet, by its name."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule is called with. Callers fill it, so that rules stay below them."""

    analysis: Analysis
    settings: Settings = Settings()
    verdicts: tuple[Verdict, ...] | None = None
    """From `verify`."""
    history: Any = None
    """From the ledger."""


class Related(msgspec.Struct, frozen=True):
    """A further place that a hit rests on, and what it shows."""

    span: Span
    label: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """What a rule yields: a place, the values for its message, the evidence."""

    span: Span
    values: Mapping[str, str] = {}
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    """Lower than the rule's own, where this hit deserves less."""
    confidence: float | None = None


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule: its page, its place in the catalogue, and the function that checks it."""

    code: str
    name: str
    message: str
    severity: Severity
    status: Status
    since: str
    standards: tuple[str, ...]
    scope: Scope
    options: dict[str, Any]
    check: Callable[[Context], Iterable[Hit]]
    page: str


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A hit with its rule's code and a message, ready to be read."""

    code: str
    name: str
    severity: Severity
    span: Span
    line: int
    """Of the span's start, from 1."""
    column: int
    """Of the span's start, in code points, from 1."""
    message: str
    related: tuple[Related, ...] = ()
    confidence: float | None = None
    fingerprint: str
    """Stays the same when the article is edited elsewhere."""
    article_id: str
    dismissed: "Dismissed | None" = None
    """Who set it aside and why, if somebody did."""


class Dismissed(msgspec.Struct, frozen=True):
    """Why a finding is set aside."""

    by: Literal["comment", "baseline"]
    reason: str


class Lint(msgspec.Struct, frozen=True, kw_only=True):
    """The findings on one article, those set aside, and the rules and comments that went wrong."""

    analysis: Analysis
    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...] = ()
    failed: tuple["Problem", ...] = ()


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that stood in the way: where, what, and what to do about it."""

    where: str
    what: str
    remedy: str
    fatal: bool = True
    """True where there is no result for this input."""
