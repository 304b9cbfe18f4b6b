"""No rule backtracks: ten times the text costs each rule about ten times the time.

Each rule is given what makes it work hardest, at 1, 10 and 100 times the length: its own examples,
firing and silent, over and over, with voices, quotations and sentences of their own; and runs of
what patterns stumble over. A rule that is quadratic takes a hundred times as long for ten times the
text, so the bound of thirty leaves room for a busy machine, and so does the best of three.
"""

import re
import time
from typing import Any, TypeVar

import msgspec
import pytest
from msgspec.structs import fields, replace

from onrecord.records import Analysis, Article, Block, Context, Model, Quote, Rule, Settings, Span
from onrecord.rules import all_rules
from onrecord.testing import parse_context

from .test_pages import examples

FEW, MANY = 10, 100
BOUND = 30
"""Times as long for ten times the text; linear is 10, quadratic 100."""
QUICK = 0.3
"""Seconds within which the longest text proves enough by itself."""
UNIT = 400
"""Code points of a bait at 1 ×."""
BAITS = {
    "one letter": "a",
    "capitals": "Aa ",
    "names": "Ann Lee Tom Pell ",
    "digits": "12,345.6 ",
    "telephone": "020 7946-0123.",
    "brackets": "[a] ... ",
    "open brackets": "[",
    "marks": '"',
    "short quotations": '"a" ',
    "spaces": "a          ",
    "commas": "a, b, ",
    "mail": "a.b-c+d.",
    "addresses": "a@b.c-d.e@",
    "streets": "12 Aa Bb Cc ",
    "hyphens": "a-b-",
    "crowds": "several local media reports critics say according to ",
    "promises": "why real reason what truth about ",
    "notes": "this article the story updated ",
    "pronouns": "he said she said that his ",
    "years": "in 2015 since 2016, aged 12, 5 km (2 ",
    "percentages": "from 12 to 15, up 25 per cent of 80 ",
}  # fmt: skip
T = TypeVar("T")


pytestmark = pytest.mark.cost


def tiled(analysis: Analysis, times: int) -> Analysis:
    """The analysis of an article that says the same again and again, by new voices."""
    text, step = analysis.article.text, len(analysis.article.text) + 2
    copies = [_shifted(analysis, n * step, f"-{n}") for n in range(times)]
    quotes: list[Quote] = []
    for copy in copies:
        first = len(quotes)
        quotes += [
            q if q.parent is None else replace(q, parent=q.parent + first) for q in copy.quotes
        ]
    article = replace(
        copies[0].article,
        text="\n\n".join([text] * times),
        blocks=tuple(
            b if n == 0 or b.role != "headline" else replace(b, role="paragraph")
            for n, copy in enumerate(copies)
            for b in copy.article.blocks
        ),
        links=tuple(k for copy in copies for k in copy.article.links),
    )
    joined = {
        name: tuple(x for copy in copies for x in getattr(copy, name))
        for name in ("sentences", "people", "attributions", "sources", "figures")
    }
    return replace(analysis, article=article, quotes=tuple(quotes), **joined)


def _shifted(value: T, by: int, suffix: str) -> T:
    """A record with all its spans moved, and its ids told from those of other copies."""
    moved: Any = value
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(_shifted(v, by, suffix) for v in value)  # type: ignore[return-value]
    if isinstance(value, msgspec.Struct):
        changed: dict[str, Any] = {}
        for field in fields(value):
            part = getattr(value, field.name)
            own = field.name in ("id", "source_id", "person_id", "rivals") or (
                field.name == "parent" and isinstance(part, str)
            )
            if own and isinstance(part, str) and not isinstance(value, Article):
                changed[field.name] = part + suffix
            elif own and isinstance(part, tuple):
                changed[field.name] = tuple(p + suffix for p in part)
            else:
                changed[field.name] = _shifted(part, by, suffix)
        return replace(moved, **changed)  # type: ignore[no-any-return]
    return value


def bare(text: str) -> Analysis:
    """An analysis that found nothing in a text of one paragraph but that it is one sentence."""
    span = Span(0, len(text))
    article = Article(
        id="0" * 16, input="-", text=text, raw_digest="", extractor="test", outlet="Aa",
        blocks=(Block(span=Span(0, 5), role="headline"), Block(span=Span(5, len(text)), role="paragraph")),
    )  # fmt: skip
    return Analysis(
        article=article, sentences=(span,), quotes=(), people=(), attributions=(), sources=(),
        figures=(), model=Model(name="test", version="1"),
    )  # fmt: skip


def seconds(rule: Rule, context: Context) -> float:
    """How long a rule takes over an analysis, the best of three, or of one where it is long."""
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for _hit in rule.check(context):
            pass
        best = min(best, time.process_time() - start)
        if best > 2:
            break
    return best


def linear(rule: Rule, contexts: tuple[Context, Context, Context], what: str) -> None:
    one, ten, hundred = (seconds(rule, context) for context in contexts)
    if hundred > QUICK:
        told = f"{what}: {one:.4f} s, {ten:.4f} s, {hundred:.4f} s for 1, 10, 100 times the text"
        assert hundred <= BOUND * max(ten, QUICK / BOUND), told


def settings(rule: Rule) -> Settings:
    return Settings(options={rule.code: dict(rule.options)})


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_the_rule_s_own_examples_again_and_again(rule: Rule) -> None:
    for example in examples(rule, "Fires on")[:1] + examples(rule, "Stays silent on")[:1]:
        context, _ = parse_context(example)
        unit = max(1, UNIT // len(context.analysis.article.text))
        made = tuple(
            replace(context, analysis=tiled(context.analysis, unit * n)) for n in (1, FEW, MANY)
        )
        linear(rule, made, example)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_what_patterns_stumble_over(rule: Rule) -> None:
    for name, bait in BAITS.items():
        made = []
        for n in (1, FEW, MANY):
            analysis = bare((bait * (UNIT * n // len(bait) + 1))[: UNIT * n])
            made.append(Context(analysis=analysis, settings=settings(rule)))
        linear(rule, (made[0], made[1], made[2]), name)


def test_a_pattern_that_backtracks_is_caught() -> None:
    slow = replace(all_rules()[0], check=_backtracks)
    contexts = tuple(Context(analysis=bare("a" * n)) for n in (25, 250, 2500))
    with pytest.raises(AssertionError, match="times the text"):
        linear(slow, contexts, "letters")  # type: ignore[arg-type]


def _backtracks(context: Context) -> Any:
    """A thousand times as long for ten times the text, so that no machine's mood hides it."""
    return iter(re.findall(r"a*a*b", context.analysis.article.text))


def test_tiling_keeps_what_rules_find() -> None:
    rule = next(r for r in all_rules() if r.code == "ANO002")
    context, expected = parse_context(examples(rule, "Fires on")[0])
    found = list(rule.check(replace(context, analysis=tiled(context.analysis, 7))))
    assert len(found) == 7 * len(expected)
