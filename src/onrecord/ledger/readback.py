"""What a ledger holds of an article, read back as the analysis that was added.

Quotations and sentences are found again, which gives the same; all else stands in the tables. Names
of children are read off the text, for the tables don't hold them.
"""

from typing import Any, cast

import msgspec
from sqlalchemy import Connection, select

from ..errors import LedgerError
from ..extract.segment.quotes import find_quotes
from ..extract.segment.sentences import find_sentences
from ..records import (
    Analysis,
    Article,
    Attribution,
    Block,
    Figure,
    Model,
    Person,
    Source,
    Span,
)
from . import tables


def read_analysis(to: Connection, number: int, where: str = "ledger") -> Analysis:
    """The analysis of an article of the ledger.

    Raises `LedgerError` where there is no such article or its text isn't there.
    """
    t, o = tables.articles, tables.outlets
    row = to.execute(
        select(t, o.c.name.label("outlet"))
        .outerjoin(o, o.c.id == t.c.outlet_id)
        .where(t.c.id == number)
    ).one_or_none()
    if row is None:
        raise LedgerError(where, f"it has no article {number}.", "`ledger search` lists some.")
    if row.text is None:
        why = f"was purged on {row.purged}" if row.purged else "is not kept here"
        raise LedgerError(where, f"the text of article {number} {why}.", "Add the article anew.")
    article = _article(to, row)
    model, _, version = row.model.rpartition(" ")
    people = tuple(_people(to, number, row.text))
    return Analysis(
        article=article,
        sentences=find_sentences(row.text, article.blocks),
        quotes=find_quotes(row.text, article.blocks),
        people=people,
        attributions=tuple(_attributions(to, number)),
        sources=tuple(_sources(to, number, {p.id for p in people})),
        figures=tuple(_figures(to, number)),
        model=Model(name=model, version=version),
    )


def _article(to: Connection, row: Any) -> Article:
    p = tables.passages
    blocks = to.execute(select(p).where(p.c.article_id == row.id).order_by(p.c.start))
    return Article(
        id=row.digest,
        input=row.input or f"article {row.id}",
        text=row.text,
        blocks=tuple(Block(span=Span(b.start, b.end), role=b.role) for b in blocks),
        url=row.url,
        outlet=row.outlet,
        authors=tuple(row.authors or ()),
        published=row.published,
        updated=row.updated,
        language=row.language,
        raw_digest=row.raw_digest,
        extractor=row.extractor,
    )


def _span(kept: Any) -> Span | None:
    return None if kept is None else Span(*kept)


def _spans(kept: Any) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in kept)


def _order(local: str) -> tuple[int, str]:
    digits = "".join(c for c in local if c.isdecimal())
    return (int(digits) if digits else 0, local)


def _people(to: Connection, number: int, text: str) -> list[Person]:
    ap, so = tables.appearances, tables.sources
    own = select(so.c.local).where(so.c.article_id == number)
    rows = to.execute(select(ap).where(ap.c.article_id == number, ap.c.local.not_in(own)))
    found = []
    for row in rows:
        mentions = _spans(row.mentions)
        first = next((m for m in mentions if text[m.start].isupper()), mentions[0])
        found.append(
            Person(
                id=row.local,
                name=row.name or text[first.start : first.end],
                mentions=mentions,
                gender=cast(Any, row.gender),
                minor=True if row.minor else None,
            )
        )
    return sorted(found, key=lambda p: _order(p.id))


def _sources(to: Connection, number: int, people: set[str]) -> list[Source]:
    so, ap = tables.sources, tables.appearances
    rows = to.execute(
        select(so, ap.c.local.label("of"), ap.c.name, ap.c.title)
        .outerjoin(ap, ap.c.id == so.c.appearance_id)
        .where(so.c.article_id == number)
        .order_by(so.c.id)
    )
    return [
        Source(
            id=row.local,
            kind=row.kind,
            name=row.name,
            title=row.title,
            person_id=row.of if row.of in people else None,
            mentions=_spans(row.mentions),
            reason=_span(row.reason),
            justification=_span(row.justification),
            contact=_span(row.contact),
            withheld=row.withheld,
            plural=row.plural,
            confidence=row.confidence,
        )
        for row in rows
    ]


def _attributions(to: Connection, number: int) -> list[Attribution]:
    s, so = tables.statements, tables.sources
    rows = to.execute(
        select(s, so.c.local.label("voice"))
        .outerjoin(so, so.c.id == s.c.source_id)
        .where(s.c.article_id == number)
        .order_by(s.c.id)
    ).all()
    locals_ = {row.id: row.local for row in rows}
    return [
        Attribution(
            id=row.local,
            source=_span(row.source),
            cue=_span(row.cue),
            content=_spans(row.content),
            form=row.form,
            stance=row.stance,
            source_id=row.voice,
            parent=locals_.get(row.parent_id),
            rivals=tuple(row.rivals or ()),
            confidence=row.confidence,
        )
        for row in rows
    ]


def _figures(to: Connection, number: int) -> list[Figure]:
    f = tables.figures
    rows = to.execute(select(f).where(f.c.article_id == number).order_by(f.c.id))
    return [
        msgspec.convert(
            {
                "span": (row.start, row.end),
                "kind": row.kind,
                "value": row.value,
                "unit": row.unit,
                "approximate": row.approximate,
                "of": None if row.of_start is None else (row.of_start, row.of_end),
                "resolved": row.resolved,
            },
            Figure,
        )
        for row in rows
    ]
