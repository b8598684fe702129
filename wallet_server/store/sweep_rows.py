"""The rows of sweeps: a queue that outlives the process, and what was found of each.

A finding and its lines are written in one transaction, and only for a row that still waits: so a
run that is killed, or two at once, neither lose a row nor tell it twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, delete, func, insert, or_, select, update

from verifier.errors import NoCredential
from wallet_server import wire
from wallet_server.looks import NOT_REACHED
from wallet_server.plain_text import plain
from wallet_server.store.database import Database
from wallet_server.store.schema import sweep_lines, sweep_rows, sweeps
from wallet_server.store.sweeps import finish
from wallet_server.sweeping.lines import FAULT, Line, lines_of
from wallet_server.sweeping.listed import Asked, Listed, Row
from wallet_server.wire import moment

_NAME, _SOURCE, _BATCH = 200, 2000, 500


class Waiting(Struct, frozen=True):
    """A row that is still to be checked."""

    number: int
    sweep: str
    source: str
    content: bytes | None
    asked: Asked


def add(database: Database, identifier: str, part: Listed, now: datetime) -> None:
    """Put the rows of a part of the list behind those that are there; one of a source and person
    that is there already waits for the first.
    """
    at = str(moment(now))
    table = sweep_rows.c
    of = table.sweep == identifier
    with database.writing() as connection:
        held = select(table.sha256, func.min(table.place)).where(of).group_by(table.sha256)
        known = {row[0]: row[1] for row in connection.execute(held)}
        count = select(func.count()).select_from(sweep_rows).where(of)
        for place, row in enumerate(part.rows, connection.execute(count).scalar_one()):
            first = known.setdefault(row.sha256, place)
            values = _row(identifier, place, row, None if first == place else first, at)
            inserted = insert(sweep_rows).returning(table.number)
            number = connection.execute(inserted.values(**values)).scalar_one()
            if row.why:
                told = lines_of(json.loads(values["report"]), row.asked.who)
                _put(connection, identifier, number, place, told)
        _note(connection, identifier, part)


def hosts_waiting(database: Database, identifier: str | None = None) -> list[str]:
    """The hosts for which rows wait, of one sweep or of all that the server looks through."""
    query = select(sweep_rows.c.host).where(*_waits(identifier)).distinct()
    with database.reading() as connection:
        return list(connection.execute(query).scalars())


def next_waiting(database: Database, host: str, identifier: str | None = None) -> Waiting | None:
    """The first row that waits for a host."""
    table = sweep_rows.c
    columns = (table.number, table.sweep, table.source, table.content, table.asked)
    query = select(*columns).where(table.host == host, *_waits(identifier))
    with database.reading() as connection:
        row = connection.execute(query.order_by(table.number).limit(1)).first()
    if row is None:
        return None
    return Waiting(row.number, row.sweep, row.source, row.content, Asked.read(row.asked))


def settle(
    database: Database, waiting: Waiting, report: Mapping[str, Any], text: str, now: datetime
) -> bool:
    """Note what was found of a row, also for those that are the same; whether it still waited.
    `text` is the report as it is kept.
    """
    at = str(moment(now))
    table = sweep_rows.c
    values = {"state": "done", "checked_at": at}
    with database.writing() as connection:
        still = (table.number == waiting.number, table.state == "waiting")
        place = connection.execute(select(table.place).where(*still)).scalar()
        if place is None:
            return False
        this = update(sweep_rows).where(table.number == waiting.number)
        connection.execute(this.values(**values, report=text))
        alike = (table.sweep == waiting.sweep, table.same_as == place, table.state == "waiting")
        same = select(table.number, table.place).where(*alike)
        found = [
            (waiting.number, place),
            *((row.number, row.place) for row in connection.execute(same)),
        ]
        connection.execute(update(sweep_rows).where(*alike).values(**values))
        told = lines_of(report, waiting.asked.who)
        for number, where in found:
            _put(connection, waiting.sweep, number, where, told)
        finish(connection, waiting.sweep, at)
    return True


def again(database: Database, identifier: str) -> int:
    """Let what was not reached or established be checked again; how many rows that are."""
    table, line = sweep_rows.c, sweep_lines.c
    open_ = or_(line.verdict == "unknown", line.error.in_((*NOT_REACHED, FAULT)))
    rows = select(line.row).where(line.sweep == identifier, open_, table.source != "")
    with database.writing() as connection:
        numbers = list(
            connection.execute(
                rows.join_from(sweep_lines, sweep_rows, table.number == line.row).distinct()
            ).scalars()
        )
        for some in _parts(numbers):
            connection.execute(delete(sweep_lines).where(line.row.in_(some)))
            waits = {"state": "waiting", "report": None, "checked_at": None}
            connection.execute(update(sweep_rows).where(table.number.in_(some)).values(**waits))
        if numbers:
            one = update(sweeps).where(sweeps.c.id == identifier)
            connection.execute(one.values(finished_at=None, stopped_at=None, sha256=None))
    return len(numbers)


def checked_since(database: Database, identifier: str, since: datetime) -> int:
    """How many rows were done with after a moment."""
    of = (sweep_rows.c.sweep == identifier, sweep_rows.c.checked_at >= str(moment(since)))
    with database.reading() as connection:
        count = select(func.count()).select_from(sweep_rows).where(*of)
        return int(connection.execute(count).scalar_one())


def _waits(identifier: str | None) -> tuple[ColumnElement[bool], ...]:
    """What makes a row wait: of one sweep, whoever stopped it, or of all of the server's."""
    table = sweep_rows.c
    waits = (table.state == "waiting", table.same_as.is_(None))
    if identifier is not None:
        return (*waits, table.sweep == identifier)
    going_on = select(sweeps.c.id).where(
        sweeps.c.listed_at.is_not(None),
        sweeps.c.finished_at.is_(None),
        sweeps.c.stopped_at.is_(None),
        sweeps.c.sha256.is_(None),
    )
    return (*waits, table.sweep.in_(going_on))


def _row(identifier: str, place: int, row: Row, same_as: int | None, at: str) -> dict[str, Any]:
    values: dict[str, Any] = {
        "sweep": identifier,
        "place": place,
        "label": plain(row.label, _NAME),
        "cells": json.dumps(dict(row.cells)),
        "asked": row.asked.written(),
        "source": plain(row.source, _SOURCE) if row.content is not None else row.source,
        "content": row.content,
        "sha256": row.sha256,
        "same_as": same_as,
        "host": row.host,
        "state": "waiting",
    }
    if row.why:
        error = wire.error_object("", NoCredential("not_a_badge", row.why))
        values |= {"state": "done", "same_as": None, "report": wire.line(error), "checked_at": at}
    return values


def _put(
    connection: Connection, identifier: str, number: int, place: int, told: Sequence[Line]
) -> None:
    of = {"sweep": identifier, "row": number, "place": place}
    rows = [
        {**of, "part": part, "rank": line.rank, **asdict(line)} for part, line in enumerate(told)
    ]
    connection.execute(insert(sweep_lines), rows)


def _note(connection: Connection, identifier: str, part: Listed) -> None:
    """Columns and sentences of what was added, each once."""
    this = select(sweeps.c.columns, sweeps.c.told).where(sweeps.c.id == identifier)
    row = connection.execute(this).one()
    if row.columns == "[]" and part.columns:  # as the first list in it is written
        written = {"delimiter": part.delimiter}
        connection.execute(update(sweeps).where(sweeps.c.id == identifier).values(**written))
    columns = dict.fromkeys((*json.loads(row.columns), *part.columns))
    told = dict.fromkeys(
        (*filter(None, row.told.split("\n")), *(plain(one, _SOURCE) for one in part.told))
    )
    values = {"columns": json.dumps(list(columns)), "told": "\n".join(told)}
    connection.execute(update(sweeps).where(sweeps.c.id == identifier).values(**values))


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    """A few at a time, as any database takes them."""
    for start in range(0, len(numbers), _BATCH):
        yield numbers[start : start + _BATCH]
