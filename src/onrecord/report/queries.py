"""The editor's questions, grouped by voice, ready to be pasted to the reporter.

Children's names are never a heading; what belongs to no voice comes last.
"""

from ..records import Analysis, Finding, Lint, Source, Span
from ..text.places import display_name
from ..text.spans import text_of
from . import visible

_ARTICLE = "The article"


def render(lint: Lint, *, no_text: bool = False) -> str:
    """The questions on one article as plain text; empty if there are none."""
    if not lint.findings:
        return ""
    groups: dict[str, list[Finding]] = {}
    for finding in lint.findings:
        groups.setdefault(_voice(lint.analysis, finding, no_text), []).append(finding)
    number = len(lint.findings)
    questions = f"{number} question{'s' * (number != 1)}"
    out = [f"{visible(display_name(lint.analysis.article))}: {questions} for the reporter"]
    for voice in sorted(groups, key=lambda v: v == _ARTICLE):
        out += ["", visible(voice)]
        out += [
            f"- line {f.line}: {visible(_question(f, no_text))} ({f.code})" for f in groups[voice]
        ]
    return "\n".join([*out, ""])


def _question(finding: Finding, no_text: bool) -> str:
    """What is there and what to ask about it, in a row."""
    if no_text:
        return finding.name.replace("-", " ")
    fact, mark, question = finding.message.partition("Ask: ")
    fact, question = fact.strip(), question.strip()
    asked = f"{question[:1].upper()}{question[1:]} " if mark else ""
    return f"{asked}{fact[:1].upper()}{fact[1:]}".strip()


def _voice(analysis: Analysis, finding: Finding, no_text: bool) -> str:
    """The heading for the voice that a finding is about."""
    source = None if finding.code.startswith("SEN") else _source(analysis, finding.span)
    if source is None:
        return _ARTICLE
    if no_text:
        return f"Voice {1 + analysis.sources.index(source)} ({source.kind})"
    minors = {p.id for p in analysis.people if p.minor}
    if source.person_id in minors and source.person_id is not None:
        return "A child"
    if source.name and source.kind != "anonymous":
        return source.name
    words = " ".join(text_of(analysis.article.text, source.mentions[0]).split())
    return f"“{words}”"


def _source(analysis: Analysis, span: Span) -> Source | None:
    """The voice that is mentioned at a place, or that says what stands there."""

    def meet(other: Span) -> bool:
        return span.start < other.end and other.start < span.end

    for source in analysis.sources:
        if any(meet(mention) for mention in source.mentions):
            return source
    by_id = {source.id: source for source in analysis.sources}
    for attribution in analysis.attributions:
        if any(map(meet, attribution.content)) and attribution.source_id in by_id:
            return by_id[attribution.source_id]
    return None
