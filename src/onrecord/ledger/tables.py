"""The ledger's tables, the same on SQLite and PostgreSQL; nothing here reads or writes.

Words are stored once, as an article's text; everything else points into it by code points,
half-open. So a text that is taken out takes its words with it, and nothing but the text can hold a
child's name or an address. Dates are days, times UTC. The full-text index and the views stand in
`search`, for the two databases differ there.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

_JSON = JSON(none_as_null=True)

metadata = MetaData()

meta = Table(
    "ledger",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
    comment="What kind of ledger this is: `text` is yes or no, `salt` is what names are hashed"
    " with.",
)

outlets = Table(
    "outlets",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("key", String(120), nullable=False, unique=True),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(16), nullable=False, index=True),
    Column("story_id", Integer, nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("outlet_id", ForeignKey("outlets.id"), index=True),
    Column("published", Date, index=True),
    Column("updated", Date),
    Column("added", DateTime, nullable=False),
    Column("url", Text),
    Column("url_key", String(16), index=True),
    Column("input", Text),
    Column("input_key", String(16), index=True),
    Column("language", String(8)),
    Column("authors", _JSON),
    Column("words", Integer, nullable=False),
    Column("raw_digest", String(64), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("title_start", Integer),
    Column("title_end", Integer),
    Column("text", Text),
    Column("sensitive", _JSON),
    Column("purged", Date),
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("role", String(12), nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("name", Text),
    Column("note", Text),
)

aliases = Table(
    "aliases",
    metadata,
    Column("person_id", ForeignKey("people.id"), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("last", String(80), nullable=False),
    Column("name", Text),
    Index("aliases_key", "key"),
    Index("aliases_last", "last"),
)

appearances = Table(
    "appearances",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("local", String(24)),
    Column("name", Text),
    Column("title", Text),
    Column("gender", String(8)),
    Column("minor", Boolean, nullable=False),
    Column("born_from", Integer),
    Column("born_to", Integer),
    Column("mentions", _JSON, nullable=False),
    Column("score", Float),
    Column("evidence", _JSON),
    Column("linked_by", String(8)),
)

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("appearance_id", ForeignKey("appearances.id"), index=True),
    Column("local", String(24), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("withheld", Boolean, nullable=False),
    Column("plural", Boolean, nullable=False),
    Column("mentions", _JSON, nullable=False),
    Column("reason", _JSON),
    Column("justification", _JSON),
    Column("contact", _JSON),
    Column("confidence", Float, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("source_id", ForeignKey("sources.id"), index=True),
    Column("parent_id", ForeignKey("statements.id"), index=True),
    Column("local", String(24), nullable=False),
    Column("form", String(10), nullable=False),
    Column("stance", String(10), nullable=False),
    Column("depth", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("content", _JSON, nullable=False),
    Column("source", _JSON),
    Column("cue", _JSON),
    Column("rivals", _JSON),
    Column("confidence", Float, nullable=False),
    Column("credit_id", ForeignKey("outlets.id"), index=True),
    Column("sensitive", Boolean, nullable=False),
)

families = Table(
    "families",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    comment="The same words in several places; its members are the printings.",
)

printings = Table(
    "printings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("statement_id", ForeignKey("statements.id"), index=True),
    Column("family_id", ForeignKey("families.id"), index=True),
    Column("quoted", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("parts", _JSON, nullable=False),
    Column("words", Integer, nullable=False),
    Column("wording", BigInteger, nullable=False, index=True),
    Column("sensitive", Boolean, nullable=False),
)

shingles = Table(
    "shingles",
    metadata,
    Column("hash", BigInteger, primary_key=True, autoincrement=False),
    Column("family_id", ForeignKey("families.id"), primary_key=True, autoincrement=False),
    Index("shingles_family", "family_id"),
    sqlite_with_rowid=False,
)

sketches = Table(
    "sketches",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Index("sketches_article", "article_id"),
    sqlite_with_rowid=False,
    comment="Bands of a MinHash of each text's word shingles: near copies share some.",
)

figures = Table(
    "figures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("appearance_id", ForeignKey("appearances.id"), index=True),
    Column("kind", String(10), nullable=False),
    Column("value", _JSON, nullable=False),
    Column("unit", Text),
    Column("approximate", Boolean, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("of_start", Integer),
    Column("of_end", Integer),
    Column("resolved", _JSON),
)

audit = Table(
    "identity_log",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime, nullable=False),
    Column("action", String(8), nullable=False),
    Column("person_id", Integer, nullable=False, index=True),
    Column("other_id", Integer),
    Column("appearances", _JSON, nullable=False),
    Column("reason", Text),
    comment="Who was made one, or two, by hand: numbers, and a reason that a purge takes.",
)

fetches = Table(
    "fetches",
    metadata,
    Column("key", String(16), primary_key=True),
    Column("etag", Text),
    Column("modified", String(80)),
    Column("at", DateTime, nullable=False),
    comment="What servers call the state of a page that `watch` fetched; a page is only its hash.",
)
