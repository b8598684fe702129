"""The first sight of an issuer's key: remembered by the server and the command alike, announced
when it has changed, and never with a word about a recipient.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.made.credentials import badge, plain_name
from tests.made.folder import Web, answered, as_json, write_web
from tests.made.issuers import HOLDER, MEADOW
from tests.made.signing import multikey, signed
from tests.server.conftest import Served, start
from tests.server.owner import Serve, run
from tests.server.stores import Store
from tests.server.web import FakeWeb, answer
from wallet_server.store.database import Database

NEW = f"{MEADOW.did}#key-2"


def two_keys() -> dict[str, Any]:
    """What the issuer's DID resolves to once it has a second key."""
    first = MEADOW.did_document()["verificationMethod"][0]
    second = {**first, "id": NEW, "publicKeyMultibase": multikey("new")}
    return MEADOW.did_document(
        verificationMethod=[first, second], assertionMethod=[MEADOW.method, NEW]
    )


def by_first() -> bytes:
    made = badge(MEADOW, "Data Literacy", plain_name(HOLDER))
    return as_json(signed(made, MEADOW.domain, MEADOW.method))


def by_second() -> bytes:
    return as_json(signed(badge(MEADOW, "Data Literacy", plain_name(HOLDER)), "new", NEW))


def by_its_own_recipient() -> bytes:
    """Issued by the person whom it is about."""
    own = "did:web:mira.example"
    made = badge(MEADOW, "Knots", subject=own, issuer={"id": own, "type": ["Profile"], "name": "M"})
    return as_json(signed(made, "mira", f"{own}#k"))


def recipients_web() -> Web:
    own = "did:web:mira.example"
    key = {"id": f"{own}#k", "type": "Multikey", "controller": own}
    method = {**key, "publicKeyMultibase": multikey("mira")}
    document = MEADOW.did_document(
        id=own, verificationMethod=[method], assertionMethod=[f"{own}#k"]
    )
    return {"https://mira.example/.well-known/did.json": answered(document)}


def announced() -> str:
    today = datetime.now(UTC)
    return f"Its key is another than the one first seen on {today.day} {today:%B %Y}."


def rows(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT issuer, kind, value, method FROM sightings")


@pytest.fixture
def served(tmp_path: Path, store: Store) -> Iterator[Served]:
    document = {MEADOW.did_url: answered(two_keys(), "application/did+json")}
    write_web(tmp_path / "web", {**document, **recipients_web()})
    server = start(
        tmp_path, "--documents", str(tmp_path / "web"), "--no-default-trust", store=store
    )
    yield server
    assert server.stop() == ""


def asked(client: httpx2.Client, content: bytes) -> dict[str, Any]:
    body = {"credential": content.decode()}
    report = client.post("/api/verify", json=body).json()
    assert report["checks"][0]["outcome"] == "passed", report
    answer: dict[str, Any] = report["checks"][2]
    return {**answer, "verdict": report["verdict"]}


def test_another_key_is_announced_with_the_date_and_changes_no_verdict(served: Served) -> None:
    with served.client(served.pair()) as client:
        first = asked(client, by_first())
        assert "changed" not in first["detail"]
        second = asked(client, by_second())
        assert announced() in second["says"]
        (change,) = second["detail"]["changed"]
        assert (change["what"], change["was"]) == ("key", MEADOW.method)
        assert change["first_seen"].startswith(f"{datetime.now(UTC):%Y-%m-%d}T")
        assert (second["code"], second["verdict"]) == (first["code"], first["verdict"])
        assert "changed" not in asked(client, by_first())["detail"]


def test_nothing_about_a_recipient_is_kept(served: Served) -> None:
    with served.client(served.pair()) as client:
        asked(client, by_first())
        asked(client, by_its_own_recipient())
    kept = rows(served.store)
    assert {(row[0], row[1]) for row in kept} == {
        (MEADOW.did, "key"),
        ("called:meadow makers", "domain"),
    }
    assert "mira" not in str(kept).lower()


def test_what_does_not_hold_leaves_no_trace(served: Served) -> None:
    forged = json.loads(by_first())
    forged["name"] = "Something Else"
    with served.client(served.pair()) as client:
        client.post("/api/verify", json={"credential": json.dumps(forged)})
        client.post("/api/verify", json={"url": f"{served.address}/demo/badges/verified.png"})
    assert rows(served.store) == []


def test_the_command_remembers_in_the_wallet_if_there_is_one(home: Path, serving: Serve) -> None:
    document = answer(as_json(two_keys()), Content_Type="application/did+json")
    web = FakeWeb({"/.well-known/did.json": document})

    def verified(content: bytes) -> dict[str, Any]:
        (home / "badge.json").write_bytes(content)
        done = run("verify", home / "badge.json", "--json")
        found: dict[str, Any] = json.loads(done.stdout)["checks"][2]
        return found

    def steps() -> None:
        assert "changed" not in verified(by_first())["detail"]
        assert not (home / "data").exists(), "verifying makes no wallet"
        Database(home / "data" / "wallet.sqlite3").close()
        assert "changed" not in verified(by_first())["detail"]
        changed = verified(by_second())
        assert announced() in changed["says"]
        assert changed["detail"]["changed"][0]["since"] is None
        assert verified(by_second())["detail"]["changed"][0]["since"] is not None

    serving(web, steps)


def test_a_wallet_of_an_older_version_or_none_at_all_is_gone_without(
    home: Path, serving: Serve
) -> None:
    (home / "data").mkdir()
    wallet = home / "data" / "wallet.sqlite3"
    with closing(sqlite3.connect(wallet)) as file, file:
        file.execute("CREATE TABLE credentials (id TEXT)")
    web = FakeWeb({"/.well-known/did.json": answer(as_json(two_keys()))})
    serving(web, lambda: _verify_all_right(home, ""))
    wallet.write_bytes(b"my thesis" * 1000)
    serving(web, lambda: _verify_all_right(home, "can't be read"))
    assert wallet.read_bytes() == b"my thesis" * 1000


def _verify_all_right(home: Path, said: str) -> None:
    done = run("verify", home / "badge.json", "--json")
    assert json.loads(done.stdout)["checks"][0]["code"] == "signature"
    assert said in done.stderr
    assert bool(said) is bool(done.stderr)


def test_nothing_is_remembered_of_a_documents_folder(home: Path) -> None:
    Database(home / "data" / "wallet.sqlite3").close()
    done = run("verify", home / "badge.json", "--json", "--documents", home / "web")
    assert json.loads(done.stdout)["checks"][0]["code"] == "signature"
    assert rows(Store(home / "data")) == []
