"""The wallet's file for the command, which only needs one of its tables: through Python's own
sqlite3, within milliseconds, and never made where there is none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from wallet_server.store.errors import OutOfReach
from wallet_server.store.sightings import Execute

#: How long another program may hold the file before this one goes on without it.
SECONDS = 2


class SqliteFile:
    """An existing wallet. Its methods raise `OutOfReach` for one that is locked or damaged."""

    def __init__(self, path: Path) -> None:
        self._address = f"{path.resolve().as_uri()}?mode=rw"

    def remembers(self) -> bool:
        """Whether it is of a version that has the table."""
        with self._connected() as connection:
            named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'sightings'"
            return connection.execute(named).fetchone() is not None

    @contextmanager
    def reading(self) -> Iterator[Execute]:
        """One consistent view."""
        with self._connected() as connection:
            yield connection.execute

    @contextmanager
    def writing(self) -> Iterator[Execute]:
        """One transaction."""
        with self._connected() as connection, connection:
            yield connection.execute

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._address, uri=True, timeout=SECONDS)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise OutOfReach(f"{error}.") from error
