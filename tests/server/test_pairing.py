"""Pairing: both sides prove themselves, a code is good once, and guessing ends it."""

import hashlib
import hmac
import subprocess
import sys
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tests.server.conftest import EXTENSION, Served

NONCE = "AAECAwQFBgcICQoLDA0ODw"


def test_what_the_server_prints_is_all_a_newcomer_needs(standing: Served) -> None:
    assert f"{standing.address}/demo" in standing.printed
    assert "Load unpacked" in standing.printed
    assert standing.address.startswith("http://127.0.0.1:")


def test_the_command_prints_a_code_that_pairs(served: Served) -> None:
    command = [sys.executable, "-m", "wallet_server", "pair", "--data", str(served.data)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    again = replace(served, printed=printed)
    with served.client() as client:
        assert client.get(again.wallet_link).status_code == 303
        old = client.post("/api/pair", json={"code": served.code})
        assert old.json()["error"]["code"] == "wrong_code"
        assert client.post("/api/pair", json={"code": again.code}).status_code == 200


def test_the_server_proves_first_that_it_knows_the_code(served: Served) -> None:
    code = served.new_code()
    with served.client() as client:
        offer = client.post("/api/pair", json={"nonce": NONCE}).json()
    message = f"touchstone server {NONCE} {offer['nonce']}".encode()
    key = code.replace("-", "").encode()
    proof = hmac.new(key, message, hashlib.sha256).digest()
    assert offer["proof"] == urlsafe_b64encode(proof).rstrip(b"=").decode()
    assert len(urlsafe_b64decode(offer["nonce"] + "==")) >= 16


def test_a_code_is_read_as_people_copy_it_and_is_good_once(served: Served) -> None:
    code = served.new_code()
    copied = f" {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "
    with served.client(Origin=EXTENSION) as client:
        answer = client.post("/api/pair", json={"code": copied, "nonce": NONCE})
        assert answer.status_code == 200
        token = answer.json()["token"]
        assert len(urlsafe_b64decode(token + "=")) == 32
        again = client.post("/api/pair", json={"code": code})
    assert (again.status_code, again.json()["error"]["code"]) == (410, "code_expired")
    with served.client(token, Origin=EXTENSION) as client:
        assert client.get("/api/wallet/credentials").status_code == 200


def test_five_wrong_tries_end_a_code(served: Served) -> None:
    code = served.new_code()
    with served.client() as client:
        for _ in range(5):
            wrong = client.post("/api/pair", json={"code": "ZZZZ-ZZZZ"})
            assert (wrong.status_code, wrong.json()["error"]["code"]) == (403, "wrong_code")
        right = client.post("/api/pair", json={"code": code})
        assert (right.status_code, right.json()["error"]["code"]) == (429, "too_many_tries")
        fresh = served.new_code()
        assert client.post("/api/pair", json={"code": fresh}).status_code == 200


def test_proofs_are_not_handed_out_without_end(served: Served) -> None:
    served.new_code()
    with served.client() as client:
        answers = [client.post("/api/pair", json={"nonce": NONCE}).status_code for _ in range(12)]
    assert answers == [200] * 10 + [429] * 2


def test_a_newer_code_replaces_the_older_one(served: Served) -> None:
    older, newer = served.new_code(), served.new_code()
    with served.client() as client:
        assert client.post("/api/pair", json={"code": older}).status_code == 403
        assert client.post("/api/pair", json={"code": newer}).status_code == 200


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://localhost:1",
        "chrome-extension://short",
        f"{EXTENSION}.evil.example",
        "file://",
    ],
)
def test_no_page_may_pair(served: Served, origin: str) -> None:
    with served.client(Origin=origin) as client:
        answer = client.post("/api/pair", json={"code": served.new_code()})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin")
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "body",
    ["", "[]", "1", "{", '{"nonce": 1}', '{"nonce": "short"}', '{"code": null}', '{"code": [1]}'],
)
def test_what_is_no_pairing_is_refused_clearly(served: Served, body: str) -> None:
    with served.client(Content_Type="application/json") as client:
        answer = client.post("/api/pair", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["says"].endswith(".")


def test_a_token_is_good_from_its_own_origin_only(served: Served) -> None:
    token = served.pair(EXTENSION)
    other = EXTENSION.replace("a", "b")
    served.pair(other)
    for origin, status in ((EXTENSION, 200), (other, 403), ("https://evil.example", 403)):
        with served.client(token, Origin=origin) as client:
            assert client.get("/api/wallet/credentials").status_code == status


def test_tokens_and_codes_survive_a_restart_and_lie_hashed(fresh: Callable[[], Served]) -> None:
    server = fresh()
    token = server.pair()
    server.stop()
    kept = b"".join(file.read_bytes() for file in server.data.iterdir())
    assert token.encode() not in kept
    assert hashlib.sha256(token.encode()).hexdigest().encode() in kept
    assert {file.stat().st_mode & 0o077 for file in server.data.iterdir()} == {0}
    with fresh().client(token) as client:
        assert client.get("/api/wallet/credentials").status_code == 200


def test_the_server_stays_on_this_machine() -> None:
    command = [sys.executable, "-m", "wallet_server", "serve", "--host", "0.0.0.0"]  # noqa: S104
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode != 0
    assert "serves this machine only" in ended.stderr


def test_a_port_that_is_taken_is_said_so(served: Served) -> None:
    port = served.address.rsplit(":", 1)[1]
    command = [sys.executable, "-m", "wallet_server", "serve", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 1
    assert "choose another with --port" in ended.stderr
