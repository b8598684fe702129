"""The programs that were paired, for their owner to look over and to end."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import delete, or_, select

from wallet_server.store.access import digest
from wallet_server.store.database import Database
from wallet_server.store.schema import tokens
from wallet_server.wire import moment


class Program(Struct, frozen=True):
    """One paired program. `id` is its token's SHA-256, which opens nothing; moments are RFC 3339,
    and `last_used_at` is true to the minute.
    """

    id: str
    name: str
    origin: str | None
    paired_at: str
    last_used_at: str | None


def programs(database: Database) -> tuple[Program, ...]:
    """Each of them, the newest first."""
    newest = select(tokens).where(tokens.c.kind == "extension").order_by(tokens.c.created_at.desc())
    with database.reading() as connection:
        return tuple(
            Program(row.sha256, row.name, row.origin, row.created_at, row.last_used_at)
            for row in connection.execute(newest)
        )


def revoke(database: Database, program: str | None, keeping: str, now: datetime) -> int:
    """End one program, or all for `None`; how many there were.

    A program could have opened the wallet's pages, or hold a link that does. So every such link and
    every browser is shut out with it, but for the one whose page token is `keeping`.
    """
    paired = tokens.c.kind == "extension"
    which = paired if program is None else paired & (tokens.c.sha256 == program)
    others = tokens.c.kind.in_(("page", "ticket")) & (tokens.c.sha256 != digest(keeping))
    run_out = tokens.c.expires_at < moment(now)
    with database.writing() as connection:
        ended = connection.execute(delete(tokens).where(which)).rowcount
        if ended:
            connection.execute(delete(tokens).where(or_(others, run_out)))
    return ended
