"""What comes back of a sweep: the list itself with what was found beside it, as CSV for a
spreadsheet, or as JSON with whole reports.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from verifier.report import Question
from wallet_server import wire
from wallet_server.store.sweep_lines import Looked
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.formulas import defused
from wallet_server.sweeping.lines import Line
from wallet_server.sweeping.tables import OURS

#: What a row says that was not looked at yet, in place of a verdict.
WAITING = "waiting"
_QUESTIONS = tuple(question.value for question in Question)
COLUMNS = tuple(
    f"{OURS}{name}"
    for name in (
        *("row", "person", "source", "badge", "verdict", "says", "who can mend it", "issued by"),
        *("issued", "expires", *_QUESTIONS, "checked", "checked with"),
    )
)
#: So that spreadsheets read it as what it is.
_MARK = "\ufeff"


def as_csv(one: Sweep, rows: Iterable[Looked]) -> Iterator[bytes]:
    """The list's own columns, then ours; a line a badge, and every row at least once. Every cell
    is quoted, and none is a formula; `formulas.as_it_was` gives back what stood there. Between
    them stands a semicolon where the list has it, since its reader's spreadsheet wants that.
    """
    sign = ";" if one.delimiter == ";" else ","
    yield _written([(*one.columns, *COLUMNS)], sign, _MARK)
    for row in rows:
        own = [row.cells.get(column, "") for column in one.columns]
        yield _written([[*own, *_ours(row, line)] for line in row.lines or (None,)], sign)


def as_json(one: Sweep, rows: Iterable[Looked]) -> Iterator[bytes]:
    """One object, whose `rows` have the whole reports; a row of another's source and person says
    in `same_as` with which it was checked.
    """
    head = wire.encoded(summary(one))
    yield head[:-1] + b', "rows": ['
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + wire.encoded(row_object(row))
    yield b"]}\n"


def summary(one: Sweep) -> dict[str, Any]:
    """A sweep as the contract has it."""
    return {
        "version": wire.VERSION,
        "id": one.id,
        "name": one.name,
        "told": one.told.splitlines(),
        "started_at": one.started_at,
        "stopped_at": one.stopped_at,
        "finished_at": one.finished_at,
        "total": one.total,
        "ready": one.ready,
    }


def row_object(row: Looked) -> dict[str, Any]:
    """A row as the contract has it."""
    return {
        "place": row.place + 1,
        "row": row.label,
        "cells": row.cells,
        "asked": row.asked,
        "source": row.source,
        "state": row.state,
        "checked_at": row.checked_at,
        "same_as": row.same_as,
        "report": row.report,
    }


def _ours(row: Looked, line: Line | None) -> list[str]:
    if line is None:
        return [row.label, "", row.source, "", WAITING, *[""] * (len(COLUMNS) - 5)]
    codes = [*line.codes.split(), *[""] * len(_QUESTIONS)][: len(_QUESTIONS)]
    return [
        row.label,
        line.who,
        row.source,
        line.badge,
        line.verdict or line.error or "",
        line.says,
        line.fix,
        line.issuer,
        line.issued or "",
        line.expires or "",
        *codes,
        row.checked_at or "",
        row.same_as or "",
    ]


def _written(rows: Iterable[Sequence[str]], sign: str, mark: str = "") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, quoting=csv.QUOTE_ALL, delimiter=sign).writerows(
        [defused(cell) for cell in row] for row in rows
    )
    return (mark + target.getvalue()).encode("utf-8", "replace")
