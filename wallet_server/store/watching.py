"""The queue of what is to be checked again, and what becomes of each check: one transaction keeps
the finding, what changed with it, and when to look next. So a run that is killed leaves nothing
half done, and whatever it did not reach is still due.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, func, select, update

from verifier.dates import read_moment
from verifier.model import Document, Request
from verifier.report import Report
from wallet_server import wire
from wallet_server.store import cards, checks, events, schema
from wallet_server.store.checks import Finding
from wallet_server.store.database import Database
from wallet_server.store.schema import HERE, credentials
from wallet_server.watch import changes, schedule
from wallet_server.watch.codes import Change

#: Checks of one credential that are looked back through.
BACK = 50
#: Of a long queue, how much is taken at a time.
TAKEN = 200


class Due(Struct, frozen=True):
    """One credential that is to be checked again; `host` was asked first the last time, if any."""

    id: str
    host: str | None


class Past(Struct, frozen=True):
    """What is known of a credential from before: the last report that answered, and since when
    nobody has.
    """

    answered: Mapping[str, Any] | None = None
    silent_since: datetime | None = None


def take(
    connection: Connection,
    credential_id: str,
    report: Report,
    rested_on: Mapping[Request, Document],
    now: datetime,
) -> tuple[Change, ...]:
    """Keep what was found of a credential at `now`, to the second; what has changed. Its row is
    there already, and its card is left to `cards.refresh`.
    """
    after = json.loads(wire.line(wire.report_object(report)))
    past = _past(connection, credential_id)
    checks.record(connection, credential_id, report, rested_on, now)
    happened = tuple(_happened(connection, credential_id, past, after, now))
    events.add(connection, credential_id, happened, now)
    quiet = [one.retry_at for one in rested_on.values() if one.retry_at is not None]
    since = past.silent_since or now
    turn = schedule.next_check(
        after, since=since, now=now, key=credential_id, quiet=max(quiet, default=None)
    )
    _turn(connection, credential_id, turn)
    return happened


def keep(
    database: Database,
    credential_id: str,
    report: Report,
    rested_on: Mapping[Request, Document],
    now: datetime,
) -> tuple[Change, ...]:
    """The same in a transaction of its own, the card with it; nothing for a credential that was
    deleted meanwhile.
    """
    with database.writing() as connection:
        of = select(credentials.c.card).where(credentials.c.id == credential_id)
        if connection.execute(of).first() is None:
            return ()
        happened = take(connection, credential_id, report, rested_on, now)
        cards.refresh(connection, connection.execute(of).scalar_one())  # perhaps another by now
    return happened


def due(database: Database, now: datetime) -> list[Due]:
    """What is to be checked by now, the longest due first."""
    query = (
        select(credentials.c.id)
        .where(credentials.c.next_check_at <= wire.moment(now))
        .order_by(credentials.c.next_check_at, credentials.c.id)
        .limit(TAKEN)
    )
    with database.reading() as connection:
        found = connection.execute(query).scalars().all()
        return [Due(one, _host(checks.newest(connection, one))) for one in found]


def count_due(database: Database, now: datetime) -> int:
    """How many are to be checked by now."""
    query = select(func.count()).where(credentials.c.next_check_at <= wire.moment(now))
    with database.reading() as connection:
        return int(connection.execute(query).scalar_one())


def count(database: Database) -> int:
    """How many are watched at all."""
    query = select(func.count()).where(credentials.c.next_check_at.is_not(None))
    with database.reading() as connection:
        return int(connection.execute(query).scalar_one())


def first_due(database: Database) -> datetime | None:
    """When the next one is to be checked."""
    with database.reading() as connection:
        found = connection.execute(select(func.min(credentials.c.next_check_at))).scalar()
    return None if found is None else read_moment(found)


def postpone(database: Database, credential_id: str, until: datetime) -> None:
    """Check one later: nothing was found out."""
    with database.writing() as connection:
        _turn(connection, credential_id, until)


def ask_again(database: Database, now: datetime) -> int:
    """Let everything be due that is watched at all; how many that are."""
    watched = credentials.c.next_check_at.is_not(None)
    with database.writing() as connection:
        sooner = update(credentials).where(watched, credentials.c.next_check_at > wire.moment(now))
        connection.execute(sooner.values(next_check_at=wire.moment(now)))
        every = select(func.count()).select_from(credentials).where(watched)
        return int(connection.execute(every).scalar_one())


def _turn(connection: Connection, credential_id: str, turn: datetime | None) -> None:
    moved = update(credentials).where(credentials.c.id == credential_id)
    at = None if turn is None else wire.moment(turn.replace(microsecond=0))
    connection.execute(moved.values(next_check_at=at))


def _past(connection: Connection, credential_id: str) -> Past:
    """From the checks that were made here: what a backup tells is nobody's answer."""
    since = None
    for finding in checks.latest(connection, credential_id, BACK):
        if not changes.is_silent(finding.report):
            return Past(finding.report, since)
        since = read_moment(finding.at)
    return Past(None, since)


def _happened(
    connection: Connection,
    credential_id: str,
    past: Past,
    after: Mapping[str, Any],
    now: datetime,
) -> Iterator[Change]:
    told = events.last_of(connection, credential_id, ("gone", "back")) == "gone"
    if changes.is_silent(after):
        since = past.silent_since or now
        if not told and now - since >= schedule.DAY:
            yield changes.silence(since, tuple(_unanswered(after)))
        return
    if told:
        yield changes.back(past.silent_since or now)
    if past.answered is not None:
        yield from changes.changes(past.answered, after)
    elif past.silent_since is not None:
        yield changes.first_answer(after)
    soon = schedule.ending(after, now, events.ends_told(connection, credential_id))
    if soon is not None and _leads(connection, credential_id):
        yield soon


def _leads(connection: Connection, credential_id: str) -> bool:
    """Whether it is the one that its card shows: an award in two forms ends once."""
    leading = select(schema.cards.c.number).where(schema.cards.c.lead == credential_id)
    return connection.execute(leading).first() is not None


def _unanswered(report: Mapping[str, Any]) -> Iterator[str]:
    """The hosts that gave no answer, each once."""
    asked = [one for one in report["contacted"] if (one["status"] or 500) >= 400]
    yield from dict.fromkeys(one["url"].split("/")[2] for one in asked)


def _host(finding: Finding | None) -> str | None:
    """Of a check made here: what a backup tells of may name what is no address."""
    asked = finding.report["contacted"] if finding is not None and finding.origin == HERE else []
    return str(asked[0]["url"]).split("/")[2] if asked else None
