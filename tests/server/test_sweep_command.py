"""`touchstone sweep` at a terminal: a long list that is killed half-way, and what it prints."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.server.made_up import EMAIL, GOOD, HOST, REVOKED, assertion, write_web
from tests.server.owner import run
from tests.server.stores import Store
from wallet_server.sweeping.tables import OURS

ROWS, MEBIBYTES = 1000, 300
COUNTED = "SELECT count(*) FROM sweep_rows WHERE state = 'done'"
LIST = f"Name,Email,Badge\nAda,{EMAIL},{GOOD}\nBob,bob@example.org,{REVOKED}\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a list, for which a folder is the whole web."""
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path / "data"))
    write_web(tmp_path / "web")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def options(desk: Path) -> tuple[str, ...]:
    """Those of every command here."""
    web = ("--documents", str(desk / "web"), "--trust", str(desk / "trust.json"))
    return (*web, "--no-default-trust")


def recorded(desk: Path) -> Path:
    """A list of people whose badges are in the documents folder: every third was taken back."""
    web = desk / "web"
    answers: dict[str, Any] = json.loads((web / "urls.json").read_text(encoding="utf-8"))
    lines = ["Name,Email,Badge"]
    for number in range(ROWS):
        one = assertion(f"of-{number}", revoked=number % 3 == 0)
        (web / f"of-{number}.json").write_text(json.dumps(one), encoding="utf-8")
        given = {"file": f"of-{number}.json", "status": 200, "content_type": "application/ld+json"}
        answers[one["id"]] = given
        lines.append(f"Person {number},{EMAIL},{one['id']}")
    (web / "urls.json").write_text(json.dumps(answers), encoding="utf-8")
    (desk / "people.csv").write_text("\n".join(lines), encoding="utf-8")
    return desk / "people.csv"


def resident(leader: int) -> int:
    """What all processes of one session hold in memory, in MiB; what two share counts twice."""
    held = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getsid(int(folder.name)) == leader:
                told = (folder / "smaps_rollup").read_text(encoding="ascii")
                held += int(re.findall(r"^Rss:\s+(\d+)", told, re.MULTILINE)[0])
        except (OSError, IndexError):
            continue  # it ended meanwhile
    return held // 1024


def test_a_thousand_rows_killed_half_way_are_each_told_once(desk: Path) -> None:
    people, store = recorded(desk), Store(desk / "data")
    command = [sys.executable, "-m", "wallet_server", "sweep", str(people), *options(desk)]
    command += ["--output", str(desk / "found.csv")]
    started = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    most, half = 0, 0
    while half < ROWS // 2:
        time.sleep(0.1)
        assert started.poll() is None, "it ended before it could be killed"
        most = max(most, resident(started.pid))
        with_rows = (store.data / "wallet.sqlite3").exists()
        half = _done(store) if with_rows else 0
    os.killpg(started.pid, 9)
    started.communicate()
    assert not (desk / "found.csv").exists()
    before = dict(store.rows("SELECT place, checked_at FROM sweep_rows WHERE state = 'done'"))
    assert ROWS // 2 <= len(before) < ROWS

    gone_on = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    while gone_on.poll() is None:
        most = max(most, resident(gone_on.pid))
        time.sleep(0.5)
    said, errors = gone_on.communicate()
    assert f"{len(before)} of {ROWS} rows were looked through before" in errors
    assert f"{ROWS} of {ROWS} rows looked through" in said
    assert most <= MEBIBYTES
    after = dict(store.rows("SELECT place, checked_at FROM sweep_rows"))
    assert {place: after[place] for place in before} == before
    with (desk / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert [line["Badge"] for line in lines] == [
        f"{HOST}/assertions/of-{number}" for number in range(ROWS)
    ]
    verdicts = [line[f"{OURS}verdict"] for line in lines]
    assert verdicts == ["verified" if number % 3 else "revoked" for number in range(ROWS)]
    assert store.rows("SELECT count(*), count(DISTINCT row) FROM sweep_lines") == [(ROWS, ROWS)]


def _done(store: Store) -> int:
    """Rows that were looked through; none where the tables are only being made."""
    try:
        return int(store.rows(COUNTED)[0][0])
    except sqlite3.OperationalError:
        return 0


def test_the_terminal_gets_a_table_and_an_exit_status(desk: Path) -> None:
    done = run("sweep", desk / "list.csv", *options(desk))
    assert done.exit_code == 1
    assert re.search(r"row 2 +Ada +Weaving, first year +Example College +●✓ Verified", done.output)
    assert "1 Revoked, 1 Verified." in done.output
    assert "Read as name: “Name”; e-mail address: “Email”; link: “Badge”." in done.output
    accepted = run("sweep", desk / "list.csv", *options(desk), "--accept", "revoked", "--json")
    assert accepted.exit_code == 0
    whole = json.loads(accepted.stdout)
    assert [row["report"]["verdict"] for row in whole["rows"]] == ["verified", "revoked"]
    listed = run("sweeps").output
    assert listed.count("2 of 2, finished  list.csv") == 2
    assert run("sweeps", "--forget", whole["id"]).exit_code == 0
    assert whole["id"] not in run("sweeps").output
    assert run("sweeps", "--forget", whole["id"]).exit_code == 1
    assert "Forgotten: 1." in run("sweeps", "--forget", "all").output
    assert "No sweep is kept here." in run("sweeps").output


def test_a_folder_is_looked_through_file_by_file(desk: Path) -> None:
    folder = desk / "applications"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "badge.txt").write_text(GOOD, encoding="utf-8")
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff nothing")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    done = run("sweep", folder, *options(desk), "--output", desk / "out.json")
    assert done.exit_code == 1
    whole = json.loads((desk / "out.json").read_text(encoding="utf-8"))
    assert [(row["row"], row["source"] != "") for row in whole["rows"]] == [
        ("ada/badge.txt, row 1", True),
        ("list.csv, row 2", True),
        ("list.csv, row 3", True),
        ("photo.jpg", True),
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("nowhere.csv",), 1, "There is no file"),
        (("https://example.org/list.csv",), 1, "A sweep takes a file or a folder"),
        (("list.csv", "--column", "link=Nothing"), 1, "There is no column “Nothing”"),
    ],
)
def test_what_is_wrong_is_said(
    desk: Path, arguments: tuple[str, ...], status: int, says: str
) -> None:
    done = run("sweep", *arguments, *options(desk), folder=desk)
    assert (done.exit_code, says in done.output) == (status, True), done.output
