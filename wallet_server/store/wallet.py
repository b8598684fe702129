"""The wallet: credentials as received, their reports, and the documents those rested on."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from verifier.model import Credential, Document, Request
from verifier.report import Report
from wallet_server import wire
from wallet_server.store.database import Database
from wallet_server.store.schema import credentials, documents


@dataclass(frozen=True)
class Kept:
    """One credential in the wallet; `report` is the contract's JSON object."""

    id: str
    content: bytes
    media_type: str
    source: str
    report: dict[str, Any]
    saved_at: str


@dataclass(frozen=True)
class Entry:
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
    """Store what was received and what was found; the same credential again changes nothing.

    `now` is in UTC. Gives what is kept, and whether it is new.
    """
    digest = identity(report.credential)
    issuer = report.credential.issuer
    with database.writing() as connection:
        held = _find(connection, credentials.c.sha256 == digest)
        if held is not None:
            return held, False
        identifier = secrets.token_hex(16)
        row = {
            "id": identifier,
            "sha256": digest,
            "content": content,
            "media_type": media_type(report.credential.container),
            "source": report.source,
            "name": report.credential.name,
            "issuer": issuer.name if report.vouched_by and issuer.name else report.proven,
            "verdict": report.verdict.value,
            "headline": report.headline,
            "report": wire.line(wire.report_object(report)),
            # to the millisecond, since the list is ordered by it
            "saved_at": now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        }
        connection.execute(insert(credentials).values(**row))
        rows = [_document_row(identifier, *pair) for pair in rested_on.items()]
        if rows:
            connection.execute(insert(documents), rows)
        kept = _find(connection, credentials.c.id == identifier)
    if kept is None:
        raise LookupError("the credential just stored is not there")
    return kept, True


def entries(database: Database) -> list[Entry]:
    """Everything in the wallet, newest first."""
    columns = [credentials.c[name] for name in Entry.__dataclass_fields__]
    order = (credentials.c.saved_at.desc(), credentials.c.id)
    with database.reading() as connection:
        rows = connection.execute(select(*columns).order_by(*order))
        return [Entry(**row._asdict()) for row in rows]


def find(database: Database, identifier: str) -> Kept | None:
    """One credential, or `None`."""
    with database.reading() as connection:
        return _find(connection, credentials.c.id == identifier)


def discard(database: Database, identifier: str) -> bool:
    """Delete a credential and everything kept with it; whether there was one."""
    with database.writing() as connection:
        gone = connection.execute(delete(credentials).where(credentials.c.id == identifier))
        return bool(gone.rowcount)


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


def _find(connection: Connection, where: ColumnElement[bool]) -> Kept | None:
    row = connection.execute(select(credentials).where(where)).first()
    if row is None:
        return None
    return Kept(
        id=row.id,
        content=row.content,
        media_type=row.media_type,
        source=row.source,
        report=json.loads(row.report),
        saved_at=row.saved_at,
    )


def _document_row(identifier: str, request: Request, document: Document) -> dict[str, Any]:
    return {
        "credential_id": identifier,
        "url": request.url,
        "accept": request.accept,
        "at": wire.moment(document.at),
        "status": document.status,
        "content_type": document.content_type,
        "final_url": document.final_url,
        "error": document.error,
        "content": document.content,
    }
