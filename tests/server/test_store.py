"""The wallet's file: its migrations give its tables, and what it can't read it leaves alone."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from wallet_server.store import access, checks, wallet
from wallet_server.store.database import MIGRATIONS, Database, Unusable
from wallet_server.store.schema import metadata

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_the_migrations_give_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    database = Database(tmp_path / "wallet.sqlite3")
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    database.close()


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """All but the full-text index, whose tables are each database's own."""
    return kind != "table" or not (name or "").startswith("search")


def test_a_wallet_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "made" / "wallet.sqlite3"
    Database(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_newer_wallet_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "wallet.sqlite3"
    Database(path).close()
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(Unusable, match="newer Touchstone"):
        Database(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_wallet_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "wallet.sqlite3"
    path.write_bytes(b"my thesis" * 1000)
    with pytest.raises(Unusable, match="damaged"):
        Database(path)
    assert path.read_bytes() == b"my thesis" * 1000


@pytest.mark.parametrize("where", ["file/wallet.sqlite3", "/proc/nowhere/wallet.sqlite3"])
def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Unusable, match="--data"):
        Database(tmp_path / where)


def test_a_step_that_is_cut_off_is_not_half_done(tmp_path: Path) -> None:
    path = tmp_path / "wallet.sqlite3"
    child = os.fork()
    if child == 0:  # dies between two of the tables
        from alembic.operations import Operations

        original = Operations.create_index
        Operations.create_index = lambda *_, **__: os._exit(9)  # type: ignore[method-assign]
        Database(path)
        Operations.create_index = original  # type: ignore[method-assign]
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    database = Database(path)
    access.new_code(database, NOW)
    database.close()


def test_a_pairing_code_runs_out(tmp_path: Path) -> None:
    database = Database(tmp_path / "wallet.sqlite3")
    code = access.new_code(database, NOW)
    late = NOW + access.CODE_LIFE + timedelta(seconds=1)
    for attempt in (
        lambda: access.redeem(database, code, None, late),
        lambda: access.prove(database, "A" * 22, late),
    ):
        with pytest.raises(access.NoPairing) as refused:
            attempt()
        assert refused.value.code == "code_expired"
    assert access.redeem(database, code, None, NOW + access.CODE_LIFE)
    database.close()


def test_links_and_keys_of_the_pages_run_out(tmp_path: Path) -> None:
    database = Database(tmp_path / "wallet.sqlite3")
    late = NOW + access.TICKET_LIFE + timedelta(seconds=1)
    assert access.open_pages(database, access.new_ticket(database, NOW), late) is None
    key = access.open_pages(database, access.new_ticket(database, NOW), NOW)
    assert key is not None
    assert access.open_pages(database, key, NOW) is None
    assert access.find_grant(database, key, NOW + access.PAGE_LIFE) is not None
    assert access.find_grant(database, key, NOW + access.PAGE_LIFE + timedelta(seconds=1)) is None
    database.close()


def test_codes_are_of_an_alphabet_that_people_copy(tmp_path: Path) -> None:
    database = Database(tmp_path / "wallet.sqlite3")
    codes = {access.new_code(database, NOW) for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert len(code) == 9
        assert set(code.replace("-", "")) <= set(access.ALPHABET)
        assert access.normalised(code) == code.replace("-", "")
    assert access.normalised("k7qf-3mxd") == "K7QF3MXD"
    assert access.normalised("oi1l 0000") == "01110000"
    database.close()


def test_what_an_older_version_kept_is_carried_over(tmp_path: Path) -> None:
    path = tmp_path / "wallet.sqlite3"
    older(path, "0004")
    report = {
        "credential": {"kind": "badge", "issued": "2025-05-01T00:00:00Z", "expires": None},
        "checked_at": "2026-01-01T00:00:00Z",
    }
    with closing(sqlite3.connect(path)) as file, file:
        for one in ("a", "b"):
            shown = ("Weaving", "Example College", "verified", "Issued.", json.dumps(report))
            received = (b"{}" + one.encode(), "application/json", f"{one}.json")
            row = (one, one * 64, *received, *shown, "2026-01-02T00:00:00.000Z")
            marks = ",".join("?" * 11)
            file.execute(f"INSERT INTO credentials VALUES ({marks})", row)  # noqa: S608
            file.execute(
                "INSERT INTO documents (credential_id, url, accept, at, status, content) "
                "VALUES (?, 'https://example.org/key', '*/*', '2026-01-01T00:00:00Z', 200, "
                "CAST('key' AS BLOB))",
                (one,),
            )
        file.execute(
            "INSERT INTO pictures VALUES (1, 'b', 'h', 'm', 'c', 'Weaving', 'E', NULL, '2026')"
        )
    database = Database(path)
    kept = wallet.find(database, "b")
    assert kept is not None
    assert (kept.content, kept.source, kept.report) == (b"{}b", "b.json", report)
    (finding,) = checks.history(database, "b")
    (document,) = checks.rested_on(database, finding.number).values()
    assert (document.content, document.status) == (b"key", 200)
    with database.reading() as connection:
        names = "SELECT name FROM cards", "SELECT credential_id FROM pictures"
        assert [connection.exec_driver_sql(one).fetchall() for one in names] == [
            [("Weaving",), ("Weaving",)],
            [("b",)],
        ]
        assert connection.exec_driver_sql("SELECT count(*) FROM blobs").scalar() == 1
    assert wallet.discard(database, "a")
    assert wallet.discard(database, "b")
    with database.reading() as connection:
        for table in ("blobs", "documents", "checks", "copies", "cards", "pictures"):
            assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608
    database.close()


def older(path: Path, step: str) -> None:
    """A wallet as the version that ended with `step` left it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)
