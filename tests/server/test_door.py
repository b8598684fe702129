"""The door refuses web pages, broken requests and oversized ones, whatever route they ask for."""

import contextlib
import json
import re
import select
import socket
import time
from collections.abc import Callable, Iterator

import httpx2
import pytest

from tests.bench.speed.processes import cpu_seconds
from tests.server.conftest import EXTENSION, Served
from tests.server.made_up import GOOD
from wallet_server.app import ROUTES

BODY = json.dumps({"url": GOOD})
JSON = {"Content-Type": "application/json"}


def raw(served: Served, request: bytes, wait: float = 5) -> bytes:
    """What the server answers to these very bytes, until it closes or sends no more for `wait`
    seconds; on a busy machine the first of it may be long in coming.
    """
    port = int(served.address.rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        answer = connection.recv(65536)
        connection.settimeout(wait)
        with contextlib.suppress(TimeoutError):
            while chunk := connection.recv(65536):
                answer += chunk
        return answer


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "evil.example:8765",
        "0.0.0.0",  # noqa: S104
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "127.0.0.1, evil.example",
        "[::1].evil.example",
        "2130706433",
        "127.1",
        "",
    ],
)
def test_a_host_name_that_was_rebound_is_refused(served: Served, host: str) -> None:
    for path in ("/api/health", "/", "/static/touchstone.css"):
        answer = raw(served, f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode(), wait=2)
        assert status_of(answer) == 400
        assert b'"error"' in answer


@pytest.mark.parametrize(
    "request_text",
    [
        "GET /api/health HTTP/1.1\r\n\r\n",
        "GET /api/health HTTP/1.0\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET http://evil.example/api/health HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n"
        "Content-Length: 2\r\n\r\n{}",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /" + "a" * 100_000 + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "X: y\r\n" * 20_000 + "\r\n",
        "HELLO\r\n\r\n",
        "GET /api/health HTTP/1.1\nHost: 127.0.0.1\n\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\nX: y\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\n",
        "\nGET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "\x16\x03\x01\x02\r\n\r\n",
        "GET  /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health  HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health HTTP/0.9\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health RTSP/1.0\r\nHost: 127.0.0.1\r\n\r\n",
        "SOURCE /api/health ICE/1.0\r\nHost: 127.0.0.1\r\n\r\n",
        "GET http://127.0.0.1/api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health#a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/h\xe9alth HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "\r\nGET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y\r\n z\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX : y\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y\x00\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: \x01\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: y\rz\r\n\r\n",
        "GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "y" * 16384 + "\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "POST /api/pair HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
        "Content-Length: 2\r\n\r\n{}",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n2\n{}\r\n0\r\n\r\n",
        "POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: " + "y" * 40_000,
    ],
)
def test_what_is_not_one_clear_request_is_refused(served: Served, request_text: str) -> None:
    answer = raw(served, request_text.encode("latin-1"), wait=3)
    assert 400 <= status_of(answer) < 500
    assert re.search(rb"(?i)connection: close", answer)


def test_lines_end_as_they_must_however_they_are_cut_up(served: Served) -> None:
    port = int(served.address.rsplit(":", 1)[1])
    body = b'{\n"nonce":\n"AAAAAAAAAAAAAAAAAAAAAA"\n}'
    head = b"POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    good = head + b"Content-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body
    bad = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\n\r\n\r\n"
    served.new_code()  # of which the good one asks for a proof
    for text, status in ((good, 200), (bad, 400)):
        with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it hung up
                for at in range(len(text)):
                    connection.sendall(text[at : at + 1])
                    time.sleep(0.003)
            assert status_of(connection.recv(4096)) == status


def test_two_requests_on_one_connection_are_two(served: Served) -> None:
    one = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    body = b'{"nonce":\n1}'
    two = b"POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    two += b"Content-Length: %d\r\n\r\n" % len(body) + body
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    answer = raw(served, one + two + last)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"200", b"400", b"200"]


PAIRS = b"POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
HIDDEN = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
CHUNKS = b"2\r\n{}\r\n0\r\n"


@pytest.mark.parametrize(
    ("request_text", "statuses"),
    [
        # a body is a body, whatever it says, and whatever other language is asked for
        (b"Connection: upgrade\r\nUpgrade: h2c\r\nContent-Length: %d\r\n\r\n", [b"400"]),
        (b"Content-Length: %d\r\n\r\n", [b"400"]),
        (b"Content-Length: %d \t\r\nConnection: close\r\n\r\n", [b"400"]),
    ],
)
def test_what_stands_in_a_body_is_no_request(
    served: Served, request_text: bytes, statuses: list[bytes]
) -> None:
    answer = raw(served, PAIRS + request_text % len(HIDDEN) + HIDDEN, wait=1)
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == statuses


def test_a_body_may_come_in_pieces_and_after_it_was_asked_for(served: Served) -> None:
    port = int(served.address.rsplit(":", 1)[1])
    body = b'{"nonce": 1}'
    head = PAIRS + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        for pieces in ((body,), (body[:4], body[4:]), (b"", body[:-1], body[-1:])):
            connection.sendall(head)
            assert connection.recv(4096) == b"HTTP/1.1 100 Continue\r\n\r\n"
            for piece in pieces:
                connection.sendall(piece)
                time.sleep(0.01)
            answer = connection.recv(4096)
            assert status_of(answer) == 400
            assert b"nonce" in answer


def test_nothing_behind_a_chunked_body_counts(served: Served, token: str) -> None:
    chunked = b"Transfer-Encoding: chunked\r\n\r\n" + CHUNKS
    for behind in (b"\r\n" + HIDDEN, b"Host: evil.example\r\n\r\n", b"X: y\r\n\r\n\r\n\r\n"):
        answer = raw(served, PAIRS + chunked + behind)
        assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"400"]
        assert b"connection: close" in answer
        assert b'"pairing"' not in answer
    asks = PAIRS.replace(b"/api/pair", b"/api/verify") + chunked
    answer = raw(served, asks + f"Authorization: Bearer {token}\r\n\r\n".encode())
    assert status_of(answer) == 401


def test_countless_ranges_cost_nothing(served: Served) -> None:
    spent = cpu_seconds(served.process.pid)
    for count in (10, 1000, 5000, 10_000):
        ranges = ",".join(f"{index}-{index}" for index in range(count))
        head = f"GET /static/touchstone.css HTTP/1.1\r\nHost: 127.0.0.1\r\nRange: bytes={ranges}"
        answer = raw(served, f"{head}\r\nConnection: close\r\n\r\n".encode(), wait=5)
        assert status_of(answer) in (200, 206, 400, 416, 431)
        assert len(answer) < 2**20
    assert cpu_seconds(served.process.pid) - spent < 2


@pytest.mark.parametrize(
    "path", ["/api/../etc/passwd", "/static/..%2f..%2fcli.py", "//", "/%2e%2e"]
)
def test_no_path_leads_out(served: Served, path: str) -> None:
    answer = raw(served, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(), wait=1)
    assert status_of(answer) in (401, 404)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "FOO", "CONNECT"])
def test_other_methods_are_refused(served: Served, token: str, method: str) -> None:
    with served.client(token, **{"Content_Type": "application/json"}) as client:
        answer = client.request(method, "/api/health", content=b"{}")
    assert answer.status_code in (400, 405)
    assert answer.json()["error"]["says"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": EXTENSION},
        {"Origin": "chrome-extension://abcdefghijklmnopabcdefghijklmnop.evil"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    ],
)
def test_pages_of_the_web_get_nothing(served: Served, token: str, headers: dict[str, str]) -> None:
    with served.client(token) as client:
        for path in ("/api/health", "/", "/demo", "/wallet", "/static/touchstone.css"):
            answer = client.get(path, headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin")
            assert "access-control-allow-origin" not in answer.headers
        answer = client.post("/api/verify", content=BODY, headers={**JSON, **headers})
        assert answer.status_code == 403


def test_a_link_to_a_page_may_be_followed_but_not_to_the_interface(served: Served) -> None:
    clicked = {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "document",
    }
    with served.client() as client:
        assert client.get("/", headers=clicked).status_code == 200
        assert client.get("/api/health", headers=clicked).status_code == 403


@pytest.mark.parametrize(
    "content_type",
    [None, "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "text/json"],
)
def test_what_a_form_can_send_is_no_write(
    served: Served, token: str, content_type: str | None
) -> None:
    headers = {} if content_type is None else {"Content-Type": content_type}
    with served.client(token) as client:
        for path in ("/api/verify", "/api/wallet/credentials", "/api/pair"):
            answer = client.post(path, content=BODY, headers=headers)
            assert (answer.status_code, answer.json()["error"]["code"]) == (415, "content_type")
        assert client.get("/api/wallet/credentials").json()["credentials"] == []


@pytest.mark.parametrize("bad", [None, "Bearer", "Bearer x", "Basic {token}", "Bearer {token}x"])
def test_every_route_of_the_interface_but_three_needs_a_token(
    served: Served, token: str, bad: str | None
) -> None:
    headers = {} if bad is None else {"Authorization": bad.format(token=token)}
    for route in ROUTES:
        path = route.path.replace("{id}", "0" * 32)
        if not path.startswith("/api/"):
            continue
        is_open = path in ("/api/health", "/api/openapi.json", "/api/pair")
        for method in getattr(route, "methods", None) or ():
            with served.client(**JSON_HEADER) as client:
                answer = client.request(method, path, content=b"{}", headers=headers)
            assert (answer.status_code == 401) is not is_open, (method, path)
    with served.client() as client:
        assert client.get("/api/nothing", headers=headers).status_code == 401


JSON_HEADER = {"Content_Type": "application/json"}


def test_an_unsupported_version_is_refused_everywhere(served: Served, token: str) -> None:
    with served.client(token, X_Touchstone_Api="2") as client:
        for path in ("/api/health", "/api/pair", "/api/wallet/credentials", "/", "/nothing"):
            answer = client.get(path)
            assert (answer.status_code, answer.json()["error"]["code"]) == (412, "version")
    with served.client(token, X_Touchstone_Api="1") as client:
        assert client.get("/api/wallet/credentials").status_code == 200


def test_preflights_are_answered_for_paired_extensions_alone(served: Served) -> None:
    asks = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
        "Access-Control-Request-Private-Network": "true",
    }
    paired = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"
    served.pair(paired)
    for origin in ("https://evil.example", "null", paired.replace("0", "1")):
        with served.client(Origin=origin, **asks) as client:
            answer = client.request("OPTIONS", "/api/verify")
        assert answer.status_code == 403
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    with served.client(Origin=paired, **asks) as client:
        answer = client.request("OPTIONS", "/api/verify")
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == paired
    assert "access-control-allow-credentials" not in answer.headers
    assert "access-control-allow-private-network" not in answer.headers


def test_a_web_socket_is_not_opened(served: Served) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Version": "13",
        "Origin": "https://evil.example",
    }
    with served.client() as client:
        assert client.get("/", headers=upgrade).status_code == 403


@pytest.mark.parametrize("path", ["/", "/api/health", "/nothing", "/wallet", "/static/icon.svg"])
def test_every_answer_carries_the_same_protection(served: Served, path: str) -> None:
    with served.client() as client:
        headers = client.get(path).headers
    assert headers["x-touchstone"] == "1"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in headers


def test_a_body_has_its_limit(served: Served, token: str) -> None:
    head = "POST /api/verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    for length, status in ((10**12, 413), (24 * 2**20 + 1, 413), ("9" * 400, 400), ("1e3", 400)):
        request = f"{head}Authorization: Bearer {token}\r\nContent-Length: {length}\r\n\r\n"
        assert status_of(raw(served, request.encode(), wait=2)) == status
    with served.client() as client:
        assert client.post("/api/pair", headers=JSON, content=b" " * 5000).status_code == 413


def test_an_endless_body_is_cut(served: Served, token: str) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 2**20

    with served.client(token) as client:
        try:
            answer = client.post("/api/verify", headers=JSON, content=endless())
        except (httpx2.WriteError, httpx2.ReadError):
            return  # it answered and hung up while we were still sending
    assert answer.status_code == 413


def test_a_form_of_countless_parts_is_refused(served: Served, token: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    form = part * 100_000 + b"--x--\r\n"
    with served.client(token, Content_Type="multipart/form-data; boundary=x") as client:
        answer = client.post("/api/verify", content=form)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "form",
    [
        b"",
        b"--x--\r\n",
        b"--x\r\n\r\n",
        b"garbage",
        b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file\r\n--x--\r\n',
        b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n",
        b"--x\r\n" + b"X-Long: " + b"y" * 2**20,
    ],
)
def test_a_broken_form_is_refused(served: Served, token: str, form: bytes) -> None:
    for content_type in ("multipart/form-data; boundary=x", "multipart/form-data"):
        with served.client(token, Content_Type=content_type) as client:
            answer = client.post("/api/verify", content=form)
        assert answer.status_code == 400
        assert answer.json()["error"]["says"]


def test_slow_visitors_do_not_hold_the_server(fresh: Callable[[], Served]) -> None:
    server = fresh()
    port = int(server.address.rsplit(":", 1)[1])
    head = b"POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(200)]
    for index, connection in enumerate(slow):
        connection.sendall(b"GET / HT" if index % 2 else head + b"Content-Length: 9\r\n\r\n{")
    with server.client() as client:
        assert client.get("/api/health").status_code == 200
    assert len(select.select(slow, [], [], 0)[0]) < len(slow), "it answered once they were gone"
    for index, connection in enumerate(slow):
        connection.settimeout(30)  # it gives them ten seconds, and the machine may be busy
        answer = b""
        while chunk := connection.recv(4096):
            answer += chunk
        assert (b" 408 " in answer) is (index % 2 == 0)
        connection.close()
