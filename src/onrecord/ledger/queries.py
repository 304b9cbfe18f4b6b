"""Asking a ledger: who said what, which words stand where, what is carried by whom, how much is
held.

Reads only. Words are cut from the articles' texts, children's names and addresses blanked.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, case, distinct, func, select

from . import families, tables
from .names import body_name, outlet_key, person_name
from .records import (
    ArticleRow,
    Claims,
    Drift,
    FamilyRow,
    Found,
    Hit,
    OutletRow,
    PersonRow,
    PrintingRow,
    StatementRow,
    Stats,
    Trace,
    Who,
)
from .search import find_passages
from .sensitive import blanked
from .store import Ledger
from .weaving import members, words_of

LIMIT = 50
"""Statements of a person, hits, claims that are shown unless more are asked for."""
MOST_PRINTINGS = 400
"""Printings of a family that are held against one another, the earliest."""
_LEAST_SHARE = 0.4
"""Below so much in common, two printings of a family are of different parts of what was said."""
_NEAR = 60
"""Passages that are looked at for words that no family was found by."""


def who(ledger: Ledger, name: str, *, limit: int = LIMIT) -> Who:
    """Everybody of a name, each apart, with what they said, the latest first.

    A surname alone finds all who bear it; a number is a person's in the ledger. `limit` is of each
    one's statements.
    """
    with ledger.database.reading() as to:
        found = [_person(ledger, to, number, limit) for number in find_people(ledger, to, name)]
    found.sort(key=lambda p: (-p.statement_count, -p.articles, p.person))
    return Who(query=name, people=tuple(found))


def find_people(ledger: Ledger, to: Connection, name: str) -> list[int]:
    """Numbers of the people and bodies of a name."""
    a, p = tables.aliases, tables.people
    if name.strip().isdecimal():
        rows = to.execute(select(p.c.id).where(p.c.id == int(name))).scalars()
        return list(rows)
    asked, body = person_name(name), body_name(name)
    keys = {ledger.key(n.key) for n in (asked, body) if n}
    query = select(a.c.person_id).distinct().where(a.c.key.in_(keys)).order_by(a.c.person_id)
    found = list(to.execute(query).scalars())
    if not found and asked and not asked.full:
        query = select(a.c.person_id).distinct().where(a.c.last == ledger.key(asked.last))
        found = list(to.execute(query.order_by(a.c.person_id)).scalars())
    return found


def _person(ledger: Ledger, to: Connection, number: int, limit: int) -> PersonRow:
    p, a, ap, ar, o = (
        tables.people, tables.aliases, tables.appearances, tables.articles, tables.outlets,
    )  # fmt: skip
    so, s = tables.sources, tables.statements
    person = to.execute(select(p).where(p.c.id == number)).one()
    names = to.execute(select(a.c.name).where(a.c.person_id == number)).scalars()
    about = to.execute(
        select(
            func.count(distinct(ap.c.article_id)).label("articles"),
            func.min(ar.c.published).label("first"),
            func.max(ar.c.published).label("last"),
            func.min(ap.c.score).label("score"),
        )
        .join(ar, ar.c.id == ap.c.article_id)
        .where(ap.c.person_id == number)
    ).one()
    titles = to.execute(
        select(ap.c.title, func.count())
        .where(ap.c.person_id == number, ap.c.title.is_not(None))
        .group_by(ap.c.title)
        .order_by(func.count().desc(), ap.c.title)
        .limit(8)
    ).all()
    outlets = to.execute(
        select(o.c.name)
        .join(ar, ar.c.outlet_id == o.c.id)
        .join(ap, ap.c.article_id == ar.c.id)
        .where(ap.c.person_id == number)
        .group_by(o.c.name)
        .order_by(func.count().desc(), o.c.name)
        .limit(20)
    ).scalars()
    said = (
        select(func.count())
        .select_from(s)
        .join(so, so.c.id == s.c.source_id)
        .join(ap, ap.c.id == so.c.appearance_id)
        .where(ap.c.person_id == number)
    )
    statements = statement_rows(ledger, to, ap.c.person_id == number, limit=limit)
    return PersonRow(
        person=number,
        name=person.name,
        kind=person.kind,
        aliases=tuple(sorted({n for n in names if n and n != person.name})),
        titles=tuple(row[0] for row in titles),
        articles=about.articles,
        first=about.first,
        last=about.last,
        outlets=tuple(outlets),
        lowest_score=about.score,
        statement_count=to.execute(said).scalar() or 0,
        statements=tuple(statements),
    )


def statement_rows(
    ledger: Ledger,
    to: Connection,
    condition: Any,
    *,
    limit: int | None = LIMIT,
) -> list[StatementRow]:
    """Statements that fulfil a condition on them, their sources or appearances, the latest
    first."""
    ap, ar, o = tables.appearances, tables.articles, tables.outlets
    so, s, c, p, pr = (
        tables.sources, tables.statements, tables.outlets.alias("credited"), tables.people,
        tables.printings,
    )  # fmt: skip
    inner = (
        select(s.c.id)
        .join(ar, ar.c.id == s.c.article_id)
        .outerjoin(so, so.c.id == s.c.source_id)
        .outerjoin(ap, ap.c.id == so.c.appearance_id)
    )
    inner = inner.where(condition).order_by(ar.c.published.desc().nulls_last(), s.c.id.desc())
    if limit is not None:
        inner = inner.limit(limit)
    numbers = [row.id for row in to.execute(inner)]
    family = select(func.min(pr.c.family_id)).where(pr.c.statement_id == s.c.id).scalar_subquery()
    found: list[StatementRow] = []
    for n in range(0, len(numbers), 500):
        rows = to.execute(
            select(
                s, ar.c.published, ar.c.title_start, ar.c.title_end, ar.c.url, ar.c.text,
                ar.c.sensitive.label("stretches"), o.c.name.label("outlet"), so.c.kind,
                p.c.name.label("speaker"), c.c.name.label("credits"), family.label("family"),
            )
            .join(ar, ar.c.id == s.c.article_id)
            .outerjoin(o, o.c.id == ar.c.outlet_id)
            .outerjoin(so, so.c.id == s.c.source_id)
            .outerjoin(ap, ap.c.id == so.c.appearance_id)
            .outerjoin(p, p.c.id == ap.c.person_id)
            .outerjoin(c, c.c.id == s.c.credit_id)
            .where(s.c.id.in_(numbers[n : n + 500]))
        ).all()  # fmt: skip
        found += [_statement(row) for row in rows]
    order = {number: n for n, number in enumerate(numbers)}
    return sorted(found, key=lambda row: order[row.statement])


def _statement(row: Any) -> StatementRow:
    return StatementRow(
        statement=row.id,
        article=row.article_id,
        outlet=row.outlet,
        published=row.published,
        title=_title(row, row.stretches),
        url=row.url,
        words=_words(row.text, row.content, row.stretches),
        form=row.form,
        stance=row.stance,
        speaker=row.speaker,
        kind=row.kind,
        first_hand=row.parent_id is None and row.credit_id is None,
        credits=row.credits,
        family=row.family,
    )


def _title(row: Any, stretches: Any) -> str | None:
    if row.text is None or row.title_start is None:
        return None
    return " ".join(blanked(row.text, stretches, row.title_start, row.title_end).split())


def _words(text: str | None, parts: Any, stretches: Any) -> str | None:
    """The words of kept spans as one line, what is sensitive blanked."""
    if text is None:
        return None
    return " … ".join(" ".join(blanked(text, stretches, s, e).split()) for s, e in parts)


def search(ledger: Ledger, asked: str, *, limit: int = 20) -> Found:
    """Paragraphs that hold all the words asked for, the best first, and who speaks in them.

    Double quotation marks keep words together; a star at a word's end takes all that begin so. A
    ledger without texts finds nothing.
    """
    pa, ar, o, s = tables.passages, tables.articles, tables.outlets, tables.statements
    with ledger.database.reading() as to:
        numbers = find_passages(to, asked, limit)
        rows = to.execute(
            select(pa, ar.c.published, ar.c.url, ar.c.text, ar.c.sensitive, ar.c.title_start,
                   ar.c.title_end, o.c.name.label("outlet"))
            .join(ar, ar.c.id == pa.c.article_id)
            .outerjoin(o, o.c.id == ar.c.outlet_id)
            .where(pa.c.id.in_(numbers))
        ).all()  # fmt: skip
        so, ap, p = tables.sources, tables.appearances, tables.people
        said = to.execute(
            select(s.c.id, s.c.article_id, s.c.start, s.c.end, p.c.name, so.c.kind)
            .outerjoin(so, so.c.id == s.c.source_id)
            .outerjoin(ap, ap.c.id == so.c.appearance_id)
            .outerjoin(p, p.c.id == ap.c.person_id)
            .where(s.c.article_id.in_({row.article_id for row in rows}))
            .order_by(s.c.start)
        ).all()
    hits = []
    for row in sorted(rows, key=lambda row: numbers.index(row.id)):
        inside = [
            t for t in said
            if t.article_id == row.article_id and t.start < row.end and row.start < t.end
        ]  # fmt: skip
        speakers = dict.fromkeys(t.name or t.kind for t in inside if t.name or t.kind)
        hits.append(
            Hit(
                article=row.article_id,
                outlet=row.outlet,
                published=row.published,
                title=_title(row, row.sensitive),
                url=row.url,
                role=row.role,
                start=row.start,
                end=row.end,
                words=" ".join(blanked(row.text, row.sensitive, row.start, row.end).split()),
                speakers=tuple(speakers),
                statements=tuple(t.id for t in inside),
            )
        )
    return Found(query=asked, hits=tuple(hits))


def trace(ledger: Ledger, asked: str) -> Trace:
    """Where words stand: every printing of the families they belong to, earliest first.

    `asked` is a quotation, whole or in part, or the number of a statement of the ledger.
    """
    with ledger.database.reading() as to:
        chosen, loose = _families_of(ledger, to, asked)
        made: list[PrintingRow] = []
        summaries = []
        for family in chosen:
            rows = printings_of(to, tables.printings.c.family_id == family)
            if rows:
                told = with_changes(rows)
                made += told
                summaries.append(summary(to, family, told))
        if loose:
            made += [row for row, _ in _once(printings_of(to, tables.printings.c.id.in_(loose)))]
    made.sort(key=_when)
    return Trace(query=asked, printings=tuple(made), families=tuple(summaries))


def family(ledger: Ledger, number: int) -> Trace:
    """A quote family by its number: its printings, earliest first."""
    with ledger.database.reading() as to:
        rows = printings_of(to, tables.printings.c.family_id == number)
        told = with_changes(rows) if rows else []
        summaries = (summary(to, number, told),) if told else ()
    return Trace(query=str(number), printings=tuple(told), families=summaries)


def outlet(ledger: Ledger, name: str) -> tuple[OutletRow | None, list[ArticleRow]]:
    """What a ledger holds of an outlet, and its articles, the latest first."""
    t, o = tables.articles, tables.outlets
    with ledger.database.reading() as to:
        key = outlet_key(name)
        own = to.execute(select(o.c.id, o.c.name).where(o.c.key == key)).one_or_none()
        if own is None:
            return None, []
        found = next((row for row in _outlets(to) if row.outlet == own.name), None)
        return found, article_rows(to, t.c.outlet_id == own.id)[:200]


def article_rows(to: Connection, condition: Any) -> list[ArticleRow]:
    """Articles that fulfil a condition, those added last first."""
    t, o = tables.articles, tables.outlets
    rows = to.execute(
        select(t, o.c.name.label("outlet"))
        .outerjoin(o, o.c.id == t.c.outlet_id)
        .where(condition)
        .order_by(t.c.id.desc())
    )
    return [
        ArticleRow(
            article=row.id,
            digest=row.digest,
            story=row.story_id,
            version=row.version,
            outlet=row.outlet,
            published=row.published,
            title=_title(row, row.sensitive),
            url=row.url,
            input=row.input,
            added=row.added,
            purged=row.purged,
        )
        for row in rows
    ]


def _families_of(ledger: Ledger, to: Connection, asked: str) -> tuple[list[int], list[int]]:
    """Families that words or a statement's number belong to, and printings that are in none."""
    p = tables.printings
    number = asked.strip().removeprefix("s")
    if number.isdecimal():
        rows = to.execute(
            select(p.c.id, p.c.family_id).where(p.c.statement_id == int(number))
        ).all()
        loose = [row.id for row in rows if row.family_id is None]
        return list(dict.fromkeys(r.family_id for r in rows if r.family_id)), loose
    made = families.wording(asked.strip().strip("\"“”'‘’"))
    if not made.words:
        return [], []
    rows = to.execute(
        select(p.c.id, p.c.family_id).where(p.c.wording == families.wording_hash(made))
    ).all()
    found = [row.family_id for row in rows if row.family_id is not None]
    loose = [row.id for row in rows if row.family_id is None]
    found += _by_shingles(ledger, to, made)
    if ledger.keeps_text:
        inside = _by_words(to, made)
        found += [family for _, family in inside if family is not None]
        loose += [number for number, family in inside if family is None]
    return list(dict.fromkeys(found)), list(dict.fromkeys(loose))


def _by_shingles(ledger: Ledger, to: Connection, made: families.Wording) -> list[int]:
    sh = tables.shingles
    shingles = families.shingles_of(made)
    if not shingles:
        return []
    shared = func.count().label("shared")
    rows = to.execute(
        select(sh.c.family_id, shared)
        .where(sh.c.hash.in_(shingles))
        .group_by(sh.c.family_id)
        .order_by(shared.desc())
        .limit(12)
    ).all()
    if not ledger.keeps_text:
        return [row.family_id for row in rows if row.shared >= families.least_shared(shingles)]
    return [
        row.family_id
        for row in rows
        if any(
            families.same_utterance(member, made, speakers_differ=None)
            for member, _ in members(to, row.family_id, 12)
        )
    ]


def _by_words(to: Connection, made: families.Wording) -> list[tuple[int, int | None]]:
    """Printings that hold the very words asked for, found by the full-text index."""
    p, pa, ar = tables.printings, tables.passages, tables.articles
    numbers = find_passages(to, f'"{made.text.replace(chr(34), " ")}"', _NEAR)
    if not numbers:
        return []
    rows = to.execute(
        select(p.c.id, p.c.family_id, p.c.parts, ar.c.text)
        .join(ar, ar.c.id == p.c.article_id)
        .join(pa, pa.c.article_id == p.c.article_id)
        .where(pa.c.id.in_(numbers), p.c.start < pa.c.end, pa.c.start < p.c.end)
        .order_by(p.c.id)
    ).all()
    asked = f" {' '.join(made.forms)} "
    found = []
    for row in rows:
        here = families.wording(words_of(row.text, row.parts))
        if asked in f" {' '.join(here.forms)} ":
            found.append((row.id, row.family_id))
    return found


def printings_of(to: Connection, condition: Any) -> list[tuple[PrintingRow, str | None]]:
    """Printings that fulfil a condition, earliest first, each with its words as they stand."""
    p, ar, o, s, so, ap, pe = (
        tables.printings, tables.articles, tables.outlets, tables.statements, tables.sources,
        tables.appearances, tables.people,
    )  # fmt: skip
    c = tables.outlets.alias("credited")
    rows = to.execute(
        select(
            p, ar.c.published, ar.c.added, ar.c.url, ar.c.version, ar.c.text, ar.c.title_start,
            ar.c.title_end, ar.c.sensitive.label("stretches"), o.c.name.label("outlet"),
            so.c.kind, so.c.withheld, ap.c.title, ap.c.person_id, pe.c.name.label("speaker"),
            c.c.name.label("credits"),
        )
        .join(ar, ar.c.id == p.c.article_id)
        .outerjoin(o, o.c.id == ar.c.outlet_id)
        .outerjoin(s, s.c.id == p.c.statement_id)
        .outerjoin(so, so.c.id == s.c.source_id)
        .outerjoin(ap, ap.c.id == so.c.appearance_id)
        .outerjoin(pe, pe.c.id == ap.c.person_id)
        .outerjoin(c, c.c.id == s.c.credit_id)
        .where(condition)
    ).all()  # fmt: skip
    rows = sorted(rows, key=lambda r: (r.published or r.added.date(), r.added, r.id))
    return [(_printing(r), words_of(r.text, r.parts) if r.text else None) for r in rows]


def _printing(row: Any) -> PrintingRow:
    return PrintingRow(
        printing=row.id,
        family=row.family_id,
        statement=row.statement_id,
        article=row.article_id,
        outlet=row.outlet,
        published=row.published,
        title=_title(row, row.stretches),
        url=row.url,
        version=row.version,
        words=_words(row.text, row.parts, row.stretches),
        quoted=row.quoted,
        speaker=row.speaker,
        person=row.person_id,
        kind=row.kind,
        speaker_title=row.title,
        withheld=bool(row.withheld),
        credits=row.credits,
    )


def _when(row: PrintingRow) -> tuple[date, int]:
    return row.published or date.max, row.printing


def _once(
    rows: Sequence[tuple[PrintingRow, str | None]],
) -> list[tuple[PrintingRow, str | None]]:
    """Each article's fullest printing, in order; a later version only where it has other words."""
    fullest: dict[int, tuple[PrintingRow, str | None]] = {}
    for row, words in rows:
        known = fullest.get(row.article)
        if known is None or len(words or "") > len(known[1] or ""):
            fullest[row.article] = (row, words)
    return list(fullest.values())


def with_changes(rows: Sequence[tuple[PrintingRow, str | None]]) -> list[PrintingRow]:
    """A family's printings, one an article, each held against the first and the nearest before
    it."""
    once = _once(rows)
    wordings = [families.wording(words) if words else None for _, words in once]
    told: list[PrintingRow] = []
    known: dict[tuple[str, str], tuple[Drift, ...] | None] = {}

    def drift(a: int, b: int) -> tuple[Drift, ...] | None:
        one, two = wordings[a], wordings[b]
        if one is None or two is None:
            return None
        key = (one.text, two.text)
        if key not in known:
            known[key] = differences(one, two)
        words = known[key]
        return None if words is None else (*words, *_speaker(once[a][0], once[b][0]))

    for n, (row, _) in enumerate(once):
        if n == 0:
            told.append(msgspec.structs.replace(row, changes=()))
            continue
        changes = drift(0, n)
        nearest, least = None, None
        for m in range(max(0, n - MOST_PRINTINGS), n):
            made = drift(m, n)
            if made is not None:
                credit = row.credits is not None and row.credits == once[m][0].outlet
                cost = (sum(c.weight != "tolerated" for c in made), not credit, len(made), -m)
                if least is None or cost < least:
                    nearest, least = m, cost
        told.append(
            msgspec.structs.replace(
                row,
                changes=changes,
                nearest=once[nearest][0].printing if nearest is not None else None,
                drift=drift(nearest, n) if nearest is not None else None,
            )
        )
    return told


def differences(earlier: families.Wording, later: families.Wording) -> tuple[Drift, ...] | None:
    """What a later printing changed of an earlier one; None where they have too little in
    common."""
    judged = families.aligned(earlier, later)
    if judged is None or judged.share < _LEAST_SHARE:
        return None
    return tuple(
        Drift(kind=c.kind, weight=c.weight, said=c.said, quoted=c.quoted) for c in judged.changes
    )


def _speaker(earlier: PrintingRow, later: PrintingRow) -> Iterable[Drift]:
    """Another speaker, where both printings name one, or one hides what the other names."""
    said, quoted = earlier.speaker or earlier.kind, later.speaker or later.kind
    if said is None or quoted is None:
        return
    differ = earlier.person != later.person if earlier.person and later.person else said != quoted
    if differ:
        yield Drift(kind="speaker", weight="meaning", said=said, quoted=quoted)


def summary(to: Connection, family: int, rows: Sequence[PrintingRow]) -> FamilyRow:
    """What a family's printings come to."""
    first = rows[0]
    speakers = dict.fromkeys(r.speaker for r in rows if r.speaker)
    unnamed = sum(1 for r in rows if r.speaker is None and r.kind in _WITHOUT_NAME)
    kinds = dict.fromkeys(c.kind for r in rows for c in r.changes or () if c.weight != "tolerated")
    return FamilyRow(
        family=family,
        words=first.words,
        first=first.printing,
        first_outlet=first.outlet,
        first_published=first.published,
        printings=len(rows),
        outlets=len({r.outlet for r in rows if r.outlet}),
        wordings=len({r.words for r in rows}),
        texts=texts_behind(to, [r.article for r in rows]),
        speakers=tuple(speakers),
        unnamed=unnamed,
        kinds=tuple(kinds),
        standing=standing({r.kind for r in rows}),
    )


_WITHOUT_NAME = ("anonymous", "group", "unknown", "spokesperson")


def standing(kinds: set[str | None]) -> str:
    """The best that any printing gives for the words."""
    if kinds & {"person", "organisation", "document", "author"}:
        return "on record"
    if "spokesperson" in kinds:
        return "spokesperson"
    if kinds & {"anonymous", "group", "unknown"}:
        return "unnamed"
    return "outlets only" if "outlet" in kinds else "nobody"


def texts_behind(to: Connection, articles: Sequence[int]) -> int:
    """How many texts articles come to, near copies (and versions) counted as one."""
    sk = tables.sketches
    numbers = sorted(set(articles))[:MOST_PRINTINGS]
    rows = to.execute(select(sk.c.band, sk.c.article_id).where(sk.c.article_id.in_(numbers)))
    parent = {n: n for n in numbers}

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    shared: dict[int, list[int]] = {}
    for row in rows:
        shared.setdefault(row.band, []).append(row.article_id)
    pairs: dict[tuple[int, int], int] = {}
    for group in shared.values():
        group.sort()
        for one, two in zip(group, group[1:], strict=False):
            pairs[one, two] = pairs.get((one, two), 0) + 1
    for (one, two), count in pairs.items():
        if count >= 2:
            parent[root(one)] = root(two)
    return len({root(n) for n in numbers})


def claims(
    ledger: Ledger, *, unnamed: bool = False, least_outlets: int = 1, limit: int = LIMIT
) -> Claims:
    """Words that several articles carry, those of most outlets first, and on what they stand.

    `unnamed` leaves only those that no printing gives to anybody with a name.
    """
    p, ar, s, so = tables.printings, tables.articles, tables.statements, tables.sources
    named = func.sum(case((so.c.kind.in_(("person", "organisation", "document")), 1), else_=0))
    outlets = func.count(distinct(ar.c.outlet_id))
    articles = func.count(distinct(ar.c.story_id))
    query = (
        select(p.c.family_id, outlets.label("outlets"), articles.label("articles"))
        .join(ar, ar.c.id == p.c.article_id)
        .outerjoin(s, s.c.id == p.c.statement_id)
        .outerjoin(so, so.c.id == s.c.source_id)
        .where(p.c.family_id.is_not(None))
        .group_by(p.c.family_id)
        .having(articles > 1, outlets >= least_outlets)
        .order_by(outlets.desc(), articles.desc(), p.c.family_id)
        .limit(limit)
    )
    if unnamed:
        anybody = func.sum(case((so.c.kind == "anonymous", 1), else_=0))
        query = query.having(named == 0, anybody > 0)
    with ledger.database.reading() as to:
        found = []
        for row in to.execute(query).all():
            rows = printings_of(to, p.c.family_id == row.family_id)
            found.append(summary(to, row.family_id, with_changes(rows)))
    return Claims(claims=tuple(found))


def stats(ledger: Ledger) -> Stats:
    """How much a ledger holds, and of each outlet how much stands on unnamed words."""
    t = tables
    with ledger.database.reading() as to:

        def count(table: Any, *where: Any) -> int:
            return to.execute(select(func.count()).select_from(table).where(*where)).scalar() or 0

        dates = to.execute(
            select(func.min(t.articles.c.published), func.max(t.articles.c.published))
        ).one()
        several = (
            select(t.printings.c.family_id)
            .where(t.printings.c.family_id.is_not(None))
            .group_by(t.printings.c.family_id)
            .having(func.count(distinct(t.printings.c.article_id)) > 1)
            .subquery()
        )
        file = ledger.database.file
        return Stats(
            ledger=ledger.database.name,
            revision=ledger.database.revision(to) or "",
            keeps_text=ledger.keeps_text,
            articles=count(t.articles),
            versions=count(t.articles, t.articles.c.version > 1),
            purged=count(t.articles, t.articles.c.purged.is_not(None)),
            outlets=count(t.outlets),
            people=count(t.people, t.people.c.kind == "person"),
            bodies=count(t.people, t.people.c.kind == "body"),
            sources=count(t.sources),
            unnamed_sources=count(t.sources, t.sources.c.withheld),
            statements=count(t.statements),
            printings=count(t.printings),
            families=count(t.families),
            families_of_several=count(several),
            first=dates[0],
            last=dates[1],
            bytes=file.stat().st_size if file is not None else None,
            by_outlet=tuple(_outlets(to)),
        )


def _outlets(to: Connection) -> Iterable[OutletRow]:
    o, ar, s, so = tables.outlets, tables.articles, tables.statements, tables.sources
    rows = to.execute(
        select(
            o.c.name,
            func.count(distinct(ar.c.id)).label("articles"),
            func.count(s.c.id).label("statements"),
            func.sum(case((so.c.withheld, 1), else_=0)).label("unnamed"),
            func.sum(case((s.c.credit_id == o.c.id, 1), else_=0)).label("own"),
        )
        .join(ar, ar.c.outlet_id == o.c.id)
        .outerjoin(s, s.c.article_id == ar.c.id)
        .outerjoin(so, so.c.id == s.c.source_id)
        .group_by(o.c.id, o.c.name)
        .order_by(func.count(distinct(ar.c.id)).desc(), o.c.name)
    )
    for row in rows:
        yield OutletRow(
            outlet=row.name,
            articles=row.articles,
            statements=row.statements,
            unnamed=int(row.unnamed or 0),
            self_cited=int(row.own or 0),
        )
