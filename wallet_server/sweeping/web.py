"""What the pages and the interface for programs share: changes of a sweep, and its files."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response, StreamingResponse

from wallet_server.refusals import Refusal
from wallet_server.store import sweep_lines, sweep_rows, sweeps
from wallet_server.store.database import Database
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.sheets import as_csv, as_json
from wallet_server.verification import now

#: Files of one sweep, and seconds in which they come in.
FILES, SECONDS = 100, 60.0
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def changed(database: Database, identifier: str, does: str) -> bool:
    """Do with a sweep what a word says; whether there is such a sweep and such a word."""
    if does == "forget":
        return sweeps.forget(database, identifier)
    if sweeps.find(database, identifier) is None or does not in ("stop", "on", "again"):
        return False
    if does == "stop":
        sweeps.stop(database, identifier, now())
    elif does == "on":
        sweeps.go_on(database, identifier)
    else:
        sweep_rows.again(database, identifier)
    return True


def table(database: Database, one: Sweep, form: str) -> Response:
    """Everything that was found, as a file. Raises `Refusal` for a form that there is not."""
    if form not in _TYPES:
        raise Refusal(404, "not_found", "A sweep comes as table.csv or table.json.")
    rows = sweep_lines.looked(database, one.id, with_reports=form == "json")
    written: Iterator[bytes] = as_csv(one, rows) if form == "csv" else as_json(one, rows)
    headers = {"Content-Disposition": f'attachment; filename="sweep-{one.id[:8]}.{form}"'}
    return StreamingResponse(written, media_type=_TYPES[form], headers=headers)
