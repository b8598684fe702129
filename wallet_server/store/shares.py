"""What the owner shares, each under an unguessable address, until it ends. Of that address only the
SHA-256 of its secret part is kept, so that a copy of the wallet opens none.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from verifier.errors import Malformed
from wallet_server.sharing.draft import Draft, Shown
from wallet_server.store.access import digest
from wallet_server.store.database import Database
from wallet_server.store.schema import credentials, share_badges, shares
from wallet_server.wire import moment

#: How many there may be at once, and letters of a secret that is looked up at all.
MOST, SECRET = 1000, 100


class Share(Struct, frozen=True):
    """One of them. `id` is its secret's SHA-256, which opens nothing; `badges` are ids in the
    wallet, in their order; moments are RFC 3339.
    """

    id: str
    name: str
    badges: tuple[str, ...]
    fields: frozenset[str]
    shown: Shown
    stack: str | None
    made_at: str
    expires_at: str | None
    visits: int
    visited_at: str | None

    def is_over(self, now: datetime) -> bool:
        """Whether its time is up."""
        return self.expires_at is not None and datetime.fromisoformat(self.expires_at) <= now


class Badge(Struct, frozen=True):
    """One badge of a share, as far as it is known without a look at it: its `place` from 1."""

    place: int
    id: str
    card: int
    name: str | None


def make(database: Database, draft: Draft, now: datetime) -> tuple[Share, str]:
    """A new one, and its secret, which is never told again. Raises `Malformed` for a badge that is
    not there, and where there are too many already.
    """
    secret = secrets.token_urlsafe(32)
    identifier = digest(secret)
    row = {
        "id": identifier,
        "name": draft.name,
        "fields": json.dumps(sorted(draft.fields)),
        "shown": json.dumps(asdict(draft.shown)),
        "stack": draft.stack,
        "made_at": moment(now),
        "expires_at": moment(draft.expires_at),
        "visits": 0,
    }
    with database.writing() as connection:
        connection.execute(delete(shares).where(shares.c.expires_at <= moment(now)))
        if connection.execute(select(func.count()).select_from(shares)).scalar_one() >= MOST:
            raise Malformed("share.many", f"There are {MOST} shares already; end some first.")
        held = select(credentials.c.id).where(credentials.c.id.in_(draft.badges))
        missing = set(draft.badges) - set(connection.execute(held).scalars())
        if missing:
            says = f"There is no badge “{min(missing)[:40]}” in the wallet."
            raise Malformed("share.badge", says)
        connection.execute(insert(shares).values(**row))
        rows = [
            {"share": identifier, "place": place, "credential_id": one}
            for place, one in enumerate(draft.badges, 1)
        ]
        connection.execute(insert(share_badges), rows)
        return _share(connection, _row(connection, identifier)), secret


def every(database: Database, now: datetime) -> list[Share]:
    """Each of them that still opens, the newest first."""
    lives = or_(shares.c.expires_at.is_(None), shares.c.expires_at > moment(now))
    query = select(shares).where(lives).order_by(shares.c.made_at.desc(), shares.c.id)
    with database.reading() as connection:
        found = [_share(connection, row) for row in connection.execute(query).all()]
    return [share for share in found if share.badges]


def find(database: Database, secret: str, now: datetime) -> Share | None:
    """The one that `secret` opens; `None` for one that was ended, is over, or never was, and for
    one of whose badges none is left.
    """
    if len(secret) > SECRET:
        return None
    return of_owner(database, digest(secret), now)


def badges(database: Database, share: Share) -> tuple[Badge, ...]:
    """Its badges, in their order."""
    joined = share_badges.join(credentials, share_badges.c.credential_id == credentials.c.id)
    query = (
        select(share_badges.c.place, credentials.c.id, credentials.c.card, credentials.c.name)
        .select_from(joined)
        .where(share_badges.c.share == share.id)
        .order_by(share_badges.c.place)
    )
    with database.reading() as connection:
        return tuple(Badge(**row._asdict()) for row in connection.execute(query))


def of_owner(database: Database, identifier: str, now: datetime) -> Share | None:
    """The one with this id, as its owner knows it; `None` where `find` has none either."""
    with database.reading() as connection:
        row = _row(connection, identifier[:SECRET])
        found = None if row is None else _share(connection, row)
    return None if found is None or found.is_over(now) or not found.badges else found


def visited(database: Database, identifier: str, now: datetime) -> None:
    """Count that somebody saw one."""
    seen = update(shares).where(shares.c.id == identifier)
    with database.writing() as connection:
        connection.execute(seen.values(visits=shares.c.visits + 1, visited_at=moment(now)))


def end(database: Database, identifier: str) -> bool:
    """Let one be good no more, at once; whether there was one."""
    with database.writing() as connection:
        gone = connection.execute(delete(shares).where(shares.c.id == identifier))
        return bool(gone.rowcount)


def let_go(connection: Connection) -> None:
    """Delete the shares none of whose badges is left."""
    held = select(share_badges.c.share).where(share_badges.c.share == shares.c.id)
    connection.execute(delete(shares).where(~held.exists()))


def beginning(database: Database, start: str) -> list[str]:
    """The ids that begin with `start`, two of them at most."""
    query = select(shares.c.id).where(shares.c.id.startswith(start, autoescape=True)).limit(2)
    with database.reading() as connection:
        return list(connection.execute(query).scalars())


def _row(connection: Connection, identifier: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(select(shares).where(shares.c.id == identifier)).first()


def _share(connection: Connection, row: Row[tuple[object, ...]] | None) -> Share:
    if row is None:
        raise LookupError("the share just stored is not there")
    of = select(share_badges.c.credential_id).where(share_badges.c.share == row.id)
    held = connection.execute(of.order_by(share_badges.c.place)).scalars()
    members = row._asdict()
    members |= {
        "fields": frozenset(json.loads(row.fields)),
        "shown": Shown(**json.loads(row.shown)),
    }
    return Share(**members, badges=tuple(held))
