"""The wallet's store: its migrations give its tables, and what it can't read it leaves alone."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tests.server.stores import BOTH, Store, older
from wallet_server.looks_alike import COLOURS, SPOTS, Look
from wallet_server.pictures import Met
from wallet_server.store import access, cards, checks, pictures, programs, wallet
from wallet_server.store.database import Database, Unusable
from wallet_server.store.schema import metadata

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@BOTH
def test_the_migrations_give_the_tables_that_the_code_knows(database: Database, kind: str) -> None:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert compare_metadata(context, metadata) == []
        if kind == "sqlite":
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def _is_ours(name: str | None, kind: str, _: object) -> bool:
    """All but the full-text index, whose tables are each database's own."""
    return kind != "table" or not (name or "").startswith("search")


def test_a_wallet_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "made" / "wallet.sqlite3"
    Database(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


@BOTH
def test_a_newer_wallet_is_left_alone(store: Store) -> None:
    Database(store.where).close()
    store.rows("UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    before = contents(store)
    with pytest.raises(Unusable, match="newer Touchstone"):
        Database(store.where)
    assert contents(store) == before


def contents(store: Store) -> object:
    """What would show that a wallet was written to."""
    if store.url is None:
        return (store.data / "wallet.sqlite3").read_bytes()
    counted = "SELECT sum(n_tup_ins), sum(n_tup_upd), sum(n_tup_del) FROM pg_stat_user_tables"
    tables = "SELECT oid, xmin, relname FROM pg_class ORDER BY oid"
    return store.rows(counted), store.rows(tables), store.rows("SELECT * FROM alembic_version")


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


@BOTH
def test_a_step_that_is_cut_off_is_not_half_done(store: Store) -> None:
    child = os.fork()
    if child == 0:  # dies between two of the tables
        from alembic.operations import Operations

        original = Operations.create_index
        Operations.create_index = lambda *_, **__: os._exit(9)  # type: ignore[method-assign]
        Database(store.where)
        Operations.create_index = original  # type: ignore[method-assign]
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 9
    tables = "sqlite_master" if store.url is None else "pg_tables WHERE schemaname = 'public'"
    assert store.rows(f"SELECT count(*) FROM {tables}") == [(0,)]  # noqa: S608
    database = Database(store.where)
    access.new_code(database, NOW)
    database.close()


@BOTH
def test_a_pairing_code_runs_out(database: Database) -> None:
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


@BOTH
def test_links_and_keys_of_the_pages_run_out(database: Database) -> None:
    late = NOW + access.TICKET_LIFE + timedelta(seconds=1)
    assert access.open_pages(database, access.new_ticket(database, NOW), late) is None
    key = access.open_pages(database, access.new_ticket(database, NOW), NOW)
    assert key is not None
    assert access.open_pages(database, key, NOW) is None
    assert access.find_grant(database, key, NOW + access.PAGE_LIFE) is not None
    assert access.find_grant(database, key, NOW + access.PAGE_LIFE + timedelta(seconds=1)) is None


@BOTH
def test_programs_are_known_and_ended(database: Database) -> None:
    for day, origin in enumerate(("chrome-extension://a", "moz-extension://b")):
        at = NOW + timedelta(days=day)
        access.redeem(database, access.new_code(database, at), origin, at)
    page = access.open_pages(database, access.new_ticket(database, NOW), NOW)
    assert page is not None
    newest, oldest = programs.programs(database)
    assert (newest.name, oldest.name) == ("Firefox", "Chromium")
    assert access.paired_origins(database) == {"chrome-extension://a", "moz-extension://b"}
    assert programs.revoke(database, newest.id, page, NOW) == 1
    assert programs.programs(database) == (oldest,)
    assert programs.revoke(database, None, "", NOW) == 1
    assert access.find_grant(database, page, NOW) is None


@BOTH
def test_pictures_that_were_met_are_found_and_forgotten(database: Database) -> None:
    look = Look("0" * 64, bytes(SPOTS**2), bytes(3 * COLOURS**2))
    for name, address in (("Weaving", None), ("Weaving", None), ("Knots", "https://a.example/1")):
        pictures.keep(database, Met(look, name, "Example College", address, None), NOW)
    assert [met.name for met in pictures.like(database, look)] == ["Knots", "Weaving"]
    pictures.forget(database)
    assert pictures.like(database, look) == []


def test_codes_are_of_an_alphabet_that_people_copy(database: Database) -> None:
    codes = {access.new_code(database, NOW) for _ in range(50)}
    assert len(codes) == 50
    for code in codes:
        assert len(code) == 9
        assert set(code.replace("-", "")) <= set(access.ALPHABET)
        assert access.normalised(code) == code.replace("-", "")
    assert access.normalised("k7qf-3mxd") == "K7QF3MXD"
    assert access.normalised("oi1l 0000") == "01110000"


@BOTH
def test_what_an_older_version_kept_is_carried_over(store: Store) -> None:
    report = {
        "credential": {"kind": "badge", "issued": "2025-05-01T00:00:00Z", "expires": None},
        "checked_at": "2026-01-01T00:00:00Z",
    }
    with older(store, "0004") as connection:
        for one in ("a", "b"):
            received = {"content": b"{}" + one.encode(), "source": f"{one}.json"}
            row = {"id": one, "sha256": one * 64, "report": json.dumps(report), **received}
            connection.execute(_CREDENTIAL, row)
            connection.execute(_DOCUMENT, {"id": one, "content": b"key"})
        connection.execute(_PICTURE, {"bytes": b"m"})
    database = Database(store.where)
    kept = wallet.find(database, "b")
    assert kept is not None
    assert (kept.content, kept.source, kept.report) == (b"{}b", "b.json", report)
    (finding,) = checks.history(database, "b")
    (document,) = checks.rested_on(database, finding.number).values()
    assert (document.content, document.status) == (b"key", 200)
    assert store.rows("SELECT name FROM cards") == [("Weaving",), ("Weaving",)]
    assert store.rows("SELECT credential_id FROM pictures") == [("b",)]
    assert store.rows("SELECT count(*) FROM blobs") == [(1,)]
    with database.writing() as connection:
        assert cards.make(connection, "c", "2026-01-03T00:00:00.000Z") == 3
        cards.refresh(connection, 3)
    assert wallet.discard(database, "a")
    assert wallet.discard(database, "b")
    for table in ("blobs", "documents", "checks", "copies", "cards", "pictures"):
        assert store.rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    database.close()


_CREDENTIAL = text(
    "INSERT INTO credentials VALUES (:id, :sha256, :content, 'application/json', :source, "
    "'Weaving', 'Example College', 'verified', 'Issued.', :report, '2026-01-02T00:00:00.000Z')"
)
_DOCUMENT = text(
    "INSERT INTO documents (credential_id, url, accept, at, status, content) VALUES "
    "(:id, 'https://example.org/key', '*/*', '2026-01-01T00:00:00Z', 200, :content)"
)
_PICTURE = text(
    "INSERT INTO pictures VALUES (1, 'b', 'h', :bytes, :bytes, 'Weaving', 'E', NULL, '2026')"
)
