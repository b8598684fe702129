"""Deleting leaves nothing: no row, no file, no word in the search, no answer held in memory."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import pytest

from tests.server.conftest import Served
from tests.server.exports import (
    exported,
    files_of,
    kept,
    manifest_of,
    packed,
    restore,
    rows_of,
    sha256,
    with_rows,
)
from tests.server.made_up import GOOD, assertion, picture
from tests.server.test_leaving import sent, text_of
from wallet_server.store.schema import metadata

PATH = "/api/wallet/credentials"
MARKER = "Zanzibar-4711"
#: What is no badge's: who may call, and the tables' own bookkeeping.
_STAYS = {"tokens", "pairing_codes"}


@pytest.fixture
def server(fresh: Callable[[], Served]) -> Served:
    return fresh()


@pytest.fixture
def paired(server: Served) -> Iterator[httpx2.Client]:
    with server.client(server.pair()) as client:
        yield client


@pytest.fixture
def browser(server: Served) -> Iterator[httpx2.Client]:
    with server.client() as client:
        assert client.get(server.printed_again().split()[-1]).status_code == 303
        yield client


def fill(paired: httpx2.Client) -> str:
    """A badge with the marker in it, in a picture too, on a card whose note and tag have it."""
    text = json.dumps(assertion("1", narrative=MARKER)).encode()
    saved = paired.post(PATH, files={"file": (f"{MARKER}.png", picture(text))})
    assert saved.status_code == 201
    identifier = saved.json()["id"]
    said = paired.post(f"{PATH}/{identifier}/about", json={"note": MARKER, "tags": [MARKER]})
    assert said.status_code == 200
    return str(identifier)


def files_with(data: Path) -> list[str]:
    """The files below `data` in which the marker is, in any letter case and as an index has it."""
    found = []
    for path in sorted(data.rglob("*")):
        content = path.read_bytes().lower() if path.is_file() else b""
        if b"zanzibar" in content:
            found.append(path.name)
    return found


def rows(data: Path) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(data / "wallet.sqlite3")) as database:
        return {
            name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in metadata.tables
        }


def test_one_badge_goes_with_all_that_is_of_it(
    server: Served, paired: httpx2.Client, browser: httpx2.Client
) -> None:
    identifier = fill(paired)
    assert browser.get("/wallet").status_code == 200  # which makes small pictures
    assert files_with(server.data)
    assert paired.delete(f"{PATH}/{identifier}").status_code == 204
    assert files_with(server.data) == []
    left = {name for name, count in rows(server.data).items() if count} - _STAYS - {"sightings"}
    assert left == set()


def test_everything_goes_at_once_and_pairings_stay(
    server: Served, paired: httpx2.Client, browser: httpx2.Client
) -> None:
    fill(paired)
    paired.post(PATH, json={"url": GOOD})
    export = exported(paired)
    page = sent(browser, "erase", word="Delete ")
    assert page.status_code == 303
    after = text_of(browser.get(page.headers["location"]))
    assert "Your wallet is empty" in after
    assert "There is nothing in it yet." in after
    assert files_with(server.data) == []
    assert {name for name, count in rows(server.data).items() if count} <= _STAYS
    assert paired.get(PATH).json()["credentials"] == []
    assert restore(paired, export).json()["new"] == 2
    assert kept(exported(paired)) == kept(export)


def test_a_restore_that_fails_leaves_no_trace_either(server: Served, paired: httpx2.Client) -> None:
    """More of it than the database holds back is written before its last file turns out spoilt."""
    text = json.dumps(assertion("1"))
    identifier = paired.post(PATH, json={"credential": text}).json()["id"]
    export = exported(paired)
    paired.delete(f"{PATH}/{identifier}")
    noise = MARKER.encode() * 600_000
    files = {**files_of(export), f"unread/{sha256(noise)}": noise}
    row = {"id": "1" * 32, "sha256": sha256(noise), "file": f"unread/{sha256(noise)}"}
    row |= {"label": "x", "why": "x", "received_at": "2026-01-01T00:00:00Z"}
    files = with_rows(files, [("unread", row), *rows_of(files)])
    spoilt = {name: content.replace(b"2025", b"2024") for name, content in files.items()
              if name.startswith("credentials/")}  # fmt: skip
    answer = restore(paired, packed({**files, **spoilt}, manifest_of(files)))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "backup.sha256")
    assert files_with(server.data) == []
    assert paired.get(PATH).json()["credentials"] == []
