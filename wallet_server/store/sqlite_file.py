"""The wallet's file for the command, which only needs one of its tables: through Python's own
sqlite3, within milliseconds, and never made where there is none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wallet_server.store.sightings import Execute

#: How long another program may hold the file before this one goes on without it.
_SECONDS = 2.0


class SqliteFile:
    """An existing wallet. Its methods raise `sqlite3.Error` for one that is locked or damaged."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=rw"

    def remembers(self) -> bool:
        """Whether it is of a version that has the table."""
        with closing(self._connect()) as connection:
            named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'sightings'"
            return connection.execute(named).fetchone() is not None

    @contextmanager
    def reading(self) -> Iterator[Execute]:
        """One consistent view."""
        with closing(self._connect()) as connection:
            yield connection.execute

    @contextmanager
    def writing(self) -> Iterator[Execute]:
        """One transaction."""
        with closing(self._connect()) as connection, connection:
            yield connection.execute

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._address, uri=True, timeout=_SECONDS)
