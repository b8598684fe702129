"""What is handed on tells nothing that its owner kept for themselves, and nobody makes it say more
than was found.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import base58
import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace
from starlette.applications import Starlette

from tests.made.folder import as_json
from tests.server.conftest import Served
from tests.server.made_up import assertion
from tests.server.owner import home, pool, run
from tests.server.watched import Watched, watched
from verifier.model import Request
from wallet_server.api import presenting, sweeps
from wallet_server.cache import CachedFetcher
from wallet_server.own_keys import OwnKey
from wallet_server.receipts.signing import Signer, sign

__all__ = ["home", "pool", "watched"]


def test_a_receipt_holds_the_owners_list_without_notes_that_no_answer_quotes(home: Path) -> None:
    own = home / "data" / "trust" / "own.json"
    own.parent.mkdir(parents=True, mode=0o700)
    entries = [
        {
            "id": "did:web:meadow-makers.example",
            "name": "Meadow",
            "policy": "trust",
            "note": "PRIVATE-1",
        },
        {
            "id": "did:web:meadow-makers.example",
            "name": "Meadow",
            "policy": "deny",
            "note": "SAID-ALOUD",
        },
        {"id": "did:web:other.example", "name": "X", "policy": "deny", "note": "PRIVATE-2"},
    ]
    listed = {"name": "Mine", "scope": None, "issuers": entries, "comment": "PRIVATE-3"}
    own.write_bytes(as_json(listed))
    other = home / "other.json"
    other.write_bytes(as_json({**listed, "name": "Another", "issuers": entries[2:]}))
    asked = ("--documents", "web", "--trust", other, "--json", "--receipt", "r.json")
    done = run("verify", "badge.json", *asked, folder=home)
    assert json.loads(done.stdout)["verdict"] == "impostor", done.output
    file = json.loads((home / "r.json").read_bytes())
    (signed,) = file["receipts"]
    assert [one["name"] for one in signed["lists"]][:2] == ["Another", "Mine"]
    held = b"".join(base64.b64decode(one) for one in file["bodies"].values())
    assert b"SAID-ALOUD" in held
    assert b"PRIVATE" not in held
    again = run("replay", "r.json", "--json", folder=home)
    (found,) = map(json.loads, again.stdout.splitlines())
    assert (again.exit_code, found["same"]) == (0, True)
    assert [one["shipped"] for one in found["lists"]] == [False, False, True, True, True]


STRANGER = OwnKey(Ed25519PrivateKey.from_private_bytes(bytes(32)))


class Weak:
    """A key of small order: one signature under it fits whatever there is."""

    method = "did:key:z{0}#z{0}".format(base58.b58encode(b"\xed\x01\x01" + bytes(31)).decode())

    def sign(self, message: bytes) -> bytes:
        return b"\x01" + bytes(63)


def test_a_receipt_that_lies_where_no_word_tells_it_is_refused(home: Path) -> None:
    run("verify", "badge.json", "--documents", "web", "--receipt", "r.json", folder=home)
    file = json.loads((home / "r.json").read_bytes())
    (signed,) = file["receipts"]
    del signed["proof"]
    elsewhere = "https://www.credly.com/badges/9f1b9d39-9e0a-4d0c-9d3e-0d6a2b1b0c55"
    source, report = signed["source"], signed["report"]
    lies: tuple[tuple[Signer, dict[str, Any], str], ...] = (
        (STRANGER, {}, "0"),
        (
            STRANGER,
            {"source": {**source, "label": elsewhere}, "report": {**report, "source": elsewhere}},
            "its source is called by an address that is not where it came from",
        ),
        (
            STRANGER,
            {"documents": [{**signed["documents"][0], "status": 410}, *signed["documents"]]},
            "it holds two answers to one question",
        ),
        (Weak(), {}, "its key is one under which anybody's signature fits anything"),
    )
    for signer, changes, says in lies:
        told = {**signed, **changes}
        made = sign(told, signer, datetime(2026, 1, 1, tzinfo=UTC))
        (home / "lie.json").write_bytes(as_json({**file, "receipts": [made]}))
        done = run("replay", "lie.json", folder=home)
        assert (done.exit_code == 0) == (says == "0"), done.output
        assert says in done.output


def test_what_takes_long_in_many_small_parts_is_stopped(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("verify", "badge.json", "--documents", "web", "--receipt", "r.json", folder=home)
    monkeypatch.setattr("wallet_server.receipts.replaying.FILE_SECONDS", 0.0)
    done = run("replay", "r.json", "--json", folder=home)
    assert json.loads(done.stdout)["error"]["code"] == "receipt.cost"


def test_what_is_forgotten_is_not_remembered_by_the_server_either(watched: Watched) -> None:
    async def inside() -> None:
        cache = CachedFetcher(watched.services.bench.fetcher)
        app = Starlette(routes=[*sweeps.ROUTES, *presenting.ROUTES])
        app.state.services = replace(watched.services, cache=cache)
        theirs = Request(assertion("1")["id"])
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
            swept = {"file": ("people.csv", b"Name,Link\nMira,https://x.example/1\n")}
            sweep = await client.post("/api/sweeps", files=swept)
            asked = await client.post("/api/challenges", json={"domain": "careers.example"})
            for path in (f"sweeps/{sweep.json()['id']}", f"challenges/{asked.json()['id']}"):
                await cache.fetch(theirs)
                assert (await cache.fetch(theirs)).from_cache
                assert (await client.delete(f"/api/{path}")).status_code == 204
                assert not (await cache.fetch(theirs)).from_cache

    watched.live(inside)


def test_a_file_that_was_handed_on_lends_its_badges_no_other_words() -> None:
    case = Path(str(files("wallet_server"))) / "selftest" / "a-file-handed-on-by-its-holder"
    asked = ("--documents", case / "documents", "--trust", case.parent / "trust.json", "--json")
    found = json.loads(run("verify", case / "input.html", *asked).stdout)
    assert "Rocket Science" in (case / "input.html").read_text("utf-8")
    assert "Whatever else it says was not read" in found["checks"][0]["says"]
    assert [one["verdict"] for one in found["bundle"]] == ["verified", "verified"]


def test_no_address_of_whatever_spelling_is_a_fault(served: Served) -> None:
    with served.client(served.pair()) as api:
        for never in ("s", "s/x/1", "ask"):
            answer = api.get(f"/{never}/{'9' * 5000}")
            assert answer.status_code == 404
        for asked in (
            {"url": "https://[::1"},
            {"url": "https://[::1", "html": "<p>A page</p>"},
            {"page": "https://x.example/", "items": [{"url": "https://[::1"}]},
        ):
            assert api.post("/api/wallet/doctor", json=asked).status_code in (200, 400), asked
