"""What the owner knows each paired program by, and when it was last here."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both; programs paired before are named by their origin."""
    op.add_column("tokens", sa.Column("name", sa.String(40)))
    op.add_column("tokens", sa.Column("last_used_at", sa.String(32)))
    op.execute(
        "UPDATE tokens SET name = CASE "
        "WHEN origin LIKE 'chrome-extension:%' THEN 'Chromium' "
        "WHEN origin LIKE 'moz-extension:%' THEN 'Firefox' "
        "ELSE 'Another program' END WHERE kind = 'extension'"
    )
