"""What the HTTP API answers: the records, and the jobs of the workers that make them.

The findings, verdicts and pairs are those that the command line writes; what a program that shows
them needs beside (the text, units, blocks, language) is added here.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, UnsetType

from ..config import for_outlet
from ..extract import analyse as analyse_article
from ..ingest import read
from ..ingest.body import BodyBlock, read_blocks, read_body
from ..ingest.given import Given
from ..ingest.materials import material
from ..linter import lint
from ..records import (
    SCHEMA,
    Analysis,
    Article,
    Context,
    Lint,
    Material,
    Problem,
    Role,
    Settings,
    Severity,
    Span,
    Verdict,
    Verification,
)
from ..report import analysis_json, check_json, html, verdicts
from ..report.comparison.diff import Comparison
from ..report.comparison.diff import compare as compare_analyses
from ..report.comparison.render import as_json as comparison_json
from ..report.comparison.render import compare_page
from ..rules import all_rules, select
from ..text.spans import text_of
from ..text.units import UnitName, Units
from ..verifier import verify as verify_analysis
from .asked import (
    AgainstText,
    AnalyseRequest,
    Check,
    Compare,
    Draft,
    Verify,
)
from .faults import RequestError
from .jobs import articles

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_OPTION = re.compile(r"--([a-z]+) (?:[A-Z]+|(\w+))")
Count = Annotated[int, msgspec.Meta(ge=0)]


class FilePlace(msgspec.Struct, frozen=True):
    """Where in the text or HTML that was given something stands; lines and columns from 1."""

    file: str
    unit: Literal["line", "paragraph", "page"] = msgspec.field(name="in")
    line: int
    column: int
    end_line: int
    end_column: int


class FoundRelated(msgspec.Struct, frozen=True):
    """A further place that a finding rests on, and what it shows."""

    span: Span
    label: str
    code: str | UnsetType = UNSET
    """The rule, where it is a further question on the same voice."""


class InBlock(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a block a finding stands; it ends with the block at the latest."""

    block: Count
    """Number of the block in the answer's `blocks`, from 0."""
    span: Span
    """Counted from the block's first character; of `blocks` that were given, from theirs."""
    id: str | None = None
    """What the request calls the block."""


class FoundFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding."""

    code: str
    name: str
    severity: Severity
    span: Span
    line: int
    column: int
    place: FilePlace | None
    message: str
    related: tuple[FoundRelated, ...]
    confidence: float | None
    fingerprint: str
    """Stays the same when the article is edited elsewhere: by it a finding is known again."""
    in_block: InBlock | None = None
    excerpt: str | UnsetType = UNSET
    """The words it stands on, where `excerpts` were asked for."""
    by: Literal["comment", "baseline"] | UnsetType = UNSET
    reason: str | UnsetType = UNSET
    """Of a dismissed one: why."""


class ShownBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph, headline or caption of the answer's text."""

    span: Span
    role: Role
    origin: str | None = None
    """XPath of its element in the HTML that was given."""
    id: str | None = None
    """What the request calls it."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """Under which settings an article was judged."""

    profile: str | None
    standard: tuple[str, ...]
    rules: tuple[str, ...]
    """The codes of the rules that ran."""


class CheckedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """An article's findings."""

    id: str
    findings: tuple[FoundFinding, ...]
    dismissed: tuple[FoundFinding, ...]
    """Set aside by comments in the article."""
    problems: tuple[Problem, ...]
    """What there is to say about the reading: the language, encodings, rules that broke down."""
    units: UnitName | UnsetType = UNSET
    language: str | UnsetType | None = UNSET
    """ISO 639-1, null where the text is too short to tell. Only English is judged."""
    judged: Judged | UnsetType = UNSET
    text: str | UnsetType = UNSET
    """What spans point into."""
    blocks: tuple[ShownBlock, ...] | UnsetType = UNSET
    analysis: dict[str, Any] | UnsetType = UNSET
    """As /api/analyse answers."""


class CheckAnswer(msgspec.Struct, frozen=True):
    """The findings of each article."""

    schema: int
    articles: tuple[CheckedArticle, ...]


AnalyseAnswer = msgspec.defstruct(
    "AnalyseAnswer",
    [
        ("id", str),
        ("units", UnitName),
        ("problems", tuple[Problem, ...]),
        *((f.name, f.type) for f in msgspec.structs.fields(Analysis)),
    ],
    frozen=True,
    kw_only=True,
    namespace={"__doc__": "Who says what in an article."},
)


class JudgedQuotation(Verdict, frozen=True, kw_only=True):
    """What holding a quotation against the material showed."""

    quotation: str = ""
    """Its words."""


class VerifiedArticle(msgspec.Struct, frozen=True, kw_only=True):
    """The verdicts on an article's quotations."""

    id: str
    materials: tuple[str, ...]
    verdicts: tuple[JudgedQuotation, ...]
    units: UnitName
    language: str | None
    text: str
    """What the spans of quotations point into; those of places point into the material."""


class VerifyAnswer(msgspec.Struct, frozen=True):
    """The verdicts on the quotations, and what there is to say about the reading."""

    schema: int
    articles: tuple[VerifiedArticle, ...]
    problems: tuple[Problem, ...]


class CompareAnswer(Comparison, frozen=True, kw_only=True):
    """What two articles have in common and what changed."""

    counts: dict[str, int]
    problems: tuple[Problem, ...]


def check(given: Check) -> bytes:
    """An element of `/api/check`'s articles, or the reading view."""
    asked = given.asked
    article = _article(asked)
    settings = for_outlet(given.settings, article.outlet)
    analysis = analyse_article(article)
    verification = None
    if asked.against:
        verification = verify_analysis(analysis, _materials(asked.against))
    made = lint(
        Context(
            analysis=analysis,
            settings=settings,
            verdicts=verification.verdicts if verification else None,
        )
    )
    if given.page:
        return html.render(made, verification=verification).encode()
    return msgspec.json.encode(_checked(asked, made, settings))


def analyse(asked: AnalyseRequest) -> bytes:
    """The answer of `/api/analyse`."""
    return msgspec.json.encode(_analysed(asked, analyse_article(_article(asked))))


def verify(given: Verify) -> bytes:
    """The answer of `/api/verify`, or its page."""
    asked = given.asked
    analysis = analyse_article(_article(asked))
    materials = _materials(asked.against)
    made = verify_analysis(analysis, materials, transcript=asked.transcript)
    if given.page:
        return html.render(lint(analysis), verification=made).encode()
    article = analysis.article
    element = verdicts.article(_in_units(made, materials, asked.units))
    for row, verdict in zip(element["verdicts"], made.verdicts, strict=True):
        row["quotation"] = verdicts.quoted(made, verdict)
    element |= {"units": asked.units, "language": article.language, "text": article.text}
    return _document(articles=[element], problems=_problems(article.notes))


def compare(given: Compare) -> bytes:
    """The answer of `/api/compare`, or the two side by side."""
    pair = [_article(given.asked.first), _article(given.asked.second)]
    made = compare_analyses(*map(analyse_article, pair))
    if given.page:
        return compare_page(made).encode()
    value = msgspec.json.decode(comparison_json(made))
    value["problems"] = _problems((*pair[0].notes, *pair[1].notes))
    return msgspec.json.encode(value)


def document(elements: Sequence[bytes]) -> bytes:
    """Elements of articles as one document."""
    return _document(articles=[msgspec.Raw(raw) for raw in elements])


def failed(name: str, fault: RequestError) -> bytes:
    """What stands in an article's place where it could not be checked."""
    problem = Problem(where=fault.where, what=fault.what, remedy=fault.remedy)
    return msgspec.json.encode(check_json.article(name, None, [problem]))


def _document(**value: Any) -> bytes:
    raw = msgspec.json.encode({"schema": SCHEMA, **value})
    return msgspec.json.format(raw, indent=2) + b"\n"


def _checked(asked: Any, made: Lint, settings: Settings) -> dict[str, Any]:
    analysis = made.analysis
    article = analysis.article
    units = Units(article.text, asked.units)
    blocks = _Blocks(asked, article, units)
    element = check_json.article(asked.id, made)
    for rows, found in (
        (element["findings"], made.findings),
        (element["dismissed"], made.dismissed),
    ):
        for row, finding in zip(rows, found, strict=True):
            row["span"] = units.span(finding.span)
            row["in_block"] = blocks.place(finding.span)
            for part in row["related"]:
                part["span"] = units.span(Span(*part["span"]))
            if "excerpts" in asked.include:
                row["excerpt"] = text_of(article.text, finding.span)
    element["problems"] = _problems(msgspec.convert(element["problems"], tuple[Problem, ...]))
    element["units"], element["language"] = asked.units, article.language
    element["judged"] = Judged(
        profile=settings.profile,
        standard=settings.standard,
        rules=tuple(rule.code for rule in select(all_rules(), settings)),
    )
    if "text" in asked.include:
        element |= {"text": article.text, "blocks": blocks.shown}
    if "analysis" in asked.include:
        element["analysis"] = _analysed(asked, analysis)
    return element


def _analysed(asked: Any, analysis: Analysis) -> dict[str, Any]:
    units = Units(analysis.article.text, asked.units)
    row = analysis_json.element(units.record(analysis))
    return {**row, "units": asked.units, "problems": _problems(analysis.article.notes)}


def _problems(found: Sequence[Problem]) -> list[dict[str, Any]]:
    """Problems as a program's author reads them: fields where the command line has options."""
    made = []
    for problem in found:
        remedy = _OPTION.sub(
            lambda m: f'"{m[1]}": "{m[2]}"' if m[2] else f'"{m[1]}"', problem.remedy
        )
        made.append(msgspec.to_builtins(msgspec.structs.replace(problem, remedy=remedy)))
    return made


class _Blocks:
    """The blocks of the answer, and where in them a span stands."""

    def __init__(self, asked: Draft, article: Article, units: Units) -> None:
        given = [b for b in asked.blocks or () if b.text.strip()]
        front = len(article.blocks) - len(given)  # a title that was given stands in front
        self._units = units
        self._starts = [block.span.start for block in article.blocks]
        self._ends = [block.span.end for block in article.blocks]
        self._ids: list[str | None] = [None] * len(self._starts)
        self._leads = [0] * len(self._starts)
        if given:
            for n, block in enumerate(given, front):
                self._ids[n] = block.id
                self._leads[n] = len(block.text) - len(block.text.lstrip())
        self.shown = tuple(
            ShownBlock(span=units.span(b.span), role=b.role, origin=b.origin, id=own)
            for b, own in zip(article.blocks, self._ids, strict=True)
        )

    def place(self, span: Span) -> InBlock | None:
        """Where a span stands in the block that it begins in."""
        n = bisect_right(self._starts, span.start) - 1
        if n < 0:
            return None
        start, end = self._units.offset(self._starts[n]), min(span.end, self._ends[n])
        lead = self._leads[n]
        first, last = self._units.offset(span.start), self._units.offset(max(end, span.start))
        return InBlock(
            block=n, span=Span(first - start + lead, last - start + lead), id=self._ids[n]
        )


def _in_units(made: Verification, materials: Sequence[Material], name: UnitName) -> Verification:
    """Verdicts in units: of the article, and of the material that a place stands in."""
    if name == "code points":
        return made
    story = Units(made.analysis.article.text, name)
    texts = {m.name: Units(m.text, name) for m in materials}

    def counted(verdict: Verdict) -> Verdict:
        def source(span: Span) -> Span:
            for place in verdict.places:
                if place.span.start <= span.start <= span.end <= place.span.end:
                    return texts[place.material].span(span)
            return texts[verdict.places[0].material].span(span) if verdict.places else span

        return msgspec.structs.replace(
            verdict,
            quote=story.span(verdict.quote),
            parts=tuple(map(story.span, verdict.parts)),
            places=tuple(
                msgspec.structs.replace(p, span=texts[p.material].span(p.span))
                for p in verdict.places
            ),
            changes=tuple(
                msgspec.structs.replace(c, story=story.span(c.story), source=source(c.source))
                for c in verdict.changes
            ),
        )

    return msgspec.structs.replace(made, verdicts=tuple(map(counted, made.verdicts)))


def _article(draft: Draft) -> Article:
    """The article of a request. Raises `RequestError` (413, 422) where there is none."""
    given = Given(draft.title, draft.outlet, draft.published, draft.language)
    if draft.blocks is not None:
        blocks = [BodyBlock(b.text, b.role) for b in draft.blocks]
        return articles(read_blocks(blocks, draft.id, given), draft.id)[0]
    markup = draft.text if draft.kind == "html" and draft.text else draft.html
    if markup is not None and not _PAGE.search(markup):
        return articles(read_body(markup, draft.id, given), draft.id)[0]
    raw = (draft.text or draft.html or "").encode("utf-8", "surrogatepass")
    named = {key: getattr(draft, key) for key in ("title", "outlet", "published", "language")}
    kind = "html" if markup is not None else draft.kind
    return articles(read(raw, kind=kind, input=draft.id, **named), draft.id)[0]


def _materials(given: tuple[AgainstText, ...]) -> list[Material]:
    """The materials, each with a name of its own."""
    names: set[str] = set()
    made = []
    for one in given:
        name = next(
            name
            for name in (one.name, *(f"{one.name} {n}" for n in range(2, len(given) + 2)))
            if name not in names
        )
        names.add(name)
        made.append(material(one.text, name=name, speaker=one.speaker))
    return made
