"""What was brought and could not be read: kept as it came, handed back, and let go."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import delete, func, select

from wallet_server.store.database import Database
from wallet_server.store.schema import import_items, unread


class Line(Struct, frozen=True):
    """One thing: what it is called, how large it is, and why it could not be read."""

    id: str
    label: str
    why: str
    size: int
    received_at: str


def lines(database: Database) -> list[Line]:
    """Everything of the kind, newest first."""
    table = unread.c
    size = func.length(table.content).label("size")
    columns = (table.id, table.label, table.why, size, table.received_at)
    order = (table.received_at.desc(), table.id)
    with database.reading() as connection:
        return [
            Line(**row._asdict()) for row in connection.execute(select(*columns).order_by(*order))
        ]


def content(database: Database, identifier: str) -> tuple[str, bytes] | None:
    """What one is called, and its bytes."""
    query = select(unread.c.label, unread.c.content).where(unread.c.id == identifier)
    with database.reading() as connection:
        row = connection.execute(query).first()
    return None if row is None else (row.label, row.content)


def discard(database: Database, identifier: str) -> bool:
    """Delete one, from the file too, and what its import calls it, unless another is called so;
    whether there was one.
    """
    of = unread.c.id == identifier
    with database.writing() as connection:
        label = connection.execute(select(unread.c.label).where(of)).scalar()
        if label is None:
            return False
        connection.execute(delete(unread).where(of))
        if connection.execute(select(unread.c.id).where(unread.c.label == label)).first() is None:
            listed = (import_items.c.state == "unread", import_items.c.label == label)
            connection.execute(delete(import_items).where(*listed))
    database.scrub()
    return True
