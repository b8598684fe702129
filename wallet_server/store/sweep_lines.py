"""What a sweep found, read back: a page of the table as sorted and filtered, or all of it in the
list's own order.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, field
from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from wallet_server.store.database import Database
from wallet_server.store.schema import sweep_lines, sweep_rows
from wallet_server.sweeping.lines import Line

#: Lines on a page of the table, and rows that are read at once.
PAGE, _BATCH = 100, 100
#: What the table can be sorted by → its column.
SORTS: Mapping[str, ColumnElement[Any]] = {
    "row": sweep_lines.c.place,
    "person": func.lower(sweep_lines.c.who),
    "badge": func.lower(sweep_lines.c.badge),
    "issuer": func.lower(sweep_lines.c.issuer),
    "verdict": sweep_lines.c.rank,
    "expires": sweep_lines.c.expires,
}
_FOUND = ("badge", "issuer", "verdict", "error", "says", "fix", "codes", "issued", "expires", "who")


class Shown(Struct, frozen=True):
    """A line of the table, with its row's place, from 0, and what it is called in the list."""

    place: int
    label: str
    line: Line


class Looked(Struct, frozen=True):
    """A row and what was found of it: nothing, while it waits. `report` is the contract's JSON;
    `same_as` the label of the row with which it was checked.
    """

    place: int
    label: str
    cells: Mapping[str, str]
    asked: Mapping[str, Any]
    source: str
    state: str
    checked_at: str | None
    same_as: str | None
    lines: tuple[Line, ...] = ()
    report: Mapping[str, Any] | None = field(default=None)


def page(
    database: Database, identifier: str, *, sort: str, down: bool, only: str, number: int
) -> tuple[list[Shown], int]:
    """One page of lines (from 0), sorted by a word of `SORTS`, with `only` one verdict or error
    where it is not empty; and how many lines there are in all.
    """
    lines = sweep_lines.c
    of = [lines.sweep == identifier]
    if only:
        of.append(or_(lines.verdict == only, lines.error == only))
    by = SORTS[sort]
    # what ends nowhere comes last either way
    order = (by.is_(None), by.desc() if down else by.asc(), lines.place, lines.part)
    found = [lines[name] for name in _FOUND]
    query = select(lines.place, sweep_rows.c.label, *found).join_from(
        sweep_lines, sweep_rows, sweep_rows.c.number == lines.row
    )
    counted = select(func.count()).select_from(sweep_lines).where(and_(*of))
    with database.reading() as connection:
        rows = connection.execute(
            query.where(and_(*of)).order_by(*order).limit(PAGE).offset(number * PAGE)
        )
        shown = [Shown(row.place, row.label, _line(row)) for row in rows]
        return shown, int(connection.execute(counted).scalar_one())


def counts(database: Database, identifier: str) -> dict[str, int]:
    """How many lines there are of each verdict and error, the gravest first."""
    lines = sweep_lines.c
    word = func.coalesce(lines.verdict, lines.error)
    query = select(word, func.count(), func.min(lines.rank)).where(lines.sweep == identifier)
    with database.reading() as connection:
        rows = connection.execute(query.group_by(word).order_by(func.min(lines.rank)))
        return {str(row[0]): int(row[1]) for row in rows}


def looked(
    database: Database, identifier: str, *, first: int = 0, with_reports: bool = False
) -> Iterator[Looked]:
    """Every row from a place on, in the list's order; a part at a time is held."""
    while True:
        some = list(_looked(database, identifier, first, _BATCH, with_reports))
        yield from some
        if len(some) < _BATCH:
            return
        first += _BATCH


def one(database: Database, identifier: str, place: int) -> Looked | None:
    """One row with its report."""
    return next(_looked(database, identifier, place, 1, True), None)


def _looked(
    database: Database, identifier: str, first: int, count: int, with_reports: bool
) -> Iterator[Looked]:
    rows, lines = sweep_rows.c, sweep_lines.c
    leading = sweep_rows.alias()
    joined = sweep_rows.outerjoin(
        leading, and_(leading.c.sweep == rows.sweep, leading.c.place == rows.same_as)
    )
    plain = ("number", "place", "label", "cells", "asked", "source", "state", "checked_at")
    columns: list[ColumnElement[Any]] = [rows[name] for name in plain]
    columns.append(leading.c.label.label("same_as"))
    if with_reports:
        columns.append(func.coalesce(rows.report, leading.c.report).label("report"))
    within = (rows.sweep == identifier, rows.place >= first, rows.place < first + count)
    query = select(*columns).select_from(joined).where(*within).order_by(rows.place)
    of = (lines.sweep == identifier, lines.place >= first, lines.place < first + count)
    told = select(sweep_lines).where(*of).order_by(lines.place, lines.part)
    with database.reading() as connection:
        found = connection.execute(query).all()
        held: dict[int, list[Line]] = {}
        for line in connection.execute(told):
            held.setdefault(line.row, []).append(_line(line))
    for row in found:
        report = row.report if with_reports and row.state == "done" else None
        yield Looked(
            row.place,
            row.label,
            json.loads(row.cells),
            json.loads(row.asked),
            row.source,
            row.state,
            row.checked_at,
            row.same_as,
            tuple(held.get(row.number, ())),
            None if report is None else json.loads(report),
        )


def _line(row: Row[Any]) -> Line:
    return Line(**{name: getattr(row, name) for name in _FOUND})
