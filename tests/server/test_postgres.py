"""A wallet in a PostgreSQL: its address, its outages, its rules; and no password said anywhere."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.server import postgres
from tests.server.conftest import Served
from tests.server.made_up import GOOD, assertion
from tests.server.owner import Serve
from tests.server.stores import BOTH, Store
from tests.server.web import FakeWeb, answer
from wallet_server.cli import main
from wallet_server.settings import Misconfigured, from_environment
from wallet_server.store import access
from wallet_server.store.address import read_address
from wallet_server.store.database import Database, OutOfReach
from wallet_server.store.schema import cards, owner
from wallet_server.store.sightings import Sightings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = "Kx9wQz"  # noqa: S105 stands in every part of an address that may be a password
ON_POSTGRES = pytest.mark.parametrize("kind", ["postgresql"], indirect=True, scope="module")


def touchstone(url: str, *arguments: str | Path) -> Result:
    """What the command says where `url` is the wallet's address."""
    given = [str(one) for one in arguments]
    return CliRunner().invoke(main, given, env={"TOUCHSTONE_DATABASE": url})


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:pw@db.example:5433/wallet", "postgresql://me@db.example:5433/wallet"),
        ("postgres://me@db.example/wallet", "postgresql://me@db.example/wallet"),
        ("postgresql:///wallet", "postgresql:///wallet"),
        ("postgresql:///wallet?host=/run/postgresql", "postgresql:///wallet"),
        ("postgresql://[::1]:5433/wallet", "postgresql://[::1]:5433/wallet"),
        ("postgresql://me:p%40s%2F@h/wallet?sslmode=verify-full", "postgresql://me@h/wallet"),
        ("postgresql://me:a:b@h/my%20wallet", "postgresql://me@h/my wallet"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    where = from_environment({"TOUCHSTONE_DATABASE": url, "TOUCHSTONE_DATA": "x"}).database
    assert str(where) == shown
    assert "pw" not in repr(where)
    assert "p@s/" not in repr(where)


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://me:{SECRET}@h/wallet",
        f"postgresql://me:{SECRET}@h",
        f"postgresql://me:{SECRET}@h/",
        f"postgresql://me:{SECRET}@h:x/wallet",
        f"postgresql://me:{SECRET}@h:99999/wallet",
        f"postgresql://me:{SECRET}@h:0/wallet",
        f"postgresql://me:p@{SECRET}@h/wallet",
        f"postgresql://me:p/{SECRET}@h/wallet",
        f"postgresql://me:12/{SECRET}@h/wallet",
        f"postgresql://me:12?{SECRET}@h/wallet",
        f"postgresql://me:p#{SECRET}@h/wallet",
        f"postgresql://me:p {SECRET}@h/wallet",
        f"postgresql://me:p%{SECRET}@h/wallet",
        f"postgresql://me:%00{SECRET}@h/wallet",
        f"postgresql://me:%ff{SECRET}@h/wallet",
        f"postgresql://me@h/wallet?password={SECRET}",
        f"postgresql://me@h/wallet?sslpassword={SECRET}",
        f"postgresql://me@h/wallet?{SECRET}",
        f"{SECRET}",
    ],
)
def test_an_address_that_may_be_read_in_two_ways_is_refused_and_not_quoted(url: str) -> None:
    with pytest.raises(Misconfigured, match="TOUCHSTONE_DATABASE") as refused:
        from_environment({"TOUCHSTONE_DATABASE": url, "TOUCHSTONE_DATA": "x"})
    assert SECRET not in str(refused.value)
    said = touchstone(url, "serve", "--port", "0")
    assert said.exit_code == 1
    assert "TOUCHSTONE_DATABASE" in said.output
    assert SECRET not in said.output


def wrong(server: postgres.Server) -> dict[str, tuple[str, str]]:
    """Addresses at which there is no wallet to be had, and what is said of each."""
    right = server.database()
    password = quote(postgres.PASSWORD, safe="")
    with closing(postgres.connected(right)) as connection:
        connection.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'")
        connection.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    return {
        "password": (right.replace(password, SECRET), "password authentication failed"),
        "database": (server.address("nowhere"), "does not exist"),
        "port": (right.replace(str(server.port), "9"), "can't be opened"),
        "letters": (server.database("ENCODING 'LATIN1' LOCALE 'C'"), "LATIN1"),
        "guest": (right.replace(f"touchstone:{password}", "guest:guest"), "permission denied"),
        "tls": (f"{right}?sslmode=require", "SSL"),
    }


def test_what_can_not_be_opened_is_said_without_a_password(
    postgres_server: postgres.Server, tmp_path: Path
) -> None:
    for what, (url, says) in wrong(postgres_server).items():
        for command in (("serve", "--port", "0"), ("pair",)):
            said = touchstone(url, *command, "--data", tmp_path)
            assert said.exit_code == 1, what
            assert says in said.output, what
            assert "administrator" in said.output or "TOUCHSTONE_DATABASE" in said.output, what
            assert SECRET not in said.output
            assert postgres.PASSWORD not in said.output
            assert said.exception is None or "Traceback" not in said.output


@ON_POSTGRES
def test_the_socket_of_this_machine_will_do(store: Store, postgres_server: postgres.Server) -> None:
    assert store.url is not None
    name = f"127.0.0.1:{postgres_server.port}"
    url = store.url.replace(name, f":{postgres_server.port}")
    database = Database(read_address(f"{url}?host={postgres_server.socket}"))
    assert access.new_code(database, NOW)
    database.close()


@BOTH
def test_who_writes_is_alone_from_the_start(store: Store) -> None:
    """Ten writers, over two connections' worth of programs, each on what it read."""
    ours, theirs = Database(store.where), Database(store.where)

    def write(number: int) -> None:
        with (ours, theirs)[number % 2].writing() as connection:
            count = connection.execute(select(func.count()).select_from(owner)).scalar_one()
            connection.execute(insert(owner).values(kind="name", value=f"{count}"))

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(40)))
    assert store.rows("SELECT count(DISTINCT value) FROM owner") == [(40,)]
    ours.close()
    theirs.close()


@BOTH
def test_a_view_stays_what_it_was(database: Database, store: Store) -> None:
    count = select(func.count()).select_from(owner)
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 0
        with database.writing() as other:
            other.execute(insert(owner).values(kind="name", value="Ada"))
        assert connection.execute(count).scalar() == 0
    with database.reading() as connection:
        assert connection.execute(count).scalar() == 1


@BOTH
def test_a_name_with_what_no_name_has_is_kept(database: Database, store: Store) -> None:
    with database.writing() as connection:
        connection.execute(insert(owner).values(kind="name", value="A\0da"))
    assert len(store.rows("SELECT value FROM owner")) == 1


@ON_POSTGRES
def test_what_is_too_long_for_it_is_no_outage(database: Database) -> None:
    """An outage is waited out, and this would be waited for in vain, with all that comes after."""
    noise = "".join(sha256(bytes([number])).hexdigest() for number in range(99))
    row = {"lead": "0" * 32, "kind": "other", "verdict": "unknown", "headline": "", "note": ""}
    row |= {"saved_at": "2026-01-01T00:00:00Z", "issuer": noise}
    with pytest.raises(DBAPIError, match="ProgramLimitExceeded"), database.writing() as connection:
        connection.execute(insert(cards).values(**row))


@ON_POSTGRES
def test_an_acknowledged_write_is_on_disk_whatever_is_the_custom_there(store: Store) -> None:
    with store.opened() as execute:
        execute(
            "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', "
            "current_database()); END $$"
        )
    database = Database(store.where)
    with database.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
    database.close()


def test_text_is_compared_by_its_bytes_whatever_the_language(
    postgres_server: postgres.Server,
) -> None:
    url = postgres_server.database("LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    database = Database(read_address(url))
    with database.writing() as connection:
        for value in ("b", "B", "a", "é", "C"):
            connection.execute(insert(owner).values(kind="name", value=value))
    with database.reading() as connection:
        ordered = connection.execute(select(owner.c.value).order_by(owner.c.value)).scalars()
        assert list(ordered) == ["B", "C", "a", "b", "é"]
    database.close()


@pytest.fixture
def own_server() -> Iterator[postgres.Server]:
    """A PostgreSQL of the test's own, which it may stop."""
    with postgres.running() as server:
        yield server


def test_an_outage_loses_nothing_and_passes(
    own_server: postgres.Server, tmp_path: Path, start_with: Callable[[Store], Served]
) -> None:
    served = start_with(Store(tmp_path / "data", own_server.database()))
    path = "/api/wallet/credentials"
    with served.client(served.pair()) as client:
        kept = []
        for number in range(5):
            text = json.dumps(assertion(f"kept-{number}"))
            kept.append(client.post(path, json={"credential": text}).json()["id"])
        own_server.stop(signal.SIGKILL)
        for answer_ in (client.get(path), client.post(path, json={"url": GOOD})):
            assert answer_.status_code == 503
            error = answer_.json()["error"]
            assert error["code"] == "store"
            assert "try again" in error["says"]
        own_server.start()
        found = client.get(path)
        assert found.status_code == 200, found.text
        assert {entry["id"] for entry in found.json()["credentials"]} == set(kept)
        assert client.post(path, json={"url": GOOD}).status_code == 201
    errors = served.stop()
    assert errors == ""
    for secret in (postgres.PASSWORD, quote(postgres.PASSWORD, safe="")):
        assert secret not in served.printed


def test_who_is_cut_off_while_writing_wrote_nothing(own_server: postgres.Server) -> None:
    database = Database(read_address(own_server.database()))

    def write() -> None:
        with database.writing() as connection:
            connection.execute(insert(owner).values(kind="name", value="Ada"))
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(OutOfReach):
        write()
    with database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(owner)).scalar() == 0
    database.close()


@ON_POSTGRES
def test_the_command_remembers_where_there_is_a_wallet(
    store: Store, home: Path, serving: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = answer(as_json(MEADOW.did_document()), Content_Type="application/did+json")
    assert store.url is not None
    monkeypatch.setenv("TOUCHSTONE_DATABASE", store.url)

    def verified(said: str = "") -> None:
        done = CliRunner().invoke(main, ["verify", str(home / "badge.json"), "--json"])
        assert json.loads(done.stdout)["checks"][0]["code"] == "signature"
        assert said in done.stderr
        assert bool(said) is bool(done.stderr)
        assert postgres.PASSWORD not in done.stderr

    def steps() -> None:
        verified()
        assert store.rows("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
        Database(store.where).close()
        verified()
        assert (MEADOW.did, "key") in store.rows("SELECT issuer, kind FROM sightings")
        monkeypatch.setenv("TOUCHSTONE_DATABASE", str(store.url).replace("127.0.0.1", "[::1]"))
        verified("can't be read")

    serving(FakeWeb({"/.well-known/did.json": document}), steps)


def test_a_wallet_in_a_file_costs_the_command_none_of_this(home: Path) -> None:
    Database(home / "data" / "wallet.sqlite3").close()
    program = (
        "import atexit, sys; from wallet_server.cli import main; "
        "heavy = {'sqlalchemy', 'psycopg', 'alembic'}; "
        "atexit.register(lambda: print(*heavy & sys.modules.keys(), file=sys.stderr)); "
        "main(['verify', sys.argv[1], '--json'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(home / "badge.json")],
        capture_output=True,
        text=True,
        env={**os.environ, "TOUCHSTONE_DATA": str(home / "data")},
    )
    assert json.loads(done.stdout)["version"] == 1, done.stderr
    assert done.stderr.strip() == ""


@BOTH
def test_what_was_met_is_read_again(database: Database) -> None:
    assert Sightings(database.plainly()).met == {}
    with database.plainly().writing() as execute:
        row = {"issuer": "did:web:a.example", "kind": "key", "value": "v", "method": None}
        for first_seen in ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"):
            execute(
                "INSERT INTO sightings (issuer, kind, value, method, first_seen) VALUES "
                "(:issuer, :kind, :value, :method, :first_seen) ON CONFLICT DO NOTHING",
                {**row, "first_seen": first_seen},
            )
    (met,) = Sightings(database.plainly()).met["did:web:a.example"]
    assert met.first_seen.month == 1
