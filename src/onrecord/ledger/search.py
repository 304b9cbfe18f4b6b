"""The full-text index and the views: what differs between SQLite (FTS5) and PostgreSQL (tsvector).

The index holds no text, only where words stand, and never the names of children or addresses: it is
fed with blanked words, and to take a passage out the same words are given again.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

_TERM = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+(?:['’]\w+)*")
VIEWS = {
    "v_articles": """
        SELECT a.id, a.digest, o.name AS outlet, a.published, a.version, a.story_id,
          CASE WHEN a.sensitive IS NULL
            THEN substr(a.text, a.title_start + 1, a.title_end - a.title_start) END AS title,
          a.words, a.url, a.added, a.purged
        FROM articles a LEFT JOIN outlets o ON o.id = a.outlet_id""",
    "v_statements": """
        SELECT s.id, s.article_id, a.published, o.name AS outlet, p.id AS person_id,
          p.name AS speaker, ap.title AS speaker_title, so.kind, so.withheld, s.form, s.stance,
          s.depth, c.name AS credits,
          CASE WHEN s.sensitive THEN '[names a child or an address: see the article]'
            ELSE substr(a.text, s.start + 1, s."end" - s.start) END AS words
        FROM statements s
        JOIN articles a ON a.id = s.article_id
        LEFT JOIN outlets o ON o.id = a.outlet_id
        LEFT JOIN sources so ON so.id = s.source_id
        LEFT JOIN appearances ap ON ap.id = so.appearance_id
        LEFT JOIN people p ON p.id = ap.person_id
        LEFT JOIN outlets c ON c.id = s.credit_id""",
    "v_printings": """
        SELECT pr.id, pr.family_id, a.published, o.name AS outlet, pr.article_id, p.name AS speaker,
          so.kind, pr.quoted,
          CASE WHEN pr.sensitive THEN '[names a child or an address: see the article]'
            ELSE substr(a.text, pr.start + 1, pr."end" - pr.start) END AS words
        FROM printings pr
        JOIN articles a ON a.id = pr.article_id
        LEFT JOIN outlets o ON o.id = a.outlet_id
        LEFT JOIN statements s ON s.id = pr.statement_id
        LEFT JOIN sources so ON so.id = s.source_id
        LEFT JOIN appearances ap ON ap.id = so.appearance_id
        LEFT JOIN people p ON p.id = ap.person_id""",
    "v_families": """
        SELECT pr.family_id AS id, count(*) AS printings, count(DISTINCT a.outlet_id) AS outlets,
          count(DISTINCT pr.wording) AS wordings, min(a.published) AS first_published
        FROM printings pr JOIN articles a ON a.id = pr.article_id
        WHERE pr.family_id IS NOT NULL GROUP BY pr.family_id""",
    "v_people": """
        SELECT p.id, p.name, p.kind, count(DISTINCT ap.article_id) AS articles,
          count(DISTINCT s.id) AS statements
        FROM people p
        LEFT JOIN appearances ap ON ap.person_id = p.id
        LEFT JOIN sources so ON so.appearance_id = ap.id
        LEFT JOIN statements s ON s.source_id = so.id
        GROUP BY p.id, p.name, p.kind""",
}
"""Names and definitions of the views, for whoever opens the ledger with another tool."""


def create_views(connection: Connection) -> None:
    """Make the views; they are made anew whenever the schema changes."""
    for name, query in VIEWS.items():
        connection.execute(text(f"CREATE VIEW {name} AS {query}"))


def drop_views(connection: Connection) -> None:
    """Take the views away, so that the tables under them can be changed."""
    for name in VIEWS:
        connection.execute(text(f"DROP VIEW IF EXISTS {name}"))


def _sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def index_passages(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Make passages findable by their blanked words; the rows stand in `passages` already."""
    if not rows:
        return
    if _sqlite(connection):
        connection.exec_driver_sql(
            "INSERT INTO passages_fts(rowid, words) VALUES (?, ?)", list(rows)
        )
    else:
        connection.execute(
            text("UPDATE passages SET index = to_tsvector('english', :words) WHERE id = :id"),
            [{"id": number, "words": words} for number, words in rows],
        )


def forget_passages(connection: Connection, rows: Sequence[tuple[int, str]]) -> None:
    """Take passages out of the index, given the very words that were indexed."""
    if rows and _sqlite(connection):
        connection.exec_driver_sql(
            "INSERT INTO passages_fts(passages_fts, rowid, words) VALUES ('delete', ?, ?)",
            list(rows),
        )


def settle_index(connection: Connection) -> None:
    """Merge the index into one piece, so that what was taken out of it stands in it no more."""
    if _sqlite(connection):
        connection.exec_driver_sql("INSERT INTO passages_fts(passages_fts) VALUES ('optimize')")


def find_passages(connection: Connection, asked: str, limit: int) -> list[int]:
    """Passages that hold all the words asked for, the best first.

    Words in double quotation marks stand in this order; a word with a star at its end is a
    beginning.
    """
    if _sqlite(connection):
        query = fts_query(asked)
        if not query:
            return []
        found = connection.exec_driver_sql(
            "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? ORDER BY rank LIMIT ?",
            (query, limit),
        )
        return [row[0] for row in found]
    values: dict[str, Any] = {"asked": asked, "limit": limit}
    rows = connection.execute(
        text(
            "SELECT id FROM passages, websearch_to_tsquery('english', :asked) q WHERE index @@ q"
            " ORDER BY ts_rank_cd(index, q) DESC, id LIMIT :limit"
        ),
        values,
    )
    return [row[0] for row in rows]


def fts_query(asked: str) -> str:
    """What FTS5 is asked: every word quoted, so that no sign in it is a command."""
    terms = []
    for phrase, word in _TERM.findall(asked):
        said = " ".join(_WORD.findall(phrase or word))
        if said:
            star = "*" if word.endswith("*") and " " not in said else ""
            terms.append(f'"{said}"{star}')
    return " ".join(terms)
