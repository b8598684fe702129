"""Addresses at which programs read the wallet's changes and ends: unguessable, and ended at will.
Of each only the SHA-256 of its secret part is kept, so that a copy of the wallet opens none.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, update

from wallet_server.store.access import digest
from wallet_server.store.database import Database
from wallet_server.store.schema import tokens
from wallet_server.wire import moment

#: How many there may be, and how exactly it is known when one was last read.
MOST, USE_NOTED = 20, timedelta(hours=1)
_NAME = 40
#: The kind of token that opens one.
FEED = "feed"


class Feed(Struct, frozen=True):
    """One of them. `id` is its secret's SHA-256, which opens nothing; moments are RFC 3339."""

    id: str
    name: str
    made_at: str
    last_used_at: str | None


def make(database: Database, name: str, now: datetime) -> str | None:
    """A new one; its secret, which is never shown again, or `None` where there are too many."""
    secret = secrets.token_urlsafe(32)
    row = {"sha256": digest(secret), "kind": FEED, "name": name[:_NAME] or "A feed"}
    with database.writing() as connection:
        count = select(func.count()).select_from(tokens).where(tokens.c.kind == FEED)
        if connection.execute(count).scalar_one() >= MOST:
            return None
        connection.execute(insert(tokens).values(**row, created_at=moment(now)))
    return secret


def feeds(database: Database) -> list[Feed]:
    """Each of them, the newest first."""
    newest = select(tokens).where(tokens.c.kind == FEED).order_by(tokens.c.created_at.desc())
    with database.reading() as connection:
        return [
            Feed(row.sha256, row.name, row.created_at, row.last_used_at)
            for row in connection.execute(newest)
        ]


def end(database: Database, identifier: str) -> bool:
    """Let one be good no more; whether there was one."""
    which = (tokens.c.kind == FEED, tokens.c.sha256 == identifier)
    with database.writing() as connection:
        return bool(connection.execute(delete(tokens).where(*which)).rowcount)


def find(database: Database, secret: str, now: datetime) -> Feed | None:
    """The one that `secret` opens, and note that it was read; `None` for one that was ended, or
    never was.
    """
    found = (tokens.c.kind == FEED, tokens.c.sha256 == digest(secret))
    with database.reading() as connection:
        row = connection.execute(select(tokens).where(*found)).first()
    if row is None:
        return None
    if row.last_used_at is None or row.last_used_at < str(moment(now - USE_NOTED)):
        with database.writing() as connection:
            _note(connection, row.sha256, now)
    return Feed(row.sha256, row.name, row.created_at, row.last_used_at)


def _note(connection: Connection, identifier: str, now: datetime) -> None:
    used = update(tokens).where(tokens.c.sha256 == identifier)
    connection.execute(used.values(last_used_at=moment(now)))
