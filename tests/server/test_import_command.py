"""`touchstone wallet import`: files, folders, backups and addresses, at the owner's terminal."""

import json
from pathlib import Path

import pytest

from tests.made import backups, cases_credly
from tests.made.folder import as_json
from tests.server.brought import COLLEGE, LOCKED, LOOM, MAKERS, options
from tests.server.owner import run


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with badges, and options for which a folder is the whole web."""
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path / "data"))
    (tmp_path / "badges").mkdir()
    (tmp_path / "badges" / "college.json").write_bytes(as_json(COLLEGE))
    (tmp_path / "badges" / "notes.txt").write_bytes(b"nothing of the kind")
    (tmp_path / "locked.json").write_bytes(LOCKED)
    (tmp_path / "passphrase").write_text(f"{backups.PASSPHRASE}\n", encoding="utf-8")
    return tmp_path


def bring(desk: Path, *arguments: str | Path) -> tuple[int, str]:
    result = run("wallet", "import", *options(desk), *arguments)
    return result.exit_code, result.output


def test_a_folder_is_brought_in_and_told_thing_by_thing(desk: Path) -> None:
    status, output = bring(desk, desk / "badges")
    assert status == 1
    assert "kept  Data Literacy · Verified" in output
    assert "kept unread  notes.txt" in output
    assert "2 looked at: 1 kept, 1 kept unread." in output
    status, output = bring(desk, desk / "badges" / "college.json")
    assert (status, "there already  Data Literacy" in output) == (0, True)


def test_a_locked_backup_needs_its_passphrase(desk: Path) -> None:
    status, output = bring(desk, desk / "locked.json")
    assert status == 1
    assert "is under a passphrase" in output
    status, output = bring(
        desk, "--passphrase-file", desk / "passphrase", "--json", desk / "locked.json"
    )
    summary = json.loads(output)
    assert summary["counts"]["kept"] == 2
    assert {one["label"] for one in summary["items"] if one["state"] == "kept"} == {
        COLLEGE["name"],
        MAKERS["name"],
    }


def test_addresses_are_brought_in_and_all_of_a_profile_where_that_is_said(desk: Path) -> None:
    assert bring(desk, LOOM["id"])[0] == 0
    status, output = bring(desk, cases_credly.PROFILE)
    assert status == 1
    assert "Pick the award" in output
    assert bring(desk, "--all", cases_credly.PROFILE) == (
        0,
        f"         kept  {cases_credly.NAME} · Verified\n\n1 looked at: 1 kept.\n",
    )


def test_what_is_not_there_is_said(desk: Path) -> None:
    status, output = bring(desk, desk / "nothing.json")
    assert status == 3
    assert "There is no file" in output


def test_an_export_of_our_own_is_restored_as_a_whole(desk: Path) -> None:
    assert bring(desk, desk / "badges" / "college.json")[0] == 0
    assert run("wallet", "export", desk / "wallet.zip").exit_code == 0
    status, output = bring(desk, desk / "wallet.zip")
    assert (status, "Restored 0 new, 1 were here already" in output) == (0, True), output
