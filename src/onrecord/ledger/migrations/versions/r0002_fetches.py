"""What servers call the state of a page: the table of `watch`."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "fetches",
        sa.Column("key", sa.String(16), primary_key=True),
        sa.Column("etag", sa.Text),
        sa.Column("modified", sa.String(80)),
        sa.Column("at", sa.DateTime, nullable=False),
        comment="What servers call the state of a page that `watch` fetched; a page is only its"
        " hash.",
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("fetches")
