"""The editor's questions, grouped by voice, ready to be pasted to the reporter.

The voice with the gravest question comes first, and so does its gravest question; several questions
about who a voice is stand in one item. Children's names are never a heading; what belongs to no
voice comes last.
"""

from ..query.lookup import voice_at
from ..records import Analysis, Finding, Lint, Source
from ..text.places import display_name
from ..text.spans import text_of
from . import visible
from .cards import cards, worst_first

ARTICLE = "The article"
"""The heading of what belongs to no voice."""


def render(lint: Lint, *, no_text: bool = False) -> str:
    """The questions on one article as plain text; empty if there are none."""
    if not lint.findings:
        return ""
    groups: dict[str, list[tuple[Finding, ...]]] = {}
    for card in sorted(cards(lint), key=lambda c: worst_first(c[0])):
        groups.setdefault(voice_of(lint.analysis, card[0], no_text=no_text), []).append(card)
    number = len(lint.findings)
    questions = f"{number} question{'s' * (number != 1)}"
    out = [f"{visible(display_name(lint.analysis.article))}: {questions} for the reporter"]
    for voice in sorted(groups, key=lambda v: v == ARTICLE):
        out += ["", visible(voice)]
        for first, *more in groups[voice]:
            out.append(f"- line {first.line}: {visible(_question(first, no_text))} ({first.code})")
            out += [f"  and: {visible(_question(f, no_text))} ({f.code})" for f in more]
    return "\n".join([*out, ""])


def _question(finding: Finding, no_text: bool) -> str:
    """What is there and what to ask about it, in a row."""
    if no_text:
        return finding.name.replace("-", " ")
    fact, mark, question = finding.message.partition("Ask: ")
    fact, question = fact.strip(), question.strip()
    asked = f"{question[:1].upper()}{question[1:]} " if mark else ""
    return f"{asked}{fact[:1].upper()}{fact[1:]}".strip()


def voice_of(analysis: Analysis, finding: Finding, *, no_text: bool = False) -> str:
    """The heading for the voice that a finding is about; `ARTICLE` where it is about none."""
    source = source_of(analysis, finding)
    if source is None:
        return ARTICLE
    if no_text:
        return f"Voice {1 + analysis.sources.index(source)} ({source.kind})"
    minors = {p.id for p in analysis.people if p.minor}
    if source.person_id in minors and source.person_id is not None:
        return "A child"
    if source.name and source.kind != "anonymous":
        return source.name
    words = " ".join(text_of(analysis.article.text, source.mentions[0]).split())
    return f"“{words}”"


def source_of(analysis: Analysis, finding: Finding) -> Source | None:
    """The voice that a finding is about: mentioned at its place, or saying what stands there.

    None where it is about the article, and where people at risk are the matter.
    """
    return None if finding.code.startswith("SEN") else voice_at(analysis, finding.span)
