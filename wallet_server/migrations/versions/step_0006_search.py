"""A full-text index of the cards (filled by `store/search.py` when the file is next opened), and an
index for each thing that the wallet's list is filtered by.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the indexes."""
    for name in ("issuer", "kind"):
        op.create_index(f"cards_by_{name}", "cards", [name, "saved_at", "number"])
    op.create_index("cards_by_expiry", "cards", ["expires", "number"])
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words)")
        return
    op.create_table(
        "search",
        sa.Column("card", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("words", TSVECTOR, nullable=False),
    )
    # without `fastupdate` no search waits for what was written lately to be put in its place
    op.create_index(
        "search_words",
        "search",
        ["words"],
        postgresql_using="gin",
        postgresql_with={"fastupdate": "off"},
    )
