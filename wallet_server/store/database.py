"""The wallet's database: one SQLite file, or a PostgreSQL. Opened so that what was acknowledged
survives a power cut, and kept current.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, exc, text

from wallet_server.store import search
from wallet_server.store.address import PostgresAddress, Where
from wallet_server.store.errors import OutOfReach, Unusable
from wallet_server.store.sightings import Execute, Opened

__all__ = ["MIGRATIONS", "Database", "OutOfReach", "Unusable"]

MIGRATIONS = Path(__file__).parent.parent / "migrations"
#: How long a database may take to answer.
SECONDS = 10
_READING = {"touchstone_begin": "DEFERRED"}
_WRITING = {"touchstone_begin": "IMMEDIATE"}


class Database:
    """The wallet's database. Its methods block: call them from a thread."""

    def __init__(self, where: Where, *, seconds: int = SECONDS, is_current: bool = False) -> None:
        """Open the wallet at `where`, or make it, and bring its tables up to date (unless the
        caller knows it `is_current`). A file is readable by its owner alone.

        Raises `Unusable` for one of a newer version, a damaged one, or none that can be written or
        reached within `seconds`.
        """
        self._where = where
        self._watched: sqlite3.Connection | None = None
        reading: Mapping[str, Any] = _READING
        writing: Mapping[str, Any] = _WRITING
        if isinstance(where, PostgresAddress):
            # imported here, since most wallets are files
            from wallet_server.store import postgres

            self._engine = postgres.connected(where, seconds)
            reading, writing = postgres.READING, postgres.WRITING
        else:
            self._engine = _engine(where, seconds)
        self._reads = self._engine.execution_options(**reading)
        self._writes = self._engine.execution_options(**writing)
        try:
            if not is_current:
                self._migrate()
        except Unusable:
            self.close()
            raise

    @classmethod
    def existing(cls, where: Where, *, seconds: int = SECONDS) -> Database | None:
        """The wallet at `where` if there is one of this very version; nothing is made or changed.

        Raises `Unusable` for one that can't be opened, `OutOfReach` for one that can't be read.
        """
        if isinstance(where, Path) and not where.exists():
            return None
        database = cls(where, seconds=seconds, is_current=True)
        if database._is_newest():
            return database
        database.close()
        return None

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()
        if self._watched is not None:
            self._watched.close()
            self._watched = None

    def version(self) -> int | None:
        """A number that is another one as soon as anything was committed, by whatever process;
        `None` where that can't be told, of a PostgreSQL and of a file that does not answer at once.
        It takes microseconds, so the event loop may ask; nothing else may at the same time.
        """
        if isinstance(self._where, PostgresAddress):
            return None
        try:
            if self._watched is None:
                self._watched = _watching(self._where)
            # https://www.sqlite.org/pragma.html#pragma_data_version: on one connection that itself
            # commits nothing, two equal numbers mean that nobody did
            ((number,),) = self._watched.execute("PRAGMA data_version").fetchall()
        except sqlite3.Error:
            return None
        return int(number)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view. Raises `OutOfReach`."""
        with _answering(), self._reads.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone in writing from its start; on disk when this returns.

        Raises `OutOfReach`, also where others write for too long.
        """
        with _answering(), self._writes.connect() as connection, connection.begin():
            yield connection

    def plainly(self) -> Opened:
        """The same database for statements in plain SQL."""
        return _Plainly(self)

    def scrub(self, *, shrink: bool = False) -> None:
        """Leave nothing of what was deleted in the file, which is overwritten there as it is
        deleted, nor in the log beside it; with `shrink` give its room back. A PostgreSQL does the
        first in its own time, and its log and backups are its administrator's.
        """
        if isinstance(self._where, PostgresAddress):
            if shrink:
                from wallet_server.store.postgres import rewrite

                rewrite(self._engine)
            return
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            if shrink:
                cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _is_newest(self) -> bool:
        newest = ScriptDirectory.from_config(_config()).get_current_head()
        try:
            with self.reading() as connection:
                return MigrationContext.configure(connection).get_current_revision() == newest
        except OutOfReach:
            self.close()
            raise

    def _migrate(self) -> None:
        config = _config()
        try:
            with self._writes.connect() as connection, connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                search.fill(connection)
        except CommandError as error:
            raise Unusable(
                f"The wallet “{self._where}” was written by a newer Touchstone. Update this one; "
                "nothing in the wallet was changed."
            ) from error
        except exc.DBAPIError as error:
            raise Unusable(_refused(error, self._where)) from error


class _Plainly:
    """Runs plain SQL in the transactions of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @contextmanager
    def reading(self) -> Iterator[Execute]:
        """One consistent view."""
        with self._database.reading() as connection:
            yield _plain(connection)

    @contextmanager
    def writing(self) -> Iterator[Execute]:
        """One transaction."""
        with self._database.writing() as connection:
            yield _plain(connection)


def _plain(connection: Connection) -> Execute:
    return lambda statement, values: connection.execute(text(statement), values)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except (exc.OperationalError, exc.TimeoutError) as error:
        if _is_ours(error):
            raise
        raise OutOfReach(
            "The wallet's database does not answer, or is busy. Nothing was changed: try again in "
            "a moment. If that doesn't help, see whether it runs and its disk has room."
        ) from error


def _is_ours(error: exc.SQLAlchemyError) -> bool:
    """Whether what was asked is more than a PostgreSQL ever does (its class 54, "program limit
    exceeded"): a fault of ours, which trying again would only repeat for ever.
    """
    asked = error.orig if isinstance(error, exc.DBAPIError) else None
    return str(getattr(asked, "sqlstate", None) or "").startswith("54")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def _refused(error: exc.DBAPIError, where: Where) -> str:
    """Why the tables could not be brought up to date."""
    if isinstance(where, PostgresAddress):
        from wallet_server.store.postgres import said

        return (
            f"The wallet's database “{where}” refused: {said(error, where)}. Nothing in it was "
            "changed; have its administrator give this user a database of its own."
        )
    return (
        f"The wallet “{where}” is damaged or locked: {error.orig}. Nothing in it was changed; "
        "restore it from a backup, or stop the program that holds it."
    )


def _engine(path: Path, seconds: int) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise Unusable(
            f"The wallet “{path}” can't be opened: {error.strerror}. Choose another folder "
            "with TOUCHSTONE_DATA or --data, or make this one writable."
        ) from error
    engine = create_engine(
        f"sqlite:///{path}", connect_args={"timeout": seconds}, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _watching(path: Path) -> sqlite3.Connection:
    """A connection of its own for nothing but a look at the file's version."""
    address = f"{path.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(
        address, uri=True, timeout=0, isolation_level=None, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Transactions are ours to begin: sqlite3 would leave changes of tables outside of them."""
    connection.isolation_level = None
    # FULL: with NORMAL the newest commits may be lost when the power fails
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("touchstone_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {kind}")
