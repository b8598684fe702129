"""A server as a user starts it: the command in a process of its own, reached over HTTP."""

import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx2
import pytest
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import delete, text

from tests.server.forking import Forked
from tests.server.made_up import write_web
from tests.server.owner import home, pool, run, serving
from tests.server.postgres import Server as PostgresServer
from tests.server.stores import Store, database, kind, new_store, postgres_server, store
from wallet_server.store.database import Database
from wallet_server.store.schema import metadata

# fixtures that live in files of their own
__all__ = [
    "database",
    "home",
    "kind",
    "new_store",
    "pool",
    "postgres_server",
    "serving",
    "store",
]
#: Seconds after which what should be there is not coming, on the busiest of machines.
PATIENCE = 60
#: Whom a client trusts that nothing else was told: read once, since each client would read it anew.
USUAL_TRUST = ssl.create_default_context()
Process = subprocess.Popen[bytes] | Forked
#: What Python is told so that it starts a server as a user starts it.
ANEW = ("-m", "wallet_server")
EXTENSION = "chrome-extension://abcdefghijklmnopabcdefghijklmnop"


class Served(Struct):
    """A running server: where it is, what it printed, where its wallet lies, and over https whose
    certificate to trust.
    """

    address: str
    printed: str
    store: Store
    process: Process
    trust: ssl.SSLContext | None = None

    @property
    def data(self) -> Path:
        """Its data folder."""
        return self.store.data

    @property
    def code(self) -> str:
        """The pairing code it printed."""
        found = re.search(r"Pairing code\s+(\S+)", self.printed)
        assert found
        return found[1]

    @property
    def wallet_link(self) -> str:
        """The link that opens the wallet's pages."""
        found = re.search(r"https?://\S+/wallet/open/\S+", self.printed)
        assert found
        return found[0]

    def client(self, token: str | None = None, **headers: str) -> httpx2.Client:
        """A client of this server, paired if it has a token."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if token is not None:
            given["Authorization"] = f"Bearer {token}"
        return httpx2.Client(
            base_url=self.address,
            headers=given,
            trust_env=False,
            timeout=PATIENCE,
            verify=self.trust or USUAL_TRUST,
        )

    def printed_again(self) -> str:
        """What `touchstone pair` prints."""
        done = run("pair", "--data", self.data, environment=self.store.environment)
        assert done.exit_code == 0, done.output
        return done.output

    def new_code(self) -> str:
        """A fresh pairing code, as `touchstone pair` prints it."""
        found = re.search(r"Pairing code\s+(\S+)", self.printed_again())
        assert found
        return found[1]

    def pair(self, origin: str | None = None) -> str:
        """A token, got with a fresh code."""
        headers = {} if origin is None else {"Origin": origin}
        with self.client(**headers) as client:
            answer = client.post("/api/pair", json={"code": self.new_code()})
        assert answer.status_code == 200, answer.text
        token = answer.json()["token"]
        assert isinstance(token, str)
        return token

    def as_new(self) -> "Served":
        """The same with an empty wallet, nobody paired, no lists, and a code and a link unused.

        Which issuers it met it still knows, until it is stopped.
        """
        shutil.rmtree(self.data / "trust", ignore_errors=True)
        database = Database(self.store.where)
        with database.writing() as connection:
            for table in reversed(metadata.sorted_tables):
                connection.execute(delete(table))
            connection.execute(text("DELETE FROM search"))
        database.close()
        return replace(self, printed=self.printed_again())

    def complaints(self) -> str:
        """Everything it wrote to standard error so far."""
        return _errors(self.data.parent).read_text(encoding="utf-8")

    def stop(self) -> str:
        """End it as a service manager would; everything it wrote to standard error."""
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)
        return self.complaints()


def start(
    folder: Path, *options: str, store: Store | None = None, python: Sequence[str] = ()
) -> Served:
    """Start a server on a free port with the made-up web under `folder`, its wallet in `store`; by
    a Python that is told this, and has to import everything as a user's has, or forked.
    """
    store = store or Store(folder / "data")
    folder.mkdir(parents=True, exist_ok=True)
    serve = ("serve", "--port", "0", "--data", str(store.data), *options)
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **store.environment}
    written = folder / "printed.txt"
    process: Process
    if python:
        command = [sys.executable, *python, *serve]
        with _errors(folder).open("w") as errors, written.open("w") as out:
            process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
    else:
        process = Forked(*serve, environment=environment, printed=written, errors=_errors(folder))
    until = time.monotonic() + PATIENCE
    while "the link opens it" not in (printed := written.read_text(encoding="utf-8")):
        if process.poll() is not None or time.monotonic() > until:
            process.kill()
            process.communicate(timeout=PATIENCE)
            errors_then = _errors(folder).read_text(encoding="utf-8")
            pytest.fail(f"the server did not start: {printed}{errors_then}")
        time.sleep(0.02)
    found = re.search(r"running at (\S+)", printed)
    assert found
    return Served(found[1], printed, store, process)


def _errors(folder: Path) -> Path:
    return folder / "errors.txt"


def options_for(folder: Path) -> tuple[str, ...]:
    """Options by which the made-up web is the whole web, and its issuer is known."""
    web = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    return (*web, "--no-default-trust")


@pytest.fixture(scope="session")
def standing_on_a_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the made-up web, for all tests to use in turn."""
    folder = tmp_path_factory.mktemp("standing")
    write_web(folder / "web")
    server = start(folder, *options_for(folder), store=Store(folder / "data"))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="session")
def standing_on_a_postgres(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """The same with its wallet in a PostgreSQL."""
    folder = tmp_path_factory.mktemp("standing")
    write_web(folder / "web")
    store = Store(folder / "data", postgres_server.database())
    server = start(folder, *options_for(folder), store=store)
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def standing(kind: str, request: pytest.FixtureRequest) -> Served:
    """The one of the two that is asked for."""
    where = "file" if kind == "sqlite" else "postgres"
    server: Served = request.getfixturevalue(f"standing_on_a_{where}")
    return server


@pytest.fixture
def lent(standing: Served) -> Iterator[Served]:
    """The same, emptied for this test alone."""
    before = standing.complaints()
    yield standing.as_new()
    assert standing.complaints() == before, "the server complained"


@pytest.fixture(scope="module")
def served(standing: Served) -> Iterator[Served]:
    """A server for the tests of one file, with the made-up web."""
    before = standing.complaints()
    yield standing.as_new()
    assert standing.complaints() == before, "the server complained"


@pytest.fixture(scope="module")
def token(served: Served) -> str:
    """A token without an origin, as a script has it."""
    return served.pair()


@pytest.fixture(scope="module")
def paired(served: Served, token: str) -> Iterator[httpx2.Client]:
    """A client that was paired."""
    with served.client(token) as client:
        yield client


@pytest.fixture
def fresh(start_with: Callable[[Store], Served], store: Store) -> Callable[[], Served]:
    """Starts servers that end with the test; each finds the wallet of the one before."""
    return lambda: start_with(store)


@pytest.fixture
def start_with(tmp_path: Path) -> Iterator[Callable[[Store], Served]]:
    """Starts servers that end with the test."""
    servers: list[Served] = []

    def started(store: Store) -> Served:
        write_web(tmp_path / "web")
        servers.append(start(tmp_path, *options_for(tmp_path), store=store))
        return servers[-1]

    yield started
    for server in servers:
        if server.process.poll() is None:
            server.stop()
