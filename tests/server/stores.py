"""The two places where a wallet may be kept, for tests that have to hold in both.

A file says `pytestmark = BOTH`, and everything in it runs twice; so does a test marked with it. The
PostgreSQL is started once for whoever asks first, and gives every server a database of its own.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from msgspec import Struct
from sqlalchemy import Connection, create_engine

from tests.server import postgres
from wallet_server.store.address import PostgresAddress, Where, read_address
from wallet_server.store.database import MIGRATIONS, Database
from wallet_server.store.postgres import connected

BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"], indirect=True, scope="module")


class Store(Struct, frozen=True):
    """Where one wallet is kept: the data folder of its owner, and the URL of a database if it is
    not a file there.
    """

    data: Path
    url: str | None = None

    @property
    def where(self) -> Where:
        """What `Database` takes."""
        return self.data / "wallet.sqlite3" if self.url is None else read_address(self.url)

    @property
    def environment(self) -> dict[str, str]:
        """What tells a server or a command."""
        return {} if self.url is None else {"TOUCHSTONE_DATABASE": self.url}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds, around the wallet's own code."""
        with self.opened() as execute:
            return [tuple(row) for row in execute(query)]

    @contextmanager
    def opened(self) -> Iterator[Callable[[str], Any]]:
        """A connection that bypasses the wallet's own code; each statement a transaction."""
        if self.url is not None:
            with closing(postgres.connected(self.url)) as server:
                yield lambda query: server.execute(query.encode())
        else:
            path = self.data / "wallet.sqlite3"
            with closing(sqlite3.connect(path, isolation_level=None)) as file:
                yield file.execute


@contextmanager
def older(store: Store, step: str) -> Iterator[Connection]:
    """One transaction in a wallet as the version that ended with `step` left it."""
    if isinstance(store.where, PostgresAddress):
        engine = connected(store.where, 10)
    else:
        store.data.mkdir()
        engine = create_engine(f"sqlite:///{store.where}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two; a file unless a test is marked with `BOTH`, or everything is run on the
    one that `TOUCHSTONE_TEST_STORE` names.
    """
    return str(getattr(request, "param", os.environ.get("TOUCHSTONE_TEST_STORE", "sqlite")))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A PostgreSQL that this process started; a failure where there is none to be had."""
    try:
        with postgres.running() as server:
            yield server
    except SystemExit as error:
        pytest.fail(str(error))


NewStore = Callable[[Path], Store]


@pytest.fixture(scope="module")
def new_store(kind: str, request: pytest.FixtureRequest) -> NewStore:
    """Gives a data folder a store without anything in it."""
    if kind == "sqlite":
        return Store
    server: postgres.Server = request.getfixturevalue("postgres_server")
    return lambda data: Store(data, server.database())


@pytest.fixture
def store(new_store: NewStore, tmp_path: Path) -> Store:
    """An empty one, with a folder of its own."""
    return new_store(tmp_path / "data")


@pytest.fixture
def database(store: Store) -> Iterator[Database]:
    """An empty wallet."""
    opened = Database(store.where)
    yield opened
    opened.close()
