"""There is one door to the web: no module opens another, no field of a credential gets round it."""

import ast
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.server.made_up import GOOD, ISSUER, assertion, picture
from verifier.model import Document, Request
from verifier.ports import Circumstances
from wallet_server import fetcher
from wallet_server.fetcher import WebFetcher
from wallet_server.verification import Bench
from wallet_server.workers import ProcessWorkers

ROOT = Path(__file__).parent.parent.parent / "wallet_server"
CLIENTS = {"httpx2", "httpx", "httpcore2", "requests", "urllib3", "aiohttp", "ftplib"}
CLIENTS |= {"urllib.request", "http.client", "socketserver"}


def test_no_other_module_knows_how_to_fetch() -> None:
    assert using(CLIENTS) == {"fetcher.py"}


def test_mail_goes_out_in_one_place_and_to_the_server_of_the_settings_alone() -> None:
    assert using({"smtplib"}) == {"watch/mail.py"}


def using(clients: set[str]) -> set[str]:
    """The modules that import any of `clients`."""
    found = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            if any(f"{name}.".startswith(f"{one}.") for name in names for one in clients):
                found.add(path.relative_to(ROOT).as_posix())
    return found


@pytest.fixture
def sentinel() -> Iterator[tuple[int, list[object]]]:
    """A listener on this machine, and who came to it."""
    came: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                came.append(address)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], came
        stop.set()
        thread.join()


def credentials(at: str) -> Iterator[Any]:
    """Credentials in which every address that could be fetched is `at`."""
    hosted = assertion("1", id=at, badge=at, verification={"type": "hosted", "url": at})
    yield {**hosted, "image": at, "evidence": at, "endorsement": at, "related": at}
    yield {**hosted, "@context": [at], "badge": {"id": at, "issuer": at, "criteria": at}}
    yield {**hosted, "issuer": {**ISSUER, "id": at, "publicKey": at, "revocationList": at}}
    for issuer in (at, {"id": at, "image": at}, f"did:web:{at.split('/')[2].replace(':', '%3A')}"):
        yield {
            "@context": ["https://www.w3.org/ns/credentials/v2", at],
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "id": at,
            "issuer": issuer,
            "credentialSubject": {"id": at, "achievement": {"id": at, "name": "x", "image": at}},
            "credentialStatus": {"id": at, "type": "BitstringStatusListEntry"}
            | {"statusListCredential": at, "statusListIndex": "1", "statusPurpose": "revocation"},
            "credentialSchema": {"id": at, "type": "1EdTechJsonSchemaValidator2019"},
            "refreshService": {"id": at, "type": "1EdTechCredentialRefresh"},
            "termsOfUse": {"id": at, "type": "x"},
            "proof": {
                "type": "DataIntegrityProof",
                "cryptosuite": "eddsa-rdfc-2022",
                "verificationMethod": f"{at}#key",
                "proofPurpose": "assertionMethod",
                "proofValue": "z" + "1" * 80,
            },
        }


async def to_this_machine(host: str, port: int) -> list[str]:
    """A resolver whose every name is here."""
    return ["127.0.0.1"]


@pytest.mark.anyio
async def test_no_field_of_a_credential_reaches_this_machine(
    sentinel: tuple[int, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listener's port is let through, so that the addresses alone can be what is refused."""
    port, came = sentinel
    monkeypatch.setattr(fetcher, "PORTS", frozenset((80, 443, port)))
    circumstances = Circumstances(now=datetime(2026, 1, 1, tzinfo=UTC))
    async with WebFetcher(resolve=to_this_machine) as web:
        bench = Bench(web, ProcessWorkers())
        for scheme, host in (
            *(("http", "127.0.0.1"), ("https", "localhost"), ("http", "[::1]")),
            *(("https", "issuer.example"), ("http", "[::ffff:127.0.0.1]")),
        ):
            at = f"{scheme}://{host}:{port}/a"
            for credential in credentials(at):
                text = json.dumps(credential).encode()
                for source in (text, picture(text)):
                    await bench.verify(source, label="x", circumstances=circumstances)
            await bench.verify(at, label="x", circumstances=circumstances)
            await bench.verify(picture(at.encode()), label="x", circumstances=circumstances)
    assert came == []


@pytest.mark.anyio
async def test_the_listener_would_see_who_came(
    sentinel: tuple[int, list[object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, came = sentinel
    monkeypatch.setattr(fetcher, "PORTS", frozenset((80, 443, port)))
    monkeypatch.setattr(fetcher, "is_public_address", lambda _address: True)
    async with WebFetcher() as web:
        await web.fetch(Request(f"http://127.0.0.1:{port}/a"))
    assert len(came) == 1


@pytest.mark.anyio
async def test_a_credential_of_countless_addresses_is_looked_up_twelve_times_at_most() -> None:
    asked: list[str] = []

    class Web:
        async def fetch(self, request: Request) -> Document:
            asked.append(request.url)
            return Document(request.url, datetime(2026, 1, 1, tzinfo=UTC), error="dns")

    entry = {"type": "BitstringStatusListEntry", "statusListIndex": "1"}
    purpose = {"statusPurpose": "revocation"}
    statuses = [
        {**entry, **purpose, "statusListCredential": f"https://a{n}.example/"} for n in range(500)
    ]
    credential = {**next(iter(list(credentials(GOOD))[3:])), "credentialStatus": statuses}
    bench = Bench(Web(), ProcessWorkers())
    text = json.dumps(credential).encode()
    circumstances = Circumstances(now=datetime(2026, 1, 1, tzinfo=UTC))
    await bench.verify(text, label="x", circumstances=circumstances)
    assert len(asked) <= 12
