"""What is handed on: shares, challenges to present badges, and lists that are looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    _shares()
    _challenges()
    _sweeps()


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("stack", sa.Text),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32)),
        sa.Column("visits", sa.Integer, nullable=False),
        sa.Column("visited_at", sa.String(32)),
    )
    op.create_table(
        "share_badges",
        sa.Column(
            "share", sa.String(64), sa.ForeignKey("shares.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column(
            "credential_id",
            sa.String(32),
            sa.ForeignKey("credentials.id", ondelete="CASCADE"),
            nullable=False,
        ),
    )
    op.create_index("share_badges_by_credential", "share_badges", ["credential_id"])


def _challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("challenge", sa.Text, nullable=False, unique=True),
        sa.Column("domain", sa.Text, nullable=False),
        sa.Column("asks", sa.Text, nullable=False),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("expires_at", sa.String(32), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.String(32)),
        sa.Column("answer", sa.LargeBinary),
        sa.Column("report", sa.Text),
        sa.Column("grounds", sa.LargeBinary),
    )


def _sweeps() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64)),
        sa.Column("columns", sa.Text, nullable=False),
        sa.Column("delimiter", sa.String(1), nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("listed_at", sa.String(32)),
        sa.Column("stopped_at", sa.String(32)),
        sa.Column("finished_at", sa.String(32)),
    )
    op.create_table(
        "sweep_rows",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "sweep", sa.String(32), sa.ForeignKey("sweeps.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("cells", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("same_as", sa.Integer),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("report", sa.Text),
        sa.Column("checked_at", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.create_index("sweep_rows_in_order", "sweep_rows", ["sweep", "place"], unique=True)
    op.create_index("sweep_rows_waiting", "sweep_rows", ["state", "host", "place"])
    op.create_index("sweep_rows_alike", "sweep_rows", ["sweep", "sha256"])
    _sweep_lines()


def _sweep_lines() -> None:
    op.create_table(
        "sweep_lines",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column(
            "sweep", sa.String(32), sa.ForeignKey("sweeps.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "row",
            sa.Integer,
            sa.ForeignKey("sweep_rows.number", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("part", sa.Integer, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("badge", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("verdict", sa.String(20)),
        sa.Column("error", sa.String(20)),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("fix", sa.Text, nullable=False),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("issued", sa.String(32)),
        sa.Column("expires", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.create_index("sweep_lines_in_order", "sweep_lines", ["sweep", "place", "part"])
    op.create_index("sweep_lines_of_row", "sweep_lines", ["row"])
