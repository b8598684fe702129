"""Challenges to present badges: made, answered once each, and forgotten. Of the address that takes
an answer only the SHA-256 of its secret part is kept, so that a copy of the wallet opens none.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, func, insert, select, update

from verifier.errors import Malformed
from wallet_server.store.access import digest
from wallet_server.store.database import Database
from wallet_server.store.schema import challenges
from wallet_server.wire import line, moment

#: How many there may be, answered ones included; and answers to one that are looked at.
MOST, TRIES = 500, 20
#: What a challenge is read from; what its receipt is made of is large, and seldom wanted.
_COLUMNS = [column for column in challenges.c if column.name != "grounds"]
_HAS_GROUNDS = challenges.c.grounds.is_not(None).label("has_grounds")
_LISTED = [column for column in _COLUMNS if column.name not in ("answer", "report")]


class Challenge(Struct, frozen=True):
    """One of them. `id` is the secret's SHA-256, which opens nothing. `reason` is what the holder
    reads; `name` and `email` are whom the asker expects, and go to nobody. Once it is answered,
    `answer` is what came, byte for byte, and `report` what was found of it; `has_receipt` unless it
    rests on more than a receipt holds. Moments are RFC 3339.
    """

    id: str
    challenge: str
    domain: str
    reason: str
    name: str
    email: str
    made_at: str
    expires_at: str
    answered_at: str | None = None
    answer: bytes | None = None
    report: Mapping[str, Any] | None = None
    has_receipt: bool = False

    @property
    def holder(self) -> str | None:
        """Who answered it: the DID or address that was proven to be theirs."""
        return None if self.report is None else str(self.report["credential"]["issuer"]["id"])

    def is_open(self, now: datetime) -> bool:
        """Whether it may still be answered."""
        return self.answered_at is None and datetime.fromisoformat(self.expires_at) > now


def make(
    database: Database, domain: str, asks: Mapping[str, str], lasts: timedelta, now: datetime
) -> tuple[str, Challenge]:
    """A new one, and the secret of its address, which is never shown again. `asks` are `reason`,
    `name` and `email`. Raises `Malformed` where there are too many.
    """
    secret = secrets.token_urlsafe(32)
    row = {
        "id": digest(secret),
        "challenge": secrets.token_urlsafe(24),
        "domain": domain,
        "asks": json.dumps(dict(asks)),
        "made_at": moment(now),
        "expires_at": moment(now + lasts),
    }
    with database.writing() as connection:
        if connection.execute(select(func.count()).select_from(challenges)).scalar_one() >= MOST:
            says = f"{MOST} challenges are kept already. Delete some of them first."
            raise Malformed("challenge.many", says)
        connection.execute(insert(challenges).values(**row, tries=0))
        made = connection.execute(_one(str(row["id"]))).one()
    return secret, _challenge(made)


def every(database: Database) -> list[Challenge]:
    """All of them, the newest first, without what was answered."""
    newest = select(*_LISTED).order_by(challenges.c.made_at.desc(), challenges.c.id)
    with database.reading() as connection:
        return [_challenge(row) for row in connection.execute(newest)]


def find(database: Database, identifier: str) -> Challenge | None:
    """The one of that id, or `None`."""
    with database.reading() as connection:
        row = connection.execute(_one(identifier)).first()
    return None if row is None else _challenge(row)


def opened(database: Database, secret: str, now: datetime) -> Challenge | None:
    """The one that `secret` lets answer; `None` for one that is over, or never was."""
    found = find(database, digest(secret))
    return found if found is not None and found.is_open(now) else None


def try_at(database: Database, identifier: str) -> bool:
    """Count an answer that is about to be looked at; `False` where it is one too many."""
    counted = update(challenges).where(challenges.c.id == identifier, challenges.c.tries < TRIES)
    with database.writing() as connection:
        done = connection.execute(counted.values(tries=challenges.c.tries + 1))
    return done.rowcount > 0


def grounds(database: Database, identifier: str) -> bytes | None:
    """What the receipt of its answer is made of; `None` where there is none."""
    query = select(challenges.c.grounds).where(challenges.c.id == identifier)
    with database.reading() as connection:
        found: bytes | None = connection.execute(query).scalar_one_or_none()
    return found


def settle(
    database: Database,
    identifier: str,
    answer: bytes,
    report: Mapping[str, Any],
    now: datetime,
    grounds: bytes | None = None,
) -> bool:
    """Keep the answer to one that is still open; `False` where it is not, since another came first
    or its time was up. `grounds` is what a receipt is made of.
    """
    still = (
        challenges.c.id == identifier,
        challenges.c.answered_at.is_(None),
        challenges.c.expires_at > str(moment(now)),
    )
    kept = {
        "answered_at": moment(now),
        "answer": answer,
        "report": line(report),
        "grounds": grounds,
    }
    with database.writing() as connection:
        return connection.execute(update(challenges).where(*still).values(**kept)).rowcount > 0


def renew(
    database: Database, identifier: str, report: Mapping[str, Any], grounds: bytes | None
) -> None:
    """Put what was found of an answer another time in place of what was found before."""
    answered = (challenges.c.id == identifier, challenges.c.answered_at.is_not(None))
    with database.writing() as connection:
        table = update(challenges).where(*answered)
        connection.execute(table.values(report=line(report), grounds=grounds))


def forget(database: Database, identifier: str) -> bool:
    """Delete one with its answer, from the file too; whether there was one."""
    with database.writing() as connection:
        gone = connection.execute(delete(challenges).where(challenges.c.id == identifier))
    database.scrub()
    return gone.rowcount > 0


def _one(identifier: str) -> Any:  # noqa: ANN401 - a statement of SQLAlchemy's
    return select(*_COLUMNS, _HAS_GROUNDS).where(challenges.c.id == identifier)


def _challenge(row: Row[Any]) -> Challenge:
    asks, held = json.loads(row.asks), row._mapping  # noqa: SLF001 - SQLAlchemy's public name for it
    report = held.get("report")
    return Challenge(
        row.id,
        row.challenge,
        row.domain,
        asks.get("reason", ""),
        asks.get("name", ""),
        asks.get("email", ""),
        row.made_at,
        row.expires_at,
        row.answered_at,
        held.get("answer"),
        None if report is None else json.loads(report),
        bool(held.get("has_grounds")),
    )
