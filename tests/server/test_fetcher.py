"""What the one door to the web sends, follows, bounds and refuses, with a web of our own."""

import asyncio
import gzip
import socket
import ssl
import threading
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID
from msgspec import Struct, field

from tests.server.web import PUBLIC, FakeWeb, answer, fake_web
from verifier.model import Document, Request
from wallet_server.fetcher import SystemResolver
from wallet_server.version import VERSION

MIB = 2**20
pytestmark = pytest.mark.anyio


async def fetched(reply: bytes, seconds: float = 10.0) -> Document:
    web = FakeWeb({"/a": reply})
    async with fake_web(web, seconds=seconds) as fetcher:
        return await fetcher.fetch(Request("http://issuer.example/a"))


async def test_an_answer_comes_back_as_it_was_given() -> None:
    document = await fetched(answer(b'{"id": 1}', Content_Type="application/ld+json"))
    assert (document.error, document.status, document.content) == (None, 200, b'{"id": 1}')
    assert document.content_type == "application/ld+json"
    assert document.final_url == "http://issuer.example/a"
    assert not document.from_cache


async def test_a_request_tells_nothing_of_the_reader() -> None:
    web = FakeWeb(
        {
            "/a": answer(b"", "302 Found", Location="/b?from=a", Set_Cookie="who=me; Path=/"),
            "/b?from=a": answer(b"{}", Set_Cookie="who=me; Path=/"),
        }
    )
    async with fake_web(web) as fetcher:
        for _ in range(2):
            await fetcher.fetch(Request("http://issuer.example/a", accept="application/json"))
    assert len(web.requests) == 4
    for request in web.requests:
        _, *lines = request.decode("ascii").strip().split("\r\n")
        assert dict(line.split(": ", 1) for line in lines) == {
            "Host": "issuer.example",
            "User-Agent": f"Touchstone/{VERSION} (badge verifier)",
            "Accept": "application/json",
            "Accept-Encoding": "identity",
        }


async def test_environment_and_netrc_change_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine issuer.example login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web = FakeWeb({"/a": answer(b"{}")})
    async with fake_web(web) as fetcher:
        document = await fetcher.fetch(Request("http://issuer.example/a"))
    assert document.error is None
    assert web.dialled == [(PUBLIC, 80)]
    assert b"uthorization" not in web.requests[0]


async def test_two_names_at_one_address_keep_their_own_connections() -> None:
    web = FakeWeb({"/a": answer(b"{}")})
    async with fake_web(web) as fetcher:
        for host in ("one.example", "two.example", "one.example"):
            await fetcher.fetch(Request(f"http://{host}/a"))
    hosts = [request.split(b"Host: ")[1].split(b"\r\n")[0] for request in web.requests]
    assert hosts == [b"one.example", b"two.example", b"one.example"]
    assert len(web.dialled) == 2


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("http://other.example/b", None),
        ("/b", None),
        ("http://127.0.0.1/b", "address"),
        ("http://localhost/b", "address"),
        ("http://private.example/b", "address"),
        ("http://other.example:8765/b", "address"),
        ("http://user@other.example/b", "redirect"),
        ("file:///etc/passwd", "redirect"),
        ("ftp://other.example/b", "redirect"),
        ("gopher://other.example/b", "redirect"),
        ("data:text/plain,x", "redirect"),
        ("javascript:alert(1)", "redirect"),
        ("//[", "redirect"),
    ],
)
async def test_a_redirect_passes_the_same_gate(location: str, error: str | None) -> None:
    web = FakeWeb(
        {"/a": answer(b"", "302 Found", Location=location), "/b": answer(b"{}")},
        names={"private.example": ["10.0.0.1"]},
    )
    async with fake_web(web) as fetcher:
        document = await fetcher.fetch(Request("http://issuer.example/a"))
    assert document.error == error
    if error is None:
        assert document.final_url is not None
        assert document.final_url.endswith("/b")
    assert {address for address, _ in web.dialled} == {PUBLIC}


async def test_three_redirects_are_followed_and_no_more() -> None:
    hops = {f"/{n}": answer(b"", "307 Temporary Redirect", Location=f"/{n + 1}") for n in range(4)}
    web = FakeWeb({**hops, "/4": answer(b"{}"), "/x": answer(b"", "301 M", Location="/x")})
    async with fake_web(web) as fetcher:
        assert (await fetcher.fetch(Request("http://issuer.example/1"))).status == 200
        assert (await fetcher.fetch(Request("http://issuer.example/0"))).error == "redirect"
        assert (await fetcher.fetch(Request("http://issuer.example/x"))).error == "redirect"


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "500 Oh", "503 Busy"])
async def test_a_refusal_is_an_answer(status: str) -> None:
    document = await fetched(answer(b"{}", status))
    assert (document.error, document.status) == (None, int(status[:3]))


@pytest.mark.parametrize(
    ("kind", "size", "error"),
    [
        ("application/json", MIB, None),
        ("application/json", MIB + 1, "too_large"),
        ("image/png", 5 * MIB, None),
        ("image/svg+xml", 5 * MIB, None),
        ("image/png; charset=binary", 5 * MIB + 1, "too_large"),
        ("image/jpeg", MIB + 1, "too_large"),
    ],
)
async def test_a_body_has_its_limit(kind: str, size: int, error: str | None) -> None:
    assert (await fetched(answer(b"x" * size, Content_Type=kind))).error == error


async def test_an_endless_body_and_a_promised_one_are_cut() -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    endless = head + b"100000\r\n" + b"x" * MIB + b"\r\n" + b"100000\r\n" + b"x" * MIB
    assert (await fetched(endless)).error == "too_large"
    promised = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nx"
    assert (await fetched(promised)).error == "too_large"


async def test_what_is_packed_although_not_asked_for_is_inflated_within_the_limit() -> None:
    body = b'{"a": 1}' * 100
    packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body)}
    for encoding, content in packed.items():
        assert (await fetched(answer(content, Content_Encoding=encoding))).content == body
    bomb = gzip.compress(b"\0" * 200 * MIB)
    assert (await fetched(answer(bomb, Content_Encoding="gzip"))).error == "too_large"
    cut = gzip.compress(body)[:-8]
    assert (await fetched(answer(cut, Content_Encoding="gzip"))).error == "refused"
    assert (await fetched(answer(body, Content_Encoding="gzip"))).error == "refused"
    assert (await fetched(answer(body, Content_Encoding="br"))).error == "refused"
    assert (await fetched(answer(bomb, Content_Encoding="gzip, gzip"))).error == "refused"


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n",
        b"SSH-2.0-OpenSSH_9.0\r\n\r\nConnection: close",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 2 * MIB + b"\r\n\r\n",
    ],
)
async def test_a_broken_answer_is_no_answer(reply: bytes) -> None:
    document = await fetched(reply)
    assert (document.error, document.content) == ("refused", b"")


async def drip(writer: asyncio.StreamWriter) -> None:
    """One byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await asyncio.sleep(60)


@pytest.mark.parametrize("reply", [drip, silence])
async def test_a_slow_answer_ends_at_the_deadline(reply: object) -> None:
    web = FakeWeb({"/a": reply})  # type: ignore[dict-item] # one of the two above
    started = asyncio.get_running_loop().time()
    async with fake_web(web, seconds=0.5) as fetcher:
        document = await fetcher.fetch(Request("http://issuer.example/a"))
    assert document.error == "timeout"
    assert asyncio.get_running_loop().time() - started < 30  # of the sixty that it would take


class Authority(Struct, frozen=True):
    """A certificate authority of our own, and what trusts it alone."""

    folder: Path
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: x509.Name = field(
        default_factory=lambda: x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test root")])
    )

    @property
    def client(self) -> ssl.SSLContext:
        """A fetcher's view: the same strictness as ever, and this root alone."""
        root = self._certificate(self.name, self.key.public_key(), 30, [], is_root=True)
        context = ssl.create_default_context()
        context.load_verify_locations(cadata=root.public_bytes(serialization.Encoding.DER))
        return context

    def listener(
        self, host: str, days: int = 5, *, weak: bool = False, signed: bool = True
    ) -> ssl.SSLContext:
        """A listener's certificate for `host` that ends in `days`; `weak` has a key of 1024 bits,
        and without `signed` it vouches for itself.
        """
        key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey = ec.generate_private_key(
            ec.SECP256R1()
        )
        if weak:
            key = rsa.generate_private_key(65537, 1024)  # noqa: S505 it must be refused
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = [x509.DNSName(host)]
        own = Authority(
            self.folder, self.key if signed else ec.generate_private_key(self.key.curve)
        )
        made = own._certificate(subject, key.public_key(), days, names, is_root=False)
        file = self.folder / f"{host}{days}{weak}{signed}.pem"
        pem = serialization.Encoding.PEM
        pkcs8, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        file.write_bytes(key.private_bytes(pem, pkcs8, plain) + made.public_bytes(pem))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.load_cert_chain(file)
        return context

    def _certificate(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey,
        days: int,
        names: list[x509.DNSName],
        *,
        is_root: bool,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        made = x509.CertificateBuilder(self.name, subject, key, x509.random_serial_number())
        made = made.not_valid_before(now - timedelta(days=20))
        made = made.not_valid_after(now + timedelta(days=days))
        made = made.add_extension(x509.BasicConstraints(is_root, None), critical=True)
        if names:
            made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
        return made.sign(self.key, hashes.SHA256())


@pytest.mark.parametrize(
    ("listener", "error"),
    [
        ({"host": "issuer.example"}, None),
        ({"host": "issuer.example", "days": -5}, "tls"),
        ({"host": "other.example"}, "tls"),
        ({"host": "issuer.example", "weak": True}, "tls"),
        ({"host": "issuer.example", "signed": False}, "tls"),
    ],
)
async def test_a_certificate_must_be_in_date_for_this_name_strong_and_vouched_for(
    listener: dict[str, Any], error: str | None, tmp_path: Path
) -> None:
    authority = Authority(tmp_path)
    web = FakeWeb({"/a": answer(b"{}")})
    listens = authority.listener(**listener)
    async with fake_web(web, tls=listens, trust=authority.client) as fetcher:
        document = await fetcher.fetch(Request("https://issuer.example/a"))
    assert document.error == error
    assert len(web.requests) == (1 if error is None else 0)


async def test_without_a_root_of_our_own_nobody_vouches_for_it(tmp_path: Path) -> None:
    web = FakeWeb({"/a": answer(b"{}")})
    listens = Authority(tmp_path).listener("issuer.example")
    async with fake_web(web, tls=listens) as fetcher:
        assert (await fetcher.fetch(Request("https://issuer.example/a"))).error == "tls"
    assert web.requests == []


async def test_slow_tls_ends_at_the_deadline_and_its_connection_too() -> None:
    left = asyncio.Event()

    class Silent(FakeWeb):
        """A listener that never answers the handshake."""

        async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await reader.read(1000):
                pass
            left.set()
            writer.close()

    async with fake_web(Silent(), seconds=0.3) as fetcher:
        assert (await fetcher.fetch(Request("https://issuer.example/a"))).error == "timeout"
        await asyncio.wait_for(left.wait(), 30)


async def test_hints_before_an_answer_are_read_past_and_end_at_the_deadline() -> None:
    hint = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    assert (await fetched(hint * 1000 + answer(b"{}"))).content == b"{}"

    left = asyncio.Event()

    async def hints(writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                writer.write(hint)
                await writer.drain()
                await asyncio.sleep(0.01)
        finally:
            left.set()

    web = FakeWeb({"/a": hints})
    async with fake_web(web, seconds=0.5) as fetcher:
        assert (await fetcher.fetch(Request("http://issuer.example/a"))).error == "timeout"
        await asyncio.wait_for(left.wait(), 30)


async def test_a_resolver_that_hangs_is_no_such_host_and_holds_nobody_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The system's own resolver, as far as `getaddrinfo`: names of dead servers take their time."""
    done = threading.Event()

    def system(host: str, port: int, *_: object, **__: object) -> list[tuple[Any, ...]]:
        if host.startswith("dead"):
            done.wait(60)
            raise OSError("no answer")
        return [(2, 1, 6, "", (PUBLIC, port))]

    monkeypatch.setattr(socket, "getaddrinfo", system)
    monkeypatch.setattr("wallet_server.fetcher.LOOKUP_SECONDS", 4)
    web = FakeWeb({"/a": answer(b"{}")})
    clock = asyncio.get_running_loop().time
    try:
        async with fake_web(web, resolve=SystemResolver()) as fetcher:
            dead = [
                asyncio.ensure_future(fetcher.fetch(Request(f"http://dead{number}.example/a")))
                for number in range(60)
            ]
            await asyncio.sleep(0.1)
            started = clock()
            alive = await fetcher.fetch(Request("http://alive.example/a"))
            assert (alive.error, any(one.done() for one in dead)) == (None, False)
            assert {(await one).error for one in dead} == {"dns"}
            assert clock() - started < 45  # of the sixty that it would have waited
    finally:
        done.set()


async def test_a_resolver_that_fails_is_no_such_host() -> None:
    class Dead(FakeWeb):
        async def resolve(self, host: str, port: int) -> list[str]:
            raise OSError("no such host")

    async with fake_web(Dead()) as fetcher:
        assert (await fetcher.fetch(Request("https://issuer.example/"))).error == "dns"
