"""What happened to the wallet's badges, kept until the badge goes: newest first, to be read by its
owner, told in feeds, and mailed once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, func, insert, select, update

from wallet_server.store.database import Database
from wallet_server.store.schema import credentials, events
from wallet_server.watch.codes import Change
from wallet_server.wire import moment

#: Events of one page.
PAGE = 50
#: In the detail of an event that a restored backup tells of: when it was seen and mailed there.
TOLD = "backup"


class Event(Struct, frozen=True):
    """One change of one badge. `name` and `issuer` are what the wallet shows of the badge now;
    moments are RFC 3339.
    """

    number: int
    at: str
    credential_id: str
    card: int
    name: str | None
    issuer: str | None
    code: str
    says: str
    detail: Mapping[str, Any]
    seen_at: str | None
    sent_at: str | None


def add(
    connection: Connection, credential_id: str, changes: Iterable[Change], now: datetime
) -> None:
    """Keep what happened to a credential at `now`."""
    rows = [
        {
            "at": moment(now),
            "credential_id": credential_id,
            "code": change.code,
            "says": change.says,
            "detail": json.dumps(change.detail),
        }
        for change in changes
    ]
    if rows:
        connection.execute(insert(events), rows)


def page(database: Database, *, before: int | None = None, most: int = PAGE) -> list[Event]:
    """The newest events, or those older than the one of the number `before`."""
    query = _joined().order_by(events.c.number.desc()).limit(most)
    if before is not None:
        query = query.where(events.c.number < before)
    return _read(database, query)


def of_credential(database: Database, credential_id: str, most: int = PAGE) -> list[Event]:
    """The newest events of one credential."""
    query = _joined().where(events.c.credential_id == credential_id)
    return _read(database, query.order_by(events.c.number.desc()).limit(most))


def unseen(database: Database) -> int:
    """How many its owner has not said to have seen."""
    count = select(func.count()).select_from(events).where(events.c.seen_at.is_(None))
    with database.reading() as connection:
        return int(connection.execute(count).scalar_one())


def mark_seen(database: Database, up_to: int, now: datetime) -> int:
    """Its owner has seen every event up to the one of this number; how many that were."""
    new = events.c.seen_at.is_(None) & (events.c.number <= up_to)
    with database.writing() as connection:
        done = connection.execute(update(events).where(new).values(seen_at=moment(now)))
        return done.rowcount


def unsent(database: Database, since: datetime, most: int = PAGE) -> list[Event]:
    """What happened since a moment and was not mailed, oldest first."""
    waiting = events.c.sent_at.is_(None) & (events.c.at >= moment(since))
    return _read(database, _joined().where(waiting).order_by(events.c.number).limit(most))


def mark_sent(database: Database, numbers: Sequence[int], now: datetime) -> None:
    """A mail server took these."""
    with database.writing() as connection:
        sent = update(events).where(events.c.number.in_(numbers))
        connection.execute(sent.values(sent_at=moment(now)))


def last_of(connection: Connection, credential_id: str, codes: Sequence[str]) -> str | None:
    """The newest of a credential's events that has one of `codes`."""
    query = (
        select(events.c.code)
        .where(events.c.credential_id == credential_id, events.c.code.in_(codes))
        .order_by(events.c.number.desc())
    )
    found = connection.execute(query.limit(1)).scalar()
    return None if found is None else str(found)


def ends_told(connection: Connection, credential_id: str) -> dict[str, int]:
    """By each end of a credential that its owner was told of: the fewest days before it."""
    query = select(events.c.detail).where(
        events.c.credential_id == credential_id, events.c.code == "expires_soon"
    )
    told: dict[str, int] = {}
    for text in connection.execute(query).scalars():
        detail = json.loads(text)
        end, days = str(detail["expires"]), int(detail["days"])
        told[end] = min(days, told.get(end, days))
    return told


def as_object(event: Event) -> dict[str, Any]:
    """An event as the contract has it."""
    return {
        "number": event.number,
        "at": event.at,
        "credential": event.credential_id,
        "name": event.name,
        "code": event.code,
        "says": event.says,
        "detail": dict(event.detail),
        "seen_at": event.seen_at,
    }


def said(says: str, detail: Mapping[str, Any]) -> str:
    """An event's sentence, which says so where nothing but a backup tells of it."""
    return f"{says} (A backup tells this.)" if TOLD in detail else says


def _joined() -> Select[Any]:
    shown = (credentials.c.card, credentials.c.name, credentials.c.issuer)
    return select(events, *shown).join(credentials, credentials.c.id == events.c.credential_id)


def _read(database: Database, query: Select[Any]) -> list[Event]:
    with database.reading() as connection:
        rows = connection.execute(query).all()
    return [_event(row._asdict(), json.loads(row.detail)) for row in rows]


def _event(row: dict[str, Any], detail: Mapping[str, Any]) -> Event:
    return Event(**{**row, "detail": detail, "says": said(row["says"], detail)})
