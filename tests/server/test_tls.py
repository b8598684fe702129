"""https with a given certificate: nothing speaks http there, and half of what it takes is refused.

What the VC API does over https is in `test_vc_api`.
"""

import contextlib
import json
import re
import select
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.server.certificates import Certified, certified
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import GOOD, write_web


@pytest.fixture(scope="module")
def secure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that speaks https."""
    folder = tmp_path_factory.mktemp("secure")
    write_web(folder / "web")
    files = certified(folder / "tls")
    server = start(folder, *options_for(folder), *files.options)
    server.trust = files.trust
    yield server
    assert server.stop() == "", "the server complained"


def test_it_says_where_it_is_and_what_reaches_it(secure: Served) -> None:
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+", secure.address)
    assert "http://" not in secure.printed
    assert "chrome://extensions" not in secure.printed
    assert re.search(r"Extension\s+reaches a server over http alone", secure.printed)
    assert f"{secure.address}/demo" in secure.printed
    assert f"{secure.address}/wallet/open/" in secure.printed_again()


def test_everything_works_as_it_does_over_http(secure: Served) -> None:
    with secure.client(secure.pair()) as client:
        assert client.post("/api/verify", json={"url": GOOD}).json()["verdict"] == "verified"
        own = {"Origin": secure.address, "Sec-Fetch-Site": "same-origin"}
        assert client.get("/", headers=own).status_code == 200
        http = {"Origin": secure.address.replace("https:", "http:")}
        assert client.get("/", headers=http).status_code == 403
        page = json.dumps({"url": f"{secure.address}/demo/badges/data-literacy.png"})
        answer = client.post(
            "/api/verify", content=page, headers={"Content-Type": "application/json"}
        )
        assert answer.json()["checks"][0]["code"] == "signature"


def test_the_wallets_cookie_stays_on_https(secure: Served) -> None:
    with secure.client() as client:
        answer = client.get(secure.wallet_link)
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"].lower()
        assert "secure" in cookie
        assert "httponly" in cookie
        assert client.get("/wallet").status_code == 200


def test_a_certificate_that_is_not_trusted_is_not_trusted(secure: Served) -> None:
    with (
        httpx2.Client(base_url=secure.address, trust_env=False) as client,
        pytest.raises(httpx2.ConnectError),
    ):
        client.get("/api/health")


def test_plain_http_gets_nothing_and_tls_is_new(secure: Served) -> None:
    port = int(secure.address.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert b"touchstone" not in connection.recv(4096)
    assert secure.trust is not None
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        assert handshake(port, secure.trust, version) == version.name.replace("_", ".")


def handshake(port: int, trust: ssl.SSLContext, version: ssl.TLSVersion) -> str | None:
    """The protocol that a client which speaks nothing but `version` gets."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=trust.get_ca_certs(binary_form=True)[0])
    context.minimum_version = context.maximum_version = version
    with (
        socket.create_connection(("127.0.0.1", port), timeout=30) as connection,
        context.wrap_socket(connection, server_hostname="localhost") as wrapped,
    ):
        return wrapped.version()


def test_half_a_handshake_does_not_hold_a_connection(secure: Served) -> None:
    port = int(secure.address.rsplit(":", 1)[1])
    hello = b"\x16\x03\x01\x02\x00\x01"  # the start of a client's first message
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    for connection in slow[::2]:
        connection.sendall(hello)
    with secure.client() as client:
        assert client.get("/api/health").status_code == 200
    assert len(select.select(slow, [], [], 0)[0]) < len(slow), "it answered once they were gone"
    for connection in slow:
        connection.settimeout(30)  # it gives them ten seconds, and the machine may be busy
        with contextlib.suppress(ConnectionResetError):
            while connection.recv(4096):
                pass
        connection.close()


def refused(folder: Path, *options: str) -> str:
    """What `serve` says as it declines to start."""
    command = [sys.executable, "-m", "wallet_server", "serve", "--port", "0", *options]
    done = subprocess.run(
        [*command, "--data", str(folder / "data")],
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


def test_half_of_it_is_refused(tmp_path: Path) -> None:
    files = certified(tmp_path / "tls")
    assert "give both" in refused(tmp_path, "--certificate", str(files.certificate))
    assert "give both" in refused(tmp_path, "--key", str(files.key))
    assert "does not exist" in refused(tmp_path, "--certificate", str(tmp_path / "no.pem"))


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    files, others = certified(tmp_path / "tls"), certified(tmp_path / "others")
    mixed = Certified(files.certificate, others.key)
    assert "can't be used for https" in refused(tmp_path, *mixed.options)
    swapped = Certified(files.key, files.certificate)
    assert "can't be used for https" in refused(tmp_path, *swapped.options)
    files.key.write_text("not a key", encoding="utf-8")
    assert "can't be used for https" in refused(tmp_path, *files.options)


def test_nobody_is_asked_for_a_passphrase(tmp_path: Path) -> None:
    files = certified(tmp_path / "tls", passphrase=b"hush")
    assert "asks for a passphrase" in refused(tmp_path, *files.options)


def test_with_https_it_still_serves_this_machine_alone(tmp_path: Path) -> None:
    files = certified(tmp_path / "tls")
    told = refused(tmp_path, "--host", "0.0.0.0", *files.options)  # noqa: S104 it is refused
    assert "won't listen" in told
