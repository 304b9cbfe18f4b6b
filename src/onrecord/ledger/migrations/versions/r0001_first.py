"""The first schema: articles, people and bodies, sources, statements, printings in families,
figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables and the full-text index."""
    op.create_table(
        "families",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        comment="The same words in several places; its members are the printings.",
    )
    op.create_table(
        "identity_log",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("appearances", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        comment="Who was made one, or two, by hand: numbers, and a reason that a purge takes.",
    )
    op.create_index("ix_identity_log_person_id", "identity_log", ["person_id"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        comment="What kind of ledger this is: `text` is yes or no, `salt` is what names are hashed"
        " with.",
    )
    op.create_table(
        "outlets",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "aliases",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("last", sa.String(length=80), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "key"),
    )
    op.create_index("aliases_key", "aliases", ["key"], unique=False)
    op.create_index("aliases_last", "aliases", ["last"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=16), nullable=False),
        sa.Column("story_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("updated", sa.Date(), nullable=True),
        sa.Column("added", sa.DateTime(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("url_key", sa.String(length=16), nullable=True),
        sa.Column("input", sa.Text(), nullable=True),
        sa.Column("input_key", sa.String(length=16), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("authors", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("raw_digest", sa.String(length=64), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("title_start", sa.Integer(), nullable=True),
        sa.Column("title_end", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("sensitive", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("purged", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["outlet_id"],
            ["outlets.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_articles_digest", "articles", ["digest"], unique=False)
    op.create_index("ix_articles_input_key", "articles", ["input_key"], unique=False)
    op.create_index("ix_articles_outlet_id", "articles", ["outlet_id"], unique=False)
    op.create_index("ix_articles_published", "articles", ["published"], unique=False)
    op.create_index("ix_articles_story_id", "articles", ["story_id"], unique=False)
    op.create_index("ix_articles_url_key", "articles", ["url_key"], unique=False)
    op.create_table(
        "shingles",
        sa.Column("hash", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("family_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["families.id"],
        ),
        sa.PrimaryKeyConstraint("hash", "family_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("shingles_family", "shingles", ["family_id"], unique=False)
    op.create_table(
        "appearances",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("local", sa.String(length=24), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=True),
        sa.Column("minor", sa.Boolean(), nullable=False),
        sa.Column("born_from", sa.Integer(), nullable=True),
        sa.Column("born_to", sa.Integer(), nullable=True),
        sa.Column("mentions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("evidence", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("linked_by", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_appearances_article_id", "appearances", ["article_id"], unique=False)
    op.create_index("ix_appearances_person_id", "appearances", ["person_id"], unique=False)
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_passages_article_id", "passages", ["article_id"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("band", "article_id"),
        comment="Bands of a MinHash of each text's word shingles: near copies share some.",
        sqlite_with_rowid=False,
    )
    op.create_index("sketches_article", "sketches", ["article_id"], unique=False)
    op.create_table(
        "figures",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("of_start", sa.Integer(), nullable=True),
        sa.Column("of_end", sa.Integer(), nullable=True),
        sa.Column("resolved", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearances.id"],
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_figures_appearance_id", "figures", ["appearance_id"], unique=False)
    op.create_index("ix_figures_article_id", "figures", ["article_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("appearance_id", sa.Integer(), nullable=True),
        sa.Column("local", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("withheld", sa.Boolean(), nullable=False),
        sa.Column("plural", sa.Boolean(), nullable=False),
        sa.Column("mentions", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("justification", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("contact", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appearance_id"],
            ["appearances.id"],
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sources_appearance_id", "sources", ["appearance_id"], unique=False)
    op.create_index("ix_sources_article_id", "sources", ["article_id"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("local", sa.String(length=24), nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("source", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("cue", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("rivals", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"],
            ["outlets.id"],
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["statements.id"],
        ),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["sources.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_statements_article_id", "statements", ["article_id"], unique=False)
    op.create_index("ix_statements_credit_id", "statements", ["credit_id"], unique=False)
    op.create_index("ix_statements_parent_id", "statements", ["parent_id"], unique=False)
    op.create_index("ix_statements_source_id", "statements", ["source_id"], unique=False)
    op.create_table(
        "printings",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("family_id", sa.Integer(), nullable=True),
        sa.Column("quoted", sa.Boolean(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.Column("sensitive", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
        ),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["families.id"],
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statements.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_printings_article_id", "printings", ["article_id"], unique=False)
    op.create_index("ix_printings_family_id", "printings", ["family_id"], unique=False)
    op.create_index("ix_printings_statement_id", "printings", ["statement_id"], unique=False)
    op.create_index("ix_printings_wording", "printings", ["wording"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE passages_fts USING fts5(words, content='',"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
    else:
        op.execute("ALTER TABLE passages ADD COLUMN index tsvector")
        op.execute("CREATE INDEX passages_index ON passages USING gin (index)")


def downgrade() -> None:
    """Take everything away."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE passages_fts")
    op.drop_index("ix_printings_wording", table_name="printings")
    op.drop_index("ix_printings_statement_id", table_name="printings")
    op.drop_index("ix_printings_family_id", table_name="printings")
    op.drop_index("ix_printings_article_id", table_name="printings")
    op.drop_table("printings")
    op.drop_index("ix_statements_source_id", table_name="statements")
    op.drop_index("ix_statements_parent_id", table_name="statements")
    op.drop_index("ix_statements_credit_id", table_name="statements")
    op.drop_index("ix_statements_article_id", table_name="statements")
    op.drop_table("statements")
    op.drop_index("ix_sources_article_id", table_name="sources")
    op.drop_index("ix_sources_appearance_id", table_name="sources")
    op.drop_table("sources")
    op.drop_index("ix_figures_article_id", table_name="figures")
    op.drop_index("ix_figures_appearance_id", table_name="figures")
    op.drop_table("figures")
    op.drop_index("sketches_article", table_name="sketches")
    op.drop_table("sketches")
    op.drop_index("ix_passages_article_id", table_name="passages")
    op.drop_table("passages")
    op.drop_index("ix_appearances_person_id", table_name="appearances")
    op.drop_index("ix_appearances_article_id", table_name="appearances")
    op.drop_table("appearances")
    op.drop_index("shingles_family", table_name="shingles")
    op.drop_table("shingles")
    op.drop_index("ix_articles_url_key", table_name="articles")
    op.drop_index("ix_articles_story_id", table_name="articles")
    op.drop_index("ix_articles_published", table_name="articles")
    op.drop_index("ix_articles_outlet_id", table_name="articles")
    op.drop_index("ix_articles_input_key", table_name="articles")
    op.drop_index("ix_articles_digest", table_name="articles")
    op.drop_table("articles")
    op.drop_index("aliases_last", table_name="aliases")
    op.drop_index("aliases_key", table_name="aliases")
    op.drop_table("aliases")
    op.drop_table("people")
    op.drop_table("outlets")
    op.drop_table("ledger")
    op.drop_index("ix_identity_log_person_id", table_name="identity_log")
    op.drop_table("identity_log")
    op.drop_table("families")
