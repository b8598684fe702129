"""`touchstone wallet export | restore | prove | erase`, as an owner types them."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import anyio
import pyrage
import pytest
from click.testing import CliRunner
from sqlalchemy import insert, select, update

from tests.conformance.case import Case
from tests.conformance.sources import SOURCES
from tests.leaving.material import keep, trip
from tests.server.exports import files_of, kept, rows_of, sha256
from tests.server.owner import run
from tests.server.stores import BOTH, Store
from verifier.model import ACCEPT
from wallet_server.cli import main
from wallet_server.leaving.export import Contents
from wallet_server.leaving.proof import Proof
from wallet_server.leaving.shapes import PARENTS
from wallet_server.store import events, schema
from wallet_server.store.database import Database

PASSPHRASE = "seven looms and a kettle"  # noqa: S105 - made up
LONG_AGO = "2026-01-02T03:04:05Z"


@pytest.fixture
def wallet(home: Path) -> Iterator[Database]:
    """A wallet with a row of every kind that an export has."""
    database = Database(home / "data" / "wallet.sqlite3")
    badge = (home / "badge.json").read_bytes()
    case = Case("1", "made", badge, "badge.json", {}, home, "valid")
    anyio.run(keep, database, case, datetime(2026, 1, 1, tzinfo=UTC))
    other = Case("2", "made", badge.replace(b"Literacy", b"Liberty"), "2.json", {}, home, "valid")
    anyio.run(keep, database, other, datetime(2026, 1, 1, tzinfo=UTC))
    with database.writing() as connection:
        one, two = connection.execute(select(schema.credentials.c.id)).scalars()
        card = connection.execute(select(schema.cards.c.number)).scalars().first()
        pathway = {"id": "1" * 32, "name": "To a degree", "changed_at": LONG_AGO}
        event = {"at": LONG_AGO, "credential_id": one, "code": "revoked", "says": "Taken back."}
        goal = {"id": "goal", "name": "To a degree", "part_of": []}
        drawn = json.dumps({"name": "To a degree", "steps": [goal]})
        unread = {"id": "2" * 32, "content": b"?", "label": "a.bin", "why": "Not read yet."}
        body = {"sha256": sha256(b"{}"), "content": b"{}"}
        check = connection.execute(select(schema.checks.c.number)).scalars().first()
        document = {"check": check, "url": "https://a.example/x", "accept": ACCEPT}
        answer = {"at": LONG_AGO, "status": 200, "sha256": sha256(b"{}")}
        apart = [{"credential_id": which, "award": "not:0123"} for which in (one, two)]
        for table, row in (
            (schema.owner, {"kind": "email", "value": "ada@example.org"}),
            (schema.pathways, {**pathway, "document": drawn}),
            (schema.unread, {**unread, "sha256": sha256(b"?"), "received_at": LONG_AGO}),
            (schema.tags, {"card": card, "tag": "prüfung ✓"}),
            (schema.events, {**event, "detail": '{"was": 1.50}', "seen_at": LONG_AGO}),
            (schema.blobs, body),
            (schema.documents, document | answer),
            (schema.lineage, apart[0]),
            (schema.lineage, apart[1]),
        ):
            connection.execute(insert(table).values(**row))
        noted = update(schema.cards).where(schema.cards.c.number == card)
        connection.execute(noted.values(note="Zwei\nZeilen — und \0 eine Null"))
    yield database
    database.close()


def test_an_export_is_the_owners_alone_and_never_overwrites(wallet: Database, home: Path) -> None:
    done = run("wallet", "export", home / "out.zip")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Exported 2 badges, 2 credentials, 2 checks, 1 unread." in done.stderr
    assert stat.S_IMODE((home / "out.zip").stat().st_mode) == 0o600
    again = run("wallet", "export", home / "out.zip")
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    assert run("wallet", "export", "-").stdout_bytes == (home / "out.zip").read_bytes()
    assert [path.name for path in (home / "data").iterdir() if "sqlite3" not in path.name] == []


def test_every_kind_of_row_comes_back(wallet: Database, home: Path) -> None:
    run("wallet", "export", home / "out.zip")
    back = run("wallet", "restore", home / "out.zip", "--data", home / "other")
    assert back.stdout == "Restored 2 new, 0 were here already, 1 unread.\n"
    run("wallet", "export", home / "again.zip", "--data", home / "other")
    first, again = (home / "out.zip").read_bytes(), (home / "again.zip").read_bytes()
    assert first == again
    kinds = {kind for kind, _ in rows_of(files_of(again))}
    assert kinds == {*PARENTS}
    other = Database(home / "other" / "wallet.sqlite3")
    with other.reading() as connection:
        notes = set(connection.execute(select(schema.cards.c.note)).scalars())
        assert notes == {"", "Zwei\nZeilen — und \0 eine Null"}
        assert connection.execute(select(schema.tags.c.tag)).scalars().all() == ["prüfung ✓"]
        assert set(connection.execute(select(schema.checks.c.origin)).scalars()) == {"backup"}
    other.close()


def test_nothing_is_established_by_an_export(wallet: Database, home: Path) -> None:
    run("wallet", "export", home / "out.zip")
    other = ("--data", home / "other")
    run("wallet", "restore", home / "out.zip", *other)
    cards = [json.loads(line) for line in run("wallet", "list", "--json", *other).stdout.split("\n")
             if line]  # fmt: skip
    assert {card["verdict"] for card in cards} == {"unknown"}
    assert {card["issuer"] for card in cards} == {None}
    for card in cards:
        report = json.loads(run("wallet", "show", card["lead"], "--json", *other).stdout)
        assert report["headline"] == "From a backup, not checked here yet."
        outcomes = [check["outcome"] for check in report["checks"]]
        assert outcomes == ["unknown", "unknown", "unknown", "absent", "absent"]
        assert report["credential"]["issuer"]["vouched_by"] == []
        assert report["credential"]["issuer"]["proven"] is None
        assert report["credential"]["name"].startswith("Data Li")


def test_what_a_backup_tells_is_no_news(wallet: Database, home: Path) -> None:
    run("wallet", "export", home / "out.zip")
    other = Database(home / "other" / "wallet.sqlite3")
    run("wallet", "restore", home / "out.zip", "--data", home / "other")
    (event,) = events.page(other)
    assert event.says == "Taken back. (A backup tells this.)"
    assert events.unseen(other) == 0
    assert events.unsent(other, datetime(2020, 1, 1, tzinfo=UTC)) == []
    other.close()


def test_whose_wallet_it_is_no_export_decides(wallet: Database, home: Path) -> None:
    run("wallet", "export", home / "out.zip")
    other = home / "other"
    run("wallet", "owner", "add", "email", "eve@example.org", "--data", other)
    run("wallet", "restore", home / "out.zip", "--data", other)
    said = run("wallet", "owner", "--data", other).stdout
    assert "eve@example.org" in said
    assert "ada@example.org" not in said


def test_the_proof_is_printed(wallet: Database) -> None:
    done = run("wallet", "prove")
    assert done.exit_code == 0
    assert "Exported 2 badges, 2 credentials, 2 checks, 1 unread:" in done.stdout
    assert "the same, byte for byte: nothing is lost" in done.stdout
    first, second = (line.split()[1] for line in done.stdout.splitlines() if line[:2] == "  ")
    assert first == second


def test_a_proof_can_fail() -> None:
    held = Contents(cards=1, credentials=1, checks=1, unread=0, waiting=0)
    assert Proof(held, (9, 9), ("aa", "aa")).holds
    assert not Proof(held, (9, 9), ("aa", "ab")).holds
    assert not Proof(held, (9, 8), ("aa", "aa")).holds


def test_a_passphrase_comes_from_a_file_or_is_asked_for(wallet: Database, home: Path) -> None:
    (home / "passphrase").write_text(f"{PASSPHRASE}\r\nnot this\n")
    file = ("--passphrase-file", home / "passphrase")
    assert run("wallet", "export", home / "out.age", *file).exit_code == 0
    opened = pyrage.passphrase.decrypt((home / "out.age").read_bytes(), PASSPHRASE)
    assert opened == run("wallet", "export", "-").stdout_bytes
    arguments = ["wallet", "restore", str(home / "out.age"), "--data", str(home / "other")]
    asked = CliRunner().invoke(main, arguments, input=f"{PASSPHRASE}\n")
    assert "Restored 2 new" in asked.output
    assert PASSPHRASE not in asked.output
    (home / "passphrase").write_text("short\n")
    short = run("wallet", "export", home / "other.age", *file)
    assert (short.exit_code, "at least 8 characters" in short.stderr) == (1, True)
    assert not (home / "other.age").exists()


def test_what_can_not_be_read_or_written_is_told(wallet: Database, home: Path) -> None:
    (home / "bytes").write_bytes(b"\xff\xfe\n")
    for arguments, says in (
        (("restore", home / "missing.zip"), "can't be read"),
        (("restore", home / "data"), "can't be read"),
        (("restore", home / "badge.json"), "is no export of a wallet"),
        (("export", home / "no folder" / "out.zip"), "could not be written"),
        (("export", "-", "--passphrase-file", home / "bytes"), "can't be read"),
    ):
        done = run("wallet", *arguments)
        assert (done.exit_code, says in done.stderr) == (1, True), done.output
        assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a disk that is full")
def test_an_export_that_does_not_fit_is_no_success(wallet: Database, home: Path) -> None:
    command = [sys.executable, "-m", "wallet_server", "wallet", "export", "-"]
    with open("/dev/full", "wb") as full:
        ended = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, env=os.environ)
    assert ended.returncode == 1
    assert b"could not be written to standard output: No space left" in ended.stderr


def test_everything_is_deleted_only_for_who_is_sure(wallet: Database, home: Path) -> None:
    unsure = CliRunner().invoke(main, ["wallet", "erase"], input="yes\n")
    assert (unsure.exit_code, "Nothing was deleted" in unsure.output) == (1, True)
    assert "2 badges" in run("wallet", "export", home / "out.zip").stderr
    assert run("wallet", "erase", "--yes").exit_code == 0
    assert "0 badges, 0 credentials, 0 checks, 0 unread" in run("wallet", "export", "-").stderr
    assert run("wallet", "restore", home / "out.zip").stdout.startswith("Restored 2 new")


@pytest.mark.anyio
async def test_what_others_made_survives_the_round_trip(material: Path, tmp_path: Path) -> None:
    """Every eighth of them; `python -m tests.leaving.material` takes all."""
    cases = [case for made in SOURCES.values() for case in made(material)]
    done = await trip(cases[::8], tmp_path)
    assert done.reports > 80
    assert done.proof.holds


@BOTH
def test_a_wallet_moves_between_stores(
    wallet: Database, store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with wallet.writing() as connection:
        # the only text that a PostgreSQL can't hold
        connection.execute(update(schema.cards).values(note="Zwei\nZeilen ✓"))
    run("wallet", "export", home / "out.zip")
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    there = ("--data", home / "there")
    assert "Restored 2 new" in run("wallet", "restore", home / "out.zip", *there).stdout
    assert run("wallet", "export", home / "again.zip", *there).exit_code == 0
    assert (home / "again.zip").read_bytes() == (home / "out.zip").read_bytes()
    assert run("wallet", "prove", *there).exit_code == 0
    assert run("wallet", "erase", "--yes", *there).exit_code == 0
    assert "0 badges" in run("wallet", "export", home / "empty.zip", *there).stderr


def test_an_export_of_the_first_version_stays_readable(home: Path) -> None:
    """A file that was kept from then: whoever changes the format finds it here."""
    export = Path(__file__).parent.parent / "leaving" / "version-1.zip"
    assert {kind for kind, _ in rows_of(files_of(export.read_bytes()))} == {*PARENTS}
    assert run("wallet", "restore", export).stdout.startswith("Restored 2 new")
    run("wallet", "export", home / "again.zip")
    assert kept((home / "again.zip").read_bytes()) == kept(export.read_bytes())
