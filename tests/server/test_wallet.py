"""The wallet: verified before stored, kept byte for byte, found again, deleted without a trace; in
a file and in a PostgreSQL.
"""

import base64
import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.server.conftest import Served
from tests.server.made_up import DOWN, GOOD, HOST, REVOKED, assertion, picture
from tests.server.stores import BOTH

PATH = "/api/wallet/credentials"
PNG = picture(GOOD.encode())
pytestmark = BOTH


@pytest.fixture(autouse=True)
def empty(paired: httpx2.Client) -> None:
    for entry in paired.get(PATH).json()["credentials"]:
        assert paired.delete(f"{PATH}/{entry['id']}").status_code == 204


def test_what_is_saved_is_kept_as_received_with_its_report(paired: httpx2.Client) -> None:
    saved = paired.post(PATH, files={"file": ("weaving.png", PNG)})
    assert saved.status_code == 201
    kept = paired.get(f"{PATH}/{saved.json()['id']}").json()
    assert kept == saved.json()
    assert base64.b64decode(kept["credential"]) == PNG
    assert kept["media_type"] == "image/png"
    assert kept["report"]["verdict"] == "verified"
    (entry,) = paired.get(PATH).json()["credentials"]
    assert entry == {
        "id": kept["id"],
        "name": "Weaving, first year",
        "issuer": "Example College",
        "verdict": "verified",
        "headline": kept["report"]["headline"],
        "media_type": "image/png",
        "saved_at": kept["saved_at"],
    }


def test_the_same_credential_is_kept_once(paired: httpx2.Client) -> None:
    text = json.dumps(assertion("1"))
    first = paired.post(PATH, json={"credential": text})
    again = paired.post(PATH, json={"credential": text})
    baked = paired.post(PATH, files={"file": ("a.png", picture(text.encode()))})
    assert [first.status_code, again.status_code] == [201, 200]
    assert baked.json()["id"] == first.json()["id"] == again.json()["id"]
    assert len(paired.get(PATH).json()["credentials"]) == 1


def test_the_same_credential_fifty_times_at_once_is_kept_once(
    served: Served, token: str, paired: httpx2.Client
) -> None:
    def save(_: int) -> int:
        with served.client(token) as client:
            return client.post(PATH, json={"url": GOOD}).status_code

    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(save, range(50)))
    assert sorted(statuses) == [200] * 49 + [201]
    assert len(paired.get(PATH).json()["credentials"]) == 1


def test_a_badge_from_an_address_is_kept_as_it_answered(paired: httpx2.Client) -> None:
    saved = paired.post(PATH, json={"url": GOOD}).json()
    assert json.loads(base64.b64decode(saved["credential"])) == assertion("1")
    assert saved["source"] == GOOD


def test_a_revoked_badge_is_kept_for_what_it_is(paired: httpx2.Client) -> None:
    assert paired.post(PATH, json={"url": REVOKED}).json()["report"]["verdict"] == "revoked"


@pytest.mark.parametrize("body", [{"url": DOWN}, {"url": f"{HOST}/page"}, {"credential": "x"}])
def test_what_holds_no_badge_is_not_kept(paired: httpx2.Client, body: dict[str, str]) -> None:
    answer = paired.post(PATH, json=body)
    assert answer.status_code == 422
    assert answer.json()["error"]["says"]
    assert paired.get(PATH).json() == {"credentials": []}


@pytest.mark.parametrize("odd", ["0" * 32, "x", "'; DROP TABLE credentials; --", "%25", "..", "é"])
def test_an_id_that_is_not_there_is_not_found(paired: httpx2.Client, odd: str) -> None:
    for method in ("GET", "DELETE"):
        answer = paired.request(method, f"{PATH}/{odd}")
        assert answer.status_code in (404, 405)
        assert answer.json()["error"]["says"]


def test_deleting_leaves_nothing(served: Served, paired: httpx2.Client) -> None:
    marker = "Zanzibar-4711"
    text = json.dumps(assertion("1", narrative=marker))
    identifier = paired.post(PATH, json={"credential": text}).json()["id"]
    in_files = served.store.url is None
    assert in_files == any(marker.encode() in file.read_bytes() for file in served.data.iterdir())
    assert paired.delete(f"{PATH}/{identifier}").status_code == 204
    assert paired.delete(f"{PATH}/{identifier}").status_code == 404
    for table in ("cards", "credentials", "copies", "checks", "documents", "blobs"):
        assert served.store.rows(f"SELECT count(*) FROM {table}") == [(0,)]  # noqa: S608
    if in_files:
        served.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in served.data.iterdir():
        assert marker.encode() not in file.read_bytes()


def test_what_was_acknowledged_survives_a_kill(fresh: Callable[[], Served]) -> None:
    server = fresh()
    token = server.pair()
    acknowledged = []
    with server.client(token) as client:
        for number in range(20):
            text = json.dumps(assertion(f"kept-{number}"))
            acknowledged.append(client.post(PATH, json={"credential": text}).json()["id"])
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.communicate()
    with fresh().client(token) as client:
        held = {entry["id"] for entry in client.get(PATH).json()["credentials"]}
    assert held == set(acknowledged)
