"""Pictures of badges that were met: how they look, and where a proof may be."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "pictures",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "credential_id", sa.String(32), sa.ForeignKey("credentials.id", ondelete="CASCADE")
        ),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("miniature", sa.LargeBinary, nullable=False),
        sa.Column("colours", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("met_at", sa.String(32), nullable=False),
    )
    op.create_index("pictures_of_credential", "pictures", ["credential_id"])
