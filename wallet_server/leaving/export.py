"""Everything in the wallet, as an archive whose bytes follow from the wallet alone.

Left out is what can be made anew (thumbnails, how pictures look), what is this installation's own
(pairings, links, what it met of issuers), and which numbers rows have here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import Connection, func, select

from wallet_server.leaving import layout
from wallet_server.leaving.packing import Packing
from wallet_server.leaving.rows import Body, rows
from wallet_server.leaving.web import Web
from wallet_server.store.database import Database
from wallet_server.store.schema import blobs, copies, import_items, unread


@dataclass(frozen=True)
class Exported:
    """What went into an archive: how many cards, credentials and checks, and files unread.
    `waiting` are things of an import under way, which are not in the wallet yet and so left out.
    """

    cards: int
    credentials: int
    checks: int
    unread: int
    waiting: int


def export(database: Database, file: BinaryIO) -> Exported:
    """Write the archive into `file`, which can seek, from one consistent view of the wallet."""
    bodies: dict[str, Body] = {}
    web, counted = Web(), dict.fromkeys(("card", "credential", "check", "unread"), 0)
    packing = Packing(file)
    with database.reading() as connection:

        def lines() -> Iterator[bytes]:
            for kind, values, body in rows(connection):
                if kind in counted:
                    counted[kind] += 1
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
        waiting = select(func.count()).select_from(import_items)
        left = connection.execute(waiting.where(import_items.c.state == "waiting")).scalar_one()
    packing.close()
    return Exported(
        cards=counted["card"],
        credentials=counted["credential"],
        checks=counted["check"],
        unread=counted["unread"],
        waiting=left,
    )


def _content(connection: Connection, body: Body) -> bytes:
    key = {"copies": copies.c.number, "blobs": blobs.c.sha256, "unread": unread.c.id}[body.table]
    content = key.table.c.content
    found: bytes = connection.execute(select(content).where(key == body.key)).scalar_one()
    return found
