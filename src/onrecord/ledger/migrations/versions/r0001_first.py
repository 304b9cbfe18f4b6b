"""The first schema."""

from alembic import op

from onrecord.ledger.search import create_search, drop_search
from onrecord.ledger.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, the full-text index and the views."""
    metadata.create_all(op.get_bind())
    create_search(op.get_bind())


def downgrade() -> None:
    """Take everything away."""
    drop_search(op.get_bind())
    metadata.drop_all(op.get_bind())
