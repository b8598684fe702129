"""What is being brought into the wallet: a queue that outlives the process, what became of each
thing in it, and what was kept though it could not be read.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, and_, case, delete, func, insert, select, update

from wallet_server.imports.found import Found, Item, Unread
from wallet_server.plain_text import plain
from wallet_server.store.database import Database
from wallet_server.store.schema import credentials, import_items, imports, unread
from wallet_server.wire import moment

#: What becomes of a thing: kept, there already, kept unread, not reached, or left out on purpose.
STATES = ("waiting", "kept", "already", "unread", "failed", "left")
#: Imports that are remembered; the lists of older ones are let go, what they kept stays.
REMEMBERED = 50
#: Letters of what a thing is called, and of what is said of it.
LABEL, SAYS = 300, 2000


class Waiting(Struct, frozen=True):
    """A thing that is still to be looked at."""

    number: int
    import_id: str
    item: Item


class Done(Struct, frozen=True):
    """What became of a thing; `says` is a sentence where it is not simply kept. `verdict` is what
    was last found of the credential that it was kept as.
    """

    label: str
    url: str | None
    state: str
    says: str
    credential_id: str | None
    verdict: str | None = None


class Import(Struct, frozen=True):
    """One import. `counts` has a number for each of `STATES`."""

    id: str
    label: str
    started_at: str
    finished_at: str | None
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """Things that are looked at, or were."""
        return sum(self.counts.values()) - self.counts["left"]

    @property
    def ready(self) -> int:
        """Those that are done with."""
        return self.total - self.counts["waiting"]


def begin(database: Database, label: str, found: Iterable[Found], now: datetime) -> str:
    """Put everything found into the queue, in one transaction; the import's id.

    What is unread is kept at once, so that nothing is lost however the rest goes.
    """
    identifier = secrets.token_hex(16)
    at = str(moment(now))
    rows: list[dict[str, Any]] = []
    with database.writing() as connection:
        connection.execute(
            insert(imports).values(id=identifier, label=_label(label), started_at=at)
        )
        for one in found:
            rows += [_row(identifier, item.label, "waiting", "", item) for item in one.items]
            for left in one.unread:
                keep_unread(connection, left, at)
                rows.append(_row(identifier, left.label, "unread", left.why))
            rows += [_row(identifier, "Left out", "left", note) for note in one.notes]
        if rows:
            connection.execute(insert(import_items), rows)
        _finish(connection, identifier, at)
        _forget(connection)
    return identifier


def next_waiting(
    database: Database, besides: Collection[int], identifier: str | None = None
) -> Waiting | None:
    """The longest waiting thing, of one import or of all, that is not one of these numbers."""
    table = import_items.c
    unfinished = select(imports.c.id).where(imports.c.finished_at.is_(None))
    of = table.import_id.in_(unfinished) if identifier is None else table.import_id == identifier
    query = select(table.number, table.import_id, table.label, table.content, table.url).where(
        table.state == "waiting", table.number.not_in(besides), of
    )
    with database.reading() as connection:
        row = connection.execute(query.order_by(table.number).limit(1)).first()
    if row is None:
        return None
    return Waiting(row.number, row.import_id, Item(row.label, row.content, row.url))


def settle(
    database: Database, waiting: Waiting, done: Done, now: datetime, kept: bytes | None = None
) -> bool:
    """Note what became of a thing; `kept` is what is kept of it unread, for the reason `says`.
    Whether it was still on its list: who deletes everything means what was being looked at, too.
    """
    at = str(moment(now))
    table = import_items.c
    values = {
        "state": done.state,
        "says": plain(done.says, SAYS),
        "label": _label(done.label),
        "content": None,
    }
    with database.writing() as connection:
        # numbers are given out again, ids of imports are not
        this = (table.number == waiting.number, table.import_id == waiting.import_id)
        if connection.execute(select(table.number).where(*this)).first() is None:
            return False
        if kept is not None:
            keep_unread(connection, Unread(waiting.item.label, kept, done.says), at)
        # it may have been deleted in the meantime
        still = select(credentials.c.id).where(credentials.c.id == done.credential_id)
        settled = update(import_items).where(table.number == waiting.number)
        kept_as = still.scalar_subquery()
        connection.execute(settled.values(**values, credential_id=kept_as))
        _finish(connection, waiting.import_id, at)
    return True


def again(database: Database, identifier: str) -> bool:
    """Put what was not reached back into the queue; whether there was any."""
    table = import_items.c
    failed = and_(table.import_id == identifier, table.state == "failed", table.url.is_not(None))
    with database.writing() as connection:
        tried = connection.execute(update(import_items).where(failed).values(state="waiting"))
        if tried.rowcount:
            reopened = update(imports).where(imports.c.id == identifier)
            connection.execute(reopened.values(finished_at=None))
    return bool(tried.rowcount)


def forget(database: Database, identifier: str) -> bool:
    """Let go of the list of an import that is done with; whether there was one. What it kept
    stays.
    """
    of = (imports.c.id == identifier, imports.c.finished_at.is_not(None))
    with database.writing() as connection:
        gone = connection.execute(delete(imports).where(*of))
    database.scrub()
    return bool(gone.rowcount)


def is_finished(database: Database, identifier: str) -> bool:
    """Whether nothing of an import waits any more; of one that is gone nothing does."""
    unfinished = (imports.c.id == identifier, imports.c.finished_at.is_(None))
    with database.reading() as connection:
        return connection.execute(select(imports.c.id).where(*unfinished)).first() is None


def find(database: Database, identifier: str) -> tuple[Import, list[Done]] | None:
    """An import and everything in it, in the order in which it was found."""
    table = import_items.c
    columns = (table.label, table.url, table.state, table.says, table.credential_id)
    found = select(*columns, credentials.c.verdict).select_from(
        import_items.outerjoin(credentials, credentials.c.id == table.credential_id)
    )
    of = table.import_id == identifier
    with database.reading() as connection:
        one = connection.execute(_counted().where(imports.c.id == identifier)).first()
        rows = connection.execute(found.where(of).order_by(table.number))
        things = [Done(**row._asdict()) for row in rows]
    return None if one is None else (_import(one), things)


def latest(database: Database, count: int) -> list[Import]:
    """The newest imports."""
    order = (imports.c.started_at.desc(), imports.c.id)
    with database.reading() as connection:
        rows = connection.execute(_counted().order_by(*order).limit(count))
        return [_import(row) for row in rows]


def keep_unread(connection: Connection, left: Unread, at: str) -> None:
    """Keep what could not be read, once."""
    digest = hashlib.sha256(left.content).hexdigest()
    held = select(unread.c.id).where(unread.c.sha256 == digest)
    if connection.execute(held).first() is None:
        row = {"id": secrets.token_hex(16), "sha256": digest, "content": left.content}
        row |= {"label": _label(left.label), "why": plain(left.why, SAYS), "received_at": at}
        connection.execute(insert(unread).values(**row))


def _row(
    identifier: str, label: str, state: str, says: str, item: Item | None = None
) -> dict[str, Any]:
    return {
        "import_id": identifier,
        "label": _label(label),
        "content": None if item is None else item.content,
        "url": None if item is None else item.url,
        "state": state,
        "says": plain(says, SAYS),
        "credential_id": None,
    }


def _label(text: str) -> str:
    """What strangers call a thing, as any database takes it."""
    return plain(text, LABEL)


def _finish(connection: Connection, identifier: str, at: str) -> None:
    """Close an import in which nothing waits any more."""
    table = import_items.c
    left = select(table.number).where(table.import_id == identifier, table.state == "waiting")
    if connection.execute(left.limit(1)).first() is None:
        done = update(imports).where(imports.c.id == identifier)
        connection.execute(done.values(finished_at=at))


def _forget(connection: Connection) -> None:
    order = (imports.c.started_at.desc(), imports.c.id)
    newest = select(imports.c.id).order_by(*order).limit(REMEMBERED).scalar_subquery()
    finished = imports.c.finished_at.is_not(None)
    connection.execute(delete(imports).where(finished, imports.c.id.not_in(newest)))


def _counted() -> Any:  # noqa: ANN401 - a select of SQLAlchemy's with eleven types of its own
    table = import_items.c
    counts = [
        func.coalesce(func.sum(case((table.state == state, 1), else_=0)), 0).label(state)
        for state in STATES
    ]
    joined = imports.outerjoin(import_items, table.import_id == imports.c.id)
    return select(imports, *counts).select_from(joined).group_by(imports.c.id)


def _import(row: Row[Any]) -> Import:
    values = row._asdict()
    counts = {state: int(values.pop(state)) for state in STATES}
    return Import(**values, counts=counts)
