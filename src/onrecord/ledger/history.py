"""What a ledger holds on what an article says: the `History` that rules read.

Looks up the article's quotations, the outlets it cites, its figures and its earlier versions; the
article itself need not be in the ledger, and is left out where it is. Reads only; decides nothing.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, func, or_, select

from ..query.lookup import stem
from ..records import (
    Analysis,
    EarlierVersion,
    Elsewhere,
    Figure,
    History,
    OtherFigure,
    OtherPrinting,
    OtherWords,
    Relay,
    Settings,
    Source,
    Span,
    VersionedChange,
)
from ..verifier.align import FUNCTION
from ..verifier.speakers import same_person
from ..verifier.words import words
from . import families, tables
from .names import outlet_key, person_name
from .queries import article_rows, differences, printings_of
from .readback import read_analysis
from .records import ArticleRow, PrintingRow
from .store import Ledger, Prepared, prepare
from .stories import Stories, incoming
from .versions import compare_versions, is_noted
from .weaving import members, words_of

MOST_PRINTINGS = 20
"""Other articles that are shown for one quotation, the earliest."""
MOST_ARTICLES = 12
"""Articles of the same event whose figures are held against this one's."""
DAYS = 14
"""Days within which two articles may be of one event."""
RELAY_DAYS = 30
"""Days that a relayed story may be old."""
_ALIKE = 0.6
_LEAST_STEMS = 3
_BORN = re.compile(r"\b(?:born|birth)\b[^.\n]{0,30}$", re.IGNORECASE)
_NEGATION = re.compile(r"\b(?:not|no|never|none|nobody|without)\b|n['’]t\b", re.IGNORECASE)


RULES = ("COR801", "NUM410", "OUT602", "OUT604", "QUO206")
"""Codes of the rules that read the history."""


def with_its_rules(settings: Settings) -> Settings:
    """The settings of somebody who gives a ledger: the ledger's rules run too, unless left out.

    Nothing is added where rules are selected by hand.
    """

    def added(own: Settings) -> Settings:
        if own.select:
            return own
        codes = tuple(c for c in RULES if not c.startswith(own.ignore or ("-",)))
        if "ALL" in own.ignore:
            codes = ()
        return msgspec.structs.replace(own, extend_select=(*own.extend_select, *codes))

    outlets = {name: added(own) for name, own in settings.outlets.items()}
    return msgspec.structs.replace(added(settings), outlets=outlets)


def history_of(ledger: Ledger, analysis: Analysis) -> History:
    """What a ledger holds on what an article says. Raises `LedgerError` where it can't be read.

    A ledger without texts tells what stands elsewhere, and not in which words.
    """
    made = prepare(analysis)
    with ledger.database.reading() as to:
        looking = _Looking(ledger, to, made)
        printings = tuple(looking.printings())
        return History(
            printings=printings,
            versions=tuple(looking.versions()),
            figures=tuple(looking.figures({p.elsewhere.article for p in printings})),
            relays=tuple(looking.relays()),
        )


class _Looking:
    """One article's looking up."""

    def __init__(self, ledger: Ledger, to: Connection, made: Prepared) -> None:
        self._ledger, self._to, self._made = ledger, to, made
        self._analysis = made.analysis
        article = made.analysis.article
        t, o = tables.articles, tables.outlets
        outlet = article.outlet
        self._outlet = (
            to.execute(select(o.c.id).where(o.c.key == outlet_key(outlet))).scalar()
            if outlet
            else None
        )
        same = t.c.digest == article.id
        rows = to.execute(select(t.c.id, t.c.story_id, t.c.version, t.c.outlet_id).where(same))
        known = [r for r in rows if self._outlet is None or r.outlet_id in (self._outlet, None)]
        self._own = known[0] if known else None
        story = self._own.story_id if self._own else self._earlier()
        self._story: int | None = story
        ours = t.c.story_id == story if story is not None else t.c.id < 0
        self._ours = set(to.execute(select(t.c.id).where(or_(ours, same))).scalars())
        if self._outlet is not None:
            # The same text in another outlet is another printing.
            others = to.execute(
                select(t.c.id).where(
                    same, t.c.outlet_id.is_not(None), t.c.outlet_id != self._outlet
                )
            )
            self._ours -= set(others.scalars())

    def _earlier(self) -> int | None:
        """The story that an article that isn't in the ledger is another version of."""
        coming = incoming(self._analysis.article, self._made.sketch, self._ledger.salt)
        stories = Stories(self._to)
        stories.load([coming])
        return stories.find(coming, self._outlet)

    def printings(self) -> Iterator[OtherPrinting]:
        """The article's quotations in other articles, the earliest first."""
        analysis = self._analysis
        by_id = {a.id: a for a in analysis.attributions}
        sources = {s.id: s for s in analysis.sources}
        near = self._copies()
        for printing in self._made.printings:
            a = by_id.get(printing.attribution or "")
            source = sources.get(a.source_id or "") if a and not a.rivals else None
            span = Span(printing.parts[0].start, printing.parts[-1].end)
            count, seen = 0, set(self._ours)
            for family in self._families(printing.wording, source):
                for row, said in printings_of(self._to, tables.printings.c.family_id == family):
                    if row.article in seen or count >= MOST_PRINTINGS:
                        continue
                    seen.add(row.article)
                    count += 1
                    yield self._printing(printing, source, span, (row, said), near)

    def _printing(
        self,
        printing: families.Printing,
        source: Source | None,
        span: Span,
        other: tuple[PrintingRow, str | None],
        near: set[int],
    ) -> OtherPrinting:
        row, said = other
        changes: list[OtherWords] = []
        if said is not None:
            for c in differences(families.wording(said), printing.wording) or ():
                changes.append(
                    OtherWords(kind=c.kind, weight=c.weight, there=c.said, here=c.quoted)  # type: ignore[arg-type]
                )
        changes += _speakers(source, row)
        return OtherPrinting(
            quote=span,
            elsewhere=_elsewhere(row),
            words=row.words or "",
            quoted=row.quoted and printing.quoted,
            speaker=row.speaker,
            kind=row.kind,
            withheld=row.withheld,
            credits=row.credits,
            earlier=not _after(row.published, self._analysis.article.published),
            copy=row.article in near,
            changes=tuple(changes),
        )

    def _families(self, made: families.Wording, source: Source | None) -> list[int]:
        p, sh = tables.printings, tables.shingles
        if families.is_weightless(made):
            return []
        found = list(
            self._to.execute(
                select(p.c.family_id)
                .where(p.c.wording == families.wording_hash(made), p.c.family_id.is_not(None))
                .distinct()
            ).scalars()
        )
        shared = func.count().label("shared")
        shingles = families.shingles_of(made)
        rows = self._to.execute(
            select(sh.c.family_id, shared)
            .where(sh.c.hash.in_(shingles))
            .group_by(sh.c.family_id)
            .order_by(shared.desc(), sh.c.family_id)
            .limit(8)
        ).all()
        for row in rows:
            if row.family_id in found:
                continue
            if not self._ledger.keeps_text:
                if row.shared >= families.least_shared(shingles):
                    found.append(row.family_id)
            elif any(
                families.same_utterance(member, made, speakers_differ=None)
                for member, _ in members(self._to, row.family_id, 6)
            ):
                found.append(row.family_id)
        return found

    def _copies(self) -> set[int]:
        """Articles that are near copies of this text."""
        sk = tables.sketches
        rows = self._to.execute(
            select(sk.c.article_id)
            .where(sk.c.band.in_(self._made.sketch))
            .group_by(sk.c.article_id)
            .having(func.count() >= 2)
        )
        return set(rows.scalars())

    def versions(self) -> Iterator[EarlierVersion]:
        """Earlier versions of the article, the latest first, with what this one changed of each."""
        if self._story is None or not self._ledger.keeps_text:
            return
        t = tables.articles
        rows = article_rows(
            self._to, and_(t.c.story_id == self._story, t.c.digest != self._analysis.article.id)
        )
        for row in sorted(rows, key=lambda r: -r.version):
            if row.purged or (self._own and row.version > self._own.version):
                continue
            first = read_analysis(self._to, row.article)
            yield EarlierVersion(
                elsewhere=_elsewhere_of(row),
                noted=is_noted(first, self._analysis),
                changes=tuple(
                    VersionedChange(
                        kind=c.kind,  # type: ignore[arg-type]
                        before=c.before,
                        after=c.after,
                        span=Span(c.start, c.end)
                        if c.start is not None and c.end is not None
                        else None,
                        bearing=_bears(c),
                    )
                    for c in compare_versions(first, self._analysis)
                ),
            )

    def relays(self) -> Iterator[Relay]:
        """What the article has from another outlet that is in the ledger, and on whom it stands
        there."""
        sources = {s.id: s for s in self._analysis.sources}
        text = self._analysis.article.text
        for a in self._analysis.attributions:
            source = sources.get(a.source_id or "")
            if source is None or source.kind not in ("outlet", "organisation") or not source.name:
                continue
            if a.source is None:
                continue
            ours = _stems(text[s.start : s.end] for s in a.content)
            for row in self._unnamed_of(source.name):
                if row.article_id in self._ours:
                    continue
                said = words_of(row.text, row.content)
                if _are_alike(ours, _stems([said])):
                    yield Relay(
                        span=a.source,
                        outlet=row.outlet,
                        elsewhere=Elsewhere(
                            article=row.article_id, outlet=row.outlet, published=row.published,
                            url=row.url,
                        ),
                        kind=row.kind,
                        withheld=row.withheld,
                        words=said,
                    )  # fmt: skip
                    break

    def _unnamed_of(self, name: str) -> list[Any]:
        """Statements on unnamed voices in an outlet's articles of the last weeks."""
        t, o, s, so = tables.articles, tables.outlets, tables.statements, tables.sources
        query = (
            select(
                s.c.article_id, s.c.content, t.c.text, t.c.published, t.c.url, so.c.kind,
                so.c.withheld, o.c.name.label("outlet"),
            )
            .join(t, t.c.id == s.c.article_id)
            .join(o, o.c.id == t.c.outlet_id)
            .join(so, so.c.id == s.c.source_id)
            .where(
                o.c.key == outlet_key(name), so.c.kind == "anonymous", so.c.withheld,
                t.c.text.is_not(None),
            )
            .order_by(t.c.published.desc().nulls_last(), s.c.id)
            .limit(400)
        )  # fmt: skip
        day = self._analysis.article.published
        if day is not None:
            since = day - timedelta(days=RELAY_DAYS)
            query = query.where(or_(t.c.published.is_(None), t.c.published.between(since, day)))
        return list(self._to.execute(query))

    def figures(self, near: set[int]) -> Iterator[OtherFigure]:
        """Ages of the same people in other articles, and other figures of the same event."""
        if not self._ledger.keeps_text:
            return
        yield from self._ages()
        for number in self._event(near):
            other = read_analysis(self._to, number)
            yield from _event_figures(self._analysis, other, number)

    def _ages(self) -> Iterator[OtherFigure]:
        analysis = self._analysis
        day = analysis.article.published
        for name, figure, kind in _figures_of_people(analysis):
            for person in self._people(name):
                for number in self._articles_of(person):
                    other = read_analysis(self._to, number)
                    where = other.article
                    for called, there, kind_there in _figures_of_people(other):
                        if same_person(name, called) is not True:
                            continue
                        made = _age_pair((figure, kind, day), (there, kind_there, where.published))
                        if made is None:
                            continue
                        ours, theirs, as_kind = made
                        yield OtherFigure(
                            span=figure.span,
                            elsewhere=_where(number, where),
                            kind=as_kind,
                            of=name,
                            here=_text_of(analysis, figure.span),
                            there=_text_of(other, there.span),
                            value=ours,
                            other=theirs,
                            approximate=figure.approximate or there.approximate,
                            years=_years(where.published, day),
                        )

    def _people(self, name: str) -> list[int]:
        """Who in the ledger is meant: whom the article's own row links, else the only one so
        named."""
        key = person_name(name)
        if key is None or not key.full:
            return []
        al, ap = tables.aliases, tables.appearances
        query = select(al.c.person_id).where(al.c.key == self._ledger.key(key.key)).distinct()
        found = list(self._to.execute(query).scalars())
        if self._own is not None:
            linked = select(ap.c.person_id).where(
                ap.c.article_id == self._own.id, ap.c.person_id.in_(found)
            )
            return list(self._to.execute(linked).scalars())
        return found if len(found) == 1 else []

    def _articles_of(self, person: int) -> list[int]:
        ap, f = tables.appearances, tables.figures
        rows = self._to.execute(
            select(ap.c.article_id)
            .join(f, f.c.article_id == ap.c.article_id)
            .where(ap.c.person_id == person, f.c.kind.in_(("age", "date")))
            .distinct()
            .order_by(ap.c.article_id.desc())
            .limit(MOST_ARTICLES + len(self._ours))
        ).scalars()
        return [n for n in rows if n not in self._ours]

    def _event(self, near: set[int]) -> list[int]:
        """Articles of the same event: of the same days, with the same quotations or people."""
        t, ap, al = tables.articles, tables.appearances, tables.aliases
        day = self._analysis.article.published
        names = (person_name(p.name) for p in self._analysis.people if not p.minor)
        keys = sorted({n.key for n in names if n and n.full})
        shared = func.count(ap.c.person_id.distinct())
        rows = self._to.execute(
            select(ap.c.article_id, shared.label("shared"))
            .join(al, al.c.person_id == ap.c.person_id)
            .where(al.c.key.in_(keys))
            .group_by(ap.c.article_id)
            .order_by(shared.desc(), ap.c.article_id.desc())
            .limit(200)
        ).all()
        likely = {row.article_id for row in rows if row.shared >= min(2, len(keys))} | near
        likely -= self._ours
        query = select(t.c.id).where(t.c.id.in_(sorted(likely)), t.c.text.is_not(None))
        if day is not None:
            within = t.c.published.between(day - timedelta(DAYS), day + timedelta(DAYS))
            query = query.where(or_(t.c.published.is_(None), within))
        return list(self._to.execute(query.order_by(t.c.id).limit(MOST_ARTICLES)).scalars())


def _elsewhere(row: PrintingRow) -> Elsewhere:
    return Elsewhere(
        article=row.article, outlet=row.outlet, published=row.published, url=row.url,
        title=row.title,
    )  # fmt: skip


def _elsewhere_of(row: ArticleRow) -> Elsewhere:
    return Elsewhere(
        article=row.article, outlet=row.outlet, published=row.published, url=row.url,
        title=row.title,
    )  # fmt: skip


def _where(number: int, article: Any) -> Elsewhere:
    return Elsewhere(
        article=number, outlet=article.outlet, published=article.published, url=article.url
    )


def _after(one: date | None, two: date | None) -> bool:
    return one is not None and two is not None and one > two


def _speakers(source: Source | None, row: PrintingRow) -> Iterator[OtherWords]:
    """Another speaker there: another name, or a name for whom this article leaves unnamed."""
    if source is None or row.speaker is None or row.kind not in ("person", "organisation"):
        return
    if source.kind == "person" and source.name:
        if same_person(source.name, row.speaker) is False:
            yield OtherWords(kind="speaker", weight="meaning", there=row.speaker, here=source.name)
    elif source.kind == "anonymous" and source.withheld:
        yield OtherWords(
            kind="speaker", weight="meaning", there=row.speaker, here="an unnamed voice"
        )


def _bears(change: Any) -> bool:
    """Whether a version's change is of words that count; of a headline, of its figures or its
    not."""
    if change.kind == "quotation":
        return any(c.weight != "tolerated" for c in change.changes) or not change.after
    if change.kind == "headline":
        numbers = [sorted(re.findall(r"\d[\d,.]*", w)) for w in (change.before, change.after)]
        negations = [bool(_NEGATION.search(w)) for w in (change.before, change.after)]
        return numbers[0] != numbers[1] or negations[0] != negations[1]
    return True


def _stems(parts: Iterable[str]) -> frozenset[str]:
    """The weighty words of some stretches, endings folded, figures left out."""
    return frozenset(
        stem(form)
        for part in parts
        for form in (w.form for w in words(part, 0, len(part)))
        if form not in FUNCTION and form[0].isalpha()
    )


def _are_alike(one: frozenset[str], two: frozenset[str]) -> bool:
    shared = len(one & two)
    return shared >= _LEAST_STEMS and shared >= _ALIKE * min(len(one), len(two))


def _text_of(analysis: Analysis, span: Span) -> str:
    return " ".join(analysis.article.text[span.start : span.end].split())


def _years(one: date | None, two: date | None) -> float | None:
    return None if one is None or two is None else round((two - one).days / 365.25, 3)


def _figures_of_people(analysis: Analysis) -> Iterator[tuple[str, Figure, str]]:
    """Ages in apposition ("Ann Lee, 52,") and years of birth, with whose they are."""
    text = analysis.article.text
    mentions = sorted((m, p) for p in analysis.people if not p.minor for m in p.mentions)
    ends = {m.end: p for m, p in mentions}
    for figure in analysis.figures:
        start = figure.span.start
        if figure.kind == "age" and isinstance(figure.value, float):
            for gap in (", aged ", ", ", " ("):
                owner = ends.get(start - len(gap))
                if owner is not None and text[start - len(gap) : start] == gap:
                    yield owner.name, figure, "age"
                    break
        elif figure.kind == "date" and isinstance(figure.value, dict) and "year" in figure.value:
            sentence = next(
                (s for s in analysis.sentences if s.start <= start < s.end), Span(start, start)
            )
            if _BORN.search(text[sentence.start : start]):
                near = [p for m, p in mentions if sentence.start <= m.start < start]
                if len({p.id for p in near}) == 1:
                    yield near[0].name, figure, "born"


def _age_pair(
    here: tuple[Figure, str, date | None], there: tuple[Figure, str, date | None]
) -> tuple[float, float, str] | None:
    """Two figures of one person as numbers that can be held against each other."""
    (one, kind, day), (two, other, then) = here, there
    if kind == other == "age":
        assert isinstance(one.value, float)
        assert isinstance(two.value, float)
        return one.value, two.value, "age"
    if kind == "age" and other == "born" and day is not None:
        assert isinstance(one.value, float)
        assert isinstance(two.value, dict)
        return day.year - one.value, float(two.value["year"]), "born"
    if kind == "born" and other == "age" and then is not None:
        assert isinstance(one.value, dict)
        assert isinstance(two.value, float)
        born, told = float(one.value["year"]), then.year - two.value
        return (told, born, "born")
    if kind == other == "born":
        assert isinstance(one.value, dict)
        assert isinstance(two.value, dict)
        return float(one.value["year"]), float(two.value["year"]), "date"
    return None


def _event_figures(here: Analysis, there: Analysis, number: int) -> Iterator[OtherFigure]:
    """Figures of one kind and thing in sentences of two articles that are else alike."""
    ours, theirs = list(_by_sentence(here)), list(_by_sentence(there))
    for stems, figures in ours:
        for other_stems, others in theirs:
            if not _are_alike(stems, other_stems):
                continue
            for key, figure in figures.items():
                other = others.get(key)
                if figure is None or other is None:
                    continue
                values = _numbers(figure, other)
                if values is None:
                    continue
                yield OtherFigure(
                    span=figure.span,
                    elsewhere=_where(number, there.article),
                    kind=figure.kind,
                    of=figure.unit or figure.kind,
                    here=_text_of(here, figure.span),
                    there=_text_of(there, other.span),
                    value=values[0],
                    other=values[1],
                    approximate=figure.approximate or other.approximate,
                    years=_years(there.article.published, here.article.published),
                )


def _by_sentence(
    analysis: Analysis,
) -> Iterator[tuple[frozenset[str], dict[tuple[str, str | None], Figure | None]]]:
    """Each sentence's stems and its figures by kind and unit; None where there are several."""
    text = analysis.article.text
    quotes = [q.span for q in analysis.quotes if q.parent is None]
    for sentence in analysis.sentences:
        found: dict[tuple[str, str | None], Figure | None] = {}
        for figure in analysis.figures:
            if not sentence.start <= figure.span.start < sentence.end:
                continue
            if figure.kind == "age" or any(q.start <= figure.span.start < q.end for q in quotes):
                continue  # told with the people, and with the quotations
            key = (figure.kind, figure.unit)
            found[key] = None if key in found else figure
        if found:
            yield _stems([text[sentence.start : sentence.end]]), found


def _numbers(one: Figure, two: Figure) -> tuple[float, float] | None:
    """Two figures as numbers; dates only where both give the same parts of one."""
    if isinstance(one.value, float) and isinstance(two.value, float):
        return one.value, two.value
    if isinstance(one.value, dict) and isinstance(two.value, dict):
        a, b = (f.value for f in (one, two))
        assert isinstance(a, dict)
        assert isinstance(b, dict)
        parts = [p for p in ("year", "month", "day") if p in a and p in b]
        if "year" not in parts and "month" not in parts:
            return None
        first, second = (sum(v[p] * s for p, s in _PLACES if p in parts) for v in (a, b))
        return float(first), float(second)
    return None


_PLACES = (("year", 10_000), ("month", 100), ("day", 1))
