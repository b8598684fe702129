"""A list put into the queue: read in a worker, and kept until its reader forgets it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import anyio

from verifier.errors import Malformed, TooCostly
from wallet_server.services import Services
from wallet_server.store import sweep_rows, sweeps
from wallet_server.sweeping.listed import ROWS, Asked, Listed, Row
from wallet_server.sweeping.lists import read
from wallet_server.verification import now

_COSTLY = "Reading “{name}” would take more work than any list needs, so it was stopped."
_TOO_MANY = (
    f"There are {sweeps.MOST} sweeps already. They hold what others gave you: forget those that "
    "you need no more, and begin again."
)
_NOTHING = "Nothing is in it that could be checked: no row of a list, and no file."
_TOO_LONG = f"This holds more than {ROWS} rows and files. Sweep it in parts."

#: What a file is called, and what reads it when its turn comes: no more than one is held at once.
Files = Sequence[tuple[str, Callable[[], bytes]]]


async def bring(
    parts: Services, name: str, files: Files, named: Mapping[str, str], sha256: str | None = None
) -> str:
    """Put everything in `files` into the queue, as one sweep; its id. With one file, what is wrong
    with it is said; among several it is a row of the sweep. `named` says what columns are. With a
    `sha256` it is a command's, which finds it again by that.

    Raises `Malformed`: as `lists.read` does, `sweep.many`, `sweep.empty` and `list.size`.
    """
    database = parts.database
    identifier = await anyio.to_thread.run_sync(sweeps.begin, database, name, sha256, now())
    if identifier is None:
        raise Malformed("sweep.many", _TOO_MANY)
    try:
        await _add(parts, identifier, files, named)
    except Malformed:
        await anyio.to_thread.run_sync(sweeps.forget, database, identifier)
        raise
    await anyio.to_thread.run_sync(sweeps.listed_all, database, identifier, now())
    parts.swept.ring()
    return identifier


async def _add(parts: Services, identifier: str, files: Files, named: Mapping[str, str]) -> None:
    count = 0
    for name, content in files:
        try:
            found = await _read(parts, name, content, named, len(files) == 1)
        except Malformed as error:
            if len(files) == 1:
                raise
            found = Listed((), (Row(name, "", Asked(), why=error.says),))
        count += len(found.rows)
        if count > ROWS:
            raise Malformed("list.size", _TOO_LONG)
        await anyio.to_thread.run_sync(sweep_rows.add, parts.database, identifier, found, now())
    if not count:
        raise Malformed("sweep.empty", _NOTHING)


async def _read(
    parts: Services,
    name: str,
    content: Callable[[], bytes],
    named: Mapping[str, str],
    is_alone: bool,
) -> Listed:
    whole = await anyio.to_thread.run_sync(content)
    try:
        return await parts.bench.workers.run(read, whole, name, dict(named), is_alone)
    except TooCostly as error:
        raise Malformed("list.costly", _COSTLY.format(name=name)) from error
