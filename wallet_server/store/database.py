"""One SQLite file: opened so that what was acknowledged survives a power cut, and kept current."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, exc

from wallet_server.store import search
from wallet_server.store.sightings import Execute, Opened

MIGRATIONS = Path(__file__).parent.parent / "migrations"


class Unusable(Exception):
    """A database that this version can't use; the text says why, and who can mend it how."""


class Database:
    """The wallet's file. Its methods block: call them from a thread."""

    def __init__(self, path: Path) -> None:
        """Open or create `path`, readable by its owner alone, and bring its tables up to date.

        Raises `Unusable` for a file of a newer version, a damaged one, or none that can be written.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise Unusable(
                f"The wallet “{path}” can't be opened: {error.strerror}. Choose another folder "
                "with TOUCHSTONE_DATA or --data, or make this one writable."
            ) from error
        self._engine = _engine(path)
        self._migrate(path)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone in writing from its start; on disk when this returns."""
        with self._engine.connect() as connection:
            connection = connection.execution_options(touchstone_begin="IMMEDIATE")
            with connection.begin():
                yield connection

    def plainly(self) -> Opened:
        """The same file for statements in plain SQL."""
        return _Plainly(self)

    def scrub(self, *, shrink: bool = False) -> None:
        """Leave nothing of what was deleted in the file, which is overwritten there as it is
        deleted, nor in the log beside it; with `shrink` give its room back.
        """
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            if shrink:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _migrate(self, path: Path) -> None:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        try:
            with self.writing() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                search.fill(connection)
        except CommandError as error:
            raise Unusable(
                f"The wallet “{path}” was written by a newer Touchstone. Update this one; nothing "
                "in the wallet was changed."
            ) from error
        except exc.DatabaseError as error:
            raise Unusable(
                f"The wallet “{path}” is damaged or locked: {error.orig}. Nothing in it was "
                "changed; restore it from a backup, or stop the program that holds it."
            ) from error


class _Plainly:
    """Runs plain SQL in the transactions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def reading(self) -> Iterator[Execute]:
        """One consistent view."""
        with self._database.reading() as connection:
            yield connection.exec_driver_sql

    @contextmanager
    def writing(self) -> Iterator[Execute]:
        """One transaction."""
        with self._database.writing() as connection:
            yield connection.exec_driver_sql


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Transactions are ours to begin: sqlite3 would leave changes of tables outside of them."""
    connection.isolation_level = None
    # FULL: with NORMAL the newest commits may be lost when the power fails
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("touchstone_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
