"""What quotations are held against, and what that showed."""

from typing import Literal

import msgspec

from .analysis import SCHEMA, Analysis
from .article import Span

VerdictKind = Literal[
    "exact", "trimmed", "altered", "stitched", "speaker differs", "paraphrase in quotation marks",
    "not found", "too short to tell", "speaker not in the material", "too noisy to tell",
]  # fmt: skip

ChangeKind = Literal[
    "negation", "number", "name", "modal", "wording", "left out", "ellipsis", "brackets",
    "contractions", "numbers", "spelling", "disfluencies", "homophones", "condition", "reversal",
    "attribution", "masked", "interjection", "recognition",
]  # fmt: skip


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of a material that has one speaker, page or time."""

    span: Span
    speaker: str | None = None
    """As the label gives it; null where there is none."""
    page: int | None = None
    """Of a PDF, from 1."""
    time: float | None = None
    """Where a subtitle begins, in seconds."""
    change: bool = False
    """Whether another voice begins here than before, even where neither is named."""


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """A transcript, notes, a press release, an earlier article: what quotations are held
    against."""

    name: str
    """The path as given, `-`, or the id of a line of JSON."""
    text: str
    turns: tuple[Turn, ...] = ()
    """In order and disjoint; empty where nothing is known but the text."""
    speaker: str | None = None
    """Whose words the whole material is, where the user said so."""
    skipped: tuple[Span, ...] = ()
    """What nobody said, in order and disjoint: labels, times, page heads, margin numbers,
    sounds."""
    recognised: bool = False
    """Whether a machine wrote it down from sound."""
    unsure: tuple[Span, ...] | None = None
    """The words that the machine wasn't sure of; null where it doesn't say."""
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
    note: str | None = None
    """What the verdict's name leaves open: `sense cut`; `words exact, speaker not compared`; …"""
    speaker_compared: bool = False
    """Whether the material says whose words these are, so that the two names were compared."""


class Verification(msgspec.Struct, frozen=True, kw_only=True):
    """The verdicts on one article's quotations, in order."""

    analysis: Analysis
    verdicts: tuple[Verdict, ...]
    materials: tuple[str, ...]
    """Names of the materials."""
    schema: int = SCHEMA
