"""Pictures of badges that were met: kept to say where a proof may be, and forgotten for good."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from wallet_server.looks_alike import Look, near, same
from wallet_server.pictures import Met
from wallet_server.store.database import Database
from wallet_server.store.schema import pictures
from wallet_server.wire import moment

#: Pictures that are kept of badges outside the wallet; the ones met longest ago are let go.
ROWS = 2000


def keep(database: Database, met: Met, now: datetime, credential_id: str | None = None) -> None:
    """Keep how a badge's picture looks, or that it was met again at `now`; with `credential_id` as
    the picture of that one in the wallet, with which it goes.
    """
    table = pictures.c
    known = (
        *(table.hash == met.look.hash, table.name == met.name, table.issuer == met.issuer),
        table.address.is_not_distinct_from(met.address),
    )
    values: dict[str, str | None] = {"met_at": moment(now)}
    if credential_id is not None:
        values["credential_id"] = credential_id
    with database.writing() as connection:
        again = connection.execute(update(pictures).where(*known).values(**values))
        if not again.rowcount:
            row = {
                **values,
                "hash": met.look.hash,
                "miniature": met.look.miniature,
                "colours": met.look.colours,
                "name": met.name,
                "issuer": met.issuer,
                "address": met.address,
            }
            connection.execute(insert(pictures).values(**row))
        outside = table.credential_id.is_(None)
        newest = select(table.id).where(outside).order_by(table.met_at.desc(), table.id.desc())
        stays = newest.limit(ROWS).scalar_subquery()
        connection.execute(delete(pictures).where(outside, table.id.not_in(stays)))


def like(database: Database, look: Look) -> list[Met]:
    """Every badge met that has the same picture: the wallet's own first, then the newest."""
    table = pictures.c
    with database.reading() as connection:
        hashes = connection.execute(select(table.id, table.hash))
        chosen = [row.id for row in hashes if near(look.hash, row.hash)]
        order = (table.credential_id.is_(None), table.met_at.desc(), table.id.desc())
        rows = connection.execute(select(pictures).where(table.id.in_(chosen)).order_by(*order))
        met = [
            Met(
                look=Look(row.hash, row.miniature, row.colours),
                name=row.name,
                issuer=row.issuer,
                address=row.address,
                page=None if row.credential_id is None else f"/wallet/{row.credential_id}",
            )
            for row in rows
        ]
    return [one for one in met if same(look, one.look)]


def forget(database: Database) -> None:
    """Forget every picture that is not of a badge in the wallet."""
    with database.writing() as connection:
        connection.execute(delete(pictures).where(pictures.c.credential_id.is_(None)))
