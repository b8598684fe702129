"""Sweeps: lists that are looked through, and how far each is. They hold what others gave to one
reader for one purpose, and are let go of wholly.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Connection,
    Row,
    Select,
    Update,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from wallet_server.plain_text import plain
from wallet_server.store.database import Database
from wallet_server.store.schema import sweep_rows, sweeps
from wallet_server.wire import moment

#: Sweeps that are kept at once: they hold what strangers gave to one reader for one purpose.
MOST = 100
#: Nothing takes longer to be listed.
LISTING = timedelta(hours=1)
_NAME = 200


class Sweep(Struct, frozen=True):
    """One of them, and how far it is; `columns` are its list's own. Moments are RFC 3339. One of a
    command's is looked through by that command alone.
    """

    id: str
    name: str
    columns: tuple[str, ...]
    delimiter: str
    told: str
    is_commands: bool
    started_at: str
    stopped_at: str | None
    finished_at: str | None
    total: int
    ready: int

    @property
    def is_running(self) -> bool:
        """Whether the server looks through it."""
        return not (self.finished_at or self.stopped_at or self.is_commands)


def begin(database: Database, name: str, sha256: str | None, now: datetime) -> str | None:
    """A new sweep, of which nothing is listed yet; its id, `None` where there are too many. With a
    `sha256` it is a command's.

    One that was cut off as it was listed goes: nobody could see it, or let go of it.
    """
    identifier = secrets.token_hex(16)
    long_ago = sweeps.c.started_at < str(moment(now - LISTING))
    same = false() if sha256 is None else sweeps.c.sha256 == sha256
    cut_off = (sweeps.c.listed_at.is_(None), or_(same, long_ago))
    row: dict[str, Any] = {"id": identifier, "sha256": sha256}
    row |= {"name": plain(name, _NAME) or "A list"}
    row |= {"columns": "[]", "delimiter": ",", "told": "", "started_at": str(moment(now))}
    with database.writing() as connection:
        connection.execute(delete(sweeps).where(*cut_off))
        if connection.execute(select(func.count()).select_from(sweeps)).scalar_one() >= MOST:
            return None
        connection.execute(insert(sweeps).values(**row))
    return identifier


def listed_all(database: Database, identifier: str, now: datetime) -> None:
    """All of the list is here: from now on it is looked through."""
    at = str(moment(now))
    with database.writing() as connection:
        connection.execute(update(sweeps).where(sweeps.c.id == identifier).values(listed_at=at))
        finish(connection, identifier, at)


def unfinished(database: Database, sha256: str) -> str | None:
    """A command's sweep that was not looked through to its end, if there is one."""
    of = (
        sweeps.c.sha256 == sha256,
        sweeps.c.finished_at.is_(None),
        sweeps.c.listed_at.is_not(None),
    )
    with database.reading() as connection:
        return connection.execute(select(sweeps.c.id).where(*of)).scalars().first()


def stop(database: Database, identifier: str, now: datetime) -> bool:
    """Leave what waits; whether it was going on."""
    of = (sweeps.c.id == identifier, sweeps.c.finished_at.is_(None), sweeps.c.stopped_at.is_(None))
    return _changed(database, update(sweeps).where(*of).values(stopped_at=str(moment(now))))


def go_on(database: Database, identifier: str) -> bool:
    """Let the server take up one that was stopped, or a command's; whether it is not finished."""
    of = (sweeps.c.id == identifier, sweeps.c.finished_at.is_(None))
    return _changed(database, update(sweeps).where(*of).values(stopped_at=None, sha256=None))


def forget(database: Database, identifier: str) -> bool:
    """Let go of all of it: the list, whom it names, and what was found; whether there was one."""
    with database.writing() as connection:
        gone = bool(connection.execute(delete(sweeps).where(sweeps.c.id == identifier)).rowcount)
    database.scrub()
    return gone


def finish(connection: Connection, identifier: str, at: str) -> None:
    """Close a sweep in which nothing waits any more, within a transaction."""
    table = sweep_rows.c
    left = select(table.number).where(table.sweep == identifier, table.state == "waiting")
    if connection.execute(left.limit(1)).first() is None:
        done = update(sweeps).where(sweeps.c.id == identifier)
        connection.execute(done.values(finished_at=at, stopped_at=None))


def find(database: Database, identifier: str) -> Sweep | None:
    """One of them."""
    with database.reading() as connection:
        row = connection.execute(_counted().where(sweeps.c.id == identifier)).first()
    return None if row is None else _sweep(row)


def forget_all(database: Database) -> int:
    """Let go of every one, also of what was cut off as it was listed; how many they were."""
    with database.writing() as connection:
        gone = connection.execute(delete(sweeps)).rowcount
    database.scrub()
    return gone


def every(database: Database) -> list[Sweep]:
    """Each of them, the newest first."""
    order = (sweeps.c.started_at.desc(), sweeps.c.id)
    with database.reading() as connection:
        return [_sweep(row) for row in connection.execute(_counted().order_by(*order))]


def _changed(database: Database, changing: Update) -> bool:
    with database.writing() as connection:
        return bool(connection.execute(changing).rowcount)


def _counted() -> Select[Any]:
    table = sweep_rows.c
    of = table.sweep == sweeps.c.id
    counted = select(func.count()).select_from(sweep_rows).where(of)
    total = counted.scalar_subquery().label("total")
    ready = counted.where(table.state == "done").scalar_subquery().label("ready")
    return select(sweeps, total, ready).where(sweeps.c.listed_at.is_not(None))


def _sweep(row: Row[Any]) -> Sweep:
    return Sweep(
        row.id,
        row.name,
        tuple(json.loads(row.columns)),
        row.delimiter,
        row.told,
        row.sha256 is not None,
        row.started_at,
        row.stopped_at,
        row.finished_at,
        int(row.total),
        int(row.ready),
    )
