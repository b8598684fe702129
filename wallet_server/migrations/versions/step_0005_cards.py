"""Cards, every form in which a credential came, every check, and documents once; tags and notes,
events, thumbnails, what could not be read, the owner, pathways and imports.

What was kept before becomes a card with one credential, one copy and one check each.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _of_credential(*, nullable: bool = False, primary_key: bool = False) -> sa.Column[str]:
    of = sa.ForeignKey("credentials.id", ondelete="CASCADE")
    return sa.Column("credential_id", sa.String(32), of, nullable=nullable, primary_key=primary_key)


def upgrade() -> None:
    """Make the new tables, carry over what is kept, and let the old ones go."""
    for old in ("pictures", "documents", "credentials"):
        op.rename_table(old, f"old_{old}")
    for index in ("documents_of_credential", "pictures_of_credential"):
        op.drop_index(index)
    _make()
    _carry()
    for old in ("pictures", "documents", "credentials"):
        op.drop_table(f"old_{old}")


def _make() -> None:
    op.create_table(
        "cards",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("lead", sa.String(32), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("issued", sa.String(32)),
        sa.Column("expires", sa.String(32)),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("cards_newest", "cards", ["saved_at", "number"])
    op.create_index("cards_by_verdict", "cards", ["verdict", "saved_at", "number"])
    op.create_index("cards_by_issue", "cards", ["issued", "number"])
    op.create_table(
        "tags",
        sa.Column(
            "card", sa.Integer, sa.ForeignKey("cards.number", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("tag", sa.String(60), primary_key=True),
    )
    op.create_index("tags_by_tag", "tags", ["tag", "card"])
    op.create_table(
        "credentials",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("card", sa.Integer, sa.ForeignKey("cards.number"), nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("issuer", sa.Text),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("headline", sa.Text, nullable=False),
        sa.Column("saved_at", sa.String(32), nullable=False),
        sa.Column("checked_at", sa.String(32), nullable=False),
        sa.Column("next_check_at", sa.String(32)),
        sa.Column("facts", sa.Text),
    )
    op.create_index("credentials_of_card", "credentials", ["card"])
    op.create_index("credentials_due", "credentials", ["next_check_at"])
    op.create_table(
        "copies",
        sa.Column("number", sa.Integer, primary_key=True),
        _of_credential(),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
    )
    op.create_index("copies_of_credential", "copies", ["credential_id", "sha256"], unique=True)
    op.create_table(
        "lineage",
        _of_credential(primary_key=True),
        sa.Column("award", sa.String(64), primary_key=True),
    )
    op.create_index("lineage_by_award", "lineage", ["award"])
    op.create_table(
        "checks",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        _of_credential(),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("confirmed_at", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("checks_of_credential", "checks", ["credential_id", "number"])
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "check", sa.Integer, sa.ForeignKey("checks.number", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("accept", sa.Text, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("content_type", sa.Text),
        sa.Column("final_url", sa.Text),
        sa.Column("error", sa.String(20)),
        sa.Column("sha256", sa.String(64), sa.ForeignKey("blobs.sha256"), nullable=False),
    )
    op.create_index("documents_of_check", "documents", ["check"])
    op.create_index("documents_by_blob", "documents", ["sha256"])
    op.create_table(
        "pictures",
        sa.Column("id", sa.Integer, primary_key=True),
        _of_credential(nullable=True),
        sa.Column("hash", sa.String(128), nullable=False),
        sa.Column("miniature", sa.LargeBinary, nullable=False),
        sa.Column("colours", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("address", sa.Text),
        sa.Column("met_at", sa.String(32), nullable=False),
    )
    op.create_index("pictures_of_credential", "pictures", ["credential_id"])
    op.create_table(
        "events",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("at", sa.String(32), nullable=False),
        _of_credential(),
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("seen_at", sa.String(32)),
        sa.Column("sent_at", sa.String(32)),
        sqlite_autoincrement=True,
    )
    op.create_index("events_of_credential", "events", ["credential_id"])
    op.create_table(
        "thumbnails",
        _of_credential(primary_key=True),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "unread",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("received_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "owner",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("value", sa.String(300), primary_key=True),
    )
    op.create_table(
        "pathways",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    op.create_table(
        "imports",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("finished_at", sa.String(32)),
    )
    op.create_table(
        "import_items",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "import_id",
            sa.String(32),
            sa.ForeignKey("imports.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("url", sa.Text),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("says", sa.Text, nullable=False),
        sa.Column(
            "credential_id", sa.String(32), sa.ForeignKey("credentials.id", ondelete="SET NULL")
        ),
    )
    op.create_index("items_of_import", "import_items", ["import_id", "state"])


def _carry() -> None:
    """Everything that was kept, into the new tables."""
    connection = op.get_bind()
    new = sa.MetaData()
    for name in ("cards", "credentials", "copies", "checks", "blobs", "documents"):
        sa.Table(name, new, autoload_with=connection, resolve_fks=False)
    table = new.tables
    old = sa.Table("old_credentials", sa.MetaData(), autoload_with=connection)
    numbers: dict[str, int] = {}
    for number, row in enumerate(
        connection.execute(sa.select(old).order_by(old.c.saved_at)).all(), 1
    ):
        report = json.loads(row.report)
        said, checked_at = report["credential"], report["checked_at"]
        shown = {"name": row.name, "issuer": row.issuer, "verdict": row.verdict}
        shown |= {"headline": row.headline, "saved_at": row.saved_at}
        card = {"number": number, "lead": row.id, "note": ""} | shown
        card |= {name: said[name] for name in ("kind", "issued", "expires")}
        connection.execute(sa.insert(table["cards"]).values(card))
        credential = {"id": row.id, "sha256": row.sha256, "card": number} | shown
        credential |= {"checked_at": checked_at, "next_check_at": row.saved_at}
        connection.execute(sa.insert(table["credentials"]).values(credential))
        copy = {"number": number, "credential_id": row.id, "content": row.content}
        copy |= {"sha256": hashlib.sha256(row.content).hexdigest(), "media_type": row.media_type}
        copy |= {"source": row.source, "received_at": row.saved_at}
        connection.execute(sa.insert(table["copies"]).values(copy))
        check = {"number": number, "credential_id": row.id, "at": checked_at, "origin": "here"}
        check |= {"confirmed_at": checked_at, "verdict": row.verdict, "report": row.report}
        connection.execute(sa.insert(table["checks"]).values(check))
        numbers[row.id] = number
    _carry_documents(connection, table, numbers)
    connection.execute(sa.text("INSERT INTO pictures SELECT * FROM old_pictures"))


def _carry_documents(
    connection: sa.Connection, table: dict[str, sa.Table], numbers: dict[str, int]
) -> None:
    old = sa.Table("old_documents", sa.MetaData(), autoload_with=connection, resolve_fks=False)
    held: set[str] = set()
    same = ("url", "accept", "at", "status", "content_type", "final_url", "error")
    for row in connection.execute(sa.select(old).order_by(old.c.id)).all():
        digest = hashlib.sha256(row.content).hexdigest()
        if digest not in held:
            body = {"sha256": digest, "content": row.content}
            connection.execute(sa.insert(table["blobs"]).values(body))
            held.add(digest)
        document = {"number": row.id, "check": numbers[row.credential_id], "sha256": digest}
        document |= {name: getattr(row, name) for name in same}
        connection.execute(sa.insert(table["documents"]).values(document))
