"""What is being brought in outlives the server, in a file and in a PostgreSQL alike."""

import base64
import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from tests.made import backups
from tests.made.assertions import assertion
from tests.made.folder import as_json
from tests.server.brought import COLLEGE, LOOM, MAKERS, options
from tests.server.conftest import Served, start
from tests.server.stores import BOTH, Store

pytestmark = BOTH
CREDENTIALS, IMPORT = "/api/wallet/credentials", "/api/wallet/import"
MANY = 80


@pytest.fixture
def begun(tmp_path: Path, store: Store) -> Iterator[Callable[[], Served]]:
    """Starts servers that find the wallet of the one before."""
    servers: list[Served] = []

    def started() -> Served:
        servers.append(start(tmp_path, *options(tmp_path), store=store))
        return servers[-1]

    yield started
    for server in servers:
        if server.process.poll() is None:
            assert server.stop() == ""


def test_an_import_goes_on_after_the_server_was_killed(begun: Callable[[], Served]) -> None:
    many = [assertion("Loom Setting", id=f"{LOOM['id']}?{n}") for n in range(MANY)]
    body = {"bytes": base64.b64encode(as_json(many)).decode()}
    server = begun()
    token = server.pair()
    with server.client(token) as client, ThreadPoolExecutor(1) as pool:
        waits = pool.submit(_posted, server, token, body)
        while len(client.get(CREDENTIALS).json()["credentials"]) < 3:
            time.sleep(0.02)
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.communicate()
        assert waits.result() is None
    with begun().client(token) as client:
        until = time.monotonic() + 120
        seen = -1
        while (held := len(client.get(CREDENTIALS).json()["credentials"])) < MANY:
            assert time.monotonic() < until, f"{held} of {MANY}"
            assert held >= seen
            seen = held
            time.sleep(0.2)


def _posted(server: Served, token: str, body: dict[str, str]) -> httpx2.Response | None:
    with server.client(token) as client:
        try:
            return client.post(IMPORT, json=body)
        except httpx2.TransportError:
            return None


def test_a_backup_is_read_and_read_again(begun: Callable[[], Served]) -> None:
    backup = as_json([backups.universal_wallet(COLLEGE, MAKERS)])
    with (server := begun()).client(server.pair()) as client:
        for state in ("kept", "already"):
            counts = client.post(IMPORT, files={"files": ("backup.json", backup)}).json()["counts"]
            assert (counts[state], counts["unread"], counts["left"]) == (2, 2, 1)
        half = b'{"credential": "half a letter \\ud83d"}'
        odd = client.post(IMPORT, content=half, headers={"Content-Type": "application/json"})
        assert odd.status_code == 400
        strange = client.post(IMPORT, files={"files": ("a\u202eb.txt", b"no \0 badge \xff")})
        assert strange.json()["counts"]["unread"] == 1
