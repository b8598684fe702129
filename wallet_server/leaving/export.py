"""Everything in the wallet, as an archive whose bytes follow from the wallet alone.

Left out is what can be made anew (thumbnails, how pictures look), what is this installation's own
(pairings, links, what it met of issuers), and which numbers rows have here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from msgspec import Struct
from sqlalchemy import Connection, Table, func, select

from wallet_server.leaving import layout
from wallet_server.leaving.packing import Packing
from wallet_server.leaving.rows import Body, rows
from wallet_server.leaving.web import Web
from wallet_server.store.database import Database
from wallet_server.store.schema import (
    blobs,
    cards,
    checks,
    copies,
    credentials,
    import_items,
    unread,
)


class Contents(Struct, frozen=True):
    """How many cards, credentials and checks there are, and files unread. `waiting` are things of
    an import under way, which are not in the wallet yet and so in no export.
    """

    cards: int
    credentials: int
    checks: int
    unread: int
    waiting: int


def contents(database: Database) -> Contents:
    """What an export would have in it."""
    with database.reading() as connection:
        return _counted(connection)


def export(database: Database, file: BinaryIO) -> Contents:
    """Write the archive into `file`, which can seek, from one consistent view of the wallet; what
    is in it.
    """
    bodies: dict[str, Body] = {}
    web = Web()
    with Packing(file) as packing, database.reading() as connection:

        def lines() -> Iterator[bytes]:
            for kind, values, body in rows(connection):
                if kind == "document":
                    web.note(values)
                if body is not None:
                    bodies[body.path] = body
                yield layout.row(kind, values)

        packing.add(layout.README, (layout.README_TEXT.encode("ascii"),))
        packing.add(layout.ROWS, lines())
        packing.add(layout.INDEX, (layout.page(web.index()),))
        for path in sorted(bodies):
            packing.add(path, (_content(connection, bodies[path]),))
        return _counted(connection)


def _counted(connection: Connection) -> Contents:
    def count(table: Table) -> int:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    waiting = select(func.count()).where(import_items.c.state == "waiting")
    return Contents(
        cards=count(cards),
        credentials=count(credentials),
        checks=count(checks),
        unread=count(unread),
        waiting=int(connection.execute(waiting).scalar_one()),
    )


def _content(connection: Connection, body: Body) -> bytes:
    key = {"copies": copies.c.number, "blobs": blobs.c.sha256, "unread": unread.c.id}[body.table]
    content = key.table.c.content
    found: bytes = connection.execute(select(content).where(key == body.key)).scalar_one()
    return found
