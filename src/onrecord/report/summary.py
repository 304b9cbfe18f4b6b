"""A summary of the page as plain text, to be copied into a message or a ticket."""

from collections.abc import Iterator, Sequence

from ..records import Lint
from ..text.spans import text_of
from .notes import sentence, short
from .overview import overview
from .register import Entry
from .timeline import written
from .voices import KINDS, Voices


def summary(lint: Lint, entries: Sequence[Entry], voices: Voices) -> str:
    """Title, counts, who speaks, what was found: lines of plain text."""
    return "\n".join(_lines(lint, entries, voices)) + "\n"


def _lines(lint: Lint, entries: Sequence[Entry], voices: Voices) -> Iterator[str]:
    analysis, article = lint.analysis, lint.analysis.article
    head = next((b for b in article.blocks if b.role == "headline"), None)
    yield short(text_of(article.text, head.span), 300) if head else article.input
    about = [article.outlet, written(article.published) if article.published else None]
    if any(about):
        yield ", ".join(filter(None, about))
    facts = overview(analysis, entries, voices)
    yield ""
    yield (
        f"{count(facts['statements'], 'statement')}, {count(facts['voices'], 'voice')},"
        f" {facts['second_hand']} second-hand, {count(len(lint.findings), 'finding')}."
    )
    if facts["shares"]:
        shares = "; ".join(f"{s['words']} {s['percent']}" for s in facts["shares"])
        yield f"Attributed words rest on: {shares}."
    if entries:
        yield ""
        yield "Who speaks"
    for e in entries:
        role = f", {e.title}" if e.title else ""
        why = "" if e.kind != "anonymous" else f"; reason: {e.reason or 'none found'}"
        hand = "through another voice" if e.hearsay else "first-hand"
        yield (
            f"- {short(e.description)} ({KINDS[e.kind][0]}{role}):"
            f" {count(e.statements, 'statement')},"
            f" {100 * e.share:.0f}% of attributed words, {hand}{why}"
        )
    if lint.findings:
        yield ""
        yield "Findings"
    for f in lint.findings:
        yield f"- line {f.line}: {sentence(f.message)} [{f.code}, {f.severity}]"
    yield ""
    yield "Made by onrecord: facts about the text, no verdict on its truth."


def count(number: int, noun: str) -> str:
    """A number with its noun: 1 voice, 2 voices."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
