"""Applying the rules: hits become findings, sorted, each with a fingerprint.

Pure: the same context and rules give the same bytes, in whatever order the rules come. A rule that
breaks down is named and loses nothing else. Comments in the article's source set findings aside.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from .dismissals.comments import dismiss
from .records import (
    Analysis,
    Article,
    Context,
    Finding,
    Hit,
    Lint,
    Problem,
    Rule,
    Scope,
    Settings,
    Severity,
    Span,
)  # fmt: skip
from .rules import all_rules, select
from .text.fingerprint import fingerprint
from .text.places import Places
from .text.spans import SpanIndex, overlaps, text_of

RANK: dict[Severity, int] = {"note": 0, "warning": 1, "error": 2}


def judges(article: Article) -> bool:
    """Whether an article is in English, or too short to tell: others are not judged at all."""
    return article.language in (None, "en")


def lint(
    context: Analysis | Context,
    settings: Settings | None = None,
    rules: Sequence[Rule] | None = None,
) -> Lint:
    """Apply rules to an analysis, or to a context that also carries verdicts or history.

    An article in another language than English has no findings, and its notes say that it isn't
    judged. `settings` replaces the context's; `rules` is all that the settings select unless given.
    Raises `ConfigError` for a rule code that does not exist.
    """
    if isinstance(context, Analysis):
        context = Context(analysis=context)
    if settings is not None:
        context = msgspec.structs.replace(context, settings=settings)
    settings = context.settings
    if not judges(context.analysis.article):
        return Lint(analysis=context.analysis, findings=())
    chosen = sorted(rules or select(all_rules(), settings), key=lambda r: r.code)
    found, failed = _hits(context, chosen)
    findings = _findings(context, found)
    article = context.analysis.article
    dismissed: list[Finding] = []
    if article.comments:
        known = [rule.code for rule in all_rules()]
        findings, dismissed, idle = dismiss(article, findings, known)
        failed += idle
    return Lint(
        analysis=context.analysis,
        findings=tuple(findings),
        dismissed=tuple(dismissed),
        failed=tuple(failed),
    )


def _hits(context: Context, rules: Iterable[Rule]) -> tuple[list[tuple[Rule, Hit]], list[Problem]]:
    """What the rules find where they look, in order, and the rules that broke down."""
    attributed = _Attributed(context.analysis)
    accepted = _accepted(context)
    rests = _Rests(context.analysis)
    found: list[tuple[Rule, Hit]] = []
    failed = []
    for rule in rules:
        try:
            hits = [h for h in rule.check(context) if _in_scope(h.span, rule.scope, attributed)]
        except Exception as error:  # whatever a rule stumbles over must not lose the others
            failed.append(
                Problem(
                    where=rule.code,
                    what=f"the rule broke down ({type(error).__name__}: {error}).",
                    remedy="Please report it; the other rules ran.",
                    fatal=False,
                )
            )
            continue
        if rule.house_accepted:
            hits = [h for h in hits if not any(overlaps(h.span, span) for span in accepted)]
        if context.settings.sure > 0:
            hits = [h for h in hits if rests.confidence(h.span) >= context.settings.sure]
        found += [(rule, hit) for hit in hits]
    found.sort(key=lambda pair: (pair[1].span, pair[0].code, pair[1].related))
    return found, failed


def _findings(context: Context, found: Sequence[tuple[Rule, Hit]]) -> list[Finding]:
    """The hits as findings. Of the article only the sentence of a finding is in its fingerprint."""
    text, sentences = context.analysis.article.text, context.analysis.sentences
    places = Places(context.analysis.article)
    starts = [s.start for s in sentences]
    seen: dict[str, int] = {}
    findings = []
    for rule, hit in found:
        n = bisect_right(starts, hit.span.start) - 1
        around = [text_of(text, sentences[n])] if n >= 0 else []
        base = fingerprint(rule.code, text_of(text, hit.span), around)
        nth = seen.get(base, 0)
        seen[base] = nth + 1
        line, column = places.line_column(hit.span.start)
        findings.append(
            Finding(
                code=rule.code,
                name=rule.name,
                severity=_severity(rule, hit, context.settings),
                span=hit.span,
                line=line,
                column=column,
                message=rule.message.format(**hit.values),
                related=hit.related,
                confidence=hit.confidence,
                fingerprint=fingerprint(rule.code, text_of(text, hit.span), around, nth),
                article_id=context.analysis.article.id,
            )
        )
    return findings


def _accepted(context: Context) -> list[Span]:
    """Where descriptions of sources stand that the house accepts, in any spacing and capitals."""
    text, found = context.analysis.article.text, []
    for description in context.settings.accepted:
        shape = r"\s+".join(map(re.escape, description.split()))
        for match in re.finditer(rf"(?<!\w){shape}(?!\w)", text, re.IGNORECASE):
            found.append(Span(*match.span()))
    return found


def _severity(rule: Rule, hit: Hit, settings: Settings) -> Severity:
    """The user's severity, else the rule's, which a hit may lower but never raise."""
    if rule.code in settings.severity:
        return settings.severity[rule.code]
    if hit.severity and RANK[hit.severity] < RANK[rule.severity]:
        return hit.severity
    return rule.severity


class _Attributed:
    """What other people say: contents of attributions and outermost quotations."""

    def __init__(self, analysis: Analysis) -> None:
        spans = [span for a in analysis.attributions for span in a.content]
        spans += [quote.span for quote in analysis.quotes if quote.parent is None]
        self._starts: list[int] = []
        self._furthest: list[int] = []
        for span in sorted(spans):
            self._starts.append(span.start)
            self._furthest.append(max(span.end, self._furthest[-1] if self._furthest else 0))

    def holds(self, span: Span) -> bool:
        """Whether a span stands inside what others say."""
        n = bisect_right(self._starts, span.start) - 1
        return n >= 0 and span.end <= self._furthest[n]


class _Rests:
    """How sure the speakers are that places rest on: whoever is mentioned there, else whoever says
    what stands there."""

    def __init__(self, analysis: Analysis) -> None:
        said = [a for a in analysis.attributions if a.source_id is not None]
        self._mentions = SpanIndex((a.source, a) for a in said if a.source is not None)
        self._contents = SpanIndex((c, a) for a in said for c in a.content)

    def confidence(self, span: Span) -> float:
        """The calibrated confidence of the speaker that a place rests on; 1 where it rests on
        none. Of several who are mentioned there the surest counts, of several levels of speech
        the least sure."""
        if named := [a.speaker_confidence for _, a in self._mentions.at(span)]:
            return max(named)
        return min((a.speaker_confidence for _, a in self._contents.at(span)), default=1.0)


def _in_scope(span: Span, scope: Scope, attributed: _Attributed) -> bool:
    return scope == "all" or attributed.holds(span) == (scope == "attributed")
