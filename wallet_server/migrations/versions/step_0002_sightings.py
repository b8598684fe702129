"""When the keys and domains of issuers were first met."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sightings",
        sa.Column("issuer", sa.Text, primary_key=True),
        sa.Column("kind", sa.String(10), primary_key=True),
        sa.Column("value", sa.Text, primary_key=True),
        sa.Column("method", sa.Text),
        sa.Column("first_seen", sa.String(32), nullable=False),
    )
