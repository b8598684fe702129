"""The wallet: credentials with every form in which they were received, found again and let go."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Join, delete, func, insert, select

from verifier.model import Credential, Document, Request
from verifier.report import Report
from wallet_server.store import cards, checks, search, shares, watching
from wallet_server.store.database import Database
from wallet_server.store.schema import HERE, copies, credentials, import_items
from wallet_server.store.unchecked import unchecked

#: What a browser may be shown as a picture.
PICTURES = ("image/png", "image/svg+xml")


class Kept(Struct, frozen=True):
    """One credential in the wallet: as it was first received, and what was last found of it
    (`report`, the contract's JSON object). `card` is the number of its card.
    """

    id: str
    card: int
    content: bytes
    media_type: str
    source: str
    report: dict[str, Any]
    saved_at: str
    checked_at: str


class Entry(Struct, frozen=True):
    """One line of the wallet's list; `issuer` is what was proven, or a name that is vouched for."""

    id: str
    name: str | None
    issuer: str | None
    verdict: str
    headline: str
    media_type: str
    saved_at: str


def keep(
    database: Database,
    content: bytes,
    report: Report,
    rested_on: Mapping[Request, Document],
    now: datetime,
) -> tuple[Kept, bool]:
    """Store what was received and what was found. The same credential again is kept once: what is
    new of it is the form it came in, and what was found this time.

    `now` is in UTC. Gives what is kept, and whether it is new.
    """
    digest = identity(report.credential)
    # to the millisecond, since lists are ordered by it
    at = now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    with database.writing() as connection:
        known = select(credentials.c.id).where(credentials.c.sha256 == digest)
        identifier = connection.execute(known).scalar()
        is_new = identifier is None
        if identifier is None:
            identifier = secrets.token_hex(16)
            card = cards.make(connection, identifier, at)
            row = {"id": identifier, "sha256": digest, "saved_at": at, "checked_at": at}
            made = insert(credentials).values(**row, **checks.shown(report), card=card)
            connection.execute(made)
        _copy(connection, identifier, content, report, at)
        watching.take(connection, identifier, report, rested_on, now.replace(microsecond=0))
        kept = _find(connection, credentials.c.id == identifier)
        if kept is None:
            raise LookupError("the credential just stored is not there")
        cards.refresh(connection, kept.card)
    return kept, is_new


def entries(database: Database) -> list[Entry]:
    """Everything in the wallet, newest first."""
    columns = [credentials.c[name] for name in Entry.__struct_fields__ if name != "media_type"]
    order = (credentials.c.saved_at.desc(), credentials.c.id)
    query = select(*columns, copies.c.media_type).select_from(_with_first_copy())
    with database.reading() as connection:
        rows = connection.execute(query.order_by(*order))
        return [Entry(**row._asdict()) for row in rows]


def find(database: Database, identifier: str) -> Kept | None:
    """One credential, or `None`."""
    with database.reading() as connection:
        return _find(connection, credentials.c.id == identifier)


def beginning(database: Database, start: str) -> list[str]:
    """The ids that begin so, two at most."""
    begins = func.substr(credentials.c.id, 1, len(start)) == start
    with database.reading() as connection:
        found = connection.execute(select(credentials.c.id).where(begins).limit(2))
        return list(found.scalars())


def picture(database: Database, identifier: str) -> tuple[bytes, str] | None:
    """The picture that a credential came baked into, and its media type."""
    of = (copies.c.credential_id == identifier, copies.c.media_type.in_(PICTURES))
    query = select(copies.c.content, copies.c.media_type).where(*of).order_by(copies.c.number)
    with database.reading() as connection:
        row = connection.execute(query.limit(1)).first()
    return None if row is None else (row.content, row.media_type)


def discard(database: Database, *identifiers: str) -> bool:
    """Delete credentials and everything kept with them, from the file too, all of them or none: of
    a badge that is half gone, the rest might show what the whole did not. Whether there was any.
    """
    which = credentials.c.id.in_(identifiers)
    with database.writing() as connection:
        touched = set(connection.execute(select(credentials.c.card).where(which)).scalars())
        if not touched:
            return False
        bodies = set[str]().union(*(checks.named_by(connection, one) for one in identifiers))
        listed = import_items.c.credential_id.in_(identifiers)
        connection.execute(delete(import_items).where(listed))
        connection.execute(delete(credentials).where(which))
        shares.let_go(connection)
        checks.let_go(connection, bodies)
        for card in sorted(touched):
            cards.refresh(connection, card)
        search.scrub(connection)
    database.scrub()
    return True


def identity(credential: Credential) -> str:
    """By what two credentials are the same one: their bytes, whatever those were baked into, or the
    address of one that could not be read.
    """
    named = (credential.id or credential.url or "").encode()
    return hashlib.sha256(credential.content or named).hexdigest()


def media_type(container: str) -> str:
    """How what was received is served again; nothing that a browser would run."""
    known = {"png": "image/png", "svg": "image/svg+xml", "json": "application/json"}
    return known.get(container, "application/octet-stream")


def _copy(connection: Connection, identifier: str, content: bytes, report: Report, at: str) -> None:
    """Keep one form in which a credential was received, once."""
    digest = hashlib.sha256(content).hexdigest()
    held = select(copies.c.number).where(
        copies.c.credential_id == identifier, copies.c.sha256 == digest
    )
    if connection.execute(held).first() is not None:
        return
    row = {"credential_id": identifier, "sha256": digest, "content": content}
    row |= {"media_type": media_type(report.credential.container), "source": report.source}
    connection.execute(insert(copies).values(**row, received_at=at))


def _with_first_copy() -> Join:
    every = copies.alias()
    of = every.c.credential_id == credentials.c.id
    first = select(func.min(every.c.number)).where(of).correlate(credentials).scalar_subquery()
    return credentials.join(copies, copies.c.number == first)


def _find(connection: Connection, where: ColumnElement[bool]) -> Kept | None:
    said = (copies.c.content, copies.c.media_type, copies.c.source)
    query = select(credentials, *said).select_from(_with_first_copy()).where(where)
    row = connection.execute(query).first()
    found = None if row is None else checks.newest(connection, row.id)
    if row is None or found is None:
        return None
    return Kept(
        id=row.id,
        card=row.card,
        content=row.content,
        media_type=row.media_type,
        source=row.source,
        report=found.report if found.origin == HERE else unchecked(found.report),
        saved_at=row.saved_at,
        checked_at=row.checked_at,
    )
