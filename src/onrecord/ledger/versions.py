"""What one version of an article changed of another: quotations, figures, sources, the headline.

Compares two analyses; `find_article` and `diff` look them up in a ledger.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, or_

from ..errors import LedgerError
from ..records import Analysis, Span
from ..report.comparison.diff import match
from ..text.normalise import fold_text
from . import families, tables
from .names import hashed
from .queries import article_rows, differences
from .readback import read_analysis
from .records import ArticleRow, Diff, Drift, VersionChange, VersionDiff
from .store import Ledger
from .stories import url_without_tracking

_NUMBER = re.compile(r"\d[\d,.]*\d%?|\d%?")
_NOTE = re.compile(
    r"\b(?:article|story|post|piece|report|headline|version)\b[^.\n]{0,80}?\b(?:updated|clarified"
    r"|amended"
    r"|corrected|changed|revised|edited|removed)\b|\b(?:correct(?:ion|ed|s)|clarification"
    r"|editor['’]?s['’]? note"
    r"|amendment)\b\s*(?:\([^)\n]{0,40}\))?\s*[:–—-]|\bearlier version\b",
    re.IGNORECASE,
)


def compare_versions(first: Analysis, second: Analysis) -> list[VersionChange]:
    """What the second version changed of the first: what was added to it is no change."""
    made = [*_headline(first, second), *_quotations(first, second), *_figures(first, second)]
    return sorted(made, key=lambda c: (c.start is None, c.start or 0))


def is_noted(first: Analysis, second: Analysis) -> bool:
    """Whether the second version says that it was corrected or changed, and the first doesn't
    yet."""
    before = {m.casefold() for m in _notes(first)}
    return any(note.casefold() not in before for note in _notes(second))


def _notes(analysis: Analysis) -> Iterator[str]:
    text = analysis.article.text
    for block in analysis.article.blocks:
        words = text[block.span.start : block.span.end]
        if block.role == "correction" or _NOTE.search(words):
            yield " ".join(words.split())


def _head(analysis: Analysis) -> Span | None:
    return next((b.span for b in analysis.article.blocks if b.role == "headline"), None)


def _headline(first: Analysis, second: Analysis) -> Iterator[VersionChange]:
    one, two = _head(first), _head(second)
    if one is None or two is None:
        return
    before = " ".join(first.article.text[one.start : one.end].split())
    after = " ".join(second.article.text[two.start : two.end].split())
    if fold_text(before) != fold_text(after):
        yield VersionChange(
            kind="headline", before=before, after=after, start=two.start, end=two.end
        )


def _printings(analysis: Analysis) -> list[tuple[families.Printing, str | None, str | None]]:
    """The quotations with the kind and the name of whoever says them."""
    by_id = {a.id: a for a in analysis.attributions}
    sources = {s.id: s for s in analysis.sources}
    found: list[tuple[families.Printing, str | None, str | None]] = []
    for printing in families.find_printings(analysis):
        a = by_id.get(printing.attribution or "")
        source = sources.get(a.source_id or "") if a else None
        found.append((printing, source.kind if source else None, source.name if source else None))
    return found


def _quotations(first: Analysis, second: Analysis) -> Iterator[VersionChange]:
    """Quotations in other words or another mouth, and those that are gone."""
    old, new = _printings(first), _printings(second)
    waiting: dict[str, list[int]] = {}
    for n, (printing, _, _) in reversed(list(enumerate(new))):
        waiting.setdefault(" ".join(printing.wording.forms), []).append(n)
    left = []
    for printing, kind, name in old:
        same = waiting.get(" ".join(printing.wording.forms))
        if same:
            at = same.pop()
            yield from _voices((kind, name), new[at])
        elif printing.quoted:
            left.append((printing, kind, name))
    rest = sorted(n for group in waiting.values() for n in group)
    for printing, kind, name in left:
        best, found = 0.0, None
        for n in rest:
            judged = families.same_utterance(
                printing.wording, new[n][0].wording, speakers_differ=None
            )
            if judged is not None and judged.share > best:
                best, found = judged.share, n
        if found is None:
            yield VersionChange(kind="quotation", before=printing.wording.text, after="")
            continue
        rest.remove(found)
        changed = new[found][0]
        made = differences(printing.wording, changed.wording) or ()
        if made:
            yield VersionChange(
                kind="quotation",
                before=printing.wording.text,
                after=changed.wording.text,
                start=changed.parts[0].start,
                end=changed.parts[-1].end,
                changes=made,
            )
        yield from _voices((kind, name), new[found])


def _voices(
    before: tuple[str | None, str | None],
    after: tuple[families.Printing, str | None, str | None],
) -> Iterator[VersionChange]:
    """Another source for the same words, where both versions give one."""
    printing, kind, name = after
    if before[0] is None or kind is None:
        return
    one, two = fold_text(before[1] or before[0]), fold_text(name or kind)
    if one in two or two in one or one.split()[-1:] == two.split()[-1:]:
        return
    yield VersionChange(
        kind="source",
        before=before[1] or before[0],
        after=name or kind,
        start=printing.parts[0].start,
        end=printing.parts[-1].end,
        changes=(
            Drift(
                kind="speaker",
                weight="meaning",
                said=before[1] or before[0],
                quoted=name or kind,
            ),
        ),
    )


def _figures(first: Analysis, second: Analysis) -> Iterator[VersionChange]:
    """Other figures in sentences that are else alike; those inside quotations are told there."""
    sides = [
        [" ".join(a.article.text[s.start : s.end].split()) for s in a.sentences]
        for a in (first, second)
    ]
    notes = {" ".join(n.split()) for n in _notes(second)}
    head = _head(second)
    for a, b in sorted(match([fold_text(s) for s in sides[0]], [fold_text(s) for s in sides[1]])):
        if any(sides[1][b] in note for note in notes):
            continue
        before, after = _numbers(first, a), _numbers(second, b)
        gone = list((Counter(w for w, _ in before) - Counter(w for w, _ in after)).elements())
        come = list((Counter(w for w, _ in after) - Counter(w for w, _ in before)).elements())
        if gone and come:
            place = next(s for w, s in after if w == come[0])
            told = [q.span for q in second.quotes] + ([head] if head else [])
            if any(s.start <= place.start < s.end for s in told):
                continue
            yield VersionChange(
                kind="figure",
                before=", ".join(gone),
                after=", ".join(come),
                start=place.start,
                end=place.end,
            )


def _numbers(analysis: Analysis, n: int) -> list[tuple[str, Span]]:
    """The figures of a sentence as written, in small letters, with their places."""
    text, sentence = analysis.article.text, analysis.sentences[n]
    inside = [f.span for f in analysis.figures if sentence.start <= f.span.start < sentence.end]
    found = [(fold_text(text[s.start : s.end]), s) for s in inside]
    for m in _NUMBER.finditer(text, sentence.start, sentence.end):
        if not any(s.start < m.end() and m.start() < s.end for s in inside):
            found.append((m.group(), Span(*m.span())))
    return found


def find_article(ledger: Ledger, to: Connection, asked: str) -> list[ArticleRow]:
    """The articles that a number, a digest, a URL or an input's name means, the latest first.

    Raises `LedgerError` where there is none.
    """
    t = tables.articles
    ways = [t.c.digest == asked, t.c.input_key == hashed(asked, ledger.salt)]
    if asked.isdecimal():
        ways.append(t.c.id == int(asked))
    if "://" in asked:
        ways.append(t.c.url_key == hashed(url_without_tracking(asked), ledger.salt))
    rows = article_rows(to, or_(*ways))
    if not rows:
        remedy = "Give its number, digest, URL, or the path that it was added by."
        raise LedgerError(ledger.database.name, f"it has no article {asked!r}.", remedy)
    return rows


def diff(ledger: Ledger, asked: str, versions: Sequence[int] = ()) -> Diff:
    """The versions of an article, and what each changed of the one before; of those asked for only.

    Raises `LedgerError` for an article or a version that isn't there.
    """
    with ledger.database.reading() as to:
        story = find_article(ledger, to, asked)[0].story
        rows = sorted(
            article_rows(to, tables.articles.c.story_id == story), key=lambda r: r.version
        )
        known = {row.version: row for row in rows}
        for version in versions:
            if version not in known:
                have = ", ".join(map(str, known))
                what = f"article {asked} has no version {version}."
                raise LedgerError(ledger.database.name, what, f"It has {have}.")
        chosen = [known[v] for v in versions] if versions else rows
        if len(versions) == 1:
            chosen = [r for r in rows if r.version in (versions[0] - 1, versions[0])]
        made = []
        for one, two in zip(chosen, chosen[1:], strict=False):
            if one.purged or two.purged or not ledger.keeps_text:
                continue
            first, second = read_analysis(to, one.article), read_analysis(to, two.article)
            made.append(
                VersionDiff(
                    first=one,
                    second=two,
                    noted=is_noted(first, second),
                    changes=tuple(compare_versions(first, second)),
                )
            )
    return Diff(versions=tuple(rows), diffs=tuple(made))
