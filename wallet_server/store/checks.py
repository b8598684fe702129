"""What was found about the wallet's credentials, and what it rested on: kept, never overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from verifier.dates import read_moment
from verifier.model import Document, Request
from verifier.report import Report
from wallet_server import wire
from wallet_server.store import lineage
from wallet_server.store.database import Database
from wallet_server.store.said_before import remembering
from wallet_server.store.schema import HERE, blobs, checks, credentials, documents
from wallet_server.watch.changes import tells

#: Checks of one credential that are looked back through.
_BACK = 50
#: Letters of an issuer's name that are shown: an index of a PostgreSQL takes 2,704 bytes.
_NAMED = 500


class Finding(Struct, frozen=True):
    """One check: `report` is the contract's JSON object; it was first so found `at`, and was last
    found so still at `confirmed_at`.
    """

    number: int
    at: str
    confirmed_at: str
    verdict: str
    report: dict[str, Any]
    origin: str


def record(
    connection: Connection,
    credential_id: str,
    report: Report,
    rested_on: Mapping[Request, Document],
    now: datetime,
) -> bool:
    """Keep what was found at `now`, in UTC, and let the credential's row say it; whether it differs
    from what was found before. The credential's row is there already; it may end up on another
    card, and the one that it is on is left to `cards.refresh`.
    """
    differs = _record(connection, credential_id, report, rested_on, now)
    lineage.settle(connection, credential_id, report)
    return differs


def _record(
    connection: Connection,
    credential_id: str,
    report: Report,
    rested_on: Mapping[Request, Document],
    now: datetime,
) -> bool:
    found = json.loads(wire.line(wire.report_object(report)))
    told = _last_told(connection, credential_id)
    if told is not None:
        found = remembering(found, told.report, told.confirmed_at)
    before = newest(connection, credential_id)
    at = wire.moment(now)
    values = {**shown(report), "name": found["credential"]["name"]}
    if "as_of" in found["credential"]:
        del values["issuer"]  # who it was then
    own = update(credentials).where(credentials.c.id == credential_id)
    connection.execute(own.values(**values, checked_at=at))
    if before is not None and before.origin == HERE and same(before.report, found):
        confirmed = update(checks).where(checks.c.number == before.number)
        connection.execute(confirmed.values(confirmed_at=at))
        return False
    row = {"credential_id": credential_id, "at": at, "confirmed_at": at, "origin": HERE}
    row |= {"verdict": report.verdict.value, "report": wire.line(found)}
    made = insert(checks).values(**row).returning(checks.c.number)
    number = connection.execute(made).scalar_one()
    rows = [_document_row(number, *pair) for pair in rested_on.items()]
    hold(connection, {one.sha256: one.content for one in rested_on.values()})
    if rows:
        connection.execute(insert(documents), rows)
    return True


def shown(report: Report) -> dict[str, Any]:
    """The columns of a credential that its newest check decides."""
    issuer = report.credential.issuer
    named = issuer.name if report.vouched_by and issuer.name else report.proven
    return {
        "name": report.credential.name,
        "issuer": named and named[:_NAMED],
        "verdict": report.verdict.value,
        "headline": report.headline,
    }


def same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether two reports find the same of a credential: answers and what it says, whatever the
    sentences and the moments are.
    """
    return _essence(before) == _essence(after)


def newest(connection: Connection, credential_id: str) -> Finding | None:
    """The last check of a credential that was made here; the last that a backup tells of where
    there is none.
    """
    here = (checks.c.origin == HERE).desc()
    return next(iter(_findings(connection, credential_id, 1, here)), None)


def latest(connection: Connection, credential_id: str, most: int) -> list[Finding]:
    """The newest checks of a credential that were made here, the newest first."""
    found = _findings(connection, credential_id, most, (checks.c.origin == HERE).desc())
    return [one for one in found if one.origin == HERE]


def _last_told(connection: Connection, credential_id: str) -> Finding | None:
    """The last check made here at which the issuer's word was read whole."""
    return next(
        (one for one in latest(connection, credential_id, _BACK) if tells(one.report)), None
    )


def history(database: Database, credential_id: str, most: int = 200) -> list[Finding]:
    """The checks of a credential, newest first; those that a backup tells of among them."""
    with database.reading() as connection:
        return _findings(connection, credential_id, most, checks.c.at.desc())


def telling(history: Sequence[Finding]) -> Finding:
    """The check that counts of a history, newest first: the newest made here, else what a backup
    tells.
    """
    return next((one for one in history if one.origin == HERE), history[0])


def rested_on(database: Database, number: int) -> dict[Request, Document]:
    """The documents of a check, with their bodies."""
    joined = documents.join(blobs, documents.c.sha256 == blobs.c.sha256)
    query = select(documents, blobs.c.content).select_from(joined)
    with database.reading() as connection:
        rows = connection.execute(query.where(documents.c.check == number)).all()
    return {Request(row.url, row.accept): _document(row) for row in rows}


def hold(connection: Connection, bodies: Mapping[str, bytes]) -> None:
    """Keep bodies under their SHA-256, each once."""
    there = select(blobs.c.sha256).where(blobs.c.sha256.in_(bodies))
    known = set(connection.execute(there).scalars())
    rows = [
        {"sha256": digest, "content": content}
        for digest, content in bodies.items()
        if digest not in known
    ]
    if rows:
        connection.execute(insert(blobs), rows)


def named_by(connection: Connection, credential_id: str) -> set[str]:
    """The bodies that a credential's checks rest on."""
    of = select(checks.c.number).where(checks.c.credential_id == credential_id)
    query = select(documents.c.sha256).where(documents.c.check.in_(of))
    return set(connection.execute(query).scalars())


def let_go(connection: Connection, digests: set[str]) -> None:
    """Delete those of the bodies that no document names any more."""
    used = select(documents.c.sha256).where(documents.c.sha256 == blobs.c.sha256)
    connection.execute(delete(blobs).where(blobs.c.sha256.in_(digests), ~used.exists()))


def _findings(
    connection: Connection, credential_id: str, most: int, first: ColumnElement[Any]
) -> list[Finding]:
    query = (
        select(checks)
        .where(checks.c.credential_id == credential_id)
        .order_by(first, checks.c.number.desc())
        .limit(most)
    )
    return [
        Finding(
            number=row.number,
            at=row.at,
            confirmed_at=row.confirmed_at,
            verdict=row.verdict,
            report=json.loads(row.report),
            origin=row.origin,
        )
        for row in connection.execute(query)
    ]


def _essence(report: Mapping[str, Any]) -> tuple[Any, ...]:
    answers = tuple(
        (one["outcome"], one["code"], *(one["detail"].get(word) for word in _TELLING))
        for one in report["checks"]
    )
    inner = tuple(_essence(one) for one in report["bundle"])
    said = dict(report["credential"])
    endorsed = tuple(_essence(one) for one in said.pop("endorsements"))
    return (report["verdict"], report["assurance"], answers, said, endorsed, inner)


#: What of an answer's detail makes it another answer.
_TELLING = ("reason", "also", "changed", "key_sha256", "differs")


def _document_row(number: int, request: Request, document: Document) -> dict[str, Any]:
    return {
        "check": number,
        "url": request.url,
        "accept": request.accept,
        "at": wire.moment(document.at),
        "status": document.status,
        "content_type": document.content_type,
        "final_url": document.final_url,
        "error": document.error,
        "sha256": document.sha256,
    }


def _document(row: Any) -> Document:  # noqa: ANN401 - a row of no type of its own
    return Document(
        url=row.url,
        at=read_moment(row.at),
        status=row.status,
        content_type=row.content_type,
        content=row.content,
        final_url=row.final_url,
        error=row.error,
    )
